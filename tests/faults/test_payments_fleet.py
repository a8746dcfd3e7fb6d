"""Payments where several processes share one PostgreSQL: each is killed at a boundary, and the next one goes on.

The boundaries are those at which another process has to take over what a single one finds at its start: the update of a
payment, a refund that is asked for, one that Telegram has made and nobody has noted, and the end of a picture that is
shown and not paid for yet. What must be so afterwards is what `test_payments.py` says.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.faults import ConnectionCut, Fault
from bot.sandbox.wire import Call
from storage.records import Balance
from tests.faults.fleet import Fleet, fleet
from tests.faults.killing import polled
from tests.faults.lives import Life
from tests.faults.test_payments import PACK, Market, Scene
from tests.postgres import postgresql_server

__all__ = ["postgresql_server"]


@pytest.fixture
async def here(lives: Path, tmp_path: Path, postgresql_server: str, one_fleet: None) -> AsyncIterator[Fleet]:
    async with fleet(lives, tmp_path / "fleet", postgresql_server) as made:
        yield made


async def test_each_process_is_killed_and_the_next_one_goes_on(here: Fleet) -> None:
    market = Market(here)
    here.settings = {"CREDITS": "50:1", "ADMIN_IDS": str(market.operator.id), "DAILY_COST": "0"}
    here.patience["bot.handlers.credits.star_keeper.LOOK_EVERY"] = 0.2
    models = here.folder / "models.toml"
    models.write_text(f"{models.read_text()}cost = 1\n")  # of the last entry: labs
    let_go = asyncio.Event()

    async def hook(name: str, _: int) -> None:
        if name == "labs.poll":
            await let_go.wait()

    here.hooks.append(hook)

    # The payment is paid for, and its update lost with the process that had it.
    first = await begun(here, ("credits.pay", "before", 1))
    second = await begun(here, ("credits.ask_refund", "after", 1))
    refunded = await market.buy()
    await killed(here, first)
    await market.told(market.buyer, "Credits added")

    # The credits are taken back, and Telegram is not asked yet.
    third = await begun(here, ("requests.finish:delivered", "before", 1))
    market.say(market.operator, f"/admin refund {refunded}")
    await killed(here, second)
    await booked(here, "select 1 from payments where state = 'refunded'")

    # The picture is shown, and what was reserved for it not spent.
    await market.buy()
    await booked(here, "select 1 from payments where state = 'credited'")
    wish = here.ask(market.buyer, "labs")
    async with asyncio.timeout(60):
        await polled(lambda: bool(here.backend.submissions()[wish.number] and here.placeholder(wish)))
    fourth = await begun(here)
    let_go.set()
    await killed(here, third)
    await booked(here, "select 1 from requests where state = 'delivered'")
    assert here.has_ended(wish)

    # Telegram has given the Stars back, and its answer is lost.
    fifth = await begun(here)
    kill_after(here, "refundStarPayment", fourth)
    (charge,) = [deal["id"] for deal in here.server.state.stars if deal["id"] != refunded and "source" in deal]
    market.say(market.operator, f"/admin refund {charge}")
    await killed(here, fourth)
    await booked(here, "select 1 from payments having count(*) filter (where state = 'refunded') = 2")

    await here.at_rest(60)
    assert await fifth.stop() == 0, here.story()
    # They have the picture and both payments back, so they owe what it cost.
    await market.check(Scene(_nobody, Balance(-PACK, 0, 0), spent=PACK, refunded=2))


async def begun(here: Fleet, die: tuple[str, str, int] | None = None) -> Life:
    """A process that receives and draws; the first of them leads, any other takes over."""
    life = await here.begin(die)
    await life.said("polling, postgresql" if len(here.lives) > 1 else "this process leads")
    return life


async def killed(here: Fleet, life: Life) -> None:
    assert await life.exit() == -9, here.story()


async def booked(here: Fleet, query: str) -> None:
    try:
        async with asyncio.timeout(60):
            while not await here.ask_books(query):  # noqa: ASYNC110 - nothing outside tells of a commit
                await asyncio.sleep(0.05)
    except TimeoutError:
        here.fail(f"the books never said: {query}")


def kill_after(here: Fleet, method: str, life: Life) -> None:
    async def kill(_: Call) -> None:
        await life.kill()
        raise ConnectionCut

    here.server.faults.add(Fault(method, after=kill))


async def _nobody(_: Market) -> None:
    """People do something all along here."""
