"""aiogram imported with deferred models: every model and method is the same as after a plain import."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.telegram import lean_import

ROOT = Path(__file__).parents[3]

PROGRAM = Path(__file__).with_name("every_model.py")
UPDATE = {
    "update_id": 7,
    "callback_query": {
        "id": "1",
        "from": {"id": 42, "is_bot": False, "first_name": "A"},
        "chat_instance": "x",
        "data": "p:x:1",
        "message": {
            "message_id": 3,
            "date": 1_700_000_000,
            "chat": {"id": -100, "type": "supergroup", "title": "G", "is_forum": True},
            "photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
            "caption": "a fox",
            "reply_markup": {"inline_keyboard": [[{"text": "Again", "callback_data": "p:a:1"}]]},
        },
    },
}


def models_after(how: str) -> dict[str, object]:
    program = subprocess.run(
        [sys.executable, str(PROGRAM), how],
        input=json.dumps(UPDATE),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.returncode == 0, program.stderr[-2000:]
    found: dict[str, object] = json.loads(program.stdout)
    return found


def test_every_model_and_method_is_the_same() -> None:
    lean, plain = models_after("lean"), models_after("plain")
    assert len(plain) > 500
    assert "retry in 7" in str(plain["refused"]).lower()
    assert lean.keys() == plain.keys()
    assert {name for name in plain if lean[name] != plain[name]} == set()


def test_an_unknown_version_gets_the_plain_import(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in [name for name in sys.modules if name == "aiogram" or name.startswith("aiogram.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(lean_import, "version", lambda _: "99.0.0")
    with caplog.at_level(logging.WARNING):
        assert not lean_import.load_aiogram()
    assert "99.0.0" in caplog.text
    assert "aiogram" not in sys.modules


def test_a_second_call_changes_nothing() -> None:
    import aiogram

    assert not lean_import.load_aiogram()
    assert sys.modules["aiogram"] is aiogram
