"""Pictures and words that cannot be used as they come: one clear answer each, and no placeholder stays."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.errors import bad
from bot.sandbox.state import Message
from tests.scenarios.editors import BLUE, GREEN, RED, Editor, Painter, all_same, drawn, editing_bot, same
from tests.scenarios.language import ChatClient, Person

pytestmark = pytest.mark.usefixtures("bot")

VIDEO = {"file_id": "BAACAgIAvideo", "file_unique_id": "AgADvideo", "width": 64, "height": 64, "duration": 1}


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with editing_bot(sandbox, tmp_path) as running:
        yield running


async def part(
    chat: ChatClient,
    album: str,
    photo: bytes = RED,
    caption: str = "",
    *,
    as_chat: int | None = None,
    reply_to: Message | None = None,
) -> Message:
    """One part of an album, alone."""
    chat._do()
    return await chat.person.server.people.send_photo(
        chat.person.id,
        chat.chat_id,
        photo,
        caption,
        album_id=album,
        as_chat=as_chat,
        reply_to=reply_to.id if reply_to is not None else None,
    )


def no_placeholder(chat: ChatClient) -> bool:
    return not any("Cancel" in label for message in chat.answers for label in chat.buttons(message))


async def test_an_album_of_thirty(chat: ChatClient) -> None:
    with chat.at_once():
        first = await part(chat, "30", RED, "put them together")
        for _ in range(29):
            await part(chat, "30", GREEN)
    await chat.text("You gave 30 pictures; at most 16 are possible", to=first)
    await chat.text("Drawing", to=await chat.send("/help"))
    assert len(chat.answers) == 2
    assert Editor.asked == []


async def test_an_album_of_which_a_part_never_comes(chat: ChatClient) -> None:
    with chat.at_once():
        first = await part(chat, "7", RED, "put them together")
        await part(chat, "7", GREEN)
    await chat.photo(to=first)
    assert all_same(Editor.asked[-1].images, (RED, GREEN))
    late = await part(chat, "7", BLUE)  # says nothing new
    await chat.text("Drawing", to=await chat.send("/help"))
    assert [message for message in chat.answers if message.reply_to == late.id] == []
    assert len(Editor.asked) == 1


async def test_an_album_of_which_telegram_has_lost_a_part(chat: ChatClient, sandbox: SandboxServer) -> None:
    sandbox.faults.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    messages = await chat.album([RED, GREEN], "put them together")
    await chat.text("couldn't open your source image", to=messages[0])
    assert Editor.asked == []
    assert no_placeholder(chat)


async def test_a_picture_whose_message_was_deleted_meanwhile(group: ChatClient) -> None:
    first = await drawn(group, "/imagine a fox")
    data = await group.data(first)
    await group.press("Edit", on=first)
    question = await group.text("What shall I change")
    await group.delete(first)
    await group.send("make it snow", reply_to=question)
    await group.answer(lambda message: "make it snow" in message.text and bool(message.photo), "the edit")
    assert same(Editor.asked[-1].first_image, data)  # Telegram keeps what the bot has sent


async def test_an_edit_of_a_picture_that_the_bot_no_longer_knows(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await chat.press("Edit", on=first)
    question = await chat.text("What shall I change")
    await chat.send("/forget")
    await chat.press("Delete")
    await chat.text("deleted")
    await chat.text("I no longer have that picture", to=await chat.send("make it snow", reply_to=question))
    assert len(Editor.asked) == 1


async def test_a_photo_menu_whose_photos_the_bot_no_longer_knows(chat: ChatClient) -> None:
    messages = await chat.album([RED, GREEN])
    menu = await chat.text("Nice photos!", to=messages[0])
    await chat.press("Edit", on=menu)
    question = await chat.text("What shall I change")
    await chat.send("/forget")
    await chat.press("Delete")
    await chat.text("deleted")
    await chat.text("I no longer have these pictures", to=await chat.send("make it snow", reply_to=question))
    await chat.press("Edit", on=menu)  # one of an album can be found again, the others cannot
    assert "no longer have these pictures" in await chat.toast()
    assert Editor.asked == []


async def test_words_first_and_the_album_after_them(chat: ChatClient) -> None:
    asked = await chat.send("put them together")
    messages = await chat.album([RED, GREEN])
    await chat.text("Nice photos!", "Edit", to=messages[0])
    await chat.photo(to=asked)
    assert len(chat.answers) == 2
    assert Editor.asked[-1].images == ()


async def test_an_album_without_words_with_a_video_in_it(chat: ChatClient, sandbox: SandboxServer) -> None:
    with chat.at_once():
        messages = await chat.album([RED, GREEN])
        extra = {"video": VIDEO, "media_group_id": messages[0].album_id}
        sandbox.people.send(chat.person.id, chat.chat_id, extra=extra)
    await chat.text("this album has something else in it", to=messages[0])
    await chat.text("Drawing", to=await chat.send("/help"))
    assert len(chat.answers) == 2


async def test_an_album_of_an_anonymous_admin_in_a_group(group: ChatClient) -> None:
    with group.at_once():
        first = await part(group, "9", RED, "/imagine put them together", as_chat=group.chat_id)
        await part(group, "9", GREEN, as_chat=group.chat_id)
    await group.text("only the photo with the command", to=first)  # in privacy mode
    assert Editor.asked == []
    picture = await drawn(group, "/imagine a fox")
    with group.at_once():
        second = await part(group, "10", RED, "put it between them", as_chat=group.chat_id, reply_to=picture)
        await part(group, "10", GREEN, as_chat=group.chat_id, reply_to=picture)
    await group.photo(to=second)
    assert all_same(Editor.asked[-1].images, (await group.data(picture), RED, GREEN))
    with group.at_once():
        third = await part(group, "11", RED, "put it in --model painter", as_chat=group.chat_id, reply_to=picture)
        await part(group, "11", GREEN, as_chat=group.chat_id, reply_to=picture)
    await group.text("You gave 3 pictures, and Painter takes one", to=third)
    assert Painter.asked == []
    assert len(group.answers) == 4
    assert no_placeholder(group)


async def test_a_file_that_only_says_that_it_is_a_picture(chat: ChatClient, sandbox: SandboxServer) -> None:
    chat._do()
    asked = await sandbox.people.send_document(chat.person.id, chat.chat_id, b"no picture", "cat.heic", "make it blue")
    await chat.text("couldn't open your source image", to=asked)
    chat._do()
    first = await drawn(chat, "a fox --new")
    asked = await sandbox.people.send_document(
        chat.person.id, chat.chat_id, b"no mask", "mask.png", "a hat --mask --model retoucher", reply_to=first.id
    )
    await chat.text("couldn't open your source image", to=asked)
    assert len(Editor.asked) == 1
    assert no_placeholder(chat)


async def test_the_same_answers_in_russian(boris: Person) -> None:
    chat = boris.private
    with chat.at_once():
        first = await part(chat, "31", RED, "собери вместе")
        for _ in range(16):
            await part(chat, "31", GREEN)
    await chat.text("17", "16", to=first)
    menu = await chat.text("Отличное фото!", to=await chat.upload(RED))
    assert chat.buttons(menu)[:2] == ["✏️ Изменить", "Фигурка"]
