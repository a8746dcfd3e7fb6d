"""From one picture to the next: other words, the picture itself, other seeds, models and sizes."""

import io
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest
from PIL import Image, ImageChops, ImageStat

from bot.app import Running
from bot.keyboards.picture import Action, PictureAction, SameSeed
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Bounds, Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Words(Provider):
    """Takes words alone, and remembers what it was asked."""

    label = "Words alone"
    offline = True
    models = default_model = "words"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset())
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        size = (request.width or 320, request.height or 240)
        yield Reasoning("Drawing")
        yield ImageResponse([data_url(sample_photo(*size), "image/png")])


class Painter(Words):
    """Starts from pictures, and takes a seed and a size."""

    label = "Painter"
    models = default_model = "painter"
    capabilities = Capabilities(
        frozenset({"image", "seed", "width", "height"}),
        width=Bounds(64, 1024, 8),
        height=Bounds(64, 1024, 8),
        input_images=3,
    )
    asked: ClassVar[list[ImageRequest]] = []


class Late(Painter):
    """Learns only from its server what has no place there."""

    label = "Late"
    models = default_model = "late"
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Late does not take: seed", untaken=("seed",))
        async for event in super()._draw(request, session):
            yield event


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    for provider in (Words, Painter, Late):
        provider.asked.clear()
    catalog = quick_sketch(scripted("words", Words), scripted("painter", Painter), scripted("late", Late))
    async with bot_at(sandbox, tmp_path, catalog, default_model="painter", max_jobs_per_user=8) as running:
        yield running


async def drawn(chat: ChatClient, words: str, *, reply_to: Message | None = None) -> Message:
    return await chat.photo(to=await chat.send(words, reply_to=reply_to))


async def page(chat: ChatClient, message: Message, label: str) -> None:
    """Until the message has a button with this label, and has changed."""
    await chat.answer(
        lambda changed: changed.id == message.id and any(label in button for button in chat.buttons(changed)),
        f"a page with {label}",
    )


def same(picture: bytes | None, other: bytes) -> bool:
    """As far as JPEG keeps it."""
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as one, Image.open(io.BytesIO(other)) as two:
        if one.size != two.size:
            return False
        difference = ImageChops.difference(one.convert("RGB"), two.convert("RGB"))
        return max(ImageStat.Stat(difference).mean) < 4


async def test_new_words_go_with_the_picture_they_reply_to(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 320x240")
    second = await drawn(chat, "in the rain", reply_to=first)
    assert second.text.startswith("in the rain\n")
    request = Painter.asked[-1]
    assert request.prompt == "a fox\nin the rain"
    assert same(request.first_image, await chat.data(first))
    assert (request.width, request.height) == (320, 240)
    await drawn(chat, "at night --ar 1:1", reply_to=second)
    request = Painter.asked[-1]
    assert request.prompt == "a fox\nin the rain\nat night"
    assert same(request.first_image, await chat.data(second))
    assert request.width == request.height


async def test_a_model_that_takes_no_picture_refines_by_words_and_claims_nothing(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    second = await drawn(chat, "in the rain --model words", reply_to=first)
    assert Words.asked[-1].first_image is None
    assert Words.asked[-1].prompt == "a fox\nin the rain"
    assert "Ignored by" not in second.text


async def test_a_sheet_is_refined_by_words_and_one_of_its_pictures_by_itself(chat: ChatClient) -> None:
    sheet = await drawn(chat, "a fox --n 2 --size 160x128")
    await drawn(chat, "in the rain", reply_to=sheet)
    assert Painter.asked[-1].first_image is None
    await chat.press("2", on=sheet)
    full = await chat.photo(to=sheet)
    await drawn(chat, "at night", reply_to=full)
    assert Painter.asked[-1].prompt == "a fox\nat night"
    assert same(Painter.asked[-1].first_image, await chat.data(full))


async def test_a_picture_that_telegram_has_lost_is_refined_by_its_words(
    chat: ChatClient, sandbox: SandboxServer
) -> None:
    from bot.sandbox.errors import bad

    first = await drawn(chat, "a fox")
    sandbox.faults.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    second = await drawn(chat, "in the rain", reply_to=first)
    assert Painter.asked[-1].first_image is None
    assert second.text.startswith("in the rain\n")


async def test_flags_alone_draw_the_same_words(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await drawn(chat, "/imagine --seed 7", reply_to=first)
    assert (Painter.asked[-1].prompt, Painter.asked[-1].seed, Painter.asked[-1].first_image) == ("a fox", 7, None)


async def test_a_deleted_picture_leaves_words_alone(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await chat.delete(first)
    await drawn(chat, "in the rain")
    assert Painter.asked[-1].prompt == "in the rain"


async def test_an_album_speaks_once_and_with_all_its_photos(chat: ChatClient) -> None:
    photos = [sample_photo(96, 64, color) for color in ("#aa0000", "#00aa00", "#0000aa")]
    messages = await chat.album(photos, "/imagine a boat")
    await chat.photo(to=messages[0])
    assert len(Painter.asked) == 1
    assert [same(image, photo) for image, photo in zip(Painter.asked[0].images, photos, strict=True)] == [True] * 3
    await drawn(chat, "/imagine a ship", reply_to=messages[2])
    assert len(Painter.asked[1].images) == 1
    assert same(Painter.asked[1].first_image, photos[2])
    assert len(chat.answers) == 2


async def test_a_photo_needs_a_model_that_takes_one(chat: ChatClient) -> None:
    await chat.upload(caption="/imagine a boat --model words")
    assert "doesn't support image-to-image" in (await chat.text("Words")).text
    assert Words.asked == []


async def test_what_a_model_does_not_take_is_named_under_the_picture(chat: ChatClient, boris: Person) -> None:
    picture = await drawn(chat, "a fox --model words --ar 16:9 --seed 7 --no hats")
    assert "Ignored by this model: aspect ratio, negative prompt, seed" in picture.text
    hers = await drawn(boris.private, "лиса --model words --seed 7")
    assert "Эта модель не поддерживает: сид" in hers.text
    told = await drawn(chat, "a fox --model late --seed 7")
    assert "Ignored by this model: seed" in told.text
    assert "Ignored by" not in (await drawn(chat, "a fox --model late")).text


async def test_settings_that_a_model_does_not_take_are_named_too(chat: ChatClient) -> None:
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Aspect ratio", on=menu)
    await chat.press("9:16", on=menu)
    assert "Ignored by this model: aspect ratio" in (await drawn(chat, "a fox --model words")).text


async def test_twice_the_size(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 320x240 --seed 7")
    await chat.press("More", on=first)
    await page(chat, first, "Back")
    assert chat.buttons(first) == [
        "🖌 Style",
        "📌 Keep as preset",
        "🆚 Compare models",
        "🌱 Same seed",
        "🌱 Same seed, another model",
        "🔍 2× size: 640×480",
        "‹ Back",
    ]
    await chat.press("2× size", on=first)
    assert await chat.toast() == "On it!"
    bigger = await chat.photo(to=first)
    assert "640×480" in bigger.text
    assert "seed 7" in bigger.text
    await page(chat, first, "Again")
    await chat.press("More", on=bigger)
    await page(chat, bigger, "Back")
    assert chat.buttons(bigger)[3:] == ["🌱 Same seed", "🌱 Same seed, another model", "‹ Back"]
    await chat.press("Back", on=bigger)
    await chat.press("Again", on=bigger)
    assert await chat.toast() == "On it!"


async def test_the_same_seed_on_another_model(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 320x240 --seed 7 --model sketch")
    await chat.press("More", on=first)
    await chat.press("Same seed, another", on=first)
    await page(chat, first, "Painter")
    assert chat.buttons(first) == ["Painter", "Late", "‹ Back"]
    await chat.press("Painter", on=first)
    second = await chat.photo(to=first)
    assert "Painter · 320×240 · seed 7" in second.text
    assert (Painter.asked[-1].seed, Painter.asked[-1].width, Painter.asked[-1].first_image) == (7, 320, None)


async def test_the_second_page_has_only_what_the_model_can(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --model words")
    await chat.press("More", on=picture)
    await page(chat, picture, "Back")
    assert chat.buttons(picture) == ["🖌 Style", "📌 Keep as preset", "🆚 Compare models", "‹ Back"]


def carry(message: Message, data: str) -> None:
    """As a message of an older version might: only the bot gives a message its buttons."""
    message.keyboard = {"inline_keyboard": [[{"text": "A button", "callback_data": data}]]}


async def test_forged_and_foreign_presses(chat: ChatClient, boris: Person, group: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 1024x1024")
    for data, words in (
        (PictureAction(action=Action.BIGGER, request_id=1).pack(), "too old"),
        (PictureAction(action=Action.SEED, request_id=999).pack(), "too old"),
        (SameSeed(request_id=1, page=0, model="words").pack(), "no longer offered"),
        (SameSeed(request_id=1, page=0, model="painter").pack(), "no longer offered"),
        ("sm:1:0:../../x", "no longer offered"),
        ("sm:1:-1:sketch", "too old"),
    ):
        chat.press_data(data, on=first)
        assert "button is gone" in await chat.toast(), "the message does not have it"
        carry(first, data)
        chat.press_data(data, on=first)
        assert words in await chat.toast()
    carry(first, SameSeed(request_id=1, page=999).pack())
    chat.press_data(SameSeed(request_id=1, page=999).pack(), on=first)
    assert await chat.toast() == ""
    hers = await drawn(boris.chat(group.chat_id), "/imagine лиса")
    group.press_data(PictureAction(action=Action.MORE, request_id=2).pack(), on=hers)
    await group.toast()
    mei = Person.named(group.person.server, "Mei").chat(group.chat_id)
    bigger = PictureAction(action=Action.BIGGER, request_id=2).pack()
    mei.press_data(bigger, on=hers)
    assert "按钮已经没有了" in await mei.toast()
    carry(hers, bigger)
    mei.press_data(bigger, on=hers)
    assert await mei.toast() not in {"", "马上就画！"}
    assert len(Painter.asked) == 2
