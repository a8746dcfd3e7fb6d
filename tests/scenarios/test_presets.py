"""Styles: by a flag, from menus, for a photo without words, and kept by oneself."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP
from bot.sandbox.state import Message
from providers import Catalog, ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.catalog.presets import CatalogPreset
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Recording(Provider):
    """Remembers what it was asked for."""

    label = "Recording"
    offline = True
    models = default_model = "recording"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(
        frozenset({"seed", "width", "height", "negative_prompt", "num_inference_steps", "image"}), input_images=2
    )
    asked: list[ImageRequest] = []  # noqa: RUF012 # emptied by the fixture

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Editor(Recording):
    """The same, by instruction."""

    capabilities = Capabilities(frozenset({"seed", "image"}), input_images=2, edits=True)


@pytest.fixture
def asked() -> list[ImageRequest]:
    Recording.asked.clear()
    return Recording.asked


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, asked: list[ImageRequest]) -> AsyncGenerator[Running, None]:
    (tmp_path / "mug.png").write_bytes(sample_photo(40, 30))
    catalog = quick_sketch(scripted("recording", Recording), scripted("editor", Editor))
    mug = CatalogPreset(
        "mug", "{prompt}, on this mug", label="On a mug", model="editor", pictures=(tmp_path / "mug.png",)
    )
    catalog = Catalog(catalog, [*catalog.presets.values(), mug])
    blocked = tmp_path / "blocked.txt"
    blocked.write_text("gory")
    settings = {"default_model": "recording", "blocked_words_file": blocked}
    async with bot_at(sandbox, tmp_path, catalog, **settings) as running:
        yield running


async def drawn(chat: ChatClient, words: str, *, reply_to: Message | None = None) -> Message:
    return await chat.photo(to=await chat.send(words, reply_to=reply_to))


async def test_a_style_is_put_around_the_words(chat: ChatClient, asked: list[ImageRequest]) -> None:
    picture = await drawn(chat, "/imagine a fox --style oil --no hats --seed 7")
    assert asked[0].prompt.startswith("oil painting of a fox, ")
    assert asked[0].negative_prompt == "hats, photograph, flat colours"
    assert picture.text.startswith("a fox")
    assert "Style: Oil painting" in picture.text
    both = await drawn(chat, "a fox --style sticker,anime")
    assert asked[1].prompt.startswith("anime key visual of die-cut sticker of a fox")
    assert "Styles: Sticker, Anime" in both.text
    assert (asked[1].width, asked[1].height) == (1024, 1024)  # the sticker's own ratio


async def test_a_refinement_keeps_the_style(chat: ChatClient, asked: list[ImageRequest]) -> None:
    first = await drawn(chat, "a fox --style oil")
    refined = await drawn(chat, "in the rain", reply_to=first)
    assert asked[1].prompt.startswith("oil painting of a fox\nin the rain, ")
    await drawn(chat, "at night --style none", reply_to=refined)
    assert "oil" not in asked[2].prompt
    await chat.press("Again", on=first)
    await chat.photo()
    assert asked[3].prompt == asked[0].prompt


async def test_what_is_no_style_is_told(chat: ChatClient) -> None:
    await chat.text("no style", "oils", "Try: oil", to=await chat.send("a fox --style oils"))
    await chat.text("needs a value", "photograph", to=await chat.send("a fox --style"))
    await chat.text("starts from a picture", "Figurine", to=await chat.send("a fox --style figurine"))


async def test_a_photo_without_words_can_be_drawn_in_a_style(chat: ChatClient, asked: list[ImageRequest]) -> None:
    usage = await chat.text("Nice photo", to=await chat.upload())
    assert chat.buttons(usage)[:2] == ["✏️ Edit", "Figurine"]
    await chat.press("Figurine", on=usage)
    picture = await chat.photo()
    assert "the subject of this photo" in picture.text
    assert asked[0].prompt.startswith("Turn the subject of this photo into a collectible figurine")
    assert len(asked[0].images) == 1
    await chat.photo(to=await chat.upload(caption="/imagine my cat --style figurine"))
    assert asked[1].prompt.startswith("Turn my cat into")


async def test_pictures_and_the_model_of_a_preset(chat: ChatClient, asked: list[ImageRequest]) -> None:
    picture = await drawn(chat, "a fox --style mug")
    assert asked[0].prompt == "a fox, on this mug"
    assert len(asked[0].images) == 1
    assert "Editor" in picture.text
    assert "On a mug" in picture.text


async def test_under_a_picture_it_is_drawn_again_in_a_style(chat: ChatClient, asked: list[ImageRequest]) -> None:
    first = await drawn(chat, "a fox --seed 7")
    await chat.press("More", on=first)
    await chat.press("Style", on=first)
    await chat.press("Watercolour", on=first)
    await chat.photo(to=first)
    assert asked[1].prompt.startswith("watercolour painting of a fox")
    assert asked[1].seed == 7
    await chat.press("Figurine", on=first)
    await chat.answer(lambda message: "Figurine" in message.text, "the figurine", to=first)
    assert len(asked[2].images) == 1


async def test_the_settings_have_styles(chat: ChatClient, boris: Person, asked: list[ImageRequest]) -> None:
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Style: none", on=menu)
    for name in ("Oil painting", "Logo", "Anime"):
        await chat.press(name, on=menu)
        assert await chat.toast() == "Saved."
    await chat.press("Comic", on=menu)
    assert "up to 3 styles" in await chat.toast()
    await chat.press("✓ Logo", on=menu)
    await chat.press("Back", on=menu)
    await chat.text("Style: Oil painting, Anime")
    await drawn(chat, "a fox")
    assert asked[0].prompt.startswith("anime key visual of oil painting of a fox")
    await drawn(chat, "a fox --style none")
    assert asked[1].prompt == "a fox"
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Style", on=menu)
    await chat.press("✓ Oil painting", on=menu)
    await chat.press("Figurine", on=menu)
    assert await chat.toast() == "Saved."
    await drawn(chat, "a dog")
    assert asked[2].prompt.startswith("anime key visual of a dog")
    await chat.photo(to=await chat.upload(caption="my cat"))
    assert "collectible figurine" in asked[3].prompt
    await boris.private.send("/settings")
    await boris.private.press("Стиль")
    await boris.private.text("Акварель", "Фигурка")


async def test_a_picture_is_kept_as_a_preset(chat: ChatClient, asked: list[ImageRequest]) -> None:
    first = await drawn(chat, "a fox, soft light --style oil --steps 12")
    await chat.press("More", on=first)
    await chat.press("Keep as preset", on=first)
    question = await chat.text("What shall I call this")
    await chat.text("doesn't work", to=await chat.send("oil", reply_to=question))
    await chat.text("don't work", to=await chat.send("Mine\nno place", reply_to=question))
    await chat.text("saved", '--style "my light"', to=await chat.send("My light", reply_to=question))
    await drawn(chat, 'a boat --style "my light"')
    assert asked[1].prompt.startswith("oil painting of a boat, a fox, soft light")
    assert asked[1].num_inference_steps == 12
    await chat.text("saved", to=await chat.send("Own\nneon {prompt}", reply_to=question))
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Style", on=menu)
    await chat.press("My presets", on=menu)
    await chat.text("Tap one")
    await chat.press("Own", on=menu)
    await chat.text("neon {prompt}", "--style Own")
    await chat.press("Remove", on=menu)
    assert await chat.toast() == "Preset removed."
    await chat.answer(lambda message: chat.buttons(message) == ["My light", "‹ Back"], "the rest")
    assert not any("Own" in label for label in chat.buttons(menu))
    await chat.text("no style", "Own", to=await chat.send("a boat --style Own"))


async def test_presets_are_each_persons_own(you: Person, alice: Person, asked: list[ImageRequest]) -> None:
    group, hers = you.chat(GROUP), alice.chat(GROUP)
    first = await drawn(group, "/imagine a fox")
    await group.press("More", on=first)
    await group.press("Keep as preset", on=first)
    question = await group.text("What shall I call this")
    await group.text("saved", to=await group.send("Mine", reply_to=question))
    await hers.text("no style", to=await hers.send("/imagine a cat --style Mine"))
    await group.press("Style", on=first)
    assert "Mine" not in group.buttons(first)
    await hers.press("Back", on=first)
    await hers.press("Keep as preset", on=first)
    assert "isn't your picture" in await hers.toast()


async def test_a_preset_with_blocked_words_is_refused(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await chat.press("More", on=first)
    await chat.press("Keep as preset", on=first)
    question = await chat.text("What shall I call this")
    await chat.text("saved", to=await chat.send("Bad\ngory {prompt}", reply_to=question))
    await chat.text("blocked words", to=await chat.send("a boat --style Bad"))
