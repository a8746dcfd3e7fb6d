"""docs/troubleshooting.md has every sentence of our own errors that an operator can meet."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "troubleshooting.md"

# Raised with a sentence for the operator, wherever that is.
ERRORS = {
    "Failure",
    "SettingsError",
    "EnvFileError",
    "StorageMisconfigured",
    "AlreadyRunning",
    "TokenRefused",
    "StorageUnavailable",
}
# In these modules a ValueError is a reason for which a setting is refused.
SETTINGS = {"bot/config.py"}
# And in these a warning or an error in the log is for the operator.
LOGS = (
    "bot/operations/announcement.py",
    "bot/telegram/updates/polling.py",
    "bot/telegram/updates/webhook.py",
    "bot/event_loop.py",
)
# A sentence is on the page when its longest fixed part is; a shorter one says nothing by itself.
SHORTEST = 12


def sentences() -> Iterator[tuple[str, str]]:
    for package in ("bot", "storage"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith("bot/jobs/"):  # its Failure is what people are told, in their language
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and _told(node, name):
                    part = fixed_part(node.args[0])
                    if len(part) >= SHORTEST:
                        yield name, part


def _told(call: ast.Call, name: str) -> bool:
    called = call.func
    if isinstance(called, ast.Name):
        return called.id in ERRORS or (called.id == "ValueError" and name in SETTINGS)
    return (
        isinstance(called, ast.Attribute)
        and called.attr in {"warning", "error"}
        and isinstance(called.value, ast.Name)
        and called.value.id == "log"
        and name in LOGS
    )


def fixed_part(node: ast.expr) -> str:
    """The longest run of a string without anything put in; "" for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        texts = [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return max(texts, key=len, default="").strip()
    if isinstance(node, ast.BinOp):
        return max(fixed_part(node.left), fixed_part(node.right), key=len)
    return ""


def plain(text: str) -> str:
    """Without line ends and Markdown's quotes."""
    return re.sub(r"[\s`]+", " ", text).strip(" :;,.")


SENTENCES = sorted(set(sentences()))


def test_there_are_sentences() -> None:
    assert len(SENTENCES) > 40
    assert any("in use by another program" in part for _, part in SENTENCES)


@pytest.mark.parametrize(("module", "sentence"), SENTENCES, ids=[f"{name}: {part[:50]}" for name, part in SENTENCES])
def test_it_is_on_the_page(module: str, sentence: str) -> None:
    assert plain(sentence) in plain(PAGE.read_text(encoding="utf-8")), f"{module} says {sentence!r}"
