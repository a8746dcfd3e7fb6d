"""The reader of server-sent events: any way of cutting the bytes gives the same events."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.engines.sse import ServerSentEvent, SseDecoder
from providers.errors import BadAnswer

LINES = st.sampled_from(
    [
        "data: one",
        "data:two",
        "data",
        "data: ",
        "event: ping",
        "event:",
        ": comment",
        "id: 3",
        "retry: 9",
        "odd",
        "",
        "",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def decode(chunks: list[bytes]) -> list[ServerSentEvent]:
    decoder = SseDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(edges)]


@given(st.lists(st.tuples(LINES, ENDS), max_size=30), st.lists(st.integers(0, 1000), max_size=40))
def test_any_chunking_gives_the_same_events(lines: list[tuple[str, str]], cuts: list[int]) -> None:
    data = "".join(line + end for line, end in lines).encode()
    whole = decode([data])
    assert decode(split(data, cuts)) == whole
    assert decode([bytes([byte]) for byte in data]) == whole


@given(st.lists(st.tuples(LINES, ENDS), max_size=30))
def test_line_ends_do_not_matter(lines: list[tuple[str, str]]) -> None:
    mixed = "".join(line + end for line, end in lines).encode()
    # a CR whose line is followed by an empty line with LF reads as one CRLF, as the standard has it
    unified = mixed.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert decode([mixed]) == decode([unified])


@given(st.lists(st.binary(min_size=1).filter(lambda b: not set(b) & {10, 13}), max_size=8), st.integers(1, 50))
def test_what_was_sent_arrives(payloads: list[bytes], step: int) -> None:
    data = b"".join(b"data: " + payload + b"\n\n" for payload in payloads)
    chunks = [data[i : i + step] for i in range(0, len(data), step)]
    assert [event.data for event in decode(chunks)] == payloads


def test_fields() -> None:
    data = b"\xef\xbb\xbfevent: a\ndata: 1\ndata:2\n\n: heartbeat\n\ndata: 3\n\nevent: lost\n\ndata: cut"
    assert decode([data]) == [("a", b"1\n2"), ("", b"3")]


def test_a_line_of_megabytes() -> None:
    long = b"x" * 5_000_000
    data = b"data: " + long + b"\n\n"
    assert [event.data for event in decode(split(data, list(range(0, len(data), 65_536))))] == [long]


def feed_all(decoder: SseDecoder, text: bytes) -> None:
    for i in range(0, len(text), 10):
        decoder.feed(text[i : i + 10])


@pytest.mark.parametrize("text", [b"data: " + b"x" * 200, b"data: 12345\n" * 30])
def test_a_message_without_end_is_refused(text: bytes) -> None:
    decoder = SseDecoder(limit=100)
    with pytest.raises(BadAnswer):
        feed_all(decoder, text)


def test_the_limit_is_for_one_message() -> None:
    decoder = SseDecoder(limit=100)
    for _ in range(50):
        assert decoder.feed(b"data: " + b"x" * 60 + b"\n\n")
