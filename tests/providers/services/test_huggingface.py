"""Hugging Face through its own library, against a local Hub and router: what the library sends is what it sends."""

import asyncio
import base64
import importlib.util
import threading
from collections.abc import Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from huggingface_hub import constants
from huggingface_hub.inference._providers import PROVIDERS, _common

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
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import picture_bytes, serving

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


class Hub:
    """The Hub's lookups and the router's routes. `said` comes in place of a picture, `sample` is where fal's is."""

    def __init__(self, *, said: web.Response | None = None, sample: str | None = None) -> None:
        self.said, self.sample = said, sample
        self.asked: list[tuple[str, Any]] = []
        self.waits = False
        self.begun = asyncio.Event()

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        if path == "/api/whoami-v2":
            if request.headers.get("Authorization") != f"Bearer {KEY}":
                return web.json_response({"error": "Invalid user token."}, status=401)
            return web.json_response({"name": "me"})
        if path.startswith("/api/models/"):
            return self._model(path.removeprefix("/api/models/"))
        if path == "/sample.png":
            assert "Authorization" not in request.headers
            return web.Response(body=picture_bytes(), content_type="image/png")
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
        if name not in SERVED:
            return web.json_response({"error": "no such model"}, status=404, headers={"X-Error-Code": "RepoNotFound"})
        provider, provider_id = SERVED[name]
        task = "text-to-image" if name != "me/talk" else "text-generation"
        mapping = {provider: {"status": "live", "providerId": provider_id, "task": task}}
        return web.json_response({"id": name, "pipeline_tag": task, "tags": [], "inferenceProviderMapping": mapping})

    def _answer(self, provider: str, body: dict[str, Any], request: web.Request) -> web.StreamResponse:
        picture = picture_bytes()
        sample = self.sample or f"{request.url.origin()}/sample.png"
        match provider:
            case "hf-inference":
                if set(body) > {"inputs", "parameters"} or set(body.get("parameters", {})) - PARAMETERS:
                    return web.json_response({"error": "unknown parameter"}, status=422)
                return web.Response(body=picture, content_type="image/png")
            case "fal-ai":
                return web.json_response({"images": [{"url": sample}]})
            case "together" | "nscale":
                return web.json_response({"data": [{"b64_json": base64.b64encode(picture).decode()}]})
            case _:
                assert request.headers["Prefer"] == "wait"
                return web.json_response({"output": [sample]})


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """The library remembers for ever which provider serves a model."""
    _common._fetch_inference_provider_mapping.cache_clear()
    yield
    _common._fetch_inference_provider_mapping.cache_clear()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives (model, provider's URL) with the library pointed at a local server, which is how it lets itself be."""

    @asynccontextmanager
    async def at(server: Any, text: str = "", key: str | None = KEY) -> Any:
        async with serving(server) as url:
            monkeypatch.setattr(constants, "ENDPOINT", url)
            monkeypatch.setattr(constants, "INFERENCE_PROXY_TEMPLATE", f"{url}/router/{{provider}}")
            monkeypatch.setattr(PROVIDERS["hf-inference"]["text-to-image"], "base_url", f"{url}/router/hf-inference")
            yield entry(tmp_path, text.replace("URL", url), key)

    return at


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


async def test_nobody_there(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with hub(Hub()) as model:
        pass
    with pytest.raises(Unavailable):
        await draw(model.create())


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
    for thread in threading.enumerate():
        if thread.name == "apart":
            await asyncio.to_thread(thread.join, 5)
            assert not thread.is_alive()


async def test_what_blocks_the_library_does_not_block_the_loop(hub: Any) -> None:
    """The library asks the Hub with a call that blocks; the Hub here lives in the very loop that would be blocked."""
    assert isinstance((await drawn(hub, Hub(), "model = 'me/fal'"))[-1], ImageResponse)


def test_it_is_not_looked_at_now_and_then(tmp_path: Path) -> None:
    assert not entry(tmp_path).light_check
