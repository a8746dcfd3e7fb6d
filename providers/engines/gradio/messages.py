"""What a job says while it runs, typed; the queue's and the call API's messages both become these."""

from typing import NamedTuple, TypeAlias

from providers.bounds import entries as bounded
from providers.bounds import number
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import clean
from providers.errors import ProviderError


class Waiting(NamedTuple):
    """In the queue: `rank` 0 is next, `eta` in seconds until done, None where it is not known."""

    rank: int | None
    size: int | None
    eta: float | None


class Started(NamedTuple):
    eta: float | None


class Progress(NamedTuple):
    """`fraction` runs from 0 to 1, None when the bar has no length."""

    text: str
    fraction: float | None


class Log(NamedTuple):
    text: str


class Heartbeat(NamedTuple):
    """The server is there, no more; `elapsed` in seconds where we count it ourselves."""

    elapsed: float | None = None


class Partial(NamedTuple):
    """All outputs as a generator has them so far."""

    data: list[Json]


class Completed(NamedTuple):
    """All outputs, final; always the last message."""

    data: list[Json]


class Failed(NamedTuple):
    """The server itself says that it is over, and why; the last message in place of Completed."""

    error: ProviderError


MAX_COUNT = 1e9  # steps of a bar
MAX_BARS = 10  # nested, of which only the outermost has words

Message: TypeAlias = Waiting | Started | Progress | Log | Heartbeat | Partial | Completed | Failed


def progress_message(entries: Json) -> Progress:
    """`progress_data`: nested bars, outermost first; gr.Progress gives `progress`, tqdm `index` of `length`."""
    bars = bounded(entries, MAX_BARS)
    text = "Generating"
    fraction: float | None = None
    index: float | None = None
    length: float | None = None
    for bar in reversed(bars):
        index, length = number(bar.get("index"), 0, MAX_COUNT), number(bar.get("length"), 0, MAX_COUNT)
        if index is not None and length:
            fraction = (index + (fraction or 0.0)) / length
        elif (given := number(bar.get("progress"), 0, 100)) is not None:
            fraction = given
    if fraction is not None:
        fraction = min(max(fraction, 0.0), 1.0)
    described = bars[0].get("desc") if bars else None
    if isinstance(described, str):
        text = clean(described) or text
    if index is not None:
        text = f"{text} {index:.0f}/{length:.0f}" if length else f"{text} {index:.0f}"
    return Progress(text, fraction)
