"""One process of several that show pictures for the same bot: the outbox and the shared flood budget, nothing else.

A line of its standard input is a request: the chat and the message that asked. Its placeholder waits for its turn until
the picture is there, which is soon, and then the picture goes instead.
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.telegram.outbox.outbox import Card, Destination, FinalPicture, Outbox, Recall
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.shared_budget import SharedPlaces
from bot.telegram.session import create_bot
from storage import Database

DRAWN_AFTER = 0.2  # s
RATE = 30


async def main(picture: bytes) -> None:
    clock = SystemClock()
    db = await Database.open(os.environ["DATABASE_URL"], clock_now=clock.now)
    ledger = db.flood_ledger()
    assert ledger is not None, "several processes need PostgreSQL"
    flood = FloodControl(clock, RATE, shared=SharedPlaces(ledger, RATE, clock.monotonic))
    bot = create_bot(os.environ["BOT_TOKEN"], api_url=os.environ["TELEGRAM_API_URL"], proxy=None, flood=flood)
    outbox = Outbox(bot, clock)

    async def show(chat: int, message: int) -> None:
        place = Destination(chat, reply_to=message, group=chat < 0)
        recall = Recall()
        placeholder = asyncio.create_task(outbox.placeholder(place, Card("drawing"), recall=recall))
        await asyncio.sleep(DRAWN_AFTER)
        recall.call_back()
        await outbox.final(place, await placeholder, FinalPicture(picture, "picture.jpg"), Card("drawn"))

    print("ready", flush=True)
    requests = (await asyncio.to_thread(sys.stdin.read)).splitlines()
    await asyncio.gather(*(show(*map(int, line.split())) for line in requests))
    await bot.session.close()
    await flood.close()
    ledger.close()
    await db.close()


asyncio.run(main(Path(os.environ["PICTURE"]).read_bytes()))
