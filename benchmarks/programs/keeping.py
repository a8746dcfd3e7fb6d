"""The floor that keeps: the floor's calls, and the least of what the bot promises beside them.

The picture is decoded before anybody believes it, and what happens is written to SQLite before anybody is told: eight
writes a request and the picture itself, by `sqlite3` in one thread, which commits all that has come meanwhile at once.
No framework, no limits, no retries, no checks of what is read, and nothing that takes up what a crash has left.
"""

import asyncio
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import aiohttp
from floor import call, generate, placeholder, serve, show
from PIL import Image

DATABASE = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
# As storage/sqlite/engine.py has them, which would bring SQLAlchemy along.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=FAST", "wal_autocheckpoint=4000")
STATE = "UPDATE requests SET state = ? WHERE id = ?"
Statement = tuple[str, Sequence[object]]


class Store:
    """`write` returns after the commit."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[Sequence[Statement], asyncio.Future[None]]] = deque()
        self._woken = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    async def write(self, *statements: Statement) -> None:
        done = self._loop.create_future()
        self._waiting.append((statements, done))
        self._woken.set()
        await done

    def _work(self) -> None:
        connection = sqlite3.connect(DATABASE, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE requests (id INTEGER PRIMARY KEY, state TEXT, message INTEGER, prompt TEXT)")
        connection.execute("CREATE TABLE pictures (id INTEGER PRIMARY KEY, data BLOB)")
        while self._woken.wait():
            self._woken.clear()
            group = [self._waiting.popleft() for _ in range(len(self._waiting))]
            connection.execute("BEGIN IMMEDIATE")
            for statements, _ in group:
                for sql, values in statements:
                    connection.execute(sql, values)
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [done for _, done in group])


def _tell(group: list[asyncio.Future[None]]) -> None:
    for done in group:
        done.set_result(None)


async def main() -> None:
    store = Store()

    async def draw(session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        message, number = update["message"], update["update_id"]
        chat, prompt = message["chat"]["id"], message["text"].removeprefix("/imagine ")
        await accept(store, number, prompt)
        shown = (await call(session, "sendMessage", placeholder(message, prompt)))["message_id"]
        await begin(store, number, shown)
        picture = await generate(session, prompt, chat, shown)
        await keep(store, number, picture)
        await show(session, chat, shown, prompt, picture)
        await end(store, number)

    await serve(draw)


async def accept(store: Store, number: int, prompt: str) -> None:
    await store.write(("INSERT INTO requests VALUES (?, 'waiting', NULL, ?)", (number, prompt)))
    await store.write((STATE, ("sending", number)))


async def begin(store: Store, number: int, shown: int) -> None:
    await store.write(("UPDATE requests SET state = 'known', message = ? WHERE id = ?", (shown, number)))
    await store.write((STATE, ("drawing", number)))


async def keep(store: Store, number: int, picture: bytes) -> None:
    await asyncio.to_thread(_decode, picture)
    await store.write(("INSERT INTO pictures VALUES (?, ?)", (number, picture)), (STATE, ("drawn", number)))
    await store.write((STATE, ("claimed", number)))


async def end(store: Store, number: int) -> None:
    await store.write(("DELETE FROM pictures WHERE id = ?", (number,)), (STATE, ("delivered", number)))


def _decode(picture: bytes) -> None:
    with Image.open(BytesIO(picture)) as image:
        image.draft("RGB", (128, 128))
        image.load()


if __name__ == "__main__":
    asyncio.run(main())
