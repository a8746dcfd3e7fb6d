"""What operators see and decide in their private chats, and what members notice of it."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.handlers.operator import alerts
from bot.keyboards.operator import AdminGo, AdminPage, AdminPerson, PersonAct
from bot.sandbox import SandboxServer
from bot.sandbox.menus import menus
from bot.sandbox.seed import ALICE, BORIS, GROUP, YOU
from bot.sandbox.state import Message
from providers import ImageRequest, ImageResponse, Provider, Unauthorized, Unavailable
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")

SMALL = "--size 128x128"


class Gated(Provider):
    """Draws when the test lets it."""

    offline = True
    models = default_model = "gated"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset())
    go_on = asyncio.Event()

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        await type(self).go_on.wait()
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Broken(Gated):
    models = default_model = "broken"

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        raise Unavailable("503: <b>down</b>")
        yield


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    Gated.go_on = asyncio.Event()
    catalog = quick_sketch(
        scripted("gated", Gated), scripted("broken", Broken), scripted("dear", Gated, cost=0.4, label="Dear")
    )
    async with bot_at(sandbox, tmp_path, catalog, admin_ids=f"{YOU},{ALICE}", daily_cost_per_user=1) as running:
        yield running


async def test_the_figures_of_today(chat: ChatClient, boris: Person) -> None:
    await chat.photo(to=await chat.send(f"/imagine a fox {SMALL} --n 2"))
    theirs = boris.private
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    await theirs.text("недоступна", to=await theirs.send("/imagine лиса --model broken"))
    told = await chat.text("Since", to=await chat.send("/admin"))
    for line in (
        "Requests: delivered 2, failed 1",
        "Pictures: drawn 3, failed 1",
        "People: 2 active, 2 new",
        "Sketch (offline, not AI) 2, Broken 1",
        "Failures: ",
        "Broken: ",
        "503: <b>down</b>",
    ):
        assert line in told.text
    await chat.press("7 days", on=told)
    await chat.text("Requests: delivered 2, failed 1")
    assert "✓ 7 days" in chat.buttons(told)
    await chat.press("Chart", on=told)
    chart = await chat.photo()
    assert len(await chat.data(chart)) > 500


async def test_chats_are_told_by_name(chat: ChatClient, group: ChatClient, sandbox: SandboxServer) -> None:
    await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))
    await chat.photo(to=await chat.send(f"a fox {SMALL}"))
    sandbox.state.people[YOU].username = None
    await chat.send("/admin")
    told = await chat.text("Chats:")
    assert f"{sandbox.state.chats[GROUP].title} 1" in told.text
    assert str(GROUP) not in told.text


async def test_an_admin_command_of_somebody_else_is_met_with_silence(
    chat: ChatClient, group: ChatClient, boris: Person, sandbox: SandboxServer
) -> None:
    for client in (boris.private, boris.chat(GROUP), group):
        await client.send("/admin")
        await client.send(f"/admin ban {ALICE}")
    await chat.text("Since", to=await chat.send("/admin"))
    theirs = boris.private
    assert theirs.answers == []
    assert group.answers == []
    assert "admin" not in [command["command"] for command in menus(sandbox.state, "ru", BORIS)["private"]]
    start = await theirs.text("Здравствуйте", to=await theirs.send("/start"))
    theirs.press_data(AdminPerson(act=PersonAct.BAN, person=ALICE).pack(), on=start)
    assert "кнопки уже нет" in await theirs.toast()


async def test_a_menu_that_became_anothers_is_dead(chat: ChatClient, sandbox: SandboxServer, boris: Person) -> None:
    """Callback data of the operators' menus do nothing in a group, even below the very button."""
    menu = await chat.text("Since", to=await chat.send("/admin"))
    copied = Message(0, GROUP, sandbox.state.bot.id, 0, text="menu", keyboard=menu.keyboard)
    sandbox.state.number(sandbox.state.chats[GROUP], copied)
    sandbox.state.chats[GROUP].keep(copied)
    there = Person.named(sandbox, "You").chat(GROUP)
    there.press_data(AdminGo(page=AdminPage.AUDIT).pack(), on=copied)
    assert await there.toast() == "This button is too old. Please send the command again."
    assert there.answers == [copied]


async def test_the_command_is_shown_to_operators_alone(chat: ChatClient, sandbox: SandboxServer) -> None:
    async with asyncio.timeout(10):
        while f"chat:{ALICE}:ru" not in sandbox.state.bot.commands:
            await sandbox.box.events.wait()
    shown = [command["command"] for command in menus(sandbox.state, "en", YOU)["private"]]
    assert {"imagine", "admin"} <= set(shown)


async def test_somebody_is_banned_and_let_in_again(chat: ChatClient, boris: Person) -> None:
    theirs = boris.private
    picture = await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    waiting = await theirs.placeholder(to=await theirs.send("/imagine лиса --model gated"))
    card = await chat.text(str(BORIS), "@boris_k", "лиса", to=await chat.send("/admin @Boris_K"))
    await chat.send(f"/admin ban {BORIS} 7d spam & <more>")
    await chat.text("Banned until", "spam & <more>")
    await theirs.ended(waiting)
    refused = await theirs.text("нельзя пользоваться", "spam & <more>", to=await theirs.send("/imagine лиса"))
    for words in ("/imagine лиса", "привет", "/settings", "/start"):
        await theirs.send(words)
    await theirs.press("Ещё раз", on=picture)
    assert "нельзя пользоваться" in await theirs.toast()
    await boris.chat(GROUP).send("/imagine лиса")
    assert theirs.answers[-1] == refused
    await chat.press("Lift the ban", on=await chat.text("Banned until"))
    await chat.text("Ban")
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    await chat.press("30 days", on=card)
    assert "is banned until" in await chat.toast()
    log = await chat.text("What operators did", to=await chat.send("/admin audit"))
    assert log.text.count("ban") >= 3
    assert "spam & <more>" in log.text


async def test_nobody_bans_themselves_or_another_operator(chat: ChatClient, you: Person) -> None:
    await chat.text("can't ban yourself", to=await chat.send(f"/admin ban {you.id}"))
    await chat.text("is an operator", to=await chat.send(f"/admin ban {ALICE}"))
    card = await chat.text(str(you.id), to=await chat.send(f"/admin {you.id}"))
    await chat.press("🚫 Ban", on=card)
    assert "can't ban yourself" in await chat.toast()
    await chat.photo(to=await chat.send(f"/imagine a fox {SMALL}"))


async def test_people_are_found_by_a_forwarded_message(chat: ChatClient, boris: Person, sandbox: SandboxServer) -> None:
    def forwarded(origin: dict[str, object]) -> Message:
        extra = {"forward_origin": {"date": 1, **origin}}
        return sandbox.people.send(YOU, YOU, "something", extra=extra)

    sender = {"id": BORIS, "is_bot": False, "first_name": "Борис"}
    known = forwarded({"type": "user", "sender_user": sender})
    await chat.text(f"/admin ban {BORIS}", to=await chat.send("/admin", reply_to=known))
    hidden = forwarded({"type": "hidden_user", "sender_user_name": "Somebody"})
    await chat.text("hides who wrote", to=await chat.send("/admin", reply_to=hidden))
    await chat.text("nobody called @stranger", to=await chat.send("/admin @stranger"))
    await chat.text("Send one of these", to=await chat.send("/admin ban somebody"))


async def test_limits_of_ones_own(chat: ChatClient, boris: Person) -> None:
    theirs = boris.private
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    await chat.text("Own limits", "1 requests, cost 0.4", to=await chat.send(f"/admin limit {BORIS} 1 0.4"))
    await theirs.text("лимит", to=await theirs.send(f"/imagine лиса {SMALL}"))
    await chat.text("Own limits", "–", to=await chat.send(f"/admin limit {BORIS} - 0.4"))
    Gated.go_on.set()
    await theirs.photo(to=await theirs.send("/imagine лиса --model dear"))
    await theirs.text("осталось 0", to=await theirs.send("/imagine лиса --model dear"))
    await chat.text("No limits", to=await chat.send(f"/admin exempt {BORIS}"))
    for _ in range(3):
        await theirs.photo(to=await theirs.send("/imagine лиса --model dear"))
    await chat.press("Default limits")
    await chat.text("No limits")
    await theirs.text("осталось 0", to=await theirs.send("/imagine лиса --model dear"))


async def test_a_message_to_one_person(chat: ChatClient, boris: Person) -> None:
    await chat.text("Not sent", to=await chat.send(f"/admin message {BORIS} hello <b>you</b>"))
    theirs = boris.private
    await theirs.text("Здравствуйте", to=await theirs.send("/start"))
    await chat.text("Sent.", to=await chat.send(f"/admin message {BORIS} hello <b>you</b>"))
    assert "hello <b>you</b>" in (await theirs.text("hello")).text


async def test_a_model_is_switched_off_and_on(chat: ChatClient, boris: Person) -> None:
    theirs = boris.private
    await chat.text("⛔ Sketch", "new brushes", to=await chat.send("/admin off sketch new brushes"))
    refused = await theirs.text("выключена", "new brushes", to=await theirs.send("/imagine лиса --model sketch"))
    assert [label for label in theirs.buttons(refused) if "Sketch" in label] == []
    menu = await theirs.text("Выберите модель", to=await theirs.send("/model"))
    assert any("🔴" in label and "Sketch" in label for label in theirs.buttons(menu))
    await chat.press("⛔ Sketch")
    await chat.text("Models:")
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    await chat.text("no model", to=await chat.send("/admin off nothing"))


async def test_everything_is_paused_but_for_operators(chat: ChatClient, boris: Person) -> None:
    theirs = boris.private
    waiting = await theirs.placeholder(to=await theirs.send("/imagine лиса --model gated"))
    await chat.text("is paused", "back at noon", to=await chat.send("/admin pause back at noon"))
    await theirs.text("обслуживании", "back at noon", to=await theirs.send("/imagine лиса"))
    Gated.go_on.set()
    await theirs.ended(waiting)  # what was accepted is drawn
    await chat.photo(to=await chat.send(f"/imagine a fox {SMALL}"))
    await chat.press("Resume")
    await chat.text("Since")
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))


# Reports


async def test_a_picture_is_reported_deleted_and_its_person_banned(
    chat: ChatClient, group: ChatClient, alice: Person, boris: Person
) -> None:
    member, operators = boris.chat(GROUP), (chat, alice.private)
    await alice.private.text("Hello", to=await alice.private.send("/start"))
    await chat.text("Hello", to=await chat.send("/start"))
    picture = await member.photo(to=await member.send(f"/imagine злая <лиса> {SMALL} --n 2"))
    mei = Person.named(member.person.server, "Mei").chat(GROUP)
    await mei.press("Жалоба", on=picture)
    assert "谢谢" in await mei.toast()
    card, theirs = [await client.text("Reported", "злая <лиса>", f"@boris_k ({BORIS})") for client in operators]
    assert card.photo
    assert card.spoiler
    await mei.press("Жалоба", on=picture)
    assert "已被举报" in await mei.toast()
    await chat.press("Delete and ban", on=card)
    await chat.text("person banned")
    assert picture not in group.messages
    await member.send("/imagine лиса")
    await alice.private.press("Dismiss", on=theirs)
    await boris.private.text("нельзя пользоваться", to=await boris.private.send("/imagine лиса"))
    assert "request" in (await chat.text("report banned", to=await chat.send("/admin audit"))).text


async def test_report_in_reply_and_the_admins_of_the_group(chat: ChatClient, group: ChatClient, boris: Person) -> None:
    await chat.text("Hello", to=await chat.send("/start"))
    member, admin = boris.chat(GROUP), group
    await member.text("на мою картинку", to=await member.send("/report"))
    first = await admin.photo(to=await admin.send(f"/imagine a fox {SMALL}"))
    second = await admin.photo(to=await admin.send(f"/imagine a hen {SMALL}"))
    for picture in (first, second):
        await member.text("проверят", to=await member.send("/report", reply_to=picture))
    card = await chat.text("Reported", "a fox")
    menu = await admin.text("This group", to=await admin.send("/group"))
    await admin.press("Reports: 2", on=menu)
    await admin.text("Reported by a member", "a fox", f"/{first.id}")
    await admin.press("Delete", on=menu)
    await admin.text("Reported by a member", "a hen")
    assert first not in admin.messages
    await admin.press("Dismiss", on=menu)
    await admin.text("This group")
    assert second in admin.messages
    assert not any("Reports" in label for label in admin.buttons(menu))
    await chat.press("Delete", on=card)
    assert "already decided" in await chat.toast()
    hens = next(message for message in chat.answers if "a hen" in message.text)
    await chat.press("Delete and ban", on=hens)
    assert "can't ban yourself" in await chat.toast()
    await chat.press("Delete", on=hens)  # an admin of the group has only dismissed it
    await chat.text("Deleted.")
    assert second not in admin.messages


async def test_both_grids_of_ten_pictures_are_deleted(chat: ChatClient, group: ChatClient, boris: Person) -> None:
    await chat.text("Hello", to=await chat.send("/start"))
    member = boris.chat(GROUP)
    wish = await group.send(f"/imagine a {{red|blue}} hen {SMALL} --n 5")
    await group.press("Draw all 10", on=await group.text("makes 10 pictures", to=wish))
    first = await group.photo(to=wish)
    second = await group.text("Pictures 6–10 of 10", to=wish)
    await member.press("10", on=second)
    assert "не ваша" in await member.toast()
    await member.text("проверят", to=await member.send("/report", reply_to=second))
    await chat.press("Delete", on=await chat.text("Reported", "hen"))
    await chat.text("Deleted.")
    assert first not in group.messages
    assert second not in group.messages


# Alerts


class Locked(Gated):
    models = default_model = "locked"

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        raise Unauthorized("401: bad key")
        yield


async def test_operators_are_alerted_once(
    sandbox: SandboxServer, chat: ChatClient, boris: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "EVERY", 0.05)
    folder, catalog = tmp_path / "other", quick_sketch(scripted("locked", Locked))
    other = await SandboxServer.start()
    try:
        you, theirs = Person.named(other, "You").private, Person.named(other, "Борис").private
        async with bot_at(other, folder, catalog, admin_ids=f"{YOU}"):
            await you.text("Hello", to=await you.send("/start"))
            await theirs.text("API-ключ", to=await theirs.send("/imagine лиса --model locked"))
            await you.text("Locked rejected the API key")
        async with bot_at(other, folder, catalog, admin_ids=f"{YOU}"):
            await theirs.text("API-ключ", to=await theirs.send("/imagine лиса --model locked"))
            await asyncio.sleep(0.3)
        assert sum("rejected" in message.text for message in you.answers) == 1
    finally:
        await other.close()
