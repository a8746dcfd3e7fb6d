"""What a chat does to a picture on its way, as the sandbox's Telegram says it: each row of the table of errors."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.sandbox import SandboxServer, errors
from bot.sandbox.seed import ALICE, FORUM, GROUP, YOU
from bot.sandbox.state import Message, Status
from bot.telegram.errors import Outcome
from bot.telegram.outbox.messages import Card, ChatGone, DeliveryFailed, Destination, FinalPicture, Shown
from bot.telegram.outbox.outbox import Hooks, Outbox
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import create_bot
from tests.bot.telegram.test_against_sandbox import picture
from tests.clock import HastyClock

PICTURE = FinalPicture(picture(), "fox.png")
CAPTION = Card("a fox")
IN_GROUP = Destination(GROUP, group=True)


class Studio:
    """An outbox at a sandbox, and what it told of chats."""

    def __init__(self, server: SandboxServer) -> None:
        clock = HastyClock()
        self.server = server
        self.flood = FloodControl(clock, 1000)
        self.bot = create_bot(server.token, api_url=server.url, proxy=None, flood=self.flood)
        self.gone: list[int] = []
        self.moved: list[tuple[int, int]] = []

        async def gone(chat_id: int, _reason: str) -> None:
            self.gone.append(chat_id)

        async def migrated(old: int, new: int) -> None:
            self.moved.append((old, new))

        self.outbox = Outbox(self.bot, clock, Hooks(gone=gone, migrated=migrated))

    async def placeholder(self, place: Destination) -> Shown:
        shown = await self.outbox.placeholder(place, Card("Drawing"))
        assert shown is not None
        return shown

    def pictures(self, chat_id: int) -> list[Message]:
        messages = self.server.state.chats[chat_id].messages.values()
        return [message for message in messages if message.photo or message.document]


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    server = await SandboxServer.start()
    made = Studio(server)
    server.people.send(YOU, YOU, "/start")
    yield made
    await made.flood.close()
    await made.bot.session.close()
    await server.close()


@pytest.mark.parametrize(
    ("place", "leave"),
    [
        (Destination(YOU), lambda server: server.admin.block(YOU)),
        (Destination(YOU), lambda server: setattr(server.state.people[YOU], "deactivated", True)),
        (IN_GROUP, lambda server: server.admin.set_bot(GROUP, Status.KICKED, by=ALICE)),
        (IN_GROUP, lambda server: server.state.chats.pop(GROUP)),
    ],
    ids=["blocked", "deactivated", "kicked", "not found"],
)
async def test_a_chat_that_is_gone(
    studio: Studio, place: Destination, leave: Callable[[SandboxServer], object]
) -> None:
    shown = await studio.placeholder(place)
    leave(studio.server)
    with pytest.raises(ChatGone):
        await studio.outbox.final(place, shown, PICTURE, CAPTION)
    with pytest.raises(ChatGone):
        await studio.outbox.placeholder(place, Card("Drawing"))
    assert studio.gone == [place.chat_id] * 2


async def test_a_group_becomes_a_supergroup(studio: Studio) -> None:
    old = studio.server.admin.add_group("Basic", {YOU: Status.CREATOR}, basic=True)
    place = Destination(old.id, group=True)
    shown = await studio.placeholder(place)
    new = studio.server.admin.upgrade(old.id, by=YOU)
    await studio.outbox.final(place, shown, PICTURE, CAPTION)
    assert studio.moved == [(old.id, new.id)]
    assert len(studio.pictures(new.id)) == 1


async def test_a_topic_is_closed(studio: Studio) -> None:
    """A picture goes to the group at large: somebody waits for it."""
    place = Destination(FORUM, topic_id=2, group=True)
    shown = await studio.placeholder(place)
    studio.server.admin.close_topic(FORUM, 2, by=ALICE)
    await studio.outbox.final(place, shown, PICTURE, CAPTION)
    assert len(studio.pictures(FORUM)) == 1


async def test_a_topic_is_deleted(studio: Studio) -> None:
    place = Destination(FORUM, topic_id=2, group=True)
    shown = await studio.placeholder(place)
    studio.server.admin.delete_topic(FORUM, 2)
    await studio.outbox.final(place, shown, PICTURE, CAPTION)
    assert [message.topic_id for message in studio.pictures(FORUM)] == [1], "General"


async def test_no_right_to_send_photos(studio: Studio) -> None:
    shown = await studio.placeholder(IN_GROUP)
    studio.server.admin.deny(GROUP, "photos")
    with pytest.raises(DeliveryFailed) as caught:
        await studio.outbox.final(IN_GROUP, shown, PICTURE, CAPTION)
    assert caught.value.outcome is Outcome.NO_RIGHTS
    told = await studio.outbox.card(IN_GROUP, shown, Card("No photos may be sent here."))
    assert studio.server.state.chats[GROUP].messages[told.message_id].text == "No photos may be sent here."


async def test_no_right_to_write(studio: Studio) -> None:
    studio.server.admin.deny(GROUP, "messages")
    with pytest.raises(DeliveryFailed) as caught:
        await studio.outbox.placeholder(IN_GROUP, Card("Drawing"))
    assert caught.value.outcome is Outcome.NO_RIGHTS


async def test_the_placeholder_was_deleted(studio: Studio) -> None:
    shown = await studio.placeholder(Destination(YOU))
    studio.server.people.delete(YOU, YOU, shown.message_id)
    result = await studio.outbox.final(Destination(YOU), shown, PICTURE, CAPTION)
    assert result.message_id != shown.message_id
    assert len(studio.pictures(YOU)) == 1


async def test_the_command_was_deleted(studio: Studio) -> None:
    command = studio.server.people.send(YOU, YOU, "/imagine a fox")
    place = Destination(YOU, reply_to=command.id)
    studio.server.people.delete(YOU, YOU, command.id)
    shown = await studio.placeholder(place)
    await studio.outbox.final(place, shown, PICTURE, CAPTION)
    assert len(studio.pictures(YOU)) == 1


async def test_a_shape_that_no_photo_has(studio: Studio) -> None:
    shown = await studio.placeholder(Destination(YOU))
    studio.server.faults.refuse("editMessageMedia", errors.PHOTO_DIMENSIONS())
    assert (await studio.outbox.final(Destination(YOU), shown, PICTURE, CAPTION)).kind == "document"


async def test_too_large_for_a_server_in_between(studio: Studio) -> None:
    """Not a fault of the form: whoever has the bytes makes them fewer."""
    shown = await studio.placeholder(Destination(YOU))
    studio.server.faults.refuse("editMessageMedia", errors.TOO_LARGE())
    with pytest.raises(DeliveryFailed) as caught:
        await studio.outbox.final(Destination(YOU), shown, PICTURE, CAPTION)
    assert caught.value.outcome is Outcome.TOO_LARGE
    assert not caught.value.temporary


@pytest.mark.parametrize("after_effect", [False, True])
async def test_html_in_place_of_json(studio: Studio, after_effect: bool) -> None:
    shown = await studio.placeholder(Destination(YOU))
    studio.server.faults.bad_gateway("editMessageMedia", after_effect=after_effect)
    await studio.outbox.final(Destination(YOU), shown, PICTURE, CAPTION)
    assert [message.id for message in studio.pictures(YOU)] == [shown.message_id]


@pytest.mark.parametrize("retry_after", [1, None])
async def test_429_with_and_without_parameters(studio: Studio, retry_after: int | None) -> None:
    shown = await studio.placeholder(Destination(YOU))
    studio.server.faults.flood("editMessageMedia", retry_after)
    await studio.outbox.final(Destination(YOU), shown, PICTURE, CAPTION)
    assert len(studio.pictures(YOU)) == 1
    assert studio.outbox.residues.sent_again == 0
