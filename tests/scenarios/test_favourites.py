"""Favourites in /history, and /export."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.keyboards.history import ExportPictures
from bot.sandbox import SandboxServer
from bot.sandbox.errors import bad
from bot.sandbox.state import Message
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Quick(Provider):
    """A plain picture at once."""

    label = "Quick"
    offline = True
    models = default_model = "quick"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed", "width", "height", "num_inference_steps"}))

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImageResponse([data_url(sample_photo(), "image/png")])


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    settings = {"default_model": "quick", "max_jobs_per_user": 20, "max_queued_per_user": 50, "telegram_rate": 1000}
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("quick", Quick)), **settings) as running:
        yield running


async def drawn(chat: ChatClient, words: str) -> Message:
    return await chat.photo(to=await chat.send(words))


async def starred(chat: ChatClient, picture: Message) -> None:
    await chat.press("☆", on=picture)
    await chat.answer(lambda message: "★" in chat.buttons(message), "a star")
    assert "Added" in await chat.toast()


async def test_the_star_is_found_in_the_history(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await drawn(chat, "a cat")
    page = await chat.text("Your pictures", to=await chat.send("/history"))
    assert chat.buttons(page) == ["1", "2"]
    await starred(chat, first)
    page = await chat.text("Your pictures", to=await chat.send("/history"))
    assert chat.buttons(page) == ["1", "2", "★ Favourites"]
    await chat.press("Favourites", on=page)
    await chat.text("Your favourites")
    assert chat.buttons(page) == ["1", "All pictures"]
    await chat.press("1", on=page)
    await chat.text("a fox")
    await chat.press("★", on=page)
    assert "Removed" in await chat.toast()
    await chat.text("No favourites yet")
    await chat.press("All pictures", on=page)
    await chat.answer(lambda message: chat.buttons(message) == ["1", "2"], "all of them")
    await chat.press("2", on=page)
    await chat.text("a fox")
    await chat.press("☆", on=page)
    await chat.answer(lambda message: "★" in chat.buttons(message), "the star")
    await chat.text("Your favourites", to=await chat.send("/history ★ fox"))
    await chat.text("No pictures match", to=await chat.send("/history ★ cat"))


async def test_single_pictures_of_a_sheet_have_stars(chat: ChatClient) -> None:
    sheet = await drawn(chat, "a fox --n 2")
    assert "☆" not in chat.buttons(sheet)
    await chat.press("2", on=sheet)
    full = await chat.photo(to=sheet)
    await starred(chat, full)
    await chat.press("★", on=full)
    await chat.answer(lambda message: "☆" in chat.buttons(message), "no star")
    await starred(chat, full)
    page = await chat.text("Your favourites", to=await chat.send("/history ★"))
    assert chat.buttons(page) == ["1", "All pictures"]


async def test_a_star_is_of_whoever_asked(you: Person, alice: Person) -> None:
    from bot.sandbox.seed import GROUP

    picture = await drawn(you.chat(GROUP), "/imagine a fox")
    hers = alice.chat(GROUP)
    await hers.press("☆", on=picture)
    assert "isn't your picture" in await hers.toast()


async def test_everything_is_exported(chat: ChatClient, boris: Person) -> None:
    await chat.text("nothing to export", to=await chat.send("/export"))
    await chat.text("try again in a minute", to=await chat.send("/export"))
    await drawn(boris.private, "лиса")
    first = await drawn(boris.private, "{рыжая|серая} лиса --steps 12 --seed 7 --style oil")
    await boris.private.press("1", on=first)
    await starred_ru(boris.private, await boris.private.photo(to=first))
    wish = await boris.private.send("/export")
    file = await boris.private.document(to=wish)
    content = json.loads(await boris.private.data(file))
    assert content["version"] == 1
    assert content["settings"]["count"] == 1
    rows = {row["prompt"]: row for row in content["pictures"]}
    assert next(iter(rows)) == "лиса"
    assert sorted(rows) == ["лиса", "рыжая лиса", "серая лиса"]
    one = rows["рыжая лиса"]
    assert (one["steps"], one["seed"], one["styles"], one["chosen"]) == (12, 7, ["oil"], ["рыжая"])
    assert one["favourite"]
    assert "loras" not in one  # nothing that was not asked for
    assert content["settings"]["follow_up"] == "auto"
    assert "favourite" not in rows["серая лиса"]
    offer = await boris.private.text("2 ваши картинки", to=wish)
    before = len(boris.private.answers)
    await boris.private.press("Прислать 2", on=offer)
    await boris.private.text("Отправлены 2 картинки")
    album = boris.private.answers[before:]
    assert len(album) == 2
    assert len({message.album_id for message in album}) == 1


async def starred_ru(chat: ChatClient, picture: Message) -> None:
    await chat.press("☆", on=picture)
    assert "избранное" in await chat.toast()


async def test_many_pictures_come_in_albums_of_ten(chat: ChatClient) -> None:
    for number in range(12):
        await drawn(chat, f"a fox {number}")
    wish = await chat.send("/export")
    offer = await chat.text("12 of your pictures", to=wish)
    before = len(chat.answers)
    await chat.press("Send 12 pictures", on=offer)
    await chat.text("12 pictures sent")
    sizes: dict[str | None, int] = {}
    for message in chat.answers[before:]:
        sizes[message.album_id] = sizes.get(message.album_id, 0) + 1
    assert sorted(sizes.values()) == [2, 10]


async def test_nobody_else_gets_them(chat: ChatClient, alice: Person, group: ChatClient) -> None:
    await group.text("private chat", to=await group.send("/export"))
    await drawn(chat, "a fox")
    offer = await chat.text("1 of your pictures", to=await chat.send("/export"))
    data = ExportPictures(owner=alice.id, after=0).pack()
    chat.press_data(data, on=offer)
    assert await chat.toast()
    assert not any("sent" in message.text for message in chat.answers)


async def test_an_album_that_is_refused_comes_one_by_one(chat: ChatClient, sandbox: SandboxServer) -> None:
    for number in range(3):
        await drawn(chat, f"a fox {number}")
    offer = await chat.text("3 of your pictures", to=await chat.send("/export"))
    wrong = bad("wrong file identifier/HTTP URL specified")
    sandbox.faults.refuse("sendMediaGroup", wrong)
    sandbox.faults.refuse("sendPhoto", wrong)
    sandbox.faults.refuse("sendDocument", wrong)
    before = len(chat.answers)
    await chat.press("Send 3 pictures", on=offer)
    await chat.text("2 pictures sent", "1 picture is no longer at Telegram")
    assert len(chat.answers) == before + 2


async def test_files_are_exported_as_files(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("Send as file", on=await chat.text("Your settings"))
    await chat.text("Send as file: yes")
    for number in range(2):
        await chat.document(to=await chat.send(f"a fox {number}"))
    offer = await chat.text("2 of your pictures", to=await chat.send("/export"))
    before = len(chat.answers)
    await chat.press("Send 2 pictures", on=offer)
    await chat.text("2 pictures sent")
    assert all(message.document for message in chat.answers[before:])
    assert len({message.album_id for message in chat.answers[before:]}) == 1
