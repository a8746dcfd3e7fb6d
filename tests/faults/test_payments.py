"""Every step of a payment, a refund and a draw that costs credits, with a SIGKILL before it and after it.

Whatever the next life finds: each payment that Telegram has is credited once, each refund is made once, whoever gets a
picture has paid for it once, whoever gets none has paid nothing, and the ledger balances.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field

import pytest

from bot.sandbox import payers
from bot.sandbox.people import Refused
from bot.sandbox.state import Message, Person
from storage import Database
from storage.records import Balance, CreditAccount, PaymentState
from tests.clock import FakeClock
from tests.faults.backend import Answer
from tests.faults.judging import Seen
from tests.faults.killing import polled
from tests.faults.lives import DEADLINE
from tests.faults.world import World

PACK, STARS = 1_000_000, 50


@dataclass(frozen=True)
class Row:
    """A commit of that kind, or a call to Telegram (`call`)."""

    scene: str
    moment: str
    kind: str
    call: bool = False
    number: int = 1

    def __str__(self) -> str:
        return f"{self.scene}: {self.moment} {self.kind}{f' {self.number}' if self.number > 1 else ''}"


def both(scene: str, *kinds: str, call: bool = False, number: int = 1) -> list[Row]:
    return [Row(scene, moment, kind, call, number) for kind in kinds for moment in ("before", "after")]


TABLE = [
    *both("payment", "credits.offer"),
    *both("payment", "sendInvoice", call=True),
    *both("payment", "answerPreCheckoutQuery", call=True),
    *both("payment", "credits.pay"),
    *both("payment", "inbox.remove", number=3),
    *both("webhook", "credits.pay"),
    *both("lost update", "getStarTransactions", call=True),
    *both("lost update", "credits.read_books"),
    *both("refund", "credits.ask_refund", "credits.refunded"),
    *both("refund", "refundStarPayment", call=True),
    *both("refused refund", "credits.refund_refused"),
    *both("draw", "credits.hold", "requests.finish:delivered"),
    *both("failure", "requests.finish:failed"),
    *both("cancellation", "requests.cancel"),
]


@dataclass
class Scene:
    """People do `act` through all lives, and have `expected` afterwards, in millionths. `settings` of the bot."""

    act: Callable[["Market"], Coroutine[None, None, None]]
    expected: Balance
    spent: int = 0
    refunded: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that is killed answers no question, and they try again."""
    monkeypatch.setattr(payers, "CHECKOUT_SECONDS", 3.0)


@pytest.mark.parametrize("row", TABLE, ids=str)
async def test_killed(here: World, row: Row) -> None:
    scene, market = SCENES[row.scene], Market(here)
    here.settings = {"CREDITS": "50:1", "ADMIN_IDS": str(market.operator.id), "DAILY_COST": "0", **scene.settings}
    here.patience |= {
        "bot.handlers.credits.star_keeper.YOUNG": 0.0,
        "bot.handlers.credits.star_keeper.LOOK_EVERY": 0.2,
        "bot.handlers.credits.star_keeper.BOOKS_EVERY": 0.5 if row.scene == "lost update" else 3600.0,
    }
    models = here.folder / "models.toml"
    models.write_text(f"{models.read_text()}cost = 1\n")  # of the last entry: labs
    if row.scene == "webhook":
        here.use_webhook()
    if row.call:
        here.at_call(row.kind, row.moment, skip=row.number - 1)
        await here.begin()
    else:
        await here.begin((row.kind, row.moment, row.number))
    people = asyncio.create_task(scene.act(market))
    try:
        await here.killed()
        here.forget_kills()
        await here.begin()
        async with asyncio.timeout(DEADLINE):
            await people
            await polled(lambda: here.speaks() and not here.unfinished())
        assert await here.life.stop() == 0, here.story()
    finally:
        people.cancel()
    await market.check(scene)


async def test_the_program_itself_sells_and_refunds(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With aiogram imported as `python -m bot` does it. Nobody kills it, so nobody tries again."""
    monkeypatch.setattr(payers, "CHECKOUT_SECONDS", 60.0)
    market = Market(here)
    here.settings = {"CREDITS": "50:1", "CREDIT_SUBSCRIPTION": "100:2", "ADMIN_IDS": str(market.operator.id)}
    await here.begin(for_real=True)
    market.say(market.operator, "/start")
    charge = await market.buy()
    await market.told(market.buyer, "Credits added")
    shop = await market.seen(market.buyer, lambda message: _data(message, "bp:100") is not None)
    here.server.people.press(market.buyer.id, market.buyer.id, shop.id, _data(shop, "bp:100") or "")
    offer = await market.seen(market.buyer, lambda message: "t.me/$" in str(message.keyboard))
    url = str((offer.keyboard or {})["inline_keyboard"][0][0]["url"])
    await here.server.payers.pay_link(market.buyer.id, url)
    await market.told(market.buyer, "subscription added")
    market.say(market.operator, f"/admin refund {charge}")
    await market.told(market.operator, "were refunded")
    await market.told(market.buyer, "back")
    assert await here.life.stop() == 0, here.story()
    await market.check(Scene(_payment, Balance(2 * PACK, 0, 0), refunded=1))


class Market:
    """Somebody who buys, and somebody who looks after it."""

    def __init__(self, here: World) -> None:
        self.here = here
        self.buyer = here.newcomer("Buyer")
        self.operator = here.newcomer("Operator")

    # What they do

    async def buy(self, *, told: bool = True) -> str:
        """As often as it takes, for a bot that is killed may leave a payment unanswered; then nothing is paid."""
        self.say(self.buyer, "/buy")
        shop = await self.seen(self.buyer, lambda message: _data(message, "bp:") is not None)
        self.here.server.people.press(self.buyer.id, self.buyer.id, shop.id, _data(shop, "bp:") or "")
        while True:
            bill = await self.seen(
                self.buyer, lambda message: message.invoice_payload is not None and message.receipt is None
            )
            try:
                return await self.here.server.payers.pay(self.buyer.id, self.buyer.id, bill.id, told=told)
            except Refused as refused:
                if "in time" not in str(refused):
                    raise
                await polled(lambda: not self.here.life.ended)  # the next one is there; or this one was only slow

    def say(self, person: Person, words: str) -> None:
        self.here.server.people.send(person.id, person.id, words)

    async def seen(self, person: Person, test: Callable[[Message], bool]) -> Message:
        """A message of the bot's to them."""
        chat = self.here.server.state.chats[person.id]

        def look() -> Message | None:
            bot_id = self.here.server.state.bot.id
            return next((m for m in chat.messages.values() if m.sender_id == bot_id and test(m)), None)

        found: Message = await self.here.until(look, "a message")
        return found

    async def told(self, person: Person, words: str) -> None:
        await self.seen(person, lambda message: words in message.text)

    # What came of it

    async def check(self, scene: Scene) -> None:
        here = self.here
        db = await Database.open(here.books_url, clock_now=FakeClock().now, migrate=False)
        try:
            async with db.read() as unit:
                report = await unit.credits.report()
                has = await unit.credits.balance(self.buyer.id, free=0)
                payments = await unit.credits.payments_of(self.buyer.id, limit=100)
        finally:
            await db.close()
        story = f"{report}\n{here.story()}"
        assert report.balances, story
        assert (report.holds, report.stranded, report.unclear) == (0, 0, 0), story
        assert (has, report.accounts[CreditAccount.SPENT]) == (scene.expected, scene.spent), story
        stars = here.server.state.stars
        assert {payment.charge_id for payment in payments} == {deal["id"] for deal in stars}, story
        refunded = [payment for payment in payments if payment.state is PaymentState.REFUNDED]
        assert len(refunded) == sum("receiver" in deal for deal in stars) == scene.refunded, story


def _data(message: Message, prefix: str) -> str | None:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    found = (str(button["callback_data"]) for row in rows for button in row if "callback_data" in button)
    return next((data for data in found if data.startswith(prefix)), None)


async def _payment(market: Market) -> None:
    await market.buy()
    await market.told(market.buyer, "Credits added")


async def _lost_update(market: Market) -> None:
    await market.buy(told=False)
    # Whether it is told of depends on when the bot was killed; that it is credited does not.
    await polled(lambda: len(market.here.lives) >= 2 and _booked(market.here) == 1)


async def _refund(market: Market) -> None:
    charge = await market.buy()
    market.say(market.operator, f"/admin refund {charge}")
    # Likewise: the refund is made once, and told once or, killed in between, not at all.
    await polled(lambda: len(market.here.lives) >= 2 and _refunds(market.here) == 1)


async def _refused_refund(market: Market) -> None:
    charge = await market.buy()
    await market.told(market.buyer, "Credits added")
    deals, market.here.server.state.stars = list(market.here.server.state.stars), []
    market.say(market.operator, f"/admin refund {charge}")
    await polled(lambda: len(market.here.lives) >= 2 and _refused(market.here))
    market.here.server.state.stars = deals


async def _draw(market: Market) -> None:
    await market.buy()
    await market.told(market.buyer, "Credits added")
    wish = market.here.ask(market.buyer, "labs")
    await market.here.until(lambda: market.here.has_ended(wish), "a picture")
    assert market.here.answers(wish)[-1][0] is Seen.PICTURE


async def _failure(market: Market) -> None:
    async def hook(name: str, _: int) -> None:
        if name == "labs.poll":
            raise Answer(body='{"status": "Error: NSFW content"}')

    market.here.hooks.append(hook)
    await market.buy()
    await market.told(market.buyer, "Credits added")
    wish = market.here.ask(market.buyer, "labs")
    await market.here.until(lambda: market.here.has_ended(wish), "a failure")


async def _cancellation(market: Market) -> None:
    async def hook(name: str, _: int) -> None:
        if name == "labs.poll":
            await market.here.lives[0].exit()

    market.here.hooks.append(hook)
    await market.buy()
    await market.told(market.buyer, "Credits added")
    wish = market.here.ask(market.buyer, "labs")
    await market.here.until(lambda: market.here.placeholder(wish) and market.here.knows_placeholder(wish), "it")
    market.say(market.buyer, "/cancel")
    await market.here.until(lambda: market.here.has_ended(wish), "a cancellation")
    assert market.here.answers(wish)[-1][0] is Seen.CANCELLED


def _count(here: World, statement: str) -> int:
    with here.books() as books:
        (found,) = books.execute(statement).fetchone()
    return int(found)


def _booked(here: World) -> int:
    return _count(here, "select count(*) from payments")


def _refunds(here: World) -> int:
    return _count(here, "select count(*) from payments where state = 'refunded'")


def _refused(here: World) -> bool:
    """For good: a command whose update was not removed before the kill is obeyed once more."""
    refused = _count(here, "select count(*) from payments where refund_error is not null and state = 'credited'")
    return refused == 1 and _count(here, "select count(*) from inbox") == 0


HAS_PACK = Balance(PACK, 0, 0)
SCENES = {
    "payment": Scene(_payment, HAS_PACK),
    "webhook": Scene(_payment, HAS_PACK),
    "lost update": Scene(_lost_update, HAS_PACK),
    "refund": Scene(_refund, Balance(), refunded=1),
    "refused refund": Scene(_refused_refund, HAS_PACK),
    "draw": Scene(_draw, Balance(), spent=PACK),
    "failure": Scene(_failure, HAS_PACK),
    "cancellation": Scene(_cancellation, HAS_PACK),
}
