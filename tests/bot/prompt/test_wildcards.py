"""The operator's wildcards: what is read, what is refused, and in which words."""

import random
from pathlib import Path

import pytest

from bot.prompt.wildcards import Wildcards, WildcardsError


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(WildcardsError) as error:
        Wildcards.read(folder)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_lines_of_files_and_folders(tmp_path: Path) -> None:
    found = Wildcards.read(write(tmp_path, Animal="# beasts\n fox \n\ncat\n", people__job="painter", empty="# none"))
    assert len(found) == 2
    assert found.known("animal")
    assert found.known("People/Job")
    assert not found.known("empty")
    assert {found.line("ANIMAL", random.Random(seed)) for seed in range(20)} == {"fox", "cat"}
    assert found.line("people/job", random.Random(1)) == "painter"


def test_nested_ones_that_come_to_an_end_are_fine(tmp_path: Path) -> None:
    Wildcards.read(write(tmp_path, a="__b__ __c__", b="__c__", c="x __unknown__ __d", d="__b__"))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": "__b__", "b": "__c__", "c": "__a__"}, "goes in a circle: a -> b -> c -> a"),
        ({"a": "x\n__A__"}, "goes in a circle: a -> a"),
        ({"b": "__c__", "c": "{x|__c__}"}, "goes in a circle: c -> c"),
        ({"a": "x" * 501}, "line 1 has 501 characters, at most 500"),
        ({"a b": "x"}, "a name has letters, digits, _ and - only"),
        ({"a": "x\n" * 50_001, "b": "x\n" * 50_001}, "more than 100000 lines"),
        ({"a": "fox\ncat\u200b"}, "line 2, column 4"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, files: dict[str, str], told: str) -> None:
    assert told in refused(write(tmp_path, **files))


def test_ten_megabytes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"fox\n" * 2_500_000)
    assert refused(tmp_path) == f"{tmp_path / 'big.txt'} has 10000000 bytes, at most 1000000"


def test_what_is_no_folder(tmp_path: Path) -> None:
    assert "is no folder" in refused(tmp_path / "nothing")
