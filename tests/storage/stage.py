"""What the tests of storage play with: a clock that stands still, and requests in any state."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack

from storage import Database
from storage.records import Draw, DrawnWords, Limits, NewDraw, NewPicture, NewRequest, Parameters, Request

NO_LIMITS = Limits(total=1000, per_user=1000)
PICTURE = NewPicture(data=b"\x89PNG...", mime="image/png", width=64, height=48)
_numbers = count(1)


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> datetime:
        self.time += timedelta(seconds=seconds)
        return self.time


class Fields(TypedDict, total=False):
    source: str
    chat_id: int
    requester_id: int
    prompt: str
    model: str
    seeds: tuple[int, ...]
    draws: tuple[NewDraw, ...]
    language: str
    asked_at: datetime
    parameters: Parameters
    full_prompt: str
    chat_kind: str
    topic_id: int | None
    reply_to: int | None
    parent_id: int | None
    cost: int
    words: DrawnWords | None
    message_id: int | None
    message_kind: str | None
    inline_message_id: str | None


def new_request(**given: Unpack[Fields]) -> NewRequest:
    """Another one each time, but for what is given."""
    fields: Fields = {
        "source": f"message:{next(_numbers)}",
        "chat_id": 7,
        "requester_id": 7,
        "prompt": "a fox",
        "model": "sketch",
        "seeds": (1,),
        "language": "en",
        "asked_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return NewRequest(**(fields | given))


async def ask(db: Database, **given: Unpack[Fields]) -> tuple[Request, list[Draw]]:
    async with db.transaction() as unit:
        request, draws, created = await unit.requests.accept(new_request(**given))
    assert created
    return request, draws


async def admit(db: Database, limits: Limits = NO_LIMITS) -> list[Draw]:
    async with db.transaction() as unit:
        return [draw for draw, _ in await unit.draws.admit(limits)]


async def drawn(db: Database, **given: Unpack[Fields]) -> tuple[Request, list[Draw]]:
    """A request all of whose draws have a picture."""
    request, draws = await ask(db, **given)
    await admit(db)
    for draw in draws:
        await end(db, draw.id)
    return await stored(db, request.id), draws


async def end(db: Database, draw_id: int, pictures: Sequence[NewPicture] = (PICTURE,), attempt: int = 1) -> None:
    async with db.transaction() as unit:
        if pictures:
            assert await unit.draws.drawn(draw_id, attempt, pictures) is not None
        else:
            assert await unit.draws.failed(draw_id, attempt, "unavailable") is not None


async def stored(db: Database, request_id: int) -> Request:
    async with db.read() as unit:
        request = await unit.requests.get(request_id)
    assert request is not None
    return request


async def stored_draw(db: Database, draw_id: int) -> Draw:
    async with db.read() as unit:
        draw = await unit.draws.get(draw_id)
    assert draw is not None
    return draw
