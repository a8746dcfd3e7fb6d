"""The buttons under a picture: one request a press, for whoever may, and a short answer for everybody else."""

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.jobs.models.health import Health
from bot.jobs.settings import JobSettings
from bot.keyboards.picture import Action, PictureAction, SendFull
from bot.keyboards.settings import Setting, SettingsSet
from bot.sandbox.state import Message
from storage.records import Request, RequestState
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person

GONE = "That button is gone. Please use the ones that are there now."
SMALL = "/imagine a fox --size 128x128"


async def requests(world: World) -> list[Request]:
    async with world.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 60)]
    return [request for request in found if request is not None]


async def with_buttons(world: World, message: Message, data: list[str]) -> None:
    """Buttons that a version of the bot may have put below one of its messages."""
    rows = [[InlineKeyboardButton(text=f"{at} {one}", callback_data=one)] for at, one in enumerate(data)]
    await world.bot.edit_message_reply_markup(
        chat_id=message.chat_id, message_id=message.id, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows)
    )


async def picture(chat: ChatClient, words: str = SMALL) -> Message:
    return await chat.photo(to=await chat.send(words))


async def test_again_is_another_picture_and_the_same_seed_is_under_more(chat: ChatClient) -> None:
    first = await picture(chat, SMALL + " --seed 7")
    await chat.press("Again", on=first)
    assert await chat.toast() == "On it!"
    again = await chat.photo(to=first)
    assert "seed 7 " not in again.text
    assert await chat.data(again) != await chat.data(first)
    await chat.press("More", on=first)
    await chat.press("Same seed", on=first)
    same = await chat.answer(lambda message: bool(message.photo) and "seed 7 " in message.text, to=first)
    assert await chat.data(same) == await chat.data(first)


@pytest.mark.parametrize("action", [Action.AGAIN, Action.VARY])
async def test_buttons_of_earlier_versions_draw_another_picture(chat: ChatClient, world: World, action: Action) -> None:
    first = await picture(chat, SMALL + " --seed 7")
    await with_buttons(world, first, [PictureAction(action=action, request_id=1).pack()])
    await chat.press("0", on=first)
    assert await chat.toast() == "On it!"
    assert "seed 7 " not in (await chat.photo(to=first)).text


async def test_a_picture_is_varied_from_itself(chat: ChatClient, world: World) -> None:
    first = await picture(chat, SMALL + " --seed 7")
    await chat.press("More", on=first)
    await chat.press("Vary", on=first)
    varied = await chat.photo(to=first)
    assert "seed 7 " not in varied.text
    assert "strength 50%" in varied.text
    assert await chat.data(varied) != await chat.data(first)
    sheet = await picture(chat, "/imagine a fox --size 128x128 --n 2")
    await chat.press("More", on=sheet)
    assert "🎲 Vary" not in chat.buttons(sheet)


async def test_one_picture_of_a_sheet_is_drawn_again_alone(chat: ChatClient, world: World) -> None:
    sheet = await picture(chat, "/imagine a fox --size 128x128 --n 2 --seed 7")
    await chat.press("2", on=sheet)
    full = await chat.photo(to=sheet)
    assert chat.buttons(full)[:4] == ["🔁 Again", "🌱 Same seed", "🧠 Model", "📋 Copy prompt"]
    await chat.press("Same seed", on=full)
    assert "seed 8 " in (await chat.photo(to=full)).text
    await chat.press("2×" if "2×" in " ".join(chat.buttons(full)) else "Twice", on=full)
    await chat.answer(lambda message: "256×256" in message.text, to=full)
    await chat.press("Model", on=full)
    assert any("Draw with" in label for label in chat.buttons(await chat.text("Current: Sketch", to=full)))


async def test_fifty_presses_in_a_moment_are_one_request(chat: ChatClient, world: World) -> None:
    first = await picture(chat)
    data = PictureAction(action=Action.AGAIN, request_id=1).pack()
    world.clock.stands_at = world.clock.monotonic()  # however long a busy machine takes
    for _ in range(50):
        chat.press_data(data, on=first)
    assert await chat.toast() == "Already on it."
    await chat.photo(to=first)
    assert len(await requests(world)) == 2
    world.clock.stands_at += 3.1
    await chat.press("Again", on=first)
    assert await chat.toast() == "On it!"
    await chat.photo()
    assert len(await requests(world)) == 3


async def test_only_the_requester_and_admins_may_press(
    group: ChatClient, world: World, alice: Person, boris: Person, you: Person
) -> None:
    hers = await picture(boris.chat(group.chat_id))
    mei = Person.named(world.sandbox, "Mei").chat(group.chat_id)
    await mei.press("Ещё раз", on=hers)
    assert await mei.toast() == world.texts(mei.person.record.language_code).get("press-not-yours")
    assert len(await requests(world)) == 1
    admin = alice.chat(group.chat_id)
    await admin.press("Ещё раз", on=hers)
    assert await admin.toast() == "On it!"
    await admin.photo()
    last = (await requests(world))[-1]
    assert (last.requester_id, last.language) == (alice.id, "en")


@pytest.mark.parametrize(
    "data",
    [
        "p:x:999999",
        "p:a:999999999999999999999999999",
        "p:a:-1",
        "p:q:1",
        "p:a",
        "f:77",
        "f:x",
        "pm:9:0:sketch",
        "rd:9:sketch",
        "n:1:2",
        "zzz",
        "c|1",
        "m:1:-5:sketch",
    ],
)
async def test_forged_data_gets_a_short_answer(chat: ChatClient, world: World, data: str) -> None:
    start = await chat.text("Hello", to=await chat.send("/start"))
    chat.press_data(data, on=start)
    assert await chat.toast() == GONE
    await with_buttons(world, start, [data])
    chat.press_data(data, on=start)  # as if an earlier version had put it there
    told = await chat.toast()
    assert told.startswith(("This button is too old", "This menu is somebody else's", "This menu belongs"))
    assert await requests(world) == []


async def test_a_request_of_another_chat_is_not_known_here(chat: ChatClient, group: ChatClient, world: World) -> None:
    await picture(group)
    start = await chat.text("Hello", to=await chat.send("/start"))
    for data in (PictureAction(action=Action.AGAIN, request_id=1), SendFull(picture_id=1)):
        chat.press_data(data.pack(), on=start)
        assert await chat.toast() == GONE
    assert len(await requests(world)) == 1


async def test_cancel_from_the_placeholder_and_draw_it_after_all(chat: ChatClient, world: World) -> None:
    asked = await chat.send("/imagine a fox --model slow")
    placeholder = await chat.placeholder(to=asked)
    await chat.press("Cancel", on=placeholder)
    assert await chat.toast() == "Cancelling…"
    ended = await chat.text("Cancelled.", to=asked)
    assert ended.id == placeholder.id
    assert chat.buttons(ended) == ["🔁 Again"]
    assert [request.state for request in await requests(world)] == [RequestState.CANCELLED]
    chat.press_data(PictureAction(action=Action.CANCEL, request_id=1).pack(), on=ended)
    assert await chat.toast()


async def test_a_failure_is_told_with_a_way_on(chat: ChatClient, world: World) -> None:
    asked = await chat.send("/imagine a fox --model words")
    failed = await chat.text("Words alone can't be reached", to=asked)
    others = ["🎨 Draw with Sketch <offline>", "🎨 Draw with Slow Sketch"]
    assert chat.buttons(failed) == ["🔁 Retry", *others, "🧠 Model"]
    await chat.press("Retry", on=failed)
    await chat.text("Words alone can't be reached", to=failed)
    assert len(await requests(world)) == 2


async def test_another_model_from_the_picture(
    chat: ChatClient, world: World, you: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drew = Health.drew

    def in_a_second(self: Health, model_id: str, seconds: float | None) -> None:
        drew(self, model_id, 1.0 if seconds is not None else None)

    monkeypatch.setattr(Health, "drew", in_a_second)  # however slow the machine is
    first = await picture(chat, SMALL + " --seed 7")
    await chat.press("Model", on=first)
    menu = await chat.text("Choose a model", to=first)
    assert "✓ 🟢 Sketch <offline> · ~1 s" in chat.buttons(menu)
    await chat.press("Words alone", on=menu)
    assert await chat.toast() == "Model set to Words alone."
    await chat.text("Current: Words alone")
    assert "✓ Words alone" in chat.buttons(menu)
    async with world.db.read() as unit:
        assert (await unit.users.settings(you.id)).model == "words"
    await chat.press("Sketch <offline>", on=menu)
    await chat.text("Current: Sketch")
    await chat.press("Draw with Sketch", on=menu)
    assert await chat.toast() == "On it!"
    drawn = await chat.photo(to=menu)
    assert "Sketch <offline>" in drawn.text
    assert "seed 7 " in drawn.text


async def test_a_sheets_picture_that_is_no_longer_kept(chat: ChatClient, world: World) -> None:
    sheet = await picture(chat, "/imagine a fox --size 128x128 --n 2")
    async with world.db.transaction() as unit:
        await unit.pictures.drop_bytes(1, keep_until=None)
    await chat.press("2", on=sheet)
    await chat.text("The full picture has expired")


@pytest.mark.parametrize("jobs", [JobSettings(daily_limit=1)])
async def test_a_refused_press_says_why(jobs: JobSettings, chat: ChatClient) -> None:
    first = await picture(chat)
    await chat.press("Again", on=first)
    assert "1 picture a day" in await chat.toast()


async def test_a_command_that_came_too_late_is_drawn_on_request(group: ChatClient, boris: Person, world: World) -> None:
    world.clock.ahead = 7200
    asked = await group.send("/imagine an old wish --size 128x128")
    late = await group.text("I was offline", to=asked)
    assert await requests(world) == []
    other = boris.chat(group.chat_id)
    await other.press("Draw it now", on=late)
    assert await other.toast() == world.texts("ru").get("press-not-yours")
    await group.press("Draw it now", on=late)
    assert await group.toast() == "On it!"
    assert (await group.photo(to=asked)).text.startswith("an old wish")
    assert len(await requests(world)) == 1


async def test_data_of_another_menu_do_no_harm(chat: ChatClient, world: World, you: Person) -> None:
    first = await picture(chat)
    chat.press_data(SettingsSet(owner=you.id, setting=Setting.COUNT, value="99").pack(), on=first)
    assert await chat.toast() == GONE
    async with world.db.read() as unit:
        assert (await unit.users.settings(you.id)).count == 1
