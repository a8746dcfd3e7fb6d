"""Pictures on names that only the network of the configured server has, and on hosts that are listed."""

import aiohttp
import pytest
from aiohttp import web

from providers import BadAnswer, fetch_picture
from providers.pictures.addresses import is_listed
from tests.providers.serving import picture_bytes, serving

PICTURE = picture_bytes()


async def store(request: web.Request) -> web.StreamResponse:
    return web.Response(body=PICTURE) if request.path == "/out/p.png" else web.Response(status=404)


@pytest.mark.parametrize(
    "address", ["http://comfyui:8188/out/p.png?a=b", "http://localhost:1/out/p.png", "http://10.0.0.1/out/p.png"]
)
async def test_a_private_name_means_the_configured_server(address: str) -> None:
    async with serving(store) as own, aiohttp.ClientSession() as session:
        assert (await fetch_picture(address, session, origin=own)).data == PICTURE
        with pytest.raises(BadAnswer, match="public"):
            await fetch_picture("http://127.0.0.1:1/else.png", session, origin=own)


async def test_a_listed_host_is_asked_wherever_it_is() -> None:
    async with serving(store) as other, serving(store) as own, aiohttp.ClientSession() as session:
        address = f"{other}/out/p.png".replace("127.0.0.1", "localhost")
        assert (await fetch_picture(address, session, origin=own, hosts=("localhost",))).data == PICTURE


async def test_the_key_goes_to_the_configured_server_alone() -> None:
    seen: list[str | None] = []

    async def other(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("Authorization"))
        return await store(request)

    async with serving(other) as listed, serving(store) as own, aiohttp.ClientSession() as session:
        address = f"{listed}/out/p.png".replace("127.0.0.1", "localhost")
        await fetch_picture(address, session, origin=own, hosts=("localhost",), headers={"Authorization": "Bearer k"})
    assert seen == [None]


@pytest.mark.parametrize(
    ("host", "listed"),
    [("a.example.org", True), ("A.Example.org.", True), ("example.org", False), ("badexample.org", False), ("x", True)],
)
def test_what_is_listed(host: str, *, listed: bool) -> None:
    assert is_listed(host, ("*.example.org", "x")) is listed
