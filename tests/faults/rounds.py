"""Random rounds: some people wish, the process is killed now and then, Telegram and the back-ends fail, and at the end
the judge counts. What happens follows from a seed, as far as two programs on one machine can be made to repeat
themselves; when in a step a kill lands is the machine's choice.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.errors import ApiError, JsonObject, too_many
from bot.sandbox.faults import ConnectionCut, Fault, RawAnswer
from bot.sandbox.seed import ALICE, BORIS, GROUP, MEI, YOU
from bot.sandbox.state import Message
from bot.sandbox.wire import Call
from tests.faults.backend import STEPS, Answer, Cut, wait_for_ever
from tests.faults.judging import Verdict, Wish
from tests.faults.world import World, world

DEADLINE = 180.0  # seconds until a round must have come to its end: retries with their pauses included

COMMITS = (
    "inbox.add",
    "inbox.remove",
    "requests.accept",
    "requests.placeholder_sending",
    "requests.placeholder_known",
    "draws.admit",
    "draws.set_ticket",
    "draws.drawn",
    "draws.failed",
    "draws.recover",
    "requests.claim_end",
    "requests.finish",
    "requests.cancel",
    "requests.set_message",
)
CALLS = ("getUpdates", "sendMessage", "sendPhoto", "editMessageText", "editMessageMedia", "answerCallbackQuery")
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
GARBAGE = ("", "null", "[]", "{", '{"task_id": null}', '{"event_id": 7}', "<html>hello</html>", '{"status": {}}')


@dataclass(frozen=True)
class Kind:
    """What a round is made of. `kills` and `wishes` are the most."""

    wishes: int = 6
    kills: int = 3
    telegram: float = 0.0  # the share of calls to Telegram that fail
    backends: float = 0.0  # the share of the back-ends' steps that fail


KILLS = Kind()
FAULTS = Kind(kills=0, telegram=0.12, backends=0.06)
EVERYTHING = Kind(telegram=0.06, backends=0.03)


class Round:
    def __init__(self, here: World, rng: random.Random, kind: Kind) -> None:
        self.here = here
        self.rng = rng
        self.kind = kind
        self.updates: list[JsonObject] = []  # of wishes, so that one may come once more
        self.pressed: set[int] = set()
        self.doomed = {number for number in range(1, 100) if rng.random() < 0.15}  # wishes whose drawing is refused
        self.unwanted = {number for number in range(1, 100) if rng.random() < 0.2}  # that are cancelled
        self.killed: list[str] = []

    async def play(self) -> Verdict:
        self._make_backends_fail()
        if self.kind.telegram:
            self._make_telegram_fail()
        for _ in range(self.rng.randint(min(1, self.kind.kills), self.kind.kills)):
            await self._life_that_is_killed()
        await self.here.begin()
        self._wish(self.rng.randint(1, self.kind.wishes))
        cancelling = asyncio.create_task(self._cancel_some())
        try:
            await self.here.settled(DEADLINE)
        finally:
            cancelling.cancel()
        return await self.here.finish()

    async def _life_that_is_killed(self) -> None:
        """Somewhere, or when all have come to an end before that."""
        die = None
        where = self.rng.choice(("commit", "call", "step", "time"))
        after = self.rng.uniform(0, 1.0)
        number = self.rng.choice((1, 1, 2, 3))
        moment = self.rng.choice(("before", "after"))
        killing: asyncio.Task[None] | None = None
        if where == "commit":
            die = (self.rng.choice(COMMITS), moment, number)
            self.killed.append(f"{moment} commit {die[0]} {number}")
        elif where == "call":
            method = self.rng.choice(CALLS)
            self.here.at_call(method, moment, skip=number - 1)
            self.killed.append(f"{moment} call {method} {number}")
        elif where == "step":
            step = self.rng.choice(STEPS)
            self.here.at_step(step, number=number)
            self.killed.append(f"at {step} {number}")
        else:
            self.killed.append(f"after {after:.2f} s")
        await self.here.begin(die)
        self._wish(self.rng.randint(1, max(1, self.kind.wishes // 2)))
        if where == "time":
            killing = asyncio.create_task(self._kill_after(after))
        watching = [
            asyncio.create_task(self.here.settled(DEADLINE)),
            asyncio.create_task(self.here.killed(DEADLINE)),
            asyncio.create_task(self._cancel_some()),
        ]
        try:
            await asyncio.wait(watching[:2], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in [*watching, *([killing] if killing else [])]:
                task.cancel()
                with suppress(asyncio.CancelledError, AssertionError):
                    await task
        await self.here.life.kill()
        self.here.note_doubts()
        self.here.forget_kills()

    async def _kill_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.here.life.kill()

    # What people do

    def _wish(self, count: int) -> None:
        for _ in range(min(count, self.kind.wishes - len(self.here.wishes))):
            model = self.rng.choice(("gradio", "labs"))
            pictures = self.rng.choice((1, 1, 1, 2))
            in_group = sum(wish.message.chat_id == GROUP for wish in self.here.wishes)
            if self.rng.random() < 0.3 and in_group < 3:
                by = self.here.server.state.people[self.rng.choice((YOU, ALICE, BORIS, MEI))]
                self.here.ask(by, model, chat_id=GROUP, pictures=pictures)
            else:
                self.here.ask(self.here.newcomer(), model, pictures=pictures)
            self.updates += list(self.here.server.state.waiting.values())[-1:]
        if self.updates and self.rng.random() < 0.3:
            self.here.server.box.updates.put_again(self.rng.choice(self.updates))

    async def _cancel_some(self) -> None:
        """Whoever does not want it any more presses as soon as there is a button; once more after a crash."""
        while True:
            for wish in self.here.wishes:
                placeholder = self._cancellable(wish)
                if placeholder is not None and placeholder.id not in self.pressed:
                    self.pressed.add(placeholder.id)
                    self.here.press(placeholder, "p:x:")
            await self.here.server.box.events.wait()

    def _cancellable(self, wish: Wish) -> Message | None:
        return self.here.placeholder(wish) if wish.number in self.unwanted else None

    # What fails

    def _make_backends_fail(self) -> None:
        share, rng = self.kind.backends, random.Random(self.rng.random())

        async def hook(name: str, number: int) -> None:
            if name == "labs.poll" and number in self.doomed:
                raise Answer(body='{"status": "Error: NSFW content"}')
            if share and rng.random() < share:
                match rng.randrange(4):
                    case 0:
                        raise Answer(rng.choice((500, 502, 503)), "<html>sorry</html>", "text/html")
                    case 1:
                        raise Answer(200, rng.choice(GARBAGE))
                    case 2:
                        raise Cut
                    case _:
                        await wait_for_ever()

        self.here.hooks.append(hook)
        if share:
            (self.here.folder / "models.toml").write_text(self.here.backend.models(timeout=4, queue_timeout=6))

    def _make_telegram_fail(self) -> None:
        share, rng = self.kind.telegram, random.Random(self.rng.random())

        def unlucky(_: Call) -> bool:
            return rng.random() < share

        async def before(_: Call) -> None:
            raise rng.choice(_refusals(rng))

        async def after(call: Call) -> None:
            self.here.doubts.note_call(call)
            raise rng.choice((ConnectionCut(), RawAnswer(502, BAD_GATEWAY)))

        for hooks in ({"before": before}, {"after": after}):
            for method in ("*", "getUpdates"):
                self.here.server.faults.add(Fault(method, times=None, when=unlucky, **hooks))


def _refusals(rng: random.Random) -> Sequence[Exception]:
    error = too_many(rng.choice((None, 1)))
    return (
        ApiError(error.code, error.description, error.parameters),
        ApiError(500, "Internal Server Error"),
        RawAnswer(502, BAD_GATEWAY),
        ConnectionCut(),
    )


async def play(zygote: Path, folder: Path, template: Path, seed: str, kind: Kind) -> tuple[Verdict, str]:
    """One round in a world of its own; its verdict, and its story where there are mistakes."""
    async with world(zygote, folder, template) as here:
        game = Round(here, random.Random(seed), kind)
        try:
            verdict = await game.play()
        except (AssertionError, TimeoutError) as error:
            verdict = here.judge()
            verdict.mistakes.append(f"it came to no end: {str(error)[:200]}")
        if not verdict.mistakes:
            return verdict, ""
        return verdict, f"seed {seed}\nkilled: {game.killed}\n{verdict.mistakes}\n{here.story()}"
