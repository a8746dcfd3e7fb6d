"""Requests: accepted once, shown by one placeholder, ended once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, literal, select, update

from storage.records import (
    OPEN_STATES,
    Draw,
    DrawState,
    NewDraw,
    NewRequest,
    PlaceholderState,
    Request,
    RequestState,
)
from storage.repositories import request_statements as statements
from storage.repositories.credits import Credits
from storage.repositories.draws import draws_of_request
from storage.repositories.request_statements import REQUEST_COLUMNS
from storage.repositories.signals import tell_ended, tell_placeholder
from storage.statements.connection import Statements
from storage.statements.prepared import Prepared
from storage.statements.tables import inline_message_is_known, request_is_open, requests, sheets

UNTOLD = "untold"  # the reason of a cancellation that its person was not told of yet
_MOST_DRAWS = 16


class Requests:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def accept(self, new: NewRequest) -> tuple[Request, list[Draw], bool]:
        """Stores a request with one draw for each seed, and returns it and True.

        For a known `source` it returns the request that was made the first time, and False. Raises ValueError for a
        wrong number of seeds.
        """
        asked = new.draws or tuple(NewDraw(new.model, seed, new.cost, own_key=new.own_key) for seed in new.seeds)
        if not 1 <= len(asked) <= _MOST_DRAWS:
            raise ValueError(f"a request has 1 to {_MOST_DRAWS} draws, not {len(asked)}")
        given: dict[str, object] = {name: getattr(new, name) for name in statements.GIVEN}
        given |= {
            "placeholder": PlaceholderState.NONE if new.message_id is None else PlaceholderState.KNOWN,
            "state": RequestState.WAITING,
            "attempt": 0,
            "accepted_at": self._now(),
        }
        created = (await self._statements.execute(statements.accepted, given)).first()
        if created is None:
            found = (await self._statements.execute(statements.request_of_source, {"act": new.source})).first()
            assert found is not None
            known = Request(*found)
            return known, await self._draws(known.id), False
        request = Request(*created)
        values = [
            {
                "request_id": request.id,
                "requester_id": request.account,
                "ordinal": ordinal,
                "model": draw.model,
                "seed": draw.seed,
                "state": DrawState.WAITING,
                "attempt": 0,
                "cost": draw.cost * draw.count,
                "reserved_at": request.accepted_at if draw.cost else None,
                "variant": draw.variant,
                "count": draw.count,
                "words": new.words,
                "own_key": draw.own_key,
            }
            for ordinal, draw in enumerate(asked)
        ]
        rows = await self._statements.execute(statements.new_draws, values)
        return request, sorted((Draw(*row) for row in rows), key=lambda draw: draw.ordinal), True

    async def get(self, request_id: int) -> Request | None:
        found = (await self._statements.execute(statements.request_of_id, {"request": request_id})).first()
        return Request(*found) if found else None

    async def of_source(self, source: str) -> Request | None:
        """The request that an act has made, if any."""
        found = (await self._statements.execute(statements.request_of_source, {"act": source})).first()
        return Request(*found) if found else None

    async def by_message(self, chat_id: int, message_id: int) -> Request | None:
        """The request whose placeholder, picture or sheet is this message; None for other messages."""
        found = await self._newest(requests.c.chat_id == chat_id, requests.c.message_id == message_id)
        if found is not None:
            return found
        further = select(sheets.c.request_id).where(sheets.c.chat_id == chat_id, sheets.c.message_id == message_id)
        return await self._newest(requests.c.id.in_(further))

    async def by_inline_message(self, inline_message_id: str) -> Request | None:
        """The newest request that this inline message shows; None for other messages."""
        return await self._newest(inline_message_is_known, requests.c.inline_message_id == inline_message_id)

    async def latest_shown(self, chat_id: int, *, delivered: bool = False) -> Request | None:
        """The request with the newest placeholder or picture message in a chat. `delivered`: only pictures count."""
        states = {RequestState.DELIVERED} if delivered else {RequestState.DELIVERED, *OPEN_STATES}
        conditions = [requests.c.chat_id == chat_id, requests.c.message_id.is_not(None), requests.c.state.in_(states)]
        statement = select(*REQUEST_COLUMNS).where(*conditions).order_by(requests.c.message_id.desc()).limit(1)
        found = (await self._statements.execute(statement)).first()
        return Request(*found) if found else None

    async def newest_open(self, chat_id: int, requester_id: int) -> Request | None:
        return await self._newest(
            requests.c.chat_id == chat_id, requests.c.requester_id == requester_id, request_is_open
        )

    async def open_of(self, requester_id: int) -> list[Request]:
        """A user's requests that have not ended."""
        return await self._open(requests.c.requester_id == requester_id)

    async def open_in(self, chat_id: int) -> list[Request]:
        """A chat's requests that have not ended."""
        return await self._open(requests.c.chat_id == chat_id)

    async def unfinished(self) -> list[Request]:
        """All requests that have not ended, oldest first."""
        return await self._open()

    async def _open(self, *conditions: ColumnElement[bool]) -> list[Request]:
        statement = select(*REQUEST_COLUMNS).where(request_is_open, *conditions)
        return await self._oldest_first(statement)

    async def _oldest_first(self, few: Select[*tuple[Any, ...]]) -> list[Request]:  # Any: rows of any shape
        """Sorts in Python: with ORDER BY id SQLite would scan all requests ever made instead of the partial index."""
        found = [Request(*row) for row in await self._statements.execute(few)]
        return sorted(found, key=lambda request: request.id)

    async def chain(self, request_id: int, limit: int = 10) -> list[Request]:
        """A request and the ones it refines, through `parent_id`: the newest `limit` of them, oldest first."""
        steps = (
            select(requests.c.id, requests.c.parent_id, literal(1).label("step"))
            .where(requests.c.id == request_id)
            .cte("steps", recursive=True)
        )
        steps = steps.union_all(
            select(requests.c.id, requests.c.parent_id, steps.c.step + 1)
            .join(steps, requests.c.id == steps.c.parent_id)
            .where(steps.c.step < limit)
        )
        statement = select(*REQUEST_COLUMNS).join(steps, requests.c.id == steps.c.id).order_by(steps.c.step.desc())
        return [Request(*row) for row in await self._statements.execute(statement)]

    # The placeholder

    async def placeholder_sending(self, request_id: int) -> Request | None:
        """Call before sending the placeholder. None: do not send; it was begun before, or the request has ended."""
        found = (await self._statements.execute(statements.placeholder_sending, {"request": request_id})).first()
        return Request(*found) if found else None

    async def placeholder_skipped(self, request_id: int) -> bool:
        """Stores that no placeholder was sent, or that its sender is no longer waited for.

        The outcome is then sent as a new message, and a process that still sends the placeholder deletes it. False: the
        placeholder is known after all.
        """
        return await self._placeholder(statements.placeholder_skipped, request=request_id)

    async def placeholder_known(self, request_id: int, message_id: int, kind: str) -> bool:
        """Stores the placeholder's message id, after it was sent or when its button is pressed.

        False: it is too late, because the placeholder was given up, or a message is known already.
        """
        return await self._placeholder(statements.placeholder_known, request=request_id, message=message_id, kind=kind)

    async def set_message(self, request_id: int, message_id: int, kind: str) -> bool:
        """Replaces the message that shows the request."""
        return await self._changed(statements.message_set, request=request_id, message=message_id, kind=kind)

    async def _placeholder(self, statement: Prepared, *, request: int, **values: object) -> bool:
        changed = await self._changed(statement, request=request, **values)
        if changed:
            await tell_placeholder(self._statements, request)
        return changed

    # The end

    async def claim_end(self, request_id: int, attempt: int, *, token: int | None = None) -> Request | None:
        """Claims the outcome of a request (delivery or failure), raising its fencing token from `attempt`.

        None: the request has ended, or another process has claimed it. `token`: the new value, by default one more. A
        random value, which no other caller has, can be given once more after a transaction whose answer was lost: if
        that was committed, nothing changes.
        """
        values = {"request": request_id, "fence": attempt, "mine": attempt if token is None else token}
        values["token"] = attempt + 1 if token is None else token
        claimed = (await self._statements.execute(statements.end_claimed, values)).first()
        return Request(*claimed) if claimed else None

    async def ending_by(self, request_id: int, attempt: int) -> bool:
        """Whether the outcome is still claimed under this fencing token. Until the transaction ends nobody else can
        claim it."""
        return await self._changed(statements.end_held, request=request_id, fence=attempt)

    async def first_shown(self, request_id: int, message_id: int, kind: str, *, attempt: int) -> bool:
        """Stores the message of an outcome that is not complete yet. False, without any change: another process claimed
        the outcome, or the request has ended."""
        values = {"message": message_id, "kind": kind, "fence": attempt}
        return await self._changed(statements.first_shown, request=request_id, **values)

    async def finish(
        self,
        request_id: int,
        state: RequestState,
        *,
        reason: str | None = None,
        detail: str | None = None,
        attempt: int | None = None,
        shown: tuple[int, str] | None = None,
    ) -> bool:
        """Sets the end `state`, cancels open draws, and settles the credits that are reserved. `shown`: the id and the
        kind of the message that shows the end.

        False, without any change, when the transition is not allowed or `attempt`, if given, is outdated. Raises
        ValueError for a state that is not an end."""
        if state in OPEN_STATES:
            raise ValueError(f"{state} is not an end")
        values: dict[str, object] = {"request": request_id, "why": reason, "said": detail, "moment": self._now()}
        values["fence"] = attempt
        if shown is not None:
            values["message"], values["kind"] = shown
        ended = (await self._statements.execute(statements.finished(state, attempt, shown), values)).first()
        if ended is None:
            return False
        if state is not RequestState.DELIVERED:  # of what is drawn no draw is open
            await self._statements.execute(statements.draws_cancelled, values)
        if ended[0]:
            await self._settle(request_id, delivered=state is RequestState.DELIVERED)
        await tell_ended(self._statements, request_id)
        return True

    async def cancel(self, request_id: int, *, attempt: int, reason: str | None = None) -> bool:
        """Cancels a request. False: its outcome was claimed beyond the `attempt` that the caller knows, so some process
        is showing the picture."""
        values: dict[str, object] = {"request": request_id, "why": reason, "moment": self._now(), "fence": attempt}
        ended = (await self._statements.execute(statements.cancelled, values)).first()
        if ended is None:
            return False
        await self._statements.execute(statements.draws_cancelled, values)
        if ended[0]:
            await self._settle(request_id, delivered=False)
        await tell_ended(self._statements, request_id)
        return True

    async def give_up_message(self, request_id: int) -> None:
        """The cancelled request's message belongs to another request from now on."""
        cancelled = requests.c.state == RequestState.CANCELLED
        await self._update(requests.c.id == request_id, cancelled, message_id=None, message_kind=None, reason=None)

    async def told(self, request_id: int) -> bool:
        """Stores that the person was told of the cancellation. False: that was stored already."""
        return await self._update(requests.c.id == request_id, requests.c.reason == UNTOLD, reason=None)

    async def untold(self, since: datetime) -> list[Request]:
        """Requests cancelled since then whose person was not told yet (reason UNTOLD), oldest first."""
        statement = (
            select(*REQUEST_COLUMNS)
            .where(requests.c.finished_at.is_not(None), requests.c.finished_at >= since)
            .where(requests.c.state == RequestState.CANCELLED, requests.c.reason == UNTOLD)
        )
        return await self._oldest_first(statement)

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """Deletes up to `limit` requests that ended before then, with draws, pictures and bytes, and returns the
        number. Repeat it, each in a transaction of its own, until it returns 0."""
        old = (
            select(requests.c.id)
            .where(requests.c.finished_at.is_not(None), requests.c.finished_at < before)
            .order_by(requests.c.finished_at)
            .limit(limit)
        )
        return (await self._statements.execute(delete(requests).where(requests.c.id.in_(old)))).rowcount

    # Limits and the queue

    async def waiting_count(self, account: int) -> int:
        """The number of waiting requests that count towards an account: see `storage.records.account_of`."""
        statement = statements.waiting_count if account > 0 else statements.waiting_count_of_chat
        counted: int = (await self._statements.execute(statement, {"person": account})).scalar_one()
        return counted

    async def accepted_since(self, account: int, when: datetime) -> int:
        """The number of an account's requests accepted since then, whatever their outcome."""
        return await self._count(statements.counts_towards(account), requests.c.accepted_at >= when)

    async def asked_before(self, request: Request, since: datetime) -> datetime | None:
        """When the requester's previous request in that chat was accepted, if since then; for cooldowns.

        Requests that failed through no fault of the requester do not count. All people who write as chats count as one.
        """
        statement = select(func.max(requests.c.accepted_at)).where(
            statements.counts_towards(request.account),
            requests.c.accepted_at > since,
            requests.c.chat_id == request.chat_id,
            requests.c.id != request.id,
            requests.c.state.not_in((RequestState.FAILED, RequestState.UNDELIVERABLE)),
        )
        when: datetime | None = (await self._statements.execute(statement)).scalar()
        return when

    async def queue_places(self) -> dict[int, int]:
        """The queue positions of all requests with waiting draws. 1: the next to be admitted."""
        of_draws = await self._statements.execute(statements.waiting_places)
        in_order = dict.fromkeys(request_id for (request_id,) in of_draws)  # each with its first draw
        return {request_id: place for place, request_id in enumerate(in_order, start=1)}

    # Parts of statements

    async def _settle(self, request_id: int, *, delivered: bool) -> None:
        """Spends or releases the reserved credits, in the transaction that ends the request."""
        await Credits(self._statements, self._now).settle(request_id, delivered=delivered)

    async def _newest(self, *conditions: ColumnElement[bool]) -> Request | None:
        statement = select(*REQUEST_COLUMNS).where(*conditions).order_by(requests.c.id.desc()).limit(1)
        found = (await self._statements.execute(statement)).first()
        return Request(*found) if found else None

    async def _update(self, *conditions: ColumnElement[bool], **values: object) -> bool:
        return (await self._statements.execute(update(requests).where(*conditions).values(values))).rowcount > 0

    async def _changed(self, statement: Prepared, **values: object) -> bool:
        return (await self._statements.execute(statement, values)).rowcount > 0

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        statement = select(func.count()).select_from(requests).where(*conditions)
        counted: int = (await self._statements.execute(statement)).scalar_one()
        return counted

    async def _draws(self, request_id: int) -> list[Draw]:
        rows = await self._statements.execute(draws_of_request, {"request": request_id})
        return [Draw(*row) for row in rows]
