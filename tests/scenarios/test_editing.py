"""Editing by instruction: what an editor is sent, several input pictures, and the ways to say it."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import Running
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from storage import StorageUnavailable
from tests.scenarios.editors import BLUE, GREEN, RED, Broken, Editor, Painter, Words, all_same, drawn, editing_bot, same
from tests.scenarios.language import ChatClient, Person

pytestmark = pytest.mark.usefixtures("bot")

VIDEO = {"file_id": "BAACAgIAvideo", "file_unique_id": "AgADvideo", "width": 64, "height": 64, "duration": 1}
STICKER = {
    "file_id": "CAACAgIAsticker",
    "file_unique_id": "AgADsticker",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": True,
    "is_video": False,
}


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with editing_bot(sandbox, tmp_path) as running:
        yield running


async def until_delivered(database: sqlite3.Connection) -> None:
    """The picture is shown a moment before its row says so."""
    for _ in range(500):
        if not database.execute("SELECT count(*) FROM requests WHERE finished_at IS NULL").fetchone()[0]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("a request has not ended")


def copied(picture: Message) -> str:
    """What the Prompt button copies."""
    buttons = [button for row in (picture.keyboard or {})["inline_keyboard"] for button in row]
    return next(str(button["copy_text"]["text"]) for button in buttons if "copy_text" in button)


async def test_an_editor_gets_the_newest_words_and_the_newest_picture(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    second = await drawn(chat, "make it snow", reply_to=first)
    third = await drawn(chat, "at night", reply_to=second)
    request = Editor.asked[-1]
    assert request.prompt == "at night"
    assert len(request.images) == 1
    assert same(request.first_image, await chat.data(second))
    assert third.text.startswith("at night\n")
    assert copied(third) == "at night"
    await chat.press("Again", on=third)
    await chat.photo(to=third)
    assert (Editor.asked[-1].prompt, len(Editor.asked[-1].images)) == ("at night", 1)


async def test_other_models_get_the_chain_and_the_caption_shows_the_step(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --model painter")
    second = await drawn(chat, "make it snow --model painter", reply_to=first)
    assert Painter.asked[-1].prompt == "a fox\nmake it snow"
    assert second.text.startswith("make it snow\n")
    assert copied(second) == "a fox\nmake it snow"


async def test_an_editor_without_the_picture_needs_all_the_words(chat: ChatClient, sandbox: SandboxServer) -> None:
    from bot.sandbox.errors import bad

    first = await drawn(chat, "a fox")
    sandbox.faults.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    await drawn(chat, "make it snow", reply_to=first)
    assert (Editor.asked[-1].prompt, Editor.asked[-1].images) == ("a fox\nmake it snow", ())


async def test_who_takes_over_for_an_editor_gets_the_chain(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    second = await drawn(chat, "make it snow --model broken", reply_to=first)
    assert Broken.asked[-1].prompt == "make it snow"
    assert Painter.asked[-1].prompt == "a fox\nmake it snow"
    assert len(Painter.asked[-1].images) == 1
    assert copied(second) == "a fox\nmake it snow"


async def test_an_editor_goes_on_where_a_chain_would_be_too_long(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox")
    for number in range(5):
        picture = await drawn(chat, f"{number} " + "word " * 390, reply_to=picture)
    assert Editor.asked[-1].prompt.startswith("4 word")
    assert len(Editor.asked[-1].images) == 1


async def test_a_reply_with_a_photo_takes_both_pictures(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    asked = await chat.upload(RED, "put it into this", reply_to=first)
    await chat.photo(to=asked)
    request = Editor.asked[-1]
    assert request.prompt == "put it into this"
    assert len(request.images) == 2
    assert same(request.images[0], await chat.data(first))
    assert same(request.images[1], RED)


async def test_more_pictures_than_the_model_takes(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    asked = await chat.upload(RED, "put it into this --model painter", reply_to=first)
    refused = await chat.text("You gave 2 pictures, and Painter takes one", to=asked)
    assert [label for label in chat.buttons(refused) if "Painter" in label or "Words" in label] == []
    assert Painter.asked == []
    await chat.press("Editor", on=refused)
    await chat.photo(to=asked)
    assert len(Editor.asked[-1].images) == 2
    assert same(Editor.asked[-1].images[1], RED)


async def test_a_model_without_input_pictures_offers_one_that_takes_them(chat: ChatClient, boris: Person) -> None:
    asked = await chat.upload(RED, "a boat --model words")
    refused = await chat.text("doesn't support image-to-image", to=asked)
    await chat.press("Editor", on=refused)
    await chat.photo(to=asked)
    assert same(Editor.asked[-1].first_image, RED)
    picture = await drawn(boris.private, "лиса")
    his = await boris.private.upload(RED, "вставь сюда --model painter", reply_to=picture)
    await boris.private.text("Исходных изображений: 2", to=his)


async def test_an_album_is_one_request_with_all_its_photos(chat: ChatClient) -> None:
    messages = await chat.album([RED, GREEN, BLUE], "/imagine put them together")
    await chat.photo(to=messages[0])
    assert len(Editor.asked) == 1
    request = Editor.asked[0]
    assert request.prompt == "put them together"
    assert all_same(request.images, (RED, GREEN, BLUE))
    await drawn(chat, "/imagine make it blue", reply_to=messages[1])
    assert len(Editor.asked[-1].images) == 1
    assert same(Editor.asked[-1].first_image, GREEN)
    assert len(chat.answers) == 2


async def test_an_album_in_reply_to_a_picture_in_a_group(group: ChatClient) -> None:
    first = await drawn(group, "/imagine a fox")
    messages = await group.album([RED, GREEN], "put it between these", reply_to=first)
    await group.photo(to=messages[0])
    request = Editor.asked[-1]
    assert request.prompt == "put it between these"
    assert same(request.images[0], await group.data(first))
    assert all_same(request.images[1:], (RED, GREEN))


async def test_an_album_with_more_photos_than_the_model_takes(chat: ChatClient) -> None:
    messages = await chat.album([RED, GREEN], "put them together --model painter")
    refused = await chat.text("You gave 2 pictures, and Painter takes one", to=messages[0])
    await chat.press("Editor", on=refused)
    await chat.photo(to=messages[0])
    assert len(Editor.asked[-1].images) == 2
    many = await chat.album([RED] * 10, "put them together")
    await chat.text("You gave 10 pictures, and Editor takes at most 3", to=many[0])


async def test_an_album_without_words_is_answered_once(chat: ChatClient) -> None:
    messages = await chat.album([RED, GREEN])
    await chat.text("Nice photos!", to=messages[0])
    await chat.text("Drawing", to=await chat.send("/help"))
    assert len(chat.answers) == 2


@pytest.mark.parametrize(
    ("extra", "answer"),
    [
        ({"animation": VIDEO, "document": VIDEO | {"mime_type": "video/mp4"}}, "but not this"),
        ({"sticker": STICKER}, "but not this"),
        ({"video": VIDEO}, "but not this"),
    ],
    ids=["gif", "animated sticker", "video"],
)
async def test_what_is_no_picture_is_answered_and_nothing_is_drawn(
    chat: ChatClient, sandbox: SandboxServer, extra: dict[str, object], answer: str
) -> None:
    sandbox.people.send(chat.person.id, chat.chat_id, extra=extra)
    await chat.text(answer)
    first = await drawn(chat, "a fox")
    sandbox.people.send(chat.person.id, chat.chat_id, extra=extra | {"caption": "put it in"}, reply_to=first.id)
    await chat.text(answer)
    assert len(Editor.asked) == 1


async def test_a_video_among_photos(chat: ChatClient, sandbox: SandboxServer) -> None:
    with chat.at_once():
        messages = await chat.album([RED, GREEN], "/imagine put them together")
        album = messages[0].album_id
        sandbox.people.send(chat.person.id, chat.chat_id, extra={"video": VIDEO, "media_group_id": album})
    await chat.text("this album has something else in it", to=messages[0])
    assert Editor.asked == []
    assert len(chat.answers) == 1


async def test_a_photo_that_telegram_has_lost(chat: ChatClient, sandbox: SandboxServer) -> None:
    from bot.sandbox.errors import bad

    sandbox.faults.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    asked = await chat.upload(RED, "make it blue")
    await chat.text("couldn't open your source image", to=asked)
    assert Editor.asked == []


async def test_the_edit_button_asks_and_changes_the_picture(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await chat.press("Edit", on=first)
    question = await chat.text("What shall I change")
    await chat.photo(to=await chat.send("make it snow", reply_to=question))
    assert Editor.asked[-1].prompt == "make it snow"
    assert same(Editor.asked[-1].first_image, await chat.data(first))
    assert not any("Edit" in label for label in chat.buttons(await drawn(chat, "a fox --model painter")))


async def test_the_edit_button_in_a_group_is_for_who_asked(group: ChatClient, boris: Person) -> None:
    first = await drawn(group, "/imagine a fox")
    theirs = boris.chat(group.chat_id)
    await theirs.press("Edit", on=first)
    assert await theirs.toast() != ""
    await group.press("Edit", on=first)
    question = await group.text("What shall I change")
    assert question.ephemeral_for == group.person.id
    await group.send("make it snow", reply_to=question)
    await group.answer(lambda message: message.id != first.id and "make it snow" in message.text, "the edit")


async def test_strength_goes_to_models_that_take_it(chat: ChatClient) -> None:
    await chat.photo(to=await chat.upload(RED, "a boat --strength 60% --model painter"))
    assert Painter.asked[-1].strength == 0.6
    picture = await chat.photo(to=await chat.upload(RED, "a boat --strength 0.4"))
    assert Editor.asked[-1].strength is None
    assert "Ignored by this model: strength" in picture.text
    await chat.text("--strength 2 isn't valid", to=await chat.send("a boat --strength 2"))


# Words without a reply


async def test_words_after_a_picture_change_it(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    second = await drawn(chat, "make it snow")
    assert Editor.asked[-1].prompt == "make it snow"
    assert same(Editor.asked[-1].first_image, await chat.data(first))
    third = await drawn(chat, "at night --ar 1:1")
    assert same(Editor.asked[-1].first_image, await chat.data(second))
    assert third.text.startswith("at night\n")
    await drawn(chat, "a boat --new")
    assert Editor.asked[-1].images == ()
    await drawn(chat, "/imagine a hen")
    assert Editor.asked[-1].images == ()
    await drawn(chat, "a hat --model painter")  # is no editor
    assert Painter.asked[-1].images == ()
    await drawn(chat, "two cats --n 2 --new")
    await drawn(chat, "three cats")  # which of the two would be meant?
    assert Editor.asked[-1].images == ()


async def test_a_photo_with_words_is_about_the_photo(chat: ChatClient) -> None:
    await drawn(chat, "a fox")
    await chat.photo(to=await chat.upload(RED, "make it blue"))
    assert len(Editor.asked[-1].images) == 1
    assert same(Editor.asked[-1].first_image, RED)


async def test_in_groups_only_replies_change_a_picture(group: ChatClient) -> None:
    await drawn(group, "/imagine a fox")
    await drawn(group, "/imagine make it snow")
    assert Editor.asked[-1].images == ()


async def test_after_a_quarter_of_an_hour_words_begin_anew(chat: ChatClient, tmp_path: Path) -> None:
    await drawn(chat, "a fox")
    with closing(sqlite3.connect(tmp_path / "imagine.db")) as database:
        await until_delivered(database)
        with database:
            database.execute("UPDATE requests SET finished_at = datetime(finished_at, '-16 minutes')")
    await drawn(chat, "make it snow")
    assert Editor.asked[-1].images == ()


async def test_the_setting_of_follow_up_words(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("Follow-up words: automatic")
    await chat.press("change the last picture")
    assert await chat.toast() == "Saved."
    await chat.text("Follow-up words: change")
    first = await drawn(chat, "a fox --model painter")
    await drawn(chat, "make it snow --model painter")
    assert Painter.asked[-1].prompt == "a fox\nmake it snow"
    assert same(Painter.asked[-1].first_image, await chat.data(first))
    await chat.send("/settings")
    await chat.press("Follow-up words: change")
    await chat.press("start a new picture")
    await chat.text("Follow-up words: start")
    await drawn(chat, "a fox")
    await drawn(chat, "make it snow")
    assert Editor.asked[-1].images == ()


async def test_a_new_picture_instead_takes_the_same_message(chat: ChatClient) -> None:
    await drawn(chat, "a fox")
    Editor.hold = asyncio.Event()
    asked = await chat.send("a boat --ar 16:9")
    placeholder = await chat.text("Changing the last picture: “a fox”", "New picture instead", to=asked)
    await chat.press("New picture instead", on=placeholder)
    await chat.toast()
    Editor.hold.set()
    picture = await chat.photo(to=asked)
    assert picture.id == placeholder.id
    assert picture.text.startswith("a boat\n")
    assert (Editor.asked[-1].prompt, Editor.asked[-1].images) == ("a boat", ())
    assert await chat.toast() == "On it!"
    assert len(chat.answers) == 2
    assert "Cancel" not in chat.buttons(picture)
    # What it changes is itself from now on.
    await drawn(chat, "make it snow")
    assert same(Editor.asked[-1].first_image, await chat.data(picture))


async def test_a_new_picture_instead_though_the_press_fails_in_the_middle(
    chat: ChatClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await drawn(chat, "a fox")
    Editor.hold = asyncio.Event()
    asked = await chat.send("a boat")
    placeholder = await chat.text("Changing the last picture", to=asked)
    ask, failed = ImagineService.ask, list[Ask]()

    async def fails_once(service: ImagineService, wish: Ask) -> Accepted | Refused:
        if wish.shown is not None and not failed:
            failed.append(wish)
            raise StorageUnavailable("between the end of one request and the beginning of the other")
        return await ask(service, wish)

    monkeypatch.setattr(ImagineService, "ask", fails_once)
    await chat.press("New picture instead", on=placeholder)
    await chat.toast()
    Editor.hold.set()
    picture = await chat.photo(to=asked)
    assert len(failed) == 1
    assert (picture.id, picture.text.partition("\n")[0]) == (placeholder.id, "a boat")
    assert [message.id for message in chat.answers] == [first.id, placeholder.id]


async def test_a_new_picture_instead_that_is_refused_leaves_no_placeholder(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    chat = Person.new(sandbox).private
    await drawn(chat, "a fox")
    Editor.hold = asyncio.Event()
    asked = await chat.send("a boat")
    placeholder = await chat.text("Changing the last picture", to=asked)
    with closing(sqlite3.connect(tmp_path / "imagine.db")) as database, database:
        database.execute("UPDATE requests SET parameters = '{}', model = 'gone' WHERE prompt = 'a boat'")
    await chat.press("New picture instead", on=placeholder)
    assert "no model" in await chat.toast()
    Editor.hold.set()
    await chat.text("Cancelled", to=asked)
    assert len(chat.answers) == 2


async def test_a_new_picture_instead_in_russian(boris: Person) -> None:
    await drawn(boris.private, "лиса")
    Editor.hold = asyncio.Event()
    asked = await boris.private.send("лодка")
    placeholder = await boris.private.text("Изменяю последнюю картинку: «лиса»", to=asked)
    Editor.hold.set()
    assert (await boris.private.photo(to=asked)).id == placeholder.id


# A photo without words, and what is kept of a message


async def test_a_photo_without_words_offers_to_edit_it(chat: ChatClient) -> None:
    sent = await chat.upload(RED)
    await chat.text("Nice photo!", "Edit", to=sent)
    await chat.press("Edit")
    question = await chat.text("What shall I change")
    asked = await chat.send("make it blue", reply_to=question)
    await chat.photo(to=asked)
    assert Editor.asked[-1].prompt == "make it blue"
    assert same(Editor.asked[-1].first_image, RED)


async def test_a_photo_is_edited_though_ones_own_model_takes_none(chat: ChatClient) -> None:
    await chat.send("/model")
    await chat.press("Words")
    await chat.toast()
    await chat.text("Nice photo!", to=await chat.upload(RED))
    await chat.press("Edit")
    question = await chat.text("What shall I change")
    asked = await chat.send("make it blue", reply_to=question)
    refused = await chat.text("doesn't support image-to-image", to=asked)
    await chat.press("Editor", on=refused)
    await chat.photo(to=asked)
    assert Editor.asked[-1].prompt == "make it blue"
    assert same(Editor.asked[-1].first_image, RED)


async def test_words_after_photos_without_words_are_about_them(chat: ChatClient) -> None:
    await drawn(chat, "a fox")
    messages = await chat.album([RED, GREEN])
    await chat.text("Nice photos!", to=messages[0])
    await drawn(chat, "put them together")
    assert all_same(Editor.asked[-1].images, (RED, GREEN))
    await drawn(chat, "a hat --model words")
    assert Words.asked[-1].images == ()


async def test_photos_in_a_group_without_words_are_passed_over(group: ChatClient) -> None:
    await group.upload(RED)
    await drawn(group, "/imagine a fox")
    assert len(group.answers) == 1


# Strength


async def test_strength_in_the_settings_and_under_more(chat: ChatClient) -> None:
    menu = await chat.text("Your settings", to=await chat.send("/settings"))
    assert not any("Strength" in label for label in chat.buttons(menu))  # the editor takes none
    await chat.press("Model", on=menu)
    await chat.press("Painter")
    await chat.send("/settings")
    await chat.press("Strength: auto")
    await chat.press("35%")
    await chat.text("Strength: 35%")
    picture = await chat.photo(to=await chat.upload(RED, "a boat"))
    assert Painter.asked[-1].strength == 0.35
    assert "strength 35%" in picture.text
    drawn_from_words = await drawn(chat, "a fox")
    assert Painter.asked[-1].strength is None
    assert "trength" not in drawn_from_words.text
    await chat.press("More", on=drawn_from_words)
    await chat.answer(lambda message: "‹ Back" in chat.buttons(message), "the second page")
    assert not any("Strength" in label for label in chat.buttons(drawn_from_words))
    await chat.press("More", on=picture)
    await chat.press("Strength: 35%", on=picture)
    await chat.press("80%", on=picture)
    again = await chat.photo(to=picture)
    assert "strength 80%" in again.text
    assert Painter.asked[-1].strength == 0.8
    assert same(Painter.asked[-1].first_image, RED)


# Back


async def test_back_shows_the_picture_before_and_goes_on_from_it(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    assert not any("Back" in label for label in chat.buttons(first))
    second = await drawn(chat, "make it snow")
    third = await drawn(chat, "at night")
    await chat.press("Back", on=third)
    shown = await chat.photo(to=second)
    assert shown.text.startswith("make it snow\n")
    assert "shown again" in shown.text
    assert await chat.data(shown) == await chat.data(second)
    await drawn(chat, "at noon")
    assert Editor.asked[-1].prompt == "at noon"
    assert same(Editor.asked[-1].first_image, await chat.data(second))
    await chat.press("Back", on=shown)
    root = await chat.photo(to=first)
    assert root.text.startswith("a fox\n")
    assert not any("Back" in label for label in chat.buttons(root))
    await drawn(chat, "a hat --model painter", reply_to=shown)
    assert Painter.asked[-1].prompt == "a fox\nmake it snow\na hat"


async def test_back_though_the_message_was_deleted_in_a_group(group: ChatClient) -> None:
    first = await drawn(group, "/imagine a fox")
    data = await group.data(first)
    second = await drawn(group, "make it snow", reply_to=first)
    await group.delete(first)
    await group.press("Back", on=second)
    shown = await group.answer(lambda message: "shown again" in message.text, "the picture before")
    assert await group.data(shown) == data
    await drawn(group, "at night", reply_to=shown)
    assert same(Editor.asked[-1].first_image, data)


async def test_back_to_a_grid_and_to_one_of_its_pictures(chat: ChatClient) -> None:
    grid = await drawn(chat, "foxes --n 2")
    second = await drawn(chat, "in snow", reply_to=grid)
    await chat.press("Back", on=second)
    before = await chat.text("The grid before", to=grid)
    assert chat.buttons(before) == ["1", "2"]
    await chat.press("2", on=before)
    full = await chat.photo(to=before)
    assert "Picture 2" in full.text
    third = await drawn(chat, "at night")
    assert same(Editor.asked[-1].first_image, await chat.data(full))
    await chat.press("Back", on=third)
    assert "Picture 2" in (await chat.photo(to=grid)).text


# Grids


async def test_edit_under_a_grid_asks_which_picture(chat: ChatClient) -> None:
    grid = await drawn(chat, "foxes --n 2")
    await chat.press("Edit", on=grid)
    await chat.press("✏️ 2", on=grid)
    full = await chat.photo(to=grid)
    assert "Picture 2" in full.text
    question = await chat.text("What shall I change")
    asked = await chat.send("make it snow", reply_to=question)
    await chat.photo(to=asked)
    assert (Editor.asked[-1].prompt, len(Editor.asked[-1].images)) == ("make it snow", 1)
    assert same(Editor.asked[-1].first_image, await chat.data(full))
    await chat.press("Back", on=grid)
    await chat.answer(lambda message: message.id == grid.id and "🔁 Again" in chat.buttons(message), "the first page")


async def test_edit_under_a_grid_whose_pictures_are_gone(chat: ChatClient, tmp_path: Path) -> None:
    grid = await drawn(chat, "foxes --n 2")
    with closing(sqlite3.connect(tmp_path / "imagine.db")) as database:
        await until_delivered(database)
        with database:
            database.execute("DELETE FROM blobs")
    await chat.press("Edit", on=grid)
    await chat.press("✏️ 1", on=grid)
    await chat.text("The full picture has expired")
    assert not any("What shall I change" in message.text for message in chat.answers)
