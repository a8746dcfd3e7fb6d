"""The engine's parts by themselves: diffs, texts, files, configurations, memory, messages."""

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.capabilities import Bounds
from providers.engines.gradio.config import Function, Input, Space, parse_config
from providers.engines.gradio.diffs import Outputs, apply_diff
from providers.engines.gradio.errors import clean, failure, refusal, retry_after
from providers.engines.gradio.files import file_url, pictures
from providers.engines.gradio.messages import progress_message
from providers.engines.refusals import Refused
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from tests.providers.engines.gradio.gradio_server import file_data, transcript

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("kl", max_size=2), inner, max_size=4),
    max_leaves=12,
)


def diff(old: Any, new: Any, path: tuple[Any, ...] = ()) -> list[list[Any]]:
    """Edits from one value to another, of the kinds that Gradio makes."""
    if type(old) is not type(new):
        return [["replace", [*path], new]]
    if old == new and json.dumps(old) == json.dumps(new):
        return []
    if isinstance(old, str) and new.startswith(old):
        return [["append", [*path], new[len(old) :]]]
    if isinstance(old, list):
        common = min(len(old), len(new))
        edits = [edit for i in range(common) for edit in diff(old[i], new[i], (*path, i))]
        edits += [["add", [*path, i], new[i]] for i in range(common, len(new))]
        return edits + [["delete", [*path, common], None] for _ in old[common:]]
    if isinstance(old, dict):
        edits = [["delete", [*path, key], None] for key in old if key not in new]
        edits += [["add", [*path, key], new[key]] for key in new if key not in old]
        return edits + [edit for key in old if key in new for edit in diff(old[key], new[key], (*path, key))]
    return [["replace", [*path], new]]


@given(JSON, JSON)
def test_a_diff_leads_from_one_value_to_the_other(old: Any, new: Any) -> None:
    before = copy.deepcopy(old)
    assert apply_diff(old, diff(old, new)) == new
    assert old == before


@given(st.lists(JSON, min_size=1, max_size=3), JSON)
def test_nonsense_in_place_of_a_diff_costs_previews_alone(first: list[Any], nonsense: Any) -> None:
    outputs = Outputs()
    assert outputs.update(first, 1) == first
    outputs.update(nonsense, 1)  # never raises
    outputs.update([nonsense] * len(first), 1)


def test_unchanged_outputs() -> None:
    outputs = Outputs()
    outputs.update([{"url": "a"}, 7], 1)
    assert outputs.update([[["replace", ["url"], "b"]], []], 1) == [{"url": "b"}, 7]
    assert outputs.update([[["append", ["url"], "c"]], []], 1) == [{"url": "bc"}, 7]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("'You have none.'", "You have none."),
        ('"it\'s"', "it's"),
        (r"'it\'s \"so\"'", 'it\'s "so"'),
        ("No GPU. <a style='x' href=y>Join</a> us", "No GPU."),
        ("too <b>short</b>\n\n now", "too short now"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("'", "'"),
        ("x" * 999, "x" * 500),
    ],
)
def test_texts_are_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Try again in 0:09:48. Authenticate", 588),
        ("or retry in 0:00:07.", 7),
        ("Try again in 1 day, 3:12:01", 97_921),
        ("come back later", None),
    ],
)
def test_when_to_come_back(text: str, seconds: float | None) -> None:
    assert retry_after(text) == seconds


@pytest.mark.parametrize("error", [None, "", {"error": None}, {}, [], 7, {"error": 7}])
def test_an_error_without_reason(error: Any) -> None:
    assert type(failure(error)) is ResponseError


@pytest.mark.parametrize(
    ("status", "body", "kind", "text"),
    [
        (401, '{"detail":"Not authenticated"}', Unauthorized, "Not authenticated"),
        (401, '{"detail":{"error":"Not authenticated","auth_message":null}}', Unauthorized, "Not authenticated"),
        (403, "", Unauthorized, "key"),
        (404, '{"detail":"Not Found"}', BadAnswer, "Not Found"),
        (404, "<html>404</html>", Unauthorized, "private"),
        (422, '{"detail":[{"type":"missing","msg":"Field required"}]}', InvalidParameter, "Field required"),
        (422, '{"detail":[{"is_valid":false,"message":"too long"}]}', InvalidParameter, "too long"),
        (429, "", QuotaExceeded, "429"),
        (500, "Internal Server Error", Unavailable, "Internal Server Error"),
        (500, '{"error":null}', ResponseError, "no reason"),
        (500, '{"error":"\'exceeded your GPU quota\'"}', QuotaExceeded, "exceeded your GPU quota"),
        (503, '{"detail":"Queue is full. Max size is 2 and size is 2."}', Unavailable, "Queue is full"),
        (503, "<!DOCTYPE html><html>", Unavailable, "asleep"),
        (502, "<html>", Unavailable, "HTML"),
        (302, "", BadAnswer, "redirects"),
    ],
)
def test_http_refusals(status: int, body: str, kind: type[ProviderError], text: str) -> None:
    error = refusal(Refused.read(status, body.encode(), {}))
    assert type(error) is kind
    assert text in str(error)


ROOT = "http://space.test:7860/gradio_api"


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        (None, "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        ("/file=/tmp/a.png", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        ("http://10.0.0.1/file=/tmp/a.png", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        ("https://space.test:7860/gradio_api/file=/tmp/a.png", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        (f"{ROOT}/file=/tmp/a.png", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        ("http://space.test:7860/c/file=/tmp/a.png", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
        ("http://space.test:7860/static/a.png", "/tmp/a.png", "http://space.test:7860/static/a.png"),
        (None, "/tmp/in put#1?.png", f"{ROOT}/file=/tmp/in%20put%231%3F.png"),
        (None, "https://cdn.test/a.png", "https://cdn.test/a.png"),
        ("https://cdn.test/a.png", None, "https://cdn.test/a.png"),
        ("http://[bad", "/tmp/a.png", f"{ROOT}/file=/tmp/a.png"),
    ],
)
def test_where_a_file_is(url: str | None, path: str | None, expected: str) -> None:
    assert file_url({"url": url, "path": path}, ROOT) == expected


def test_pictures_in_all_shapes() -> None:
    inline = "data:image/png;base64,iVBORw0KGgo="
    file = file_data("/tmp/a.png")
    here = f"{ROOT}/file=/tmp/a.png"
    assert pictures([7, "a text", file], ROOT) == [here]
    assert pictures([[{"image": file, "caption": "x"}, {"image": file, "caption": None}]], ROOT) == [here, here]
    assert pictures([f"<p><img src='{inline}'></p>"], ROOT) == [inline]
    assert pictures([inline], ROOT) == [inline]
    assert pictures([{"composite": file, "layers": []}], ROOT) == [here]
    assert pictures([{"path": "/tmp/a.mp4"}, file], ROOT) == [here]
    assert pictures([None, [], {}, {"image": None}, "http", "not a url http://x y"], ROOT) == []


def inputs(*kinds: str) -> tuple[Input, ...]:
    return tuple(Input(kind, hidden=kind == "state") for kind in kinds)


def test_hidden_inputs_get_null() -> None:
    function = Function(0, "f", inputs=inputs("state", "textbox", "state", "slider"))
    assert function.fit({"prompt": "x", "seed": 3}) == ([None, "x", None, 3], [])


def test_inputs_that_were_added_get_their_default() -> None:
    function = Function(0, "f", inputs=(*inputs("textbox"), Input("checkbox", default=True)))
    assert function.fit({"prompt": "x"}) == (["x", True], [])


@pytest.mark.parametrize(
    ("name", "value", "bounds", "fitted"),
    [
        ("width", 64, Bounds(256, 2048, 32), 256),
        ("width", 99_999, Bounds(256, 2048, 32), 2048),
        ("width", 1001, Bounds(256, 2048, 32), 992),
        ("guidance_scale", 3.5, Bounds(1, 15, 0.1), 3.5),
        ("guidance_scale", 99.0, Bounds(1, 15, 0.1), 15),
        ("num_inference_steps", 0, Bounds(1, 50, 1), 1),
        ("seed", 2**31 + 5, Bounds(0, 2**31 - 1, 1), 5),
        ("seed", 7, Bounds(0, 2**31 - 1, 1), 7),
    ],
)
def test_numbers_come_within_bounds(name: str, value: float, bounds: Bounds, fitted: float) -> None:
    function = Function(0, "f", inputs=(Input("slider", bounds=bounds),))
    data, notes = function.fit({name: value})
    assert data == [fitted]
    assert bool(notes) == (fitted != value)


@pytest.mark.parametrize("version", ["4.44.1", "5.50.0", "6.31.0"])
def test_a_recorded_configuration(version: str) -> None:
    body = transcript(f"{version}_config_janus_slim")["exchanges"][0]["response"]["chunks"][0][1]
    space = parse_config(json.loads(body))
    assert space.prefix == ("" if version.startswith("4") else "/gradio_api")
    drawing = space.function("generate_image", documented=99, arity=4)
    assert (drawing.index, drawing.trigger) == (3, 64)
    looking = space.function("multimodal_understanding", documented=2, arity=5)  # by what it takes, not by its number
    assert looking.api_name == "understand"
    with pytest.raises(InvalidParameter, match=r"there are: understand, generate_image$"):
        space.function("nope", documented=99, arity=7)


@given(JSON)
def test_no_configuration_breaks_us(config: Any) -> None:
    for wrapped in (config, {"dependencies": config}, {"dependencies": [config], "components": [config]}):
        with suppress(BadAnswer):
            assert isinstance(parse_config(wrapped), Space)


@pytest.mark.parametrize(
    ("entries", "text", "fraction"),
    [
        ([{"index": 3, "length": 28, "progress": None, "desc": None}], "Generating 3/28", 3 / 28),
        ([{"index": 1, "length": 4, "desc": "Denoising"}], "Denoising 1/4", 0.25),
        ([{"index": None, "length": None, "progress": 0.0, "desc": "Starting"}], "Starting", 0.0),
        ([{"index": 1, "length": 2}, {"index": 1, "length": 2}], "Generating 1/2", 0.75),
        ([{"index": 9, "length": 4}], "Generating 9/4", 1.0),
        ([{"index": 3, "length": None}], "Generating 3", None),
        ([{"progress": float("nan"), "desc": 7}], "Generating", None),
        (None, "Generating", None),
        ([None, 3], "Generating", None),
    ],
)
def test_progress(entries: Any, text: str, fraction: float | None) -> None:
    message = progress_message(entries)
    assert message.text == text
    assert message.fraction == (None if fraction is None else pytest.approx(fraction))
