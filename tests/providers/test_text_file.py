"""Files that people write by hand: as their editors save them, or with the place of what is in the way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.text_file import TextFileError, decoded, read_text

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_way_to_save_it(tmp_path: Path, encoding: str, ends: str) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(f"A=лиса{ends}B=2{ends}".encode(encoding))
    assert read_text(path) == "A=лиса\nB=2\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("gore\ngête\n".encode("latin-1"), r"line 2: byte 0xEA is not UTF-8; save the file as UTF-8"),
        ("a\nb\u200bc".encode(), r"line 2, column 2: U\+200B \(ZERO WIDTH SPACE\) is in the way"),
        (b"KEY=a\x00b", r"line 1, column 6: U\+0000 \(a control character\) is in the way"),
        ("ab\ufeffcd".encode(), r"U\+FEFF"),
        (b"x" * 1_000_001, r"is larger than 1 MB"),
    ],
)
def test_what_is_in_the_way_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(TextFileError, match=told):
        read_text(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused_in_one_line(data: bytes) -> None:
    try:
        told = decoded(data)
    except TextFileError as error:
        told = str(error).replace("\n", "\r")  # an error is one line
    assert "\r" not in told


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=80), st.sampled_from(ENCODINGS[:3]))
def test_what_was_saved_is_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text
