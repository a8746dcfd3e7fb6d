"""A key behind /key is never stored as it was sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.secret_box import SecretBox, is_box_key
from bot.telegram.updates.inbox import inbox_row
from bot.telegram.updates.key_sealing import PURPOSE, KeySealing

FIRST, SECOND = "q7Jw0lqR3nJvX0b2q0J8Ztq1m1Ik1xw0mQf8hQd3x1k=", "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItMDA="
KEY = "sk-0123456789abcdef"
COMMAND = [{"type": "bot_command", "offset": 0, "length": 4}]


def update(text: str, *, kind: str = "message", **more: object) -> dict[str, Any]:
    return {"update_id": 1, kind: {"message_id": 7, "text": text, "entities": COMMAND, **more}}


@pytest.mark.parametrize("text", [f"/key fal {KEY}", f"/KEY@our_bot fal {KEY}", f" /key\nfal\n{KEY}", f"/key {KEY}"])
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_the_argument_is_sealed(text: str, kind: str) -> None:
    box = SecretBox([FIRST])
    url = [*COMMAND, {"type": "url", "offset": 9, "length": 4}]
    stored: Any = KeySealing(box)({"update_id": 1, kind: {"text": text, "entities": url, "quote": {"text": KEY}}})
    assert KEY not in json.dumps(stored)
    command, _, sealed = stored[kind]["text"].partition(" ")
    assert command.lower().startswith("/key")
    assert box.open(sealed, purpose=PURPOSE) == text.strip()[len(command) :].strip()
    assert stored[kind]["entities"] == COMMAND


def test_in_captions_quotes_and_under_buttons() -> None:
    said = {"text": f"/key fal {KEY}", "quote": {"text": KEY}}
    seal = KeySealing(SecretBox([FIRST]))
    for raw in (
        {"update_id": 1, "message": {"caption": f"/key fal {KEY}", "caption_entities": COMMAND}},
        update("/imagine a fox", reply_to_message=said),
        update(f"/key fal {KEY}", reply_to_message=said),
        {"update_id": 1, "callback_query": {"message": {"text": "Yes?", "reply_to_message": said}}},
    ):
        assert KEY not in inbox_row(seal(raw)).body


def test_where_own_keys_are_off_nothing_is_kept() -> None:
    stored: Any = KeySealing(None)(update(f"/key fal {KEY}"))
    assert stored["message"]["text"] == "/key"


@pytest.mark.parametrize("text", ["/keys fal x", "/keyboard", "draw a /key", "/imagine a key", "/key"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert KeySealing(SecretBox([FIRST]))(update(text)) == update(text)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["message", "text", "reply_to_message", "caption", "entities", "update_id"]), inner
)))  # fmt: skip
def test_whatever_comes_it_never_raises(raw: object) -> None:
    KeySealing(SecretBox([FIRST]))(raw)


def test_a_box_opens_what_is_meant_for_it_alone() -> None:
    old, new = SecretBox([FIRST]), SecretBox([SECOND, FIRST])
    sealed = old.seal("words", purpose="a")
    assert new.open(sealed, purpose="a") == "words"
    assert new.open(sealed, purpose="b") is None
    assert old.open(new.seal("words", purpose="a"), purpose="a") is None
    for broken in ("", "no ciphertext", sealed[:-4], f"{sealed[:40]}A{sealed[41:]}", "ключ"):
        assert old.open(broken, purpose="a") is None


def test_what_a_box_takes_for_a_key() -> None:
    assert is_box_key(FIRST)
    for wrong in ("", "short", FIRST[:-4], FIRST * 2, "я" * 44):
        assert not is_box_key(wrong)
