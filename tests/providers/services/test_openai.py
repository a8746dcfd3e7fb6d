"""The OpenAI Images shape against a local server that refuses what a model does not take."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image

from providers import (
    BadAnswer,
    Catalog,
    CatalogError,
    ContentRejected,
    DeadlineExceeded,
    ImagePreview,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    OpenAIImages,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Reasoning,
    Unauthorized,
    Unavailable,
)
from providers.catalog.model import Model
from tests.providers.drawing import clean_session, draw
from tests.providers.services.openai_server import KEY, OpenAIServer, refuse
from tests.providers.serving import picture_bytes, serving

GPT = "model = 'gpt-image-1.5'"
TOGETHER = """
model = 'flux'
[models.mine.parameters]
width = 'width'
height = 'height'
num_inference_steps = 'steps'
seed = 'seed'
negative_prompt = 'negative_prompt'
n = 'n'
image = 'image_url'
"""


def entry(tmp_path: Path, url: str, text: str = GPT, key: str = KEY) -> Model:
    file = tmp_path / "models.toml"
    file.write_text(f"builtin = false\n[models.mine]\nprovider = 'openai'\nurl = '{url}'\napi_key = '{key}'\n{text}")
    return Catalog.load(file)["mine"]


async def drawn(tmp_path: Path, server: Any, text: str = GPT, key: str = KEY, /, **params: Any) -> list[Any]:
    async with serving(server) as url:
        model = entry(tmp_path, url, text, key)
        return await draw(model.create(), model.request("a fox", **params))


async def checked(tmp_path: Path, server: Any, text: str = GPT, key: str = KEY, path: str = "") -> tuple[str, ...]:
    """What a check remarks."""
    async with serving(server) as url, clean_session() as session:
        provider = entry(tmp_path, url + path, text, key).create()
        await provider.check(session)
        return provider.remarks


# -- what is sent ------------------------------------------------------------------------------------------------


async def test_partial_pictures_are_previews(tmp_path: Path) -> None:
    server = OpenAIServer()
    *events, response = await drawn(tmp_path, server, f"{GPT}\npartial_images = 2", width=1024, height=1024)
    assert [type(event) for event in events] == [Reasoning, ImagePreview, ImagePreview]
    assert isinstance(response, ImageResponse)
    assert response.url.startswith("data:image/jpeg;base64,")
    assert server.asked == [
        {"prompt": "a fox", "model": "gpt-image-1.5", "size": "1024x1024", "stream": True, "partial_images": 2}
    ]


async def test_without_previews_and_with_fields_of_ones_own(tmp_path: Path) -> None:
    server = OpenAIServer()
    text = f"{GPT}\npartial_images = 0\nextra = {{ quality = 'low', moderation = 'low' }}"
    events = await drawn(tmp_path, server, text, n=3)
    assert len(events[-1].images) == 3
    assert events[-1].alt == "A red fox, oil"
    assert server.asked == [
        {"prompt": "a fox", "model": "gpt-image-1.5", "n": 3, "quality": "low", "moderation": "low"}
    ]


async def test_a_picture_is_edited(tmp_path: Path) -> None:
    server = OpenAIServer()
    events = await drawn(tmp_path, server, image=picture_bytes("JPEG"))
    assert isinstance(events[-1], ImageResponse)
    assert server.pictures == [picture_bytes("JPEG")]
    assert server.asked[0]["image[]"] == "picture.jpeg"
    with pytest.raises(InvalidParameter, match="no PNG"):
        await drawn(tmp_path, server, image=b"GARBAGE")


@pytest.mark.parametrize(
    ("model", "size", "sent"),
    [
        ("gpt-image-1.5", {"aspect_ratio": "16:9"}, "1536x1024"),
        ("gpt-image-1.5", {"aspect_ratio": "9:16"}, "1024x1536"),
        ("gpt-image-1.5", {"width": 700}, "1024x1024"),
        ("gpt-image-1.5", {}, None),
        ("gpt-image-2", {"aspect_ratio": "16:9"}, "1536x864"),
        ("gpt-image-2", {"width": 4000, "height": 4000}, "1920x1920"),
        ("dall-e-3", {"aspect_ratio": "21:9"}, "1792x1024"),
        ("dall-e-2", {"width": 300, "height": 300}, "256x256"),
    ],
)
async def test_sizes_are_those_of_the_model(tmp_path: Path, model: str, size: Any, sent: str | None) -> None:
    server = OpenAIServer()
    await drawn(tmp_path, server, f"model = '{model}'", **size)
    assert server.asked[0].get("size") == sent


async def test_what_a_model_does_not_take_is_said_and_not_sent(tmp_path: Path) -> None:
    server = OpenAIServer()
    first, *_, last = await drawn(tmp_path, server, "model = 'dall-e-3'", n=2, seed=7, image=picture_bytes())
    assert first == Reasoning("OpenAI Images does not take: seed, image, n")
    assert isinstance(last, ImageResponse)
    assert server.asked == [{"prompt": "a fox", "model": "dall-e-3", "response_format": "b64_json"}]


async def test_a_compatible_server_gets_what_the_catalogue_says(tmp_path: Path) -> None:
    taken = {"prompt", "model", "width", "height", "steps", "seed", "negative_prompt", "n", "image_url"}
    server = OpenAIServer(compatible={*taken, "response_format"})
    text = TOGETHER.replace("[models", "extra = { response_format = '' }\n[models", 1)
    params = {"width": 512, "height": 640, "num_inference_steps": 4, "seed": 9, "negative_prompt": "dogs"}
    await drawn(tmp_path, server, text, **params, n=2, image=picture_bytes())
    (asked,) = server.asked
    assert asked.pop("image_url").startswith("data:image/png;base64,")
    assert asked == {"prompt": "a fox", "model": "flux", "width": 512, "height": 640, "steps": 4, "seed": 9,
                     "negative_prompt": "dogs", "n": 2}  # fmt: skip


async def test_a_server_that_wants_ratios(tmp_path: Path) -> None:
    server = OpenAIServer(compatible={"prompt", "model", "aspect_ratio", "response_format"})
    await drawn(tmp_path, server, "model = 'flux'\nparameters = { aspect_ratio = 'aspect_ratio' }", aspect_ratio="21:9")
    assert server.asked[0]["aspect_ratio"] == "2:1"


def test_capabilities_follow_from_the_model_and_the_catalogue(tmp_path: Path) -> None:
    def can(text: str) -> tuple[set[str], int, bool]:
        found = entry(tmp_path, "http://x", text).capabilities
        return set(found.parameters), found.images, found.previews

    assert can(GPT) == ({"width", "height", "image", "mask"}, 10, False)
    assert can(f"{GPT}\npartial_images = 1") == ({"width", "height", "image", "mask"}, 10, True)
    assert can("model = 'openai/gpt-image-2'") == ({"width", "height", "image", "mask"}, 10, False)
    assert can("model = 'dall-e-3'") == ({"width", "height"}, 1, False)
    assert can("model = 'flux'") == ({"width", "height"}, 10, False)
    more = {"width", "height", "num_inference_steps", "seed", "negative_prompt", "image"}
    assert can(TOGETHER) == (more, 10, False)
    assert can("parameters = { seed = 'seed' }") == ({"seed"}, 1, False)
    assert OpenAIImages.capabilities_of(None).previews  # at OpenAI itself


@pytest.mark.parametrize("path", ["", "/v1", "/v1/"])
async def test_the_url_is_with_or_without_the_version(tmp_path: Path, path: str) -> None:
    await checked(tmp_path, OpenAIServer(), path=path)
    server = OpenAIServer()
    async with serving(server) as url:
        model = entry(tmp_path, url + path)
        await draw(model.create(), model.request("a fox"))
    assert len(server.asked) == 1


async def test_pictures_by_url_are_passed_on(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"data": [{"url": "https://pictures.example/1.png"}, {"url": ""}, 7]})

    events = await drawn(tmp_path, handler)
    assert events[-1] == ImageResponse(["https://pictures.example/1.png"], "a fox")


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refuse(429, "insufficient_quota", "You exceeded your current quota"), PaymentRequired),
        (refuse(400, "billing_hard_limit_reached", "Billing hard limit"), PaymentRequired),
        (refuse(400, None, "Billing", kind="billing_limit_user_error"), PaymentRequired),
        (refuse(400, "moderation_blocked", "safety system"), ContentRejected),
        (refuse(400, "content_policy_violation", "policy"), ContentRejected),
        (refuse(429, "rate_limit_exceeded", "slow down"), QuotaExceeded),
        (refuse(400, "invalid_value", "no", "size"), InvalidParameter),
        (refuse(403, None, "Your organization must be verified"), Unauthorized),
        (refuse(500, None, "oops", kind="server_error"), Unavailable),
        (refuse(404, "not_there", "The model does not exist", "model"), ModelNotFound),
        (refuse(400, "400", "litellm.ContentPolicyViolationError: OpenAIException - rejected"), ContentRejected),
        (refuse(400, "400", "/images: Invalid model name passed in model=gpt-9. Call `/v1/models`"), ModelNotFound),
        (refuse(400, "400", "litellm.AuthenticationError: Incorrect API key provided"), Unauthorized),
        (refuse(400, "400", "No connected db.", kind="no_db_connection"), Unauthorized),
        (refuse(400, "400", "ExceededBudget: budget has been exceeded", kind="budget_exceeded"), PaymentRequired),
        (refuse(429, "credit_balance_exhausted", "no"), PaymentRequired),
        (refuse(400, "1301", "sensitive"), ContentRejected),
    ],
)
async def test_refusals_by_code_type_and_param(tmp_path: Path, said: web.Response, kind: type[ProviderError]) -> None:
    body, status = said.body, said.status

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers={"Retry-After": "9"})

    with pytest.raises(ProviderError) as caught:
        await drawn(tmp_path, handler)
    assert type(caught.value) is kind
    if kind is QuotaExceeded:
        assert vars(caught.value)["retry_after"] == 9


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="gpt-9"):
        await drawn(tmp_path, OpenAIServer(), "model = 'gpt-9'")
    for attempt in (drawn, checked):
        with pytest.raises(Unauthorized) as caught:
            await attempt(tmp_path, OpenAIServer(), GPT, "sk-sesame")
        assert "sesame" not in str(caught.value)

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.json_response({"detail": "Not Found"}, status=404)

        with pytest.raises(NotThisServer):
            await attempt(tmp_path, stranger)


async def test_a_refusal_in_the_middle_of_the_stream(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        error = {"type": "error", "error": {"code": "moderation_blocked", "message": "no"}}
        return web.Response(text=f"event: error\ndata: {json.dumps(error)}\n\n", content_type="text/event-stream")

    with pytest.raises(ContentRejected):
        await drawn(tmp_path, handler)


async def test_a_stream_cut_short_and_a_server_that_does_not_stream(tmp_path: Path) -> None:
    server = OpenAIServer()
    server.ends = False
    with pytest.raises(Unavailable, match="before the picture"):
        await drawn(tmp_path, server, f"{GPT}\npartial_images = 2")
    server = OpenAIServer(compatible={"prompt", "model", "response_format", "size"})
    assert isinstance((await drawn(tmp_path, server, "model = 'flux'"))[-1], ImageResponse)


# -- hostile answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"data": []}', ContentRejected),
        ("{}", NoPicture),
        ('{"data": [{}]}', ContentRejected),
        ('{"data": [{"b64_json": ""}]}', NoPicture),
        ('{"data": [{"url": "http://x/y.png", "respect_moderation": false}]}', ContentRejected),
        ('{"data": [{"error": {"code": "OutputImageSensitiveContentDetected", "message": "no"}}]}', ContentRejected),
        ('{"data": [], "content_filter": [{"role": "user", "level": 0}]}', ContentRejected),
        ('{"request_id": "1", "code": "DataInspectionFailed", "message": "no"}', ContentRejected),
        ('{"request_id": "1", "code": "Throttling.RateQuota", "message": "slowly"}', QuotaExceeded),
        ('{"data": null}', NoPicture),
        ('{"data": [{"b64_json": 7}]}', BadAnswer),
        ('{"data": [{"b64_json": {"x": 1}}]}', BadAnswer),
        ('{"data": "what"}', BadAnswer),
        ("[]", BadAnswer),
        ("<html>hello</html>", BadAnswer),
        ("", BadAnswer),
        ('{"error": {"code": "content_policy_violation", "message": "no"}}', ContentRejected),
        ('{"error": "what"}', InvalidParameter),
    ],
)
async def test_hostile_answers(tmp_path: Path, body: str, kind: type[ProviderError]) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    with pytest.raises(ProviderError) as caught:
        await drawn(tmp_path, handler)
    assert type(caught.value) is kind


@pytest.mark.parametrize("data", ["[]", "7", "null", "{", '{"type": "image_generation.completed"}',
                                  '{"type": "image_generation.completed", "b64_json": []}',
                                  '{"type": "image_generation.partial_image", "b64_json": 7}'])  # fmt: skip
async def test_hostile_events(tmp_path: Path, data: str) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f"data: {data}\n\n", content_type="text/event-stream")

    with pytest.raises((BadAnswer, Unavailable)):
        await drawn(tmp_path, handler)


async def test_base64_that_is_no_picture_is_found_out_by_decoding(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"data": [{"b64_json": "aGVsbG8="}, {"b64_json": "no base64!"}]})

    async with serving(handler) as url, aiohttp.ClientSession() as session:
        model = entry(tmp_path, url)
        provider = model.create()
        events = [event async for event in provider.generate(model.request("a fox"), session)]
        assert isinstance(events[-1], ImageResponse)
        for image in events[-1].images:
            with pytest.raises(BadAnswer):
                await provider.fetch(image, session)


async def test_a_server_that_does_not_answer_ends_with_the_deadline(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while True:
            await response.write(b": ping\n\n")
            await asyncio.sleep(0.02)

    with pytest.raises(DeadlineExceeded):
        await drawn(tmp_path, handler, f"{GPT}\ntimeout = 0.1")


@pytest.mark.parametrize("body", ["<html>", "{}", '{"data": {}}', "7"])
async def test_a_check_knows_a_stranger(tmp_path: Path, body: str) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(text=body)

    with pytest.raises(NotThisServer):
        await checked(tmp_path, handler)


def test_only_free_servers_are_looked_at_now_and_then(tmp_path: Path) -> None:
    assert not entry(tmp_path, "http://x").light_check
    file = tmp_path / "models.toml"
    file.write_text("builtin = false\n[models.local]\nprovider = 'openai'\nurl = 'http://127.0.0.1:8080'\n")
    assert Catalog.load(file)["local"].light_check


# -- what only some servers do -----------------------------------------------------------------------------------


async def test_a_model_that_the_list_does_not_name_is_a_remark(tmp_path: Path) -> None:
    assert await checked(tmp_path, OpenAIServer()) == ()
    (remark,) = await checked(tmp_path, OpenAIServer(), "model = 'my-alias'")
    assert "'my-alias'" in remark

    async def nothing(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": {"code": "404", "message": "Resource not found"}}, status=404)

    (remark,) = await checked(tmp_path, nothing, path="/openai/deployments/mine?api-version=1")
    assert "no list of models" in remark


class Picky:
    """A server that refuses fields in the words of LiteLLM, FastAPI or OpenAI, before it draws."""

    def __init__(self, unknown: dict[str, web.Response]) -> None:
        self.unknown = {name: (said.status, said.body) for name, said in unknown.items()}
        self.asked: list[dict[str, Any]] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        for name, (status, said) in self.unknown.items():
            if name in body:
                return web.Response(body=said, status=status, content_type="application/json")
        return web.json_response({"data": [{"url": "https://pictures.example/1.png"}]})


LITELLM = "litellm.UnsupportedParamsError: gpt-x does not support parameters: ['response_format'], for model=gpt-x"


async def test_a_field_that_a_400_names_is_left_out(tmp_path: Path) -> None:
    loc = {"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted", "type": "extra_forbidden"}]}
    server = Picky({
        "response_format": refuse(400, "400", LITELLM),
        "seed": web.json_response(loc, status=422),
    })  # fmt: skip
    text = "model = 'alias'\nparameters = { seed = 'seed', size = 'size' }"
    async with serving(server) as url:
        model = entry(tmp_path, url, text)
        await draw(model.create(), model.request("a fox", seed=7, width=512))
        events = await draw(model.create(), model.request("a fox", seed=7, width=512))
    told = [event for event in events if isinstance(event, Reasoning) and event.untaken]
    assert told == []  # the second draw knows it already
    assert [set(body) for body in server.asked] == [
        {"prompt", "model", "size", "seed", "response_format"},
        {"prompt", "model", "size", "seed"},
        {"prompt", "model", "size"},
        {"prompt", "model", "size"},
    ]


async def test_what_was_asked_for_and_left_out_is_told(tmp_path: Path) -> None:
    server = Picky({"seed": refuse(400, "unknown_parameter", "Unknown parameter: 'seed'.", "seed")})
    events = await drawn(tmp_path, server, "parameters = { seed = 'seed' }", seed=7)
    assert ("seed",) in [event.untaken for event in events if isinstance(event, Reasoning)]


async def test_a_wrong_value_is_refused_and_not_left_out(tmp_path: Path) -> None:
    server = Picky({"size": refuse(400, "invalid_value", "Invalid value: 'size' must be 1024x1024.", "size")})
    with pytest.raises(InvalidParameter):
        await drawn(tmp_path, server, "model = 'x'", width=512)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("told", "fetched"),
    [
        ("/generated-images/1.png", "{origin}/generated-images/1.png"),
        ("1.png", "{origin}/v1/images/1.png"),
        ("http://localhost:{port}/generated-images/1.png", "{origin}/generated-images/1.png"),
        ("http://localai:{port}/v1/images/7/content?x=1", "{origin}/v1/images/7/content?x=1"),
        ("http://10.1.2.3:9000/1.png", "http://10.1.2.3:9000/1.png"),  # another server of that network
        ("https://pictures.example/1.png", "https://pictures.example/1.png"),
        ("data:image/png;base64,aGk=", "data:image/png;base64,aGk="),
    ],
)
async def test_addresses_of_the_configured_servers_own_pictures(tmp_path: Path, told: str, fetched: str) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"data": [{"url": told.format(port=request.url.port)}]})

    async with serving(handler) as url:
        model = entry(tmp_path, url)
        (*_, last) = await draw(model.create(), model.request("a fox"))
        assert isinstance(last, ImageResponse)
        assert last.url == fetched.format(origin=url)


async def test_several_pictures_and_a_mask_go_as_files_in_order(tmp_path: Path) -> None:
    server = OpenAIServer()
    pictures = [picture_bytes("JPEG", color="red"), picture_bytes(color="green"), picture_bytes("WEBP", color="blue")]
    mask = io.BytesIO()
    half = Image.new("L", (64, 48), 0)  # twice the picture's size
    half.paste(255, (0, 0, 32, 48))
    half.save(mask, "PNG")
    await drawn(tmp_path, server, GPT, images=tuple(pictures), mask=mask.getvalue())
    assert server.pictures[:3] == pictures
    with Image.open(io.BytesIO(server.pictures[3])) as sent:
        assert (sent.mode, sent.size) == ("RGBA", (32, 24))
        assert sent.getpixel((4, 4)) == (0, 0, 0, 0)  # white was to change: transparent there
        assert sent.getpixel((28, 4)) == (0, 0, 0, 255)
    assert server.asked[0]["mask"] == "mask.png"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("path = 'images'", "path"), ("picture_form = 'pigeon'", "file, data-url"), ("key_header = 'a b'", "key_header")],
)
def test_mistakes_in_keys_of_its_own(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(CatalogError, match=wrong):
        entry(tmp_path, "http://x", text)


async def test_arguments_of_a_server_do_not_come_from_a_prompt(tmp_path: Path) -> None:
    server = OpenAIServer()
    async with serving(server) as url:
        model = entry(tmp_path, url)
        await draw(model.create(), model.request("a <sd_cpp_extra_args>{}</sd_cpp_extra_args> fox"))
    assert "sd_cpp" not in server.asked[0]["prompt"]
