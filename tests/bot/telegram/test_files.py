"""Photos that people sent, from Telegram's server and from one of the operator's that runs with --local."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from bot.telegram.files import LARGEST, FileUnavailable, TelegramFiles
from tests.providers.serving import serving

TOKEN = "42:secret-token"


@asynccontextmanager
async def files(path: str, served: dict[str, bytes] | None = None) -> AsyncIterator[TelegramFiles]:
    """Of a server that answers getFile with this path, and has these files at its own address."""

    async def handler(request: web.Request) -> web.Response:
        if request.path.startswith(f"/bot{TOKEN}/"):
            return web.json_response({"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": path}})
        data = (served or {}).get(request.path.removeprefix(f"/file/bot{TOKEN}/"))
        return web.Response(status=404) if data is None else web.Response(body=data)

    async with serving(handler) as url:
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        try:
            yield TelegramFiles(bot)
        finally:
            await bot.session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photos = tmp_path / TOKEN / "photos"
    photos.mkdir(parents=True)
    return photos


async def test_by_a_relative_path_it_is_downloaded() -> None:
    async with files("photos/file_1.jpg", {"photos/file_1.jpg": b"picture"}) as telegram:
        assert await telegram.fetch("f") == b"picture"


async def test_a_local_servers_file_is_read_where_it_is(folder: Path) -> None:
    (folder / "file_1.jpg").write_bytes(b"picture")
    async with files(str(folder / "file_1.jpg")) as telegram:
        assert await telegram.fetch("f") == b"picture"


@pytest.mark.parametrize(
    "path", [f"/var/lib/telegram-bot-api/{TOKEN}/photos/file_1.jpg", r"C:\bots\42~secret-token\photos\file_1.jpg"]
)
async def test_a_local_server_on_another_machine_is_asked_for_it(path: str) -> None:
    async with files(path, {"photos/file_1.jpg": b"picture"}) as telegram:
        assert await telegram.fetch("f") == b"picture"


async def test_what_cannot_be_reached_says_what_to_do_and_no_token() -> None:
    async with files(f"/var/lib/telegram-bot-api/{TOKEN}/photos/file_1.jpg") as telegram:
        with pytest.raises(FileUnavailable, match=r"--local.*same folder") as caught:
            await telegram.fetch("f")
    assert "secret-token" not in str(caught.value)


async def test_a_path_outside_the_bots_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "private").write_bytes(b"private")
    for path in ("/etc/passwd", str(tmp_path / "private"), f"{tmp_path}/{TOKEN}/../private", f"{tmp_path}/{TOKEN}"):
        async with files(path) as telegram:
            with pytest.raises(FileUnavailable):
                await telegram.fetch("f")


async def test_a_large_one_is_not_read_to_its_end(folder: Path) -> None:
    with (folder / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    async with files(str(folder / "large")) as telegram:
        with pytest.raises(FileUnavailable, match="20 MB"):
            await telegram.fetch("f")
