"""What Gradio says when it refuses, turned into our classes.

```
in a stream or a predict's answer   {"error": text | null, "title"?}, a string, or null   -> failure()
as an HTTP status                   {"detail": text | list | object} or {"error": ...}     -> refusal()
```
Texts of ZeroGPU are those of the public `spaces` package, versions of 2024 to 2026.
"""

import re

from providers.bounds import MAX_RAW, plain, text
from providers.engines.gradio.diffs import Json
from providers.engines.refusals import Refused, own_fault
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)

MAX_WORDS = 500  # characters

# The first that matches decides, so what is more particular stands first.
_CLASSES: tuple[tuple[re.Pattern[str], type[ProviderError]], ...] = (
    (re.compile(r"^(\d+: )?(404: )?(Not Found|Session not found)\.?$", re.IGNORECASE), Unavailable),
    (
        re.compile(
            r"No GPU was available|Expired ZeroGPU|GPU task aborted|ZeroGPU (queue|worker|client)", re.IGNORECASE
        ),
        Unavailable,
    ),
    (re.compile(r"Queue is full|CUDA error", re.IGNORECASE), Unavailable),
    (re.compile(r"larger than the maximum allowed", re.IGNORECASE), ResponseError),
    (re.compile(r"quota|runs limit|GPU limit|rate.?limit|too many requests", re.IGNORECASE), QuotaExceeded),
    (
        re.compile(
            r"nsfw|inappropriate|content (policy|filter|moderation|warning)|safety (check|filter|system)|"
            r"(unsafe|harmful|prohibited|explicit|sexual) (content|prompt|image)|violates?\b|moderat(ed|ion)|"
            r"(prompt|content|image) (was |is |has been )?(blocked|flagged|not allowed)",
            re.IGNORECASE,
        ),
        ContentRejected,
    ),
    (
        re.compile(
            r"(less|greater) than (the )?(minimum|maximum) value|Could not preprocess input|"
            r"enough input values|Expected an? `|is not in the list of choices",
            re.IGNORECASE,
        ),
        InvalidParameter,
    ),
    (re.compile(r"not authenticated|invalid (token|credentials)|unauthorized", re.IGNORECASE), Unauthorized),
)

_ESCAPE = re.compile(r"\\([\\'\"nrt])")
_RETRY = re.compile(
    r"(?:try again|retry) in (?:([0-9]{1,3}) days?, )?([0-9]{1,3}):([0-9]{2}):([0-9]{2})", re.IGNORECASE
)


def clean(words: object) -> str:
    """A message of Gradio fit for a log: without the quotes that 4.44 leaves (it sends Python's repr), cut at a link;
    else as `providers.bounds.plain`."""
    said = text(words).strip()
    if len(said) > 1 and said[0] in "'\"" and (said[0] == said[-1] or len(said) == MAX_RAW):
        said = _ESCAPE.sub(lambda found: " " if found[1] in "nrt" else found[1], said[1:].removesuffix(said[0]))
    return plain(said.split(" <a ")[0], MAX_WORDS)


def failure(error: Json, *, title: Json = None) -> ProviderError:
    """The error for what a stream or a predict said: null, a string, or `{"error": text | null, "title"?}`."""
    if isinstance(error, dict):
        title = error.get("title", title)
        error = error.get("error")
    words = clean(error)
    if not words:
        return ResponseError("the Space failed and gave no reason")
    if (own := own_fault(words)) is not None:
        return own
    # A title like "ZeroGPU quota exceeded" tells more than texts that change from year to year.
    known = f"{plain(title, 100)}: {words}" if isinstance(title, str) and title.startswith("ZeroGPU") else words
    for pattern, kind in _CLASSES:
        if pattern.search(words) or pattern.search(known):
            return QuotaExceeded(words, retry_after=retry_after(words)) if kind is QuotaExceeded else kind(words)
    return ResponseError(words)


def retry_after(words: str) -> float | None:
    """Seconds until the quota is back, from "Try again in 0:09:48" and its like."""
    if (found := _RETRY.search(words)) is None:
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def refusal(refused: Refused) -> ProviderError:
    """The error for an HTTP status that is not 2xx: as for every engine, but for what Gradio and the Spaces' proxy mean
    by it."""
    status, said = refused.status, refused.said
    if status == 404 and refused.page:
        return Unauthorized("HTTP 404: there is no such Space, or it is private and the key is missing or wrong")
    if status == 404:
        return BadAnswer(f"HTTP 404: {said or 'no such route'}")
    if status == 503 and (refused.page or not said):
        return Unavailable("HTTP 503: the Space is asleep, starting or in error")
    if status == 500 and "error" in refused.answer:
        return failure(dict(refused.answer))
    if 300 <= status < 400:
        return BadAnswer(f"HTTP {status}: it redirects; put the address it leads to into the settings")
    return refused.error()


def fits_no_longer(refused: Refused) -> bool:
    """Whether a refusal may come from a stale idea of the server's routes and numbers: no such route, a body
    it cannot read, or the bare 500 that an unknown api name or fn_index gets."""
    return refused.status in {404, 405, 422} or (refused.status == 500 and not refused.answer)
