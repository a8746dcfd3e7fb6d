"""What careless and hostile people send: each gets a clear answer or none, never a placeholder that stays."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from tests.running import bot_at, quick_sketch
from tests.scenarios.language import ChatClient, sample_photo

SMALL = "--size 128x128"
TRICKS = "\u202egnp.xof \u2067\u200f\u0000\ufeff\u200b"


@pytest.fixture(autouse=True)
async def bot(
    sandbox: SandboxServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncGenerator[Running, None]:
    """Whatever these tests send, nothing may be logged as an error."""
    async with bot_at(sandbox, tmp_path, quick_sketch()) as running:
        yield running
    assert [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []
    for chat in sandbox.state.chats.values():
        stuck = [message for message in chat.messages.values() if message.keyboard and "ancel" in str(message.keyboard)]
        assert stuck == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<b>bold</b> & <script>alert(1)</script> &lt;", "<b>bold</b> & <script>alert(1)</script> &lt;"),
        ("</i></blockquote> *markdown* [a](tg://user?id=1) `x`", "</i></blockquote> *markdown*"),
        ("🦊🏳️‍🌈👩‍👩‍👧‍👦 e\u0301", "🦊🏳️‍🌈"),
        (f"a fox {TRICKS} end", "a fox"),
        ("{ $name } {0} %s ${jndi:x}", "{ $name } {0} %s"),
        ("'; DROP TABLE requests; --no rain", "'; DROP TABLE requests;"),
        ("word " * 390, "word word"),
        ("ﷺ" * 1900, "ﷺ"),
    ],
)
async def test_strange_words_are_words(chat: ChatClient, words: str, shown: str) -> None:
    picture = await chat.photo(to=await chat.send(f"/imagine {words} {SMALL}"))
    assert shown in picture.text
    await chat.press("Again", on=picture)
    await chat.photo(to=picture)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/imagine a fox --n 99", "--n 99 isn't valid"),
        ("/imagine a fox --n -1", "isn't valid"),
        ("/imagine a fox --n ９", "--n"),
        ("/imagine a fox --size 99999999x1", "isn't valid"),
        ("/imagine a fox --seed 99999999999999999999", "isn't valid"),
        ("/imagine a fox --seed 1 --seed 2", "is used twice"),
        ("/imagine a fox --model <b>x</b>", "--model <b>x</b> isn't valid"),
        ("/imagine a fox --<i>", "--<i>"),
        ("/imagine a fox —ar 0:0", "isn't valid"),
        ("/imagine a fox --ar 0:0", "isn't valid"),
        ("/imagine", "What shall I draw?"),
        ("/imagine --n 2", "What shall I draw?"),
        ("/imagine " + "x" * 4087, "too long"),
        ("/imagine " + "🦊" * 2040, "too long"),
        ("x" * 4096, "too long"),
        ("/model <b>" + "x" * 4000, "no model"),
        ("/" + "x" * 4000, "don't know that command"),
    ],
    ids=lambda value: value[:24],
)
async def test_mistakes_are_named(chat: ChatClient, text: str, answer: str) -> None:
    await chat.text(answer, to=await chat.send(text))
    assert len(chat.answers) == 1


async def test_a_reply_to_what_was_deleted(chat: ChatClient, group: ChatClient) -> None:
    picture = await chat.photo(to=await chat.send(f"/imagine a fox {SMALL}"))
    said = await chat.send("/help")
    await chat.text("Drawing", to=said)
    chat.person.server.people.delete(chat.person.id, chat.chat_id, picture.id)
    refined = await chat.photo(to=await chat.send(f"in the rain {SMALL}", reply_to=picture.id))
    assert "a fox" not in refined.text
    words = await group.send("a lighthouse")
    await group.delete(words)
    await group.text("What shall I draw?", to=await group.send("/imagine", reply_to=words.id))


async def test_a_command_that_is_deleted_while_it_is_drawn(chat: ChatClient) -> None:
    asked = await chat.send(f"/imagine a fox {SMALL}")
    await chat.delete(asked)
    assert "a fox" in (await chat.photo()).text


async def test_stickers_and_albums(chat: ChatClient, group: ChatClient) -> None:
    _moving_sticker(chat)
    await chat.text("but not this")
    await chat.text("Nice photo!", to=await chat.sticker())  # one that stands still is a picture
    photos = [sample_photo(), sample_photo(color="#0000ff")]
    await chat.album(photos)
    await chat.album(photos, "/imagine a fox")
    await chat.text("You gave 2 pictures")  # sketch takes one
    assert len(chat.answers) == 4
    await group.sticker()
    _moving_sticker(group)
    await group.album(photos, "our holidays")
    await group.album(photos, "/imagine a boat")
    await group.text("only the photo with the command")  # in privacy mode
    assert len(group.answers) == 1


async def test_a_reply_to_a_sticker(group: ChatClient) -> None:
    await group.text("Nice photo!", to=await group.send("/imagine", reply_to=await group.sticker()))
    sticker = _moving_sticker(group)
    await group.text("What shall I draw?", to=await group.send("/imagine", reply_to=sticker))
    await group.photo(to=await group.send(f"/imagine a fox {SMALL}", reply_to=sticker))


async def test_fifty_presses_in_a_second(chat: ChatClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.press.REPEAT_WINDOW", 60.0)  # a slow machine takes more than 3 s for them
    pictures = [await chat.photo(to=await chat.send(f"/imagine a {what} {SMALL}")) for what in ("fox", "boat")]
    data = [
        next(
            button["callback_data"]
            for row in (picture.keyboard or {})["inline_keyboard"]
            for button in row
            if "Again" in button["text"]
        )
        for picture in pictures
    ]
    assert data[0] != data[1]
    known = {message.id for message in chat.answers}
    for _ in range(25):
        for pressed, picture in zip(data, pictures, strict=True):
            chat.press_data(pressed, on=picture)
    await chat.toast()
    first = await chat.answer(lambda message: message.id not in known, "a request")
    second = await chat.answer(lambda message: message.id not in {*known, first.id}, "one for the other button")
    # What was pressed before this is handled before it.
    finished = await chat.text("Drawing", to=await chat.send("/help"))
    assert len([message for message in chat.answers if message.id not in {*known, finished.id}]) == 2
    await chat.ended(first)
    await chat.ended(second)


def _moving_sticker(chat: ChatClient) -> Message:
    """No picture can be made of it."""
    sticker = {
        "file_id": "CAACAgIAmoving",
        "file_unique_id": "AgADmoving",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": True,
        "is_video": False,
    }
    return chat.person.server.people.send(chat.person.id, chat.chat_id, extra={"sticker": sticker})


async def test_a_paste_that_was_cut_in_two_is_answered_once(chat: ChatClient) -> None:
    before = len(chat.answers)
    first = await chat.send("x " * 2047)
    await chat.send("and a fox in the snow")
    refused = await chat.text("too long", to=first)
    assert "4,115" in refused.text
    await chat.press("Shorten", on=refused)
    picture = await chat.photo(to=first)
    assert "fox" not in picture.text
    assert len(chat.answers) == before + 1  # the refusal went when it was drawn
