"""/imagine in all its forms, through a real dispatcher: what is drawn, and what is answered instead."""

import pytest

from bot.config import Settings
from tests.bot.handlers.conftest import World
from tests.scenarios.language import ChatClient, Person, sample_photo


async def requests(world: World) -> list[object]:
    async with world.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 30)]
    return [request for request in found if request is not None]


async def test_words_become_a_picture_in_place_of_the_placeholder(chat: ChatClient) -> None:
    asked = await chat.send("/imagine a red fox in the snow")
    picture = await chat.photo(to=asked)
    assert picture.text.startswith("a red fox in the snow")
    assert "Sketch <offline> · 1024×1024 · seed " in picture.text
    assert chat.buttons(picture) == ["🔁 Again", "🧠 Model", "📋 Copy prompt", "☆", "⋯ More"]
    assert len(chat.answers) == 1


async def test_plain_words_are_a_prompt_in_private(chat: ChatClient) -> None:
    asked = await chat.send("a green lighthouse")
    assert (await chat.photo(to=asked)).text.startswith("a green lighthouse")


async def test_flags_win_over_settings(chat: ChatClient, world: World, you: Person) -> None:
    async with world.db.transaction() as unit:
        await unit.users.change(you.id, aspect_ratio="1:1", seed=3, steps=4)
    asked = await chat.send("/imagine a boat --size 320x256 --seed 7")
    picture = await chat.photo(to=asked)
    assert "320×256 · seed 7" in picture.text
    async with world.db.read() as unit:
        request = await unit.requests.get(1)
    assert request is not None
    assert (request.prompt, request.parameters.steps) == ("a boat", 4)


async def test_several_pictures_come_as_a_sheet_with_a_button_each(chat: ChatClient) -> None:
    asked = await chat.send("/imagine a boat --size 128x128 --n 3 --seed 7")
    sheet = await chat.photo(to=asked)
    assert chat.buttons(sheet)[:3] == ["1", "2", "3"]
    assert "seed 7–9" in sheet.text
    await chat.press("2", on=sheet)
    assert await chat.toast() == "Sending it!"
    full = await chat.photo(to=sheet)
    assert "Picture 2" in full.text
    assert "seed 8" in full.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/imagine a fox --arr 16:9", ["--arr", "Did you mean --ar"]),
        ("/imagine a fox --zzzz 1", ["Unknown option --zzzz", "--model --ar"]),
        ("/imagine a fox --n 99", ["--n 99 isn't valid", "1 … 9"]),
        ("/imagine a fox --seed", ["--seed needs a value"]),
        ("/imagine a fox --model none", ["no model “none”", "sketch, slow, words"]),
        ("/imagine a fox --model locked", ["Locked isn't available"]),
        ("/imagine a fox --model <b>", ["--model <b> isn't valid", "sketch"]),
        ("/imagine a fox --size 2000x2000 --steps 51", ["doesn't work with this model", "51"]),
        ("/imagine " + "x" * 2001, ["2,001", "2,000"]),
        ("/imagine", ["What shall I draw?", "a red fox asleep"]),
        ("/imagine@imagine_bot", []),
        ("/nonsense", ["/help"]),
    ],
)
async def test_what_cannot_be_drawn_is_explained(chat: ChatClient, world: World, typed: str, told: list[str]) -> None:
    if "@" in typed:
        typed = typed.replace("imagine_bot", world.sandbox.state.bot.username or "")
    asked = await chat.send(typed)
    await chat.text(*told, to=asked)
    assert await requests(world) == []


async def test_the_mention_of_another_bot_is_not_for_us(group: ChatClient, world: World) -> None:
    await group.send("/imagine@another_bot a fox")
    await group.send("/imagine a boat --size 128x128")
    await group.photo()
    assert len(await requests(world)) == 1


async def test_groups_need_the_command(group: ChatClient, world: World, boris: Person) -> None:
    await group.send("a fox, just between us")
    asked = await boris.chat(group.chat_id).send("/imagine@" + (world.sandbox.state.bot.username or "") + " лиса")
    picture = await group.photo(to=asked)
    assert "сид" in picture.text
    assert len(await requests(world)) == 1


async def test_topics_stay_topics(topic: ChatClient) -> None:
    asked = await topic.send("/imagine a boat --size 128x128")
    assert (await topic.photo(to=asked)).topic_id == 2


async def test_a_bare_command_takes_the_words_it_replies_to(group: ChatClient, boris: Person) -> None:
    said = await boris.chat(group.chat_id).send("a castle -- made of <cheese> --wow")
    asked = await group.send("/imagine", reply_to=said)
    assert (await group.photo(to=asked)).text.startswith("a castle -- made of <cheese> --wow")


async def test_a_reply_to_a_picture_refines_it(chat: ChatClient, world: World) -> None:
    picture = await chat.photo(to=await chat.send("/imagine a fox --size 128x128"))
    second = await chat.photo(to=await chat.send("at night", reply_to=picture))
    third = await chat.photo(to=await chat.send("/imagine in the rain", reply_to=second))
    assert third.text.startswith("in the rain\n")
    async with world.db.read() as unit:
        last = await unit.requests.get(3)
    assert last is not None
    assert (last.prompt, last.parent_id, last.full_prompt) == ("in the rain", 2, "a fox\nat night\nin the rain")


async def test_a_bare_command_in_reply_to_a_picture_draws_it_anew(chat: ChatClient, world: World) -> None:
    picture = await chat.photo(to=await chat.send("/imagine a fox --size 128x128 --seed 5"))
    again = await chat.photo(to=await chat.send("/imagine", reply_to=picture))
    assert again.text.startswith("a fox\n")
    assert "seed 5 " not in again.text


async def test_in_groups_a_reply_refines_and_other_talk_is_let_alone(group: ChatClient, world: World) -> None:
    picture = await group.photo(to=await group.send("/imagine a fox --size 128x128"))
    refined = await group.photo(to=await group.send("at night", reply_to=picture))
    assert refined.text.startswith("at night\n")
    usage = await group.text("What shall I draw?", to=await group.send("/imagine"))
    await group.photo(to=await group.send("a tree --size 128x128", reply_to=usage))
    hello = await Person.named(world.sandbox, "Alice").chat(group.chat_id).send("hello")
    await group.send("hello to you", reply_to=hello)
    await group.photo(to=await group.send("/imagine a boat --size 128x128"))
    assert len(await requests(world)) == 4


async def test_a_photo_is_a_picture_to_start_from(chat: ChatClient, world: World) -> None:
    asked = await chat.upload(sample_photo(), "/imagine a lake --size 128x128")
    await chat.photo(to=asked)
    photo = await chat.upload(sample_photo())
    await chat.text("Nice photo!", to=photo)
    await chat.photo(to=await chat.send("/imagine a hill --size 128x128", reply_to=photo))
    for request in await requests(world):
        assert request.parameters.input_file_ids  # type: ignore[attr-defined] # records of storage


async def test_a_model_that_takes_no_picture_says_so(chat: ChatClient, world: World) -> None:
    asked = await chat.upload(sample_photo(), "/imagine a lake --model words")
    await chat.text("Words alone doesn't support image-to-image", to=asked)
    assert await requests(world) == []


async def test_what_is_no_prompt_is_answered_in_private_once(chat: ChatClient, group: ChatClient) -> None:
    await chat.text("Nice photo!", to=await chat.sticker())  # one that stands still is a picture
    await chat.upload(sample_photo(), "a lake --size 128x128")
    await chat.photo()
    assert len(chat.answers) == 2
    await group.sticker()


async def test_hostile_words_are_shown_as_they_are(chat: ChatClient) -> None:
    words = "<b>bold</b> &amp; \u202eright to left\u202c 🦊👩‍👩‍👧 <script>"
    picture = await chat.photo(to=await chat.send(f"/imagine {words} --size 128x128"))
    assert picture.text.startswith("<b>bold</b> &amp;")
    assert "<script>" in picture.text


@pytest.mark.parametrize("operator", [Settings(default_model="sketch", allowed_chats=frozenset({42}))])
async def test_strangers_are_refused_in_private_and_ignored_in_groups(
    operator: Settings, chat: ChatClient, group: ChatClient, you: Person, world: World
) -> None:
    await chat.text("This bot is private", str(you.id), to=await chat.send("/imagine a fox"))
    await group.send("/imagine a fox")
    await chat.text("This bot is private", to=await chat.send("/start"))
    assert group.answers == []
    assert await requests(world) == []


async def test_an_anonymous_admin_is_the_group(group: ChatClient, world: World) -> None:
    asked = await group.send("/imagine a boat --size 128x128", as_chat=group.chat_id)
    await group.photo(to=asked)
    async with world.db.read() as unit:
        request = await unit.requests.get(1)
    assert request is not None
    assert request.requester_id == group.chat_id
