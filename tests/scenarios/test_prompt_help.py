"""A chat model helps with prompts: it translates, enriches and describes, and nobody waits for it in vain."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.app import Running
from bot.jobs import describing
from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Capabilities
from providers.errors import Unreachable
from providers.events import Event
from providers.pictures.encoded import data_url
from providers.servers.automatic1111 import Automatic1111
from tests.providers.services.chat_server import ChatServer
from tests.providers.serving import serving
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

DRAWN: list[ImageRequest] = []
RICHER = "A red fox asleep in deep snow under birches, low winter sun, soft light, shot from the ground, quiet mood"


class English(Provider):
    """Reads English alone, and notes what it is asked for."""

    offline = True
    models = default_model = "english"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed", "negative_prompt"}))

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        DRAWN.append(request)
        yield ImageResponse([data_url(sample_photo(), "image/png")])


def answered(instructions: str, parts: list[dict[str, object]]) -> str:
    if instructions.startswith("You describe"):
        return "a plain orange field, flat colour"
    prompt = str(json.loads(str(parts[0]["text"]))["prompt"])
    if instructions.startswith("You enrich"):
        return RICHER
    known = {
        "рыжая лиса ⟦1⟧": "a red fox ⟦1⟧",
        "рыжая лиса": "a red fox",
        "шапка": "a hat",
        "тайна": "a secret plan",
    }
    return known.get(prompt, prompt)


@pytest.fixture
async def chat_server() -> AsyncIterator[ChatServer]:
    DRAWN.clear()
    async with ChatServer.start(answered) as server:
        yield server


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    file = tmp_path / "blocked.txt"
    file.write_text("secret plan\n")
    return file


@pytest.fixture
async def bot(sandbox: SandboxServer, chat_server: ChatServer, blocked: Path, tmp_path: Path) -> AsyncIterator[Running]:
    catalog = quick_sketch(replace(scripted("english", English), reads=("en",)))
    async with bot_at(
        sandbox,
        tmp_path,
        catalog,
        prompt_model_url=chat_server.url,
        prompt_model="small",
        prompt_model_cost=0.001,
        daily_cost_per_user=0.0025,
        default_model="english",
        blocked_words_file=blocked,
    ) as running:
        yield running


pytestmark = pytest.mark.usefixtures("bot")


async def test_words_are_translated_and_both_can_be_copied(chat: ChatClient, chat_server: ChatServer) -> None:
    picture = await chat.photo(to=await chat.send("рыжая лиса <lora:ink:0.8> --no шапка"))
    assert (DRAWN[0].prompt, DRAWN[0].negative_prompt) == ("a red fox <lora:ink:0.8>", "a hat")
    assert "рыжая лиса <lora:ink:0.8>" in picture.text
    assert "red fox" not in picture.text
    await chat.press("📋 Prompt", on=picture)
    both = await chat.text("Your prompt:", "рыжая лиса <lora:ink:0.8>", "Drawn from:", "a red fox <lora:ink:0.8>")
    assert "a hat" in both.text
    asked = len(chat_server.asked)
    await chat.press("Again", on=picture)
    again = await chat.photo()
    assert again.id != picture.id
    assert DRAWN[1].prompt == DRAWN[0].prompt
    assert len(chat_server.asked) == asked
    file = await chat.document(to=await chat.send("/export"))
    row = json.loads(await chat.data(file))["pictures"][0]
    assert row["prompt"] == "рыжая лиса <lora:ink:0.8>"
    assert (row["drawn_prompt"], row["drawn_negative_prompt"]) == ("a red fox <lora:ink:0.8>", "a hat")


async def test_english_and_models_that_read_everything_need_no_help(chat: ChatClient, chat_server: ChatServer) -> None:
    await chat.photo(to=await chat.send("a red fox in the snow"))
    await chat.photo(to=await chat.send("лиса --model sketch"))
    assert chat_server.asked == []


async def test_long_prompts_are_shown_in_full(chat: ChatClient, chat_server: ChatServer) -> None:
    chat_server.answers = lambda instructions, parts: "a red fox " * 230
    picture = await chat.photo(to=await chat.send("рыжая лиса " * 180))
    await chat.press("📋 Prompt", on=picture)
    await chat.text("Your prompt:", ("рыжая лиса " * 180).strip())
    await chat.text("Drawn from:", ("a red fox " * 230).strip())


async def test_it_can_be_switched_off(chat: ChatClient, chat_server: ChatServer) -> None:
    await chat.send("/settings")
    await chat.press("Translate prompts: yes")
    await chat.text("Translate prompts: no")
    await chat.photo(to=await chat.send("рыжая лиса"))
    assert DRAWN[0].prompt == "рыжая лиса"
    assert chat_server.asked == []


async def test_without_an_answer_the_words_go_as_they_are_and_that_is_said_once(
    chat: ChatClient, chat_server: ChatServer
) -> None:
    chat_server.answers = lambda instructions, parts: "<h1>503</h1>"
    sheet = await chat.photo(to=await chat.send("рыжая лиса --n 3"))
    assert [request.prompt for request in DRAWN] == ["рыжая лиса"] * 3
    assert sheet.text.count("couldn't be translated") == 1
    assert len(chat_server.asked) == 1


async def test_a_translation_with_blocked_words_is_not_drawn(chat: ChatClient) -> None:
    failed = await chat.text("blocked words", to=await chat.send("тайна"))
    assert DRAWN == []
    assert not any("Draw with" in button for button in chat.buttons(failed))


async def test_help_is_paid_for_until_nothing_is_left(chat: ChatClient, chat_server: ChatServer) -> None:
    await chat.photo(to=await chat.send("рыжая лиса --no шапка"))
    assert "a hat" in str(DRAWN[0].negative_prompt)
    picture = await chat.photo(to=await chat.send("тайна чайки"))
    assert "couldn't be translated" in picture.text
    assert len(chat_server.asked) == 2


async def test_enhanced_with_the_same_seed(chat: ChatClient) -> None:
    first = await chat.photo(to=await chat.send("a fox --seed 7"))
    await chat.press("More", on=first)
    await chat.press("Enhance", on=first)
    second = await chat.answer(lambda message: bool(message.photo) and RICHER in message.text, "the richer picture")
    assert second.id != first.id
    assert [(request.prompt, request.seed) for request in DRAWN] == [("a fox", 7), (RICHER, 7)]
    assert RICHER in second.text
    assert second.text.startswith("a fox")
    await chat.press("📋 Prompt", on=second)
    await chat.text("Your prompt:", "a fox", "Drawn from:", RICHER)
    await chat.press("More", on=second)
    assert not any("Enhance" in button for button in chat.buttons(second))


async def test_choices_are_translated_each_once(chat: ChatClient, chat_server: ChatServer) -> None:
    said = {"рыжая лиса": "a red fox", "белая лиса": "a white fox"}
    chat_server.answers = lambda _, parts: said[json.loads(parts[0]["text"])["prompt"]]
    sheet = await chat.photo(to=await chat.send("{рыжая|белая} лиса --n 2 --seed 7"))
    assert sorted((request.prompt, request.seed) for request in DRAWN) == [
        ("a red fox", 7), ("a red fox", 8), ("a white fox", 7), ("a white fox", 8)
    ]  # fmt: skip
    assert sorted(json.loads(words)["prompt"] for words in chat_server.words) == sorted(said)
    assert "1: рыжая; 2: рыжая; 3: белая; 4: белая" in sheet.text
    await chat.press("📋 Prompt", on=sheet)
    await chat.text("Your prompt:", "{рыжая|белая} лиса", "Drawn from:", "1: a red fox", "3: a white fox")
    await chat.press("3", on=sheet)
    full = await chat.photo(to=sheet)
    await chat.press("📋 Prompt", on=full)
    await chat.text("Your prompt:\nбелая лиса", "Drawn from:\na white fox")
    asked = len(chat_server.asked)
    await chat.press("Again", on=full)
    await chat.photo(to=full)
    assert (DRAWN[-1].prompt, len(chat_server.asked)) == ("a white fox", asked)


async def test_each_choice_is_enhanced_and_one_that_is_not_goes_as_it_is(
    chat: ChatClient, chat_server: ChatServer
) -> None:
    richer = {"a red fox": "A red fox asleep in deep snow, low sun.", "a white fox": "<h1>503</h1>"}
    chat_server.answers = lambda _, parts: richer[json.loads(parts[0]["text"])["prompt"]]
    sheet = await chat.photo(to=await chat.send("a {red|white} fox --enhance --seed 7"))
    assert sorted((request.prompt, request.seed) for request in DRAWN) == [
        ("A red fox asleep in deep snow, low sun.", 7),
        ("a white fox", 7),
    ]
    assert "1: A red fox asleep in deep snow, low sun." in sheet.text
    assert sheet.text.count("couldn't be enhanced") == 1


async def test_of_choices_only_those_with_blocked_words_are_left_out(chat: ChatClient, chat_server: ChatServer) -> None:
    said = {"тайна": "a secret plan", "лиса": "a fox"}
    chat_server.answers = lambda _, parts: said[json.loads(parts[0]["text"])["prompt"]]
    picture = await chat.photo(to=await chat.send("{лиса|тайна}"))
    assert [request.prompt for request in DRAWN] == ["a fox"]
    assert "1 picture failed" in picture.text


async def test_enhanced_by_a_flag_and_by_setting(chat: ChatClient) -> None:
    await chat.photo(to=await chat.send("a fox --enhance in snow --seed 1"))
    await chat.send("/settings")
    await chat.press("Enhance prompts: no")
    await chat.text("Enhance prompts: yes")
    await chat.photo(to=await chat.send("a hen --seed 1"))
    await chat.photo(to=await chat.send("a hen --enhance=off --seed 1"))
    assert [request.prompt for request in DRAWN] == [RICHER, RICHER, "a hen"]


async def test_an_essay_is_no_prompt(chat: ChatClient, chat_server: ChatServer) -> None:
    chat_server.answers = lambda instructions, parts: "Foxes are remarkable animals.\n\n" * 50
    picture = await chat.photo(to=await chat.send("a fox --enhance"))
    assert "couldn't be enhanced" in picture.text
    assert DRAWN[0].prompt == "a fox"


async def test_in_russian(boris: Person) -> None:
    chat = boris.private
    picture = await chat.photo(to=await chat.send("рыжая лиса"))
    await chat.press("📋 Промпт", on=picture)
    await chat.text("Ваш промпт:", "рыжая лиса", "Нарисовано по промпту:", "a red fox")


async def test_a_photo_becomes_words_and_these_a_picture(chat: ChatClient, chat_server: ChatServer) -> None:
    photo = await chat.upload()
    await chat.text("Nice photo", to=photo)
    described = await chat.text("a plain orange field", to=await chat.send("/describe", reply_to=photo))
    url = chat_server.asked[0]["messages"][1]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,")
    assert "Copy" in " ".join(chat.buttons(described))
    await chat.press("Draw it", on=described)
    await chat.photo()
    assert [request.prompt for request in DRAWN] == ["a plain orange field, flat colour"]


async def test_a_photo_without_words_has_a_button_for_it(chat: ChatClient) -> None:
    await chat.upload()
    await chat.press("Describe")
    await chat.text("a plain orange field")


async def test_describing_in_a_caption_and_without_a_photo(chat: ChatClient) -> None:
    await chat.text("a plain orange field", to=await chat.upload(caption="/describe"))
    await chat.text("Reply to a photo with", to=await chat.send("/describe"))


async def test_only_who_sent_the_photo_can_have_its_description_drawn(
    group: ChatClient, alice: Person, boris: Person
) -> None:
    photo = await group.upload(caption="/describe")
    described = await group.text("a plain orange field", to=photo)
    theirs = boris.chat(group.chat_id)
    await theirs.press("Draw it", on=described)
    assert "Это не ваша" in await theirs.toast()
    assert DRAWN == []


async def test_what_cannot_be_described_is_said(chat: ChatClient, chat_server: ChatServer) -> None:
    chat_server.answers = lambda instructions, parts: "I'm sorry, I can't describe that."
    await chat.text("couldn't describe", to=await chat.upload(caption="/describe"))
    chat_server.answers = lambda instructions, parts: "a secret plan on a table"
    await chat.text("blocked words", to=await chat.upload(sample_photo(64, 64, "#123456"), caption="/describe"))
    await chat.text("nothing left", to=await chat.upload(sample_photo(48, 48), caption="/describe"))


async def test_a_description_is_in_english(chat: ChatClient, chat_server: ChatServer) -> None:
    chat_server.answers = lambda instructions, parts: "оранжевое поле"
    await chat.text("couldn't describe", to=await chat.upload(caption="/describe"))


async def test_where_only_admins_draw_only_they_have_photos_described(
    group: ChatClient, alice: Person, boris: Person, chat_server: ChatServer
) -> None:
    admin = alice.chat(group.chat_id)
    await admin.send("/group")
    await admin.press("Who can draw")
    await admin.press("admins")
    await admin.text("Who can draw: admins")
    theirs = boris.chat(group.chat_id)
    await theirs.text("администратор", to=await theirs.upload(caption="/describe"))
    assert chat_server.asked == []
    await admin.text("a plain orange field", to=await admin.upload(caption="/describe"))


async def test_nobody_has_a_hundred_photos_described(
    chat: ChatClient, chat_server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describing, "MOST_AN_HOUR", 1)
    photo = await chat.upload(caption="/describe")
    await chat.text("a plain orange field", to=photo)
    await chat.text("a plain orange field", to=await chat.send("/describe", reply_to=photo))  # remembered
    await chat.text("Try again in an hour", to=await chat.upload(sample_photo(32, 32), caption="/describe"))
    assert len(chat_server.asked) == 1


async def test_without_a_chat_model_nobody_describes(
    sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory, bot: Running
) -> None:
    other = await SandboxServer.start()
    try:
        chat = Person.named(other, "You").private
        async with bot_at(other, tmp_path_factory.mktemp("plain")):
            await chat.text("hasn't set up", to=await chat.upload(caption="/describe"))
            await chat.upload()
            assert not any("Describe" in button for button in chat.buttons(await chat.text("Nice photo")))
            await chat.send("/settings")
            assert not any("prompts" in button for button in chat.buttons(await chat.text("Your settings")))
            drawn = await chat.photo(to=await chat.send("a fox --enhance --size 64x64"))
            assert "couldn't be enhanced" in drawn.text  # a flag is never dropped without a word
            assert "enhanced" not in (await chat.photo(to=await chat.send("a fox --size 64x64"))).text
    finally:
        await other.close()


class Down(English):
    """Reads every language, and is down."""

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        DRAWN.append(request)
        raise Unreachable("nobody is there")
        yield  # what makes it a generator


async def test_who_takes_over_gets_words_that_it_reads(
    sandbox: SandboxServer, chat_server: ChatServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = await SandboxServer.start()
    english = replace(scripted("english", English), reads=("en",))
    catalog = quick_sketch(scripted("down", Down, fallback=("english",)), english)
    settings = {"prompt_model_url": chat_server.url, "prompt_model": "small", "default_model": "down"}
    try:
        chat = Person.named(other, "You").private
        async with bot_at(other, tmp_path_factory.mktemp("failover"), catalog, **settings):
            picture = await chat.photo(to=await chat.send("рыжая лиса"))
        assert "Fallback for Down" in picture.text
        assert [request.prompt for request in DRAWN][-1] == "a red fox"
        assert {request.prompt for request in DRAWN[:-1]} == {"рыжая лиса"}
    finally:
        await other.close()


class Stuck(English):
    """Draws for as long as it is held."""

    held = True

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        DRAWN.append(request)
        yield Reasoning("Drawing")
        if type(self).held:
            await asyncio.Event().wait()
        yield ImageResponse([data_url(sample_photo(), "image/png")])


async def test_after_a_restart_it_is_drawn_from_the_same_words(
    chat_server: ChatServer, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, folder = await SandboxServer.start(), tmp_path_factory.mktemp("restart")
    catalog = quick_sketch(replace(scripted("english", Stuck), reads=("en",)))
    settings = {"prompt_model_url": chat_server.url, "prompt_model": "small", "default_model": "english"}
    try:
        chat = Person.named(other, "You").private
        async with bot_at(other, folder, catalog, **settings) as running:
            sent = await chat.send("a fox --enhance")
            await chat.text("Drawing", to=sent)
            await running.jobs.stop(0)
        chat_server.answers = lambda instructions, parts: "Another fox altogether, in a desert at noon."
        monkeypatch.setattr(Stuck, "held", False)
        async with bot_at(other, folder, catalog, **settings):
            picture = await chat.photo(to=sent)
        assert RICHER in picture.text
        assert [request.prompt for request in DRAWN] == [RICHER, RICHER]
        assert len(chat_server.asked) == 1
    finally:
        await other.close()


async def test_what_the_chat_model_does_not_see_another_one_describes(
    chat_server: ChatServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    asked: list[str] = []

    async def webui(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.json_response({"caption": "a <b>square</b>, arafed\n, orange background"})

    chat_server.sees = False
    other = await SandboxServer.start()
    try:
        chat = Person.named(other, "You").private
        async with serving(webui) as url:
            seer = scripted("clip", Automatic1111, url=url, task="describe")
            settings = {"prompt_model_url": chat_server.url, "prompt_model": "small"}
            async with bot_at(other, tmp_path_factory.mktemp("clip"), quick_sketch(seer), **settings):
                await chat.text("couldn't describe", to=await chat.upload(caption="/describe"))  # HTML is no prompt
                await chat.send("/model")
                assert not any("Clip" in button for button in chat.buttons(await chat.text("Choose a model")))
                await chat.text("isn't available", to=await chat.send("a fox --model clip"))
        assert asked == ["/sdapi/v1/interrogate"]
        async with serving(lambda request: said("a fox in snow, orange background")) as url:
            seer = scripted("clip", Automatic1111, url=url, task="describe")
            async with bot_at(other, tmp_path_factory.mktemp("alone"), quick_sketch(seer)):
                await chat.text("a fox in snow, orange", to=await chat.upload(caption="/describe"))
    finally:
        await other.close()


async def said(caption: str) -> web.Response:
    return web.json_response({"caption": caption})
