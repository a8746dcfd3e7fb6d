"""/start, /help, /model, /settings, /cancel, and what is typed in reply to a question."""

import asyncio

from aiogram.types import BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.handlers.menus.command_menu import GROUP, PRIVATE, register_commands
from bot.keyboards.models import ModelChoice
from storage.records import UserSettings
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person


async def settings_of(world: World, person: Person) -> UserSettings:
    async with world.db.read() as unit:
        return await unit.users.settings(person.id)


async def test_start_draws_its_example_at_a_press(chat: ChatClient) -> None:
    start = await chat.text("Hello, You!", "a red fox asleep", to=await chat.send("/start"))
    await chat.press("Draw it", on=start)
    assert await chat.toast() == "On it!"
    assert (await chat.photo(to=start)).text.startswith("a red fox asleep")


async def test_help_speaks_the_persons_language(boris: Person, world: World) -> None:
    chat = boris.private
    help_message = await chat.text("Рисование", "--ar 16:9", to=await chat.send("/help"))
    assert "Sketch <offline>" in help_message.text
    assert "В этом чате можно без команды" in help_message.text


async def test_the_model_menu_is_changed_in_place(chat: ChatClient, you: Person, world: World) -> None:
    menu = await chat.text("Choose a model", "(default)", to=await chat.send("/model"))
    assert chat.buttons(menu) == ["✓ Sketch <offline>", "Slow Sketch", "Words alone"]
    await chat.press("Slow Sketch", on=menu)
    assert await chat.toast() == "Model set to Slow Sketch."
    await chat.text("Current: Slow Sketch")
    assert chat.buttons(menu) == ["Sketch <offline>", "✓ Slow Sketch", "Words alone", "Use default"]
    await chat.press("Slow", on=menu)
    assert await chat.toast() == "Slow Sketch is already selected."
    await chat.press("Use default", on=menu)
    assert "Sketch <offline>" in await chat.toast()
    assert (await settings_of(world, you)).model is None
    chat.press_data(ModelChoice(owner=you.id, page=0, model="locked").pack(), on=menu)
    assert await chat.toast() == "That button is gone. Please use the ones that are there now."


async def test_the_model_by_its_id(chat: ChatClient, you: Person, world: World) -> None:
    await chat.text("Model set to Slow Sketch", to=await chat.send("/model SLOW"))
    await chat.text("no model “<x>”", "sketch, slow, words", to=await chat.send("/model <x>"))
    assert (await settings_of(world, you)).model == "slow"


async def test_a_model_that_is_no_longer_offered_gives_way_to_the_default(
    chat: ChatClient, you: Person, world: World
) -> None:
    async with world.db.transaction() as unit:
        await unit.users.change(you.id, model="locked")
    await chat.photo(to=await chat.send("/imagine a fox --size 128x128"))


async def test_in_groups_a_menu_belongs_to_who_opened_it(group: ChatClient, boris: Person, world: World) -> None:
    menu = await group.text("Choose a model", to=await group.send("/model"))
    other = boris.chat(group.chat_id)
    await other.press("Slow", on=menu)
    assert await other.toast() == world.texts("ru").get("press-menu-not-yours", command="/model")
    settings = await group.text("Your settings", to=await group.send("/settings"))
    await other.press("Seed", on=settings)
    assert await other.toast() == world.texts("ru").get("press-menu-not-yours", command="/settings")
    assert (await settings_of(world, boris)).model is None


async def test_settings_by_buttons(chat: ChatClient, you: Person, world: World) -> None:
    menu = await chat.text("Your settings", "Aspect ratio: auto", to=await chat.send("/settings"))
    for path, shown in (
        (("Aspect ratio", "16:9"), "Aspect ratio: 16:9"),
        (("Steps", "20"), "Steps: 20"),
        (("Guidance", "3.5"), "Guidance (CFG): 3.5"),
        (("Images per request", "2"), "Images per request: 2"),
        (("Send as file",), "Send as file: yes"),
    ):
        await chat.press(path[0], on=menu)
        if len(path) > 1:
            async with asyncio.timeout(15):
                while not any("Back" in text for text in chat.buttons(menu)):  # noqa: ASYNC110 - the page of its choices
                    await asyncio.sleep(0.01)
            await chat.press(path[1], on=menu)
        await chat.text(shown)
    changed = await settings_of(world, you)
    assert changed == UserSettings(you.id, aspect_ratio="16:9", steps=20, guidance_scale=3.5, count=2, as_document=True)
    await chat.press("Guidance", on=menu)
    await chat.text("Sketch <offline> ignores this")
    await chat.press("Back", on=menu)
    await chat.press("Language", on=menu)
    await chat.press("Русский", on=menu)
    await chat.text("Ваши настройки", "Формат: 16:9")
    await chat.press("Сбросить", on=menu)
    await chat.text("Your settings", "Aspect ratio: auto")
    assert await settings_of(world, you) == UserSettings(you.id)
    await chat.press("Model", on=menu)
    await chat.text("Choose a model")


async def test_settings_that_are_typed(chat: ChatClient, you: Person, world: World) -> None:
    menu = await chat.text("Your settings", to=await chat.send("/settings"))
    await chat.press("Seed", on=menu)
    await chat.press("Enter", on=menu)
    question = await chat.text("Which seed?", to=menu)
    await chat.text("isn't a seed", to=await chat.send("-5", reply_to=question))
    await chat.text("isn't a seed", to=await chat.send("4294967296", reply_to=question))
    await chat.text("Seed set to 12345", to=await chat.send("12345", reply_to=question))
    await chat.press("Back", on=menu)
    await chat.press("Negative prompt", on=menu)
    await chat.press("Enter", on=menu)
    question = await chat.text("What should not appear", to=menu)
    await chat.text("reply again with text", to=await chat.upload(reply_to=question))
    await chat.text("Negative prompt: <b>people</b>", to=await chat.send("<b>people</b>", reply_to=question))
    changed = await settings_of(world, you)
    assert (changed.seed, changed.negative_prompt) == (12345, "<b>people</b>")
    await chat.text("Negative prompt cleared", to=await chat.send("-", reply_to=question))
    assert (await settings_of(world, you)).negative_prompt is None


async def test_the_settings_language_wins_over_telegrams(boris: Person, world: World) -> None:
    async with world.db.transaction() as unit:
        await unit.users.change(boris.id, language="en")
    chat = boris.private
    await chat.text("Hello", to=await chat.send("/start"))


async def test_cancel_by_command(chat: ChatClient, group: ChatClient, boris: Person, world: World) -> None:
    await chat.text("nothing to cancel", to=await chat.send("/cancel"))
    asked = await chat.send("/imagine a fox --model slow")
    await chat.placeholder(to=asked)
    await chat.text("Cancelled", to=await chat.send("/cancel"))
    await chat.text("Cancelled.", to=asked)
    picture = await chat.photo(to=await chat.send("/imagine a fox --size 128x128"))
    await chat.text("already finished", to=await chat.send("/cancel", reply_to=picture))
    hers = boris.chat(group.chat_id)
    placeholder = await hers.placeholder(to=await hers.send("/imagine лиса --model slow"))
    mei = Person.named(world.sandbox, "Mei").chat(group.chat_id)
    refusal = await mei.answer(to=await mei.send("/cancel", reply_to=placeholder))
    assert refusal.text == world.texts(mei.person.record.language_code).get("cancel-not-yours")
    await group.text("Cancelled", to=await group.send("/cancel", reply_to=placeholder))


async def test_commands_are_registered_for_both_scopes_and_languages(world: World) -> None:
    await register_commands(world.bot, world.texts, describes=True, tasks=("upscale", "cutout", "video"), own_keys=True)
    for language in (None, "en", "ru", "uk", "de", "fr", "es", "pt", "tr", "fa", "zh"):  # Telegram takes two letters
        for scope, names in ((BotCommandScopeAllPrivateChats(), PRIVATE), (BotCommandScopeAllGroupChats(), GROUP)):
            registered = await world.bot.get_my_commands(scope=scope, language_code=language)
            texts = world.texts(language)
            assert [command.command for command in registered] == list(names)
            assert registered[0].description == texts.get("command-imagine")
        description = await world.bot.get_my_description(language_code=language)
        assert description.description == world.texts(language).get("bot-description")
    first = len([call for call in world.sandbox.calls if call.method.startswith("setMy")])
    await register_commands(world.bot, world.texts, describes=True, tasks=("upscale", "cutout", "video"), own_keys=True)
    assert len([call for call in world.sandbox.calls if call.method.startswith("setMy")]) == first
    await register_commands(world.bot, world.texts)  # nobody describes or animates pictures, or brings keys, any more
    registered = await world.bot.get_my_commands(scope=BotCommandScopeAllPrivateChats())
    missing = {"animate", "describe", "upscale", "cutout", "key"}
    assert [command.command for command in registered] == [name for name in PRIVATE if name not in missing]
