"""Draws: one back-end run each.

The attempt number of the admission is the fencing token of every write: a runner that lost its draw (cancelled, handed
back, taken over by another process) changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, Null, bindparam, exists, func, null, select, update

from storage.records import Detour, Draw, DrawnWords, DrawState, Limits, NewPicture, Request, RequestState
from storage.repositories.admission import admissible, with_slots
from storage.repositories.credits import Credits
from storage.statements.connection import Statements
from storage.statements.dialects import among, insert_for, lock_admission, lock_rows, try_lock_admission
from storage.statements.prepared import Prepared, is_one_of, prepared
from storage.statements.tables import blobs, draw_is, draws, pictures, requests, users

DRAW_COLUMNS = tuple(draws.c[field.name] for field in fields(Draw))
_REQUEST_COLUMNS = tuple(requests.c[field.name] for field in fields(Request))
_OPEN = (DrawState.WAITING, DrawState.DRAWING)
_FENCED = update(draws).where(
    draws.c.id == bindparam("draw"), draws.c.attempt == bindparam("fence"), draws.c.state == DrawState.DRAWING
)


@prepared()
def draws_of_request(_: str) -> Executable:
    return select(*DRAW_COLUMNS).where(draws.c.request_id == bindparam("request")).order_by(draws.c.ordinal)


@prepared()
def _newest(_: str) -> Executable:
    columns = (draws.c.model, draws.c.started_at, draws.c.finished_at)
    first = select(func.max(draws.c.id) - bindparam("most")).scalar_subquery()
    return select(*columns).where(draws.c.id > first, draws.c.state == DrawState.DRAWN).order_by(draws.c.id)


@prepared()
def _requests_of(dialect: str) -> Executable:
    of_chosen = select(draws.c.request_id).where(among(dialect, draws.c.id, "chosen"))
    return select(requests.c.id).where(requests.c.id.in_(of_chosen)).order_by(requests.c.id).with_for_update()


@prepared()
def _started(dialect: str) -> Executable:
    return (
        update(draws)
        .where(among(dialect, draws.c.id, "chosen"), draw_is(DrawState.WAITING))  # some may be cancelled meanwhile
        .values(state=DrawState.DRAWING, attempt=draws.c.attempt + 1, started_at=bindparam("moment"))
        .returning(*DRAW_COLUMNS)
    )


@prepared()
def _requests_drawing(dialect: str) -> Executable:
    before = is_one_of(requests.c.state, (RequestState.WAITING, RequestState.DRAWING))
    return (
        update(requests)
        .where(among(dialect, requests.c.id, "chosen"), before)
        .values(state=RequestState.DRAWING)
        .returning(*_REQUEST_COLUMNS)
    )


@prepared("user_id", "last_served")
def _served(dialect: str) -> Executable:
    upsert = insert_for(dialect, users)
    latest = {"last_served": upsert.excluded.last_served}
    return upsert.on_conflict_do_update(index_elements=[users.c.user_id], set_=latest)


@prepared()
def _ticket(_: str) -> Executable:
    return _FENCED.values(ticket=bindparam("job"))


@prepared()
def _words(_: str) -> Executable:
    return _FENCED.values(words=bindparam("drawn", type_=draws.c.words.type))


@prepared()
def _ended(_: str) -> Executable:
    end: dict[str, ColumnElement[object]] = {
        "state": bindparam("end"),
        "error": bindparam("why"),
        "detail": bindparam("said", type_=draws.c.detail.type),
        "retry_after": bindparam("seconds", type_=draws.c.retry_after.type),
        "finished_at": bindparam("moment"),
    }
    return _FENCED.values(end).returning(draws.c.request_id)


@prepared()
def _handed_back(_: str) -> Executable:
    return _FENCED.values(state=DrawState.WAITING).returning(draws.c.request_id)


@prepared()
def _rerouted(_: str) -> Executable:
    elsewhere: dict[str, ColumnElement[object] | DrawState | Null | None] = {
        "state": DrawState.WAITING,
        "model": bindparam("other"),
        "ticket": None,
        "words": null(),  # the other model may read other languages
        "detours": bindparam("before", type_=draws.c.detours.type),
        "cost": bindparam("price", type_=draws.c.cost.type),
        "reserved_at": bindparam("since", type_=draws.c.reserved_at.type),
        "own_key": bindparam("own", type_=draws.c.own_key.type),
    }
    return _FENCED.values(elsewhere).returning(draws.c.request_id)


@prepared()
def _request_of_draw(_: str) -> Executable:
    of_draw = select(draws.c.request_id).where(draws.c.id == bindparam("draw")).scalar_subquery()
    return select(requests.c.id).where(requests.c.id == of_draw).with_for_update()


@prepared()
def _states(_: str) -> Executable:
    return select(draws.c.state).where(draws.c.request_id == bindparam("request"))


@prepared()
def _request_drawn(_: str) -> Executable:
    return (
        update(requests)
        .where(requests.c.id == bindparam("request"), requests.c.state == RequestState.DRAWING)
        .values(state=RequestState.DRAWN)
    )


@prepared("request_id", "draw_id", "ordinal", "mime", "width", "height", "adult", "thumbnail", "seed")
def _new_pictures(_: str) -> Executable:
    return pictures.insert().returning(pictures.c.id, pictures.c.ordinal)


@prepared("picture_id", "data")
def _new_blobs(_: str) -> Executable:
    return blobs.insert()


class Draws:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def of_request(self, request_id: int) -> list[Draw]:
        rows = await self._statements.execute(draws_of_request, {"request": request_id})
        return [Draw(*row) for row in rows]

    async def get(self, draw_id: int) -> Draw | None:
        found = (await self._statements.execute(select(*DRAW_COLUMNS).where(draws.c.id == draw_id))).first()
        return Draw(*found) if found else None

    async def times(self, most: int = 2000) -> dict[str, list[float]]:
        """Seconds from admission to end by model, oldest first, of the newest `most` successful draws."""
        found: dict[str, list[float]] = {}
        for model, started, finished in await self._statements.execute(_newest, {"most": most}):
            if started is not None and finished is not None:
                found.setdefault(model, []).append(max((finished - started).total_seconds(), 0.0))
        return found

    async def admit(self, limits: Limits) -> list[tuple[Draw, Request]]:
        """Starts as many waiting draws as the limits allow, in the order of `storage.repositories.admission`.

        Each gets its next attempt, its request becomes `drawing`, and its requester counts as served now.
        """
        await lock_admission(self._statements)
        return await self.admit_locked(limits)

    async def try_admit(self, limits: Limits) -> list[tuple[Draw, Request]] | None:
        """As `admit`, but returns None at once while another process is admitting."""
        return await self.admit_locked(limits) if await try_lock_admission(self._statements) else None

    async def admit_locked(self, limits: Limits) -> list[tuple[Draw, Request]]:
        """As `admit`, for a caller that holds the admission lock."""
        admitted: list[tuple[Draw, Request]] = []
        statement, values = admissible(limits)
        while rows := (await self._statements.execute(statement, values)).all():
            chosen = with_slots(rows)
            admitted += await self._start(chosen)
            if len(chosen) == rows[0][3]:
                break
        return admitted

    async def _start(self, chosen: list[int]) -> list[tuple[Draw, Request]]:
        now = self._now()
        await lock_rows(self._statements, _requests_of, {"chosen": chosen})
        started = await self._statements.execute(_started, {"chosen": chosen, "moment": now})
        by_id = {draw.id: draw for draw in (Draw(*row) for row in started)}
        if not by_id:
            return []
        of_started = list({draw.request_id for draw in by_id.values()})
        drawing = await self._statements.execute(_requests_drawing, {"chosen": of_started})
        of_id = {request.id: request for request in (Request(*row) for row in drawing)}
        served = [{"user_id": user, "last_served": now} for user in {r.account for r in of_id.values()}]
        await self._statements.execute(_served, served)
        return [(by_id[id_], of_id[by_id[id_].request_id]) for id_ in chosen if id_ in by_id]

    async def set_ticket(self, draw_id: int, attempt: int, ticket: str) -> bool:
        """Stores the ticket by which the back-end's job can be resumed. False: the draw was lost."""
        values = {"draw": draw_id, "fence": attempt, "job": ticket}
        return (await self._statements.execute(_ticket, values)).rowcount > 0

    async def set_words(self, draw_id: int, attempt: int, words: DrawnWords) -> bool:
        """Stores the prompt that is drawn in place of the person's own. False: the draw was lost."""
        values = {"draw": draw_id, "fence": attempt, "drawn": words}
        return (await self._statements.execute(_words, values)).rowcount > 0

    async def drawn(self, draw_id: int, attempt: int, new: Sequence[NewPicture]) -> RequestState | None:
        """Stores the pictures. Returns the request's state, `drawn` after its last open draw; None: the draw was lost.

        Raises ValueError without pictures."""
        if not new:
            raise ValueError("a draw without a picture has failed")
        request_id = await self._end(draw_id, attempt, DrawState.DRAWN)
        if request_id is None:
            return None
        rows = await self._statements.execute(
            _new_pictures,
            [
                {
                    "request_id": request_id,
                    "draw_id": draw_id,
                    "ordinal": ordinal,
                    "mime": picture.mime,
                    "width": picture.width,
                    "height": picture.height,
                    "adult": picture.adult,
                    "thumbnail": picture.thumbnail,
                    "seed": picture.seed,
                }
                for ordinal, picture in enumerate(new)
            ],
        )
        data = [{"picture_id": picture_id, "data": new[ordinal].data} for picture_id, ordinal in rows]
        await self._statements.execute(_new_blobs, data)
        return await self._settle(request_id)

    async def failed(
        self, draw_id: int, attempt: int, error: str, *, detail: str | None = None, retry_after: float | None = None
    ) -> RequestState | None:
        """Stores the error's code, its words, and in how many seconds the back-end may be asked again.

        Returns the request's state; None: the draw was lost. `drawn`: this was the last open draw, and another one has
        pictures. `failed`: it was the last and none has; this state is not stored yet: tell the user, then call
        `requests.finish(id, FAILED)`. Any other state: some draws of the request are still open."""
        end = {"why": error, "said": detail, "seconds": retry_after}
        request_id = await self._end(draw_id, attempt, DrawState.FAILED, **end)
        return None if request_id is None else await self._settle(request_id)

    async def ended_before(self, draw_id: int, attempt: int) -> RequestState | None:
        """The answer that `drawn` or `failed` gave for this attempt; None when it has not ended, or was cancelled."""
        draw = await self.get(draw_id)
        if draw is None or draw.attempt != attempt or draw.state not in {DrawState.DRAWN, DrawState.FAILED}:
            return None
        await self._lock_request(draw_id)
        return await self._settle(draw.request_id)

    async def reroute(
        self,
        draw_id: int,
        attempt: int,
        model: str,
        detours: Sequence[Detour],
        *,
        cost: int = 0,
        own_key: bool = False,
    ) -> bool:
        """Puts a draw back to waiting for another model, at that model's cost and without the ticket.

        It is admitted before new draws. False: the draw was lost."""
        since = self._now() if cost else None
        values = {"other": model, "before": tuple(detours), "price": cost, "since": since, "own": own_key}
        rerouted = await self._wait_again(_rerouted, draw_id, attempt, **values)
        if rerouted:
            await Credits(self._statements, self._now).lower(draw_id, attempt, cost)
        return rerouted

    async def hand_back(self, draw_id: int, attempt: int) -> bool:
        """Puts a draw back to waiting with its ticket, for the next start or another process. False: it was lost."""
        return await self._wait_again(_handed_back, draw_id, attempt)

    async def _wait_again(self, statement: Prepared, draw_id: int, attempt: int, **values: object) -> bool:
        await self._lock_request(draw_id)
        values |= {"draw": draw_id, "fence": attempt}
        request_id: int | None = (await self._statements.execute(statement, values)).scalar()
        if request_id is None:
            return False
        await self._rest(requests.c.id == request_id)
        return True

    async def recover(self) -> int:
        """Puts all running draws back to waiting, with their tickets; they are admitted before all others.

        For the start of the only process that draws. Returns their number."""
        back = await self._statements.execute(
            update(draws).where(draw_is(DrawState.DRAWING)).values(state=DrawState.WAITING)
        )
        await self._rest(requests.c.finished_at.is_(None))
        return back.rowcount

    async def _end(self, draw_id: int, attempt: int, state: DrawState, **why: object) -> int | None:
        """Ends a draw and returns its request's id; None: the draw was lost."""
        await self._lock_request(draw_id)
        values = {"draw": draw_id, "fence": attempt, "end": state, "moment": self._now()}
        values |= {"why": None, "said": None, "seconds": None, **why}
        ended: int | None = (await self._statements.execute(_ended, values)).scalar()
        return ended

    async def _lock_request(self, draw_id: int) -> None:
        """Locks the request, so that of two draws that end at the same time the second sees the first."""
        await lock_rows(self._statements, _request_of_draw, {"draw": draw_id})

    async def _settle(self, request_id: int) -> RequestState:
        """Stores and returns the request's state after one of its draws ended."""
        states = {row[0] for row in await self._statements.execute(_states, {"request": request_id})}
        if not states.isdisjoint(_OPEN):
            return RequestState.DRAWING
        if DrawState.DRAWN not in states:
            return RequestState.FAILED
        await self._statements.execute(_request_drawn, {"request": request_id})
        return RequestState.DRAWN

    async def _rest(self, which: ColumnElement[bool]) -> None:
        """Sets a request back to waiting when none of its draws is running or has pictures."""
        busy = exists().where(
            draws.c.request_id == requests.c.id, draws.c.state.in_((DrawState.DRAWING, DrawState.DRAWN))
        )
        waits = exists().where(draws.c.request_id == requests.c.id, draws.c.state == DrawState.WAITING)
        await self._statements.execute(
            update(requests)
            .where(which, requests.c.state == RequestState.DRAWING, ~busy, waits)
            .values(state=RequestState.WAITING)
        )
