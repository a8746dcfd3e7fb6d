"""The pictures to start from, fetched from Telegram and prepared for the model."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from providers.catalog.model import Model
from providers.pictures.budget import within_budget
from providers.pictures.header import read_header
from providers.pictures.inputs import MAX_SIDE, prepare_input
from providers.pictures.masks import prepare_mask
from storage.records import Request

log = structlog.stdlib.get_logger(__name__)

FetchFile = Callable[[str], Awaitable[bytes]]
LARGEST = 20_000_000  # bytes: https://core.telegram.org/bots/api#getfile
TIMEOUT = 60.0  # seconds


class InputPictureError(Exception):
    """A picture to start from cannot be had."""


class InputPictures:
    """`at_once` bounds how many of a model's are fetched and prepared at a time: who waits for the network holds up no
    other model."""

    def __init__(self, fetch_file: FetchFile, at_once: defaultdict[str, asyncio.Semaphore]) -> None:
        self._fetch_file = fetch_file
        self._at_once = at_once

    async def of(self, request: Request, model: Model) -> tuple[bytes, ...]:
        """In the order in which the person gave them, as many as the model takes: upright, no larger than it draws, and
        without what else the files told (EXIF, GPS, comments).

        None at all where the request starts from none, or can do without. Raises InputPictureError.
        """
        file_ids = request.parameters.input_file_ids[: model.capabilities.input_images]
        try:
            return tuple([await self._fetched(file_id, model) for file_id in file_ids])
        except InputPictureError as error:
            if not request.parameters.input_optional:
                raise
            log.info("drawn without the picture that it refines", request=request.id, error=str(error))
            return ()

    async def mask_of(self, request: Request, model: Model, images: Sequence[bytes]) -> bytes | None:
        """What says what to change in the first of the prepared `images`, of its size. None: nothing does, or the model
        takes no mask. Raises InputPictureError."""
        file_id = request.parameters.mask_file_id
        if file_id is None or not images or not model.capabilities.takes("mask"):
            return None
        first = read_header(images[0])
        return await self._prepared(file_id, model, partial(_mask, size=(first.width, first.height)))

    async def _fetched(self, file_id: str, model: Model) -> bytes:
        can = model.capabilities
        side = min(int(max(can.width.maximum, can.height.maximum)), MAX_SIDE) if can.takes("width") else MAX_SIDE
        return await self._prepared(file_id, model, partial(_input, max_side=side))

    async def _prepared(self, file_id: str, model: Model, prepare: Callable[[bytes], Awaitable[bytes]]) -> bytes:
        try:
            async with asyncio.timeout(TIMEOUT), self._at_once[model.id]:
                data = await self._fetch_file(file_id)
                if len(data) > LARGEST:
                    raise InputPictureError(f"it has {len(data)} bytes")
                return await prepare(data)
        except InputPictureError:
            raise
        except Exception as error:  # Telegram's errors are the caller's affair; here all mean the same
            raise InputPictureError(f"{type(error).__name__}: {error}") from error


async def _input(data: bytes, *, max_side: int) -> bytes:
    return await within_budget(prepare_input, data, max_side=max_side)


async def _mask(data: bytes, *, size: tuple[int, int]) -> bytes:
    return await within_budget(prepare_mask, data, size)
