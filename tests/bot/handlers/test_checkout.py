"""The answer before a payment: within Telegram's ten seconds, whatever the database does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.config import fixed_settings
from bot.credit_plan import NOTHING_SOLD
from bot.handlers.credits import checkout
from bot.handlers.credits.checkout import Checkouts
from bot.handlers.credits.shop import Shop
from bot.texts.fluent import Texts
from storage import Database, StorageUnavailable, Unit
from storage.records import Ban, OfferKind
from tests.clock import FakeClock
from tests.databases import furnish

PERSON = 42


class Calls:
    """What is answered."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str | None]] = []

    async def answer_checkout(self, query_id: str, refusal: str | None, *, seconds: int) -> None:
        assert seconds <= 5
        self.answers.append((query_id, refusal))


class Stuck:
    """A database that answers nothing, or that it is away."""

    def __init__(self, *, away: bool) -> None:
        self.away = away

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        if self.away:
            raise StorageUnavailable("away")
        await asyncio.Event().wait()
        yield  # type: ignore[misc] # it never comes so far


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(furnish(tmp_path / "imagine.db"), clock_now=FakeClock().now)
    yield opened
    await opened.close()


def checkouts(db: Any, calls: Any, *, sells: bool = True) -> Checkouts:
    plan = fixed_settings(credits="50:1" if sells else "", admin_ids="1").credit_plan or NOTHING_SOLD
    clock = FakeClock()
    shop = Shop(db, None, calls, plan, clock, frozenset({1}))  # type: ignore[arg-type] # it asks no bot for this
    return Checkouts(db, calls, Texts.load(strict=True), clock, shop, frozenset({1}))


def query(offer_id: int, **changed: object) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "id": "q",
        "from": {"id": PERSON, "is_bot": False, "first_name": "You", "language_code": "en"},
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": f"credits:{offer_id}",
    }
    return asked | changed


async def offered(db: Database, stars: int = 50, amount: int = 1_000_000) -> int:
    async with db.transaction() as unit:
        return (await unit.credits.offer(PERSON, OfferKind.PACK, stars, amount)).id


async def test_whoever_was_offered_it_may_pay(db: Database) -> None:
    calls = Calls()
    await checkouts(db, calls).answer(query(await offered(db)))
    assert calls.answers == [("q", None)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"total_amount": 49}, "no longer available"),
        ({"total_amount": "50"}, "no longer available"),
        ({"currency": "USD"}, "no longer available"),
        ({"invoice_payload": "credits:999"}, "no longer available"),
        ({"invoice_payload": "credits:-1"}, "no longer available"),
        ({"invoice_payload": None}, "no longer available"),
        ({"from": {"id": 43}}, "for someone else"),
        ({"from": {"id": PERSON, "language_code": 5}, "total_amount": 1}, "no longer available"),
    ],
)
async def test_nobody_pays_for_anything_else(db: Database, changed: dict[str, object], said: str) -> None:
    calls = Calls()
    await checkouts(db, calls).answer(query(await offered(db)) | changed)
    ((_, refusal),) = calls.answers
    assert refusal is not None
    assert said in refusal


async def test_what_is_not_sold_any_more_and_by_nobody_is_refused(db: Database) -> None:
    calls = Calls()
    await checkouts(db, calls).answer(query(await offered(db, stars=60), total_amount=60))
    await checkouts(db, calls, sells=False).answer(query(await offered(db)))
    assert all(refusal is not None and "no longer" in refusal for _, refusal in calls.answers)
    assert len(calls.answers) == 2


async def test_a_ban_holds_here_as_well(db: Database) -> None:
    calls, offer = Calls(), await offered(db)
    async with db.transaction() as unit:
        await unit.moderation.ban(PERSON, Ban())
    await checkouts(db, calls).answer(query(offer))
    assert "can't use this bot" in (calls.answers[0][1] or "")


@pytest.mark.parametrize("away", [True, False])
async def test_a_database_that_does_not_answer_takes_no_payment(away: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "LOOK", 0.05)
    calls = Calls()
    async with asyncio.timeout(5):
        await checkouts(Stuck(away=away), calls).answer(query(1))
    assert "can't take payments right now" in (calls.answers[0][1] or "")


async def test_what_cannot_be_read_is_not_answered(db: Database) -> None:
    calls = Calls()
    for broken in ({}, {"id": 5}, {"id": "q"}, {"id": "q", "from": {}}, {"id": "q", "from": {"id": "42"}}):
        await checkouts(db, calls).answer(broken)
    assert calls.answers == []


def test_both_halves_are_within_ten_seconds() -> None:
    assert checkout.LOOK + checkout.ANSWER < 10
