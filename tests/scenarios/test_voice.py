"""Voice messages: drawn at once in private chats, shown with a button in groups, and refused with a sentence."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP
from storage.records import Request
from tests.providers.services.speech_server import SpeechServer
from tests.running import bot_at
from tests.scenarios.language import ChatClient, Person

KEY = "sk-speech-0123456789"


@pytest.fixture
async def server() -> AsyncIterator[SpeechServer]:
    async with SpeechServer.start(key=KEY) as found:
        yield found


@pytest.fixture
async def hearing(sandbox: SandboxServer, server: SpeechServer, tmp_path: Path) -> AsyncIterator[Running]:
    blocked = tmp_path / "blocked.txt"
    blocked.write_text("gore\n")
    async with bot_at(sandbox, tmp_path, speech_url=server.url, speech_key=KEY, blocked_words_file=blocked) as running:
        yield running


async def requests_of(bot: Running) -> list[Request]:
    async with bot.jobs.studio.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 20)]
    return [request for request in found if request is not None]


async def test_in_private_it_is_drawn_at_once(hearing: Running, chat: ChatClient, server: SpeechServer) -> None:
    voice = await chat.say(voice=b"OggS fox")
    await chat.text("I understood: a fox in the snow", to=voice)
    picture = await chat.photo(to=voice)
    assert server.heard == [b"OggS fox"]
    [request] = await requests_of(hearing)
    assert request.prompt == "a fox in the snow"
    server.says = "make it night"
    voice = await chat.say(reply_to=picture)
    await chat.photo(to=voice)
    assert (await requests_of(hearing))[1].parent_id == request.id


async def test_what_is_said_is_no_command_and_no_option(
    hearing: Running, chat: ChatClient, server: SpeechServer
) -> None:
    server.says = "/imagine @bot --n 9 {red|blue} fox —model nothing"
    voice = await chat.say()
    await chat.photo(to=voice)
    [request] = await requests_of(hearing)
    assert request.prompt == "imagine @bot n 9 (red,blue) fox model nothing"
    assert len(await _draws(hearing, request)) == 1


async def _draws(bot: Running, request: Request) -> list[object]:
    async with bot.jobs.studio.db.read() as unit:
        return list(await unit.draws.of_request(request.id))


async def test_in_a_group_it_is_shown_with_a_button(
    hearing: Running, group: ChatClient, alice: Person, server: SpeechServer
) -> None:
    await group.send("/imagine a boat")
    boat = await group.photo()
    server.says = "a <b>fox</b> & more"
    voice = await group.say(reply_to=boat)
    shown = await group.text("I understood: a fox & more", to=voice)
    assert group.buttons(shown) == ["🎨 Draw it"]
    theirs = alice.chat(GROUP)
    await theirs.press("Draw it", on=shown)
    assert "isn't your" in await theirs.toast()
    assert len(await requests_of(hearing)) == 1
    await group.press("Draw it", on=shown)
    await group.photo(to=voice)
    assert len(await requests_of(hearing)) == 2


async def test_imagine_in_answer_to_somebodys_voice_message(
    hearing: Running, group: ChatClient, alice: Person, server: SpeechServer
) -> None:
    voice = await alice.chat(GROUP).say()
    command = await group.send("/imagine", reply_to=voice)
    shown = await group.text("I understood: a fox in the snow", to=command)
    await group.press("Draw it", on=shown)
    await group.photo(to=command)
    command = await group.send("/imagine a boat", reply_to=voice)
    await group.photo(to=command)
    assert [request.prompt for request in await requests_of(hearing)] == ["a fox in the snow", "a boat"]
    assert len(server.heard) == 1


async def test_voice_messages_between_people_are_nobodys_business(
    hearing: Running, sandbox: SandboxServer, group: ChatClient, alice: Person, server: SpeechServer
) -> None:
    sandbox.state.bot.privacy_mode = False
    await alice.chat(GROUP).say()
    command = await group.send("/imagine a boat")
    await group.photo(to=command)
    assert server.heard == []


async def test_an_hour_is_refused_before_it_is_fetched(
    hearing: Running, sandbox: SandboxServer, chat: ChatClient, server: SpeechServer
) -> None:
    voice = await chat.say(3600)
    await chat.text("too long", "3 minutes", to=voice)
    assert server.heard == []
    assert not [call for call in sandbox.calls if call.method == "getFile"]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (" ... ", "no words"),
        ("buckets of gore", "blocked words"),
        (web.json_response({}, status=500), "couldn't understand"),
        (web.Response(text="<p>"), "couldn't understand"),
    ],
)
async def test_what_cannot_be_drawn_is_told(
    hearing: Running, chat: ChatClient, server: SpeechServer, says: object, told: str
) -> None:
    server.says = says
    voice = await chat.say()
    answer = await chat.text(told, to=voice)
    assert "gore" not in answer.text
    assert await requests_of(hearing) == []


async def test_more_words_than_a_prompt_may_have_can_be_cut(
    hearing: Running, chat: ChatClient, server: SpeechServer
) -> None:
    server.says = "a fox and " * 300
    voice = await chat.say()
    await chat.text("too long", to=voice)
    await chat.press("short")
    await chat.photo(to=voice)


async def test_without_a_server_it_is_said_once(bot: Running, chat: ChatClient, group: ChatClient) -> None:
    await chat.text("can't listen", to=await chat.say())
    await chat.text("photo", to=await chat.say())
    await group.send("/imagine a boat")
    boat = await group.photo()
    await group.say(reply_to=boat)
    command = await group.send("/imagine a fox")
    await group.photo(to=command)
    assert not any("listen" in message.text for message in group.answers)
