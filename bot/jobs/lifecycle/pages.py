"""Distributes a request's pictures over messages: each shows one picture or a sheet that fits Telegram's rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.jobs.contracts import Square
from bot.jobs.provenance import Origin
from bot.pictures.fit import Fitted, as_it_is, fit, thumbnail
from bot.pictures.metadata import with_metadata
from bot.pictures.sheet import sheet, sheets_of
from providers.pictures.budget import within_budget
from providers.tasks import CUTOUT, VIDEO
from storage.records import PictureRecord, Request


@dataclass(frozen=True, slots=True)
class Page:
    """The pictures of one message. `first`: the ordinal of its first picture within the request."""

    pictures: Sequence[PictureRecord]
    data: Sequence[bytes] = field(repr=False)
    squares: Sequence[Square] = ()
    first: int = 0

    @property
    def single(self) -> bool:
        """Whether it is one picture, not a sheet."""
        return len(self.pictures) == 1 and not self.squares


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file within Telegram's rules, and the thumbnails that still have to be stored."""

    fitted: Fitted
    thumbnails: dict[int, bytes] = field(repr=False)  # by picture id


def pages_of(
    pictures: Sequence[PictureRecord], data: Sequence[bytes], squares: Sequence[Square], *, several: bool
) -> list[Page]:
    """All pictures in order: more than nine on several sheets, or on one unless there may be `several`."""
    count = len(squares) or len(pictures)
    pages, first = list[Page](), 0
    for part in sheets_of(count) if several else [slice(0, count)]:
        there = sum(square.reason is None for square in squares[part]) if squares else part.stop - part.start
        own = slice(first, first + there)
        pages.append(Page(pictures[own], data[own], squares[part], first))
        first += there
    return pages


def ids_of(pages: Sequence[Page]) -> frozenset[int]:
    """The ids of the pages' pictures."""
    return frozenset(picture.id for page in pages for picture in page.pictures)


async def prepare(request: Request, page: Page, origin: Origin) -> Prepared:
    """The file that shows the page. `origin`: the metadata that it gets."""
    as_document = is_document(request, page.pictures)
    if page.single and (prepared := _untouched(page, origin, as_document=as_document)) is not None:
        return prepared
    if page.single:
        fitted = await within_budget(
            fit,
            page.data[0],
            page.pictures[0].mime,
            as_document=as_document,
            as_png=request.parameters.task == CUTOUT,
            source=origin.source,
            parameters=origin.parameters,
        )
    else:  # the sheet is a photo always: the singles behind its buttons are what is wanted as documents
        fitted = await within_budget(fit, await _sheet(page), "image/jpeg", source=origin.source)
    small = {
        picture.id: await within_budget(thumbnail, body)
        for picture, body in zip(page.pictures, page.data, strict=True)
        if picture.thumbnail is None  # it was not made while it was fetched
    }
    return Prepared(fitted, small)


def is_covered(request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether the pictures have a spoiler: somebody chose so, or the back-end reported adult content."""
    return request.parameters.spoiler or any(picture.adult for picture in pictures)


def is_document(request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether it is sent as a file; for a video its bytes decide. Telegram can blur only photos. A cutout stays a file
    nevertheless, because a photo has no transparency, unless the back-end reported adult content."""
    if request.parameters.task == CUTOUT:
        return not any(picture.adult for picture in pictures)
    return request.parameters.as_document and not is_covered(request, pictures)


def is_video(request: Request) -> bool:
    """Whether the request is for a video."""
    return request.parameters.task == VIDEO


def _untouched(page: Page, origin: Origin, *, as_document: bool) -> Prepared | None:
    """The page's file without decoding it, which most pictures allow. None: something has to be computed."""
    picture = page.pictures[0]
    if picture.thumbnail is None:
        return None
    fitted = as_it_is(page.data[0], picture.mime, picture.width, picture.height, as_document=as_document)
    if fitted is None:
        return None
    return Prepared(replace(fitted, data=with_metadata(fitted.data, origin.source, origin.parameters)), thumbnails={})


async def _sheet(page: Page) -> bytes:
    labels = [square.label for square in page.squares]
    gaps = [[at, square.reason] for at, square in enumerate(page.squares) if square.reason is not None]
    return await within_budget(sheet, page.data, labels, gaps, page.first + 1)
