"""The recipes of docs/models.md for servers of OpenAI's shape, each against a local server with that one's own rules.

Every entry is read from the page as it stands there; only scheme, host and port are the local server's.
"""

import base64
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import BodyPartReader, web

from providers import (
    Catalog,
    ContentRejected,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
)
from providers.catalog.model import Model
from providers.events import Event
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import picture_bytes, serving

KEY = "sk-recipe"
PAGE = (Path(__file__).parents[3] / "docs" / "models.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
PICTURES = (picture_bytes("JPEG", color="red"), picture_bytes(color="green"), picture_bytes("WEBP", color="blue"))
DRAWN = base64.b64encode(picture_bytes(color="purple")).decode()

Answer = Callable[[str], dict[str, Any]]  # of the server's own origin


def b64(origin: str) -> dict[str, Any]:
    return {"created": 1, "data": [{"b64_json": DRAWN}]}


def url(origin: str) -> dict[str, Any]:
    return {"created": 1, "data": [{"url": f"{origin}/pictures/1.png"}]}


@dataclass
class Rules:
    """What one maker's server takes: `fields` without pictures and `edit_fields` more with them, each with a pattern.

    `pictures` is how they come: "files NAME" in a form, "json NAME" as data: URLs, "base64 NAME", "object NAME".
    """

    path: str
    fields: Mapping[str, str]
    model: str
    answer: Answer = b64
    query: Mapping[str, str] = field(default_factory=dict)
    key_header: str = "Authorization"
    edit_path: str = ""
    pictures: str = ""
    edit_fields: Mapping[str, str] = field(default_factory=dict)
    inputs: int = 0
    refusal: tuple[int, Any] = (400, {"error": {"code": "moderation_blocked", "message": "no"}})
    refused: type[ProviderError] = ContentRejected
    models: Any = None  # what /models answers; None: no such route


SIZE, COUNT, NUMBER, TEXT = r"\d+x\d+", r"[1-9]|10", r"\d+(\.\d+)?", r".+"
B64_JSON = "b64_json"
GPT = {"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT}

RECIPES: dict[str, Rules] = {
    "seedream": Rules(
        "/api/v3/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "seed": NUMBER, "watermark": "False",
         "response_format": B64_JSON},
        "seedream-4-5-251128",
        pictures="json image",
        inputs=10,
        refusal=(400, {"error": {"code": "InputTextSensitiveContentDetected.PolicyViolation", "message": "no"}}),
    ),
    "qwen-image-api": Rules(
        "/compatible-mode/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "n": "[1-6]", "seed": NUMBER, "negative_prompt": TEXT,
         "watermark": "False"},
        "qwen-image-3.0",
        url,
        pictures="json image",
        inputs=3,
        refusal=(200, {"request_id": "1", "code": "DataInspectionFailed", "message": "inappropriate content"}),
    ),
    "kolors": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "image_size": SIZE, "batch_size": "[1-4]", "seed": NUMBER,
         "negative_prompt": TEXT, "num_inference_steps": NUMBER, "guidance_scale": NUMBER},
        "Kwai-Kolors/Kolors",
        lambda origin: {"images": [{"url": f"{origin}/1.png"}], "timings": {"inference": 1}, "seed": 7},
        refusal=(403, {"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None}),
        refused=PaymentRequired,
        models={"data": [{"id": "Kwai-Kolors/Kolors"}]},
    ),
    "qwen-edit": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "seed": NUMBER, "negative_prompt": TEXT, "cfg": NUMBER},
        "Qwen/Qwen-Image-Edit-2509",
        url,
        pictures="json image,image2,image3",
        inputs=3,
        refusal=(400, {"code": 20012, "message": "Model does not exist. Please check it carefully.", "data": None}),
        refused=ModelNotFound,
    ),
    "deepinfra": Rules(
        "/v1/openai/images/generations",
        {**GPT, "response_format": B64_JSON},
        "black-forest-labs/FLUX.1-Kontext-dev",
        edit_path="/v1/openai/images/edits",
        pictures="files image",
        edit_fields={**GPT, "response_format": B64_JSON},
        inputs=1,
        refusal=(402, {"error": {"message": "insufficient balance"}}),
        refused=PaymentRequired,
    ),
    "cogview": Rules(
        "/api/paas/v4/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE},
        "cogview-3-flash",
        lambda origin: {**url(origin), "content_filter": [{"role": "user", "level": 3}]},
        refusal=(400, {"error": {"code": "1301", "message": "sensitive"}, "contentFilter": [{"level": 1}]}),
    ),
    "grok": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "n": COUNT, "aspect_ratio": r"1:1|3:4|4:3|9:16|16:9|2:3|3:2|1:2|2:1",
         "response_format": B64_JSON},
        "grok-imagine-image-2.0",
        lambda origin: {"data": [{"b64_json": DRAWN, "respect_moderation": True}], "usage": {}},
        edit_path="/v1/images/edits",
        pictures="object image,images",
        inputs=3,
        refusal=(200, {"data": [{"url": "", "respect_moderation": False}], "usage": {}}),
        models={"data": [{"id": "grok-imagine-image-2.0"}]},
    ),
    "together": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "width": NUMBER, "height": NUMBER, "steps": NUMBER, "seed": NUMBER,
         "negative_prompt": TEXT, "n": "[1-4]", "response_format": "base64|url"},
        "black-forest-labs/FLUX.2-pro",
        lambda origin: {"id": "1", "object": "list", "data": [{"index": 0, "type": "b64_json", "b64_json": DRAWN}]},
        pictures="json reference_images[]",
        inputs=4,
        refusal=(422, {"error": {"message": "NSFW content detected", "type": "invalid_request_error", "code": "nsfw"}}),
        models=[{"id": "black-forest-labs/FLUX.2-pro", "type": "image"}],
    ),
    "azure": Rules(
        "/openai/deployments/my-image/images/generations",
        GPT,
        "gpt-image-2",
        query={"api-version": "2025-04-01-preview"},
        key_header="api-key",
        edit_path="/openai/deployments/my-image/images/edits",
        pictures="files image[]",
        edit_fields=GPT,
        inputs=16,
        refusal=(400, {"error": {"code": "contentFilter", "message": "no", "inner_error": {
            "code": "ResponsibleAIPolicyViolation", "content_filter_results": {"hate": {"filtered": True}}}}}),
    ),
    "litellm": Rules(
        "/v1/images/generations",
        GPT,
        "openai/gpt-image-2",
        edit_path="/v1/images/edits",
        pictures="files image[]",
        edit_fields=GPT,
        inputs=16,
        refusal=(400, {"error": {"message": "litellm.ContentPolicyViolationError: OpenAIException - no", "type": None,
                                 "param": None, "code": "400"}}),
        models={"data": [{"id": "openai/gpt-image-2"}]},
    ),
    "localai": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT, "step": NUMBER, "seed": NUMBER,
         "response_format": B64_JSON},
        "stablediffusion",
        lambda origin: url(origin.replace("127.0.0.1", "localhost")),
        pictures="base64 ref_images[]",
        inputs=4,
        refusal=(500, {"error": {"code": 500, "message": "could not load model", "type": ""}}),
        refused=ProviderError,
        models={"object": "list", "data": [{"id": "stablediffusion"}]},
    ),
    "vllm-omni": Rules(
        "/v1/images/generations",
        {**GPT, "negative_prompt": TEXT, "num_inference_steps": NUMBER, "true_cfg_scale": NUMBER, "seed": NUMBER,
         "response_format": "b64_json|file"},
        "Qwen/Qwen-Image-Edit-2509",
        edit_path="/v1/images/edits",
        pictures="files image[]",
        edit_fields={**GPT, "negative_prompt": TEXT, "num_inference_steps": NUMBER, "true_cfg_scale": NUMBER,
                     "seed": NUMBER, "response_format": "b64_json|file"},
        inputs=4,
        refusal=(400, {"detail": "Invalid size format"}),
        refused=InvalidParameter,
        models={"data": [{"id": "Qwen/Qwen-Image-Edit-2509"}]},
    ),
    "sglang": Rules(
        "/v1/images/generations",
        {**GPT, "negative_prompt": TEXT, "num_inference_steps": NUMBER, "guidance_scale": NUMBER, "seed": NUMBER,
         "response_format": B64_JSON},
        "black-forest-labs/FLUX.2-dev",
        lambda origin: {"id": "9", "data": [{"url": "/v1/images/9/content"}], "inference_time_s": 3.2},
        edit_path="/v1/images/edits",
        pictures="files image[]",
        edit_fields={**GPT, "negative_prompt": TEXT, "num_inference_steps": NUMBER, "guidance_scale": NUMBER,
                     "seed": NUMBER, "response_format": B64_JSON},
        inputs=4,
        refusal=(422, {"detail": [{"loc": ["body", "image"], "msg": "Field required", "type": "missing"}]}),
        refused=InvalidParameter,
        models={"data": [{"id": "black-forest-labs/FLUX.2-dev"}]},
    ),
    "sd-server": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT},
        "sd-cpp-local",
        edit_path="/v1/images/edits",
        pictures="files image[]",
        edit_fields={"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT},
        inputs=4,
        refusal=(400, {"error": "invalid size"}),
        refused=InvalidParameter,
        models={"data": [{"id": "sd-cpp-local"}]},
    ),
    "koboldcpp": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "response_format": B64_JSON},
        "koboldcpp",
        refusal=(200, {"created": 1, "data": [{"b64_json": "", "url": ""}]}),
        refused=NoPicture,
        models={"object": "list", "data": [{"id": "koboldcpp/some-model"}]},
    ),
    "lemonade": Rules(
        "/api/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "response_format": B64_JSON, "steps": NUMBER,
         "cfg_scale": NUMBER, "seed": NUMBER},
        "SDXL-Turbo",
        edit_path="/api/v1/images/edits",
        pictures="files image",
        edit_fields={"prompt": TEXT, "model": TEXT, "size": SIZE, "response_format": B64_JSON, "steps": NUMBER,
                     "cfg_scale": NUMBER, "seed": NUMBER},
        inputs=1,
        models={"data": [{"id": "SDXL-Turbo", "labels": ["image"]}]},
    ),
    "llama-swap": Rules(
        "/v1/images/generations",
        {"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT},
        "z-image-turbo",
        edit_path="/v1/images/edits",
        pictures="files image[]",
        edit_fields={"prompt": TEXT, "model": TEXT, "size": SIZE, "n": COUNT},
        inputs=1,
        refusal=(429, {"error": "too many requests"}),
        refused=QuotaExceeded,
        models={"data": [{"id": "z-image-turbo"}]},
    ),
}  # fmt: skip


class Maker:
    """A server that refuses whatever its rules do not name. `refusing`: it answers with its refusal."""

    def __init__(self, rules: Rules, *, keyed: bool, refusing: bool = False) -> None:
        self.rules, self.keyed, self.refusing = rules, keyed, refusing
        self.asked: list[dict[str, Any]] = []
        self.pictures: list[bytes] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        rules = self.rules
        sent = request.headers.get(rules.key_header)
        if self.keyed and sent != (KEY if rules.key_header != "Authorization" else f"Bearer {KEY}"):
            return web.json_response({"error": {"code": "401", "message": "Access denied"}}, status=401)
        if dict(request.query) != dict(rules.query):
            return web.json_response({"error": {"code": "404", "message": "Resource not found"}}, status=404)
        base = rules.path.removesuffix("/images/generations")
        if (request.method, request.path) == ("GET", f"{base}/models") and rules.models is not None:
            return web.json_response(rules.models)
        if request.method != "POST" or request.path not in {rules.path, rules.edit_path or rules.path}:
            return web.json_response({"error": {"code": "404", "message": "Resource not found"}}, status=404)
        form = request.content_type == "multipart/form-data"
        edit = form or bool(rules.edit_path and request.path == rules.edit_path)
        body = await (self._form(request) if form else request.json())
        names = rules.pictures.partition(" ")[2].replace("[]", "" if not form else "[]").split(",")
        if edit and not self.pictures and not form:
            assert set(body) & set(names), "an edit without a picture"
        if not form:
            self._take(body, names)
        self.asked.append(body)
        fields = rules.edit_fields if form else rules.fields
        for name, value in body.items():
            if name not in fields or not re.fullmatch(fields[name], str(value)):
                return web.json_response({"error": {"message": f"bad field {name}={value!r}", "code": "x"}}, status=400)
        if body.get("model") != rules.model:
            return web.json_response({"error": {"message": f"no model {body.get('model')}"}}, status=404)
        if self.refusing:
            return web.json_response(rules.refusal[1], status=rules.refusal[0])
        return web.json_response(rules.answer(str(request.url.origin())))

    async def _form(self, request: web.Request) -> dict[str, Any]:
        kind, _, name = self.rules.pictures.partition(" ")
        assert kind == "files", "this server takes no form"
        body: dict[str, Any] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            if part.filename:
                assert part.name == name
                self.pictures.append(bytes(await part.read()))
            else:
                body[part.name or ""] = await part.text()
        return body

    def _take(self, body: dict[str, Any], names: list[str]) -> None:
        """The pictures out of a JSON body, in the form that the rules say."""
        kind, _, written = self.rules.pictures.partition(" ")
        for name in names:
            if name not in body or kind == "files":
                continue
            value = body.pop(name)
            assert isinstance(value, list) or not written.endswith("[]")
            assert (
                not isinstance(value, list)
                or kind == "base64"
                or written in {"image", "image,images"}
                or "[]" in written
            )
            for item in value if isinstance(value, list) else [value]:
                text = item
                if kind == "object":
                    assert set(item) == {"url", "type"}
                    assert item["type"] == "image_url"
                    text = item["url"]
                if kind == "base64":
                    self.pictures.append(base64.b64decode(text, validate=True))
                else:
                    head, _, encoded = text.partition(",")
                    assert re.fullmatch(r"data:image/(png|jpeg|webp);base64", head)
                    self.pictures.append(base64.b64decode(encoded, validate=True))


def recipe(model_id: str, origin: str, folder: Path) -> Model:
    """The entry as the page has it, at the local server."""
    table = next(table for text in SNIPPETS if model_id in (table := tomllib.loads(text).get("models", {})))[model_id]
    parts = urlsplit(table["url"])
    table["url"] = parts._replace(scheme="http", netloc=urlsplit(origin).netloc).geturl()
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    file = folder / "models.toml"
    file.write_text("builtin = false\n[models.mine]\n" + "\n".join(lines), encoding="utf-8")
    return Catalog.load(file, env=dict.fromkeys(re.findall(r"env:(\w+)", json.dumps(table)), KEY))["mine"]


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


async def drawn(maker: Maker, model_id: str, folder: Path, **params: Any) -> tuple[Model, list[Event], str]:
    async with serving(maker) as origin:
        model = recipe(model_id, origin, folder)
        return model, await draw(model.create(), model.request("a fox", **params)), origin


@pytest.mark.parametrize("model_id", RECIPES)
async def test_a_recipe_draws_with_all_that_it_takes(model_id: str, tmp_path: Path) -> None:
    rules = RECIPES[model_id]
    maker = Maker(rules, keyed="env:" in _snippet(model_id))
    can = recipe(model_id, "http://127.0.0.1:1", tmp_path).capabilities
    wanted: dict[str, Any] = {
        "width": 1280, "height": 720, "seed": 7, "negative_prompt": "dogs", "num_inference_steps": 9,
        "guidance_scale": 4.5,
    }  # fmt: skip
    params = {name: value for name, value in wanted.items() if can.takes(name)}
    _, events, origin = await drawn(maker, model_id, tmp_path, **params)
    last = events[-1]
    assert isinstance(last, ImageResponse)
    assert last.url.startswith(("data:image/png;base64,", f"{origin}/"))
    (asked,) = maker.asked
    assert asked["prompt"] == "a fox"
    assert len(asked) >= 2 + len(params) - (1 if "width" in params and "width" not in asked else 0)


@pytest.mark.parametrize("model_id", [name for name, rules in RECIPES.items() if rules.inputs])
async def test_a_recipe_starts_from_pictures_in_their_order(model_id: str, tmp_path: Path) -> None:
    rules = RECIPES[model_id]
    for count in {1, min(rules.inputs, 3)}:
        maker = Maker(rules, keyed="env:" in _snippet(model_id))
        model, events, _ = await drawn(maker, model_id, tmp_path, images=PICTURES[:count])
        assert isinstance(events[-1], ImageResponse)
        assert maker.pictures == list(PICTURES[:count])
        assert model.capabilities.input_images == rules.inputs


@pytest.mark.parametrize("model_id", RECIPES)
async def test_a_recipe_knows_its_servers_refusal(model_id: str, tmp_path: Path) -> None:
    rules = RECIPES[model_id]
    maker = Maker(rules, keyed="env:" in _snippet(model_id), refusing=True)
    with pytest.raises(rules.refused) as caught:
        await drawn(maker, model_id, tmp_path)
    assert KEY not in str(caught.value)
    assert len(maker.asked) == 1


@pytest.mark.parametrize("model_id", RECIPES)
async def test_a_recipe_is_checked_without_drawing(model_id: str, tmp_path: Path) -> None:
    rules = RECIPES[model_id]
    maker = Maker(rules, keyed="env:" in _snippet(model_id))
    async with serving(maker) as origin, clean_session() as session:
        provider = recipe(model_id, origin, tmp_path).create()
        if rules.models is None and urlsplit(provider.url).path == "/v1":
            with pytest.raises((NotThisServer, ProviderError)):
                await provider.check(session)
        else:
            await provider.check(session)
            assert bool(provider.remarks) == (rules.models is None or model_id == "koboldcpp")
        if maker.keyed and rules.models is not None:
            provider.api_key = "wrong"
            with pytest.raises(Unauthorized):
                await provider.check(session)
    assert maker.asked == []


async def test_ollama_draws_no_pictures_any_more(tmp_path: Path) -> None:
    async def ollama(request: web.Request) -> web.StreamResponse:
        if request.path == "/v1/models":
            return web.json_response({"object": "list", "data": [{"id": "llama3"}]})
        return web.Response(text="404 page not found", status=404)

    file = tmp_path / "models.toml"
    async with serving(ollama) as origin:
        file.write_text(f"builtin = false\n[models.mine]\nprovider = 'openai'\nurl = '{origin}'\nmodel = 'z-image'\n")
        model = Catalog.load(file)["mine"]
        with pytest.raises(NotThisServer, match="another server"):
            await draw(model.create(), model.request("a fox"))
    assert "Ollama draws no pictures" in PAGE


async def test_a_set_of_which_one_picture_was_refused(tmp_path: Path) -> None:
    """Ark: single pictures of a set can be errors inside an answer with status 200."""
    error = {"error": {"code": "OutputImageSensitiveContentDetected", "message": "no"}}
    rules = Rules("/api/v3/images/generations", RECIPES["seedream"].fields, "seedream-4-5-251128",
                  lambda origin: {"data": [error, {"url": f"{origin}/2.png"}]})  # fmt: skip
    _, events, origin = await drawn(Maker(rules, keyed=True), "seedream", tmp_path)
    assert events[-1] == ImageResponse([f"{origin}/2.png"], "a fox")


@pytest.mark.parametrize(
    ("model_id", "ratio", "field_name", "sent"),
    [
        ("grok", "16:9", "aspect_ratio", "16:9"),
        ("grok", "4:5", "aspect_ratio", "3:4"),
        ("seedream", "16:9", "size", "2560x1440"),
        ("cogview", "16:9", "size", "1280x720"),
        ("litellm", "16:9", "size", "1536x864"),
        ("litellm", "1:1", "size", "1024x1024"),
    ],
)
async def test_ratios_are_true(model_id: str, ratio: str, field_name: str, sent: str, tmp_path: Path) -> None:
    maker = Maker(RECIPES[model_id], keyed=True)
    await drawn(maker, model_id, tmp_path, aspect_ratio=ratio)
    assert maker.asked[0][field_name] == sent


def _snippet(model_id: str) -> str:
    table = next(table for text in SNIPPETS if model_id in (table := tomllib.loads(text).get("models", {})))[model_id]
    return json.dumps(table)
