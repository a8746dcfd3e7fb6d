"""What Gradio says when it refuses, turned into our classes.

```
in a stream or a predict's answer   {"error": text | null, "title"?}, a string, or null   -> failure()
as an HTTP status                   {"detail": text | list | object} or {"error": ...}     -> refusal()
```
Texts of ZeroGPU are those of the public `spaces` package, versions of 2024 to 2026.
"""

import ast
import html
import re

from providers.engines.bodies import parse_json
from providers.engines.gradio.diffs import Json
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

MAX_TEXT = 500

# The first that matches decides, so what is more particular stands first.
_CLASSES: tuple[tuple[re.Pattern[str], type[ProviderError]], ...] = (
    (re.compile(r"^(\d+: )?(404: )?(Not Found|Session not found)\.?$", re.IGNORECASE), Unavailable),
    (
        re.compile(
            r"No GPU was available|Expired ZeroGPU|GPU task aborted|ZeroGPU (queue|worker|client)", re.IGNORECASE
        ),
        Unavailable,
    ),
    (re.compile(r"Queue is full|CUDA (error|out of memory)|out of memory", re.IGNORECASE), Unavailable),
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

# Nothing to clean: words with single spaces between them, which nearly all messages are.
_PLAIN = re.compile(r"[\w.,:;!?()/%#+=-]+(?: [\w.,:;!?()/%#+=-]+){0,30}")
_RETRY = re.compile(r"(?:try again|retry) in (?:(\d+) days?, )?(\d+):(\d\d):(\d\d)", re.IGNORECASE)


def clean(text: str) -> str:
    """A message fit for a log: without the quotes that Gradio 4.44 leaves (it sends the repr), cut at a link,
    without tags and entities, on one line, at most 500 characters."""
    if len(text) <= MAX_TEXT and _PLAIN.fullmatch(text):
        return text
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = _unquoted(text)
    text = text.split(" <a ")[0]
    text = html.unescape(re.sub(r"<[^>]{0,1000}>", " ", text))
    return " ".join(text.split())[:MAX_TEXT]


def _unquoted(text: str) -> str:
    try:
        return str(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text[1:-1]


def failure(error: Json, *, title: Json = None) -> ProviderError:
    """The error for what a stream or a predict said: null, a string, or `{"error": text | null, "title"?}`."""
    if isinstance(error, dict):
        title = error.get("title", title)
        error = error.get("error")
    text = clean(error) if isinstance(error, str) else ""
    if not text:
        return ResponseError("the Space failed and gave no reason")
    # A title like "ZeroGPU quota exceeded" tells more than texts that change from year to year.
    known = f"{title}: {text}" if isinstance(title, str) and title.startswith("ZeroGPU") else text
    for pattern, kind in _CLASSES:
        if pattern.search(text) or pattern.search(known):
            return QuotaExceeded(text, retry_after=retry_after(text)) if kind is QuotaExceeded else kind(text)
    return ResponseError(text)


def retry_after(text: str) -> float | None:
    """Seconds until the quota is back, from "Try again in 0:09:48" and its like."""
    if (found := _RETRY.search(text)) is None:
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def refusal(status: int, body: bytes, *, retry_after_header: str | None = None) -> ProviderError:
    """The error for an HTTP status that is not 200."""
    is_html = body.lstrip()[:1] == b"<"
    said = _said(body)
    if status in {401, 403}:
        return Unauthorized(f"HTTP {status}: {said or 'a key is needed, or it has no rights here'}")
    if status == 404:
        if is_html:
            return Unauthorized("HTTP 404: there is no such Space, or it is private and the key is missing or wrong")
        return BadAnswer(f"HTTP 404: {said or 'no such route'}")
    if status == 429:
        seconds = retry_after_header or ""
        return QuotaExceeded(said or "HTTP 429", retry_after=float(seconds) if seconds.isdigit() else None)
    if status == 503:
        if is_html or not said:
            return Unavailable("HTTP 503: the Space is asleep, starting or in error")
        return Unavailable(f"HTTP 503: its queue is full: {said}" if "ueue is full" in said else f"HTTP 503: {said}")
    if status >= 500:
        if status == 500 and (answer := _object(body)) is not None and "error" in answer:
            return failure(answer)
        return Unavailable(f"HTTP {status}: {'an HTML page' if is_html else said or 'no reason given'}")
    if status in {400, 413, 422}:
        return InvalidParameter(f"HTTP {status}: {said or 'the request was not taken'}")
    if 300 <= status < 400:
        return BadAnswer(f"HTTP {status}: it redirects; put the address it leads to into the settings")
    return BadAnswer(f"HTTP {status}: {'an HTML page' if is_html else said}")


def fits_no_longer(status: int, body: bytes) -> bool:
    """Whether a refusal may come from a stale idea of the server's routes and numbers: no such route, a body
    it cannot read, or the bare 500 that an unknown api name or fn_index gets."""
    return status in {404, 405, 422} or (status == 500 and _object(body) is None)


def _said(body: bytes) -> str:
    """The reason in an error's body, wherever it stands."""
    answer = _object(body)
    if answer is None:
        return "" if body.lstrip()[:1] == b"<" else clean(body[:4000].decode("utf-8", "replace"))
    for key in ("detail", "error", "message"):
        found = answer.get(key)
        if isinstance(found, dict):
            found = found.get("error") or found.get("message")
        if isinstance(found, list):
            parts = [item.get("msg") or item.get("message") for item in found if isinstance(item, dict)]
            found = "; ".join(str(part) for part in parts if part)
        if isinstance(found, str) and found:
            return clean(found)
    return ""


def _object(body: bytes) -> dict[str, Json] | None:
    try:
        answer = parse_json(body)
    except BadAnswer:
        return None
    return answer if isinstance(answer, dict) else None
