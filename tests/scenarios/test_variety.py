"""Several pictures from one wish: choices in braces, wildcards, and several models side by side."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.keyboards.picture import picture_keyboard
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from bot.texts.fluent import Texts
from providers import ContentRejected, ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
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
    capabilities = Capabilities(frozenset({"seed", "width", "height"}))
    asked: list[ImageRequest] = []  # noqa: RUF012 # emptied by the fixture

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Other(Recording):
    """Another one."""


class Batch(Recording):
    """Gives up to four in one run."""

    capabilities = Capabilities(frozenset({"seed"}), images=4)
    short = 0
    seeded = False

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        picture = data_url(sample_photo(), "image/png")
        count = max(request.n - type(self).short, 1)
        seeds = range((request.seed or 0), (request.seed or 0) + count) if self.seeded and count > 1 else ()
        yield ImageResponse([picture] * count, seeds=seeds)


class Prude(Recording):
    """Draws nothing."""

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        raise ContentRejected("no")
        yield  # a generator, as the others are


@pytest.fixture
def asked() -> list[ImageRequest]:
    Recording.asked.clear()
    Batch.short, Batch.seeded = 0, False
    return Recording.asked


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, asked: list[ImageRequest]) -> AsyncGenerator[Running, None]:
    folder = tmp_path / "wildcards"
    folder.mkdir()
    (folder / "animal.txt").write_text("fox\n{old|old} __color__ cat\n")
    (folder / "color.txt").write_text("grey\n")
    catalog = quick_sketch(
        scripted("recording", Recording),
        scripted("other", Other, cost=0.25),
        scripted("third", Other),
        scripted("batch", Batch),
        scripted("prude", Prude, fallback=("recording",)),
    )
    settings = {
        "default_model": "recording",
        "wildcards_dir": folder,
        "max_jobs_per_user": 20,
        "max_queued_per_user": 50,
        "telegram_rate": 1000,
    }
    async with bot_at(sandbox, tmp_path, catalog, **settings) as running:
        yield running


async def drawn(chat: ChatClient, words: str, *, reply_to: Message | None = None) -> Message:
    return await chat.photo(to=await chat.send(words, reply_to=reply_to))


def prompts(asked: list[ImageRequest]) -> list[str]:
    return sorted(request.prompt for request in asked)


async def test_choices_are_drawn_on_one_sheet(chat: ChatClient, asked: list[ImageRequest]) -> None:
    sheet = await drawn(chat, "/imagine a {red, blue} fox --seed 7")
    assert prompts(asked) == ["a blue fox", "a red fox"]
    assert {request.seed for request in asked} == {7}
    assert "Chosen: 1: red; 2: blue" in sheet.text
    assert chat.buttons(sheet)[:2] == ["1", "2"]
    assert len(chat.answers) == 1
    await chat.press("2", on=sheet)
    full = await chat.photo(to=sheet)
    assert "Chosen: blue" in full.text
    copied = [button for row in (full.keyboard or {})["inline_keyboard"] for button in row if "copy_text" in button]
    assert copied[0]["copy_text"]["text"] == "a blue fox"
    await drawn(chat, "at night", reply_to=full)
    assert asked[2].prompt == "a blue fox\nat night"
    await chat.press("Again", on=full)
    await chat.photo(to=full)
    assert asked[3].prompt == "a blue fox"


async def test_again_draws_the_same_choices(chat: ChatClient, asked: list[ImageRequest]) -> None:
    sheet = await drawn(chat, "a {red|blue} fox")
    await chat.press("Again", on=sheet)
    again = await chat.photo(to=sheet)
    assert "1: red; 2: blue" in again.text
    assert prompts(asked) == ["a blue fox", "a blue fox", "a red fox", "a red fox"]
    refined = await drawn(chat, "in the rain", reply_to=sheet)
    assert prompts(asked[4:]) == ["a blue fox\nin the rain", "a red fox\nin the rain"]
    assert "1: a red fox; 2: a blue fox" in refined.text


async def test_more_than_four_are_drawn_once_it_is_confirmed(chat: ChatClient, asked: list[ImageRequest]) -> None:
    wish = await chat.send("{a|b|c} {x|y|z}")
    question = await chat.text("makes 9 pictures", to=wish)
    assert chat.buttons(question) == ["🎨 Draw all 9", "Only the first 4", "Don't draw"]
    assert not asked
    await chat.press("Draw all 9", on=question)
    sheet = await chat.photo(to=wish)
    assert len(asked) == 9
    assert chat.buttons(sheet)[:9] == [str(number) for number in range(1, 10)]
    assert sum("9 pictures" in message.text for message in chat.answers) == 0
    other = await chat.send("{a|b|c} {x|y} --n 2")
    await chat.press("Only the first 4", on=await chat.text("makes 12 pictures", to=other))
    await chat.photo(to=other)
    assert prompts(asked[9:]) == ["a x", "a x", "a y", "a y"]
    third = await chat.send("{a|b|c|d|e}")
    question = await chat.text("makes 5 pictures", to=third)
    await chat.press("Don't draw", on=question)
    await chat.toast()
    assert len(asked) == 13


async def test_sixteen_come_on_two_sheets(chat: ChatClient, asked: list[ImageRequest]) -> None:
    wish = await chat.send("{a|b|c|d} {w|x|y|z}")
    await chat.press("Draw all 16", on=await chat.text("makes 16 pictures", to=wish))
    sheet = await chat.photo(to=wish)
    second = await chat.answer(lambda message: "9–16 of 16" in message.text, "the second sheet")
    assert len(asked) == 16
    numbers = [str(number) for number in range(1, 17)]
    assert chat.buttons(sheet)[:9] == [*numbers[:8], "🔁 Again"]
    assert chat.buttons(second) == numbers[8:]
    assert "Pictures 1–8 of 16\nChosen: 1: a · w; 2: a · x" in sheet.text
    assert second.text.startswith("Pictures 9–16 of 16\nChosen: 9: c · w; 10: c · x")
    assert second.reply_to == wish.id
    await chat.press("12", on=second)
    full = await chat.photo(to=second)
    assert full.text.startswith("c z") or "Chosen: c · z" in full.text
    before = len(chat.answers)
    await chat.press("More", on=sheet)
    await chat.press("Back", on=sheet)
    await chat.answer(lambda _: chat.buttons(sheet)[:9] == [*numbers[:8], "🔁 Again"], "the first page again")
    await chat.press("More", on=sheet)
    await chat.press("All in full size", on=sheet)
    await chat.answer(lambda _: len(chat.answers) == before + 16, "all sixteen")
    album = chat.answers[before:]
    assert [len([one for one in album if one.album_id == each]) for each in {one.album_id for one in album}] in (
        [10, 6],
        [6, 10],
    )
    assert "Chosen: d · z" in album[-1].text
    await drawn(chat, "at night", reply_to=album[-1])
    assert asked[-1].prompt == "d z\nat night"
    asked.clear()
    question = await chat.text("makes 8 pictures", to=await chat.send("in the rain", reply_to=second))
    await chat.press("Only the first 4", on=question)
    await chat.answer(lambda message: "Chosen: 1: c w" in message.text, "those of the second sheet, in the rain")
    assert prompts(asked) == [f"c {one}\nin the rain" for one in "wxyz"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (" ".join(["{a|b|c|d|e|f|g|h|i|j}"] * 9), "makes 1,000,000,000 pictures, and I draw at most 16"),
        (" ".join(["{a|b|c|d|e|f|g|h|i|j}"] * 40), "more than 1,000,000,000 pictures"),
        ("{x|" * 50 + "a|b" + "}" * 50, "nested 10 levels"),
        ("{a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q}", "makes 17 pictures, and I draw at most 16"),
    ],
)
async def test_too_many_are_told_at_once(chat: ChatClient, asked: list[ImageRequest], words: str, told: str) -> None:
    wish = await chat.send(words)
    answer = await chat.text(told, to=wish)
    if "first 4" in " ".join(chat.buttons(answer)):
        await chat.press("first 4", on=answer)
        await chat.photo(to=wish)
        assert len(asked) == 4


async def test_braces_that_are_no_choice_stay(chat: ChatClient, asked: list[ImageRequest]) -> None:
    await drawn(chat, r"{masterpiece} fox \{a|b\}")
    assert prompts(asked) == ["{masterpiece} fox {a|b}"]


async def test_wildcards_are_chosen_for_each_picture(chat: ChatClient, asked: list[ImageRequest]) -> None:
    picture = await drawn(chat, "one __animal__ and __nothing__")
    assert asked[0].prompt in {"one fox and __nothing__", "one old grey cat and __nothing__"}
    assert "Chosen: " in picture.text
    await drawn(chat, "{a|the} __color__ fox")
    assert prompts(asked[1:]) == ["a grey fox", "the grey fox"]


async def test_telegram_makes_wildcards_italic(
    chat: ChatClient, sandbox: SandboxServer, asked: list[ImageRequest]
) -> None:
    text = "🦊 one color and really fox"
    entities = [
        {"type": "italic", "offset": 7, "length": 5},
        {"type": "italic", "offset": 17, "length": 6},
    ]
    chat._do()  # no other step sends entities
    wish = sandbox.people.send(chat.person.id, chat.chat_id, text, extra={"entities": entities})
    await chat.photo(to=wish)
    assert asked[0].prompt == "🦊 one grey and really fox"


async def test_it_is_told_in_russian(boris: Person) -> None:
    chat = boris.private
    wish = await chat.send("{а|б|в|г|д} лиса")
    question = await chat.text("Получится 5 картинок", to=wish)
    await chat.press("Только первые 4", on=question)
    sheet = await chat.photo(to=wish)
    assert "Варианты: 1: а; 2: б" in sheet.text


async def test_nine_come_on_one_sheet(chat: ChatClient, asked: list[ImageRequest]) -> None:
    sheet = await drawn(chat, "a fox --n 9 --seed 1")
    assert chat.buttons(sheet)[:9] == [str(number) for number in range(1, 10)]
    assert sorted(request.seed or 0 for request in asked) == list(range(1, 10))
    assert "seed 1–9" in sheet.text


async def test_pictures_of_the_same_words_have_a_seed_each_and_choices_share_them(
    chat: ChatClient, asked: list[ImageRequest]
) -> None:
    await drawn(chat, "a fox --n 3")
    assert len({request.seed for request in asked}) == 3
    asked.clear()
    await drawn(chat, "a {red|blue} fox --n 2 --seed 7")
    assert sorted((request.prompt, request.seed) for request in asked) == [
        ("a blue fox", 7), ("a blue fox", 8), ("a red fox", 7), ("a red fox", 8)
    ]  # fmt: skip


async def test_what_a_model_gives_in_one_run_is_asked_for_in_one(chat: ChatClient, asked: list[ImageRequest]) -> None:
    sheet = await drawn(chat, "a fox --n 9 --model batch")
    assert [request.n for request in asked] in ([4, 4, 1], [4, 1, 4], [1, 4, 4])
    assert chat.buttons(sheet)[:9] == [str(number) for number in range(1, 10)]
    await chat.press("3", on=sheet)
    full = await chat.photo(to=sheet)
    assert not any("Same seed" in label for label in chat.buttons(full))  # it would be that of the run's first
    assert "seed" not in sheet.text + full.text
    notes = await chat.data(full)
    assert b"Model: batch" in notes
    assert b"Seed:" not in notes
    page = await chat.text("Your pictures", to=await chat.send("/history"))
    await chat.press("3", on=page)
    picked = await chat.answer(lambda message: "• 3 •" in chat.buttons(message), "the third")
    assert not any("Same seed" in label for label in chat.buttons(picked))
    assert "seed" not in picked.text
    await chat.press("Again", on=sheet)
    again = await chat.answer(lambda message: "9" in chat.buttons(message), "the same number", to=sheet)
    assert again.id != sheet.id
    await drawn(chat, "a fox --n 3 --model batch --seed 7")
    assert [request.n for request in asked[6:]] == [1, 1, 1]


async def test_pictures_of_one_run_whose_seeds_are_known(chat: ChatClient, asked: list[ImageRequest]) -> None:
    """Each can be had again by its own."""
    Batch.seeded = True
    sheet = await drawn(chat, "a fox --n 3 --model batch")
    first = asked[0].seed or 0
    assert asked[0].n == 3
    assert f"seed {first}–{first + 2}" in sheet.text
    await chat.press("3", on=sheet)
    full = await chat.photo(to=sheet)
    assert f"seed {first + 2}" in full.text
    assert f"Seed: {first + 2}".encode() in await chat.data(full)
    await chat.press("Same seed", on=full)
    await chat.photo(to=full)
    assert (asked[1].seed, asked[1].n) == (first + 2, 1)
    await chat.press("3", on=await chat.text("Your pictures", to=await chat.send("/history")))
    picked = await chat.answer(lambda message: f"seed {first + 1}" in message.text, "the second of the three")
    assert any("Same seed" in label for label in chat.buttons(picked))


async def test_fewer_than_were_asked_for_are_told(chat: ChatClient, asked: list[ImageRequest]) -> None:
    Batch.short = 2
    sheet = await drawn(chat, "a fox --n 4 --model batch")
    assert "The model returned 2 of 4 pictures" in sheet.text


async def test_models_are_compared_on_one_sheet(chat: ChatClient, asked: list[ImageRequest]) -> None:
    sheet = await drawn(chat, "a fox --model recording,third,prude --seed 7")
    assert [request.seed for request in asked] == [7, 7]
    assert len(chat.answers) == 1
    assert chat.buttons(sheet)[:4] == ["🖼 Recording", "✓ Use this model", "🖼 Third", "✓ Use this model"]
    assert "Recording, Third" in sheet.text
    assert "1 picture failed: against the model's content policy" in sheet.text  # and nobody took over
    await chat.press("🖼 Third", on=sheet)
    full = await chat.photo(to=sheet)
    assert "Third" in full.text
    await chat.press("Again", on=full)
    await chat.answer(lambda message: message.id > full.id and "Third" in message.text, "the same model", to=full)
    assert len(asked) == 3
    third = [button for row in (sheet.keyboard or {})["inline_keyboard"] for button in row][3]
    chat.press_data(third["callback_data"], on=sheet)
    assert await chat.toast() == "Model set to Third."
    picture = await drawn(chat, "a cat")
    assert "Third" in picture.text


def test_long_names_below_a_comparison_have_a_row_each() -> None:
    texts = Texts.load()("en")
    long = "FLUX.2 pro by Black Forest Labs (fal)"
    keyboard = picture_keyboard(texts, 7, prompt="a fox", picture_ids=(1, 2), compared=[("fal", long), ("b", "Short")])
    rows = [[button.text for button in row] for row in keyboard.inline_keyboard]
    assert [f"🖼 {long}"] in rows
    assert [f"✓ Use {long}"] in rows
    assert ["🖼 Short", "✓ Use this model"] in rows


async def test_one_model_that_draws_is_still_a_sheet(chat: ChatClient) -> None:
    sheet = await drawn(chat, "a fox --model prude,recording")
    assert chat.buttons(sheet)[:2] == ["🖼 Recording", "✓ Use this model"]
    await chat.press("🖼 Recording", on=sheet)
    full = await chat.photo(to=sheet)
    assert full.photo is not None
    assert (full.photo[-1].width, full.photo[-1].height) == (96, 64)
    await chat.text("no model", "nope", to=await chat.send("a fox --model recording,nope"))


async def test_what_a_comparison_costs_is_told_before(chat: ChatClient, asked: list[ImageRequest]) -> None:
    wish = await chat.send("a fox --model recording,other")
    question = await chat.text("makes 2 pictures", "Cost: 0.25", to=wish)
    assert not asked
    await chat.press("Draw all 2", on=question)
    await chat.photo(to=wish)
    assert len(asked) == 2
    words = await chat.send("{a|b} --model recording,third")
    sheet = await chat.photo(to=words)
    assert chat.buttons(sheet)[:6] == ["1", "2", "3", "4", "✓ Use Recording", "✓ Use Third"]


async def test_models_are_picked_under_a_picture(chat: ChatClient, asked: list[ImageRequest]) -> None:
    first = await drawn(chat, "a fox --seed 7")
    await chat.press("More", on=first)
    await chat.press("Compare models", on=first)
    await chat.answer(lambda message: "✓ Recording" in chat.buttons(message), "the menu")
    assert not any("Compare" in label for label in chat.buttons(first))
    for label in ("Other", "Third", "Batch"):
        await chat.press(label, on=first)
        await chat.text(f"✓ {label}")
    assert any("Compare 4 models" in label and "0.25" in label for label in chat.buttons(first))
    await chat.press("Prude", on=first)
    assert await chat.toast() == "You can compare up to 4 models."
    await chat.press("✓ Batch", on=first)
    await chat.answer(lambda message: "✓ Batch" not in chat.buttons(message), "one less")
    await chat.press("Compare 3 models", on=first)
    sheet = await chat.photo(to=first)
    assert chat.buttons(sheet)[::2][:3] == ["🖼 Recording", "🖼 Other", "🖼 Third"]
    assert [request.seed for request in asked] == [7, 7, 7, 7]
