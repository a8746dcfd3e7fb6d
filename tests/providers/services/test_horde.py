"""AI Horde against a local server of its API (horde/apis/v2/stable.py)."""

import asyncio
import base64
import io
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from providers import (
    BadAnswer,
    CatalogError,
    ContentRejected,
    Horde,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    NoWorkers,
    PaymentRequired,
    ProviderError,
    QueueDeadlineExceeded,
    QuotaExceeded,
    Reasoning,
    ResponseError,
    Ticket,
    Unauthorized,
    Unavailable,
)
from providers.choices import Kind, Lora, UnknownChoice
from providers.errors import TooLarge
from tests.providers.drawing import clean_session
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes, serving

JOB = "8f4f1b1e-0000-4000-8000-000000000001"
FIELDS = {
    "prompt", "params", "models", "nsfw", "censor_nsfw", "source_image", "source_processing", "source_mask",
    "extra_source_images", "r2", "shared", "replacement_filter", "slow_workers", "dry_run", "allow_downgrade",
    "webhook",
}  # fmt: skip
PARAMS = {
    "n", "steps", "width", "height", "seed", "sampler_name", "cfg_scale", "denoising_strength", "post_processing",
    "loras", "karras", "seed_variation",
}  # fmt: skip
URL = "https://r2.example/picture.webp"


def check(**said: Any) -> dict[str, Any]:
    """How a job goes, as `/generate/check` has it."""
    job = {
        "finished": 0, "processing": 0, "restarted": 0, "waiting": 1, "done": False, "faulted": False,
        "wait_time": 0, "queue_position": 0, "kudos": 3.0, "is_possible": True,
    }  # fmt: skip
    return job | said


DONE = check(done=True, finished=1, waiting=0)


def generation(**said: Any) -> dict[str, Any]:
    return {"img": URL, "seed": "7", "id": "1", "censored": False, "gen_metadata": [], "model": "m"} | said


class Server:
    """Answers checks with `states` in turn, the last for ever; a tuple is a status and a body."""

    def __init__(self, *states: Any, generations: Any = None, submitted: Any = None, keys: Any = None) -> None:
        self.states = list(states) or [DONE]
        self.generations = [generation()] if generations is None else generations
        self.submitted = submitted
        self.keys = keys or {"0000000000", KEY}
        self.asked: list[dict[str, Any]] = []
        self.checked = asyncio.Event()
        self.statuses = self.cancelled = 0
        self.most_extra = 1  # five of a trusted user

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/api/v2/status/heartbeat":
            return web.json_response({"message": "OK", "version": "4.50.0"})
        if request.path == "/api/v2/status/models":
            assert request.query["type"] == "image"
            counts = {"Deliberate": 3, "AlbedoBase XL (SDXL)": 5, "<b>": 9}
            return web.json_response([{"name": name, "count": count} for name, count in counts.items()])
        agent = request.headers.get("Client-Agent", "").split(":")
        assert len(agent) == 3
        assert all(agent)
        assert "Authorization" not in request.headers
        if request.headers.get("apikey") not in self.keys:
            return web.json_response({"message": "No user matching sent API Key.", "rc": "InvalidAPIKey"}, status=401)
        match request.method, request.path:
            case "GET", "/api/v2/find_user":
                return web.json_response({"username": "me#1", "kudos": 7.0})
            case "POST", "/api/v2/generate/async":
                return await self._submit(request)
            case "GET", path if path == f"/api/v2/generate/check/{JOB}":
                self.checked.set()
                return self._answer(self.states.pop(0) if len(self.states) > 1 else self.states[0])
            case "GET", path if path == f"/api/v2/generate/status/{JOB}":
                self.statuses += 1
                return self._answer(self.generations if isinstance(self.generations, tuple) else
                                    DONE | {"generations": self.generations})  # fmt: skip
            case "DELETE", path if path == f"/api/v2/generate/status/{JOB}":
                self.cancelled += 1
                return web.json_response(DONE | {"generations": []})
        return web.json_response({"message": "Request not found", "rc": "RequestNotFound"}, status=404)

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        params = body["params"]
        assert set(body) <= FIELDS
        assert set(params) <= PARAMS
        assert 1 <= params["n"] <= 20
        assert 1 <= params.get("steps", 30) <= 500
        assert isinstance(params.get("seed", ""), str)
        assert 1 <= params.get("seed_variation", 1) <= 1000
        for side in ("width", "height"):
            if not (64 <= params.get(side, 512) <= 3072 and params.get(side, 512) % 64 == 0):
                return web.json_response({"message": "no such size", "rc": "InvalidSize"}, status=400)
        if self.submitted is not None:
            return self._answer(self.submitted)
        if (refused := self._refused_pictures(body)) is not None:
            return web.json_response({"message": "these pictures cannot be", "rc": refused}, status=400)
        return web.json_response({"id": JOB, "kudos": 3.0}, status=202)

    def _refused_pictures(self, body: dict[str, Any]) -> str | None:
        """As `validate_base_params` has it: extra pictures are for remixes, and those for Stable Cascade."""
        remix = body.get("source_processing") == "remix"
        extra = body.get("extra_source_images", [])
        if remix and body["models"] != ["Stable Cascade 1.0"]:
            return "InvalidRemix"
        if "source_mask" in body and body["source_processing"] not in {"inpainting", "outpainting"}:
            return "SourceMaskUnnecessary"
        if extra and not remix:
            return "InvalidExtraSourceImages."
        assert all(set(each) == {"image", "strength"} for each in extra)
        return "TooManyExtraSourceImages." if len(extra) > self.most_extra else None

    def _answer(self, said: Any) -> web.StreamResponse:
        return web.json_response(said[1], status=said[0]) if isinstance(said, tuple) else web.json_response(said)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "horde")


async def test_the_queue_the_drawing_and_the_picture(entry: Entry) -> None:
    server = Server(
        check(waiting=2, queue_position=40, wait_time=90),
        check(waiting=2, queue_position=12, wait_time=30),
        check(waiting=1, processing=1, wait_time=10),
        check(waiting=0, processing=1, finished=1, wait_time=5),
        DONE,
    )
    ticket, *told, last = await entry.drawn(server, "", None, seed=7, width=1000, height=600, num_inference_steps=30,
                                            guidance_scale=7, negative_prompt="hats", n=2)  # fmt: skip
    assert ticket == Ticket(JOB)
    assert told == [
        Reasoning("Waiting", position=40, eta=90),
        Reasoning("Waiting", position=12, eta=30),
        Reasoning("Drawing", 0.0, eta=10),
        Reasoning("Drawing", 0.5, eta=5),
        Reasoning("Finishing", 1.0),
    ]
    assert last == ImageResponse([URL])
    assert server.asked == [
        {
            "prompt": "a fox ### hats", "nsfw": False, "censor_nsfw": True, "r2": True,
            "models": [], "params": {"n": 2, "width": 960, "height": 576, "seed": "7", "seed_variation": 1,
                                     "cfg_scale": 7.0, "steps": 30},
        }
    ]  # fmt: skip
    assert (server.statuses, server.cancelled) == (1, 0)  # the finished job may be asked for 10 times a minute


async def test_what_the_catalogue_adds(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, "model = 'Deliberate'\nextra = { nsfw = true, params = { karras = true } }")
    assert server.asked[0]["models"] == ["Deliberate"]
    assert (server.asked[0]["nsfw"], server.asked[0]["params"]) == (True, {"n": 1, "karras": True})


async def test_nobodys_words_are_taken_for_the_negative_prompt(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, prompt="a fox ### in hats")
    assert server.asked[0]["prompt"] == "a fox  in hats"


async def test_a_picture_to_start_from_goes_as_webp(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, image=picture_bytes("JPEG"), strength=0.4)
    asked = server.asked[0]
    with Image.open(io.BytesIO(base64.b64decode(asked["source_image"]))) as image:
        assert (image.format, image.size) == ("WEBP", (32, 24))
    assert (asked["source_processing"], asked["params"]["denoising_strength"]) == ("img2img", 0.4)
    with pytest.raises(InvalidParameter):
        await entry.drawn(server, image=b"what")


def colour_of(webp: str) -> tuple[int, int, int]:
    with Image.open(io.BytesIO(base64.b64decode(webp))) as image:
        assert image.format == "WEBP"
        found = image.convert("RGB").getpixel((5, 5))
    assert isinstance(found, tuple)
    red, green, blue = (round(each / 51) * 51 for each in found)
    return red, green, blue


def plain_picture(colour: tuple[int, int, int]) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (96, 64), colour).save(body, "PNG")
    return body.getvalue()


RED, GREEN, BLUE = (204, 0, 0), (0, 204, 0), (0, 0, 204)


async def test_several_pictures_go_to_the_model_that_remixes_them_in_their_order(entry: Entry) -> None:
    server = Server()
    pictures = tuple(map(plain_picture, (RED, GREEN, BLUE)))
    await entry.drawn(server, "model = 'Stable Cascade 1.0'", images=pictures, strength=0.4)
    (asked,) = server.asked
    assert (asked["source_processing"], colour_of(asked["source_image"])) == ("remix", RED)
    assert [(colour_of(each["image"]), each["strength"]) for each in asked["extra_source_images"]] == [(GREEN, 1.0)]
    assert "denoising_strength" not in asked["params"]  # a remix has none
    server.most_extra = 5
    await entry.drawn(server, "model = 'Stable Cascade 1.0'\ninput_images = 6", images=pictures)
    assert [colour_of(each["image"]) for each in server.asked[1]["extra_source_images"]] == [GREEN, BLUE]


async def test_one_picture_is_no_remix_and_other_models_take_one(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, "model = 'Stable Cascade 1.0'", image=plain_picture(RED))
    await entry.drawn(server, "model = 'Deliberate'", images=(plain_picture(GREEN), plain_picture(BLUE)))
    assert [each["source_processing"] for each in server.asked] == ["img2img", "img2img"]
    assert colour_of(server.asked[1]["source_image"]) == GREEN
    assert not any("extra_source_images" in each for each in server.asked)
    for model, count in (("Deliberate", 1), ("Stable Cascade 1.0", 2), (None, 1)):
        assert Horde.capabilities_of(model).input_images == count


async def test_a_mask_is_sent_beside_its_picture(entry: Entry) -> None:
    server = Server()
    mask = plain_picture((255, 255, 255))
    await entry.drawn(server, image=plain_picture(RED), mask=mask, strength=0.5)
    (asked,) = server.asked
    assert asked["source_processing"] == "inpainting"
    assert (colour_of(asked["source_image"]), colour_of(asked["source_mask"])) == (RED, (255, 255, 255))
    assert asked["params"]["denoising_strength"] == 0.5
    with pytest.raises(InvalidParameter, match="one input picture"):
        await entry.drawn(
            server, "model = 'Stable Cascade 1.0'", images=(plain_picture(RED), plain_picture(BLUE)), mask=mask
        )


async def test_more_pictures_than_the_horde_lets_this_key_send_are_a_refusal(entry: Entry) -> None:
    with pytest.raises(InvalidParameter):
        await entry.drawn(
            Server(), "model = 'Stable Cascade 1.0'\ninput_images = 3", images=tuple([plain_picture(RED)] * 3)
        )


async def test_a_picture_inline(entry: Entry) -> None:
    inline = base64.b64encode(picture_bytes("WEBP")).decode()
    *_, last = await entry.drawn(Server(generations=[generation(img=inline)]))
    assert last == ImageResponse([f"data:image/webp;base64,{inline}"])


async def test_what_was_censored_is_not_shown(entry: Entry) -> None:
    censored = generation(img="https://r2.example/black.webp", censored=True)
    *_, last = await entry.drawn(Server(generations=[censored, generation()]))
    assert last == ImageResponse([URL])
    noted = generation(gen_metadata=[{"type": "censorship", "value": "csam"}])
    for never in (censored, noted):
        with pytest.raises(ContentRejected):
            await entry.drawn(Server(generations=[never]))
    told = generation(gen_metadata=[{"type": "information", "value": "nsfw"}, None])
    assert (await entry.drawn(Server(generations=[told])))[-1] == ImageResponse([URL])


async def test_a_worker_that_gave_up_means_waiting_again(entry: Entry) -> None:
    again = check(restarted=1, queue_position=2, wait_time=9)
    _, *told, _ = await entry.drawn(Server(check(processing=1, waiting=0), again, DONE))
    assert told[:2] == [Reasoning("Drawing"), Reasoning("Waiting", position=2, eta=9)]


async def test_what_is_finished_is_fetched_without_a_pause(entry: Entry) -> None:
    async with serving(Server()) as url, clean_session() as session, asyncio.timeout(60):
        provider = entry.model(url).create()
        provider.poll_interval = 3600
        async with aclosing(provider.generate(ImageRequest("a fox"), session)) as events:
            assert [event async for event in events][-1] == ImageResponse([URL])


async def test_a_job_goes_on_by_its_ticket(entry: Entry) -> None:
    server = Server(check(processing=1, waiting=0), DONE)
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url).create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(JOB), session)]
    assert events == [Reasoning("Drawing"), Reasoning("Finishing", 1.0), ImageResponse([URL])]
    assert server.asked == []


@pytest.mark.parametrize("detached", [False, True])
async def test_a_job_that_nobody_waits_for_is_cancelled(entry: Entry, detached: bool) -> None:
    server = Server(check(queue_position=3))
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url).create()
        async with aclosing(provider.generate(ImageRequest("a fox"), session)) as events:
            async for event in events:
                if isinstance(event, Reasoning):
                    break
            if detached:
                provider.detach()
    assert server.cancelled == (0 if detached else 1)


async def test_a_cancelled_task_takes_the_job_back(entry: Entry) -> None:
    server = Server(check(queue_position=3))
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url).create()

        async def draw() -> None:
            async with aclosing(provider.generate(ImageRequest("a fox"), session)) as events:
                async for _ in events:
                    pass

        task = asyncio.create_task(draw())
        await server.checked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert server.cancelled == 1


async def test_the_turn_that_never_comes(entry: Entry) -> None:
    with pytest.raises(QueueDeadlineExceeded):
        await entry.drawn(Server(check(queue_position=900)), "queue_timeout = 0.05")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, {"message": "Due to heavy demand ...", "rc": "KudosUpfront"}, PaymentRequired),
        (400, {"message": "This prompt appears to violate our terms", "rc": "CorruptPrompt"}, ContentRejected),
        (429, {"message": "Parallel requests exceeded", "rc": "TooManyPrompts"}, QuotaExceeded),
        (429, {"message": "2 per 1 second"}, Unavailable),
        (400, {"message": "no such size", "rc": "InvalidSize"}, InvalidParameter),
        (401, {"message": "No user", "rc": "InvalidAPIKey"}, Unauthorized),
        (503, {"message": "maintenance"}, Unavailable),
        (202, {"kudos": 3}, BadAnswer),
        (202, {"id": "../../users"}, BadAnswer),
        (202, [], BadAnswer),
    ],
)
async def test_refusals(entry: Entry, status: int, body: Any, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(submitted=(status, body)))
    assert type(caught.value) is error
    assert KEY not in str(caught.value)


async def test_a_wrong_key(entry: Entry) -> None:
    with pytest.raises(Unauthorized):
        await entry.drawn(Server(keys={"another"}))


@pytest.mark.parametrize(
    ("states", "error"),
    [
        ([check(faulted=True)], ResponseError),
        ([check(is_possible=False)], NoWorkers),
        ([(404, {"message": "Request not found", "rc": "RequestNotFound"})], ResponseError),
        ([{}], BadAnswer),
        ([[]], BadAnswer),
        ([(500, {})], Unavailable),
    ],
)
async def test_a_job_that_comes_to_nothing(entry: Entry, states: list[Any], error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(*states))
    assert type(caught.value) is error


@pytest.mark.parametrize("generations", [[], [{}], [generation(img="")], [None], "what", [generation(img=7)]])
async def test_no_picture_in_the_answer(entry: Entry, generations: Any) -> None:
    with pytest.raises(NoPicture):
        await entry.drawn(Server(generations=generations))


async def test_a_few_unanswered_questions_are_survived(entry: Entry) -> None:
    server = Server((429, {"message": "10 per 1 second"}), (502, {}), check(is_possible=False), DONE)
    *_, last = await entry.drawn(server)
    assert last == ImageResponse([URL])


async def test_the_check_knows_the_horde(entry: Entry) -> None:
    await entry.checked(Server())

    async def another(_: web.Request) -> web.StreamResponse:
        return web.json_response({"hello": "world"})

    with pytest.raises(NotThisServer):
        await entry.checked(another)


async def test_the_check_finds_a_wrong_key_and_a_model_that_nobody_has(entry: Entry) -> None:
    with pytest.raises(Unauthorized):
        await entry.checked(Server(keys={"another"}))
    await entry.checked(Server(), "model = 'Deliberate'")
    with pytest.raises(ModelNotFound, match=r"'AlbedoBase XL'; there are: AlbedoBase XL \(SDXL\)"):
        await entry.checked(Server(), "model = 'AlbedoBase XL'")


@pytest.mark.parametrize(("model", "size"), [("", (768, 384)), ("model = 'AlbedoBase XL (SDXL)'", (1408, 704))])
async def test_a_picture_keeps_its_shape(entry: Entry, model: str, size: tuple[int, int]) -> None:
    server = Server()
    await entry.drawn(server, model, image=picture_bytes("PNG", (1600, 800)))
    params = server.asked[0]["params"]
    assert (params["width"], params["height"]) == size
    await entry.drawn(server, model, image=picture_bytes("PNG", (1600, 800)), width=512, height=512)
    assert server.asked[1]["params"]["width"] == 512


@given(st.dictionaries(st.sampled_from(sorted(check())), st.none() | st.booleans() | st.integers() | st.floats()))
def test_no_answer_breaks_it(said: dict[str, Any]) -> None:
    """Whatever a server says of a job is an event or one of our errors, with numbers that can be shown."""

    async def ask() -> None:
        from providers.engines.deadline import Deadline

        try:
            told = Horde().state(check() | said, Deadline(900, 300))
        except ProviderError:
            return
        assert isinstance(told, Reasoning)
        assert told.progress is None or 0 <= told.progress <= 1
        assert told.position is None or told.position > 0

    asyncio.run(ask())


PICKS = """extra = { params = { sampler_name = 'k_lms'} }
[models.mine.choices]
sampler = 'server'
scheduler = 'server'
lora = { Pixels = { value = '1234', words = 'pixel art' }, Newest = 'version:99' }"""


async def test_what_is_picked_goes_to_the_worker(entry: Entry) -> None:
    server = Server()
    params: dict[str, Any] = {
        "sampler": "K_Euler_A",
        "scheduler": "normal",
        "loras": (Lora("pixels", 0.8), Lora("newest")),
    }
    await entry.drawn(server, PICKS, **params)
    (body,) = server.asked
    assert body["prompt"] == "a fox, pixel art"
    assert (body["params"]["sampler_name"], body["params"]["karras"]) == ("k_euler_a", False)
    assert body["params"]["loras"] == [
        {"name": "1234", "model": 0.8, "clip": 0.8, "inject_trigger": "any"},
        {"name": "99", "model": 1.0, "clip": 1.0, "inject_trigger": "any", "is_version": True},
    ]
    await entry.drawn(server, PICKS)
    assert server.asked[1]["params"] == {"n": 1, "sampler_name": "k_lms"}


async def test_a_name_that_the_horde_does_not_know_is_not_submitted(entry: Entry) -> None:
    server = Server()
    with pytest.raises(UnknownChoice, match="k_euler_a"):
        await entry.drawn(server, PICKS, sampler="k_eular_a")
    with pytest.raises(UnknownChoice, match="Pixels"):
        await entry.drawn(server, PICKS, loras=(Lora("pixel"),))
    assert server.asked == []


@pytest.mark.parametrize("value", ["baseline_mismatch", "download_failed"])
async def test_a_lora_that_a_worker_could_not_use_is_told(entry: Entry, value: str) -> None:
    server = Server(generations=[generation() | {"gen_metadata": [{"type": "lora", "value": value, "ref": "1234"}]}])
    with pytest.raises(InvalidParameter, match=f"the LoRA '1234' was not used: {value}"):
        await entry.drawn(server, PICKS, loras=(Lora("Pixels"),))


async def test_a_model_that_a_worker_has_is_picked(entry: Entry) -> None:
    server, text = Server(), "model = 'Deliberate'\nchoices = ['checkpoint']"
    async with serving(server) as url, clean_session() as session:
        listed = await entry.model(url, text).create().choices_of(Kind.CHECKPOINT, session)
        assert [choice.name for choice in listed] == ["AlbedoBase XL (SDXL)", "Deliberate"]
    await entry.drawn(server, text, checkpoint="albedobase xl (sdxl)")
    await entry.drawn(server, text)
    assert [body["models"] for body in server.asked] == [["AlbedoBase XL (SDXL)"], ["Deliberate"]]
    with pytest.raises(UnknownChoice, match="Deliberate"):
        await entry.drawn(server, text, checkpoint="Delibrate")


def test_how_far_an_upscaler_goes_is_known_once_it_is_picked(entry: Entry) -> None:
    assert entry.model("http://localhost", "task = 'upscale'").capabilities.scale == 4
    picked = entry.model("http://localhost", "task = 'upscale'\nchoices = ['upscaler']")
    assert picked.capabilities.scale is None
    large = picture_bytes(size=(2400, 2400))
    picked.create().prepare(picked.request("", image=large, upscaler="2xModernSpanimationV1"))
    for name in (None, "4x_AnimeSharp"):
        with pytest.raises(TooLarge):
            picked.create().prepare(picked.request("", image=large, upscaler=name))


def test_the_horde_lists_no_loras(entry: Entry) -> None:
    with pytest.raises(CatalogError, match=r"choices\.lora: horde lists none: name them here"):
        entry.model("http://localhost", "choices = ['lora']")
