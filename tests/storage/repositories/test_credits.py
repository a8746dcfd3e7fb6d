"""Credits: what is reserved, spent, given back, bought and refunded always sums to zero, and nothing is moved twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Executable

from storage import Database
from storage.records import (
    Balance,
    CreditAccount,
    Detour,
    Draw,
    NewDraw,
    NewPayment,
    Offer,
    OfferKind,
    Payment,
    PaymentState,
    Request,
    RequestState,
)
from storage.repositories.requests import Requests
from storage.statements.connection import Values
from storage.statements.prepared import Prepared, Rows
from tests.storage.stage import PICTURE, Clock, admit, ask, end

FREE = 100
PERSON, OPERATOR = 7, 1


async def balance(db: Database, person: int = PERSON, *, free: int = FREE) -> Balance:
    async with db.read() as unit:
        return await unit.credits.balance(person, free=free)


async def balanced(db: Database) -> dict[CreditAccount, int]:
    async with db.read() as unit:
        report = await unit.credits.report()
    assert report.balances, report
    return report.accounts


async def offered(db: Database, *, stars: int = 50, amount: int = 500, kind: OfferKind = OfferKind.PACK) -> Offer:
    async with db.transaction() as unit:
        return await unit.credits.offer(PERSON, kind, stars, amount)


async def paid(db: Database, charge: str = "charge", *, stars: int = 50, person: int = PERSON) -> Payment | None:
    offer = await offered(db)
    async with db.transaction() as unit:
        return await unit.credits.pay(NewPayment(charge, person, stars, offer.id))


async def held(db: Database, *costs: int, person: int = PERSON) -> tuple[Request, list[Draw], Balance | None]:
    """A request with a draw of each cost, reserved in a transaction of its own."""
    request, draws = await ask(db, requester_id=person, seeds=tuple(range(1, len(costs) + 1)))
    by_id = {draw.id: cost for draw, cost in zip(draws, costs, strict=True)}
    async with db.transaction() as unit:
        return request, draws, await unit.credits.hold(person, request.id, by_id, free=FREE)


async def finish(db: Database, request: Request, state: RequestState) -> bool:
    async with db.transaction() as unit:
        return await unit.requests.finish(request.id, state)


async def test_who_has_nothing_has_the_free_credits_of_the_day(db: Database) -> None:
    assert await balance(db) == Balance(0, FREE, 0)
    assert await balance(db, free=0) == Balance()
    assert not any((await balanced(db)).values())


async def test_what_is_delivered_is_spent_free_credits_first(db: Database) -> None:
    await paid(db)
    request, draws, lacking = await held(db, 80, 90)
    assert lacking is None
    assert await balance(db) == Balance(430, 0, 170)
    await admit(db)
    for draw in draws:
        await end(db, draw.id)
    assert await balance(db) == Balance(430, 0, 170)
    assert await finish(db, request, RequestState.DELIVERED)
    assert not await finish(db, request, RequestState.DELIVERED)
    assert await balance(db) == Balance(430, 0, 0)
    assert (await balanced(db))[CreditAccount.SPENT] == 170


@pytest.mark.parametrize("state", [RequestState.FAILED, RequestState.CANCELLED, RequestState.UNDELIVERABLE])
async def test_whoever_gets_no_picture_has_it_all_back(db: Database, state: RequestState) -> None:
    await paid(db)
    request, _, _ = await held(db, 80, 90)
    assert await finish(db, request, state)
    assert await balance(db) == Balance(500, FREE, 0)
    assert (await balanced(db))[CreditAccount.SPENT] == 0


async def test_a_cancellation_gives_it_back(db: Database) -> None:
    request, _, _ = await held(db, 80)
    async with db.transaction() as unit:
        assert await unit.requests.cancel(request.id, attempt=0)
    assert await balance(db) == Balance(0, FREE, 0)
    await balanced(db)


async def test_of_several_those_that_failed_are_given_back(db: Database) -> None:
    request, (first, second), _ = await held(db, 40, 30)
    await admit(db)
    await end(db, first.id)
    await end(db, second.id, [])
    await finish(db, request, RequestState.DELIVERED)
    assert await balance(db) == Balance(0, FREE - 40, 0)
    await balanced(db)


async def test_a_run_that_gave_fewer_pictures_costs_less(db: Database) -> None:
    request, (draw,), _ = await held(db, 80)
    async with db.transaction() as unit:  # as if the run had been asked for four
        from sqlalchemy import update

        from storage.statements.tables import draws

        await unit._statements.execute(update(draws).values(count=4))
    await admit(db)
    await end(db, draw.id, [PICTURE, PICTURE, PICTURE])
    await finish(db, request, RequestState.DELIVERED)
    assert await balance(db) == Balance(0, FREE - 60, 0)
    await balanced(db)


async def test_too_little_reserves_nothing(db: Database) -> None:
    _, _, lacking = await held(db, 60, 60)
    assert lacking == Balance(0, FREE, 0)
    assert await balance(db) == Balance(0, FREE, 0)
    assert not any((await balanced(db)).values())


async def test_free_credits_come_anew_each_day_and_do_not_pile_up(db: Database, clock: Clock) -> None:
    request, _, _ = await held(db, 70)
    assert (await balance(db)).free == 30
    clock.advance(86_400)
    assert (await balance(db)).free == FREE
    await finish(db, request, RequestState.FAILED)  # yesterday's come back
    assert (await balance(db)).free == FREE


async def test_a_cheaper_model_costs_less_and_a_dearer_one_no_more(db: Database) -> None:
    await paid(db)
    request, (draw,), _ = await held(db, 180)
    for attempt, (cost, remains) in enumerate(((500, 180), (120, 120), (60, 60), (100, 60)), start=1):
        await admit(db)
        async with db.transaction() as unit:
            assert await unit.draws.reroute(draw.id, attempt, "other", [Detour("sketch", "quota")], cost=cost)
        assert (await balance(db)).held == remains
    assert await balance(db) == Balance(500, 40, 60)
    await finish(db, request, RequestState.CANCELLED)
    assert await balance(db) == Balance(500, FREE, 0)
    await balanced(db)


async def test_what_is_held_for_a_run_is_shared_by_the_draws_that_it_becomes(db: Database) -> None:
    """And those that bring no picture cost nothing."""
    await paid(db)
    request, (draw,) = await ask(db, requester_id=PERSON, draws=(NewDraw("batch", 1, count=4),))
    async with db.transaction() as unit:
        assert await unit.credits.hold(PERSON, request.id, {draw.id: 200}, free=FREE) is None
    await admit(db)
    async with db.transaction() as unit:
        made = await unit.draws.reroute(draw.id, 1, "single", [Detour("batch", "quota")], cost=40, run=1)
    assert len(made) == 4
    assert await balance(db) == Balance(440, 0, 160)
    *good, bad = await admit(db)
    async with db.transaction() as unit:
        for one in good:
            await unit.draws.drawn(one.id, one.attempt, [PICTURE])
        await unit.draws.failed(bad.id, bad.attempt, "unavailable")
    await finish(db, request, RequestState.DELIVERED)
    assert await balance(db) == Balance(480, 0, 0)
    await balanced(db)


async def test_a_charge_is_credited_once(db: Database) -> None:
    first = await paid(db)
    assert first is not None
    assert first.amount == 500
    assert first.state is PaymentState.CREDITED
    assert await paid(db) is None
    assert (await balance(db)).paid == 500
    assert await paid(db, "another") is not None
    assert (await balance(db)).paid == 1000
    await balanced(db)


async def test_an_offer_is_one_row_however_often_it_is_made(db: Database) -> None:
    assert await offered(db) == await offered(db)
    assert (await offered(db)).id != (await offered(db, stars=51)).id


@pytest.mark.parametrize("stars", [49, 51])
async def test_of_what_was_not_offered_the_stars_are_kept_and_no_credits_given(db: Database, stars: int) -> None:
    payment = await paid(db, stars=stars)
    assert payment is not None
    assert payment.amount == 0
    async with db.transaction() as unit:
        assert await unit.credits.pay(NewPayment("strange", PERSON, 50, None)) is not None
        assert await unit.credits.pay(NewPayment("gone", PERSON, 50, 12345)) is not None
    assert (await balance(db)).paid == 0
    async with db.read() as unit:
        assert (await unit.credits.report()).unclear == 3
    await balanced(db)


async def test_somebody_elses_invoice_credits_whoever_paid(db: Database) -> None:
    await paid(db, person=8)
    assert (await balance(db, 8)).paid == 500
    assert (await balance(db, PERSON)).paid == 0


async def test_a_refund_takes_the_credits_once(db: Database) -> None:
    payment = await paid(db)
    assert payment is not None
    for expected in (True, False):
        async with db.transaction() as unit:
            assert (await unit.credits.ask_refund(payment.id, OPERATOR) is not None) is expected
    assert (await balance(db)).paid == 0
    async with db.read() as unit:
        assert [one.id for one in await unit.credits.refunding()] == [payment.id]
    for expected in (True, False):
        async with db.transaction() as unit:
            assert (await unit.credits.refunded("charge") is not None) is expected
    async with db.transaction() as unit:
        assert await unit.credits.ask_refund(payment.id, OPERATOR) is None
        assert not await unit.credits.refunding()
    assert await paid(db) is None, "its update comes once more"
    assert (await balance(db)).paid == 0
    assert (await balanced(db))[CreditAccount.STARS] == 0


async def test_a_refund_that_telegram_made_by_itself_takes_them_too(db: Database) -> None:
    await paid(db)
    async with db.transaction() as unit:
        assert await unit.credits.refunded("charge") is not None
        assert await unit.credits.refunded("unknown") is None
    assert (await balance(db)).paid == 0
    await balanced(db)


async def test_a_refund_that_telegram_refuses_gives_the_credits_back_and_may_be_asked_again(db: Database) -> None:
    payment = await paid(db)
    assert payment is not None
    for _ in range(2):
        async with db.transaction() as unit:
            assert await unit.credits.ask_refund(payment.id, OPERATOR) is not None
        async with db.transaction() as unit:
            refused = await unit.credits.refund_refused(payment.id, "CHARGE_NOT_FOUND")
            assert refused is not None
            assert refused.refund_error == "CHARGE_NOT_FOUND"
            assert await unit.credits.refund_refused(payment.id, "CHARGE_NOT_FOUND") is None
        assert (await balance(db)).paid == 500
    await balanced(db)


async def test_spent_credits_that_are_refunded_are_owed_and_the_free_ones_stay(db: Database) -> None:
    payment = await paid(db)
    request, (draw,), _ = await held(db, 300)
    await admit(db)
    await end(db, draw.id)
    await finish(db, request, RequestState.DELIVERED)
    assert payment is not None
    async with db.transaction() as unit:
        await unit.credits.ask_refund(payment.id, OPERATOR)
    owed = await balance(db)
    assert owed == Balance(-200, 0, 0)
    assert owed.available == 0
    await paid(db, "next")
    assert (await balance(db)).paid == 300
    await balanced(db)


async def test_renewals_of_a_subscription_are_credited_each(db: Database) -> None:
    offer = await offered(db, kind=OfferKind.SUBSCRIPTION)
    ends = datetime(2026, 1, 31, tzinfo=UTC)
    for number in range(3):
        until = ends + timedelta(days=30 * number)
        for _ in range(2):
            async with db.transaction() as unit:
                await unit.credits.pay(NewPayment(f"renewal-{number}", PERSON, 50, offer.id, True, until))
    assert (await balance(db)).paid == 1500
    async with db.read() as unit:
        assert await unit.credits.subscribed_until(PERSON) == ends + timedelta(days=60)
        assert [one.recurring for one in await unit.credits.payments_of(PERSON, limit=2)] == [True, True]
    await balanced(db)


async def test_a_subscription_is_known_by_its_first_payment(db: Database, clock: Clock) -> None:
    """Not by that of one that ended before it."""
    offer, pack = await offered(db, kind=OfferKind.SUBSCRIPTION), await offered(db)
    for charge, days in (("old", 0), ("old-2", 30), ("new", 90), ("new-2", 30), ("new-3", 31)):
        clock.advance(days * 86_400)
        async with db.transaction() as unit:
            await unit.credits.pay(NewPayment(charge, PERSON, 50, offer.id, True))
            await unit.credits.pay(NewPayment(f"pack-{charge}", PERSON, 50, pack.id))

    async def charges(charge: str) -> list[str]:
        async with db.read() as unit:
            payment = await unit.credits.by_charge(charge)
            assert payment is not None
            return await unit.credits.subscription_charges(payment)

    assert [await charges(name) for name in ("old", "old-2", "new", "new-3", "pack-new-3")] == [
        ["old"],
        ["old", "old-2"],
        ["new"],
        ["new", "new-3"],
        [],
    ]
    async with db.transaction() as unit:
        await unit.credits.pay(NewPayment("strange", PERSON, 50, None, True))
    assert await charges("strange") == ["strange"]


async def test_what_is_reserved_for_a_request_that_is_gone_is_given_back(db: Database) -> None:
    request, _, _ = await held(db, 80)
    other, _, _ = await held(db, 10)
    async with db.transaction() as unit:
        assert await unit.credits.release_stranded() == 0
        while await unit.history.forget(PERSON, counted_since=None):
            pass
    del request, other
    async with db.read() as unit:
        assert (await unit.credits.report()).stranded == 2
    async with db.transaction() as unit:
        assert await unit.credits.release_stranded() == 2
    assert await balance(db) == Balance(0, FREE, 0)
    await balanced(db)


async def test_the_books_are_read_on_from_where_they_were_left(db: Database) -> None:
    for count in (0, 3, 250):
        async with db.transaction() as unit:
            await unit.credits.read_books(count)
        async with db.read() as unit:
            assert await unit.credits.books_read() == count


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_nothing_is_reserved_the_end_of_a_request_asks_nothing_more(db: Database, clock: Clock) -> None:
    said: list[str] = []

    async def asked_to_settle(request: Request) -> bool:
        said.clear()
        async with db.transaction() as unit:
            raw = unit._statements

            class Heard(type(raw)):  # type: ignore[misc] # whatever statements are
                def __init__(self) -> None:
                    self.dialect = raw.dialect

                async def execute(self, statement: Executable | Prepared, values: Values | None = None) -> Rows:
                    said.append(str(statement.statement("sqlite") if isinstance(statement, Prepared) else statement))
                    return await raw.execute(statement, values)

            assert await Requests(Heard(), clock.now).cancel(request.id, attempt=0)
        return any("DELETE FROM credit_holds" in statement for statement in said)

    request, _ = await ask(db)
    assert not await asked_to_settle(request)
    paid_for, _, _ = await held(db, 80)
    assert await asked_to_settle(paid_for)
    assert await balance(db) == Balance(0, FREE, 0)
