"""Pictures from outside, fetched from real local servers; 127.0.0.2 plays the public internet where one is needed."""

import asyncio
import base64
import io
import ipaddress
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image, features

from providers import BadAnswer, DeadlineExceeded, Unauthorized, Unavailable, data_url, fetch_picture, read_picture
from tests.providers.serving import NOBODY, picture_bytes, serving

PUBLIC = "127.0.0.2"
MB = 1_000_000


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
        await asyncio.sleep(0)
        assert session.connector is not None
        assert not session.connector._acquired, "a request was left open"


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names that resolve to what the test says, and one address that counts as public."""
    names: dict[str, list[str]] = {}
    asked: dict[str, int] = {}

    async def resolve(host: str, port: int) -> list[Any]:
        asked[host] = asked.get(host, 0) + 1
        assert asked[host] == 1, "resolved twice: what was checked is not what was asked"
        return [ipaddress.ip_address(text) for text in names.get(host, [host])]

    monkeypatch.setattr("providers.pictures.addresses.resolve", resolve)
    monkeypatch.setattr("providers.pictures.addresses.is_public", lambda address: str(address) == PUBLIC)
    return names


def answer(body: bytes = b"", **more: Any) -> Any:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, **more)

    return handler


def redirect(to: str) -> Any:
    return answer(status=302, headers={"Location": to})


# -- what is a picture -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "mime"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif"), ("BMP", "image/bmp"),
     ("AVIF", "image/avif")],
)  # fmt: skip
async def test_pictures_of_the_known_formats(session: aiohttp.ClientSession, form: str, mime: str) -> None:
    if form == "AVIF" and not features.check("avif"):
        pytest.skip("Pillow was built without AVIF")
    data = picture_bytes(form)
    async with serving(answer(data, content_type="text/plain")) as url:
        picture = await fetch_picture(f"{url}/p", session, origin=url)
    assert (picture.data, picture.mime, picture.width, picture.height) == (data, mime, 32, 24)


async def test_a_data_url_needs_no_server(session: aiohttp.ClientSession) -> None:
    data = picture_bytes()
    picture = await fetch_picture(data_url(data, "image/png"), session, origin="")
    assert picture.data == data
    percent = "data:image/png," + "".join(f"%{byte:02x}" for byte in data)
    assert (await fetch_picture(percent, session, origin="")).data == data


@pytest.mark.parametrize(
    "url",
    [
        "data:image/png;base64", "data:image/png;base64,%%%", "data:,", "data:image/png;base64,aGVsbG8=",
        "file:///etc/hostname", "/etc/hostname", "etc/hostname", "ftp://example.org/p.png", "", "http://", "http://[",
        "https://user:secret@127.0.0.1/p.png", "javascript:alert(1)", "http://127.0.0.1:0/p.png", "\\\\host\\p.png",
    ],
)  # fmt: skip
async def test_addresses_that_lead_to_no_picture(session: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        await fetch_picture(url, session, origin="http://127.0.0.1")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<!doctype html><title>Sleeping</title>", b'{"error": "no"}', picture_bytes()[:60],
        picture_bytes("JPEG")[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"GIF89a", b"RIFF\xff\xff\xff\xffWEBP",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", picture_bytes("TIFF"), picture_bytes("ICO", (16, 16)),
    ],
)  # fmt: skip
async def test_bodies_that_are_no_picture(session: aiohttp.ClientSession, body: bytes) -> None:
    async with serving(answer(body, content_type="image/png")) as url:
        with pytest.raises(BadAnswer):
            await fetch_picture(f"{url}/p.png", session, origin=url)


def png_header(width: int, height: int) -> bytes:
    """A PNG that only claims to be so large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (10_000, 10_000), (60_000, 60_000), (2_000_000_000, 2)])
def test_bombs_are_refused_by_their_header(size: tuple[int, int]) -> None:
    with pytest.raises(BadAnswer):
        read_picture(png_header(*size))


def test_a_moving_picture_is_a_picture() -> None:
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert read_picture(buffer.getvalue()).mime == "image/gif"


# -- how much, how long ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_of_60_mb_is_not_read_to_its_end(session: aiohttp.ClientSession, announced: bool) -> None:
    sent = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Length": str(60 * MB)} if announced else {})
        await response.prepare(request)
        for _ in range(60):
            await response.write(b"\0" * MB)
            sent += 1
        return response

    async with serving(handler) as url:
        with pytest.raises(BadAnswer, match="25 MB"):
            await fetch_picture(f"{url}/p.png", session, origin=url)
    assert sent < 50


async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(session: aiohttp.ClientSession) -> None:
    packed = zlib.compress(b"\0" * 60 * MB)
    async with serving(answer(packed, headers={"Content-Encoding": "deflate"})) as url:
        with pytest.raises(BadAnswer, match="25 MB"):
            await fetch_picture(f"{url}/p.png", session, origin=url)


async def test_a_data_url_of_60_mb_is_refused(session: aiohttp.ClientSession) -> None:
    with pytest.raises(BadAnswer, match="25 MB"):
        await fetch_picture(f"data:image/png;base64,{base64.b64encode(bytes(60 * MB)).decode()}", session, origin="")


@pytest.mark.parametrize("silent_from", ["headers", "body"])
async def test_a_stalled_server_ends_with_the_deadline(session: aiohttp.ClientSession, silent_from: str) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if silent_from == "body":
            await response.prepare(request)
            await response.write(picture_bytes()[:40])
        await asyncio.Event().wait()
        return response

    async with serving(handler) as url:
        with pytest.raises(DeadlineExceeded):
            await fetch_picture(f"{url}/p.png", session, origin=url, timeout=0.2)


async def test_a_body_cut_short_is_unavailable(session: aiohttp.ClientSession) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "5000"})
        await response.prepare(request)
        await response.write(picture_bytes()[:40])
        assert request.transport is not None
        request.transport.close()
        return response

    async with serving(handler) as url:
        with pytest.raises(Unavailable):
            await fetch_picture(f"{url}/p.png", session, origin=url)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, BadAnswer), (204, BadAnswer), (401, Unauthorized), (403, Unauthorized), (429, Unavailable),
     (500, Unavailable), (503, Unavailable)],
)  # fmt: skip
async def test_statuses(session: aiohttp.ClientSession, status: int, error: type[Exception]) -> None:
    async with serving(answer(status=status)) as url:
        with pytest.raises(error):
            await fetch_picture(f"{url}/p.png", session, origin=url)


async def test_nobody_there_is_unavailable(session: aiohttp.ClientSession) -> None:
    with pytest.raises(Unavailable):
        await fetch_picture(f"{NOBODY}/p.png", session, origin=NOBODY)


# -- where to ----------------------------------------------------------------------------------------------------


async def test_another_port_of_this_machine_is_another_origin(session: aiohttp.ClientSession) -> None:
    async with serving(answer()) as own, serving(answer(picture_bytes())) as private:
        with pytest.raises(BadAnswer, match="public"):
            await fetch_picture(f"{private}/p.png", session, origin=own)
        with pytest.raises(BadAnswer, match="public"):
            await fetch_picture(f"{private}/p.png".replace("127.0.0.1", "localhost"), session, origin=own)


async def test_a_redirect_to_a_private_address_is_refused(session: aiohttp.ClientSession) -> None:
    async with serving(answer(picture_bytes())) as private, serving(redirect(f"{private}/p.png")) as own:
        with pytest.raises(BadAnswer, match="public"):
            await fetch_picture(f"{own}/p.png", session, origin=own)


async def test_a_redirect_at_home_is_followed(session: aiohttp.ClientSession) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/old.png":
            return web.Response(status=307, headers={"Location": "new/p.png"})
        assert request.path == "/new/p.png"
        return web.Response(body=picture_bytes())

    async with serving(handler) as own:
        assert (await fetch_picture(f"{own}/old.png", session, origin=own)).mime == "image/png"


@pytest.mark.parametrize("to", ["p.png", "", "file:///etc/hostname", "ftp://127.0.0.1/"])
async def test_redirects_that_lead_nowhere(session: aiohttp.ClientSession, to: str) -> None:
    async with serving(redirect(to)) as own:
        with pytest.raises(BadAnswer):
            await fetch_picture(f"{own}/p.png", session, origin=own)


async def test_a_foreign_host_is_asked_at_the_checked_address_and_gets_no_key(
    session: aiohttp.ClientSession, internet: dict[str, list[str]]
) -> None:
    seen: list[tuple[str, str | None]] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append((request.headers["Host"], request.headers.get("Authorization")))
        return web.Response(body=picture_bytes())

    internet["cdn.example"] = [PUBLIC]
    async with serving(handler, PUBLIC) as cdn:
        port = cdn.rpartition(":")[2]
        foreign = f"http://cdn.example:{port}/p.png"
        async with serving(redirect(foreign)) as own:
            key = {"Authorization": "Bearer secret"}
            await fetch_picture(f"{own}/p.png", session, origin=own, headers=key)
    assert seen == [(f"cdn.example:{port}", None)]


async def test_the_key_goes_to_the_configured_origin(session: aiohttp.ClientSession) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == "Bearer secret"
        return web.Response(body=picture_bytes())

    async with serving(handler) as own:
        await fetch_picture(f"{own}/p.png", session, origin=own, headers={"Authorization": "Bearer secret"})


async def test_one_private_address_among_public_ones_is_enough_to_refuse(
    session: aiohttp.ClientSession, internet: dict[str, list[str]]
) -> None:
    internet["rebind.example"] = [PUBLIC, "127.0.0.1"]
    with pytest.raises(BadAnswer, match="public"):
        await fetch_picture("http://rebind.example/p.png", session, origin="http://127.0.0.1")


async def test_the_next_address_is_tried_when_one_refuses(
    session: aiohttp.ClientSession, internet: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("providers.pictures.addresses.is_public", lambda address: True)
    internet["cdn.example"] = ["127.0.0.3", PUBLIC]
    async with serving(answer(picture_bytes()), PUBLIC) as cdn:
        port = cdn.rpartition(":")[2]
        fetched = await fetch_picture(f"http://cdn.example:{port}/p.png", session, origin="http://127.0.0.1")
        assert fetched.data
    internet["gone.example"] = ["127.0.0.3"]
    with pytest.raises(Unavailable):
        await fetch_picture("http://gone.example:1/p.png", session, origin="http://127.0.0.1")


async def test_behind_a_proxy_only_listed_hosts_are_asked(session: aiohttp.ClientSession) -> None:
    asked: list[tuple[str, str | None]] = []

    async def proxy_handler(request: web.Request) -> web.StreamResponse:
        asked.append((str(request.url), request.headers.get("Authorization")))
        return web.Response(body=picture_bytes())

    key = {"Authorization": "Bearer secret"}
    async with serving(proxy_handler) as proxy:
        own = "http://draw.invalid"
        await fetch_picture(f"{own}/p.png", session, origin=own, proxy=proxy, headers=key)
        with pytest.raises(BadAnswer, match="listed"):
            await fetch_picture("http://cdn.invalid/p.png", session, origin=own, proxy=proxy, headers=key)
        hosts = ("cdn.invalid",)
        await fetch_picture("http://cdn.invalid/p.png", session, origin=own, proxy=proxy, headers=key, hosts=hosts)
    assert [authorization for _, authorization in asked] == ["Bearer secret", None]
