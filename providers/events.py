"""What a provider yields while it draws: statuses, a ticket, previews, and one response last."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A line on how it goes.

    `progress` runs from 0 to 1, `position` is the place in the back-end's queue (1 is next), `eta` is in
    seconds; each is None when the back-end does not tell. `untaken` names the fields of the request that
    the back-end has no place for, and, in “quotation marks”, words of the prompt that it cannot draw.
    """

    status: str
    progress: float | None = None
    position: int | None = None
    eta: float | None = None
    untaken: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.status


@dataclass(frozen=True, slots=True)
class Ticket:
    """The back-end has the job. `value` is all that `Provider.resume` needs; it holds no secret."""

    value: str


@dataclass(frozen=True, slots=True)
class ImagePreview:
    """An unfinished picture: an http(s) URL, or inline as a `data:` URL."""

    url: str
    alt: str = ""

    def __str__(self) -> str:
        return _markdown(self.url, self.alt)


@dataclass(frozen=True, slots=True)
class ImageResponse:
    """The finished pictures, at least one; each an http(s) URL or inline as a `data:` URL. `adult`: the back-end says
    that it found adult content in one of them. `seeds`: of each picture the seed that alone gives it again, where the
    back-end says so; else none."""

    images: list[str] = field()
    alt: str = ""
    adult: bool = field(default=False, kw_only=True)
    seeds: Sequence[int] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not self.images:
            raise ValueError("an ImageResponse has at least one picture")
        if len(self.seeds) not in {0, len(self.images)}:
            raise ValueError("an ImageResponse has a seed for each picture, or none")

    @property
    def url(self) -> str:
        return self.images[0]

    def __str__(self) -> str:
        return "\n".join(_markdown(url, self.alt) for url in self.images)


Event: TypeAlias = Reasoning | Ticket | ImagePreview | ImageResponse


def _markdown(url: str, alt: str) -> str:
    shown = url if not url.startswith("data:") else url[:40] + "..."
    return f"![{alt}]({shown})"
