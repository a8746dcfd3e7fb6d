"""What the documentation tells members to type can be typed."""

import re
from pathlib import Path

import pytest

from bot.commands import GROUP, PRIVATE
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import parse

USING = Path(__file__).parent.parent / "docs" / "using.md"
TYPED = [
    line
    for block in re.findall(r"^```\n(.*?)^```", USING.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


@pytest.mark.parametrize("line", TYPED)
def test_it_is_a_command_or_a_prompt(line: str) -> None:
    command, _, words = line.partition(" ")
    if not command.startswith("/"):
        words = line
    elif command != "/imagine":
        assert command.removeprefix("/") in {*PRIVATE, *GROUP}
        return
    assert parse(words).prompt


def test_every_flag_is_told() -> None:
    table = set(re.findall(r"^\| `--(\w+)`", USING.read_text(encoding="utf-8"), re.MULTILINE))
    assert table == set(FLAGS)
