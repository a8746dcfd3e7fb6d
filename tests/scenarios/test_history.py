"""One's own pictures: paged, searched, drawn again, shown in full; and forgotten."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.keyboards.history import Forget, HistoryAction, HistoryDo, HistoryPick, HistoryTurn
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from storage.repositories.history import Turn
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")

NUMBERS = [str(number) for number in range(1, 10)]


class Quick(Provider):
    """A plain picture at once, or when it is let go on."""

    label = "Quick"
    offline = True
    models = default_model = "quick"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed", "width", "height"}))
    go_on: asyncio.Event | None = None

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Drawing")
        if (go_on := type(self).go_on) is not None:
            await go_on.wait()
        size = (request.width or 96, request.height or 64)
        yield ImageResponse([data_url(sample_photo(*size), "image/png")])


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    Quick.go_on = None
    settings = {"default_model": "quick", "max_jobs_per_user": 20, "max_queued_per_user": 50, "telegram_rate": 1000}
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("quick", Quick)), **settings) as running:
        yield running


async def drawn(chat: ChatClient, words: str) -> Message:
    return await chat.photo(to=await chat.send(words))


async def opened(chat: ChatClient, command: str = "/history") -> Message:
    return await chat.text("Your pictures", to=await chat.send(command))


async def test_there_is_nothing_yet(chat: ChatClient) -> None:
    await chat.text("no pictures yet", to=await chat.send("/history"))
    await chat.text("No pictures match", "“fox <b>”", to=await chat.send("/history fox <b>"))


async def test_pages_are_turned_in_place(chat: ChatClient, boris: Person) -> None:
    await drawn(boris.private, "лиса")
    for start in (1, 5, 9):
        await drawn(chat, f"number {start} --n 4")
    page = await opened(chat)
    assert page.photo
    assert chat.buttons(page) == [*NUMBERS, "Older ›"]
    await chat.press("Older", on=page)
    await chat.answer(lambda message: "‹ Newer" in chat.buttons(message), "the second page")
    assert chat.buttons(page) == ["1", "2", "3", "‹ Newer"]
    await chat.press("Newer", on=page)
    await chat.answer(lambda message: "Older ›" in chat.buttons(message), "the first page")
    assert chat.buttons(page) == [*NUMBERS, "Older ›"]
    assert len(chat.answers) == 4


async def test_what_can_be_done_with_one(chat: ChatClient) -> None:
    await drawn(chat, "a fox --seed 7 --n 2")
    await drawn(chat, "a bird")
    page = await opened(chat)
    await chat.press("2", on=page)
    about = await chat.text("2 a fox", "Quick", "seed")
    seed = int(about.text.rpartition(" ")[2])  # of the two, the one that was drawn last
    assert chat.buttons(page) == ["1", "• 2 •", "3", "🔁 Again", "🌱 Same seed", "🖼 Full size", "📋 Copy prompt", "☆"]
    await chat.press("Same seed", on=page)
    assert await chat.toast() == "On it!"
    again = await chat.photo(to=page)
    assert again.text.startswith("a fox")
    assert f"seed {seed} " in again.text
    await chat.press("Full size", on=page)
    full = await chat.text(f"Picture {seed - 6}", to=page)
    assert full.photo
    await chat.press("Again", on=page)
    varied = await chat.answer(lambda message: message.id > full.id and "seed" in message.text, "another picture")
    assert f"seed {seed} " not in varied.text
    assert "1" in chat.buttons(page)


async def test_a_search_goes_on_when_the_page_is_turned(chat: ChatClient) -> None:
    await drawn(chat, "a red FOX --n 4")
    await drawn(chat, "a bird --n 4")
    for _ in range(2):
        await drawn(chat, "another fox --n 4")
    page = await opened(chat, "/history fox")
    assert "with fox" in page.text
    await chat.press("Older", on=page)
    await chat.answer(lambda message: "‹ Newer" in chat.buttons(message), "the second page")
    assert chat.buttons(page) == ["1", "2", "3", "‹ Newer"]
    await chat.press("3", on=page)
    await chat.text("with fox", "3 a red FOX")
    await chat.text("No pictures match", to=await chat.send("/history owl"))
    russian = await chat.text("No pictures match", to=await chat.send("/history " + "ж" * 4000))
    assert len(russian.text) < 300


async def test_in_groups_it_is_nobodys_business(group: ChatClient) -> None:
    await group.text("private chat", to=await group.send("/history"))
    await group.text("private chat", to=await group.send("/forget"))


async def test_pictures_of_a_group_are_drawn_again_in_private(chat: ChatClient, group: ChatClient) -> None:
    await drawn(group, "/imagine a fox")
    page = await opened(chat)
    await chat.press("1", on=page)
    await chat.press("Again", on=page)
    assert (await chat.photo(to=page)).text.startswith("a fox")
    assert len(group.answers) == 1


async def test_forged_and_foreign_presses(chat: ChatClient, group: ChatClient, boris: Person) -> None:
    hers = await drawn(boris.private, "лиса")
    mine = await drawn(chat, "a fox")
    public = await drawn(group, "/imagine a castle")
    page = await opened(chat)
    for data in (
        HistoryDo(action=HistoryAction.AGAIN, picture_id=1).pack(),
        HistoryDo(action=HistoryAction.FULL, picture_id=2**63 - 1).pack(),
        "hd:q:1",
        "h:o:0",
        "hp:1:x",
        Forget(owner=boris.id, sure=True).pack(),
    ):
        chat.press_data(data, on=page)
        assert await chat.toast()
    chat.press_data(HistoryTurn(turn=Turn.OLDER, picture_id=1).pack(), on=page)
    await chat.toast()
    chat.press_data(HistoryPick(picture_id=1, first=1).pack(), on=page)
    assert "button is gone" in await chat.toast()
    caption = public.text
    for data in (HistoryTurn(turn=Turn.AT, picture_id=2).pack(), Forget(owner=group.person.id, sure=True).pack()):
        group.press_data(data, on=public)
        assert await group.toast()
    assert public.text == caption
    assert len(group.answers) == 1
    assert hers.photo
    assert mine.photo


async def test_forgetting_takes_two_words(chat: ChatClient, boris: Person) -> None:
    picture = await drawn(chat, "a fox")
    hers = await drawn(boris.private, "лиса")
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Aspect ratio", on=menu)
    await chat.press("16:9", on=menu)
    await chat.text("Aspect ratio: 16:9")
    page = await opened(chat)
    Quick.go_on = asyncio.Event()
    running = await chat.placeholder(to=await chat.send("never to be seen"))
    await chat.press("Cancel", on=await chat.text("Delete all your data?", to=await chat.send("/forget")))
    await chat.text("Nothing was deleted")
    await chat.press("Delete", on=await chat.text("Delete all your data?", to=await chat.send("/forget")))
    await chat.text("Your data has been deleted.")
    assert "Cancelled" in (await chat.ended(running)).text
    await chat.text("no pictures yet", to=await chat.send("/history"))
    await chat.press("Again", on=picture)
    assert "too old" in await chat.toast()
    await chat.press("1", on=page)
    assert "no longer in your history" in await chat.toast()
    await chat.text("Aspect ratio: auto", to=await chat.send("/settings"))
    Quick.go_on.set()
    await boris.private.press("Ещё раз", on=hers)
    assert (await boris.private.photo(to=hers)).photo
