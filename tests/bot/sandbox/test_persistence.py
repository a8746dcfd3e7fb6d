"""A sandbox that was stopped comes back with its chats, its files, and ids that go on."""

import asyncio
import json
from pathlib import Path

import pytest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP, YOU
from bot.sandbox.state import Status
from tests.bot.sandbox.conftest import connect
from tests.ports import held_port
from tests.scenarios.language import sample_photo


async def test_everything_comes_back(tmp_path: Path) -> None:
    server = await SandboxServer.start(data_dir=tmp_path)
    bot = connect(server)
    server.people.send(YOU, YOU, "/start")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])
    await bot.send_photo(
        YOU, BufferedInputFile(sample_photo(), "x.png"), caption="<b>x</b>", parse_mode="HTML", reply_markup=keyboard
    )
    server.admin.promote(GROUP, YOU, Status.MEMBER)
    update = (await bot.get_updates())[-1].update_id
    await bot.session.close()
    await server.close()

    again = await SandboxServer.start(data_dir=tmp_path)
    assert again.state == server.state
    bot = connect(again)
    picture = again.state.chats[YOU].messages[2]
    downloaded = await bot.download(picture.photo[-1].file_id)
    assert downloaded is not None
    assert downloaded.read() == sample_photo()
    assert again.people.send(YOU, YOU, "next").id == 3
    assert [each.update_id - update for each in await bot.get_updates()] == [0, 1]
    await bot.session.close()
    await again.close()


async def test_it_is_saved_soon_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.persistence._PAUSE", 0)
    server = await SandboxServer.start(data_dir=tmp_path)
    server.people.send(YOU, YOU, "/start")
    world = tmp_path / "world.json"
    async with asyncio.timeout(30):
        while not (world.exists() and json.loads(world.read_bytes())["chats"][str(YOU)]["messages"]):
            await server.box.clock.sleep(0.01)
    await server.close()


async def test_after_a_kill_no_number_is_given_twice(tmp_path: Path) -> None:
    server = await SandboxServer.start(data_dir=tmp_path)
    server.people.send(YOU, YOU, "saved")
    await server.close()
    world = tmp_path / "world.json"
    world.write_bytes(world.read_bytes().replace(b'"clean":true', b'"clean":false'))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "half.json").write_text('{"key":', encoding="utf-8")
    again = await SandboxServer.start(data_dir=tmp_path)
    assert again.people.send(YOU, YOU, "after the kill").id > 100
    assert again.state.next_update_id > server.state.next_update_id + 100
    await again.close()


async def test_a_broken_file_is_no_world(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        await SandboxServer.start(data_dir=tmp_path)


async def test_an_outage(tmp_path: Path) -> None:
    """The same Telegram, gone for a while and back at the same address."""
    with held_port() as port:
        server = await SandboxServer.start(port=port)
        await server.close()
        back = await SandboxServer.start(port=port, box=server.box, token=server.token)
        bot = connect(back)
        back.people.send(YOU, YOU, "/start")
        assert (await bot.send_message(YOU, "still here")).message_id > 0
        await bot.session.close()
        await back.close()
