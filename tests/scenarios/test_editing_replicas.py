"""A conversation with two processes that share the drawing: what one of them draws, the other one takes back."""

import asyncio
from pathlib import Path

from bot.sandbox import SandboxServer
from tests.scenarios.editors import Editor, drawn, editing_bot, same
from tests.scenarios.language import ChatClient
from tests.storage.conftest import postgresql_server, postgresql_url  # noqa: F401 - fixtures


async def test_a_new_picture_instead(
    chat: ChatClient,
    sandbox: SandboxServer,
    tmp_path: Path,
    postgresql_url: str,  # noqa: F811 - the fixture
) -> None:
    one, other = (editing_bot(sandbox, tmp_path, database_url=postgresql_url) for _ in range(2))
    async with one, other:
        first = await drawn(chat, "a fox")
        newest = first
        for number in range(3):  # whichever of the two has it
            hold = Editor.hold = asyncio.Event()
            asked = await chat.send(f"a boat {number}")
            placeholder = await chat.text("Changing the last picture", "New picture instead", to=asked)
            await chat.press("New picture instead", on=placeholder)
            assert await chat.toast() == "On it!"
            hold.set()
            newest = await chat.photo(to=asked)
            assert newest.id == placeholder.id
            assert (Editor.asked[-1].prompt, Editor.asked[-1].images) == (f"a boat {number}", ())
        assert len(chat.answers) == 4
        Editor.hold = None
        await drawn(chat, "make it snow")
        assert same(Editor.asked[-1].first_image, await chat.data(newest))
        assert first.text.startswith("a fox\n")
