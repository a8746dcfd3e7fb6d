"""What people type and send without a second thought."""

import pytest
from aiogram.types import Update

from bot.config import Settings
from bot.handlers.edited import sent_anew
from bot.handlers.permissions.allowed import AllowedChats
from bot.sandbox.seed import GROUP
from bot.sandbox.state import Status
from bot.telegram.outbox.outbox import Outbox
from storage.records import Request
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person, sample_photo

SMALL = "--size 128x128"


async def requests(world: World) -> list[Request]:
    async with world.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 30)]
    return [request for request in found if request is not None]


@pytest.mark.parametrize("words", ["@{me} /imagine a fox", "/imagine @{me} a fox", "/imagine /imagine a fox"])
async def test_commands_and_names_in_front_are_not_drawn(chat: ChatClient, world: World, words: str) -> None:
    me = world.sandbox.state.bot.username
    await chat.photo(to=await chat.send(f"{words.format(me=me)} {SMALL}"))
    assert [request.prompt for request in await requests(world)] == ["a fox"]


async def test_words_that_nobody_sees_are_no_words(chat: ChatClient, world: World) -> None:
    await chat.text("What shall I draw?", to=await chat.send("/imagine \u200b\u00ad\ufe0f"))
    assert await requests(world) == []


async def test_a_command_that_was_mended_is_drawn_once(chat: ChatClient, world: World) -> None:
    asked = await chat.send("/imagine a fox --arr 16:9")
    await chat.text("--ar", to=asked)
    await chat.edit(asked, f"/imagine a fox {SMALL}")
    await chat.photo(to=asked)
    await chat.edit(asked, f"/imagine an owl {SMALL}")
    await chat.text("Hello", to=await chat.send("/start"))  # handled after it
    assert [request.prompt for request in await requests(world)] == ["a fox"]


def test_edits_without_words_or_long_after_are_passed_over() -> None:
    def edited(**changes: object) -> Update:
        message = {"message_id": 1, "date": 1000, "edit_date": 1010, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return Update.model_validate({"update_id": 1, "edited_message": message | changes})

    for update, taken in (
        (edited(), True),
        (edited(text=None), False),
        (edited(edit_date=None), False),
        (edited(edit_date=1000 + 3601), False),
    ):
        assert update.edited_message is not None
        assert (sent_anew(update.edited_message) is not None) == taken


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 4}},
        {"story": {"chat": {"id": 5, "type": "private", "first_name": "x"}, "id": 1}},
        {"game": {"title": "x", "description": "x", "photo": []}},
        {"paid_media": {"star_count": 1, "paid_media": []}},
        {"invoice": {"title": "x", "description": "x", "start_parameter": "x", "currency": "XTR", "total_amount": 1}},
        {"checklist": {"title": "x", "tasks": []}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_cannot_be_drawn_from_gets_one_sentence(
    chat: ChatClient, world: World, content: dict[str, object]
) -> None:
    sent = world.sandbox.people.send(chat.person.id, chat.chat_id, extra=content)
    assert (await chat.answer(to=sent)).text == world.texts("en").get("error-not-a-picture")


async def test_an_album_without_words_gets_one_answer(chat: ChatClient, world: World) -> None:
    parts = await chat.album([sample_photo(), sample_photo(), sample_photo()])
    await chat.text("Nice photos!", to=parts[0])
    await chat.text("Hello", to=await chat.send("/start"))
    assert len(chat.answers) == 2


async def test_a_photo_to_start_from_keeps_its_shape(chat: ChatClient, world: World) -> None:
    await chat.photo(to=await chat.upload(sample_photo(90, 70), "/imagine make it a fox"))
    (request,) = await requests(world)
    width, height = request.parameters.width, request.parameters.height
    assert width is not None
    assert height is not None
    assert abs(width / height - 9 / 7) < 0.02
    await chat.photo(to=await chat.upload(sample_photo(90, 70), f"/imagine make it a fox {SMALL}"))
    assert (await requests(world))[-1].parameters.width == 128


NEXT_GROUP = -4_100_000_009  # the id of the first group that is added to a new sandbox
YOU = 5_300_000_001


@pytest.mark.parametrize("operator", [Settings(default_model="sketch", allowed_chats={NEXT_GROUP}, admin_ids={YOU})])
async def test_an_allowed_group_goes_on_as_a_supergroup(
    world: World, you: Person, boris: Person, operator: Settings
) -> None:
    basic = world.sandbox.admin.add_group("Foxes", {you.id: Status.CREATOR, boris.id: Status.MEMBER}, basic=True)
    assert (basic.id, you.id) == (NEXT_GROUP, YOU)
    hers = boris.chat(basic)
    await hers.photo(to=await hers.send(f"/imagine fox {SMALL}"))
    await boris.private.text(str(boris.id), to=await boris.private.send("/start"))  # not let in elsewhere
    await you.private.text("Hello", to=await you.private.send("/start"))
    new = world.sandbox.admin.upgrade(basic.id, by=you.id)
    there = boris.chat(new)
    await you.private.text("ALLOWED_CHATS", str(new.id))
    await there.photo(to=await there.send(f"/imagine owl {SMALL}"))
    later = AllowedChats(operator, world.db, Outbox(world.bot, world.clock), world.texts, world.clock)
    assert await later.admits(boris.id, new.id), "also after a restart"
    assert not await later.admits(boris.id, GROUP)
