"""What the seeds' providers send, field by field, when they are called directly."""

import re
from typing import Any

import pytest

from providers.base import Provider
from providers.errors import InvalidParameter
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.prompt import Message
from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
from providers.spaces.flux1_schnell import BlackForestLabs_Flux1Schnell
from providers.spaces.flux_dev import FluxDev
from providers.spaces.g4f import G4F
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.stability_sd35_large import StabilityAI_SD35Large
from tests.providers.engines.gradio.gradio_server import Seen, Told, call_event, file_data, queue_event, serving

MESSAGES: list[Message] = [
    {"role": "user", "content": "a dog"},
    {"role": "assistant", "content": "here"},
    {"role": "user", "content": " a cat "},
    {"role": "user", "content": "in space"},
]
PROMPT = "a cat\nin space"
UNKNOWN = "[object Object]"


def call_server() -> Told:
    """No /config: the documented routes serve."""
    done = [call_event("generating", [file_data("/tmp/p.webp"), 1]), call_event("complete", [file_data(), 1])]
    routes: dict[str, Any] = {}
    for prefix in ("", "/gradio_api"):
        routes[f"POST {prefix}/call/infer"] = {"event_id": "e1"}
        routes[f"GET {prefix}/call/infer/e1"] = done
    return Told(routes)


def queue_server(outputs: Any = None) -> Told:
    outputs = [file_data(), 7] if outputs is None else outputs
    chunks = [
        queue_event(msg="estimation", event_id="e1", rank=0, queue_size=1, rank_eta=None),
        queue_event(msg="process_starts", event_id="e1", eta=None),
        queue_event(msg="log", event_id="e1", log="Waiting for a GPU to become available", level="info"),
        queue_event(
            msg="progress", event_id="e1", progress_data=[{"index": 3, "length": 28, "progress": None, "desc": None}]
        ),
        queue_event(msg="process_completed", event_id="e1", success=True, output={"data": outputs}),
        queue_event(msg="close_stream", event_id=None),
    ]
    return Told({"POST /gradio_api/queue/join": {"event_id": "e1"}, "GET /gradio_api/queue/data": chunks})


async def call(kind: type[Provider], server: Told, model: str, **arguments: Any) -> list[Event]:
    async with serving(server.answer) as url:
        pointed: type[Provider] = type(kind.__name__, (kind,), {"url": url})
        generator = pointed.create_async_generator(model, MESSAGES, **arguments)
        return [event async for event in generator]


def header(seen: Seen, name: str) -> str | None:
    return next((value for key, value in seen.headers.items() if key.lower() == name), None)


async def test_sd35_defaults() -> None:
    server = call_server()
    events = await call(StabilityAI_SD35Large, server, "sd-3.5")
    (post,) = server.posts("/gradio_api/call/infer")
    assert post.body == {"data": [PROMPT, None, 0, True, 1024, 1024, 4.5, 50]}
    assert header(post, "content-type") == "application/json"
    assert header(post, "accept") == "application/json"
    assert header(post, "authorization") is None
    assert [type(event) for event in events] == [ImagePreview, ImageResponse]
    assert len(MESSAGES) == 4  # the caller's list is as it was


async def test_sd35_all_arguments() -> None:
    server = call_server()
    await call(
        StabilityAI_SD35Large,
        server,
        "stabilityai-stable-diffusion-3-5-large",
        prompt="a fox",
        negative_prompt="blurry",
        api_key="secret",
        aspect_ratio="16:9",
        guidance_scale=7.5,
        num_inference_steps=12,
        seed=42,
    )
    (post,) = server.posts("/gradio_api/call/infer")
    assert post.body == {"data": ["a fox", "blurry", 42, False, 800, 512, 7.5, 12]}
    assert {header(seen, "authorization") for seen in server.seen} == {"Bearer secret"}


async def test_sd35_explicit_sizes_win_and_none_never_does() -> None:
    server = call_server()
    await call(
        StabilityAI_SD35Large, server, "", aspect_ratio="16:9", width=640, height=None, seed=1, randomize_seed=True
    )
    assert server.posts("/gradio_api/call/infer")[0].body["data"] == [PROMPT, None, 1, True, 640, 512, 4.5, 50]


async def test_schnell_defaults() -> None:
    server = call_server()
    events = await call(BlackForestLabs_Flux1Schnell, server, "flux-schnell")
    (post,) = server.posts("/call/infer")
    assert post.body == {"data": [PROMPT, 0, True, 768, 768, 2]}
    assert [type(event) for event in events] == [ImageResponse]


@pytest.mark.parametrize(("asked", "sent"), [(20, 32), (515, 512), (800, 800)])
async def test_schnell_rounds_down_to_eights(asked: int, sent: int) -> None:
    server = call_server()
    await call(BlackForestLabs_Flux1Schnell, server, "flux", width=asked, height=asked, num_inference_steps=4, seed=9)
    assert server.posts("/call/infer")[0].body["data"] == [PROMPT, 9, False, sent, sent, 4]


@pytest.mark.parametrize("kind", [BlackForestLabs_Flux1Dev, FluxDev])
async def test_flux_dev_defaults(kind: type[Provider]) -> None:
    server = queue_server()
    events = await call(kind, server, "flux-dev")
    (post,) = server.posts("/gradio_api/queue/join")
    assert post.query == {"__theme": "light"}
    session_hash = post.body.pop("session_hash")
    assert re.fullmatch(r"[0-9a-f]{32}", session_hash)
    assert post.body == {
        "data": [PROMPT, 0, True, 1024, 1024, 3.5, 28],
        "event_data": None,
        "fn_index": 2,
        "trigger_id": 4,
    }
    origin = f"http://{post.headers['Host']}"
    assert header(post, "accept") == "application/json"
    assert header(post, "content-type") == "application/json"
    assert header(post, "x-zerogpu-token") == UNKNOWN
    assert header(post, "x-zerogpu-uuid") == UNKNOWN
    assert header(post, "referer") == f"{origin}/?__theme=light"
    (get,) = [seen for seen in server.seen if seen.path == "/gradio_api/queue/data"]
    assert get.query == {"session_hash": session_hash}
    assert header(get, "accept") == "text/event-stream"
    assert header(get, "referer") == f"{origin}/?__theme=light"
    assert header(get, "x-zerogpu-token") is None
    statuses = [event.status for event in events if isinstance(event, Reasoning)]
    assert "Waiting for a GPU to become available" in statuses
    assert "Generating 3/28" in statuses
    assert statuses[-1] == "Finished"


async def test_flux_dev_with_a_key_and_an_uuid() -> None:
    server = queue_server()
    await call(
        BlackForestLabs_Flux1Dev,
        server,
        "flux",
        api_key="token",
        zerogpu_uuid="u-1",
        aspect_ratio="9:16",
        guidance_scale=2.0,
        num_inference_steps=8,
        seed=5,
    )
    (post,) = server.posts("/gradio_api/queue/join")
    assert post.body["data"] == [PROMPT, 5, False, 512, 800, 2.0, 8]
    assert header(post, "x-zerogpu-token") == "token"
    assert header(post, "x-zerogpu-uuid") == "u-1"
    assert header(post, "authorization") is None


async def test_janus_pictures() -> None:
    gallery = [[{"image": file_data(f"/tmp/gradio/{i}.webp"), "caption": None} for i in range(5)]]
    server = queue_server(gallery)
    events = await call(DeepseekAI_JanusPro7b, server, "janus-pro-7b-image", seed=1234)
    (post,) = server.posts("/gradio_api/queue/join")
    assert post.query == {"__theme": "light"}
    assert re.fullmatch(r"[0-9a-f]{32}", post.body.pop("session_hash"))
    assert post.body == {"data": [PROMPT, 1234, 5, 1], "event_data": None, "fn_index": 3, "trigger_id": 20}
    assert header(post, "content-type") == "application/json"
    assert header(post, "referer") == f"http://{post.headers['Host']}?__theme=light"
    assert header(post, "x-zerogpu-token") == UNKNOWN
    last = events[-1]
    assert isinstance(last, ImageResponse)
    assert len(last.images) == 5


async def test_janus_seed_is_random() -> None:
    server = queue_server()
    await call(DeepseekAI_JanusPro7b, server, "janus-pro-7b")
    assert 1000 <= server.posts("/gradio_api/queue/join")[0].body["data"][1] <= 999_999


def predict_server() -> Told:
    return Told({"POST /run/predict": {"data": [file_data(), 7], "is_generating": False, "duration": 0.1}})


@pytest.mark.parametrize("model", ["flux-schnell", "flux-something"])
async def test_g4f_flux_by_one_post(model: str) -> None:
    server = predict_server()
    events = await call(G4F, server, model, width=515, height=20, seed=42)
    (post,) = server.posts("/run/predict")
    assert re.fullmatch(r"[a-z0-9]{10}", post.body.pop("session_hash"))
    assert post.body == {
        "data": [PROMPT, 42, 512, 32, True, 1],
        "event_data": None,
        "fn_index": 3,
        "trigger_id": 10,
    }
    assert header(post, "x-zerogpu-token") == UNKNOWN
    assert header(post, "x-zerogpu-uuid") == UNKNOWN
    statuses = [event.status for event in events if isinstance(event, Reasoning)]
    assert statuses[0] == "Acquiring GPU Token"
    assert statuses[-1] == "Finished"


async def test_g4f_flux_without_sizes_and_seed() -> None:
    server = predict_server()
    await call(G4F, server, "flux-schnell", api_key="token")
    (post,) = server.posts("/run/predict")
    _, seed, width, height, *_ = post.body["data"]
    assert 9999 <= seed <= 2**32 - 1
    assert (width, height) == (1024, 1024)
    assert header(post, "x-zerogpu-token") == "token"


async def test_g4f_tells_how_long_it_waits() -> None:
    import asyncio

    from aiohttp import web

    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return web.json_response({"data": [file_data()]})

    server = Told({"POST /run/predict": slow})
    async with serving(server.answer) as url:
        pointed: type[Provider] = type("Pointed", (G4F,), {"url": url, "poll_interval": 0.02})
        events = [event async for event in pointed.create_async_generator("flux-schnell", MESSAGES)]
    assert any(isinstance(e, Reasoning) and re.fullmatch(r"Generating \d+\.\d\ds", e.status) for e in events)


@pytest.mark.parametrize("model", ["flux", "flux-dev", ""])
async def test_g4f_sends_flux_to_flux_dev(model: str) -> None:
    server = queue_server()
    await call(G4F, server, model, width=512, height=640, seed=3, num_inference_steps=9)
    (post,) = server.posts("/gradio_api/queue/join")
    assert post.body["data"] == [PROMPT, 3, False, 512, 640, 3.5, 9]
    assert post.body["fn_index"] == 2


@pytest.mark.parametrize("model", ["janus-pro-7b", "janus-pro-7b-image", "deepseekai", "anything else"])
async def test_g4f_sends_the_rest_to_janus(model: str) -> None:
    server = queue_server()
    await call(G4F, server, model, seed=3)
    assert server.posts("/gradio_api/queue/join")[0].body["data"] == [PROMPT, 3, 5, 1]


async def test_each_part_of_g4f_can_be_pointed_elsewhere() -> None:
    flux, janus = predict_server(), queue_server()
    async with serving(flux.answer) as flux_url, serving(janus.answer) as janus_url:
        pointed: type[Provider] = type("Pointed", (G4F,), {"url": janus_url, "url_flux": flux_url})
        for model in ("flux-schnell", "janus-pro-7b"):
            assert [event async for event in pointed.create_async_generator(model, MESSAGES)]
    assert len(flux.posts("/run/predict")) == 1
    assert len(janus.posts("/gradio_api/queue/join")) == 1


@pytest.mark.parametrize(
    "kind", [StabilityAI_SD35Large, BlackForestLabs_Flux1Schnell, BlackForestLabs_Flux1Dev, DeepseekAI_JanusPro7b]
)
async def test_an_unknown_model_lists_the_valid_ones(kind: type[Provider]) -> None:
    with pytest.raises(InvalidParameter, match=re.escape(kind.models[-1])):
        await call(kind, Told(), "no-such-model")


async def test_an_unknown_keyword_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        await call(BlackForestLabs_Flux1Schnell, Told(), "flux", widht=512)


@pytest.mark.parametrize("url", ["timeout", "poll_interval"])
def test_attributes_of_the_class_are_read_at_each_call(url: str) -> None:
    pointed: type[Provider] = type("Pointed", (G4F,), {url: 0.5})
    assert getattr(pointed(), url) == 0.5
