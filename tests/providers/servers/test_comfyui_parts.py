"""ComfyUI's frames, history and workflows, whatever they hold."""

import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.catalog.file import OptionError
from providers.errors import ProviderError
from providers.request import ImageRequest
from providers.servers.comfyui.history import position, result
from providers.servers.comfyui.socket import Preview, read_frame, read_text
from providers.servers.comfyui.workflow import FIELDS, Uploaded, Workflow
from tests.providers.serving import picture_bytes

JPEG, PNG = picture_bytes("JPEG"), picture_bytes("PNG")
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("frame", "mime"),
    [
        (struct.pack(">II", 1, 1) + JPEG, "image/jpeg"),
        (struct.pack(">II", 1, 2) + PNG, "image/png"),
        (struct.pack(">II", 1, 1) + PNG, "image/png"),  # its bytes are believed, not the number
        (struct.pack(">II", 4, 2) + b"{}" + PNG, "image/png"),
        (struct.pack(">II", 4, 2**31) + PNG, None),
        (struct.pack(">II", 2, 1) + PNG, None),
        (struct.pack(">II", 1, 1) + b"<html>", None),
        (b"\x00\x00", None),
    ],
)
def test_frames(frame: bytes, mime: str | None) -> None:
    found = read_frame(frame)
    assert (found.mime if found else None) == mime


@given(st.binary(max_size=64))
def test_no_frame_breaks_it(frame: bytes) -> None:
    assert read_frame(frame) is None or isinstance(read_frame(frame), Preview)


@given(st.text(max_size=40) | anything.map(json.dumps))
def test_no_text_breaks_it(text: str) -> None:
    found = read_text(text)
    assert found is None or isinstance(found.prompt_id, str | None)


@given(anything | st.fixed_dictionaries({"status": anything, "outputs": st.dictionaries(st.text(), anything)}))
def test_no_history_breaks_it(entry: Any) -> None:
    found = result(entry)
    if found is not None:
        assert bool(found.files) != isinstance(found.error, ProviderError)


@given(st.dictionaries(st.sampled_from(["queue_running", "queue_pending"]), anything | st.lists(st.lists(anything))))
def test_no_queue_breaks_it(queue: dict[str, Any]) -> None:
    assert position(queue, "mine") is None or isinstance(position(queue, "mine"), int)


def test_the_lowest_number_is_next() -> None:
    queue = {"queue_running": [[1, "a"]], "queue_pending": [[7, "late"], [3, "mine"], [2, "first"]]}
    assert [position(queue, name) for name in ("a", "first", "mine", "late", "gone")] == [0, 1, 2, 3, None]


NODES = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=3),
    st.fixed_dictionaries(
        {
            "class_type": st.text(max_size=8),
            "inputs": st.dictionaries(
                st.sampled_from(["text", "seed", "width", "height", "steps", "cfg", "image", "value", "denoise"]),
                st.integers() | st.text(max_size=5) | st.just(["1", 0]),
            ),
            "_meta": st.fixed_dictionaries(
                {"title": st.lists(st.sampled_from(["prompt", "seed", "size", "Steps", "picture", "x"])).map(", ".join)}
            ),
        }
    ),
    max_size=5,
)


@given(NODES, st.integers(0, 2**32 - 1), st.text(max_size=20))
def test_a_request_goes_into_its_places_and_nowhere_else(nodes: dict[str, Any], seed: int, words: str) -> None:
    try:
        workflow = Workflow.parse("w", nodes, {})
    except OptionError:
        return
    request = ImageRequest(words, seed=seed, width=640)
    pictures = ("p.png",) * len(workflow.places.get("picture", ()))  # a loader that gets none may be left out
    filled = workflow.filled(request, Uploaded(pictures))
    places = {place: field for field, found in workflow.places.items() for place in found}
    assert set(workflow.places) <= set(FIELDS)
    for node_id, node in nodes.items():
        for name, value in node["inputs"].items():
            got, field = filled[node_id]["inputs"][name], places.get((node_id, name))
            if field is None:
                assert got == value  # all that was not asked for stays
            elif len([place for place in places if place == (node_id, name)]) == 1 and field == "prompt":
                assert got == words


@given(anything)
def test_nothing_else_is_a_workflow(content: Any) -> None:
    with pytest.raises(OptionError):
        Workflow.parse("w", content, {})
