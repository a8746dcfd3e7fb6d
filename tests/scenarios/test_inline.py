"""Inline mode: pictures in chats that the bot is no member of."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.handlers.inline import drawing as drawing_module
from bot.handlers.inline import query as query_module
from bot.keyboards.inline import InlineDraw
from bot.keyboards.picture import Action, PictureAction
from bot.sandbox import SandboxServer, views
from bot.sandbox.errors import bad
from bot.sandbox.state import Chat, Status
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.errors import ContentRejected
from providers.events import Event, Reasoning
from providers.pictures.encoded import data_url
from tests.bot.handlers.test_presses import every_kind
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios import editors
from tests.scenarios.editors import editing_bot, same
from tests.scenarios.language import ChatClient, Person, sample_photo


class Painter(Provider):
    """A plain picture once it may, and a refusal of dragons."""

    label = "Painter"
    offline = True
    models = default_model = "painter"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed", "width", "height", "num_inference_steps"}))
    may = asyncio.Event()
    drawn = 0

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("half")
        await type(self).may.wait()
        if "dragon" in request.prompt:
            raise ContentRejected("no dragons")
        type(self).drawn += 1
        color = f"#{type(self).drawn * 40 % 256:02x}6040"
        yield ImageResponse([data_url(sample_photo(color=color), "image/png")])


@pytest.fixture
def cache(sandbox: SandboxServer) -> Chat:
    """The operator's channel for pictures."""
    sandbox.state.bot.inline = True
    return sandbox.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, cache: Chat) -> AsyncGenerator[Running, None]:
    Painter.may, Painter.drawn = asyncio.Event(), 0
    Painter.may.set()
    catalog = quick_sketch(scripted("painter", Painter, cost=0.25))
    settings = {"default_model": "painter", "media_chat_id": cache.id, "telegram_rate": 1000}
    async with bot_at(sandbox, tmp_path, catalog, **settings) as running:
        yield running


@pytest.fixture
def strangers(sandbox: SandboxServer, you: Person, alice: Person) -> Chat:
    """A group without the bot."""
    return sandbox.admin.add_group(
        "Strangers", {you.id: Status.MEMBER, alice.id: Status.MEMBER}, bot_status=Status.LEFT
    )


@pytest.fixture
def elsewhere(you: Person, strangers: Chat) -> ChatClient:
    return you.chat(strangers)


async def stored(bot: Running) -> None:
    """Until the ends that are shown are stored as well."""
    async with asyncio.timeout(10):
        while len(bot.jobs.active):  # noqa: ASYNC110 - rows tell nobody
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("bot")
async def test_a_chosen_result_becomes_the_picture(elsewhere: ChatClient, cache: Chat) -> None:
    Painter.may.clear()
    query = await elsewhere.inline("a fox")
    assert query.results is not None
    assert [result["title"] for result in query.results] == ["Draw: a fox"]
    assert query.results[0]["description"] == "Painter · costs 0.25"
    message = await elsewhere.choose(query)
    assert "Starting" in message.text
    assert elsewhere.buttons(message) == ["🎨 Draw"]
    assert (await elsewhere.placeholder()).id == message.id
    Painter.may.set()
    picture = await elsewhere.photo()
    assert picture.id == message.id
    assert "a fox" in picture.text
    assert "🔁 Again" in " ".join(elsewhere.buttons(picture))
    assert len(cache.messages) == 1
    assert picture.photo == next(iter(cache.messages.values())).photo


@pytest.mark.usefixtures("bot")
async def test_what_the_feedback_does_not_tell_the_button_does(
    elsewhere: ChatClient, sandbox: SandboxServer, strangers: Chat, alice: Person
) -> None:
    sandbox.state.bot.inline_feedback = False
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    others = alice.chat(strangers)
    await others.press("Draw", on=message)
    assert "isn't your picture" in await others.toast()
    await elsewhere.press("Draw", on=message)
    assert "on it" in (await elsewhere.toast()).lower() or await elsewhere.toast()
    assert (await elsewhere.photo()).id == message.id
    assert Painter.drawn == 1


@pytest.mark.usefixtures("bot")
async def test_chosen_and_pressed_it_is_drawn_once(elsewhere: ChatClient) -> None:
    Painter.may.clear()
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    draw = (message.keyboard or {})["inline_keyboard"][0][0]["callback_data"]
    elsewhere.press_data(draw, on=message)
    await elsewhere.toast()
    Painter.may.set()
    await elsewhere.photo()
    elsewhere.press_data(draw, on=message)
    assert "Already" in await elsewhere.toast()
    assert Painter.drawn == 1


@pytest.mark.usefixtures("bot")
async def test_again_takes_the_place_of_the_picture(elsewhere: ChatClient, cache: Chat) -> None:
    message = await elsewhere.choose(await elsewhere.inline("a fox --seed 7"))
    first = (await elsewhere.photo()).photo
    await elsewhere.press("Again", on=message)
    await elsewhere.toast()
    await elsewhere.answer(lambda found: found.photo != first and "Cancel" not in elsewhere.buttons(found), "another")
    assert len(cache.messages) == 2
    stale = PictureAction(action=Action.AGAIN, request_id=1).pack()
    elsewhere.press_data(stale, on=message)
    assert await elsewhere.toast()
    assert Painter.drawn == 2


@pytest.mark.usefixtures("bot")
async def test_another_model_draws_it(elsewhere: ChatClient) -> None:
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    first = (await elsewhere.photo()).photo
    await elsewhere.press("Model", on=message)
    await elsewhere.press("Sketch", on=message)
    picture = await elsewhere.answer(
        lambda found: found.photo != first and "Cancel" not in " ".join(elsewhere.buttons(found)), "another"
    )
    assert "Sketch" in picture.text
    await elsewhere.press("Model", on=message)
    await elsewhere.press("Back", on=message)
    await elsewhere.answer(lambda found: "Again" in " ".join(elsewhere.buttons(found)), "its own buttons")


@pytest.mark.usefixtures("bot")
async def test_a_cancelled_one_says_so_and_can_be_drawn_again(elsewhere: ChatClient) -> None:
    Painter.may.clear()
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    await elsewhere.press("Cancel", on=message)
    await elsewhere.text("cancelled")
    Painter.may.set()
    await elsewhere.press("Again", on=message)
    assert (await elsewhere.photo()).id == message.id


@pytest.mark.usefixtures("bot")
async def test_a_failure_is_told_in_the_message(elsewhere: ChatClient) -> None:
    message = await elsewhere.choose(await elsewhere.inline("a dragon"))
    failure = await elsewhere.text("no dragons")
    assert failure.id == message.id
    await elsewhere.press("Model", on=message)
    await elsewhere.press("Back", on=message)
    await elsewhere.press("Retry", on=message)
    await elsewhere.text("no dragons")


@pytest.mark.usefixtures("bot")
async def test_a_failure_after_a_picture_stands_below_it(elsewhere: ChatClient, alice: Person) -> None:
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    picture = (await elsewhere.photo()).photo
    Painter.may.clear()
    await elsewhere.press("Again", on=message)
    await elsewhere.press("Cancel", on=message)
    cancelled = await elsewhere.text("cancelled")
    assert cancelled.photo == picture


async def test_own_pictures_are_found_by_their_words(
    bot: Running, chat: ChatClient, elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    await chat.photo(to=await chat.send("a red fox"))
    await chat.photo(to=await chat.send("a cat"))
    await stored(bot)
    query = await elsewhere.inline("fox")
    assert [result.get("title") for result in query.results or ()] == ["Draw: fox", "a red fox"]
    shared = await elsewhere.choose(query, "red")
    assert shared.photo
    assert Painter.drawn == 2
    assert [result["title"] for result in (await elsewhere.inline("")).results or ()] == ["a cat", "a red fox"]
    of_alice = await alice.chat(strangers).inline("fox")
    assert [result["title"] for result in of_alice.results or ()] == ["Draw: fox"]


async def test_many_pictures_come_in_pages(
    bot: Running, chat: ChatClient, elsewhere: ChatClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_module, "PAGE", 2)
    for words in ("fox one", "fox two", "fox three"):
        await chat.photo(to=await chat.send(words))
    await stored(bot)
    first = await elsewhere.inline("fox")
    assert [result["title"] for result in first.results or ()] == ["Draw: fox", "fox three", "fox two"]
    second = await elsewhere.inline("fox", offset=first.next_offset)
    assert [result["title"] for result in second.results or ()] == ["fox one"]
    assert not second.next_offset
    for forged in ("-1", "99999", "²", "x" * 64):
        assert (await elsewhere.inline("fox", offset=forged)).results is not None


@pytest.mark.usefixtures("bot")
async def test_a_picture_is_shared_by_its_button(chat: ChatClient, elsewhere: ChatClient, alice: Person) -> None:
    picture = await chat.photo(to=await chat.send("a fox"))
    await chat.press("More", on=picture)
    await chat.answer(lambda message: any("Share" in text for text in chat.buttons(message)), "the button")
    buttons = [button for row in (picture.keyboard or {})["inline_keyboard"] for button in row]
    words = next(button["switch_inline_query"] for button in buttons if "switch_inline_query" in button)
    query = await elsewhere.inline(words)
    assert len(query.results or ()) == 1
    assert (await elsewhere.choose(query)).photo == picture.photo
    of_alice = await alice.private.inline(words)
    assert of_alice.results == []
    assert of_alice.button is not None
    assert "no longer available" in of_alice.button["text"]


@pytest.mark.usefixtures("bot")
async def test_queries_that_cannot_be_drawn_say_why(elsewhere: ChatClient) -> None:
    for words, said in {
        "": "Type what",
        "a fox --wrong 1": "wrong",
        "a fox --n 3": "one picture",
        "a fox --model sketch,painter": "one picture",
        "a fox --model nobody": "nobody",
    }.items():
        query = await elsewhere.inline(words)
        assert query.results == []
        assert query.button is not None
        assert said in query.button["text"], words
    fox = "🦊" * 256
    query = await elsewhere.inline(fox)
    assert len(query.results or ()) == 1
    assert fox[:90] in (await elsewhere.choose(query)).text
    await elsewhere.photo()


@pytest.mark.usefixtures("bot")
async def test_forged_presses_do_nothing(
    chat: ChatClient, elsewhere: ChatClient, alice: Person, strangers: Chat, sandbox: SandboxServer
) -> None:
    sandbox.state.bot.inline_feedback = False
    await chat.photo(to=await chat.send("a cat"))  # request 1
    message = await elsewhere.choose(await elsewhere.inline("a fox"))
    for data in (
        PictureAction(action=Action.AGAIN, request_id=1).pack(),
        PictureAction(action=Action.STAR, request_id=1).pack(),
        InlineDraw(kept_id=77).pack(),
    ):
        elsewhere.press_data(data, on=message)
        assert await elsewhere.toast()
    others = alice.chat(strangers)
    await others.inline("a dog")  # an offer of hers, on a message of yours that is known as yours
    await elsewhere.press("Draw", on=message)
    await elsewhere.photo()
    others.press_data(InlineDraw(kept_id=2).pack(), on=message)
    assert "isn't your picture" in await others.toast()
    others.press_data(PictureAction(action=Action.AGAIN, request_id=2).pack(), on=message)
    assert "isn't your picture" in await others.toast()
    assert Painter.drawn == 2


@pytest.mark.usefixtures("bot")
async def test_no_button_of_another_message_works_on_an_inline_one(
    elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    mine = await elsewhere.choose(await elsewhere.inline("a fox"))
    await elsewhere.photo()
    others = alice.chat(strangers)
    hers = await others.choose(await others.inline("a cat"))
    await others.answer(lambda found: found.id == hers.id and bool(found.photo), "her picture")
    before = (mine.text, mine.photo, mine.keyboard, hers.text, hers.photo, hers.keyboard)
    for data in every_kind(1, 1, elsewhere.person.id):  # her presses on yours
        others.press_data(data.pack(), on=mine)
        await others.toast()
    for data in every_kind(1, 1, elsewhere.person.id):  # your own buttons, on hers
        elsewhere.press_data(data.pack(), on=hers)
        await elsewhere.toast()
    assert (mine.text, mine.photo, mine.keyboard, hers.text, hers.photo, hers.keyboard) == before
    assert Painter.drawn == 2


async def test_a_result_chosen_twice_is_a_picture_in_each_message(
    bot: Running, elsewhere: ChatClient, chat: ChatClient, sandbox: SandboxServer
) -> None:
    """And what Telegram tells twice of one message is drawn once."""
    put = sandbox.box.updates.put

    def twice(kind: str, payload: dict[str, object]) -> None:
        put(kind, payload)
        if kind == "chosen_inline_result":
            put(kind, dict(payload))

    sandbox.box.updates.put = twice  # type: ignore[method-assign] # Telegram gives it twice
    query = await elsewhere.inline("a fox")
    first, second = await elsewhere.choose(query), await elsewhere.choose(query)
    await elsewhere.answer(lambda _: bool(first.photo and second.photo), "two pictures")
    await chat.photo(to=await chat.send("a cat"))  # whatever was told before has been handled
    await stored(bot)
    assert Painter.drawn == 3


@pytest.mark.parametrize("error", ["MESSAGE_ID_INVALID", "message can't be edited", "PEER_ID_INVALID"])
async def test_a_message_that_takes_no_edits_ends_its_request_alone(
    bot: Running, elsewhere: ChatClient, sandbox: SandboxServer, error: str
) -> None:
    sandbox.faults.refuse("editMessageMedia", bad(error))
    first = await elsewhere.choose(await elsewhere.inline("a fox"))
    second = await elsewhere.choose(await elsewhere.inline("a cat"))
    await elsewhere.answer(lambda found: bool(found.photo), "a picture")
    await stored(bot)
    assert sorted([bool(first.photo), bool(second.photo)]) == [False, True]
    edits = [call for call in sandbox.calls if call.method == "editMessageMedia"]
    assert [call.status for call in edits] in ([400, 200], [200, 400])


async def test_forged_ids_harm_nothing(bot: Running, elsewhere: ChatClient, sandbox: SandboxServer) -> None:
    person = views.user(sandbox.state, elsewhere.person.id)
    await elsewhere.inline("a dog")  # offer 1
    put = sandbox.box.updates.put
    chosen = {"from": person, "query": "a fox", "inline_message_id": "forged"}
    for result_id in ("draw:1", "draw:99", "draw:", "p:7", "x" * 64):
        put("chosen_inline_result", chosen | {"result_id": result_id})
    put("chosen_inline_result", {"from": person, "query": "a fox", "result_id": "draw:1"})
    press = {"id": "1", "from": person, "chat_instance": "1", "inline_message_id": "also forged"}
    for number, data in enumerate(every_kind(1, 1, elsewhere.person.id)):
        put("callback_query", press | {"id": str(number), "data": data.pack()})
    message = await elsewhere.choose(await elsewhere.inline("a cat"))
    assert (await elsewhere.photo()).id == message.id
    await stored(bot)
    refused = [call for call in sandbox.calls if call.status == 400 and "QUERY" not in str(call.description).upper()]
    assert {call.params.get("inline_message_id") for call in refused} <= {"forged", "also forged"}


async def test_a_deleted_message_ends_its_request_alone(
    bot: Running, you: Person, elsewhere: ChatClient, sandbox: SandboxServer, strangers: Chat
) -> None:
    Painter.may.clear()
    first = await elsewhere.choose(await elsewhere.inline("a fox"))
    await elsewhere.placeholder()
    second = await elsewhere.choose(await elsewhere.inline("a cat"))
    sandbox.box.remove(strangers, first)
    Painter.may.set()
    assert (await elsewhere.photo()).id == second.id
    await stored(bot)
    assert (await you.private.photo(to=await you.private.send("a dog"))).photo


@pytest.mark.usefixtures("bot")
async def test_where_the_cache_chat_was_left_it_is_told(
    elsewhere: ChatClient, sandbox: SandboxServer, cache: Chat, you: Person
) -> None:
    sandbox.admin.set_bot(cache.id, Status.KICKED, by=you.id)
    await elsewhere.choose(await elsewhere.inline("a fox"))
    await elsewhere.text("cache chat")


async def test_without_a_cache_chat_it_is_told(sandbox: SandboxServer, tmp_path: Path, elsewhere: ChatClient) -> None:
    sandbox.state.bot.inline = True
    async with bot_at(sandbox, tmp_path):
        query = await elsewhere.inline("a fox")
    assert query.results == []
    assert query.button is not None
    assert "can't draw here" in query.button["text"]


async def test_limits_count_for_whoever_asks(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, chat: ChatClient
) -> None:
    async with bot_at(sandbox, tmp_path, media_chat_id=cache.id, daily_limit=1):
        await chat.photo(to=await chat.send("a cat"))
        message = await elsewhere.choose(await elsewhere.inline("a fox"))
        told = await elsewhere.text("limit")
        assert told.id == message.id
        await elsewhere.press("Draw", on=message)
        assert "limit" in await elsewhere.toast()


async def test_a_picture_is_varied_in_its_place(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    async with editing_bot(sandbox, tmp_path, media_chat_id=cache.id):
        message = await elsewhere.choose(await elsewhere.inline("a fox --model painter --seed 7"))
        first = (await elsewhere.photo()).photo
        assert elsewhere.buttons(message)[:3] == ["🔁 Again", "🎲 Vary", "🧠 Model"]
        data = PictureAction(action=Action.VARY, request_id=1).pack()
        others = alice.chat(strangers)
        others.press_data(data, on=message)
        assert "isn't your picture" in await others.toast()
        shown = await elsewhere.data(message)
        await elsewhere.press("Vary", on=message)
        await elsewhere.answer(lambda found: bool(found.photo) and found.photo != first, "a variation")
        request = editors.Painter.asked[1]
        assert (request.prompt, request.strength, len(request.images)) == ("a fox", 0.5, 1)
        assert request.seed != 7
        assert same(request.images[0], shown)
        elsewhere.press_data(data, on=message)  # of what the message showed before
        assert await elsewhere.toast()
        await elsewhere.choose(await elsewhere.inline("a hen --model words"))
        plain = await elsewhere.answer(lambda found: bool(found.photo) and found.id != message.id, "a picture")
        assert "🎲 Vary" not in elsewhere.buttons(plain)
    assert len(editors.Painter.asked) == 2


async def test_little_is_kept_of_what_was_only_typed(
    sandbox: SandboxServer,
    tmp_path: Path,
    cache: Chat,
    elsewhere: ChatClient,
    chat: ChatClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing_module, "TYPED_KEPT", 1)
    sandbox.state.bot.inline_feedback = False
    async with bot_at(sandbox, tmp_path, media_chat_id=cache.id, daily_limit=1):
        early = await elsewhere.choose(await elsewhere.inline("a fox"))
        sent = await elsewhere.choose(await elsewhere.inline("a hen"))
        await chat.photo(to=await chat.send("a cat"))
        await elsewhere.press("Draw", on=sent)
        assert "limit" in await elsewhere.toast()
        for words in ("a d", "a dog"):
            await elsewhere.inline(words)
        await elsewhere.press("Draw", on=early)
        assert "has expired" in await elsewhere.toast()
        await elsewhere.press("Draw", on=sent)
        assert "limit" in await elsewhere.toast(), "the words below a message that was refused stay"


async def test_only_who_is_allowed_is_answered(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient, strangers: Chat, alice: Person
) -> None:
    async with bot_at(sandbox, tmp_path, media_chat_id=cache.id, allowed_chats={alice.id}):
        query = await elsewhere.inline("a fox")
        assert query.results == []
        assert query.button is not None
        others = alice.chat(strangers)
        await others.choose(await others.inline("a fox"))
        await others.photo()


async def test_a_restart_in_between_is_not_seen(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, elsewhere: ChatClient
) -> None:
    Painter.may, Painter.drawn = asyncio.Event(), 0
    catalog = quick_sketch(scripted("painter", Painter))
    settings = {"default_model": "painter", "media_chat_id": cache.id}
    async with bot_at(sandbox, tmp_path, catalog, **settings) as running:
        message = await elsewhere.choose(await elsewhere.inline("a fox"))
        await elsewhere.placeholder()
        await running.jobs.stop(0)
    Painter.may.set()
    async with bot_at(sandbox, tmp_path, catalog, **settings):
        assert (await elsewhere.photo()).id == message.id
    assert len(cache.messages) == 1


async def test_an_inline_message_in_the_own_chat_is_no_prompt(bot: Running, chat: ChatClient) -> None:
    message = await chat.choose(await chat.inline("a fox"))
    assert (await chat.photo()).id == message.id
    assert len(chat.messages) == 1
    assert Painter.drawn == 1
    del bot


async def test_operators_read_what_is_missing(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, you: Person, chat: ChatClient
) -> None:
    async with bot_at(sandbox, tmp_path, admin_ids={you.id}):
        await chat.text("no cache chat", "MEDIA_CHAT_ID", to=await chat.send("/admin"))
    sandbox.admin.set_bot(cache.id, Status.KICKED, by=you.id)
    async with bot_at(sandbox, tmp_path, admin_ids={you.id}, media_chat_id=cache.id):
        await chat.text("can't post", str(cache.id), to=await chat.send("/admin"))


async def test_who_is_banned_is_told_above_the_results(
    sandbox: SandboxServer, tmp_path: Path, cache: Chat, you: Person, alice: Person, strangers: Chat
) -> None:
    async with bot_at(sandbox, tmp_path, admin_ids={you.id}, media_chat_id=cache.id):
        await you.private.text("ban", to=await you.private.send(f"/admin ban {alice.id}"))
        query = await alice.chat(strangers).inline("a fox")
    assert query.results == []
    assert query.button is not None
    assert "can't use this bot" in query.button["text"]
