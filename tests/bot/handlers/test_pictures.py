"""The buttons under a picture: one request a press, for whoever may, and a short answer for everybody else."""

import pytest

from bot.jobs.settings import JobSettings
from bot.keyboards.picture import Action, PictureAction, SendFull
from bot.keyboards.settings import Setting, SettingsSet
from bot.sandbox.state import Message
from storage.records import Request, RequestState
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person

SMALL = "/imagine a fox --size 128x128"


async def requests(world: World) -> list[Request]:
    async with world.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 60)]
    return [request for request in found if request is not None]


async def picture(chat: ChatClient, words: str = SMALL) -> Message:
    return await chat.photo(to=await chat.send(words))


async def test_again_repeats_the_seed_and_vary_takes_a_new_one(chat: ChatClient) -> None:
    first = await picture(chat, SMALL + " --seed 7")
    await chat.press("Again", on=first)
    assert await chat.toast() == "On it!"
    again = await chat.photo(to=first)
    assert "seed 7 " in again.text
    assert await chat.data(again) == await chat.data(first)
    await chat.press("New seed", on=again)
    assert "seed 7 " not in (await chat.photo(to=again)).text


async def test_fifty_presses_in_a_moment_are_one_request(chat: ChatClient, world: World) -> None:
    first = await picture(chat)
    data = PictureAction(action=Action.VARY, request_id=1).pack()
    for _ in range(50):
        chat.press_data(data, on=first)
    assert await chat.toast() == "Already on it."
    await chat.photo(to=first)
    assert len(await requests(world)) == 2
    world.clock.ahead = 3.1
    await chat.press("New seed", on=first)
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
        "p:a:1\u0000",
        "m:1:-5:sketch",
    ],
)
async def test_forged_data_gets_a_short_answer(chat: ChatClient, world: World, data: str) -> None:
    start = await chat.text("Hello", to=await chat.send("/start"))
    chat.press_data(data, on=start)
    assert await chat.toast() in {
        "This button is too old. Please send the command again.",
        "This menu is somebody else's. Send /model for your own.",
    }
    assert await requests(world) == []


async def test_a_request_of_another_chat_is_not_known_here(chat: ChatClient, group: ChatClient, world: World) -> None:
    await picture(group)
    start = await chat.text("Hello", to=await chat.send("/start"))
    for data in (PictureAction(action=Action.AGAIN, request_id=1), SendFull(picture_id=1)):
        chat.press_data(data.pack(), on=start)
        assert (await chat.toast()).startswith("This button is too old")
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


async def test_another_model_from_the_picture(chat: ChatClient, world: World, you: Person) -> None:
    first = await picture(chat, SMALL + " --seed 7")
    await chat.press("Model", on=first)
    menu = await chat.text("Choose a model", to=first)
    assert "✓ 🟢 Sketch <offline> · ~1 s" in chat.buttons(menu)
    await chat.press("Words alone", on=menu)
    assert await chat.toast() == "Model set to Words alone."
    await chat.text("Now: Words alone")
    assert "✓ Words alone" in chat.buttons(menu)
    async with world.db.read() as unit:
        assert (await unit.users.settings(you.id)).model == "words"
    await chat.press("Sketch <offline>", on=menu)
    await chat.text("Now: Sketch")
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
    await chat.text("I no longer have that picture")


@pytest.mark.parametrize("jobs", [JobSettings(daily_limit=1)])
async def test_a_refused_press_says_why(jobs: JobSettings, chat: ChatClient) -> None:
    first = await picture(chat)
    await chat.press("New seed", on=first)
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
    assert await chat.toast() == "That value isn't valid here."
    async with world.db.read() as unit:
        assert (await unit.users.settings(you.id)).count == 1
