"""Back-ends that answer nearly as they should: nothing but our own errors comes out, in bounded time and memory.

Each provider draws against a local server that speaks its documented protocol, with one answer of it mutated: a value
replaced by a hostile one, left out, or the whole body torn. What only reads answers is fed without a server as well.
"""

import asyncio
import copy
import json
import tracemalloc
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers import BadAnswer, ImageResponse, NoPicture, ProviderError, bounds
from providers.base import Provider
from providers.catalog.registry import provider_class
from providers.engines.bodies import parse_json
from providers.engines.gradio.config import parse_config
from providers.engines.gradio.errors import failure
from providers.engines.gradio.event_readers import CallReader, QueueReader
from providers.engines.gradio.files import pictures
from providers.engines.gradio.job import Job
from providers.engines.gradio.messages import Completed, Partial
from providers.engines.http import WebProvider
from providers.engines.refusals import Refused
from providers.engines.sse import ServerSentEvent, SseDecoder
from providers.request import ImageRequest
from providers.servers.automatic1111 import find_checkpoint, find_scripts, find_upscaler
from providers.services.horde import find_model
from providers.services.schema_arguments import InputSchema, arguments
from providers.spaces.gradio_mapping import choose
from tests.providers.drawing import draw
from tests.providers.serving import serving

BASE64 = "iVBORw0KGgo="
FILE = {"path": "/tmp/x.png", "url": "http://here/file=/tmp/x.png", "mime_type": "image/png", "orig_name": "x.png"}
COMFY_FILE = {"filename": "x.png", "subfolder": "", "type": "output"}
SPACE = {
    "version": "6.31.0",
    "api_prefix": "/gradio_api",
    "components": [{"id": 1, "type": "textbox", "props": {"label": "Prompt", "value": ""}},
                   {"id": 2, "type": "slider", "props": {"minimum": 0, "maximum": 9, "step": 1, "value": 1}}],
    "dependencies": [{"id": 0, "api_name": "infer", "targets": [[3, "click"]], "inputs": [1, 2], "types": {}}],
}  # fmt: skip
INFO = {"named_endpoints": {"/infer": {"parameters": [
    {"parameter_name": "prompt", "component": "Textbox", "type": {"type": "string"}},
    {"parameter_name": "seed", "component": "Slider", "parameter_has_default": True, "parameter_default": 1}],
    "returns": [{"component": "Image", "label": "Result", "type": {"type": "string"}}]}}}  # fmt: skip
PROGRESS = {
    "msg": "progress",
    "event_id": "e1",
    "progress_data": [{"index": 1, "length": 4, "unit": "steps", "desc": "x"}],
}
QUEUE = [
    {"msg": "estimation", "event_id": "e1", "rank": 1, "queue_size": 2, "rank_eta": 3.5},
    {"msg": "process_starts", "event_id": "e1", "eta": 1.0},
    PROGRESS,
    {"msg": "log", "event_id": "e1", "log": "hi"},
    {"msg": "process_generating", "event_id": "e1", "output": {"data": [FILE]}, "success": True},
    {"msg": "process_generating", "event_id": "e1", "output": {"data": [[["replace", ["url"], "http://here/file=b"]]]},
     "success": True},
    {"msg": "process_completed", "event_id": "e1", "output": {"data": [FILE]}, "success": True},
]  # fmt: skip

# By provider: "METHOD path-prefix" -> its documented answer; a list under SSE is a stream of messages.
SCRIPTS: dict[str, dict[str, Any]] = {
    "ImageLabs": {
        "POST /txt2img": {"task_id": "abc"},
        "POST /progress": {"status": "Done", "final_image_url": "/x.png"},
    },
    "bfl": {
        "POST /v1/": {"id": "1", "polling_url": "$ORIGIN/get?id=1"},
        "GET /get": {"id": "1", "status": "Ready", "result": {"sample": "https://x/y.png"}, "progress": 0.5},
    },
    "horde": {
        "POST /api": {"id": "a-b", "kudos": 1.0},
        "GET /api/v2/generate/check": {"done": True, "faulted": False, "wait_time": 1, "queue_position": 1,
                                       "waiting": 1,
                                       "processing": 0, "finished": 0, "is_possible": True},
        "GET /api/v2/generate/status": {"generations": [{"img": "https://x/y.webp", "censored": False,
                                                         "gen_metadata": [{"type": "information", "value": "x"}]}]},
        "DELETE /api": {},
    },
    "openai": {"POST /": {"created": 1, "data": [{"b64_json": BASE64, "revised_prompt": "a fox"}], "usage": {}}},
    "stability": {"POST /": {"image": BASE64, "finish_reason": "SUCCESS", "seed": 1}},
    "pollinations": {"GET /": {"error": {"code": "x", "message": "no"}}},
    "automatic1111": {
        "POST /sdapi/v1/txt2img": {"images": [BASE64], "parameters": {}, "info": "{}"},
        "GET /sdapi/v1/progress": {"progress": 0.5, "eta_relative": 1.0, "current_image": BASE64, "textinfo": "x",
                                   "state": {"sampling_step": 1, "sampling_steps": 4}},
        "GET /sdapi/v1/sd-models": [{"title": "a.safetensors [1]", "model_name": "a", "filename": "a"}],
        "POST /sdapi/v1/interrupt": {},
    },
    "comfyui": {
        "POST /prompt": {"prompt_id": "p1", "number": 1, "node_errors": {}},
        "GET /history": {"p1": {"status": {"status_str": "success", "completed": True, "messages": [["x", {}]]},
                               "outputs": {"9": {"images": [COMFY_FILE]}}}},
        "GET /queue": {"queue_running": [[0, "p1", {}, {}, []]], "queue_pending": [[1, "p2", {}, {}, []]]},
        "POST /queue": {},
    },
    "gemini": {
        "POST /v1beta": {
            "candidates": [{"content": {"role": "model", "parts": [
                {"text": "a fox"}, {"inlineData": {"mimeType": "image/png", "data": BASE64}}]},
                "finishReason": "STOP", "finishMessage": "x"}],
            "promptFeedback": {"safetyRatings": []}, "usageMetadata": {"totalTokenCount": 7},
        },
    },
    "openrouter": {
        "GET /api/v1/images/models": {"data": [{"id": "a/b", "supports_streaming": False, "supported_parameters": {
            "aspect_ratio": {"type": "enum", "values": ["1:1", "16:9"]}, "n": {"type": "range", "min": 1, "max": 4},
            "seed": {"type": "boolean"}}, "architecture": {"input_modalities": ["text", "image"]}}]},
        "POST /api/v1/images": {"created": 1, "data": [{"b64_json": BASE64, "media_type": "image/png"}], "usage": {}},
    },
    "fal": {
        "GET /api/openapi": {"paths": {"/a/b": {"post": {"requestBody": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Input"}}}}}}},
            "components": {"schemas": {"Input": {"type": "object", "properties": {
                "prompt": {"type": "string"}, "seed": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                "image_size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"enum": ["square_hd"]}]}}},
                "Size": {"type": "object", "properties": {"width": {"type": "integer", "maximum": 9999}}}}}},
        "POST /": {"request_id": "r", "status_url": "$ORIGIN/a/requests/r/status",
                   "response_url": "$ORIGIN/a/requests/r", "cancel_url": "$ORIGIN/a/requests/r/cancel"},
        "GET /a/requests/r/status": {"status": "COMPLETED", "queue_position": 1, "logs": [{"message": "50%|##"}],
                                     "metrics": {"inference_time": 1.0}},
        "GET /a/requests/r": {"images": [{"url": "https://x/y.png", "content_type": "image/png", "width": 9}],
                              "seed": 7, "has_nsfw_concepts": [False]},
        "PUT /a": {},
    },
    "replicate": {
        "GET /v1/models": {"name": "a/b", "is_official": True, "latest_version": {"id": "v1", "openapi_schema": {
            "components": {"schemas": {"Input": {"type": "object", "properties": {
                "prompt": {"type": "string"}, "aspect_ratio": {"allOf": [{"$ref": "#/components/schemas/ratio"}]}}},
                "ratio": {"type": "string", "enum": ["1:1", "16:9"]}}}}}},
        "POST /v1": {"id": "abcdefghijklmnopqrstuvwxyz", "status": "starting", "urls": {"get": "x"}},
        "GET /v1/predictions": {"id": "abcdefghijklmnopqrstuvwxyz", "status": "succeeded", "output": ["https://x/y.png"],
                                "error": None, "logs": "50%|#", "metrics": {"predict_time": 1.0}},
    },
    "runpod": {
        "POST /run": {"id": "abcd-1", "status": "IN_QUEUE"},
        "GET /status": {"id": "abcd-1", "status": "COMPLETED", "error": None, "delayTime": 1, "output": {
            "images": [{"filename": "a.png", "type": "s3_url", "data": "https://x/y.png"}], "errors": ["x"]}},
        "POST /cancel": {},
    },
    "StabilityAI_SD35Large": {
        "GET /config": SPACE,
        "POST /gradio_api/call/infer": {"event_id": "e1"},
        "GET /gradio_api/call/infer": [("generating", [FILE]), ("complete", [FILE, 7])],
        "POST /gradio_api/cancel": {},
    },
    "BlackForestLabs_Flux1Dev": {
        "GET /config": SPACE,
        "POST /gradio_api/queue/join": {"event_id": "e1"},
        "GET /gradio_api/queue/data": [("", message) for message in QUEUE],
        "POST /gradio_api/cancel": {},
    },
    "gradio": {
        "GET /config": SPACE,
        "GET /gradio_api/info": INFO,
        "POST /gradio_api/queue/join": {"event_id": "e1"},
        "GET /gradio_api/queue/data": [("", message) for message in QUEUE],
        "POST /gradio_api/cancel": {},
    },
    "G4F": {
        "GET /config": {**SPACE, "dependencies": [{"id": 3, "api_name": "predict", "targets": [[10, "click"]],
                                                   "inputs": [1, 2], "types": {}}]},
        "POST /gradio_api/run/predict": {"data": [FILE], "is_generating": False, "duration": 1.0},
    },
}  # fmt: skip
OPTIONS: Mapping[str, dict[str, Any]] = {
    "G4F": {"model": "flux-schnell"},
    "comfyui": {"model": "a.safetensors"},
    "automatic1111": {"model": "a"},
    "openrouter": {"model": "a/b"},
    "fal": {"model": "a/b"},
    "replicate": {"model": "a/b"},
    "runpod": {"model": "a.safetensors"},
}

# Raw JSON, as no encoder of ours would write it.
RAW = {"@huge@": "1" * 400, "@inf@": "1e999", "@nan@": "NaN", "@minus@": "-" + "9" * 5000}
HOSTILE: list[Any] = [
    None, True, 0, -1, 1.5, 2**63, 2**200, *RAW, "", "²", "\ud800", "\x1b[2J\x07\u202e", "x" * 5000, "'" * 20_000,
    "<" * 20_000, "http://[", "data:", "data:image/png;base64,", "//", "../../etc", "http://user:pw@x/", "a b",
    [], {}, [[]], [{}], {"error": {"message": ["x", {"msg": 1}]}}, {"detail": [{"msg": "x"}]}, [None] * 500,
    json.loads("[" * 200 + "]" * 200), "CUDA out of memory", {"": ""}, ["a", 1, None], "e1", "Ready", "Done",
]  # fmt: skip
HEADERS = [{}, {"Retry-After": "9" * 400}, {"Retry-After": "²"}, {"Content-Type": "text/event-stream"},
           {"Content-Type": "image/png"}, {"Location": "http://127.0.0.1:1/"}]  # fmt: skip


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document."""
    found = [at]
    if isinstance(value, dict):
        found += [path for key in value for path in paths(value[key], (*at, key))]
    if isinstance(value, list | tuple):
        found += [path for key in range(len(value)) for path in paths(value[key], (*at, key))]
    return found


def replaced(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    new = list(document) if isinstance(document, tuple) else copy.copy(document)
    new[path[0]] = replaced(document[path[0]], path[1:], value)
    return new


@st.composite
def mutated(draw_from: st.DrawFn, document: Any) -> Any:
    """A document with one to three of its values replaced."""
    for _ in range(draw_from(st.integers(1, 3))):
        path = draw_from(st.sampled_from(paths(document)))
        document = replaced(document, path, draw_from(st.sampled_from(HOSTILE)))
    return document


def encoded(document: Any) -> bytes:
    text = json.dumps(document)
    for mark, raw in RAW.items():
        text = text.replace(f'"{mark}"', raw)
    return text.encode()


def body(answer: Any) -> tuple[bytes, str]:
    """An answer as it is sent, and its type; a list of pairs is a stream of events."""
    if isinstance(answer, list) and answer and isinstance(answer[0], tuple | list) and len(answer[0]) == 2:
        events = [each for each in answer if isinstance(each, tuple | list) and len(each) == 2]
        lines = [
            b"event: %s\ndata: %s\n\n" % (str(name).encode("utf-8", "replace"), encoded(data)) for name, data in events
        ]
        return b"".join(lines), "text/event-stream"
    return encoded(answer), "application/json"


async def survived(
    name: str, answers: Mapping[str, Any], torn: Callable[[bytes], bytes], **about: Any
) -> ProviderError | None:
    """A draw against such a server ends with a picture (None) or with an error of ours."""

    async def handler(request: web.Request) -> web.StreamResponse:
        routes = [route for route in answers if f"{request.method} {request.path}".startswith(route)]
        if not routes:
            return web.Response(status=404)
        sent, kind = body(answers[max(routes, key=len)])
        sent = sent.replace(b"$ORIGIN", str(request.url.origin()).encode())
        headers = {"Content-Type": kind, **(about["headers"] if request.method == "POST" else {})}
        return web.Response(body=torn(sent), status=about["status"], headers=headers)

    async with serving(handler) as url:
        kind = provider_class(name)
        timeout = about.get("timeout", 0.3)
        provider: Provider = kind(url=url, api_key="a-key", timeout=timeout, poll_interval=0.01)
        provider.queue_timeout = timeout
        provider.model = model = OPTIONS.get(name, {}).get("model")
        failed: ProviderError | None = None
        try:
            events = await draw(provider, ImageRequest("a fox", seed=1, model=model))
        except ProviderError as error:
            failed = error
        else:
            assert isinstance(events[-1], ImageResponse)
        assert failed is None or (len(str(failed)) < 1500 and str(failed).isprintable())
        return failed


@pytest.mark.parametrize("name", SCRIPTS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_provider_survives_what_it_is_answered(name: str, data: st.DataObject) -> None:
    answers = dict(SCRIPTS[name])
    route = data.draw(st.sampled_from(list(answers)))
    answers[route] = data.draw(mutated(answers[route]))
    status = data.draw(st.sampled_from([200, 200, 200, 200, 202, 302, 400, 401, 403, 404, 422, 429, 500, 503]))
    headers = data.draw(st.sampled_from([{}, {}, {}, *HEADERS]))
    cut = data.draw(st.sampled_from([None, None, None, 0, 1, 7, 40]))
    asyncio.run(survived(name, answers, lambda sent: sent[:cut], status=status, headers=headers))


# One of each kind: no text, no number, unhashable, without a place in a URL, unprintable, too large.
KINDS: list[Any] = [None, True, [], {}, ["a", 1, None], "\ud800", "\x1b[2J\x07\u202e", 2**200]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_provider_survives_each_value_in_each_place(name: str) -> None:
    for route, answer in SCRIPTS[name].items():
        for path in paths(answer):
            for value in KINDS:
                answers = {**SCRIPTS[name], route: replaced(answer, path, value)}
                asyncio.run(survived(name, answers, bytes, status=200, headers={}))


@pytest.mark.parametrize("name", SCRIPTS)
def test_unmutated_they_draw(name: str) -> None:
    """So the scripts are what a provider understands; the two that want a picture's bytes say what they got."""
    failed = asyncio.run(survived(name, SCRIPTS[name], bytes, status=200, headers={}, timeout=30))
    assert failed is None or (name in {"stability", "pollinations"} and isinstance(failed, BadAnswer | NoPicture))


# -- without a server --------------------------------------------------------------------------------------------------

# Every field that one of the providers looks for in a refusal.
REFUSED: dict[str, Any] = {
    "status": "Error",
    "error": {"message": "x", "code": "y", "type": "z", "param": "size", "metadata": {"raw": "x", "error_type": "y"}},
    "error_type": "y",
    "detail": [{"type": "y", "msg": "x", "loc": ["body", "size"]}],
    "details": "x",
    "title": "x",
    "name": "bad_request",
    "code": "y",
    "errors": ["x"],
    "message": "x",
    "rc": "y",
    "node_errors": {
        "3": {"class_type": "K", "errors": [{"type": "value_not_in_list", "message": "x", "details": "y"}]}
    },
}


@pytest.mark.parametrize("name", [name for name in SCRIPTS if issubclass(provider_class(name), WebProvider)])
def test_any_refusal_is_an_error_of_ours(name: str) -> None:
    """Each field with each hostile value."""
    provider = provider_class(name)(url="http://here", api_key="a-key")
    provider.model = OPTIONS.get(name, {}).get("model")
    assert isinstance(provider, WebProvider)
    for path in paths(REFUSED):
        for value in HOSTILE:
            document = encoded(replaced(REFUSED, path, value))
            for status in (400, 403, 404, 422, 503):
                error = provider.refusal(Refused.read(status, document, {}))
                assert len(str(error)) < 1500


PROPERTIES = {
    "prompt": {"type": "string"},
    "seed": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "null"}]},
    "image_size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"enum": ["square_hd", "portrait_4_3"]}]},
    "aspect_ratio": {"allOf": [{"$ref": "#/components/schemas/Ratio"}]},
    "resolution": {"enum": ["1K", "2K"]},
    "num_inference_steps": {"type": "integer", "minimum": 1, "maximum": 50, "default": 28},
    "guidance_scale": {"type": "number", "minimum": 0, "maximum": 20},
    "num_images": {"type": "integer", "maximum": 4},
    "scheduler": {"enum": ["a", "b"]},
    "image_urls": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
    "loras": {"type": "array", "items": {"$ref": "#/components/schemas/Lora"}},
}
COMPONENTS = {
    "Size": {"type": "object", "properties": {"width": {"type": "integer", "maximum": 9999}, "height": {}}},
    "Ratio": {"type": "string", "enum": ["1:1", "16:9"]},
    "Lora": {"type": "object", "properties": {"path": {"type": "string"}, "scale": {"type": "number"}}},
}
ASKED = ImageRequest(
    "a fox", seed=2**31, width=1024, height=768, num_inference_steps=30, guidance_scale=4.5, scheduler="b", n=2
)


@settings(max_examples=400, deadline=None)
@given(mutated({"properties": PROPERTIES, "components": COMPONENTS}))
def test_any_schema(document: Any) -> None:
    found = parse_json(encoded(document))
    known = found.get("components") if isinstance(found, dict) else None
    try:
        schema = InputSchema.read(found, known)
        arguments(ASKED, schema, [], None)
        arguments(ASKED, schema, ["https://x/y.png"], "https://x/m.png")
    except ProviderError:
        pass


NAME = "\x1b[2J\u202e" + "x" * 5000
LISTS_OF_NAMES: dict[str, Callable[[], object]] = {
    "scripts": lambda: find_scripts({"a": {}}, {"txt2img": [NAME] * 100, "img2img": 7}),
    "upscalers": lambda: find_upscaler("a", [{"name": NAME}] * 100),
    "checkpoints": lambda: find_checkpoint("a", [{"title": NAME}] * 100),
    "models of the Horde": lambda: find_model("a", [{"name": NAME}] * 100),
    "functions": lambda: choose({"named_endpoints": {f"{NAME}{n}": {} for n in range(100)}}, "a", {}),
    "properties": lambda: arguments(ASKED, InputSchema({f"{NAME}{n}": {} for n in range(100)}, frozenset()), [], None),
}


@pytest.mark.parametrize("list_of", LISTS_OF_NAMES)
def test_names_that_a_server_lists_are_shown_shortened_and_plain(list_of: str) -> None:
    with pytest.raises(ProviderError) as caught:
        LISTS_OF_NAMES[list_of]()
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 5000


def test_schemas_that_name_one_another_cost_little() -> None:
    """Four alternatives in each of which are four alternatives, eight times over."""
    again = [{"$ref": "#/components/schemas/A"}] * 4
    component = {"anyOf": again, "allOf": again, "oneOf": again}
    resolved = 0

    class Counted(dict[str, Any]):
        def items(self) -> Any:
            nonlocal resolved
            resolved += 1
            return super().items()

    properties = {f"p{number}": Counted(component) for number in range(5)}
    InputSchema.read({"properties": properties}, {"A": Counted(component)})
    assert resolved < 200


JOB = Job("/gradio_api", 0, "s1", "e1")


@settings(max_examples=300, deadline=None)
@given(mutated(SPACE))
def test_any_config(document: Any) -> None:
    try:
        space = parse_config(parse_json(encoded(document)))
        function = space.function("infer", documented=0, arity=2)
        function.fit({"prompt": "a fox", "seed": 2**32})
    except ProviderError:
        pass


@settings(max_examples=300, deadline=None)
@given(mutated(list(QUEUE)), st.booleans())
def test_any_message(messages: Any, call: bool) -> None:
    reader = CallReader(JOB, "infer") if call else QueueReader(JOB)
    for message in messages if isinstance(messages, list) else [messages]:
        for name in ("complete", "generating", "error") if call else ("",):
            try:
                found = reader.read(ServerSentEvent(name, encoded(message)))
            except ProviderError:
                continue
            if isinstance(found, Completed | Partial):
                assert all(isinstance(url, str) for url in pictures(found.data, "http://here"))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([200, 302, 400, 404, 422, 429, 500]),
    mutated({"error": {"message": "x", "code": "y"}, "detail": []}),
)
def test_any_refusal(status: int, document: Any) -> None:
    for sent in (encoded(document), encoded(document)[:-1]):
        refused = Refused.read(status, sent, {"Retry-After": "1" * 400}, secret="a-key")
        assert len(str(refused.error())) < 500
    assert isinstance(failure(document), ProviderError)


@pytest.mark.parametrize(
    "attack",
    [
        lambda: parse_json(b"[" + b"{}," * 3_000_000 + b"{}]"),
        lambda: [SseDecoder().feed(b"data:\n" * 1_000_000)],
        lambda: Refused.read(500, b'{"error": "' + b"<" * 6_000_000 + b'"}', {}),
        lambda: failure({"error": "''" + "+''" * 2_000_000}),
        lambda: bounds.plain("<" * 1_000_000),
    ],
    ids=["objects", "lines", "tags", "literals", "plain"],
)
def test_a_flood_costs_little(attack: Callable[[], object]) -> None:
    """Memory beyond the body itself, which the engines bound at 36 MB."""
    tracemalloc.start()
    try:
        attack()
    except ProviderError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 60_000_000


def test_diffs_that_append_for_ever_end() -> None:
    reader = QueueReader(JOB)
    reader.read(ServerSentEvent("", encoded({"msg": "process_generating", "output": {"data": ["x"]}})))
    grown = encoded({"msg": "process_generating", "output": {"data": [[["append", [], "y" * 100_000]]]}})
    longest = 0
    for _ in range(100):
        message = reader.read(ServerSentEvent("", grown))
        longest = max(longest, len(message.data[0]) if isinstance(message, Partial) else 0)
    assert 100_000 < longest < 3_000_000
