"""Answers of servers with OpenAI's API: pictures, refusals with status 200, and many vendors' error codes.

Sources: openai-python 3.57 `types/images_response.py`; volcengine-ark-runtime 5.0.54; @ai-sdk/xai 5.0.12; docs of
SiliconFlow, Zhipu and DashScope; litellm 1.110.2 `llms/azure/`.
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yarl import URL

from providers.engines.http import Json
from providers.engines.media import inline
from providers.engines.refusals import Refused, tidy
from providers.errors import (
    BadAnswer,
    ContentRejected,
    ModelNotFound,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
)
from providers.pictures.addresses import is_public

# Codes and types of errors; what is not here follows from the words, and else from the status.
ERRORS: Mapping[str, type[ProviderError]] = {
    "invalid_api_key": Unauthorized,
    "authentication_error": Unauthorized,
    "AuthenticationError": Unauthorized,
    "InvalidApiKey": Unauthorized,
    "no_db_connection": Unauthorized,  # LiteLLM without a database, which has no key but its own
    "insufficient_quota": PaymentRequired,
    "credit_balance_exhausted": PaymentRequired,
    "organization_spend_limit_exceeded": PaymentRequired,
    "billing_hard_limit_reached": PaymentRequired,
    "billing_not_active": PaymentRequired,
    "billing_limit_user_error": PaymentRequired,
    "budget_exceeded": PaymentRequired,
    "AccountOverdueError": PaymentRequired,
    "Arrearage": PaymentRequired,
    "moderation_blocked": ContentRejected,
    "content_policy_violation": ContentRejected,
    "image_content_policy_violation": ContentRejected,
    "content_filter": ContentRejected,
    "contentFilter": ContentRejected,
    "ResponsibleAIPolicyViolation": ContentRejected,
    "PolicyViolation": ContentRejected,
    "DataInspectionFailed": ContentRejected,
    "data_inspection_failed": ContentRejected,
    "model_not_found": ModelNotFound,
    "DeploymentNotFound": ModelNotFound,
    "ModelNotOpen": ModelNotFound,
    "server_error": Unavailable,
    "server_is_overloaded": Unavailable,
    "slow_down": Unavailable,
    # Zhipu
    "1000": Unauthorized,
    "1001": Unauthorized,
    "1002": Unauthorized,
    "1003": Unauthorized,
    "1004": Unauthorized,
    "1113": PaymentRequired,
    "1211": ModelNotFound,
    "1301": ContentRejected,
    "1302": QuotaExceeded,
    "1303": QuotaExceeded,
    "1305": QuotaExceeded,
    # SiliconFlow
    "20012": ModelNotFound,
    "30001": PaymentRequired,
    "50505": Unavailable,
}
CODES: Mapping[re.Pattern[str], type[ProviderError]] = {
    re.compile(r"SensitiveContentDetected|RiskDetection"): ContentRejected,  # Ark, with more behind a dot
    re.compile(r"^(InvalidEndpointOrModel|ModelNotFound)"): ModelNotFound,
    re.compile(r"^(Throttling|RateLimitExceeded|QuotaExceeded|SetLimitExceeded|AllocationQuota)"): QuotaExceeded,
}
# A proxy such as LiteLLM puts the upstream's refusal into words.
WORDS: Mapping[re.Pattern[str], type[ProviderError]] = {
    re.compile(
        r"content.?policy|ContentPolicyViolation|moderation|safety system|content management policy|sensitive content"
        r"|responsible ?ai|\bnsfw\b|content.?filter",
        re.IGNORECASE,
    ): ContentRejected,
    re.compile(
        r"invalid model name|no such model|unknown model|model\b.{0,80}\b(does not exist|not found)", re.IGNORECASE
    ): (ModelNotFound),
    re.compile(r"AuthenticationError|incorrect api key|invalid api key", re.IGNORECASE): Unauthorized,
    re.compile(r"budget.{0,20}exceeded|exceeded.{0,20}budget", re.IGNORECASE): PaymentRequired,
}
WORDED = {400, 403, 404, 422}  # statuses under which words are looked at
UNKNOWN_FIELD = re.compile(
    r"unknown|unsupported|unrecogni[sz]ed|unexpected|not supported|not support|not permitted|not allowed|extra inputs",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """Pictures as URLs, `data:` or http(s). `refused`: why some or all are missing, if the answer says so."""

    pictures: list[str]
    refused: str = ""
    revised: str = ""


def read_answer(found: Json, host: str) -> Answered:
    """The pictures in an answer with status 200, and what it says about missing ones.

    Raises BadAnswer if `found` is not a list, ContentRejected if every picture was withheld.
    """
    listed = found.get("data", found.get("images"))
    if listed is not None and not isinstance(listed, list):
        raise BadAnswer(f"{host} answered with data that is no list")
    items = [{"url": item} if isinstance(item, str) else item for item in listed or []]
    pictures: list[str] = []
    reasons: list[str] = []
    revised = ""
    for item in (item for item in items if isinstance(item, dict)):
        picture = None if (reason := _withheld(item)) else _picture(item)
        if picture:
            pictures.append(picture)
        elif reason or not item.keys() & {"b64_json", "url"}:
            reasons.append(reason or "nothing in place of the picture")
        if not revised and isinstance(text := item.get("revised_prompt"), str):
            revised = tidy(text)
    if not pictures and (reasons or listed == [] or _filtered(found)):
        raise ContentRejected(f"{host} gave no picture: {'; '.join(reasons) or 'an empty list, as after a refusal'}")
    return Answered(pictures, "; ".join(reasons), revised)


def _picture(item: Mapping[str, Any]) -> str | None:
    if item.get("b64_json"):
        return inline(item["b64_json"])
    url = item.get("url")
    return url if isinstance(url, str) and url else None


def _withheld(item: Mapping[str, Any]) -> str:
    """Why an item has no picture, by a flag or an error of its own; "": it does not say."""
    if item.get("respect_moderation") is False:
        return "moderated"
    error = item.get("error")
    if isinstance(error, dict):
        return tidy(str(error.get("message") or error.get("code") or "an error"))
    return "filtered" if _filtered(item) and not item.get("b64_json") and not item.get("url") else ""


def _filtered(item: Mapping[str, Any]) -> bool:
    """Azure's `content_filter_results {hate: {filtered}}`, Zhipu's `content_filter [{level: 0}]` (0 is the worst)."""
    results = item.get("content_filter_results")
    if isinstance(results, dict) and any(isinstance(r, dict) and r.get("filtered") is True for r in results.values()):
        return True
    levels = item.get("content_filter")
    return isinstance(levels, list) and any(isinstance(entry, dict) and entry.get("level") == 0 for entry in levels)


def error_by_code(refused: Refused) -> ProviderError | None:
    """The error for the refusal's own code, type or text; None: nothing in it is known."""
    for code in _codes(refused.answer):
        kind = ERRORS.get(code) or next((kind for pattern, kind in CODES.items() if pattern.search(code)), None)
        if kind is QuotaExceeded:
            return QuotaExceeded(str(refused), retry_after=refused.retry_after)
        if kind is not None:
            return kind(str(refused))
    if refused.status in WORDED:
        kind = next((kind for pattern, kind in WORDS.items() if pattern.search(refused.said)), None)
        if kind is not None and not (kind is ModelNotFound and refused.no_route):
            return kind(str(refused))
    return None


def _codes(answer: Mapping[str, Any]) -> Iterator[str]:
    """The codes in an answer, innermost first: an outer code may be as general as "400"."""
    error = answer.get("error")
    told = [answer]
    if isinstance(error, dict):
        inner = error.get("inner_error") or error.get("innererror")
        told = [*([inner] if isinstance(inner, dict) else []), error, answer]
    for place in told:
        for key in ("code", "type"):
            if isinstance(value := place.get(key), str | int) and not isinstance(value, bool):
                yield str(value)[:200]


def fields_named(refused: Refused, sent: frozenset[str]) -> frozenset[str]:
    """The sent fields that a refusal calls unknown. Fields that only say how to answer count whatever it says."""
    said, error = refused.said, refused.answer.get("error")
    param = error.get("param") if isinstance(error, dict) else None
    details = refused.answer.get("detail")
    located = {
        str(item["loc"][-1])
        for item in (details if isinstance(details, list) else [])[:20]
        if isinstance(item, dict) and isinstance(item.get("loc"), list) and item["loc"]
    }
    unknown = UNKNOWN_FIELD.search(said) is not None
    return frozenset(
        name
        for name in sent
        if (unknown or name in HOW_TO_ANSWER) and (name == param or name in located or _mentions(said, name))
    )


HOW_TO_ANSWER = frozenset({"response_format", "stream", "partial_images", "output_format"})


def _mentions(said: str, name: str) -> bool:
    """Whether the text names the field. A name that is an ordinary word ("n", "size") counts only within quotes."""
    exact = rf"(?<![\w-]){re.escape(name)}(?![\w-])" if "_" in name else rf"['\"`]{re.escape(name)}['\"`]"
    return re.search(exact, said) is not None


def own_address(address: str, base: URL) -> str:
    """A result's URL as it can be fetched. A relative URL belongs to the configured server; so does one of a private
    host, which a server behind a proxy or in a container gives for itself."""
    if address[:5].lower() == "data:":
        return address
    try:
        url = URL(address)
        if not url.is_absolute():
            return str(base.join(url))
        same = url.origin() == base.origin()
    except ValueError:
        return address  # fetching it says what is wrong
    ours = url.port == base.port or not _private(base.host or "")
    if url.scheme not in {"http", "https"} or same or not ours or not _private(url.host or ""):
        return address
    return str(base.origin().join(url.relative()))


def _private(host: str) -> bool:
    """Whether a host is known only in its own network."""
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan"))
