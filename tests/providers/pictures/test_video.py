"""What videos say of themselves: sizes, lengths, sound; and what hostile ones may not do."""

import asyncio
import struct
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from providers.errors import BadPicture, BadVideo, DeadlineExceeded, NoVideo, VideoTooLarge, VideoTooLong
from providers.pictures.encoded import Picture, data_url
from providers.pictures.fetch import fetch_video
from providers.pictures.video import MAX_BYTES, VideoHeader, read_video_header
from tests.providers.drawing import clean_session
from tests.providers.serving import picture_bytes, serving
from tests.providers.videos import box, element, gif, mp4, webm


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (mp4(), VideoHeader("video/mp4", 640, 360, 5.0, codec="avc1")),
        (mp4((1280, 720), 8.25, sound=True), VideoHeader("video/mp4", 1280, 720, 8.25, True, "avc1")),
        (mp4(codec=b"hvc1"), VideoHeader("video/mp4", 640, 360, 5.0, codec="hvc1")),
        (mp4(brand=b"qt  "), VideoHeader("video/quicktime", 640, 360, 5.0, codec="avc1")),
        (mp4(seconds=0), VideoHeader("video/mp4", 640, 360, 1.0, codec="avc1")),  # that of its track
        (webm(), VideoHeader("video/webm", 320, 240, 3.0)),
        (webm(sound=True, doc=b"matroska"), VideoHeader("video/webm", 320, 240, 3.0, True)),
        (gif(), VideoHeader("image/gif", 64, 48, 1.0)),
        (gif(kind="WEBP"), VideoHeader("image/webp", 64, 48, 1.0)),
        (gif(kind="PNG"), VideoHeader("image/png", 64, 48, None)),
    ],
)
def test_what_a_video_says_of_itself(data: bytes, header: VideoHeader) -> None:
    assert read_video_header(data) == header


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_that_stands_still_is_no_video(kind: str) -> None:
    with pytest.raises(NoVideo, match="does not move"):
        read_video_header(picture_bytes(kind))


LONG = struct.pack(">I4s", 0x7FFFFFFF, b"mdat")
TRACKS = b"".join(box(b"trak", box(b"mdia")) for _ in range(12_000))


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", BadVideo, "not a video"),
        (b"<html>Bad Gateway</html>", BadVideo, "Bad Gateway"),
        (b"\0" * 40, BadVideo, "not a video"),
        (mp4()[:-10], BadVideo, "cut short"),
        (mp4()[:40], BadVideo, "cut short"),
        (mp4()[:-72] + LONG, BadVideo, "cut short"),
        (mp4()[:-72], BadVideo, "has no pictures"),
        (box(b"ftyp", b"isom") + box(b"mdat"), BadVideo, "no table of contents"),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat"), BadVideo, "no track of pictures"),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"moov"), BadVideo, "without a length"),
        (mp4(more=box(b"cmov", bytes(20))), BadVideo, "packed"),
        (mp4(more=TRACKS), BadVideo, "more than 20000 boxes"),
        (mp4((0, 0)), BadVideo, "no pixels"),
        (mp4((8000, 100)), VideoTooLarge, "8000x100 pixels"),
        (mp4(seconds=3600), VideoTooLong, "3600 s, at most 120 s"),
        (webm(cut=5), BadVideo, "cut short"),
        (webm(doc=b"other"), BadVideo, "no WebM"),
        (webm(seconds=1e12), VideoTooLong, "at most 120 s"),
        (webm(seconds=float("inf")), VideoTooLong, "at most 120 s"),
        (webm(seconds=-1), VideoTooLong, "at most 120 s"),
        (element(0x1A45DFA3, element(0x4282, b"webm")), BadVideo, "no pictures"),
        (b"\x1a\x45\xdf\xa3\0\0\0", BadVideo, "more than eight bytes"),
        (b"\x1a\x45\xdf\xa3\x88\x42", BadVideo, "cut short"),
        (gif()[:-20], BadVideo, "cut short"),
        (gif(frames=200, pause=2000), VideoTooLong, "400 s"),
        (gif(kind="WEBP")[:-8], BadVideo, "cut short"),
    ],
)
def test_videos_that_are_refused(data: bytes, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        read_video_header(data)


def test_a_file_larger_than_a_bot_can_send() -> None:
    with pytest.raises(VideoTooLarge, match="more than 50 MB"):
        read_video_header(bytes(MAX_BYTES + 1))


@given(st.sampled_from([mp4(), mp4(sound=True), webm(), gif(), gif(kind="WEBP")]), st.data())
def test_any_bytes_end_in_a_header_or_in_one_of_our_errors(whole: bytes, data: Any) -> None:
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadPicture, NoVideo):
        read_video_header(bytes(broken[: data.draw(st.integers(0, len(broken)))]))


async def fetched(body: bytes | None, **more: Any) -> Picture:
    """None: a body that does not end soon."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if body is not None:
            return web.Response(body=body)
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(60):
            await response.write(bytes(1_000_000))
        return response

    async with serving(handler) as url, clean_session() as session:
        return await fetch_video(f"{url}/x.mp4", session, origin=url, **more)


async def test_videos_are_fetched_as_they_are_and_animations_opened() -> None:
    assert await fetched(mp4()) == Picture(mp4(), "video/mp4", 640, 360)
    found = await fetched(gif())
    assert (found.mime, found.width, found.height) == ("image/gif", 64, 48)
    assert found.small is not None
    async with clean_session() as session:
        inline = await fetch_video(data_url(webm(), "text/html"), session, origin="http://127.0.0.1:1")
    assert (inline.mime, inline.small) == ("video/webm", None)


async def test_what_does_not_come_as_a_video() -> None:
    with pytest.raises(VideoTooLarge):
        await fetched(None)
    with pytest.raises(NoVideo):
        await fetched(picture_bytes())
    with pytest.raises(BadVideo, match="cut short"):
        await fetched(mp4()[:-1])
    spoiled = bytearray(gif())
    spoiled[-30:-1] = b"\xff" * 29
    with pytest.raises((BadVideo, VideoTooLong)):
        await fetched(bytes(spoiled[:60]) + bytes(spoiled[-1:]))


async def test_one_that_does_not_arrive() -> None:
    over = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(mp4()[:20])
        await over.wait()
        return response

    async with serving(handler) as url, clean_session() as session:
        with pytest.raises(DeadlineExceeded):
            await fetch_video(f"{url}/x.mp4", session, origin=url, timeout=0.05)
        over.set()
