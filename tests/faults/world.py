"""One bot's world: a Telegram, back-ends, people with wishes, and the judge who counts what each wish came to.

Everything outside of the bot's process lives here, so the harness sees each arrow of the way of one picture from the
far end, and can end the process right there. What a wish came to is read off the chat, as its person sees it.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from bot.sandbox import SandboxServer
from bot.sandbox.state import Chat, Message, Person, Status
from storage import Database
from tests.clock import FakeClock
from tests.faults.backend import Backend, backend
from tests.faults.judging import ENDS, Doubts, Seen, Verdict, Wish, judge, seen
from tests.faults.killing import Deadly, polled
from tests.faults.lives import DEADLINE, Life
from tests.faults.zygote import Launch
from tests.ports import held_port

# Of the product's waits, those that would make the harness idle. None of them is a promise to anybody.
PATIENCE = {
    "providers.base.Provider.poll_interval": 0.05,
    "providers.pictures.fetch.fetch_picture.timeout": 4.0,
    "bot.telegram.outbox.sender.FIRST_PAUSE": 0.1,
}
JOBS: dict[str, Any] = {
    "progress_private": 0.2,
    "policies": {"run": {"first": 0.05, "jitter": 0.05}, "end": {"first": 0.3}, "admission_every": 0.5},
}
OPEN_REQUESTS = "select source, state from requests where finished_at is null"


class World(Deadly):
    def __init__(self, server: SandboxServer, scripted: Backend, zygote: Path, folder: Path) -> None:
        super().__init__(server, scripted)
        self.folder = folder
        self.database = folder / "imagine.db"
        self.wishes: list[Wish] = []
        self.doubts = Doubts()
        self.settings: dict[str, str] = {}
        self.patience: dict[str, float] = dict(PATIENCE)
        self.jobs: dict[str, Any] = dict(JOBS)  # Any: of JSON
        self.held = ExitStack()  # what ends with this world
        self._zygote = zygote
        self._begun = 0.0
        (folder / "models.toml").write_text(scripted.models())

    @property
    def books_url(self) -> str:
        """The database as tests open it."""
        return f"sqlite:///{self.database}"

    # Lives

    def launch(self, die: tuple[str, str, int] | None = None) -> Launch:
        environment = {
            "BOT_TOKEN": self.server.token,
            "TELEGRAM_API_URL": self.server.url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MODELS_FILE": str(self.folder / "models.toml"),
            **self.settings,
        }
        return Launch(environment, str(self.folder), die=die, patience=self.patience, jobs=self.jobs)

    async def begin(self, die: tuple[str, str, int] | None = None, *, for_real: bool = False) -> Life:
        launch = self.launch(die)
        self.doubts.note_sent(self.has_shown_end)
        self._begun = asyncio.get_running_loop().time()
        life = await (Life.begin_for_real(launch) if for_real else Life.begin(self._zygote, launch))
        self.lives.append(life)
        return life

    async def killed(self, deadline: float = DEADLINE) -> None:
        """Wait until the life was killed, and note what is in doubt since."""
        try:
            code = await self.life.exit(deadline)
        except TimeoutError:
            self.fail(f"it was not killed within {deadline:g} s: the boundary was never reached")
        assert code == -9, f"it ended with {code}:\n{self.life.log}"
        self.note_doubts()

    def note_doubts(self) -> None:
        """Look into the database of a dead process; into a copy, because looking recovers it."""
        if self.database.exists():
            self.doubts.note_books(self.database)

    # People

    def newcomer(self, name: str = "Newcomer") -> Person:
        return self.server.admin.add_person(name)

    def ask(self, by: Person, model: str, *, chat_id: int | None = None, pictures: int = 1, extra: str = "") -> Wish:
        number = len(self.wishes) + 1
        more = f" --n {pictures}" if pictures > 1 else ""
        if pictures > 9:  # which is confirmed by a button
            more = f" {{a|b}} --n {pictures // 2}"
        words = f"/imagine fox {number} --model {model}{more}{extra}"
        message = self.server.people.send(by.id, chat_id if chat_id is not None else by.id, words)
        wish = Wish(number, message, model, pictures)
        self.wishes.append(wish)
        return wish

    async def ask_inline(self, by: Person, model: str) -> Wish:
        """In a group without the bot, by a result that is chosen there."""
        number = len(self.wishes) + 1
        group = self.server.admin.add_group("Strangers", {by.id: Status.MEMBER}, bot_status=Status.LEFT)
        query = self.server.people.type_inline(by.id, group.id, f"fox {number} --model {model}")
        await self.until(lambda: query.results, "results of an inline query")
        message = await self.server.people.choose(query, (query.results or [])[0]["id"])
        wish = Wish(number, message, model)
        self.wishes.append(wish)
        return wish

    def ask_guest(self, by: Person, model: str, *, extra: str = "") -> Wish:
        """In a group without the bot, by a mention of it."""
        number = len(self.wishes) + 1
        group = self.server.admin.add_group("Strangers", {by.id: Status.MEMBER}, bot_status=Status.LEFT)
        words = f"@{self.server.state.bot.username} fox {number} --model {model}{extra}"
        wish = Wish(number, self.server.people.send(by.id, group.id, words), model)
        self.wishes.append(wish)
        return wish

    def use_inline_mode(self) -> Chat:
        """Switch it and guest mode on; the chat for their pictures."""
        self.server.state.bot.inline = self.server.state.bot.guest = True
        cache = self.server.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)
        self.settings |= {"MEDIA_CHAT_ID": str(cache.id)}
        return cache

    def wish(self, number: int) -> Wish:
        return self.wishes[number - 1]

    # What they see

    def answers(self, wish: Wish) -> list[tuple[Seen, Message]]:
        """All of the bot's messages that reply to it, oldest first; of an inline message that itself."""
        if wish.message.inline_id is not None:
            return [(seen(wish.message), wish.message)]
        chat = self.server.state.chats[wish.message.chat_id]
        bot_id = self.server.state.bot.id
        return [
            (seen(message), message)
            for message in list(chat.messages.values())
            if message.sender_id == bot_id and message.reply_to == wish.message.id
        ]

    def placeholder(self, wish: Wish) -> Message | None:
        return next((message for kind, message in self.answers(wish) if kind is Seen.OPEN), None)

    def has_ended(self, wish: Wish) -> bool:
        return any(kind in ENDS for kind, _ in self.answers(wish))

    def has_shown_end(self, source: str) -> bool:
        """Whether its chat has a message that says how it ended, whatever the books say."""
        return any(wish.source == source and self.has_ended(wish) for wish in self.wishes)

    async def until(self, look: Callable[[], Any], what: str, deadline: float = DEADLINE) -> Any:
        """Until something is so in the chats."""
        try:
            async with asyncio.timeout(deadline):
                while not (found := look()):
                    await self.server.box.events.wait()
        except TimeoutError:
            self.fail(f"waited {deadline:g} s for {what}, in vain")
        return found

    async def settled(self, deadline: float = DEADLINE) -> None:
        """Until every wish has an end, and the bot knows it (and this life of it is there: it speaks to Telegram)."""
        await self.until(lambda: all(map(self.has_ended, self.wishes)), "an end of every wish", deadline)
        try:
            async with asyncio.timeout(deadline):
                await polled(lambda: self.speaks() and not self.unfinished())
        except TimeoutError:
            self.fail(f"the database still has {self.unfinished()}")

    def speaks(self) -> bool:
        """Whether this life has spoken to Telegram."""
        return bool(self.server.calls) and self.server.calls[-1].at >= self._begun

    def unfinished(self) -> list[str]:
        """What is left to do by the bot's own books."""
        with self.books() as books:
            found = [f"{source} {state}" for source, state in books.execute(OPEN_REQUESTS)]
            found += [f"update {number}" for (number,) in books.execute("select update_id from inbox")]
        return found + [f"unconfirmed {update}" for update in self.server.state.waiting]

    async def finish(self, *, notices: bool = False) -> Verdict:
        """Let all come to an end, stop the bot in order, and count. `notices`: there were other things to say."""
        await self.settled()
        code = await self.life.stop()
        assert code == 0, f"SIGTERM ended it with {code}:\n{self.life.log}"
        return self.judge(notices=notices)

    def judge(self, *, notices: bool = False) -> Verdict:
        """Mistakes are what the promise rules out."""
        return judge(
            [(wish, self.answers(wish)) for wish in self.wishes],
            self.doubts,
            seeds={number: {job.seed for job in jobs} for number, jobs in self.backend.submissions().items()},
            notices=notices,
        )

    def fail(self, why: str) -> NoReturn:
        raise AssertionError(f"{why}\n{self.story()}")

    def use_webhook(self) -> None:
        """Have updates pushed."""
        address = f"127.0.0.1:{self.held.enter_context(held_port())}"
        self.settings |= {"WEBHOOK_URL": f"http://{address}/updates", "WEBHOOK_LISTEN": address}

    def press(self, message: Message, data: str) -> None:
        """The button whose data begin so, by whom the chat belongs to."""
        rows = (message.keyboard or {}).get("inline_keyboard", [])
        found = [b["callback_data"] for row in rows for b in row if b.get("callback_data", "").startswith(data)]
        chat = self.server.state.chats[message.chat_id]
        asked = message if message.via_bot else chat.messages[message.reply_to or 0]
        self.server.people.press(asked.sender_id, message.chat_id, message.id, found[0])

    def knows_placeholder(self, wish: Wish) -> bool:
        """Whether the bot's books say what became of the placeholder."""
        with self.books() as books:
            row = books.execute("select placeholder from requests where source = ?", (wish.source,)).fetchone()
        return bool(row) and row[0] in {"known", "skipped"}

    def story(self) -> str:
        """All that happened, for a test that failed."""
        logs = "\n".join(f"-- life {number} ({life.code}) --\n{life.log}" for number, life in enumerate(self.lives, 1))
        chats = "\n".join(
            f"fox {w.number}: {[f'{kind}: {m.text}' for kind, m in self.answers(w)]}" for w in self.wishes
        )
        calls = "\n".join(f"{call.method} {call.status} {call.description or ''}" for call in self.server.calls)
        jobs = "\n".join(f"{key}: {job}" for key, job in self.backend.jobs.items())
        books = self.unfinished() if self.database.exists() else "no database"
        return f"{chats}\nbooks: {books}\n-- jobs --\n{jobs}\n{logs}\n-- calls --\n{calls}"

    @contextmanager
    def books(self) -> Iterator[sqlite3.Connection]:
        """Read-only; what was committed."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            yield connection


def _furnish(folder: Path, template: Path | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if template is not None:
        shutil.copy(template, folder / "imagine.db")


@asynccontextmanager
async def world(zygote: Path, folder: Path, template: Path | None = None) -> AsyncIterator[World]:
    _furnish(folder, template)
    server = await SandboxServer.start()
    async with backend() as scripted:
        made = World(server, scripted, zygote, folder)
        try:
            yield made
        finally:
            for life in made.lives:
                await life.kill()
            made.held.close()
            await server.close()


async def make_template(path: Path) -> Path:
    """An empty database with its tables, to be copied: making it takes longer than a life."""
    await (await Database.open(f"sqlite:///{path}", clock_now=FakeClock().now)).close()
    return path
