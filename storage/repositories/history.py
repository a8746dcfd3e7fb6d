"""A user's history: pages, search, deletion on request, and purging.

The newest request comes first, and within a request its pictures in order. Pages start from a picture that was shown
before (keyset paging along the index (requester_id, id)), so a page costs the same however long the history is.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select, tuple_, update

from storage.records import HistoryEntry, HistoryPage, Parameters, RequestState
from storage.statements.connection import Statements
from storage.statements.tables import chats, draws, pictures, requests, users

MOST_WORDS = 8  # of a search
BATCH = 200  # requests deleted in one transaction


class Turn(StrEnum):
    """The direction of a page, from a given picture."""

    AT = "a"  # begins with it
    OLDER = "o"  # follows it
    NEWER = "n"  # ends before it


class History:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def page(
        self,
        requester_id: int,
        *,
        picture_id: int | None = None,
        turn: Turn = Turn.AT,
        words: str = "",
        limit: int = 9,
    ) -> HistoryPage:
        """Up to `limit` of the requester's delivered pictures whose prompt contains all the `words`.

        Starts with the newest without `picture_id`, or when that is not one of their pictures.
        """
        mine = _of(requester_id, words)
        known = None if picture_id is None else await self._place(requester_id, picture_id)
        if known is None:
            rows = await self._rows(mine.order_by(*_newest_first()).limit(limit + 1))
            return HistoryPage(_entries(rows[:limit]), newer=False, older=len(rows) > limit)
        place = tuple_(requests.c.id, pictures.c.id)
        if turn is Turn.NEWER:
            rows = await self._rows(mine.where(place > known).order_by(*_oldest_first()).limit(limit + 1))
            if not rows:
                return await self.page(requester_id, words=words, limit=limit)
            return HistoryPage(_entries(rows[:limit][::-1]), newer=len(rows) > limit, older=True)
        further = place <= known if turn is Turn.AT else place < known
        rows = await self._rows(mine.where(further).order_by(*_newest_first()).limit(limit + 1))
        if not rows:
            return await self.page(requester_id, words=words, limit=limit)
        first = tuple_(rows[0].request_id, rows[0].picture_id)
        newer = await self._rows(mine.where(place > first).order_by(*_oldest_first()).limit(1))
        return HistoryPage(_entries(rows[:limit]), newer=bool(newer), older=len(rows) > limit)

    async def entry(self, requester_id: int, picture_id: int) -> HistoryEntry | None:
        """One picture of the requester; None when it is not theirs, or no longer there."""
        rows = await self._rows(_of(requester_id, "").where(pictures.c.id == picture_id))
        return _entries(rows)[0] if rows else None

    async def forget(self, requester_id: int, *, counted_since: datetime | None = None, limit: int = BATCH) -> int:
        """Deletes up to `limit` of a user's requests with everything that belongs to them, and returns the number.
        When none is left, deletes their settings too and returns 0.

        Requests accepted after `counted_since` are emptied instead of deleted, so that deleting one's data does not
        reset a daily limit. `purge` deletes those later.
        """
        spared = (requests.c.accepted_at > counted_since) if counted_since is not None else None
        mine = select(requests.c.id).where(requests.c.requester_id == requester_id)
        if spared is not None:
            await self._empty(mine.where(spared))
            mine = mine.where(~spared)
        doomed = mine.order_by(requests.c.id).limit(limit).scalar_subquery()
        gone = (await self._statements.execute(delete(requests).where(requests.c.id.in_(doomed)))).rowcount
        if not gone:
            await self._statements.execute(delete(users).where(users.c.user_id == requester_id))
            # A private chat has its person's id. Before 1.0 its title was their name.
            await self._statements.execute(update(chats).where(chats.c.chat_id == requester_id).values(title=None))
        return gone

    async def purge(self, before: datetime, *, limit: int = BATCH) -> int:
        """Deletes up to `limit` requests that ended before then, and returns the number."""
        old = (
            select(requests.c.id)
            .where(requests.c.finished_at.is_not(None), requests.c.finished_at < before)
            .order_by(requests.c.finished_at)
            .limit(limit)
        )
        statement = delete(requests).where(requests.c.id.in_(old.scalar_subquery()))
        return (await self._statements.execute(statement)).rowcount

    async def _empty(self, which: Select[int]) -> None:
        """Removes everything from requests except that they were made."""
        ids = which.scalar_subquery()
        await self._statements.execute(delete(pictures).where(pictures.c.request_id.in_(ids)))
        await self._statements.execute(
            update(requests)
            .where(requests.c.id.in_(ids))
            .values(prompt="", full_prompt="", parameters=Parameters(), parent_id=None, message_id=None, detail=None)
        )
        # What a back-end said may repeat the words that it was given.
        await self._statements.execute(update(draws).where(draws.c.request_id.in_(ids)).values(detail=None))

    async def _place(self, requester_id: int, picture_id: int) -> Any:  # Any: a tuple expression of SQLAlchemy's
        statement = (
            select(pictures.c.request_id, pictures.c.id)
            .join(requests, requests.c.id == pictures.c.request_id)
            .where(pictures.c.id == picture_id, requests.c.requester_id == requester_id)
        )
        found = (await self._statements.execute(statement)).first()
        return None if found is None else tuple_(*found)

    async def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:  # Any: rows of any shape
        return list(await self._statements.execute(statement))


def _of(requester_id: int, words: str) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own type for rows
    said = func.coalesce(func.nullif(requests.c.full_prompt, ""), requests.c.prompt)
    return (
        select(
            pictures.c.id.label("picture_id"),
            pictures.c.request_id,
            said.label("prompt"),
            draws.c.model,
            draws.c.seed,
            pictures.c.width,
            pictures.c.height,
            pictures.c.thumbnail,
        )
        .select_from(requests)
        .join(pictures, pictures.c.request_id == requests.c.id)
        .join(draws, draws.c.id == pictures.c.draw_id)
        .where(
            requests.c.requester_id == requester_id,
            requests.c.state == RequestState.DELIVERED,
            *(_holds(said, word) for word in words.split()[:MOST_WORDS]),
        )
    )


def _holds(said: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a prompt contains a word, ignoring case. SQLite's LIKE ignores case for Latin letters only, so the
    usual spellings of a word are compared as well."""
    spellings = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    return or_(*(said.icontains(spelling, autoescape=True) for spelling in spellings))


def _newest_first() -> tuple[ColumnElement[Any], ...]:  # Any: an ordering has no type of its own
    return requests.c.id.desc(), pictures.c.id.desc()


def _oldest_first() -> tuple[ColumnElement[Any], ...]:  # Any: likewise
    return requests.c.id.asc(), pictures.c.id.asc()


def _entries(rows: list[Row[*tuple[Any, ...]]]) -> tuple[HistoryEntry, ...]:  # Any: rows of any shape
    return tuple(HistoryEntry(**row._asdict()) for row in rows)
