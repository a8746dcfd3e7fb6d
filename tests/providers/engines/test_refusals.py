"""Refusals as they are in the wild: what they say, what class they are, and that no key is repeated."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import (
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
from providers.engines.refusals import Refused


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (400, b'{"error": {"message": "no <b>such</b> size", "code": "x"}}', InvalidParameter, "no such size"),
        (400, b'{"error": "too &amp; long"}', InvalidParameter, "too & long"),
        (422, b'{"detail": [{"loc": ["body"], "msg": "required"}, {"msg": "b"}]}', InvalidParameter, "required; b"),
        (422, b'{"detail": {"message": "deep"}}', InvalidParameter, "deep"),
        (400, b'{"id": "1", "name": "bad_request", "errors": ["seed: too big", 3]}', InvalidParameter, "seed: too big"),
        (401, b'{"message": "who?"}', Unauthorized, "who?"),
        (403, b"", Unauthorized, "no reason given"),
        (402, b'{"error": {"message": "pay"}}', PaymentRequired, "pay"),
        (429, b"slow\n down", QuotaExceeded, "slow down"),
        (500, b"<html>", Unavailable, "an HTML page"),
        (404, b"<html>", NotThisServer, "another server"),
        (404, b'{"detail":"Not Found"}', NotThisServer, "another server"),
        (405, b'{"detail":"Method Not Allowed"}', NotThisServer, "another server"),
        (404, b"404 page not found", NotThisServer, "another server"),
        (404, b"404: Not Found", NotThisServer, "another server"),
        (404, b'{"error": "no such job"}', ResponseError, "no such job"),
        (409, b"", ResponseError, "no reason given"),
        (302, b"", BadAnswer, "redirect"),
        (400, b'{"error": ' + b"[" * 50_000, InvalidParameter, "HTTP 400"),
        (400, json.dumps({"error": {"message": {"message": {"message": {"message": {"message": "x"}}}}}}).encode(),
         InvalidParameter, "no reason given"),
        (400, b'{"error": {"message": "' + b"<" * 90_000 + b'"}}', InvalidParameter, "HTTP 400"),
    ],
)  # fmt: skip
def test_a_status_and_a_reason(status: int, body: bytes, kind: type[ProviderError], said: str) -> None:
    error = Refused.read(status, body, {}).error()
    assert type(error) is kind
    assert said in str(error)
    assert len(str(error)) < 400


def test_a_key_is_not_repeated() -> None:
    refused = Refused.read(401, b'{"error": {"message": "wrong key: sk-sesame"}}', {}, secret="sk-sesame")
    assert str(refused) == "HTTP 401: wrong key: [hidden]"
    assert str(Refused.read(400, b"an example", {}, secret="x")) == "HTTP 400: an example"


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("1.5", 1.5), ("", None), ("Wed, 21 Oct 2015", None), ("1e9", None)]
)
def test_when_to_come_back(header: str, seconds: float | None) -> None:
    error = Refused.read(429, b"", {"Retry-After": header}).error()
    assert isinstance(error, QuotaExceeded)
    assert error.retry_after == seconds


values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(
    st.sampled_from(["error", "message", "detail", "errors", "msg"]), v), max_leaves=10)  # fmt: skip


@given(st.integers(300, 599), values | st.binary())
def test_any_body_is_read(status: int, body: object) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = Refused.read(status, raw, {}).error()
    assert isinstance(error, ProviderError)
    assert "\n" not in str(error)
