"""What is offered below an answer works after a restart, with all the pictures of the message that it answers."""

from pathlib import Path

from bot.sandbox import SandboxServer
from tests.scenarios.editors import BLUE, GREEN, RED, Editor, all_same, drawn, editing_bot
from tests.scenarios.language import ChatClient


async def test_an_album_without_words_is_edited_as_one(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    async with editing_bot(sandbox, tmp_path):
        messages = await chat.album([RED, GREEN])
        menu = await chat.text("Nice photos!", to=messages[0])
    async with editing_bot(sandbox, tmp_path):
        await chat.press("Edit", on=menu)
        question = await chat.text("What shall I change")
    async with editing_bot(sandbox, tmp_path):
        await chat.photo(to=await chat.upload(BLUE, "put them together", reply_to=question))
        assert all_same(Editor.asked[-1].images, (RED, GREEN, BLUE))


async def test_refused_pictures_are_drawn_from(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with editing_bot(sandbox, tmp_path):
        first = await drawn(chat, "a fox --model words")
        album = await chat.album([RED, GREEN], "put them together --model painter")
        of_album = await chat.text("You gave 2 pictures, and Painter takes one", to=album[0])
        reply = await chat.upload(BLUE, "put it into this --model painter", reply_to=first)
        of_reply = await chat.text("You gave 2 pictures, and Painter takes one", to=reply)
    async with editing_bot(sandbox, tmp_path):
        await chat.press("Editor", on=of_album)
        await chat.photo(to=album[0])
        assert all_same(Editor.asked[-1].images, (RED, GREEN))
        await chat.press("Editor", on=of_reply)
        await chat.photo(to=reply)
        assert all_same(Editor.asked[-1].images, (await chat.data(first), BLUE))


async def test_edited_words_of_a_refused_album_still_have_all_its_photos(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    async with editing_bot(sandbox, tmp_path):
        messages = await chat.album([RED, GREEN], "put them together --modle editor")
        await chat.text("Unknown option", to=messages[0])
    async with editing_bot(sandbox, tmp_path):
        await chat.edit(messages[0], "put them together --model editor")
        await chat.photo(to=messages[0])
        assert len(Editor.asked[-1].images) == 2
