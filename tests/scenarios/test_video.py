"""Animate: a button under pictures and below photos, /animate, and the video that comes."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest
from aiohttp import web

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import YOU
from bot.sandbox.state import Message
from providers import Catalog, ImageRequest, ImageResponse, Provider, Reasoning, Ticket
from providers.capabilities import Capabilities
from providers.catalog.model import Model
from providers.events import Event
from providers.pictures.encoded import data_url
from providers.tasks import VIDEO
from tests.providers.entries import KEY
from tests.providers.services import test_fal as fal
from tests.providers.serving import picture_bytes, serving
from tests.providers.videos import gif, mp4, webm
from tests.running import scripted
from tests.scenarios.editors import RED, drawn, same
from tests.scenarios.language import ChatClient, Person
from tests.scenarios.test_own_keys import SECRET
from tests.scenarios.workers import UPSCALES, working_bot


class Animator(Provider):
    """Answers with `made`. `hold`: until it is set, what is asked meanwhile is not finished; `begun` is set once a
    ticket was given."""

    offline = True
    models = default_model = "animator"  # type: ignore[assignment] # one name is all that is asked for
    tasks = frozenset({VIDEO})
    capabilities = Capabilities(frozenset(), resume=True)
    asked: ClassVar[list[ImageRequest]] = []
    resumed: ClassVar[list[str]] = []
    made: ClassVar[bytes] = mp4()
    adult: ClassVar[bool] = False
    hold: ClassVar[asyncio.Event | None] = None
    begun: ClassVar[asyncio.Event] = asyncio.Event()

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        assert self.task == VIDEO
        type(self).asked.append(request)
        yield Reasoning("Drawing", 0.5)
        yield Ticket("job-1")
        type(self).begun.set()
        if (held := type(self).hold) is not None:
            await held.wait()
        yield self._done()

    async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).resumed.append(ticket.value)
        yield self._done()

    def _done(self) -> ImageResponse:
        return ImageResponse([data_url(self.made, "application/octet-stream")], adult=self.adult)


class Still(Animator):
    """Makes pictures."""

    models = default_model = "still"
    asked: ClassVar[list[ImageRequest]] = []
    made: ClassVar[bytes] = picture_bytes()


ANIMATES = scripted("animator", Animator, label="Wan", task=VIDEO)


@pytest.fixture(autouse=True)
def forgetful() -> None:
    for provider in (Animator, Still):
        provider.asked.clear()
    Animator.resumed.clear()
    Animator.made, Animator.adult, Animator.hold = mp4(), False, None


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with working_bot(sandbox, tmp_path, [ANIMATES, UPSCALES]) as running:
        yield running


async def more(chat: ChatClient, picture: Message) -> Message:
    await chat.press("More", on=picture)
    return await chat.answer(lambda message: any("Back" in label for label in chat.buttons(message)))


@pytest.mark.usefixtures("bot")
async def test_a_picture_moves(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 512x384")
    await chat.press("Animate", on=await more(chat, picture))
    assert await chat.toast() == "On it!"
    clip = await chat.clip()
    assert clip.animation is not None
    assert (clip.animation.width, clip.animation.height, clip.animation.seconds) == (640, 360, 5)
    assert clip.animation.name.endswith(".mp4")
    assert await chat.data(clip) == mp4(), "not a byte of it is changed"
    assert clip.reply_to == picture.id
    assert "🎬 Animate a fox" in clip.text
    assert "Wan · 640×360" in clip.text
    (request,) = Animator.asked
    assert request.prompt == "a fox"
    assert same(request.first_image, await chat.data(picture))
    assert chat.buttons(clip) == ["🔁 Again", "↩️ Back", "☆"]


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (mp4(sound=True), "video"),
        (mp4(codec=b"hvc1"), "video"),
        (gif(), "animation"),
        (webm(), "document"),
        (gif(kind="WEBP"), "document"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_what_a_video_is_shown_as(chat: ChatClient, made: bytes, kind: str) -> None:
    Animator.made = made
    await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    clip = await chat.answer(lambda message: bool(message.animation or message.video or message.document))
    assert getattr(clip, kind) is not None
    assert await chat.data(clip) == made


@pytest.mark.usefixtures("bot")
async def test_words_in_reply_say_how_it_moves(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.send("/animate slowly zoom out", reply_to=picture)
    clip = await chat.clip()
    assert "🎬 Animate slowly zoom out" in clip.text
    assert Animator.asked[0].prompt == "slowly zoom out"
    await chat.send("/animate", reply_to=picture)
    await chat.clip()
    assert Animator.asked[1].prompt == "a fox"
    await chat.send("/animate the other way", reply_to=clip)
    await chat.clip()
    assert Animator.asked[2].prompt == "the other way"
    assert same(Animator.asked[2].first_image, await chat.data(picture)), "what the video was made from"


@pytest.mark.usefixtures("bot")
async def test_somebodys_photo(group: ChatClient, boris: Person) -> None:
    theirs = await boris.chat(group.chat_id).upload(RED)
    await group.send("/animate wind", reply_to=theirs)
    clip = await group.clip()
    assert Animator.asked[0].prompt == "wind"
    assert same(Animator.asked[0].first_image, RED)
    await group.upload(RED, "/animate rain")
    await group.clip()
    assert Animator.asked[1].prompt == "rain"
    assert any("Report" in label for label in group.buttons(clip))


@pytest.mark.usefixtures("bot")
async def test_without_one_picture_it_says_how(chat: ChatClient) -> None:
    await chat.text("Reply to one picture with", to=await chat.send("/animate a storm"))
    grid = await drawn(chat, "two foxes --n 2 --size 128x128")
    await chat.text("Reply to one picture with", to=await chat.send("/animate", reply_to=grid))
    assert Animator.asked == []


async def test_without_a_model_there_is_nothing_of_it(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, [UPSCALES]):
        picture = await drawn(chat, "a fox --size 128x128")
        assert not any("Animate" in label for label in chat.buttons(await more(chat, picture)))
        await chat.text("I can't animate pictures here", to=await chat.send("/animate", reply_to=picture))
        names = {each["command"] for given in sandbox.state.bot.commands.values() for each in given}
        assert "animate" not in names


@pytest.mark.usefixtures("bot")
async def test_again_and_back(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Animate", on=await more(chat, picture))
    clip = await chat.clip()
    await chat.press("Again", on=clip)
    again = await chat.answer(lambda message: message.animation is not None and message.id != clip.id)
    assert len(Animator.asked) == 2
    assert same(Animator.asked[1].first_image, await chat.data(picture))
    await chat.press("Back", on=again)
    shown = await chat.answer(lambda message: bool(message.photo) and message.id != picture.id)
    assert shown.photo == picture.photo


@pytest.mark.usefixtures("bot")
async def test_words_about_a_video_change_its_picture(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Animate", on=await more(chat, picture))
    clip = await chat.clip()
    changed = await drawn(chat, "in the snow", reply_to=clip)
    rows = (changed.keyboard or {})["inline_keyboard"]
    copied = next(button["copy_text"]["text"] for row in rows for button in row if "copy_text" in button)
    assert copied.split("\n") == ["a fox", "in the snow"]


@pytest.mark.usefixtures("bot")
async def test_its_place_in_the_history(chat: ChatClient) -> None:
    await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    clip = await chat.clip()
    assert clip.animation is not None
    await chat.press("☆", on=clip)
    await chat.send("/history")
    page = await chat.photo()
    await chat.press("1", on=page)
    await chat.press("Full", on=await chat.answer(lambda message: any("Full" in b for b in chat.buttons(message))))
    shown = await chat.answer(lambda message: message.animation is not None and message.id != clip.id)
    assert shown.animation == clip.animation
    assert "🎬 Animate" in shown.text
    await chat.send("/export")
    await chat.press("Send", on=await chat.answer(lambda message: any("Send" in b for b in chat.buttons(message))))
    await chat.answer(lambda message: message.animation is not None and message.id not in {clip.id, shown.id})
    await chat.text("sent", to=None)


@pytest.mark.usefixtures("bot")
async def test_a_video_is_covered(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("Spoiler")
    menu = await chat.text("Nice photo!", to=await chat.upload(RED))
    await chat.press("Animate", on=menu)
    assert (await chat.clip()).spoiler
    Animator.made = webm()
    menu = await chat.text("Nice photo!", to=await chat.upload(RED))
    await chat.press("Animate", on=menu)
    await chat.text("Telegram rejected it")  # as a file it would not be covered


@pytest.mark.usefixtures("bot")
async def test_adult_content_is_covered(chat: ChatClient) -> None:
    Animator.adult = True
    await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    assert (await chat.clip()).spoiler


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (picture_bytes(), "Wan returned a picture instead of a video"),
        (mp4()[:-9], "Wan returned an invalid video"),
        (b"<html>Bad Gateway</html>", "Wan returned an invalid video"),
        (mp4(seconds=600), "The video from Wan is too long to send"),
        (mp4((9000, 100)), "The video from Wan is too large for Telegram"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_videos_that_do_not_come(chat: ChatClient, made: bytes, sentence: str) -> None:
    Animator.made = made
    await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    failed = await chat.text(sentence)
    assert "🔁 Retry" in chat.buttons(failed)
    assert len(Animator.asked) == 1, "it would be paid for a second time"


async def test_another_model_takes_over(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    still = scripted("still", Still, task=VIDEO, fallback=("animator",))
    async with working_bot(sandbox, tmp_path, [still, ANIMATES]):
        await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
        clip = await chat.clip()
        assert "Fallback for Still: a picture instead of a video" in clip.text
        assert (len(Still.asked), len(Animator.asked)) == (1, 1)


async def test_a_video_goes_on_after_a_restart(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, [ANIMATES]) as first:
        Animator.hold, Animator.begun = asyncio.Event(), asyncio.Event()
        await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
        await chat.placeholder()
        await asyncio.wait_for(Animator.begun.wait(), 10)
        await first.jobs.stop(grace=0)
    async with working_bot(sandbox, tmp_path, [ANIMATES]):
        assert (await chat.clip()).animation is not None
        assert (Animator.resumed, len(Animator.asked)) == (["job-1"], 1)


@pytest.mark.usefixtures("bot")
async def test_a_video_is_cancelled(chat: ChatClient) -> None:
    Animator.hold = asyncio.Event()
    await chat.press("Animate", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    placeholder = await chat.placeholder()
    assert "🎬 Animate" in placeholder.text
    await chat.press("Cancel", on=placeholder)
    assert "Cancelled" in (await chat.ended(placeholder)).text


async def test_what_a_video_costs_counts(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    priced = replace(ANIMATES, cost=0.6)
    async with working_bot(sandbox, tmp_path, [priced], daily_cost_per_user=1.0):
        photo = await chat.upload(RED)
        await chat.press("Animate", on=await chat.text("Nice photo!", to=photo))
        await chat.clip()
        await chat.text("costs 0.6 with Wan", to=await chat.send("/animate again", reply_to=photo))
        assert len(Animator.asked) == 1


@pytest.mark.usefixtures("bot")
async def test_words_that_are_too_long(chat: ChatClient) -> None:
    photo = await chat.upload(RED)
    refused = await chat.text("characters", to=await chat.send(f"/animate {'very ' * 500}", reply_to=photo))
    assert chat.buttons(refused) == [], "a button would draw the words"
    assert Animator.asked == []


async def test_blocked_words(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    words = tmp_path / "blocked.txt"
    words.write_text("gore")
    async with working_bot(sandbox, tmp_path, [ANIMATES], blocked_words_file=words):
        photo = await chat.upload(RED)
        await chat.text("blocked", to=await chat.send("/animate with gore", reply_to=photo))
        assert Animator.asked == []


@pytest.mark.usefixtures("bot")
async def test_it_is_in_no_menu_of_models(chat: ChatClient) -> None:
    await chat.text("isn't available", to=await chat.send("a fox --model animator"))
    await chat.send("/model")
    menu = await chat.text("Choose a model")
    assert not any("Wan" in label for label in chat.buttons(menu))


@pytest.mark.parametrize(("fail", "shown"), [("closed", False), ("open", True)])
async def test_a_video_cannot_be_checked(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path, fail: str, shown: bool
) -> None:
    asked: list[str] = []

    async def allows(request: web.Request) -> web.StreamResponse:
        asked.append((await request.json())["model"])
        return web.json_response({"verdict": "allow"})

    async with serving(allows) as url:
        settings = {"output_check_url": url, "output_check_fail": fail, "admin_ids": f"{YOU}"}
        async with working_bot(sandbox, tmp_path, [ANIMATES], **settings):
            menu = await chat.text("Nice photo!", to=await chat.upload(RED))
            await chat.press("Animate", on=menu)
            await (chat.clip() if shown else chat.text("can't be checked"))
            assert asked == []
            Animator.made = gif()
            await chat.press("Retry" if not shown else "Again")
            await chat.answer(lambda message: message.animation is not None and message.animation.mime == "image/gif")
            assert asked == ["animator"], "its first frame was shown to the check"


class Queue(fal.Server):
    """fal's queue, whose result is a video at the same address."""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/made.mp4":
            return web.Response(body=mp4())
        self.result = {"video": {"url": f"{request.url.origin()}/made.mp4"}}
        return await super().__call__(request)


def queued(folder: Path, url: str, env: dict[str, str] | None = None) -> list[Model]:
    """An entry for a model of that queue."""
    file = folder / "models.toml"
    file.write_text(
        f"builtin = false\n[models.kling]\nprovider = 'fal'\nlabel = 'Kling'\nurl = '{url}'\ntask = 'video'\n"
        "model = 'fal-ai/kling/image-to-video'\napi_key = 'env:FAL_KEY'\nrequires_key = true\ncost = 1\n"
    )
    return list(Catalog.load(file, env=env or {}))


async def test_a_job_at_fal_goes_on_after_a_restart(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    server = Queue(fal.WAITING)
    async with serving(server) as url:
        models = queued(tmp_path, url, {"FAL_KEY": KEY})
        async with working_bot(sandbox, tmp_path, models) as first:
            await chat.send("/animate zoom", reply_to=await chat.upload(RED))
            await chat.answer(lambda message: "queue" in message.text)  # so that its ticket is stored
            await first.jobs.stop(grace=0)
        server.states = [fal.DRAWING, fal.DONE]
        async with working_bot(sandbox, tmp_path, models):
            assert await chat.data(await chat.clip()) == mp4()
    assert (len(server.asked), server.cancelled) == (1, 0), "what is paid for is not begun anew"


async def test_with_a_key_of_ones_own(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    server = Queue(fal.WAITING, fal.DONE)
    async with serving(server) as url:
        settings = {"allow_own_keys": True, "own_keys_secret": SECRET, "daily_cost_per_user": 0.5}
        async with working_bot(sandbox, tmp_path, queued(tmp_path, url), **settings):
            photo = await chat.upload(RED)
            menu = await chat.text("Nice photo!", to=photo)
            assert not any("Animate" in label for label in chat.buttons(menu))
            await chat.text("I can't animate pictures here", to=await chat.send("/animate zoom", reply_to=photo))
            await chat.text("Kling", to=await chat.send(f"/key kling {KEY}"))
            await chat.send("/animate zoom", reply_to=photo)
            clip = await chat.clip()
            assert await chat.data(clip) == mp4()
            assert server.asked[0]["prompt"] == "zoom"
