"""Photos that people sent, fetched from Telegram."""

import io

from aiogram import Bot
from aiogram.exceptions import AiogramError

LARGEST = 20 * 1024 * 1024  # bytes; getFile gives no more (Bot API)
SECONDS = 60


class FileUnavailable(Exception):  # noqa: N818 - what happened
    """Telegram does not give it: too large, too old, or not now."""


class TelegramFiles:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes:
        """The file's bytes, at most 20 MB. Raises FileUnavailable."""
        try:
            file = await self._bot.get_file(file_id, request_timeout=SECONDS)
            if file.file_path is None or (file.file_size or 0) > LARGEST:
                raise FileUnavailable("the file is larger than 20 MB")
            target = _Bounded()
            await self._bot.download_file(file.file_path, target, timeout=SECONDS)
        except (AiogramError, OSError, TimeoutError) as error:
            raise FileUnavailable(f"{type(error).__name__} while fetching a file") from error
        return target.getvalue()


class _Bounded(io.BytesIO):
    """A server of the operator's may lie about a file's size."""

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override] # typeshed's Buffer
        if self.tell() + len(data) > LARGEST:
            raise FileUnavailable("the file is larger than 20 MB")
        return super().write(data)
