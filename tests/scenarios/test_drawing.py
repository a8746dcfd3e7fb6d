"""From words to a picture, as people live through it."""

import asyncio
import io
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP
from providers import (
    ContentRejected,
    ImagePreview,
    ImageRequest,
    ImageResponse,
    Provider,
    QuotaExceeded,
    Reasoning,
    Unavailable,
)
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Slow(Provider):
    """Says how it goes, shows a preview, and then waits until the test lets it go on."""

    label = "Slow"
    offline = True
    models = default_model = "slow"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed"}), progress=True, previews=True, cancel=True)
    go_on = asyncio.Event()
    cancelled = 0

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Step 3/10 <b>not bold</b>", progress=0.3)
        yield ImagePreview(data_url(sample_photo(), "image/png"))
        try:
            await type(self).go_on.wait()
        except (asyncio.CancelledError, GeneratorExit):
            type(self).cancelled += 1
            raise
        yield ImageResponse([data_url(sample_photo(320, 240), "image/png")])


class Breaking(Slow):
    """Shows a preview, and fails when it is let go on."""

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImagePreview(data_url(sample_photo(color="#ff0000"), "image/png"))
        await type(self).go_on.wait()
        raise ContentRejected("no")


class Refusing(Provider):
    """Fails as `error` says, `times` times, and draws after that."""

    label = "Refusing"
    offline = True
    models = default_model = "refusing"  # type: ignore[assignment] # likewise
    capabilities = Capabilities(frozenset())
    error: Exception = Unavailable("down")
    times = 1_000_000

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Trying")
        if type(self).times > 0:
            type(self).times -= 1
            raise type(self).error
        yield ImageResponse([data_url(sample_photo(), "image/png")])


@pytest.fixture
async def slow() -> type[Slow]:
    Slow.go_on = asyncio.Event()
    Slow.cancelled = 0
    return Slow


@pytest.fixture
async def breaking() -> type[Breaking]:
    Breaking.go_on = asyncio.Event()
    return Breaking


@pytest.fixture
async def bot(
    sandbox: SandboxServer, tmp_path: Path, slow: type[Slow], breaking: type[Slow]
) -> AsyncGenerator[Running, None]:
    """The real bot with a quick sketch, a slow model and a refusing one."""
    catalog = quick_sketch(scripted("slow", slow), scripted("breaking", breaking), scripted("refusing", Refusing))
    async with bot_at(sandbox, tmp_path, catalog) as running:
        yield running


async def test_the_placeholder_becomes_the_picture(chat: ChatClient) -> None:
    asked = await chat.send("/imagine a fox in the snow")
    placeholder = await chat.placeholder()
    assert placeholder.reply_to == asked.id
    picture = await chat.photo()
    assert picture.id == placeholder.id
    assert len(chat.answers) == 1
    assert "a fox in the snow" in picture.text
    assert "not AI" in picture.text
    assert "1024×1024" in picture.text
    assert [label.split()[-1] for label in chat.buttons(picture)] == ["Again", "Model", "prompt", "☆", "More"]
    with Image.open(io.BytesIO(await chat.data(picture))) as image:
        assert image.size == (1024, 1024)


async def test_in_a_private_chat_the_words_are_enough(chat: ChatClient) -> None:
    await chat.send("a cat on a roof --ar 16:9")
    assert "1280×720" in (await chat.photo()).text


async def test_a_dash_that_a_keyboard_made_of_two_hyphens_starts_a_flag(chat: ChatClient) -> None:
    picture = await chat.photo(to=await chat.send("/imagine a fox —ar 16:9"))
    assert "1280×720" in picture.text
    assert "—ar" not in picture.text
    assert len(chat.answers) == 1


async def test_everything_that_can_be_typed(chat: ChatClient) -> None:
    await chat.send('/imagine a boat --size 512x640 --seed 7 --no "people, text" --model sketch')
    picture = await chat.photo()
    assert "512×640" in picture.text
    assert "seed 7" in picture.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/imagine a fox --arr 16:9", "--ar"),
        ("/imagine a fox --n 99", "--n 99"),
        ("/imagine a fox —ar 5:1", "16:9"),
        ("/imagine a fox --ar 5:1", "16:9"),
        ("/imagine a fox --model nothing", "sketch"),
        ("/imagine", "What shall I draw"),
        ("/imagine " + "x" * 2001, "too long"),
        ("/imagine a fox --size 9000x9000", "2048"),
    ],
)
async def test_what_cannot_be_drawn_is_answered_with_help(chat: ChatClient, typed: str, answer: str) -> None:
    await chat.send(typed)
    await chat.text(answer)
    assert not any("cancel" in label.lower() for label in chat.buttons())


async def test_markup_in_a_prompt_stays_what_it_is(chat: ChatClient) -> None:
    prompt = "a <b>bold</b> & 'quoted' fox 🦊 \u202eRTL"
    await chat.send(f"/imagine {prompt}")
    assert "a <b>bold</b> & 'quoted' fox 🦊" in (await chat.photo()).text


async def test_progress_is_shown_and_the_preview_becomes_the_picture(chat: ChatClient, slow: type[Slow]) -> None:
    await chat.send("/imagine a fox --model slow")
    preview = await chat.preview()
    assert "30%" in preview.text
    slow.go_on.set()
    picture = await chat.ended(preview)
    assert picture.photo is not None
    assert picture.photo[-1].width == 320
    assert len(chat.answers) == 1


async def test_cancel_by_the_button_stops_the_back_end_too(chat: ChatClient, slow: type[Slow]) -> None:
    await chat.send("/imagine a fox --model slow")
    preview = await chat.preview()
    await chat.press("Cancel", on=preview)
    ended = await chat.ended(preview)
    assert "Cancelled" in ended.text
    assert slow.cancelled == 1
    assert len(chat.answers) == 1


async def test_cancel_by_the_command(chat: ChatClient, slow: type[Slow]) -> None:
    await chat.send("/imagine a fox --model slow")
    placeholder = await chat.placeholder()
    await chat.send("/cancel")
    assert "Cancelled" in (await chat.ended(placeholder)).text
    await chat.send("/cancel")
    await chat.text("nothing to cancel")


async def test_again_is_another_picture_and_the_same_seed_is_under_more(chat: ChatClient) -> None:
    await chat.send("/imagine a fox --seed 7")
    first = await chat.photo()
    await chat.press("Again", on=first)
    again = await chat.photo()
    assert again.id != first.id
    assert "seed 7 " not in again.text
    assert await chat.data(again) != await chat.data(first)
    await chat.press("More", on=first)
    await chat.press("Same seed", on=first)
    same = await chat.answer(lambda message: message.id > again.id and "seed 7 " in message.text, "the same picture")
    assert await chat.data(same) == await chat.data(first)


async def test_several_pictures_come_as_a_sheet_with_a_button_each(chat: ChatClient) -> None:
    await chat.send("/imagine a fox --n 4 --size 256x256 --seed 10")
    sheet = await chat.photo()
    assert "10" in sheet.text
    assert "13" in sheet.text
    numbers = [label for label in chat.buttons(sheet) if label.strip().isdigit()]
    assert numbers == ["1", "2", "3", "4"]
    await chat.press("2", on=sheet)
    full = await chat.photo()
    assert full.id != sheet.id
    assert full.photo is not None
    assert (full.photo[-1].width, full.photo[-1].height) == (256, 256)


async def test_a_refusal_is_told_with_a_way_on(chat: ChatClient) -> None:
    Refusing.error, Refusing.times = ContentRejected("no <i>gore</i> please"), 1
    await chat.send("/imagine a fox --model refusing")
    failed = await chat.text("Refusing", "won't draw this")
    assert "no <i>gore</i> please" in failed.text.replace("\u2060", "")  # which keeps "/i" from being a command
    assert len(chat.answers) == 1
    await chat.press("Retry", on=failed)
    assert (await chat.photo()).photo is not None


async def test_quota_says_when_to_come_back(chat: ChatClient) -> None:
    Refusing.error, Refusing.times = QuotaExceeded("spent", retry_after=600), 1
    await chat.send("/imagine a fox --model refusing")
    await chat.text("10 minutes")


async def test_a_failure_after_a_preview_hides_the_preview(chat: ChatClient, breaking: type[Slow]) -> None:
    await chat.send("/imagine a fox --model breaking")
    preview = await chat.preview()
    shown = await chat.data(preview)
    breaking.go_on.set()
    ended = await chat.ended(preview)
    assert "won't draw this" in ended.text
    assert await chat.data(ended) != shown
    assert [label for label in chat.buttons(ended) if "Retry" in label]
    assert len(chat.answers) == 1


async def test_an_unavailable_back_end_is_tried_again(chat: ChatClient) -> None:
    Refusing.error, Refusing.times = Unavailable("502"), 1
    await chat.send("/imagine a fox --model refusing")
    assert (await chat.photo()).photo is not None


async def test_in_groups_and_topics(group: ChatClient, topic: ChatClient, sandbox: SandboxServer) -> None:
    await group.send(f"/imagine@{sandbox.state.bot.username} a fox")
    assert "a fox" in (await group.photo()).text
    await topic.send("/imagine a tree")
    picture = await topic.photo()
    assert picture.topic_id == 2
    await group.send("just talking")
    await group.send("/imagine a bird")
    await group.photo()
    assert len(group.answers) == 2


async def test_only_who_asked_and_admins_press(you: Person, alice: Person, boris: Person) -> None:
    await boris.chat(GROUP).send("/imagine лиса в снегу")
    picture = await boris.chat(GROUP).photo()
    stranger, admin = Person.named(you.server, "Mei").chat(GROUP), alice.chat(GROUP)
    again = _data(picture, 0)
    for data in (again, _data(picture, 1)):
        stranger.press_data(data, on=picture)
        assert "不是你的图片" in await stranger.toast()
    assert len(stranger.answers) == 1
    admin.press_data(again, on=picture)
    assert (await admin.photo()).id != picture.id


async def test_russian_for_who_reads_it(boris: Person) -> None:
    await boris.private.send("/start")
    await boris.private.text("Здравствуйте")
    await boris.private.send("/imagine лиса")
    picture = await boris.private.photo()
    assert any("Ещё" in label or "ещё" in label.lower() for label in boris.private.buttons(picture))


async def test_the_model_is_chosen_by_a_button(chat: ChatClient, slow: type[Slow]) -> None:
    await chat.send("/model")
    menu = await chat.text("Choose a model")
    await chat.press("Slow", on=menu)
    assert "Slow" in await chat.toast()
    await chat.send("/imagine a fox")
    slow.go_on.set()
    assert "Slow" in (await chat.photo()).text


async def test_settings_hold_and_flags_win(chat: ChatClient) -> None:
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Aspect ratio", on=menu)
    await chat.press("9:16", on=menu)
    await chat.send("/imagine a fox")
    assert "720×1280" in (await chat.photo()).text
    await chat.send("/imagine a fox --ar 1:1")
    assert "1024×1024" in (await chat.photo()).text


async def test_a_reply_refines_and_a_photo_is_an_input(chat: ChatClient) -> None:
    await chat.send("/imagine a fox")
    first = await chat.photo()
    await chat.send("in the rain", reply_to=first)
    refined = await chat.photo()
    assert "in the rain" in refined.text
    await chat.upload(caption="/imagine a boat")
    assert "a boat" in (await chat.photo()).text


async def test_as_a_file(chat: ChatClient) -> None:
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Send as file", on=menu)
    await chat.text("Send as file: yes")
    await chat.send("/imagine a fox")
    document = await chat.document()
    with Image.open(io.BytesIO(await chat.data(document))) as image:
        assert image.size == (1024, 1024)


async def test_a_sticker_and_a_forged_press_are_harmless(chat: ChatClient) -> None:
    await chat.sticker()
    await chat.send("/imagine a fox")
    picture = await chat.photo()
    for data in ("nonsense", "req:again:999999", "x" * 64):
        chat.press_data(data, on=picture)
        await chat.toast()
    assert len([message for message in chat.answers if message.photo]) == 1


def _data(message: object, index: int) -> str:
    keyboard = message.keyboard["inline_keyboard"]  # type: ignore[attr-defined] # a Message with buttons
    return str([button for row in keyboard for button in row][index]["callback_data"])
