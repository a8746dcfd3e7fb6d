"""Photos that people sent, fetched from Telegram."""

import asyncio
import io
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION
from aiogram.exceptions import AiogramError
from aiohttp import ClientError

LARGEST = 20 * 1024 * 1024  # bytes; getFile gives no more (Bot API)
SECONDS = 60


class FileUnavailable(Exception):  # noqa: N818 - what happened
    """Telegram does not give it: too large, too old, or not now."""


class TelegramFiles:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes:
        """The file's bytes, at most 20 MB. Raises FileUnavailable.

        A Bot API server of the operator's that runs with `--local` answers with a path on its own machine
        (https://github.com/tdlib/telegram-bot-api#usage): the file is read there, or asked of the server by what
        comes behind the bot's own folder, which some put a web server in front of.
        """
        try:
            async with asyncio.timeout(SECONDS):
                file = await self._bot.get_file(file_id, request_timeout=SECONDS)
                if file.file_path is None or (file.file_size or 0) > LARGEST:
                    raise FileUnavailable("the file is larger than 20 MB")
                if not _is_absolute(file.file_path):
                    return await self._downloaded(file.file_path)
                return await self._local(file.file_path)
        except (AiogramError, ClientError, OSError) as error:
            # without its text: it has the address, and that the token
            raise FileUnavailable(f"{type(error).__name__} while fetching a file") from None

    async def _local(self, path: str) -> bytes:
        if self._bot.session.api == PRODUCTION:
            raise FileUnavailable("Telegram answered with a path on its own machine")
        below = _below_bots_folder(path, self._bot.token)
        if below is None:
            raise FileUnavailable("the Bot API server answered with a path that is not in the bot's own folder")
        try:
            return await asyncio.to_thread(_read, Path(path))
        except OSError as unreadable:
            try:
                return await self._downloaded(below)
            except (AiogramError, ClientError, OSError):
                raise FileUnavailable(
                    "the Bot API server runs with --local and keeps files where this process cannot read them"
                    f" ({type(unreadable).__name__}): give both the same folder under the same path"
                ) from None

    async def _downloaded(self, path: str) -> bytes:
        target = _Bounded()
        await self._bot.download_file(path, target, timeout=SECONDS)
        return target.getvalue()


def _is_absolute(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()


def _below_bots_folder(path: str, token: str) -> str | None:
    """What comes behind the folder that is named after the token; None when the path leads elsewhere. A server that
    was taken over must not have any file of this machine read."""
    parts = path.replace("\\", "/").split("/")
    names = {token, token.replace(":", "~")}  # on Windows a colon cannot be in a name
    at = next((index for index, part in enumerate(parts) if part in names), None)
    if at is None or ".." in parts or not parts[at + 1 :]:
        return None
    return "/".join(parts[at + 1 :])


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileUnavailable("the Bot API server answered with a path that is no file")
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileUnavailable("the file is larger than 20 MB")
    return data


class _Bounded(io.BytesIO):
    """A server of the operator's may lie about a file's size."""

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override] # typeshed's Buffer
        if self.tell() + len(data) > LARGEST:
            raise FileUnavailable("the file is larger than 20 MB")
        return super().write(data)
