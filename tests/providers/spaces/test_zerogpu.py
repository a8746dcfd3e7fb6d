"""Where the tokens of ZeroGPU come from."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web

from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.zerogpu import UNKNOWN, ZeroGpu, get_zerogpu_token
from tests.providers.drawing import draw
from tests.providers.engines.gradio.gradio_server import Told, file_data, queue_event, serving
from tests.providers.serving import NOBODY

PAGE = "{&quot;token&quot;:&quot;page-token&quot;,&quot;sessionUuid&quot;:&quot;page-uuid&quot;}"
SPACE = "owner/name"


def hub(page: str = PAGE, jwt: Any = None) -> Told:
    async def show(_: web.Request) -> web.StreamResponse:
        return web.Response(text=page, content_type="text/html")

    return Told({f"GET /spaces/{SPACE}": show, f"GET /api/spaces/{SPACE}/jwt": jwt})


async def token(server: Told, **known: Any) -> ZeroGpu:
    async with serving(server.answer) as url, aiohttp.ClientSession() as session:
        return await get_zerogpu_token(SPACE, session, hub=url, **known)


async def test_from_the_page() -> None:
    server = hub()
    assert await token(server) == ("page-token", "page-uuid")
    assert [seen.path for seen in server.seen] == [f"/spaces/{SPACE}"]


async def test_a_known_uuid_needs_no_page() -> None:
    server = hub()
    assert await token(server, uuid="mine") == (UNKNOWN, "mine")
    assert not server.seen


async def test_logged_in_the_jwt_wins() -> None:
    server = hub(jwt={"token": "jwt-token"})
    assert await token(server, cookies={"token": "a", "b": "c"}) == ("jwt-token", "page-uuid")
    asked = server.seen[-1]
    assert asked.headers["Cookie"] == "token=a; b=c"
    assert asked.query["include_pro_status"] == "true"
    assert asked.query["expiration"].endswith("Z")
    assert len(asked.query["expiration"]) == len("2026-01-01T00:00:00.000Z")


@pytest.mark.parametrize("jwt", [None, [], {"token": 7}, {"error": "no"}])
async def test_without_a_jwt_the_page_serves(jwt: Any) -> None:
    assert await token(hub(jwt=jwt), cookies={"token": "a"}) == ("page-token", "page-uuid")


async def test_nothing_is_found() -> None:
    assert await token(hub(page="<html>")) == (UNKNOWN, UNKNOWN)
    assert await token(Told()) == (UNKNOWN, UNKNOWN)


async def test_the_hub_is_away() -> None:
    async with aiohttp.ClientSession() as session:
        assert await get_zerogpu_token(SPACE, session, cookies={"a": "b"}, hub=NOBODY) == (UNKNOWN, UNKNOWN)


async def test_a_draw_sends_what_was_found() -> None:
    done = [queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]})]
    space = Told({"POST /gradio_api/queue/join": {"event_id": "e1"}, "GET /gradio_api/queue/data": done})
    page = hub()
    page.routes["GET /spaces/deepseek-ai/Janus-Pro-7B"] = page.routes[f"GET /spaces/{SPACE}"]
    async with serving(space.answer) as url, serving(page.answer) as hub_url:
        for kind, sent in (
            (DeepseekAI_JanusPro7b, ("page-token", "page-uuid")),
            (BlackForestLabs_Flux1Dev, (UNKNOWN,) * 2),
        ):
            provider = kind(url=url)
            provider.hub_url = hub_url
            await draw(provider)
            (post,) = [seen for seen in space.seen if seen.path.endswith("/join")]
            assert (post.headers["x-zerogpu-token"], post.headers["x-zerogpu-uuid"]) == sent
            space.seen.clear()
