"""Many processes of the bot on one PostgreSQL: a front that receives, workers that draw; killed, stopped and cut off.

The judge is that of a single process: it reads the chats. What is in doubt is noted whenever somebody is killed or
stopped, from the books, which the others keep meanwhile.
"""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg

from bot.sandbox import SandboxServer
from storage import Database
from tests.clock import FakeClock
from tests.faults.backend import Backend, backend
from tests.faults.judging import Verdict, Wish
from tests.faults.lives import DEADLINE, Life
from tests.faults.outage import Line, line_to
from tests.faults.server import OwnServer
from tests.faults.world import World
from tests.faults.zygote import Launch
from tests.postgres import schema_on

FRONT = ["run", "--no-draw"]
_OPEN = "select source, state from requests where finished_at is null or reason = 'untold'"
# Nobody knows what Telegram did with a placeholder that is being sent, nor with an end that somebody has claimed while
# there was no placeholder whose place it could take: if it was sent and is not stored, it may be sent once more.
_SENDING = "select source from requests where finished_at is null and placeholder = 'sending'"
# Nor whether the sender of a placeholder that came too late was killed before it could delete it.
_SKIPPED = "select source, finished_at is null from requests where placeholder = 'skipped'"
_ENDING = "select source from requests where finished_at is null and placeholder <> 'known' and attempt > 0"


LOOKS = (0.2, 0.5, 2.0, 4.0)  # s between looks for what a process that is gone had sent


class Fleet(World):
    """`begin` a life for each process. `url` leads through `line`, `books` past it."""

    def __init__(
        self, server: SandboxServer, scripted: Backend, zygote: Path, folder: Path, *, line: Line, url: str, books: str
    ) -> None:
        super().__init__(server, scripted, zygote, folder)
        self.line = line
        self._url = url
        self._books_url = books
        self._books: asyncpg.Connection | None = None
        self._one_at_a_time = asyncio.Lock()  # the books' connection takes no more
        self._looking: set[asyncio.Task[None]] = set()
        self.front: Life | None = None
        self.workers: list[Life] = []
        self.stopped: set[Life] = set()

    @property
    def books_url(self) -> str:
        return self._books_url

    def launch(self, die: tuple[str, str, int] | None = None) -> Launch:
        made = super().launch(die)
        made.environment["DATABASE_URL"] = self._url
        return made

    async def start(self, arguments: Sequence[str]) -> Life:
        launch = self.launch()
        launch.arguments = list(arguments)
        self._begun = asyncio.get_running_loop().time()
        life = await Life.begin(self._zygote, launch)
        self.lives.append(life)
        return life

    async def start_front(self) -> Life:
        self.front = await self.start(FRONT)
        return self.front

    async def start_worker(self, concurrency: int = 20) -> Life:
        life = await self.start(["worker", "--concurrency", str(concurrency)])
        self.workers.append(life)
        return life

    async def kill(self, life: Life) -> None:
        sent_placeholders = life is self.front
        if life in self.workers:
            self.workers.remove(life)
        elif life is self.front:
            self.front = None
        self.stopped.discard(life)
        await self.note()
        await life.kill()
        await self.note()
        if sent_placeholders:
            await self._note_too_late()

    async def pause(self, life: Life) -> None:
        await self.note()
        life.signal(signal.SIGSTOP)
        self.stopped.add(life)
        await self.note()

    def go_on(self, life: Life) -> None:
        life.signal(signal.SIGCONT)
        self.stopped.discard(life)

    async def note(self) -> None:
        """What nobody may know any more, if whoever is at it is gone now."""
        self.doubts.placeholders.update(row[0] for row in await self.ask_books(_SENDING))
        claimed = {row[0] for row in await self.ask_books(_ENDING)}
        looking = asyncio.create_task(self._note_sent(claimed))
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)

    async def _note_too_late(self) -> None:
        """Placeholders whose request ends, or has ended, with another message, and which nobody deletes any more."""
        shown = {wish.source for wish in self.wishes if self.placeholder(wish) is not None}
        skipped = await self.ask_books(_SKIPPED)
        self.doubts.placeholders.update(source for source, is_open in skipped if is_open or source in shown)

    async def _note_sent(self, claimed: set[str]) -> None:
        """Which of them are in the chat, and not in the books: at once, and when what was on its way has come. While
        the books cannot be read, nobody else can store it either."""
        pauses = list(LOOKS)
        while claimed and pauses:
            await asyncio.sleep(pauses[0])
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                unstored = {row[0] for row in await self.ask_books(_ENDING)} & claimed
                found = {source for source in unstored if self.has_shown_end(source)}
                self.doubts.ends.update(found)
                claimed = unstored - found
                pauses.pop(0)

    async def ask_books(self, query: str) -> list[Any]:
        async with self._one_at_a_time:
            if self._books is None:
                self._books = await asyncpg.connect(self._books_url)
            return list(await self._books.fetch(query))

    async def at_rest(self, deadline: float) -> None:
        """Until every wish has an end, and nothing is left to do by the books."""
        await self.until(lambda: all(map(self.has_ended, self.wishes)), "an end of every wish", deadline)
        left: list[str] = []
        try:
            async with asyncio.timeout(deadline):
                while left := await self.left():  # noqa: ASYNC110 - nothing outside tells of a commit
                    await asyncio.sleep(0.1)
        except TimeoutError:
            self.fail(f"the books still have {left}")

    async def left(self) -> list[str]:
        found = [f"{row[0]} {row[1]}" for row in await self.ask_books(_OPEN)]
        found += [f"update {row[0]}" for row in await self.ask_books("select update_id from inbox")]
        found += [f"job {row[0]} {row[1]}" for row in await self.ask_books("select id, status from pgqueuer")]
        return found + [f"unconfirmed {update}" for update in self.server.state.waiting]

    async def placeholder_is_known(self, wish: Wish) -> bool:
        """Whether the bot's books say what became of the placeholder."""
        query = f"select 1 from requests where source = '{wish.source}' and placeholder in ('known', 'skipped')"
        return bool(await self.ask_books(query))

    async def books_story(self) -> str:
        """What is open by the books, for a round that failed."""
        tables = {
            "requests": "select id, source, state, placeholder, attempt from requests where finished_at is null",
            "draws": "select d.id, d.request_id, d.state, d.attempt, d.started_at, d.finished_at from draws d "
            "join requests r on r.id = d.request_id where r.finished_at is null",
            "queue": "select id, convert_from(payload, 'UTF8') as draw, status, queue_manager_id, heartbeat, "
            "execute_after, dedupe_key, now() as now from pgqueuer",
            "workers": "select * from workers",
            "locks": "select l.objid, a.pid, a.state, a.xact_start, left(a.query, 80) as query from pg_locks l "
            "join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory'",
        }
        lines = []
        for name, query in tables.items():
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                lines += [f"{name}: {dict(row)}" for row in await self.ask_books(query)]
        return "\n".join(lines)

    async def stop_all(self) -> None:
        """In order: each exits with 0."""
        for life in list(self.stopped):
            self.go_on(life)
        running = [life for life in [self.front, *self.workers] if life is not None and not life.ended]
        codes = await asyncio.gather(*(life.stop() for life in running))
        assert set(codes) <= {0}, f"SIGTERM ended them with {codes}:\n{self.story()}"

    async def close_books(self) -> None:
        async with self._one_at_a_time:
            if self._books is not None:
                await self._books.close()
                self._books = None

    async def close(self) -> None:
        for looking in list(self._looking):
            await _cancelled(looking)
        await self.close_books()

    def unfinished(self) -> list[str]:
        return []

    async def _step(self, name: str, number: int) -> None:
        for hook in self.hooks:
            await hook(name, number)


@asynccontextmanager
async def fleet(zygote: Path, folder: Path, server_url: str) -> AsyncIterator[Fleet]:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with schema_on(server_url) as books, line_to(books) as (line, url), backend() as scripted:
        await (await Database.open(books, clock_now=FakeClock().now)).close()
        server = await SandboxServer.start()
        made = Fleet(server, scripted, zygote, folder, line=line, url=url, books=books)
        try:
            yield made
        finally:
            for life in made.lives:
                life.signal(signal.SIGCONT)
                await life.kill()
            await made.close()
            made.held.close()
            await server.close()


async def _cancelled(task: asyncio.Task[None]) -> None:
    """Raises what it had died of."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


class Chaos:
    """People wish, and processes are killed, stopped and cut off from the database, as a seed has it."""

    def __init__(
        self,
        here: Fleet,
        rng: random.Random,
        *,
        workers: int,
        wishes: int,
        spread: float,
        server: OwnServer | None = None,
    ) -> None:
        """`spread` in seconds: the time over which the wishes come. `server`: is restarted in earnest."""
        self.here = here
        self.server = server
        self.rng = rng
        self.workers = workers
        self.wishes = wishes
        self.spread = spread
        self.done: list[str] = []
        self.over = False

    async def play(self, deadline: float) -> Verdict:
        here = self.here
        await here.start_front()
        for _ in range(self.workers):
            await here.start_worker()
        wishing = asyncio.create_task(self._wish())
        breaking = asyncio.create_task(self._break())
        keeping = asyncio.create_task(self._keep())
        try:
            await wishing
            self.over = True
            await breaking  # what it has begun comes to an end: a server that was stopped is started
            await self._mend()
            resting = asyncio.create_task(here.at_rest(deadline))
            await asyncio.wait({resting, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if keeping.done():  # somebody ended as nobody should, and is not there any more
                await _cancelled(resting)
                await keeping
            await resting
        finally:
            await _cancelled(breaking)
            await _cancelled(keeping)
        await here.stop_all()
        return here.judge(notices=True)  # the database was gone: some were told to wait

    async def _wish(self) -> None:
        for _ in range(self.wishes):
            pictures = self.rng.choice((1, 1, 1, 1, 2))
            self.here.ask(self.here.newcomer(), self.rng.choice(("gradio", "labs")), pictures=pictures)
            await asyncio.sleep(self.spread / self.wishes)

    async def _break(self) -> None:
        while not self.over:
            await asyncio.sleep(self.rng.uniform(0.5, 3.0))
            what = self.rng.choice(("kill", "kill", "stop", "stop", "front", "database"))
            await getattr(self, f"_{what}")()

    async def _keep(self) -> None:
        """Whoever comes while the database is gone says so and ends; as a service it is begun again."""
        here = self.here
        while True:
            await asyncio.sleep(0.5)
            for life in [life for life in [*here.workers, here.front] if life is not None and life.ended]:
                assert life.code.result() == 1, f"it ended with {life.code.result()}:\n{life.log}"
                if life in here.workers:
                    here.workers.remove(life)
                    await here.start_worker()
                elif life is here.front:
                    await here.start_front()

    def _one(self) -> Life | None:
        running = [life for life in self.here.workers if life not in self.here.stopped and not life.ended]
        return self.rng.choice(running) if running else None

    async def _kill(self) -> None:
        if (life := self._one()) is not None:
            self.done.append(f"worker {life.pid} killed")
            await self.here.kill(life)
            await self.here.start_worker()

    async def _stop(self) -> None:
        life = self.rng.choice([self._one(), self.here.front])
        if life is None or life in self.here.stopped or life.ended:
            return
        seconds = self.rng.choice((1.0, 3.0, 8.0, 12.0))
        self.done.append(f"{life.pid} stopped for {seconds} s")
        await self.here.pause(life)
        asyncio.get_running_loop().call_later(seconds, self.here.go_on, life)

    async def _front(self) -> None:
        front = self.here.front
        if front is None or front.ended:
            return
        self.done.append(f"front {front.pid} killed")
        await self.here.kill(front)
        await self.here.start_front()

    async def _database(self) -> None:
        seconds = self.rng.uniform(0.5, 8.0)
        await self.here.note()
        if self.server is not None:
            mode = self.rng.choice(("fast", "immediate"))
            self.done.append(f"database restarted ({mode}) within {seconds:.1f} s")
            await self.here.close_books()
            await self.server.stop(mode)
            await asyncio.sleep(seconds)
            await self.server.start()
        else:
            self.done.append(f"database gone for {seconds:.1f} s")
            await self.here.line.cut()
            await asyncio.sleep(seconds)
            await self.here.line.mend()
        await self.here.note()

    async def _mend(self) -> None:
        for life in list(self.here.stopped):
            self.here.go_on(life)
        await self.here.line.mend()


async def play(
    zygote: Path,
    folder: Path,
    server: str | OwnServer,
    seed: str,
    *,
    workers: int,
    wishes: int,
    spread: float,
) -> tuple[Verdict, str]:
    """One round; its verdict, and its story where there are mistakes. `server`: its URL, or one that is restarted."""
    own = server if isinstance(server, OwnServer) else None
    async with fleet(zygote, folder, own.url if own is not None else str(server)) as here:
        rng = random.Random(seed)
        chaos = Chaos(here, rng, workers=workers, wishes=wishes, spread=spread, server=own)
        try:
            verdict = await chaos.play(DEADLINE * 5)
        except (AssertionError, TimeoutError) as error:
            verdict = here.judge(notices=True)
            verdict.mistakes.append(f"it came to no end: {str(error)[:300]}")
            chaos.done.append(await here.books_story())
        if not verdict.mistakes:
            return verdict, ""
        done = "\n".join(chaos.done)
        return verdict, f"seed {seed}\n{done}\n{verdict.mistakes}\n{here.story()}"
