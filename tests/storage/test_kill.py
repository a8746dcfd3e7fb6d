"""What returned before a SIGKILL is there afterwards, and nothing is there by half."""

import asyncio
import signal
import subprocess
import sys
import uuid

import pytest

from storage import Database
from storage.postgres.server import Server
from tests.storage.stage import Clock

WRITER = """
import asyncio, datetime, sys
from storage import Database
from storage.records import Limits, NewPicture, NewRequest

async def one(db, writer):
    number = 0
    while True:
        number += 1
        async with db.transaction() as unit:
            request, (draw,), _ = await unit.requests.accept(NewRequest(
                source=f"{writer}:{number}", chat_id=writer, requester_id=writer, prompt="a fox", model="sketch",
                seeds=(number,), language="en", asked_at=datetime.datetime.now(datetime.UTC)))
        async with db.transaction() as unit:
            started = await unit.draws.admit(Limits(total=10**6, per_user=10**6))
            for draw, _ in started:
                await unit.draws.drawn(draw.id, draw.attempt, [NewPicture(bytes(50_000), "image/png", 1, 1)])
        print(f"{writer}:{number}", flush=True)

async def main():
    db = await Database.open(sys.argv[1], clock_now=lambda: datetime.datetime.now(datetime.UTC))
    await asyncio.gather(*(one(db, writer) for writer in range(1, 9)))

asyncio.run(main())
"""


def killed_after(returned: int, url: str) -> list[str]:
    """What a process reported as written until it was killed, some time after that many."""
    with subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        sources = [writer.stdout.readline().strip() for _ in range(returned)]
        writer.send_signal(signal.SIGKILL)
        return sources + writer.stdout.read().split()


async def gone(url: str, name: str) -> None:
    """Returns when PostgreSQL has noticed that the process of that name is dead: what it had sent may still be
    committed until then."""
    connection = await Server(url).connect()
    sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1"
    async with asyncio.timeout(60):
        while await connection.fetchval(sessions, name):  # noqa: ASYNC110 - of the server, which sets no event here
            await asyncio.sleep(0.01)
    await connection.close()


@pytest.mark.parametrize("returned", [1, 40])
async def test_what_returned_before_the_kill_is_there(database_url: str, clock: Clock, returned: int) -> None:
    if database_url.startswith("postgresql"):
        name = uuid.uuid4().hex
        sources = await asyncio.to_thread(killed_after, returned, f"{database_url}&application_name={name}")
        await gone(database_url, name)
    else:
        sources = await asyncio.to_thread(killed_after, returned, database_url)
    db = await Database.open(database_url, clock_now=clock.now)
    async with db.transaction() as unit:
        await unit.draws.recover()
        found = {request.source: request for request in await unit.requests.unfinished()}
        for source in sources:
            assert found[source].state == "drawn"
        for request in found.values():
            pictures = await unit.pictures.of_request(request.id)
            assert len(pictures) == (request.state == "drawn")
            for picture in pictures:
                assert await unit.pictures.bytes(picture.id) == bytes(50_000)
    await db.close()
