"""Guest mode: the bot is mentioned in a chat that it is no member of."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.faults import ConnectionCut, Fault
from bot.sandbox.state import Chat, Status
from bot.sandbox.wire import Call
from tests.running import bot_at
from tests.scenarios.editors import BLUE, RED, Editor, Words, editing_bot, same
from tests.scenarios.language import ChatClient, Person


@pytest.fixture
def cache(sandbox: SandboxServer) -> Chat:
    sandbox.state.bot.guest = True
    return sandbox.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, cache: Chat) -> AsyncGenerator[Running, None]:
    async with bot_at(sandbox, tmp_path, media_chat_id=cache.id) as running:
        yield running


@pytest.fixture
def strangers(sandbox: SandboxServer, you: Person, alice: Person) -> Chat:
    members = {you.id: Status.MEMBER, alice.id: Status.MEMBER}
    return sandbox.admin.add_group("Strangers", members, bot_status=Status.LEFT)


@pytest.fixture
def elsewhere(you: Person, strangers: Chat) -> ChatClient:
    return you.chat(strangers)


@pytest.mark.usefixtures("bot")
async def test_a_mention_is_answered_with_the_picture(elsewhere: ChatClient, strangers: Chat, alice: Person) -> None:
    asked = await elsewhere.send("@imagine_sandbox_bot a fox")
    picture = await elsewhere.photo(to=asked)
    assert "a fox" in picture.text
    assert "imagine_sandbox_bot" not in picture.text
    others = alice.chat(strangers)
    await others.press("Again", on=picture)
    assert "isn't your picture" in await others.toast()
    first = picture.photo
    await elsewhere.press("Again", on=picture)
    await elsewhere.answer(
        lambda found: found.photo != first and "Cancel" not in " ".join(elsewhere.buttons(found)), "another picture"
    )
    assert len(elsewhere.answers) == 1


@pytest.mark.usefixtures("bot")
async def test_what_cannot_be_drawn_is_explained(elsewhere: ChatClient) -> None:
    asked = await elsewhere.send("@imagine_sandbox_bot a fox --wrong 1")
    await elsewhere.text("wrong", to=asked)
    await elsewhere.send("@imagine_sandbox_bot")
    await elsewhere.text("cat", to=await elsewhere.send("@imagine_sandbox_bot a cat"))
    assert len(elsewhere.answers) == 2


@pytest.mark.usefixtures("bot")
async def test_a_question_twice_is_one_answer(elsewhere: ChatClient, sandbox: SandboxServer) -> None:
    kept: list[dict[str, object]] = []
    put = sandbox.box.updates.put

    def twice(kind: str, payload: dict[str, object]) -> None:
        put(kind, payload)
        if kind == "guest_message":
            kept.append(payload)

    sandbox.box.updates.put = twice  # type: ignore[method-assign] # Telegram gives it twice
    picture = await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a fox"))
    put("guest_message", kept[0])
    await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a cat"))
    assert elsewhere.answers[0].id == picture.id
    assert len(elsewhere.answers) == 2


@pytest.mark.parametrize("error", ["PEER_ID_INVALID", "chat not found", "QUERY_ID_INVALID"])
@pytest.mark.usefixtures("bot")
async def test_a_question_in_a_chat_that_is_gone(elsewhere: ChatClient, sandbox: SandboxServer, error: str) -> None:
    """It is neither answered nor drawn, and the next one is."""
    sandbox.faults.refuse("answerGuestQuery", bad(error))
    await elsewhere.send("@imagine_sandbox_bot a fox")
    picture = await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a cat"))
    assert "a cat" in picture.text
    assert len(elsewhere.answers) == 1
    assert [call.status for call in sandbox.calls if call.method == "sendPhoto"] == [200]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.usefixtures("bot")
async def test_an_answer_that_is_lost_is_not_given_twice(
    elsewhere: ChatClient, sandbox: SandboxServer, late: bool
) -> None:
    """Nobody knows whether it is there; where it is, its button draws."""

    async def cut(_: Call) -> None:
        raise ConnectionCut

    sandbox.faults.add(Fault("answerGuestQuery", after=cut) if late else Fault("answerGuestQuery", before=cut))
    asked = await elsewhere.send("@imagine_sandbox_bot a fox")
    await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a cat"))
    assert len(elsewhere.answers) == 1 + late
    if late:
        answer = await elsewhere.text("Starting", to=asked)
        await elsewhere.press("Draw", on=answer)
        assert "a fox" in (await elsewhere.photo(to=asked)).text
        assert len(elsewhere.answers) == 2


async def test_a_chat_that_is_gone_after_the_answer(
    bot: Running, elsewhere: ChatClient, sandbox: SandboxServer
) -> None:
    sandbox.faults.refuse("editMessageMedia", ApiError(403, "Forbidden: bot was kicked from the group chat"))
    for words in ("a fox", "a cat"):
        await elsewhere.send(f"@imagine_sandbox_bot {words}")
    await elsewhere.photo()
    async with asyncio.timeout(10):
        while len(bot.jobs.active):  # noqa: ASYNC110 - rows tell nobody
            await asyncio.sleep(0.01)
    assert [bool(message.photo) for message in elsewhere.answers].count(True) == 1


@pytest.mark.usefixtures("bot")
async def test_an_old_question_is_not_answered(elsewhere: ChatClient, sandbox: SandboxServer) -> None:
    put = sandbox.box.updates.put

    def late(kind: str, payload: dict[str, object]) -> None:
        assert isinstance(payload["date"], int)
        put(kind, payload | {"date": payload["date"] - int(timedelta(minutes=5).total_seconds())})

    sandbox.box.updates.put = late  # type: ignore[method-assign] # it waited while the bot was away
    await elsewhere.send("@imagine_sandbox_bot a fox")
    sandbox.box.updates.put = put  # type: ignore[method-assign]
    await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a cat"))
    assert len(elsewhere.answers) == 1


async def test_a_picture_in_a_question_is_changed(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    """Its own, else that of the message that it answers, whoever has sent it."""
    async with editing_bot(sandbox, tmp_path, media_chat_id=cache.id):
        own = await elsewhere.upload(RED, "@imagine_sandbox_bot make it green")
        first = await elsewhere.photo(to=own)
        theirs = await alice.chat(strangers).upload(BLUE, "my cat")
        await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a hat on it", reply_to=theirs))
        await elsewhere.photo(to=await elsewhere.send("at night", reply_to=first))
        await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot", reply_to=theirs))
        asked = [(request.prompt, len(request.images)) for request in Editor.asked]
        assert asked == [("make it green", 1), ("a hat on it", 1), ("at night", 1), ("my cat", 1)]
        assert same(Editor.asked[0].images[0], RED)
        assert same(Editor.asked[1].images[0], BLUE)
        assert same(Editor.asked[2].images[0], await elsewhere.data(first))


async def test_a_model_without_pictures_draws_words_alone_or_says_why_not(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient
) -> None:
    async with editing_bot(sandbox, tmp_path, media_chat_id=cache.id):
        asked = await elsewhere.upload(RED, "@imagine_sandbox_bot make it green --model words")
        await elsewhere.text("image-to-image", to=asked)
        first = await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a fox --model words"))
        await elsewhere.photo(to=await elsewhere.send("a hen --model words", reply_to=first))
        await elsewhere.text("only in our chat", to=await elsewhere.send("@imagine_sandbox_bot a fox --zoom 2"))
        styled = await elsewhere.send("@imagine_sandbox_bot a fox --style figurine")
        await elsewhere.text("starts from a picture", to=styled)
    assert [request.prompt for request in Words.asked] == ["a fox", "a hen"]


async def test_the_chat_of_a_question_is_nobody_elses(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, strangers: Chat
) -> None:
    """Its id can be that of a chat of the bot's own, whose messages are no business of the question's."""
    async with editing_bot(sandbox, tmp_path, media_chat_id=cache.id):
        first = await elsewhere.photo(to=await elsewhere.send("@imagine_sandbox_bot a fox"))
        private = elsewhere.person.id
        put = sandbox.box.updates.put

        def disguised(kind: str, payload: dict[str, object]) -> None:
            put(kind, payload | {"chat": {"id": private, "type": "private", "first_name": "X"}})

        sandbox.box.updates.put = disguised  # type: ignore[method-assign] # as people's private chats come
        before = len(sandbox.state.chats[private].messages) if private in sandbox.state.chats else 0
        await elsewhere.photo(to=await elsewhere.send("at night", reply_to=first))
        assert before == (len(sandbox.state.chats[private].messages) if private in sandbox.state.chats else 0)
    assert [request.prompt for request in Editor.asked] == ["a fox", "at night"]


async def test_whoever_asks_is_judged_not_the_chat(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    async with bot_at(sandbox, tmp_path, media_chat_id=cache.id, allowed_chats={alice.id, strangers.id}):
        await elsewhere.send("@imagine_sandbox_bot a fox")
        others = alice.chat(strangers)
        await others.photo(to=await others.send("@imagine_sandbox_bot a cat"))
    assert len(elsewhere.answers) == 1


async def test_without_a_cache_chat_it_is_told(sandbox: SandboxServer, tmp_path: Path, elsewhere: ChatClient) -> None:
    sandbox.state.bot.guest = True
    async with bot_at(sandbox, tmp_path):
        await elsewhere.text("can't draw here", to=await elsewhere.send("@imagine_sandbox_bot a fox"))
