"""Credits: pictures that cost some, packs for Stars, a subscription, refunds, and what nobody loses."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest

from bot.app import Running
from bot.handlers.credits import star_keeper
from bot.sandbox import SandboxServer
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.menus import menus
from bot.sandbox.people import Refused
from bot.sandbox.seed import ALICE, BORIS, GROUP, YOU
from bot.sandbox.state import Message, Status
from providers import ImageRequest, ImageResponse, Provider, Unavailable
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from storage import Database
from storage.records import CreditAccount, LedgerReport
from tests.clock import FakeClock
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

SMALL = "--size 128x128"
SOLD = {
    "credits": "50:1,200:5",
    "credit_subscription": "100:2.5",
    "credits_free_daily": 0.5,
    "admin_ids": str(ALICE),
    "daily_cost": 0,
}

OFF: dict[str, object] = {"credits": (), "credit_subscription": None, "credits_free_daily": 0}


class Dear(Provider):
    """Draws when the test lets it; by default at once."""

    offline = True
    models = default_model = "dear"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed"}))
    go_on: ClassVar[asyncio.Event]
    fails: ClassVar[bool] = False

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        await type(self).go_on.wait()
        if type(self).fails:
            raise Unavailable("503")
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Broken(Dear):
    models = default_model = "broken"
    fails = True


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    Dear.go_on = asyncio.Event()
    Dear.go_on.set()
    monkeypatch.setattr(star_keeper, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(star_keeper, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(star_keeper, "YOUNG", 0.0)


def opened(sandbox: SandboxServer, folder: Path, **settings: object) -> AbstractAsyncContextManager[Running]:
    catalog = quick_sketch(
        scripted("dear", Dear, cost=0.4, label="Dear"), scripted("broken", Broken, cost=0.4, label="Broken")
    )
    return bot_at(sandbox, folder, catalog, **(SOLD | settings))


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with opened(sandbox, tmp_path) as running:
        yield running


async def books(folder: Path) -> LedgerReport:
    """The ledger, which has to balance."""
    db = await Database.open(f"sqlite:///{folder / 'imagine.db'}", clock_now=FakeClock().now, migrate=False)
    try:
        async with db.read() as unit:
            report = await unit.credits.report()
    finally:
        await db.close()
    assert report.balances, report
    assert not report.stranded
    return report


async def invoice(chat: ChatClient, pack: str = "for 50") -> Message:
    await chat.send("/buy")
    await chat.press(pack, on=await chat.text("Credits"))
    return await chat.answer(lambda message: message.invoice_payload is not None, "an invoice")


async def subscription_link(chat: ChatClient) -> str:
    """Where the offer of a subscription leads."""
    await chat.send("/buy")
    await chat.press("every 30 days", on=await chat.text("Telegram Stars"))
    offer = await chat.text("2.5 credits every 30 days")
    url: str = (offer.keyboard or {})["inline_keyboard"][0][0]["url"]
    return url


async def balance(chat: ChatClient, expected: str) -> Message:
    """The answer to /balance that says so: what is shown of a failure or a cancellation is stored a moment later."""
    for _ in range(100):
        told = await chat.text("Your credits", to=await chat.send("/balance"))
        if f"Your credits: {expected}\n" in told.text:
            break
    else:
        chat.fail(f"the balance does not become {expected}")
    return told


async def pay(sandbox: SandboxServer, chat: ChatClient, on: Message) -> str:
    return await sandbox.payers.pay(chat.person.id, chat.chat_id, on.id)


@pytest.mark.usefixtures("bot")
async def test_free_credits_first_then_a_pack(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    told = await chat.text("Your credits: 0.5", to=await chat.send("/balance"))
    assert "Free today: 0.5 of 0.5" in told.text
    await chat.photo(to=await chat.send(f"/imagine a fox {SMALL} --model dear"))
    refused = await chat.text("costs 0.4", "you have 0.1", to=await chat.send("/imagine a hen --model dear"))
    assert chat.buttons(refused) == ["🎨 Draw with Sketch (offline, not AI)", "💎 Buy credits"]
    await chat.press("Buy credits", on=refused)
    shop = await chat.text("Telegram Stars")
    assert chat.buttons(shop) == ["💎 1 for 50 ⭐", "💎 5 for 200 ⭐", "🔁 2.5 every 30 days: 100 ⭐"]
    await chat.press("for 50", on=shop)
    bill = await chat.answer(lambda message: message.invoice_payload is not None, "an invoice")
    assert bill.extra["invoice"]["title"] == "Credits: 1"
    await pay(sandbox, chat, bill)
    await chat.text("Credits added: 1", "You have 1.1 now")
    await chat.photo(to=await chat.send("/imagine a hen --model dear"))
    await chat.text("Your credits: 0.7", to=await chat.send("/balance"))
    accounts = (await books(tmp_path)).accounts
    assert accounts[CreditAccount.SPENT] == 800_000
    assert accounts[CreditAccount.STARS] == -1_000_000


@pytest.mark.usefixtures("bot")
async def test_what_fails_or_is_cancelled_is_given_back(chat: ChatClient, tmp_path: Path) -> None:
    await chat.text("Broken", to=await chat.send("/imagine a fox --model broken"))
    await balance(chat, "0.5")
    Dear.go_on.clear()
    placeholder = await chat.placeholder(to=await chat.send("/imagine a fox --model dear"))
    held = await balance(chat, "0.1")
    assert "Reserved for pictures in progress: 0.4" in held.text
    await chat.press("Cancel", on=placeholder)
    await chat.ended(placeholder)
    await balance(chat, "0.5")
    assert (await books(tmp_path)).holds == 0


@pytest.mark.usefixtures("bot")
async def test_in_a_group_whoever_asks_pays(
    group: ChatClient, chat: ChatClient, boris: Person, sandbox: SandboxServer
) -> None:
    await group.photo(to=await group.send("/imagine a fox --model dear"))
    await chat.text("Your credits: 0.1", to=await chat.send("/balance"))
    await boris.private.text("Ваши кредиты: 0.5", to=await boris.private.send("/balance"))
    refused = await group.text("you have 0.1", to=await group.send("/imagine a hen --model dear"))
    (row,) = [row for row in (refused.keyboard or {})["inline_keyboard"] if "url" in row[0]]
    assert row[0]["url"] == f"https://t.me/{sandbox.state.bot.username}?start=buy"
    await chat.text("Telegram Stars", to=await chat.send("/start buy"))
    await group.text("private chat", to=await group.send("/buy"))
    assert not any(message.invoice_payload for message in group.messages)


@pytest.mark.usefixtures("bot")
async def test_a_press_that_costs_too_much_offers_to_buy(chat: ChatClient) -> None:
    picture = await chat.photo(to=await chat.send("/imagine a fox --model dear"))
    await chat.press("Again", on=picture)
    refused = await chat.text("you have 0.1")
    assert chat.buttons(refused) == ["💎 Buy credits"]


async def test_in_chats_without_the_bot_the_way_to_buy_is_shown(
    sandbox: SandboxServer, tmp_path: Path, you: Person
) -> None:
    sandbox.state.bot.inline = sandbox.state.bot.guest = True
    sandbox.state.bot.inline_feedback = False
    cache = sandbox.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)
    strangers = sandbox.admin.add_group("Strangers", {you.id: Status.MEMBER}, bot_status=Status.LEFT)
    elsewhere = you.chat(strangers)
    async with opened(sandbox, tmp_path, media_chat_id=cache.id):
        offered = await elsewhere.choose(await elsewhere.inline(f"a cat --model dear {SMALL}"))
        await you.private.photo(to=await you.private.send(f"/imagine a fox --model dear {SMALL}"))  # all that was free
        query = await elsewhere.inline(f"a cat --model dear {SMALL}")
        assert query.results is not None
        assert not any(result["id"].startswith("draw:") for result in query.results)
        assert query.button == {"text": "This costs 0.4, you have 0.1: buy credits", "start_parameter": "buy"}
        await elsewhere.press("Draw", on=offered)
        assert "0.1 credits left" in await elsewhere.toast()
        told = await elsewhere.text("0.1 credits left")
        assert elsewhere.buttons(told) == ["🎨 Draw", "💎 Buy credits"]
        asked = await elsewhere.send(f"@imagine_sandbox_bot a cat --model dear {SMALL}")
        answer = await elsewhere.text("0.1 credits left", to=asked)
        assert elsewhere.buttons(answer) == ["💎 Buy credits"]
        (row,) = (answer.keyboard or {})["inline_keyboard"]
        assert row[0]["url"].endswith("?start=buy")


@pytest.mark.usefixtures("bot")
async def test_operators_and_whoever_is_exempt_need_no_credits(chat: ChatClient, alice: Person, you: Person) -> None:
    theirs = alice.private
    for _ in range(3):
        await theirs.photo(to=await theirs.send("/imagine a fox --model dear"))
    await theirs.send(f"/admin exempt {you.id}")
    await theirs.text("No limits")
    for _ in range(3):
        await chat.photo(to=await chat.send("/imagine a fox --model dear"))


@pytest.mark.usefixtures("bot")
async def test_a_payment_that_is_told_twice_is_credited_once(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    seen: list[dict[str, object]] = []
    put = sandbox.box.updates.put

    def watched(kind: str, payload: dict[str, object]) -> None:
        put(kind, payload)
        seen.extend(sandbox.box.updates.peek()[-1:])

    sandbox.box.updates.put = watched  # type: ignore[method-assign] # the test looks at what Telegram sends
    await pay(sandbox, chat, await invoice(chat))
    await chat.text("You have 1.5 now")
    (update,) = [update for update in seen if "successful_payment" in (update.get("message") or {})]  # type: ignore[operator] # JSON
    sandbox.box.updates.put_again(update)
    sandbox.box.updates.put("message", update["message"])  # type: ignore[arg-type] # likewise: as another update
    await chat.text("Your credits: 1.5", to=await chat.send("/balance"))
    assert (await books(tmp_path)).accounts[CreditAccount.STARS] == -1_000_000


async def test_a_payment_whose_update_never_came_is_found_in_the_books(
    sandbox: SandboxServer, chat: ChatClient, tmp_path: Path
) -> None:
    async with opened(sandbox, tmp_path):
        bill = await invoice(chat)
        await sandbox.payers.pay(YOU, chat.chat_id, bill.id, told=False)
        await chat.text("Your credits: 0.5", to=await chat.send("/balance"))
    async with opened(sandbox, tmp_path):  # it looks at each start, and each hour
        await chat.text("Credits added: 1", "You have 1.5 now")
    async with opened(sandbox, tmp_path):
        await chat.text("Your credits: 1.5", to=await chat.send("/balance"))
    await books(tmp_path)


@pytest.mark.usefixtures("bot")
async def test_a_refund_takes_the_credits_once(
    chat: ChatClient, alice: Person, sandbox: SandboxServer, tmp_path: Path
) -> None:
    charge = await pay(sandbox, chat, await invoice(chat))
    await chat.text("You have 1.5 now")
    theirs = alice.private
    card = await theirs.text("bought 1", to=await theirs.send(f"/admin {YOU}"))
    assert charge in card.text
    await theirs.press("Refund 50", on=card)
    question = await theirs.text("Refund 50 ⭐ to")
    await theirs.press("Yes, refund", on=question)
    await theirs.text("were refunded to")
    await chat.text("You got 50 ⭐ back")
    await chat.text("Your credits: 0.5", to=await chat.send("/balance"))
    await theirs.text("already refunded", to=await theirs.send(f"/admin refund {charge}"))
    await theirs.text("no such payment", to=await theirs.send("/admin refund nonsense"))
    assert sum(call.method == "refundStarPayment" for call in sandbox.calls) == 1
    assert not any((await books(tmp_path)).accounts.values())
    audit = await theirs.text("refund", to=await theirs.send("/admin audit"))
    assert charge[:8] in audit.text


@pytest.mark.usefixtures("bot")
async def test_a_refund_waits_until_the_bot_has_the_stars(
    chat: ChatClient, alice: Person, sandbox: SandboxServer
) -> None:
    charge = await pay(sandbox, chat, await invoice(chat))
    sandbox.state.stars_withdrawn = 50
    theirs = alice.private
    await theirs.send(f"/admin refund {charge}")
    await theirs.text("can't be refunded yet", "BALANCE_TOO_LOW")
    sandbox.state.stars_withdrawn = 0
    await theirs.text("were refunded to")
    await chat.text("You got 50 ⭐ back")


@pytest.mark.usefixtures("bot")
async def test_a_refund_that_telegram_refuses_leaves_the_credits(
    chat: ChatClient, alice: Person, sandbox: SandboxServer
) -> None:
    charge = await pay(sandbox, chat, await invoice(chat))
    await chat.text("You have 1.5 now")
    sandbox.state.stars.clear()
    theirs = alice.private
    await theirs.send(f"/admin refund {charge}")
    await theirs.text("won't refund", "CHARGE_NOT_FOUND")
    await chat.text("Your credits: 1.5", to=await chat.send("/balance"))


@pytest.mark.usefixtures("bot")
async def test_whoever_is_banned_cannot_pay_and_keeps_what_was_paid(
    chat: ChatClient, alice: Person, sandbox: SandboxServer, tmp_path: Path
) -> None:
    bill, theirs = await invoice(chat), alice.private
    await theirs.send(f"/admin ban {YOU} spam")
    await theirs.text("Banned until")
    with pytest.raises(Refused, match="doesn't take your Stars"):
        await pay(sandbox, chat, bill)
    charge = sandbox.payers._paid(YOU, chat.record, str(bill.invoice_payload), 50, told=True)  # it was under way
    await chat.text("Credits added: 1")
    await theirs.text("is banned and has paid 50", charge)
    assert (await books(tmp_path)).bought == 1_000_000
    await chat.text("Passed on", to=await chat.send("/paysupport I want my Stars back"))
    await theirs.text("About a payment", "I want my Stars back")
    await chat.text("Your payments", charge, to=await chat.send("/paysupport"))
    await chat.text("do not expire", to=await chat.send("/terms"))


async def test_a_pack_that_is_gone_is_not_sold_and_what_was_paid_is_credited(
    sandbox: SandboxServer, chat: ChatClient, tmp_path: Path
) -> None:
    async with opened(sandbox, tmp_path):
        await chat.send("/buy")
        shop = await chat.text("Telegram Stars")
        await chat.press("for 50", on=shop)
        bill = await chat.answer(lambda message: message.invoice_payload is not None, "an invoice")
    async with opened(sandbox, tmp_path, credits="60:1"):
        with pytest.raises(Refused, match="no longer available"):
            await pay(sandbox, chat, bill)
        await chat.press("for 50", on=shop)
        assert "no longer available" in await chat.toast()
        sandbox.payers._paid(YOU, chat.record, str(bill.invoice_payload), 50, told=True)
        await chat.text("Credits added: 1", "You have 1.5 now")


async def test_what_was_sold_is_answered_for_once_nothing_is_sold_any_more(
    sandbox: SandboxServer, chat: ChatClient, alice: Person, tmp_path: Path
) -> None:
    async with opened(sandbox, tmp_path):
        bill = await invoice(chat)
    async with opened(sandbox, tmp_path, **OFF):
        with pytest.raises(Refused, match="no longer available"):
            await pay(sandbox, chat, bill)
        assert (await books(tmp_path)).bought == 0
        theirs = alice.private
        await theirs.text("Hello", to=await theirs.send("/start"))
        await theirs.send(f"/admin ban {YOU} 1d")  # it does not keep anybody from what was paid
        await theirs.text("Banned until")
        charge = sandbox.payers._paid(YOU, chat.record, str(bill.invoice_payload), 50, told=True)
        thanks = await chat.text("Credits added: 1", "You have 1 now", "none are sold")
        assert "subscription" not in thanks.text
        await theirs.text("is banned and has paid 50", charge)
        await chat.text("do not expire", to=await chat.send("/terms"))
        await chat.text("Your payments", charge, to=await chat.send("/paysupport"))
        await chat.text("Passed on", to=await chat.send("/paysupport I want my Stars back"))
        await theirs.send(f"/admin unban {YOU}")
        card = await theirs.text("bought 1", charge)
        await chat.photo(to=await chat.send("/imagine a fox --model dear"))  # costs nothing
        told = await chat.text("Your credits: 1", "stay yours", to=await chat.send("/balance"))
        assert chat.buttons(told) == []
        await chat.text("none are sold", to=await chat.send("/buy"))
        shown = [command["command"] for command in menus(sandbox.state, "en", YOU)["private"]]
        assert ("buy" in shown, "paysupport" in shown) == (False, True)
        await theirs.press("Refund 50", on=card)
        await theirs.press("Yes, refund", on=await theirs.text("Refund 50 ⭐ to"))
        await theirs.text("were refunded to")
        await chat.text("You got 50 ⭐ back")
    assert (await books(tmp_path)).bought == 0


async def test_a_subscription_that_runs_on_is_credited_and_its_person_told_how_to_end_it(
    sandbox: SandboxServer, chat: ChatClient, alice: Person, tmp_path: Path
) -> None:
    async with opened(sandbox, tmp_path):
        await chat.send("/buy")
        await chat.press("every 30 days", on=await chat.text("Telegram Stars"))
        url = ((await chat.text("2.5 credits every")).keyboard or {})["inline_keyboard"][0][0]["url"]
        await sandbox.payers.pay_link(YOU, url)
        await chat.text("You have 3 now")
        await alice.private.text("Hello", to=await alice.private.send("/start"))
    async with opened(sandbox, tmp_path, **OFF):
        sandbox.payers.renew(YOU, url)
        await chat.text("Your subscription added 2.5 credits", "You have 5 now", "until you cancel it")
        await alice.private.text("although CREDITS is not set any more", f"{YOU} has paid 100")
        await chat.text("until you cancel it", to=await chat.send("/balance"))
    assert (await books(tmp_path)).bought == 5_000_000


async def test_where_credits_were_never_sold_nobody_hears_of_them(
    sandbox: SandboxServer, chat: ChatClient, alice: Person, tmp_path: Path
) -> None:
    async with opened(sandbox, tmp_path, **OFF):
        for command in ("/buy", "/balance", "/paysupport", "/terms"):
            await chat.text("I don't know that command", to=await chat.send(command))
        theirs = alice.private
        card = await theirs.text("Requests in 30 days", to=await theirs.send(f"/admin {YOU}"))
        assert "Credits" not in card.text
        # Another program with this bot's token may have sold something.
        charge = sandbox.payers._paid(YOU, chat.record, "somebody's own invoice", 30, told=True)
        while "asking" not in (await theirs.text("", to=await theirs.send(f"/admin refund {charge}"))).text.lower():
            pass  # its update is on its way
        await theirs.text("were refunded to")


@pytest.mark.usefixtures("bot")
async def test_the_balance_stands_in_the_settings_with_the_way_to_buy(
    group: ChatClient, chat: ChatClient, alice: Person, sandbox: SandboxServer
) -> None:
    menu = await chat.text("Your credits: 0.5", to=await chat.send("/settings"))
    await chat.press("Buy credits", on=menu)
    await chat.text("You pay with Telegram Stars")
    there = await group.text("Your credits: 0.5", to=await group.send("/settings"))
    assert f"https://t.me/{sandbox.state.bot.username}?start=buy" in str(there.keyboard)
    theirs = alice.private  # an operator needs none
    menu = await theirs.text("settings", to=await theirs.send("/settings"))
    assert "credits" not in f"{menu.text}{theirs.buttons(menu)}".lower()
    told = await theirs.text("you have no limits here", to=await theirs.send("/balance"))
    assert theirs.buttons(told) == []


@pytest.mark.usefixtures("bot")
async def test_the_export_has_what_was_paid(
    chat: ChatClient, alice: Person, boris: Person, sandbox: SandboxServer
) -> None:
    back = await pay(sandbox, chat, await invoice(chat))
    await chat.text("You have 1.5 now")
    await alice.private.send(f"/admin refund {back}")
    await chat.text("You got 50 ⭐ back")
    kept = await pay(sandbox, chat, await invoice(chat, "for 200"))
    await chat.text("You have 5.5 now")
    file = json.loads(await chat.data(await chat.document(to=await chat.send("/export"))))
    assert file["credits"] == {"bought": 5, "free_today": 0.5, "reserved": 0}
    told = [(one["charge"], one["stars"], one["credits"], one.get("refund")) for one in file["payments"]]
    assert told == [(back, 50, 1, "made"), (kept, 200, 5, None)]
    theirs = boris.private
    await theirs.text("Выгружать пока нечего", to=await theirs.send("/export"))


@pytest.mark.usefixtures("bot")
async def test_somebody_elses_invoice_is_not_paid(chat: ChatClient, boris: Person, sandbox: SandboxServer) -> None:
    bill = await invoice(chat)
    copied = Message(0, GROUP, sandbox.state.bot.id, 0, invoice_payload=bill.invoice_payload, extra=bill.extra)
    sandbox.state.number(sandbox.state.chats[GROUP], copied)
    sandbox.state.chats[GROUP].keep(copied)
    with pytest.raises(Refused, match="другому человеку"):
        await sandbox.payers.pay(BORIS, GROUP, copied.id)


@pytest.mark.usefixtures("bot")
async def test_a_payment_for_nothing_that_is_known_is_kept_and_looked_at(
    chat: ChatClient, alice: Person, sandbox: SandboxServer, tmp_path: Path
) -> None:
    for client in (chat, alice.private):
        await client.text("Hello", to=await client.send("/start"))
    charge = sandbox.payers._paid(YOU, chat.record, "somebody's own invoice", 30, told=True)
    await chat.text("30 ⭐", "don't know what for")
    theirs = alice.private
    await theirs.text("something I don't know", charge)
    assert (await books(tmp_path)).unclear == 1
    await theirs.send(f"/admin refund {charge}")
    await chat.text("You got 30 ⭐ back")
    assert (await books(tmp_path)).unclear == 0


@pytest.mark.usefixtures("bot")
async def test_a_subscription_and_its_renewals(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    url = await subscription_link(chat)
    await sandbox.payers.pay_link(YOU, url)
    await chat.text("Your subscription added 2.5 credits", "You have 3 now")
    assert "subscription is paid until" in (await chat.text("Your credits: 3", to=await chat.send("/balance"))).text
    with pytest.raises(Refused, match="already have this subscription"):
        await sandbox.payers.pay_link(YOU, url)
    sandbox.payers.renew(YOU, url)
    await chat.text("You have 5.5 now")
    assert (await books(tmp_path)).bought == 5_000_000


@pytest.mark.usefixtures("bot")
async def test_a_refund_of_a_renewal_ends_the_subscription(
    chat: ChatClient, alice: Person, sandbox: SandboxServer
) -> None:
    """Telegram knows it by its first payment."""
    url = await subscription_link(chat)
    first = await sandbox.payers.pay_link(YOU, url)
    await chat.text("You have 3 now")
    renewal = sandbox.payers.renew(YOU, url)
    await chat.text("You have 5.5 now")
    theirs = alice.private
    await theirs.press("Refund", on=await theirs.text("bought", to=await theirs.send(f"/admin {YOU}")))
    await theirs.press("Yes, refund", on=await theirs.text("The subscription ends with it"))
    await theirs.text("were refunded to")
    asked = [call for call in sandbox.calls if call.method in {"editUserStarSubscription", "refundStarPayment"}]
    told = [(call.method, call.params["telegram_payment_charge_id"]) for call in asked]
    assert told == [("editUserStarSubscription", first), ("refundStarPayment", renewal)]
    assert sandbox.state.ended_subscriptions == [first]
    with pytest.raises(Refused, match="was ended"):
        sandbox.payers.renew(YOU, url)


@pytest.mark.usefixtures("bot")
async def test_a_refund_waits_until_telegram_has_ended_the_subscription_and_goes_on_where_it_refuses(
    chat: ChatClient, alice: Person, sandbox: SandboxServer
) -> None:
    url = await subscription_link(chat)
    charge = await sandbox.payers.pay_link(YOU, url)
    await chat.text("You have 3 now")
    away = sandbox.faults.refuse("editUserStarSubscription", ApiError(500, "Internal Server Error"), times=None)
    theirs = alice.private
    await theirs.send(f"/admin refund {charge}")
    await theirs.text("can't be refunded yet")
    assert not any(call.method == "refundStarPayment" for call in sandbox.calls)
    sandbox.faults.rules.remove(away)
    sandbox.faults.refuse("editUserStarSubscription", bad("CHARGE_ID_INVALID"), times=None)
    await theirs.text("were refunded to")


@pytest.mark.usefixtures("bot")
async def test_the_commands_are_shown_in_private_chats(chat: ChatClient, sandbox: SandboxServer) -> None:
    async with asyncio.timeout(10):
        while "all_private_chats:en" not in sandbox.state.bot.commands:
            await sandbox.box.events.wait()
    shown = [command["command"] for command in menus(sandbox.state, "en", YOU)["private"]]
    assert {"balance", "buy", "paysupport", "terms"} <= set(shown)
    assert "buy" not in [command["command"] for command in menus(sandbox.state, "en", YOU)["group"]]


@pytest.mark.usefixtures("bot")
async def test_payments_are_answered_while_a_chat_is_busy(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not behind the updates of whoever pays, which are handled one after the other."""
    monkeypatch.setattr("bot.telegram.updates.media_groups.QUIET", 600.0)
    bill = await invoice(chat)
    await chat.album([sample_photo(), sample_photo()], "/imagine these")  # waits for the rest of the album
    for number in range(20):
        await chat.send(f"/imagine fox {number} --model dear")
    async with asyncio.timeout(60):
        await pay(sandbox, chat, bill)
