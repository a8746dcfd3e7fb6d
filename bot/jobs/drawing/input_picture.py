"""Fetches source images and masks from Telegram and prepares them for the model."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog

from bot.jobs.acceptance.parameters import can_extend, margins_of
from providers.capabilities import Capabilities
from providers.catalog.model import Model
from providers.errors import TooLarge
from providers.pictures.aspect_ratios import ratio_size
from providers.pictures.budget import within_budget
from providers.pictures.canvas import Canvas, extend
from providers.pictures.header import read_header
from providers.pictures.inputs import MAX_PIXELS, MAX_SIDE, prepare_input
from providers.pictures.masks import prepare_mask
from providers.tasks import UPSCALE, check_upscaled, input_pixels
from storage.records import Parameters, Request

T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)

FetchFile = Callable[[str], Awaitable[bytes]]
LARGEST = 20_000_000  # bytes: https://core.telegram.org/bots/api#getfile
TIMEOUT = 60.0  # seconds


class InputPictureError(Exception):
    """A source image cannot be fetched or opened."""


@dataclass(frozen=True, slots=True)
class Given:
    """The pictures that a model gets beside the prompt, as fields of `ImageRequest`."""

    images: tuple[bytes, ...] = field(default=(), repr=False)
    mask: bytes | None = field(default=None, repr=False)
    expand: tuple[int, int, int, int] | None = None


class InputPictures:
    """`at_once`: how many of a model's pictures are fetched and prepared at a time, so that draws that wait for the
    network hold up no other model."""

    def __init__(self, fetch_file: FetchFile, at_once: defaultdict[str, asyncio.Semaphore]) -> None:
        self._fetch_file = fetch_file
        self._at_once = at_once

    async def given(self, request: Request, model: Model) -> Given:
        """The source images and the mask. For a picture to be extended: the canvas with the picture on it, or for a
        model with an API for that the picture and the margins in pixels. Raises InputPictureError, and TooLarge for a
        picture that would be too large after upscaling."""
        margins, can = margins_of(request.parameters), model.capabilities
        if margins is None or not can_extend(model) or not request.parameters.input_file_ids:
            images = await self.of(request, model)
            return Given(images, await self.mask_of(request, model, images))
        if can.takes("expand"):
            images = await self.of(request, model)
            header = read_header(images[0])
            left, above, right, below = margins
            wide, high = header.width, header.height
            return Given(
                images, expand=(round(left * wide), round(above * high), round(right * wide), round(below * high))
            )
        first, *others = request.parameters.input_file_ids[: can.input_images]
        canvas = await self._canvas(first, request.parameters, margins, model)
        return Given((canvas.picture, *[await self._fetched(file_id, model) for file_id in others]), canvas.mask)

    async def _canvas(
        self, file_id: str, asked: Parameters, margins: tuple[float, float, float, float], model: Model
    ) -> Canvas:
        can = model.capabilities
        size: tuple[int, int] | None = None
        if can.takes("width"):
            if asked.width is not None and asked.height is not None:
                size = int(can.width.clamp(asked.width)), int(can.height.clamp(asked.height))
            elif asked.aspect_ratio is not None:
                size = ratio_size(asked.aspect_ratio, can.area, can.width, can.height)
        draw_on = partial(_extended, margins=margins, size=size, max_side=_longest(model))
        return await self._prepared(file_id, model, draw_on)

    async def of(self, request: Request, model: Model) -> tuple[bytes, ...]:
        """The source images in the order in which the person gave them, as many as the model takes: upright, no larger
        than the model draws, and without metadata (EXIF, GPS, comments).

        Empty if the request has none, or if it cannot have them and may do without. Raises InputPictureError.
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
        """The mask for the first of the prepared `images`, in its size. None: there is no mask, or the model takes
        none. Raises InputPictureError."""
        file_id = request.parameters.mask_file_id
        if file_id is None or not images or not model.capabilities.takes("mask"):
            return None
        first = read_header(images[0])
        return await self._prepared(file_id, model, partial(_mask, size=(first.width, first.height)))

    async def _fetched(self, file_id: str, model: Model) -> bytes:
        if model.draws:
            return await self._prepared(
                file_id, model, partial(_input, max_side=_longest(model), max_pixels=MAX_PIXELS)
            )
        most = input_pixels(model.capabilities, model.task)
        prepare = partial(_input, max_side=most, max_pixels=most)
        if model.task == UPSCALE:
            prepare = partial(_to_upscale, can=model.capabilities, max_pixels=most)
        return await self._prepared(file_id, model, prepare)

    async def _prepared(self, file_id: str, model: Model, prepare: Callable[[bytes], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(TIMEOUT), self._at_once[model.id]:
                data = await self._fetch_file(file_id)
                if len(data) > LARGEST:
                    raise InputPictureError(f"it has {len(data)} bytes")
                return await prepare(data)
        except (InputPictureError, TooLarge):
            raise
        except Exception as error:  # Telegram's errors are the caller's affair; here all mean the same
            raise InputPictureError(f"{type(error).__name__}: {error}") from error


def _longest(model: Model) -> int:
    """The longest side of a picture that a model draws from, in pixels."""
    can = model.capabilities
    return min(int(max(can.width.maximum, can.height.maximum)), MAX_SIDE) if can.takes("width") else MAX_SIDE


async def _input(data: bytes, *, max_side: int, max_pixels: int) -> bytes:
    return await within_budget(prepare_input, data, max_side=max_side, max_pixels=max_pixels)


async def _to_upscale(data: bytes, *, can: Capabilities, max_pixels: int) -> bytes:
    """The picture that is upscaled. Raises TooLarge before much of it is decoded."""
    header = read_header(data)
    check_upscaled((header.width, header.height), can)
    return await _input(data, max_side=max_pixels, max_pixels=max_pixels)


async def _extended(
    data: bytes, *, margins: tuple[float, float, float, float], size: tuple[int, int] | None, max_side: int
) -> Canvas:
    return await within_budget(extend, data, margins, size, max_side=max_side)


async def _mask(data: bytes, *, size: tuple[int, int]) -> bytes:
    return await within_budget(prepare_mask, data, size)
