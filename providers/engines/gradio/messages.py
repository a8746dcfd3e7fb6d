"""What a job says while it runs, typed; the queue's and the call API's messages both become these."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import clean
from providers.errors import ProviderError


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the queue: `rank` 0 is next, `eta` in seconds until done, None where it is not known."""

    rank: int | None
    size: int | None
    eta: float | None


@dataclass(frozen=True, slots=True)
class Started:
    eta: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`fraction` runs from 0 to 1, None when the bar has no length."""

    text: str
    fraction: float | None


@dataclass(frozen=True, slots=True)
class Log:
    text: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The server is there, no more; `elapsed` in seconds where we count it ourselves."""

    elapsed: float | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """All outputs as a generator has them so far."""

    data: list[Json]


@dataclass(frozen=True, slots=True)
class Completed:
    """All outputs, final; always the last message."""

    data: list[Json]


@dataclass(frozen=True, slots=True)
class Failed:
    """The server itself says that it is over, and why; the last message in place of Completed."""

    error: ProviderError


Message: TypeAlias = Waiting | Started | Progress | Log | Heartbeat | Partial | Completed | Failed


def number(value: Json) -> float | None:
    """A finite number, or None for anything else that may stand in its place."""
    if type(value) is int:
        return float(value) if abs(value) < 1e300 else None
    return value if type(value) is float and math.isfinite(value) else None


def whole(value: Json) -> int | None:
    found = number(value)
    return None if found is None else int(found)


def progress_message(entries: Json) -> Progress:
    """`progress_data`: nested bars, outermost first; gr.Progress gives `progress`, tqdm `index` of `length`."""
    bars = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    text, fraction = "Generating", None
    index: float | None = None
    length: float | None = None
    for bar in reversed(bars):
        index, length = number(bar.get("index")), number(bar.get("length"))
        if index is not None and length:
            fraction = (index + (fraction or 0.0)) / length
        elif (given := number(bar.get("progress"))) is not None:
            fraction = given
    if fraction is not None:
        fraction = min(max(fraction, 0.0), 1.0)
    described = bars[0].get("desc") if bars else None
    if isinstance(described, str):
        text = clean(described) or text
    if index is not None:
        text = f"{text} {index:.0f}/{length:.0f}" if length else f"{text} {index:.0f}"
    return Progress(text, fraction)
