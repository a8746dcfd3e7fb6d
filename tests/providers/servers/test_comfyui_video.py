"""Workflows that make a video of a picture."""

import json
from pathlib import Path
from typing import Any

import pytest

from providers import CatalogError, ImageResponse, NoPicture, Ticket
from providers.errors import NoVideo
from tests.providers.drawing import clean_session
from tests.providers.entries import Entry
from tests.providers.servers.comfy_server import Comfy
from tests.providers.servers.workflows import Nodes, animating, node
from tests.providers.serving import picture_bytes, serving

FILE = {"filename": "video/fox 1.mp4", "subfolder": "", "type": "output"}
PREVIEW = {"7": {"images": [FILE], "animated": [True]}, "20": {"images": [{**FILE, "filename": "last.png"}]}}


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "comfyui")


def saved(folder: Path, nodes: Nodes) -> str:
    (folder / "wan.json").write_text(json.dumps(nodes))
    return "workflow = 'wan.json'\ntask = 'video'"


async def test_a_picture_becomes_a_video(entry: Entry, tmp_path: Path) -> None:
    server, text = Comfy(), saved(tmp_path, animating())
    server.by_node = PREVIEW
    *_, last = await entry.drawn(server, text, None, prompt="a slow zoom", image=picture_bytes())
    assert isinstance(last, ImageResponse)
    (url,) = last.images
    assert "/view?filename=video%2Ffox+1.mp4&" in url
    (asked,) = server.asked
    assert server.uploads[asked["1"]["inputs"]["image"].removeprefix("bot/")] == picture_bytes()
    assert asked["4"]["inputs"]["text"] == "a slow zoom"
    assert asked["5"]["inputs"]["text"] == "still"
    assert (asked["6"]["inputs"]["width"], asked["6"]["inputs"]["height"]) == (832, 480)
    assert asked["3"]["inputs"]["seed"] != 1, "each one has a new seed"
    await entry.drawn(server, text, None, prompt="", image=picture_bytes())
    assert server.asked[1]["4"]["inputs"]["text"] == "the wind blows"


async def test_a_video_is_resumed(entry: Entry, tmp_path: Path) -> None:
    server = Comfy()
    server.by_node = {"7": {"gifs": [FILE]}}
    text = saved(tmp_path, animating())
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, text, None)
        first = model.create()
        drawing = first.generate(model.request("", image=picture_bytes()), session)
        ticket = next(iter([event async for event in drawing if isinstance(event, Ticket)]))
        events = [event async for event in model.create().resume(ticket, session)]
    assert isinstance(events[-1], ImageResponse)
    assert "fox+1.mp4" in events[-1].url
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("outputs", "error", "reason"),
    [
        ({"7": {"images": [{**FILE, "filename": "a.png"}]}}, NoVideo, "makes pictures and no video .node 7 .a.png"),
        ({}, NoPicture, "ended without a video"),
    ],
)
async def test_what_is_no_video(
    entry: Entry, tmp_path: Path, outputs: Any, error: type[Exception], reason: str
) -> None:
    server = Comfy()
    server.by_node = outputs
    with pytest.raises(error, match=reason):
        await entry.drawn(server, saved(tmp_path, animating()), None, prompt="", image=picture_bytes())


def test_workflows_that_make_none(entry: Entry, tmp_path: Path) -> None:
    still = animating() | {"7": node("SaveImage", filename_prefix="x", images=["8", 0])}
    del still["9"]
    with pytest.raises(CatalogError, match=r"wan\.json saves no video; title the node that does 'result'"):
        entry.model("http://127.0.0.1:8188", saved(tmp_path, still), None)
    titled = still | {"7": node("SomeVideoSaver", "result", frames=["8", 0])}
    assert entry.model("http://127.0.0.1:8188", saved(tmp_path, titled), None).capabilities.input_images == 1
    unfed = animating()
    del unfed["1"]
    unfed["6"]["inputs"].pop("start_image")
    with pytest.raises(CatalogError, match="no place for the picture"):
        entry.model("http://127.0.0.1:8188", saved(tmp_path, unfed), None)
    with pytest.raises(CatalogError, match='that needs task = "video"'):
        entry.model("http://127.0.0.1:8188", saved(tmp_path, animating()).partition("\n")[0], None)
