"""When something fails: one sentence for the person, the cause in the log, and nothing stuck."""

import pytest
from aiogram.types import Update

from bot.handlers.permissions.admins import Admins
from bot.handlers.press import REMEMBERED, RecentPresses
from bot.keyboards.picture import Action, PictureAction
from bot.sandbox.seed import GROUP
from storage import StorageUnavailable
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person


class Broken:
    """Redraws that fail in the way it is told."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def draw(self, *_: object, **__: object) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("secret detail"), "Something went wrong on my side. Please try again."),
        (StorageUnavailable("locked"), "My database is unavailable right now. I'll do this as soon as possible."),
    ],
)
async def test_a_press_that_fails_is_answered(chat: ChatClient, world: World, error: Exception, told: str) -> None:
    picture = await chat.photo(to=await chat.send("/imagine a fox --size 128x128"))
    world.dispatcher["redraws"] = Broken(error)
    await chat.press("Again", on=picture)
    assert await chat.toast() == told


async def test_apologies(chat: ChatClient, world: World) -> None:
    asked = await chat.send("/start")
    await chat.text("Hello", to=asked)
    person = {"id": chat.person.id, "is_bot": False, "first_name": "You", "language_code": "ru"}
    message = {
        "message_id": asked.id,
        "date": 1,
        "chat": {"id": chat.chat_id, "type": "private"},
        "from": person,
        "text": "hello",
    }
    await world.apologies.poisoned(Update.model_validate({"update_id": 1, "message": message}))
    await chat.text("У меня что-то сломалось")
    before = len(chat.answers)
    # Once a chat; what was not surely meant for us, or is no message, is passed over.
    aside = {**message, "chat": {"id": GROUP, "type": "supergroup", "title": "x"}}
    updates = [message, message, aside, {"nonsense": 1}]
    told: set[int] = set()
    for _ in range(2):
        await world.apologies.outage(
            [{"update_id": number, "message": one} for number, one in enumerate(updates)], told
        )
    await chat.text("Картинка будет нарисована, как только это станет возможно")
    assert len(chat.answers) == before + 1
    assert told == {chat.chat_id}


async def test_a_chat_that_blocks_and_comes_back(you: Person, chat: ChatClient, world: World) -> None:
    await chat.text("Hello", to=await chat.send("/start"))
    you.block_bot()
    you.unblock_bot()
    await chat.text("Hello", to=await chat.send("/start"))
    async with world.db.read() as unit:
        known = await unit.chats.get(you.id)
    assert known is not None
    assert (known.kind, known.dead_reason) == ("private", None)


async def test_admins_are_asked_once_a_minute(world: World, alice: Person, boris: Person) -> None:
    time = 0.0
    admins = Admins(world.bot, lambda: time)

    def asked() -> int:
        return len([call for call in world.sandbox.calls if call.method == "getChatMember"])

    for _ in range(3):
        assert await admins.is_admin(GROUP, alice.id)
        assert not await admins.is_admin(GROUP, boris.id)
    assert asked() == 2
    time = 61
    assert await admins.is_admin(GROUP, alice.id)
    assert asked() == 3
    assert not await admins.is_admin(GROUP, 123456789)
    assert not await admins.is_admin(alice.id, alice.id)


async def test_what_remembers_presses_is_bounded(world: World, chat: ChatClient) -> None:
    start = await chat.text("Hello", to=await chat.send("/start"))
    presses, time = RecentPresses(lambda: time), 0.0
    body = {
        "id": "1",
        "from": {"id": chat.person.id, "is_bot": False, "first_name": "You"},
        "chat_instance": "1",
        "message": {"message_id": start.id, "date": 1, "chat": {"id": chat.chat_id, "type": "private"}},
    }

    def repeated(number: int) -> bool:
        data = PictureAction(action=Action.AGAIN, request_id=number).pack()
        update = Update.model_validate({"update_id": 1, "callback_query": {**body, "data": data}})
        assert update.callback_query is not None
        return presses.repeated(update.callback_query)

    assert not repeated(1)
    assert repeated(1)
    time = 2.9
    assert repeated(1)
    time = 3.0
    assert not repeated(1)
    for number in range(1, REMEMBERED + 100):
        repeated(number)
    assert len(presses) <= REMEMBERED
