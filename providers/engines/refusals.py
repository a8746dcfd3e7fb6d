"""An HTTP status that is a refusal, or a failure in the back-end's own words, as one of our classes.

Bodies as they are in the wild: `{"error": {"message", "code", "type"}}`, `{"error": text}`, `{"message": text}`,
`{"detail": text | [{"msg"}]}`, `{"errors": [text]}`, plain text, or a page for people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from providers.bounds import MAX_RAW, plain, seconds, text
from providers.engines.bodies import parse_json
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    NotThisServer,
    OutOfMemory,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    RequestFailed,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.redaction import Redaction

REASONS = ("message", "detail", "errors", "error")
NO_ROUTE = {404, 405}
NO_REASON = re.compile(r"((404|405)\W*)?((page )?not found|method not allowed)?\W*", re.IGNORECASE)
BAD_REQUEST = {400, 413, 415, 422}
# What programs that run a model say when it is the request that broke them: torch, diffusers, AUTOMATIC1111, ComfyUI,
# Gradio apps. The next request may be sound, so this is no outage.
OUT_OF_MEMORY = re.compile(
    r"out ?of ?memory|not enough (GPU |video )?(memory|VRAM)|failed to allocate|insufficient (memory|VRAM)|"
    r"CUBLAS_STATUS_ALLOC_FAILED",
    re.IGNORECASE,
)
OWN_FAULT = re.compile(
    r"NansException|tensor with (all )?NaNs|AssertionError|Sizes of tensors must match|"
    r"The size of tensor a|shape mismatch|must be divisible by|cannot reshape",
    re.IGNORECASE,
)


def own_fault(words: str, kind: str = "") -> ProviderError | None:
    """OutOfMemory or RequestFailed where a failure's words, or the exception's name beside them, say that the request
    itself is at fault; else None. Both texts are plain."""
    if OUT_OF_MEMORY.search(f"{kind} {words}"):
        return OutOfMemory(words)
    return RequestFailed(words) if OWN_FAULT.search(f"{kind} {words}") else None


@dataclass(frozen=True, slots=True)
class Refused:
    """`said` is the back-end's own reason on one line, without markup and keys; `answer` its body where that is an
    object; `retry_after` is in seconds."""

    status: int
    said: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)  # as it came: whoever reads it checks
    page: bool = False
    retry_after: float | None = None

    @classmethod
    def read(cls, status: int, body: bytes, headers: Mapping[str, str], *, secret: str | None = None) -> "Refused":
        """`secret` is a key that `said` must not repeat; a provider's errors are redacted again on their way out."""
        page = body[:1000].lstrip()[:1] == b"<"
        try:
            found = parse_json(body)
        except BadAnswer:
            found = None
        answer = found if isinstance(found, dict) else {}
        words = "" if page or found is not None else body[:MAX_RAW].decode("utf-8", "replace")
        said = text(_reason(answer) or words)
        if secret:
            said = Redaction([secret])(said)
        return cls(status, plain(said), answer, page, seconds(headers.get("Retry-After")))

    def __str__(self) -> str:
        return f"HTTP {self.status}: {self.said or ('an HTML page' if self.page else 'no reason given')}"

    @property
    def no_route(self) -> bool:
        """Whether it reads as if there were no such route at all, as web servers and frameworks have it."""
        return self.status in NO_ROUTE and (self.page or NO_REASON.fullmatch(self.said) is not None)

    def error(self) -> ProviderError:
        """What the status alone says; an API's own codes are looked at before, by whoever knows it."""
        status = self.status
        if status in {401, 403}:
            return Unauthorized(f"{self}; a key is needed, or it has no rights here")
        if status == 402:
            return PaymentRequired(str(self))
        if status == 429:
            return QuotaExceeded(str(self), retry_after=self.retry_after)
        if status >= 500:
            return own_fault(str(self), plain(self.answer.get("error"), 100)) or Unavailable(str(self))
        if status in BAD_REQUEST:
            return OutOfMemory(str(self)) if OUT_OF_MEMORY.search(self.said) else InvalidParameter(str(self))
        if self.no_route:
            return NotThisServer(f"{self}; no such route, so another server answers at this url")
        return ResponseError(str(self)) if status >= 400 else BadAnswer(f"{self}; a redirect is not followed")


def tidy(text: str) -> str:
    """Somebody else's words, fit for a line in a log, as `providers.bounds.plain` makes them."""
    return plain(text)


def _reason(found: Any, depth: int = 0) -> str:  # anything that JSON can hold
    if isinstance(found, str):
        return found
    if depth > 4:
        return ""
    if isinstance(found, list):
        return "; ".join(filter(None, (_reason(item, depth + 1) for item in found[:5])))
    if isinstance(found, dict):
        keys = (*REASONS, "msg") if depth else REASONS
        return next((reason for key in keys if (reason := _reason(found.get(key), depth + 1))), "")
    return ""
