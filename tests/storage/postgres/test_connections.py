"""How many connections a process has: as many as its draws need, and never so many that no other process gets one."""

import asyncio
from datetime import UTC, datetime

import pytest

from storage import Database

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")


@pytest.mark.parametrize(("draws", "connections"), [(0, 10), (100, 20), (1000, 40)])
async def test_connections_follow_the_draws(postgresql_url: str, draws: int, connections: int) -> None:
    """So many transactions are open at once; one more begins when one of them has ended."""
    database = await Database.open(postgresql_url, clock_now=lambda: datetime.now(UTC), draws=draws)
    inside, full, go_on = 0, asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        nonlocal inside
        async with database.transaction() as unit:
            await unit.shared_secrets.agree("a name", "a secret")
            inside += 1

    async def look() -> None:
        nonlocal inside
        async with database.read() as unit:
            await unit.requests.get(1)
            inside += 1
            if inside == connections:
                full.set()
            await go_on.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(look())
        await asyncio.wait_for(full.wait(), 60)
        late = group.create_task(hold())
        await asyncio.wait({late}, timeout=0.2)
        assert inside == connections
        go_on.set()
    assert inside == connections + 1
    await database.close()
