"""An HTTP status that is a refusal, with the reason that stands in its body, as one of our classes.

Bodies as they are in the wild: `{"error": {"message", "code", "type"}}`, `{"error": text}`, `{"message": text}`,
`{"detail": text | [{"msg"}]}`, `{"errors": [text]}`, plain text, or a page for people.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from providers.engines.bodies import parse_json
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)

MAX_TEXT = 300
MIN_SECRET = 6  # characters; shorter ones are no keys, and would tear words apart
REASONS = ("message", "detail", "errors", "error")
NO_ROUTE = {404, 405}
NO_REASON = re.compile(r"((404|405)\W*)?((page )?not found|method not allowed)?\W*", re.IGNORECASE)
BAD_REQUEST = {400, 413, 415, 422}


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
        page = body.lstrip()[:1] == b"<"
        try:
            found = parse_json(body)
        except BadAnswer:
            found = None
        answer = found if isinstance(found, dict) else {}
        plain = "" if page or found is not None else body[:4000].decode("utf-8", "replace")
        said = tidy(_reason(answer) or plain)
        if secret and len(secret) >= MIN_SECRET:
            said = said.replace(secret, "***")
        seconds = headers.get("Retry-After", "")
        wait = float(seconds) if re.fullmatch(r"\d{1,7}(\.\d{1,6})?", seconds) else None
        return cls(status, said, answer, page, wait)

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
            return Unavailable(str(self))
        if status in BAD_REQUEST:
            return InvalidParameter(str(self))
        if self.no_route:
            return NotThisServer(f"{self}; no such route, so another server answers at this url")
        return ResponseError(str(self)) if status >= 400 else BadAnswer(f"{self}; a redirect is not followed")


def tidy(text: str) -> str:
    """Somebody else's words, fit for a line in a log: no tags, entities and line ends, at most 300 characters."""
    return " ".join(html.unescape(re.sub(r"<[^>]{0,1000}>", " ", text[:4000])).split())[:MAX_TEXT]


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
