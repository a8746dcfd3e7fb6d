"""What is for one member's eyes: whispered where Telegram lets us, said aloud where not."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import SystemClock
from bot.sandbox import SandboxServer
from bot.sandbox.seed import ALICE, GROUP, YOU
from bot.sandbox.state import Message, Status
from bot.telegram.errors import Outcome
from bot.telegram.outbox.messages import Card, Destination, Shown, Whisper
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.outbox.send_request import SendRequest
from bot.telegram.outbox.sender import ALOUD_FOR
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import create_bot


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    running = await SandboxServer.start()
    yield running
    await running.close()


@pytest.fixture
async def outbox(server: SandboxServer) -> AsyncIterator[Outbox]:
    clock = SystemClock()
    flood = FloodControl(clock, 30)
    bot = create_bot(server.token, api_url=server.url, proxy=None, flood=flood)
    yield Outbox(bot, clock)
    await flood.close()
    await bot.session.close()


def asked(server: SandboxServer) -> Message:
    """A command that the client sent to the bot alone."""
    key = "all_group_chats:"
    server.state.bot.commands[key] = [{"command": "settings", "description": "x", "is_ephemeral": True}]
    return server.people.send(YOU, GROUP, "/settings")


async def test_an_answer_to_an_ephemeral_command(server: SandboxServer, outbox: Outbox) -> None:
    command = asked(server)
    place = Destination(GROUP, group=True, whisper=Whisper(YOU, answers=command.id))
    shown = await outbox.reply(place, Card("<b>menu</b>"))
    message = server.state.chats[GROUP].ephemeral[shown.message_id]
    assert (message.ephemeral_for, message.text, shown.ephemeral_for) == (YOU, "menu", YOU)
    edited = await outbox.edit(place, shown, Card("other"))
    assert (edited, message.text) == (shown, "other")
    assert await outbox.edit(place, shown, Card("other")) == shown  # it is so already
    assert server.state.chats[GROUP].messages == {}


async def test_an_answer_to_a_press_and_to_nothing(server: SandboxServer, outbox: Outbox) -> None:
    public = await outbox.reply(Destination(GROUP, group=True), Card("public"))
    query = server.people.press(YOU, GROUP, public.message_id, "x")
    heard = await outbox.reply(Destination(GROUP, group=True, whisper=Whisper(YOU, query_id=query.id)), Card("aside"))
    assert heard.ephemeral_for == YOU
    aloud = await outbox.reply(
        Destination(GROUP, reply_to=public.message_id, group=True, whisper=Whisper(YOU)), Card("menu")
    )
    assert aloud.ephemeral_for is None
    assert server.state.chats[GROUP].messages[aloud.message_id].reply_to == public.message_id
    server.admin.set_bot(GROUP, Status.ADMINISTRATOR, by=YOU)
    outbox.rights_changed(GROUP)
    assert (
        await outbox.reply(Destination(GROUP, group=True, whisper=Whisper(ALICE)), Card("menu"))
    ).ephemeral_for == ALICE


class Ahead(SystemClock):
    """The time of this machine, and what a test adds."""

    def __init__(self) -> None:
        self.added = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.added


async def test_a_chat_that_refuses_is_not_asked_each_time(server: SandboxServer) -> None:
    clock = Ahead()
    flood = FloodControl(SystemClock(), 30)
    bot = create_bot(server.token, api_url=server.url, proxy=None, flood=flood)
    outbox = Outbox(bot, clock)
    menu, place = Card("menu"), Destination(GROUP, group=True, whisper=Whisper(YOU))

    async def replied(where: Destination) -> tuple[list[int], int | None]:
        """The answers to the calls that it took, and for whom it is to be seen."""
        before = len(server.calls)
        shown = await outbox.reply(where, menu)
        return [
            call.status for call in list(server.calls)[before:] if call.method == "sendMessage"
        ], shown.ephemeral_for

    assert await replied(place) == ([400, 200], None)
    assert await replied(place) == ([200], None)
    assert await replied(Destination(GROUP, group=True, whisper=Whisper(ALICE))) == ([200], None)
    # What somebody asked for in secret is still answered so.
    command = asked(server)
    secret = Destination(GROUP, group=True, whisper=Whisper(YOU, answers=command.id))
    assert await replied(secret) == ([200], YOU)
    server.admin.set_bot(GROUP, Status.ADMINISTRATOR, by=YOU)
    assert await replied(place) == ([200], None)
    clock.added = ALOUD_FOR + 1
    assert await replied(place) == ([200], YOU)
    assert await replied(place) == ([200], YOU)
    await flood.close()
    await bot.session.close()


async def test_an_edit_of_what_is_gone(server: SandboxServer, outbox: Outbox) -> None:
    place = Destination(GROUP, group=True, whisper=Whisper(YOU))
    shown = await outbox.edit(place, Shown(999, ephemeral_for=YOU), Card("menu"))
    assert shown.ephemeral_for is None
    assert server.state.chats[GROUP].messages[shown.message_id].text == "menu"


@pytest.mark.parametrize("outcome", [Outcome.CHAT_GONE, Outcome.NO_RIGHTS, Outcome.OTHER, Outcome.QUERY_EXPIRED])
def test_any_refusal_is_one_of_whispering_first(outcome: Outcome) -> None:
    """Also one that would end a chat: only what is said aloud and refused does."""
    errand = SendRequest(Destination(GROUP, whisper=Whisper(YOU)), Card("menu"))
    louder = errand.louder(outcome)
    assert louder is not None
    assert louder.place.whisper is None
    assert louder.louder(outcome) is None


@pytest.mark.parametrize("outcome", [Outcome.FLOOD, Outcome.AMBIGUOUS, Outcome.TRANSIENT, Outcome.MIGRATED])
def test_a_fault_is_no_refusal(outcome: Outcome) -> None:
    assert SendRequest(Destination(GROUP, whisper=Whisper(YOU)), Card("menu")).louder(outcome) is None
