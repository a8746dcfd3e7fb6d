"""When there is no picture: what happened, in a sentence, and buttons that go on from there."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest

from bot.app import Running
from bot.jobs.models.health import Health
from bot.keyboards.picture import Action, DrawShort, PictureAction
from bot.sandbox import SandboxServer
from providers import (
    ContentRejected,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    Provider,
    Unauthorized,
    Unavailable,
)
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Strict(Provider):
    """Refuses what `error` says, and words of more than 100 characters."""

    label = "Strict"
    offline = True
    models = default_model = "strict"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed"}))
    error: ClassVar[Exception | None] = None
    asked: ClassVar[list[str]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request.prompt)
        if len(request.prompt) > 100:
            raise InvalidParameter(f"the prompt is too long: {len(request.prompt)} of at most 100 characters")
        if (error := type(self).error) is not None:
            raise error
        yield ImageResponse([data_url(sample_photo(), "image/png")])


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    Strict.error = None
    Strict.asked.clear()
    catalog = quick_sketch(
        scripted("strict", Strict),
        *(scripted(f"other{n}", Strict) for n in range(4)),
        scripted("handing", Strict, fallback=("sketch",)),
    )
    async with bot_at(sandbox, tmp_path, catalog, default_model="strict", max_jobs_per_user=8) as running:
        yield running


async def test_another_model_draws_what_one_would_not(chat: ChatClient) -> None:
    Strict.error = ContentRejected("no foxes here")
    failed = await chat.text("no foxes here", to=await chat.send("a fox --seed 7"))
    assert "won't draw this" in failed.text
    assert "wrong" not in failed.text
    assert chat.buttons(failed) == [
        "🎨 Draw with Sketch (offline, not AI)",
        "🎨 Draw with Other0",
        "🎨 Draw with Other1",
        "🧠 Model",
        "🔁 Retry",
    ]
    await chat.press("Sketch", on=failed)
    assert await chat.toast() == "On it!"
    picture = await chat.photo(to=failed)
    assert "Sketch" in picture.text
    assert "seed 7" in picture.text


async def test_a_model_that_is_down_hands_over_and_says_so(chat: ChatClient) -> None:
    Strict.error = Unavailable("connection refused")
    asked = await chat.send("a fox --model handing --seed 7")
    picture = await chat.photo(to=asked)
    assert "Fallback for Handing: model can't be reached" in picture.text
    assert "Sketch" in picture.text
    assert "seed 7" in picture.text
    assert "🔁 Again" in chat.buttons(picture)
    Strict.error = ContentRejected("no foxes here")
    failed = await chat.text("no foxes here", to=await chat.send("a fox --model handing"))
    assert "Fallback for" not in failed.text


async def test_the_menu_says_who_is_down_and_who_may_draw_meanwhile(
    chat: ChatClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drew = Health.drew

    def in_a_second(self: Health, model_id: str, seconds: float | None) -> None:
        drew(self, model_id, 1.0 if seconds is not None else None)

    monkeypatch.setattr(Health, "drew", in_a_second)  # however slow the machine is
    await chat.send("/model handing")
    await chat.text("Model set to Handing")
    Strict.error = Unauthorized("no key")
    picture = await chat.photo(to=await chat.send("a fox"))
    assert "Fallback for Handing: API key rejected" in picture.text
    await chat.send("/model")
    menu = await chat.text("Handing is down: API key rejected")
    assert chat.buttons(menu)[:3] == [
        "Use Sketch (offline, not AI) for now",
        "🟢 Sketch (offline, not AI) · ~1 s",
        "Strict",
    ]
    assert "✓ 🔴 Handing" in chat.buttons(menu)
    await chat.send("/model handing")
    await chat.text("Model set to Handing", "is down")
    await chat.send("/model")
    menu = await chat.text("Choose a model", "is down")
    await chat.press("for now", on=menu)
    menu = await chat.answer(lambda message: "is down" not in message.text, "a menu")
    assert chat.buttons(menu)[0] == "✓ 🟢 Sketch (offline, not AI) · ~1 s"
    failed = await chat.text("rejected the API key", to=await chat.send("a fox --model other0"))
    assert not any("Handing" in button for button in chat.buttons(failed))


async def test_what_no_other_model_could_mend_offers_none(chat: ChatClient) -> None:
    Strict.error = RuntimeError("a mistake of ours")
    failed = await chat.text("on my side", to=await chat.send("a fox"))
    assert "a mistake" not in failed.text
    assert chat.buttons(failed) == ["🔁 Retry", "🧠 Model"]


async def test_a_prompt_that_the_model_finds_too_long_is_shortened(chat: ChatClient) -> None:
    words = "A fox in the snow. " * 8
    failed = await chat.text("too long for Strict", to=await chat.send(words))
    assert "Shorten it" in chat.buttons(failed)[0]
    await chat.press("Shorten", on=failed)
    assert await chat.toast() == "On it!"
    picture = await chat.photo(to=failed)
    assert Strict.asked[-1] == ("A fox in the snow. " * 4).strip()[: len(Strict.asked[-1])]
    assert Strict.asked[-1].endswith("snow.")
    await chat.send("at night", reply_to=picture)
    await chat.text("at night")
    assert Strict.asked[-1] == f"{Strict.asked[-2]}\nat night"


async def test_a_prompt_that_is_too_long_for_anybody_is_offered_shortened(chat: ChatClient, boris: Person) -> None:
    words = "A fox in the snow. " * 200
    sent = await chat.send(words + " --model sketch --seed 7")
    answer = await chat.text("too long", "It would end with", to=sent)
    other = boris.private
    await other.send("привет --model sketch")
    await chat.press("Shorten", on=answer)
    picture = await chat.photo(to=sent)
    assert "seed 7" in picture.text
    assert picture.text.startswith("A fox in the snow. A fox")


@pytest.mark.parametrize("words", ["x" * 4096, "🦊" * 2048, "<b>&" * 1024, "\u202e" + "слово " * 600])
async def test_4096_characters_of_anything_can_be_drawn_shortened(chat: ChatClient, words: str) -> None:
    sent = await chat.send(words)
    answer = await chat.text("too long", to=sent)
    Strict.error = None
    await chat.press("Shorten", on=answer)
    failed = await chat.text("too long for Strict", to=sent)
    await chat.press("Sketch", on=failed)
    assert (await chat.photo(to=failed)).photo


async def test_a_wrong_flag_in_too_many_words_comes_first(chat: ChatClient) -> None:
    answer = await chat.text("--colour", to=await chat.send("a fox " * 400 + "--colour red"))
    assert chat.buttons(answer) == []


async def test_forged_presses(chat: ChatClient) -> None:
    Strict.error = Unavailable("down")
    sent = await chat.send("a fox --model sketch")
    picture = await chat.photo(to=sent)
    chat.press_data(PictureAction(action=Action.SHORTEN, request_id=99).pack(), on=picture)
    assert "button is gone" in await chat.toast()
    chat.press_data("rd:1:never-was", on=picture)
    assert "button is gone" in await chat.toast()
    chat.press_data(DrawShort().pack(), on=picture)  # what was asked there is drawn already
    assert "button is gone" in await chat.toast()
    assert len([message for message in chat.answers if message.photo]) <= 1
