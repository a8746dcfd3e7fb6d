"""Hugging Face through its own library, against a local Hub and router: what the library sends is what it sends."""

import asyncio
import base64
import importlib.util
import threading
from collections.abc import Iterator
from contextlib import aclosing, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from huggingface_hub import constants
from huggingface_hub.inference._providers import PROVIDERS, _common
from huggingface_hub.inference._providers import fal_ai as _fal
from huggingface_hub.inference._providers import wavespeed as _wavespeed
from huggingface_hub.utils import _detect_agent

from providers import (
    BadAnswer,
    Catalog,
    DeadlineExceeded,
    HuggingFace,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Reasoning,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.catalog.model import Model
from providers.services import huggingface as module
from providers.services import huggingface_http as http
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import NOBODY, picture_bytes, serving

KEY = "hf_sesame"
PARAMETERS = {"negative_prompt", "width", "height", "num_inference_steps", "guidance_scale", "seed"}
SERVED = {
    "black-forest-labs/FLUX.1-schnell": ("hf-inference", "black-forest-labs/FLUX.1-schnell"),
    "me/fal": ("fal-ai", "fal-ai/flux/schnell"),
    "me/together": ("together", "black-forest-labs/FLUX.1-schnell-Free"),
    "me/nscale": ("nscale", "flux"),
    "me/replicate": ("replicate", "black-forest-labs/flux-schnell"),
    "me/talk": ("hf-inference", "me/talk"),
}
EDITORS = {  # of the task image-to-image
    "me/FLUX.2-fal": ("fal-ai", "fal-ai/flux-2/edit"),
    "me/FLUX.2-replicate": ("replicate", "black-forest-labs/flux-2-dev"),
    "me/FLUX.2-together": ("together", "black-forest-labs/FLUX.2-dev"),
    "me/FLUX.2-wavespeed": ("wavespeed", "wavespeed-ai/flux-2/edit"),
    "me/kontext": ("together", "black-forest-labs/FLUX.1-kontext-dev"),
    "me/pix2pix": ("hf-inference", "me/pix2pix"),
}
JOB = "/fal-ai/flux-2/requests/7"
TASK = "/api/v3/predictions/7/result"
AGENTS = "/api/agent-harnesses"  # what the library asks the Hub for its telemetry


class Hub:
    """The Hub's lookups and the router's routes. `said` comes in place of a picture, `sample` is where fal's is."""

    def __init__(self, *, said: web.Response | None = None, sample: str | None = None) -> None:
        self.said, self.sample = said, sample
        self.asked: list[tuple[str, Any]] = []
        self.paths: list[str] = []  # of all requests
        self.waits = False
        self.polls = 0
        self.states: list[str] = []  # of a job at fal or WaveSpeed, before it is done
        self.result: web.Response | None = None  # in place of such a job's own
        self.begun = asyncio.Event()

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        self.paths.append(path)
        if path == "/api/whoami-v2":
            if request.headers.get("Authorization") != f"Bearer {KEY}":
                return web.json_response({"error": "Invalid user token."}, status=401)
            return web.json_response({"name": "me"})
        if path.startswith("/api/models/"):
            return self._model(path.removeprefix("/api/models/"))
        if path == "/sample.png":
            assert "Authorization" not in request.headers
            return web.Response(body=picture_bytes(), content_type="image/png")
        if request.method == "GET" and path in {f"{JOB}/status", JOB, TASK}:
            return self._job(request)
        if not path.startswith("/router/") or request.method != "POST":
            return web.json_response({"error": "Not Found"}, status=404)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.json_response({"error": "Invalid username or password."}, status=401)
        body = await request.json()
        self.asked.append((path.removeprefix("/router/"), body))
        self.begun.set()
        if self.waits:
            await asyncio.Event().wait()
        return self.said if self.said is not None else self._answer(path.split("/")[2], body, request)

    def _model(self, name: str) -> web.Response:
        if name not in SERVED | EDITORS:
            return web.json_response({"error": "no such model"}, status=404, headers={"X-Error-Code": "RepoNotFound"})
        provider, provider_id = (SERVED | EDITORS)[name]
        task = "image-to-image" if name in EDITORS else "text-to-image" if name != "me/talk" else "text-generation"
        mapping = {provider: {"status": "live", "providerId": provider_id, "task": task}}
        return web.json_response({"id": name, "pipeline_tag": task, "tags": [], "inferenceProviderMapping": mapping})

    def _answer(self, provider: str, body: dict[str, Any], request: web.Request) -> web.StreamResponse:
        picture = picture_bytes()
        sample = self.sample or f"{request.url.origin()}/sample.png"
        match provider:
            case "hf-inference" if "pix2pix" in request.path:
                assert set(body) == {"inputs", "parameters"}
                return web.Response(body=picture, content_type="image/png")
            case "hf-inference":
                if set(body) > {"inputs", "parameters"} or set(body.get("parameters", {})) - PARAMETERS:
                    return web.json_response({"error": "unknown parameter"}, status=422)
                return web.Response(body=picture, content_type="image/png")
            case "fal-ai" if "edit" in request.path:
                assert request.query["_subdomain"] == "queue"
                queued = {"request_id": "7", "status": "IN_QUEUE", "response_url": f"https://queue.fal.run{JOB}"}
                return web.json_response(queued)
            case "wavespeed":
                return web.json_response({"data": {"id": "7", "urls": {"get": f"https://api.wavespeed.ai{TASK}"}}})
            case "fal-ai":
                return web.json_response({"images": [{"url": sample}]})
            case "together" | "nscale":
                return web.json_response({"data": [{"b64_json": base64.b64encode(picture).decode()}]})
            case _:
                assert request.headers["Prefer"] == "wait"
                return web.json_response({"output": [sample]})

    def _job(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        self.polls += 1
        self.begun.set()
        sample = self.sample or f"{request.url.origin()}/sample.png"
        if request.path == TASK:
            state = self.states.pop(0) if self.states else "completed"
            return web.json_response({"data": {"status": state, "outputs": [sample], "error": "out of memory"}})
        if request.path == JOB:
            return self.result if self.result is not None else web.json_response({"images": [{"url": sample}]})
        return web.json_response({"status": self.states.pop(0) if self.states else "COMPLETED"})


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test draws as the first of a process, on a machine where the library was never used: it remembers for ever
    which provider serves a model, and how to recognise coding agents, in a file too."""
    monkeypatch.setattr(_detect_agent, "_registry", None)
    monkeypatch.setattr(constants, "AGENT_HARNESSES_PATH", str(tmp_path / "harnesses.json"))
    _common._fetch_inference_provider_mapping.cache_clear()
    yield
    _common._fetch_inference_provider_mapping.cache_clear()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives the model with the library pointed at a local server, which is how it lets itself be. None: nobody is
    there. No thread of the library's is left when the server stops."""

    @asynccontextmanager
    async def at(server: Any, text: str = "", key: str | None = KEY) -> Any:
        async with serving(server) if server is not None else nullcontext(NOBODY) as url:
            monkeypatch.setattr(constants, "ENDPOINT", url)
            monkeypatch.setattr(constants, "INFERENCE_PROXY_TEMPLATE", f"{url}/router/{{provider}}")
            monkeypatch.setattr(PROVIDERS["hf-inference"]["text-to-image"], "base_url", f"{url}/router/hf-inference")
            monkeypatch.setattr(PROVIDERS["hf-inference"]["image-to-image"], "base_url", f"{url}/router/hf-inference")
            monkeypatch.setattr(_fal, "_POLLING_INTERVAL", 0.01)
            monkeypatch.setattr(_wavespeed, "_POLLING_INTERVAL", 0.01)
            try:
                yield entry(tmp_path, text.replace("URL", url), key)
            finally:
                await threads_ended()

    return at


async def threads_ended() -> None:
    for thread in threading.enumerate():
        if thread.name == "apart":
            await asyncio.to_thread(thread.join, 30)
            assert not thread.is_alive()


def entry(folder: Path, text: str = "", key: str | None = KEY) -> Model:
    file = folder / "models.toml"
    named = "" if key is None else f"api_key = '{key}'\n"
    file.write_text(f"builtin = false\n[models.mine]\nprovider = 'huggingface'\n{named}{text}")
    return Catalog.load(file)["mine"]


async def drawn(hub: Any, server: Any, text: str = "", key: str | None = KEY, **params: Any) -> list[Any]:
    async with hub(server, text, key) as model:
        return await draw(model.create(), model.request("a fox", **params))


async def checked(hub: Any, server: Any, text: str = "", key: str | None = KEY) -> None:
    async with hub(server, text, key) as model, clean_session() as session:
        await model.create().check(session)


# -- what is sent ------------------------------------------------------------------------------------------------


async def test_by_the_default_model(hub: Any) -> None:
    server = Hub()
    events = await drawn(hub, server, width=512, height=640, seed=7, num_inference_steps=4, guidance_scale=3.5)
    assert events[0] == Reasoning("Generating")
    assert isinstance(events[-1], ImageResponse)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes()
    ((path, body),) = server.asked
    assert path == "hf-inference/models/black-forest-labs/FLUX.1-schnell"
    assert body["inputs"] == "a fox"
    assert body["parameters"] == {
        "width": 512, "height": 640, "seed": 7, "num_inference_steps": 4, "guidance_scale": 3.5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("model", "provider", "path"),
    [
        ("me/fal", "auto", "fal-ai/fal-ai/flux/schnell"),
        ("me/fal", "fal-ai", "fal-ai/fal-ai/flux/schnell"),
        ("me/together", "together", "together/v1/images/generations"),
        ("me/nscale", "nscale", "nscale/v1/images/generations"),
        ("me/replicate", "auto", "replicate/v1/models/black-forest-labs/flux-schnell/predictions"),
    ],
)
async def test_each_provider_in_its_own_shape(hub: Any, model: str, provider: str, path: str) -> None:
    server = Hub()
    text = f"model = '{model}'\ninference_provider = '{provider}'\nextra = {{ go_fast = true }}"
    events = await drawn(hub, server, text, width=512, height=512)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes()
    ((asked, body),) = server.asked
    assert asked == path
    assert body.get("input", body)["go_fast"] is True


async def test_an_inference_endpoint(hub: Any) -> None:
    server = Hub()
    await drawn(hub, server, "url = 'URL/router/hf-inference'\nmodel = 'any'", seed=7)
    assert server.asked == [("hf-inference", {"inputs": "a fox", "parameters": {"seed": 7}})]
    with pytest.raises(NotThisServer):
        await drawn(hub, server, "url = 'URL/elsewhere'")


async def test_no_token_that_lies_around_is_taken(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_somebodys")
    server = Hub()
    for attempt in (drawn, checked):
        with pytest.raises(Unauthorized, match="needs a key"):
            await attempt(hub, server, "", None)
    assert server.asked == []


# -- pictures to change ------------------------------------------------------------------------------------------

FIRST, SECOND = picture_bytes("JPEG"), picture_bytes("PNG")
URLS = [f"data:image/jpeg;base64,{base64.b64encode(FIRST).decode()}",
        f"data:image/png;base64,{base64.b64encode(SECOND).decode()}"]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "provider", "path", "body"),
    [
        (
            *("me/FLUX.2-fal", "fal-ai", "fal-ai/fal-ai/flux-2/edit"),
            {"image_url": URLS[0], "image_urls": URLS, "image_size": {"width": 512, "height": 640}},
        ),
        (
            *("me/FLUX.2-replicate", "replicate", "replicate/v1/models/black-forest-labs/flux-2-dev/predictions"),
            {"image": URLS[0], "images": URLS, "input_image": URLS[0], "input_images": URLS,
             "width": 512, "height": 640},
        ),
        (
            *("me/FLUX.2-together", "together", "together/v1/images/generations"),
            {"reference_images": URLS, "width": 512, "height": 640,
             "model": "black-forest-labs/FLUX.2-dev", "response_format": "base64"},
        ),
        (
            *("me/FLUX.2-wavespeed", "wavespeed", "wavespeed/api/v3/wavespeed-ai/flux-2/edit"),
            {"image": URLS[0], "images": URLS},
        ),
    ],
)  # fmt: skip
async def test_several_pictures_in_each_providers_own_fields(
    hub: Any, model: str, provider: str, path: str, body: dict[str, Any]
) -> None:
    server = Hub()
    server.states = ["created", "processing"] if provider == "wavespeed" else ["IN_QUEUE", "IN_PROGRESS"]
    text = f"model = '{model}'\ninference_provider = '{provider}'\nextra = {{ go_fast = true }}"
    events = await drawn(hub, server, text, images=(FIRST, SECOND), width=512, height=640, seed=7)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes()
    ((asked, sent),) = server.asked
    assert asked == path
    assert sent.get("input", sent) == body | {"prompt": "a fox", "seed": 7, "go_fast": True}
    untaken = events[0].untaken
    assert untaken == (("width", "height") if provider == "wavespeed" else ())


# The library gives httpx bytes in a way that httpx would have otherwise.
_BYTES_AS_DATA = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


@_BYTES_AS_DATA
async def test_one_picture(hub: Any) -> None:
    server = Hub()
    for model in ("me/kontext", "me/pix2pix", "me/FLUX.2-fal"):
        await drawn(hub, server, f"model = '{model}'", image=FIRST, num_inference_steps=20)
    (_, kontext), (_, pix2pix), (_, fal) = server.asked
    assert (kontext["image_url"], kontext["steps"]) == (URLS[0], 20)
    assert "reference_images" not in kontext
    assert base64.b64decode(pix2pix["inputs"]) == FIRST
    assert pix2pix["parameters"] == {"prompt": "a fox", "num_inference_steps": 20}
    assert fal["image_urls"] == [URLS[0]]


@_BYTES_AS_DATA
async def test_an_inference_endpoint_that_changes_a_picture(hub: Any) -> None:
    server = Hub()
    await drawn(hub, server, "url = 'URL/router/hf-inference/pix2pix'\nmodel = 'any'\ninput_images = 1", image=SECOND)
    ((_, body),) = server.asked
    assert base64.b64decode(body["inputs"]) == SECOND


@pytest.mark.parametrize(
    ("model", "provider", "count"),
    [
        ("black-forest-labs/FLUX.1-schnell", "fal-ai", 0), ("black-forest-labs/FLUX.1-Kontext-dev", "fal-ai", 1),
        ("black-forest-labs/FLUX.2-klein-9B", "fal-ai", 3), ("black-forest-labs/FLUX.2-klein-9B", "auto", 1),
        ("Qwen/Qwen-Image-Edit", "replicate", 1), ("Qwen/Qwen-Image-Edit-2511", "replicate", 3),
        ("Qwen/Qwen-Image-Edit-2511", "hf-inference", 1), ("timbrooks/instruct-pix2pix", "hf-inference", 1),
    ],
)  # fmt: skip
def test_which_models_take_pictures(tmp_path: Path, model: str, provider: str, count: int) -> None:
    can = entry(tmp_path, f"model = '{model}'\ninference_provider = '{provider}'").capabilities
    assert (can.input_images, can.edits, can.takes("image")) == (count, count > 0, count > 0)


async def test_several_pictures_need_a_provider_that_has_a_field_for_them(hub: Any) -> None:
    server = Hub()
    with pytest.raises(InvalidParameter, match="one input picture"):
        await drawn(hub, server, "model = 'me/FLUX.2-fal'\ninput_images = 2", images=(FIRST, SECOND))
    assert server.asked == []


async def test_a_model_that_changes_pictures_says_that_it_needs_one(hub: Any) -> None:
    with pytest.raises(InvalidParameter, match="needs one"):
        await drawn(hub, Hub(), "model = 'me/FLUX.2-fal'")
    with pytest.raises(ModelNotFound, match="text-to-image"):
        await drawn(hub, Hub(), "model = 'me/fal'\ninput_images = 1", image=FIRST)


async def test_jobs_that_come_to_nothing(hub: Any) -> None:
    server = Hub()
    server.states = ["processing", "failed"]
    with pytest.raises(ResponseError, match="out of memory"):
        await drawn(hub, server, "model = 'me/FLUX.2-wavespeed'", image=FIRST)
    server.states = ["what"]
    with pytest.raises(BadAnswer):
        await drawn(hub, server, "model = 'me/FLUX.2-wavespeed'", image=FIRST)
    server.result = web.json_response({"detail": "the picture is too small"}, status=422)
    with pytest.raises(InvalidParameter, match="too small"):
        await drawn(hub, server, "model = 'me/FLUX.2-fal'", image=FIRST)


async def test_a_job_that_nobody_waits_for_is_asked_about_no_more(hub: Any) -> None:
    """The library polls for ever, in a thread that nobody can cancel."""
    server = Hub()
    server.states = ["IN_PROGRESS"] * 100_000
    async with hub(server) as model, clean_session() as session:
        asked = model.request("a fox", image=FIRST, model="me/FLUX.2-fal")
        async with aclosing(model.create().generate(asked, session)) as events:
            await anext(events)
            drawing = asyncio.ensure_future(anext(events))
            while server.polls < 3:
                server.begun.clear()
                await server.begun.wait()
            drawing.cancel()
            await asyncio.wait({drawing})
        await threads_ended()


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (402, PaymentRequired), (403, Unauthorized), (404, ModelNotFound), (410, ModelNotFound),
        (422, InvalidParameter), (400, InvalidParameter), (429, QuotaExceeded), (503, Unavailable), (500, Unavailable),
    ],
)  # fmt: skip
async def test_refusals_by_status(hub: Any, status: int, kind: type[ProviderError]) -> None:
    said = web.json_response({"error": "you have exceeded it"}, status=status)
    with pytest.raises(ProviderError, match="exceeded it") as caught:
        await drawn(hub, Hub(said=said))
    assert type(caught.value) is kind


async def test_a_wrong_key_and_a_wrong_name(hub: Any) -> None:
    for attempt in (drawn, checked):
        with pytest.raises(Unauthorized) as caught:
            await attempt(hub, Hub(), "", "hf_wrong")
        assert "hf_wrong" not in str(caught.value)
        for text in (
            "model = 'me/nothing'",
            "model = 'not a name at all!'",
            "model = 'me/fal'\ninference_provider = 'together'",
        ):
            with pytest.raises(ModelNotFound):
                await attempt(hub, Hub(), text)
    with pytest.raises(ModelNotFound, match="text-generation"):
        await drawn(hub, Hub(), "model = 'me/talk'")
    await checked(hub, Hub())


async def test_a_provider_that_there_is_not(hub: Any) -> None:
    with pytest.raises(ModelNotFound, match="nowhere"):
        await drawn(hub, Hub(), "inference_provider = 'nowhere'")


async def test_nobody_there(hub: Any) -> None:
    with pytest.raises(Unavailable):
        await drawn(hub, None)


async def test_the_hub_is_not_asked_about_coding_agents(hub: Any) -> None:
    server = Hub()
    await drawn(hub, server)
    await drawn(hub, server, "model = 'me/fal'")
    assert "/api/models/me/fal" in server.paths
    assert AGENTS not in server.paths


async def test_a_refusal_that_is_not_of_the_draw_explains_nothing(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    http.install()
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", False)
    server = Hub(said=web.json_response({}))
    with pytest.raises(BadAnswer, match="another shape"):  # not "no such route", which was said of something else
        await drawn(hub, server, "model = 'me/fal'")
    assert AGENTS in server.paths


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [model.id for model in load(tmp_path).enabled()] == ["mine"]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    catalog = load(tmp_path)
    assert catalog.enabled() == []
    assert catalog["mine"].lacking == module.NEEDS


def load(folder: Path) -> Catalog:
    entry(folder)
    return Catalog.load(folder / "models.toml")


async def test_drawing_without_the_library_says_what_to_install(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HuggingFace, "lacking", classmethod(lambda _: module.NEEDS))
    with pytest.raises(ResponseError, match=r"pip install 'imagine-bot\[huggingface\]'"):
        await drawn(hub, Hub())


# -- hostile answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "body", "kind"),
    [
        ("black-forest-labs/FLUX.1-schnell", b"<html>hello</html>", BadAnswer),
        ("black-forest-labs/FLUX.1-schnell", b"", BadAnswer),
        ("me/fal", b"{}", BadAnswer),
        ("me/fal", b'{"images": []}', NoPicture),
        ("me/fal", b'{"images": "what"}', BadAnswer),
        ("me/fal", b"[]", BadAnswer),
        ("me/fal", b"<html>", BadAnswer),
        ("me/fal", b'{"images": [{"url": 7}]}', BadAnswer),
        ("me/fal", b'{"images": [{"url": "file:///etc/passwd"}]}', Unavailable),
        ("me/together", b'{"data": [{"b64_json": "%%%"}]}', BadAnswer),
        ("me/replicate", b'{"output": null}', Unavailable),
    ],
)
async def test_hostile_answers(hub: Any, model: str, body: bytes, kind: type[ProviderError]) -> None:
    said = web.Response(body=body, content_type="application/json")
    with pytest.raises(ProviderError) as caught:
        await drawn(hub, Hub(said=said), f"model = '{model}'")
    assert type(caught.value) is kind


async def test_a_huge_answer(hub: Any) -> None:
    class Huge(Hub):
        def _answer(self, provider: str, body: dict[str, Any], request: web.Request) -> web.StreamResponse:
            return web.Response(body=b" " * 40_000_000, content_type="image/png")

    with pytest.raises(BadAnswer, match="MB"):
        await drawn(hub, Huge())


async def test_a_picture_inside_our_network_is_not_fetched(hub: Any) -> None:
    """The library fetches fal's and Replicate's pictures by itself."""
    fetched: list[str] = []

    async def inside(request: web.Request) -> web.StreamResponse:
        fetched.append(request.path)
        return web.Response(body=picture_bytes(), content_type="image/png")

    async with serving(inside) as url:
        for address in (f"{url}/secret", url.replace("127.0.0.1", "localhost")):
            with pytest.raises(BadAnswer, match="public internet"):
                await drawn(hub, Hub(sample=address), "model = 'me/fal'")
    assert fetched == []


async def test_the_proxy_of_the_draw_is_used_for_all(hub: Any) -> None:
    server, seen = Hub(), []

    async def proxy(request: web.Request) -> web.StreamResponse:
        """An HTTP proxy, as far as plain http goes: the whole URL stands in the request line."""
        seen.append(request.raw_path.partition("?")[0].split("/", 3)[3])
        return await server(request)

    async with serving(proxy) as url, hub(server, f"model = 'me/fal'\nproxy = '{url}'") as model:
        assert isinstance((await draw(model.create()))[-1], ImageResponse)
        server.sample = "http://elsewhere.example/sample.png"
        with pytest.raises(BadAnswer, match="not listed"):
            await draw(model.create())
        provider = model.create()
        provider.picture_hosts = ("elsewhere.example",)
        assert isinstance((await draw(provider))[-1], ImageResponse)
    # what is on this machine is asked directly: the lookup, and the first picture
    assert seen[0] == "router/fal-ai/fal-ai/flux/schnell"
    assert seen[-1] == "sample.png"
    assert "api/models/me/fal" not in seen


# -- deadlines and cancellation ----------------------------------------------------------------------------------


async def test_a_deadline(hub: Any) -> None:
    server = Hub()
    server.waits = True
    with pytest.raises(DeadlineExceeded):
        await drawn(hub, server, "timeout = 0.2")


async def test_closing_ends_the_request_and_its_thread(hub: Any) -> None:
    server = Hub()
    server.waits = True
    async with hub(server) as model, clean_session() as session:
        provider = model.create()
        async with aclosing(provider.generate(model.request("a fox"), session)) as events:
            await anext(events)
            drawing = asyncio.ensure_future(anext(events))
            await server.begun.wait()
            drawing.cancel()
            await asyncio.wait({drawing})
            assert drawing.cancelled()
        await threads_ended()


async def test_what_blocks_the_library_does_not_block_the_loop(hub: Any) -> None:
    """The library asks the Hub with a call that blocks; the Hub here lives in the very loop that would be blocked."""
    assert isinstance((await drawn(hub, Hub(), "model = 'me/fal'"))[-1], ImageResponse)


def test_it_is_not_looked_at_now_and_then(tmp_path: Path) -> None:
    assert not entry(tmp_path).light_check
