"""ImageLabs against a local server of its documented API."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from providers import (
    BadAnswer,
    ContentRejected,
    ImageLabs,
    ImageRequest,
    ImageResponse,
    Reasoning,
    ResponseError,
    Ticket,
)
from providers.prompt import Message
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import serving

WIRE = Path(__file__).parents[1] / "wire" / "synthetic_imagelabs_txt2img.json"
CAT: list[Message] = [{"role": "user", "content": "a cat"}]


class Server:
    """Answers /txt2img and /progress in turn with what the test says, and remembers what it was asked."""

    def __init__(self, *states: dict[str, Any], submitted: Any = None) -> None:
        self.states = list(states)
        self.submitted = {"task_id": "abc"} if submitted is None else submitted
        self.seen: list[tuple[str, dict[str, str], Any]] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        assert request.method == "POST"
        self.seen.append((request.path, {k.lower(): v for k, v in request.headers.items()}, await request.json()))
        if request.path == "/txt2img":
            return web.json_response(self.submitted)
        assert request.path == "/progress"
        return web.json_response(self.states.pop(0) if len(self.states) > 1 else self.states[0])


def at(url: str) -> ImageLabs:
    return ImageLabs(url=url, poll_interval=0.001, timeout=60)


async def test_bodies_and_headers_are_the_documented_ones() -> None:
    documented, polled, *_ = json.loads(WIRE.read_text())["exchanges"]
    server = Server({"status": "Done", "final_image_url": "https://editor.imagelabs.net/x.png"})
    before = time.time()
    async with serving(server) as url:

        class Here(ImageLabs):
            pass

        Here.url = url
        events = [event async for event in Here.create_async_generator("any name", CAT)]
    assert events == [ImageResponse(["https://editor.imagelabs.net/x.png"], "a cat")]

    (path, headers, body), (poll_path, poll_headers, poll_body) = server.seen
    expected = json.loads(documented["request"]["body"])
    assert path == "/txt2img"
    assert before - 1 <= int(body["seed"]) <= time.time() + 1
    assert before * 1000 - 1000 <= int(body["subseed"]) <= time.time() * 1000 + 1000
    assert body == {**expected, "seed": body["seed"], "subseed": body["subseed"]}
    assert list(body) == list(expected)
    own = {"origin": url, "referer": f"{url}/"}
    for name, value in {**documented["request"]["headers"], **own}.items():
        assert headers[name] == poll_headers[name] == value
    assert headers["cache-control"] == "no-cache"
    assert "Chrome/131" in headers["user-agent"]
    assert (poll_path, poll_body) == ("/progress", json.loads(polled["request"]["body"]))


async def test_what_was_asked_for_is_sent() -> None:
    server = Server({"status": "Done", "final_image_url": "https://editor.imagelabs.net/x.png"})
    async with serving(server) as url:
        request = ImageRequest("a cat", negative_prompt="dogs", width=512, height=640, seed=7)
        await draw(at(url), request)
    body = server.seen[0][2]
    assert (body["negative_prompt"], body["width"], body["height"]) == ("dogs", 512, 640)
    assert (body["seed"], body["subseed"]) == ("7", "7")


async def test_statuses_are_told_once_each_and_the_ticket_first() -> None:
    server = Server(
        {"status": "In queue", "final_image_url": None},
        {"status": "In queue", "final_image_url": None},
        {"status": "Generating 40%", "final_image_url": None},
        {"status": "Done", "final_image_url": "/x.png"},
    )
    async with serving(server) as url:
        events = await draw(at(url))
    assert events == [
        Ticket("abc"),
        Reasoning("In queue"),
        Reasoning("Generating 40%", 0.4),
        ImageResponse([f"{url}/x.png"], "a cat"),
    ]


async def test_a_picture_counts_whatever_the_status_says() -> None:
    async with serving(Server({"status": None, "final_image_url": "https://x/y.png"})) as url:
        assert (await draw(at(url)))[-1] == ImageResponse(["https://x/y.png"], "a cat")


@pytest.mark.parametrize("submitted", [{}, {"task_id": None}, {"task_id": ""}, {"task_id": []}, [], "abc"])
async def test_no_task_id_is_an_error_at_once(submitted: Any) -> None:
    server = Server({"status": "In queue"}, submitted=submitted)
    async with serving(server) as url:
        with pytest.raises(BadAnswer):
            await draw(at(url))
    assert len(server.seen) == 1


@pytest.mark.parametrize("url_found", [None, "", 17, {"no": "text"}])
async def test_done_without_a_picture_is_an_error(url_found: Any) -> None:
    async with serving(Server({"status": "Done", "final_image_url": url_found})) as url:
        with pytest.raises(BadAnswer):
            await draw(at(url))


async def test_a_failed_job_says_why() -> None:
    async with serving(Server({"status": "Error: no GPU", "final_image_url": None})) as url:
        with pytest.raises(ResponseError, match="no GPU"):
            await draw(at(url))
    async with serving(Server({"status": "Error: NSFW", "final_image_url": None})) as url:
        with pytest.raises(ContentRejected):
            await draw(at(url))


async def test_a_job_is_resumed_by_its_ticket() -> None:
    server = Server({"status": "Done", "final_image_url": "https://x/y.png"})
    async with serving(server) as url, clean_session() as session:
        events = [event async for event in at(url).resume(Ticket("abc"), session)]
    assert events == [ImageResponse(["https://x/y.png"], "")]
    assert [(path, body) for path, _, body in server.seen] == [("/progress", {"task_id": "abc"})]


def test_there_is_one_model() -> None:
    assert ImageLabs.get_model("anything") == ImageLabs.get_model(None) == ImageLabs.default_model == "sdxl-turbo"
    assert ImageLabs.api_endpoint.startswith(ImageLabs.url)
    assert (ImageLabs.supports_stream, ImageLabs.supports_message_history) == (False, False)
