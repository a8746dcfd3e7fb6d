"""What a flood of one person and of one group costs all others: `python benchmarks/fairness.py`.

The real bot in this process, on SQLite, against the sandbox's server. A hundred people ask at once, first alone, then
right behind a flood; for each kind of work their 99th percentile with the flood is at most twice what it is without.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from report import percentile

from bot.operations.logs import configure_logs
from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP
from bot.sandbox.state import Message
from tests.running import bot_at
from tests.scenarios.language import CANCEL, ChatClient, Person

TIMES = 2.0  # the bound
PATIENCE = 120.0  # seconds for one round


def _answered(answers: Sequence[Message]) -> bool:
    return bool(answers)


def _delivered(answers: Sequence[Message]) -> bool:
    """A picture that nobody can cancel any more."""
    return any(answer.photo and CANCEL[0] not in str(answer.keyboard).lower() for answer in answers)


@dataclass(frozen=True, slots=True)
class Work:
    """`words` are sent by everybody, `done` says by the bot's messages since then whether it is through."""

    name: str
    words: str
    done: Callable[[Sequence[Message]], bool]


WORKS = (
    Work("intake", "/help", _answered),
    Work("admission", "/imagine a fox", _answered),
    Work("delivery", "/imagine a fox", _delivered),
    Work("history search", "/history fox", _answered),
)


async def waits(work: Work, chats: Sequence[ChatClient]) -> list[float]:
    """Seconds until each of them had what they asked for."""
    begun: dict[ChatClient, tuple[float, int]] = {}
    for chat in chats:
        begun[chat] = time.monotonic(), len(chat.answers)
        await chat.send(work.words)
    found: list[float] = []
    async with asyncio.timeout(PATIENCE):
        while begun:
            for chat, (since, before) in list(begun.items()):
                if work.done(chat.answers[before:]):
                    found.append(time.monotonic() - since)
                    del begun[chat]
            if begun:
                await asyncio.sleep(0.02)
    return found


async def round_of(work: Work, others: int, flood: int) -> float:
    """The others' 99th percentile behind a flood of so many messages of one person, and as many of one group."""
    with tempfile.TemporaryDirectory() as folder:
        server = await SandboxServer.start()
        try:
            chats = [Person.new(server, f"Other {number}").private for number in range(others)]
            flooder = Person.named(server, "You")
            async with bot_at(server, Path(folder)):
                await waits(work, [Person.new(server, "First").private])  # what is loaded once is loaded now
                if work.words.startswith("/history"):  # there is something to search
                    for chat in (*chats[:5], flooder.private):
                        await chat.photo(to=await chat.send("/imagine a fox"))
                for chat in (flooder.private, flooder.chat(GROUP)):
                    for _ in range(flood):
                        await chat.send(work.words)
                return percentile(sorted(await waits(work, chats)), 0.99)
        finally:
            await server.close()


async def main(others: int, flood: int) -> int:
    configure_logs("WARNING")
    print(f"{others} people at once; a flood of {flood} messages of one person and {flood} of one group")
    print(f"{'p99':16}{'alone, s':>10}{'flooded, s':>12}{'ratio':>8}")
    worst = 0.0
    for work in WORKS:
        alone, flooded = await round_of(work, others, 0), await round_of(work, others, flood)
        worst = max(worst, flooded / alone)
        print(f"{work.name:16}{alone:10.2f}{flooded:12.2f}{flooded / alone:8.2f}", flush=True)
    return int(worst > TIMES)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--others", type=int, default=100)
    parser.add_argument("--flood", type=int, default=100)
    given = parser.parse_args()
    sys.exit(asyncio.run(main(given.others, given.flood)))
