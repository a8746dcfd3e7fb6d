"""The photo to start from, fetched from Telegram."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from providers.pictures.encoded import read_picture
from storage.records import Request

log = structlog.stdlib.get_logger(__name__)

FetchFile = Callable[[str], Awaitable[bytes]]
LARGEST = 20_000_000  # bytes: https://core.telegram.org/bots/api#getfile
TIMEOUT = 60.0  # seconds


class InputPictureError(Exception):
    """The photo to start from cannot be had."""


class InputPictures:
    """`memory` bounds how many draws hold pictures at once."""

    def __init__(self, fetch_file: FetchFile, memory: asyncio.Semaphore) -> None:
        self._fetch_file = fetch_file
        self._memory = memory

    async def of(self, request: Request) -> bytes | None:
        """None where it starts from none, or can do without. Raises InputPictureError."""
        file_id = request.parameters.input_file_id
        if file_id is None:
            return None
        try:
            return await self._fetched(file_id)
        except InputPictureError as error:
            if not request.parameters.input_optional:
                raise
            log.info("drawn without the picture that it refines", request=request.id, error=str(error))
            return None

    async def _fetched(self, file_id: str) -> bytes:
        try:
            async with asyncio.timeout(TIMEOUT), self._memory:
                data = await self._fetch_file(file_id)
                if len(data) > LARGEST:
                    raise InputPictureError(f"it has {len(data)} bytes")
                await asyncio.to_thread(read_picture, data)
        except InputPictureError:
            raise
        except Exception as error:  # Telegram's errors are the caller's affair; here all mean the same
            raise InputPictureError(f"{type(error).__name__}: {error}") from error
        return data
