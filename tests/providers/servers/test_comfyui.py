"""ComfyUI against a local server of its API."""

import asyncio
import io
import json
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import encode_basic_auth, web
from PIL import Image

from providers import (
    BadAnswer,
    Cancelled,
    CatalogError,
    ImagePreview,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    OutOfMemory,
    ProviderError,
    Reasoning,
    ResponseError,
    Ticket,
    Unauthorized,
    Unavailable,
)
from providers.events import Event
from tests.providers.drawing import clean_session, draw
from tests.providers.entries import Entry
from tests.providers.servers.comfy_server import Comfy
from tests.providers.servers.workflows import edit, inpaint, node, stock
from tests.providers.serving import picture_bytes, serving

CHECKPOINT = "model = 'sdxl.safetensors'"
CHECKPOINT_FILE = Path(__file__).parents[3] / "providers" / "servers" / "comfyui" / "checkpoint.json"


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "comfyui")


def exported(tmp_path: Path, **nodes: Any) -> str:
    """A workflow of one's own, beside the catalogue's file."""
    content = json.loads(CHECKPOINT_FILE.read_text())
    content["1"]["inputs"]["ckpt_name"] = "sdxl.safetensors"
    (tmp_path / "mine.json").write_text(json.dumps(content | nodes))
    return "workflow = 'mine.json'"


async def drawn(entry: Entry, server: Comfy, text: str = CHECKPOINT, **params: Any) -> list[Event]:
    return await entry.drawn(server, text, None, **params)


async def test_steps_previews_and_the_picture(entry: Entry) -> None:
    server = Comfy()
    server.gate = asyncio.Semaphore(0)
    async with serving(server) as url:
        model = entry.model(url, CHECKPOINT, None)
        request = model.request(
            "a fox", seed=7, width=640, height=512, num_inference_steps=30, guidance_scale=4.5, negative_prompt="hats"
        )
        provider = model.create()
        provider.poll_interval = 60
        drawing = asyncio.create_task(draw(provider, request))
        await server.looked.wait()  # from here on it asks seldom, and the socket tells it all
        for _ in range(2):
            server.gate.release()
        ticket, *told, last = await drawing
    assert isinstance(ticket, Ticket)
    assert [event for event in told if isinstance(event, Reasoning)] == [
        Reasoning("Drawing"),
        Reasoning("Step 1 of 2", 0.5),
        Reasoning("Step 2 of 2", 1.0),
    ]
    previews = [event for event in told if isinstance(event, ImagePreview)]
    assert [preview.url[:22] for preview in previews] == ["data:image/jpeg;base64"] * 2
    assert isinstance(last, ImageResponse)
    assert last.url.endswith("/view?filename=fox+1.png&subfolder=&type=output")
    [asked] = server.asked
    assert asked["1"]["inputs"]["ckpt_name"] == "sdxl.safetensors"
    assert (asked["2"]["inputs"]["text"], asked["3"]["inputs"]["text"]) == ("a fox", "hats")
    assert (asked["4"]["inputs"]["width"], asked["4"]["inputs"]["height"]) == (640, 512)
    sampler = asked["5"]["inputs"]
    assert (sampler["seed"], sampler["steps"], sampler["cfg"]) == (7, 30, 4.5)


async def test_the_picture_can_be_fetched(entry: Entry) -> None:
    server = Comfy()
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, CHECKPOINT, None)
        provider = model.create()
        async with aclosing(provider.generate(model.request("a fox"), session)) as events:
            [response] = [event async for event in events if isinstance(event, ImageResponse)]
        assert (await provider.fetch(response.url, session)).mime == "image/png"


async def test_a_seed_is_chosen_where_none_is_given(entry: Entry) -> None:
    server = Comfy()
    await drawn(entry, server)
    await drawn(entry, server)
    assert server.asked[0]["5"]["inputs"]["seed"] != server.asked[1]["5"]["inputs"]["seed"]


async def test_a_place_in_the_queue_that_moves(entry: Entry) -> None:
    server = Comfy()
    server.gate = asyncio.Semaphore(0)
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, CHECKPOINT, None)

        told: list[list[Event]] = [[], [], []]
        news = asyncio.Event()

        async def draw(seen: list[Event]) -> None:
            provider = model.create()
            provider.poll_interval = 0.001
            async with aclosing(provider.generate(model.request("a fox"), session)) as events:
                async for event in events:
                    seen.append(event)
                    news.set()

        def places(number: int) -> list[int]:
            """One after the other; each look tells the same again."""
            found = [event.position for event in told[number] if isinstance(event, Reasoning) and event.position]
            return [place for place, before in zip(found, [0, *found], strict=False) if place != before]

        async def reports(number: int, *expected: int) -> None:
            while len(places(number)) < len(expected):
                news.clear()
                await news.wait()
            assert places(number) == list(expected)

        tasks = []
        async with asyncio.timeout(60):
            for seen in told:
                tasks.append(asyncio.create_task(draw(seen)))
                while len(server.asked) < len(tasks):  # noqa: ASYNC110 - it has no event for each
                    await asyncio.sleep(0.001)
            await reports(1, 1)
            await reports(2, 2)
            for _ in range(server.steps):
                server.gate.release()
            await reports(2, 2, 1)
            for _ in range(2 * server.steps):
                server.gate.release()
            await asyncio.gather(*tasks)
    assert [places(number) for number in range(3)] == [[], [1], [2, 1]]
    assert isinstance(told[2][-1], ImageResponse)


@pytest.mark.parametrize("how", ["deaf", "silent", "old"])
async def test_without_a_word_over_the_socket(entry: Entry, how: str) -> None:
    server = Comfy()
    setattr(server, how, True)
    assert isinstance((await drawn(entry, server))[-1], ImageResponse)


async def test_a_few_unanswered_questions_are_survived(entry: Entry) -> None:
    server = Comfy()
    server.broken = 3
    assert isinstance((await drawn(entry, server))[-1], ImageResponse)
    server.broken = 100
    with pytest.raises(Unavailable):
        await drawn(entry, server)


async def test_a_picture_to_start_from(entry: Entry, tmp_path: Path) -> None:
    server = Comfy()
    load = {"class_type": "LoadImage", "inputs": {"image": "example.png"}, "_meta": {"title": "Picture"}}
    text = exported(tmp_path, **{"8": load})
    await drawn(entry, server, text, image=picture_bytes("WEBP"))
    name = server.asked[0]["8"]["inputs"]["image"]
    assert server.uploads[name.removeprefix("bot/")] == picture_bytes("WEBP")
    assert name.startswith("bot/")
    assert name.endswith(".webp")
    said, *_ = await drawn(entry, server, CHECKPOINT, image=picture_bytes())
    assert said == Reasoning("ComfyUI does not take: image")


async def test_paths_win_over_titles(entry: Entry, tmp_path: Path) -> None:
    server = Comfy()
    text = exported(tmp_path) + "\n[models.mine.inputs]\nprompt = '3.inputs.text'\nsteps = '5.steps'\n"
    await drawn(entry, server, text, num_inference_steps=9)
    assert server.asked[0]["2"]["inputs"]["text"] == ""
    assert server.asked[0]["5"]["inputs"]["steps"] == 9


def test_what_it_takes_follows_from_the_workflow(entry: Entry, tmp_path: Path) -> None:
    text = exported(tmp_path, **{"4": {"class_type": "EmptyLatentImage", "inputs": {}}})
    can = entry.model("http://comfy", text, None).capabilities
    assert can.parameters == {"negative_prompt", "seed", "num_inference_steps", "guidance_scale"}
    whole = entry.model("http://comfy", CHECKPOINT, None).capabilities
    assert whole.parameters == can.parameters | {"width", "height"}


@pytest.mark.parametrize(
    ("content", "text", "reason"),
    [
        ({"6": {"class_type": "CLIPTextEncode", "inputs": {"text": ""}, "_meta": {"title": "CLIP"}}}, "",
         "or name its place in `inputs`: prompt = \"6.text\"; it has: 6 CLIPTextEncode 'CLIP'"),
        ({"6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["7", 0]}, "_meta": {"title": "prompt"}}}, "",
         "no place for the prompt"),
        ({"nodes": [], "links": []}, "", "saved for the editor, and it has no nodes"),
        ({"nodes": [{"id": 1, "type": "Mystery", "widgets_values": [7]}], "links": []}, "",
         "node 1 'Mystery' has values whose names the file does not say; use the editor's menu: Workflow, Export"),
        ({}, "", "no workflow in ComfyUI's API format"),
        ([1], "", "no workflow in ComfyUI's API format"),
        ({"6": {"inputs": {}}}, "", "no workflow in ComfyUI's API format"),
        (None, "inputs = { prompt = '99.text' }", "there is no node '99'; there are: 1 CheckpointLoaderSimple 'model'"),
        (None, "inputs = { prompt = '2.words' }", "node 2 has no input 'words'; it has: text, clip"),
        (None, "inputs = { hat = '5.sampler_name' }", "there is no such name; there are: prompt, negative"),
        ("gone", "", "No such file"),
    ],
)  # fmt: skip
def test_a_workflow_that_cannot_be_used_stops_the_start(
    entry: Entry, tmp_path: Path, content: Any, text: str, reason: str
) -> None:
    exported(tmp_path)
    if content == "gone":
        (tmp_path / "mine.json").unlink()
    elif content is not None:
        (tmp_path / "mine.json").write_text(json.dumps(content))
    with pytest.raises(CatalogError) as caught:
        entry.model("http://comfy", f"workflow = 'mine.json'\n{text}", None)
    assert reason in caught.value.reason
    assert caught.value.key.startswith(("models.mine.workflow", "models.mine.inputs."))


def test_without_a_workflow_a_checkpoint_is_needed(entry: Entry) -> None:
    with pytest.raises(CatalogError, match=r"workflow: is missing.*checkpoint"):
        entry.model("http://comfy", "", None)
    with pytest.raises(CatalogError, match="none is named"):
        entry.model("http://comfy", f"{CHECKPOINT}\ninputs = {{ prompt = '2.text' }}", None)


async def test_a_job_goes_on_by_its_ticket(entry: Entry) -> None:
    server = Comfy()
    server.gate = asyncio.Semaphore(0)
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, CHECKPOINT, None)
        first = model.create()
        async with aclosing(first.generate(model.request("a fox"), session)) as events:
            ticket = await anext(events)
            first.detach()
        assert isinstance(ticket, Ticket)
        assert server.deleted == server.interrupted == []
        for _ in range(2):
            server.gate.release()
        second = model.create()
        second.poll_interval = 0.001
        resumed = [event async for event in second.resume(ticket, session)]
    assert isinstance(resumed[-1], ImageResponse)
    assert len(server.asked) == 1


@pytest.mark.parametrize("running", [False, True])
async def test_a_job_that_nobody_waits_for_is_taken_back(entry: Entry, running: bool) -> None:
    server = Comfy()
    server.gate = asyncio.Semaphore(0)
    if not running:
        server.running = [0, "somebody's", {}, {}, []]
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, CHECKPOINT, None)
        async with aclosing(model.create().generate(model.request("a fox"), session)) as events:
            ticket = await anext(events)
            await anext(events)
    assert isinstance(ticket, Ticket)
    prompt_id = ticket.value.partition(".")[0]
    assert server.deleted == [prompt_id]
    assert server.interrupted == ([prompt_id] if running else [])


async def test_a_job_whose_answer_nobody_waits_for_is_taken_back(entry: Entry) -> None:
    server = Comfy()
    server.mute, server.gate = True, asyncio.Semaphore(0)
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, CHECKPOINT, None)

        async def draw() -> None:
            async with aclosing(model.create().generate(model.request("a fox"), session)) as events:
                async for _ in events:
                    pass

        task = asyncio.create_task(draw())
        await server.taken.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert server.interrupted == server.deleted
    assert len(server.interrupted) == 1


async def test_previews_are_asked_for(entry: Entry) -> None:
    server = Comfy()
    await drawn(entry, server)
    assert server.extra == {"preview_method": "auto"}
    await drawn(entry, server, f"{CHECKPOINT}\nextra = {{ preview_method = 'taesd', api_key_comfy_org = 'x' }}")
    assert server.extra == {"preview_method": "taesd", "api_key_comfy_org": "x"}


@pytest.mark.parametrize(
    ("fails", "error", "words"),
    [
        (("torch.OutOfMemoryError", "Allocation on device"), OutOfMemory, "out of memory at KSampler"),
        (("RuntimeError", "DefaultCPUAllocator: can't allocate memory"), OutOfMemory, "out of memory at KSampler"),
        (("RuntimeError", "HIP error: out of memory"), OutOfMemory, "out of memory at KSampler"),
        (("RuntimeError", "shapes cannot be\nmultiplied"), ResponseError, "KSampler: shapes cannot be multiplied"),
    ],
)
async def test_a_workflow_that_fails(entry: Entry, fails: Any, error: type[ProviderError], words: str) -> None:
    server = Comfy(fails=fails)
    with pytest.raises(error, match=words):
        await drawn(entry, server)
    assert server.deleted == []


async def test_interrupted_by_somebody_else(entry: Entry) -> None:
    server = Comfy()
    server.gate = asyncio.Semaphore(0)

    async def interrupt() -> None:
        await server.begun.wait()
        server._stop.set()

    task = asyncio.create_task(interrupt())
    with pytest.raises(Cancelled):
        await drawn(entry, server)
    await task


async def test_what_the_server_refuses(entry: Entry, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="node 1 CheckpointLoaderSimple: Value not in list"):
        await drawn(entry, Comfy(), "model = 'gone.safetensors'")
    sampler = {"class_type": "KSampler", "inputs": {"steps": 0}}
    with pytest.raises(InvalidParameter, match="node 8 KSampler: Value bigger than max"):
        await drawn(entry, Comfy(), exported(tmp_path, **{"8": sampler}))
    with pytest.raises(ResponseError, match="the workflow was refused: Cannot execute because node Nope") as caught:
        await drawn(entry, Comfy(), exported(tmp_path, **{"8": {"class_type": "Nope", "inputs": {}}}))
    assert caught.value.failover  # nothing that whoever asked could mend


@pytest.mark.parametrize("outputs", [[], [{}], "what", [{"filename": 7}], None])
async def test_no_picture_in_the_history(entry: Entry, outputs: Any) -> None:
    server = Comfy()
    server.outputs = outputs
    with pytest.raises(NoPicture):
        await drawn(entry, server)


async def test_what_is_saved_goes_before_what_is_only_shown(entry: Entry) -> None:
    temp = {"filename": "t.png", "subfolder": "", "type": "temp"}
    saved = {"filename": "s.png", "subfolder": "a b", "type": "output"}
    *_, last = await drawn(entry, Comfy(outputs=[temp, saved]))
    assert isinstance(last, ImageResponse)
    assert [url.partition("?")[2] for url in last.images] == ["filename=s.png&subfolder=a+b&type=output"]


async def test_a_job_that_the_server_forgot(entry: Entry) -> None:
    server = Comfy()
    server.forgetful = True
    with pytest.raises(Unavailable, match="no longer knows"):
        await drawn(entry, server)


async def test_the_check_knows_comfyui(entry: Entry) -> None:
    await entry.checked(Comfy(), CHECKPOINT, None)

    async def another(request: web.Request) -> web.StreamResponse:
        return web.json_response({"system": "up"})

    with pytest.raises(NotThisServer):
        await entry.checked(another, CHECKPOINT, None)


@pytest.mark.parametrize("answer", [[], {"prompt_id": 7}, {}])
async def test_an_answer_without_an_id(entry: Entry, answer: Any) -> None:
    async def server(request: web.Request) -> web.StreamResponse:
        return web.json_response(answer, status=200 if request.path == "/prompt" else 404)

    with pytest.raises(BadAnswer):
        await entry.drawn(server, CHECKPOINT, None)


def test_a_request_fills_a_copy() -> None:
    from providers.servers.comfyui.workflow import checkpoint_workflow

    before = json.dumps(checkpoint_workflow().nodes)
    checkpoint_workflow().filled(ImageRequest("a fox", seed=1, model="x"))
    assert json.dumps(checkpoint_workflow().nodes) == before


async def test_several_pictures_reach_their_nodes(entry: Entry, tmp_path: Path) -> None:
    server = Comfy()
    (tmp_path / "mine.json").write_text(json.dumps(edit()))
    pictures = (picture_bytes("PNG", color="red"), picture_bytes("PNG", color="blue"))
    can = entry.model("http://comfy", "workflow = 'mine.json'", None).capabilities
    assert (can.input_images, can.edits) == (3, True)
    await drawn(entry, server, "workflow = 'mine.json'", images=pictures)
    [asked] = server.asked
    sent = [server.uploads[asked[each]["inputs"]["image"].removeprefix("bot/")] for each in "12"]
    assert sent == list(pictures)
    assert "image3" not in asked["5"]["inputs"]


@pytest.mark.parametrize("own_node", [False, True])
async def test_a_mask_says_what_is_redrawn(entry: Entry, tmp_path: Path, own_node: bool) -> None:
    server = Comfy()
    (tmp_path / "mine.json").write_text(json.dumps(inpaint(own_node=own_node)))
    with Image.new("L", (32, 24), 0) as area:
        area.paste(255, (0, 0, 16, 24))
        body = io.BytesIO()
        area.save(body, "PNG")
    await drawn(entry, server, "workflow = 'mine.json'", images=(picture_bytes(),), mask=body.getvalue())
    [asked] = server.asked
    if own_node:
        loaded = asked["22"]["inputs"]
        assert loaded["channel"] == "red"
        assert server.uploads[loaded["image"].removeprefix("bot/")] == body.getvalue()
        return
    with Image.open(io.BytesIO(server.uploads[asked["20"]["inputs"]["image"].removeprefix("bot/")])) as picture:
        assert picture.size == (32, 24)
        assert [picture.getpixel((x, 5)) for x in (4, 28)] == [(0, 128, 128, 0), (0, 128, 128, 255)]


async def test_a_picture_keeps_its_shape_where_the_workflow_has_a_size(entry: Entry, tmp_path: Path) -> None:
    server = Comfy()
    nodes = stock()
    nodes["20"] = node("LoadImage", image="a.png")
    nodes["21"] = node("TextEncodeQwenImageEditPlus", prompt="x", clip=["4", 1], image1=["20", 0])
    nodes["3"]["inputs"]["positive"] = ["21", 0]
    (tmp_path / "mine.json").write_text(json.dumps(nodes))
    await drawn(entry, server, "workflow = 'mine.json'", image=picture_bytes("PNG", (1600, 800)))
    await drawn(entry, server, "workflow = 'mine.json'", image=picture_bytes("PNG", (1600, 800)), width=640, height=640)
    sizes = [(asked["5"]["inputs"]["width"], asked["5"]["inputs"]["height"]) for asked in server.asked]
    assert sizes == [(1440, 720), (640, 640)]


FILE = {"subfolder": "", "type": "output"}


@pytest.mark.parametrize(
    ("inputs", "shown"),
    [("", "late.png"), ("[models.mine.inputs]\nresult = '7'\n", "early.png")],
)
async def test_the_named_result_else_the_last_saved(entry: Entry, tmp_path: Path, inputs: str, shown: str) -> None:
    server = Comfy()
    server.by_node = {
        "7": {"images": [{**FILE, "filename": "early.png"}]},
        "8": {"images": [{**FILE, "filename": "late.png"}]},
        "9": {"images": [{"filename": "temp.png", "subfolder": "", "type": "temp"}]},
    }
    save = {"class_type": "SaveImage", "inputs": {"filename_prefix": "x", "images": ["6", 0]}, "_meta": {"title": "x"}}
    *told, last = await drawn(entry, server, exported(tmp_path, **{"8": save}) + "\n" + inputs)
    assert isinstance(last, ImageResponse)
    assert [url.partition("filename=")[2].partition("&")[0] for url in last.images] == [shown]
    several = [
        event for event in told if isinstance(event, Reasoning) and "Several nodes saved pictures" in event.status
    ]
    assert bool(several) is (not inputs)


@pytest.mark.parametrize(
    "output",
    [
        {"images": [{**FILE, "filename": "x.mp4"}], "animated": [True]},
        {"images": [{**FILE, "filename": "x.webp"}], "animated": [True]},
        {"gifs": [{**FILE, "filename": "x.mp4", "format": "video/h264-mp4"}]},
    ],
)
async def test_a_video_is_refused_by_name(entry: Entry, output: Any) -> None:
    server = Comfy()
    server.by_node = {"7": output}
    with pytest.raises(NoPicture, match=r"makes a video or an animation \(node 7 \(x\.(mp4|webp)\)"):
        await drawn(entry, server)


async def test_pictures_that_come_over_the_socket(entry: Entry, tmp_path: Path) -> None:
    server = Comfy(outputs=[])
    server.node = "7"
    saves = {"class_type": "SaveImageWebsocket", "inputs": {"images": ["6", 0]}, "_meta": {"title": "x"}}
    server.gate = asyncio.Semaphore(0)
    async with serving(server) as url:
        model = entry.model(url, exported(tmp_path, **{"7": saves}), None)
        provider = model.create()
        provider.poll_interval = 60
        drawing = asyncio.create_task(draw(provider, model.request("a fox")))
        await server.looked.wait()  # likewise
        for _ in range(2):
            server.gate.release()
        *told, last = await drawing
    assert isinstance(last, ImageResponse)
    assert [each[:22] for each in last.images] == ["data:image/jpeg;base64"] * 2
    assert not [event for event in told if isinstance(event, ImagePreview)]


async def test_what_the_server_has_already_is_saved_anew(entry: Entry) -> None:
    server = Comfy()
    server.caches = True
    await drawn(entry, server, seed=7)
    kept = server.outputs
    server.asked.append(server.asked[-1])

    class Again(Comfy):
        async def _run(self, prompt_id: str, client_id: str) -> None:
            self.outputs = kept
            await super()._run(prompt_id, client_id)

    again = Again()
    again.caches, again.asked = True, [server.asked[0]]
    assert isinstance((await drawn(entry, again, seed=7))[-1], ImageResponse)
    first, second = again.asked[1:]
    assert first["5"] == second["5"]
    assert second["7"]["inputs"]["filename_prefix"].startswith("imagine-bot-")


@pytest.mark.parametrize("how", ["key", "url"])
async def test_name_and_password(entry: Entry, how: str) -> None:
    server = Comfy()
    server.auth = encode_basic_auth("me", "open sesame")
    async with serving(server) as url, clean_session() as session:
        if how == "key":
            model = entry.model(url, CHECKPOINT, "me:open sesame")
        else:
            model = entry.model(url.replace("//", "//me:open%20sesame@"), CHECKPOINT, None)
        provider = model.create()
        await provider.check(session)
        async with aclosing(provider.generate(model.request("a fox"), session)) as events:
            [response] = [event async for event in events if isinstance(event, ImageResponse)]
        assert "sesame" not in response.url
        assert (await provider.fetch(response.url, session)).mime == "image/png"
        with pytest.raises(Unauthorized):
            await entry.model(url, CHECKPOINT, "me:wrong").create().check(session)


def test_a_key_of_comfy_cloud_has_a_header_of_its_own(entry: Entry) -> None:
    provider = entry.model("https://cloud.comfy.org", CHECKPOINT, "comfyui-123").create()
    assert provider.auth_headers() == {"X-API-Key": "comfyui-123"}


async def test_the_server_with_the_fewest_jobs_draws_and_a_dead_one_is_passed_over(entry: Entry) -> None:
    busy, idle = Comfy(), Comfy()
    busy.pending = [[1, "somebody's", {}, {}, []]]
    async with serving(busy) as one, serving(idle) as two, clean_session() as session:
        text = f"{CHECKPOINT}\nurls = ['http://127.0.0.1:9', '{one}', '{two}']"
        model = entry.model(one, text, None)
        provider = model.create()
        provider.poll_interval = 0.001
        async with aclosing(provider.generate(model.request("a fox"), session)) as events:
            response = [event async for event in events][-1]
        assert isinstance(response, ImageResponse)
        assert response.url.startswith(two)
        assert (len(busy.asked), len(idle.asked)) == (0, 1)
        assert (await model.create().fetch(response.url, session)).width == 32  # by another instance
        await model.create().check(session)
        nobody = entry.model(one, f"{CHECKPOINT}\nurls = ['http://127.0.0.1:9', 'http://127.0.0.1:10']", None)
        with pytest.raises(Unavailable):
            await nobody.create().check(session)
        with pytest.raises(Unavailable):
            await draw(nobody.create(), "a fox")


async def test_a_job_at_one_of_several_servers_goes_on_there(entry: Entry) -> None:
    one, two = Comfy(), Comfy()
    two.gate = asyncio.Semaphore(0)
    one.pending = [[1, "somebody's", {}, {}, []]]
    async with serving(one) as first, serving(two) as second, clean_session() as session:
        model = entry.model(first, f"{CHECKPOINT}\nurls = ['{first}', '{second}']", None)
        begun = model.create()
        async with aclosing(begun.generate(model.request("a fox"), session)) as events:
            ticket = await anext(events)
            begun.detach()
        assert isinstance(ticket, Ticket)
        for _ in range(2):
            two.gate.release()
        later = model.create()
        later.poll_interval = 0.001
        last = [event async for event in later.resume(ticket, session)][-1]
        assert isinstance(last, ImageResponse)
        assert last.url.startswith(second)


async def test_the_check_finds_what_is_not_installed(entry: Entry, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"no ckpt_name 'sdxll\.safetensors'; there are: sdxl\.safetensors"):
        await entry.checked(Comfy(), "model = 'sdxll.safetensors'", None)
    more = {"8": {"class_type": "Nope", "inputs": {}}}
    with pytest.raises(ResponseError, match=r"has no nodes Nope, which mine\.json needs"):
        await entry.checked(Comfy(), exported(tmp_path, **more), None)
