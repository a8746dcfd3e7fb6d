"""A user's history: pages, search, deletion on request, and purging.

The newest request comes first, and within a request its pictures in order. Pages start from a picture that was shown
before (keyset paging along the index (requester_id, id)), so a page costs the same however long the history is.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, null, or_, select, tuple_, update

from storage.records import ExportEntry, HistoryEntry, HistoryPage, Parameters, RequestState, Variant
from storage.statements.connection import Statements
from storage.statements.tables import (
    broadcast_refusals,
    charges,
    chats,
    draws,
    kept_inputs,
    long_texts,
    own_keys,
    picture_is_favourite,
    pictures,
    presets,
    requests,
    seed_of_picture,
    sheets,
    size_of_run,
    usernames,
    users,
)

MOST_WORDS = 8  # of a search
LONGEST_WORD = 32  # characters of a word that are looked for
MOST_SEARCHED = 5_000  # requests, the nearest ones
AT_ONCE = 200  # requests of which a statement compares the words
WORK_AT_ONCE = 4_000_000  # comparisons of characters, about ten milliseconds
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
        favourites: bool = False,
        limit: int = 9,
    ) -> HistoryPage:
        """Up to `limit` of the requester's delivered pictures whose prompt contains all the `words`. With `favourites`
        only favourites.

        Starts with the newest if `picture_id` is None or is not one of their pictures.
        """
        known = None if picture_id is None else await self._place(requester_id, picture_id)
        if known is None:
            rows = await self._found(_Search(requester_id, words, favourites=favourites), limit + 1)
            return HistoryPage(_entries(rows[:limit]), newer=False, older=len(rows) > limit)
        search = _Search(requester_id, words, known, turn, favourites)
        rows = await self._found(search, limit + 1)
        if not rows:
            return await self.page(requester_id, words=words, favourites=favourites, limit=limit)
        if turn is Turn.NEWER:
            return HistoryPage(_entries(rows[:limit][::-1]), newer=len(rows) > limit, older=True)
        first = rows[0].request_id, rows[0].picture_id
        newer = await self._found(_Search(requester_id, words, first, Turn.NEWER, favourites), 1)
        return HistoryPage(_entries(rows[:limit]), newer=bool(newer), older=len(rows) > limit)

    async def entry(self, requester_id: int, picture_id: int) -> HistoryEntry | None:
        """One picture of the requester; None: it is not theirs, or no longer exists."""
        rows = await self._rows(_of(requester_id, "").where(pictures.c.id == picture_id))
        return _entries(rows)[0] if rows else None

    async def has_favourites(self, requester_id: int) -> bool:
        statement = _of(requester_id, "").where(picture_is_favourite).limit(1)
        return bool(await self._rows(statement))

    async def export(
        self, requester_id: int, *, after: int = 0, favourites: bool = False, limit: int = 500
    ) -> list[ExportEntry]:
        """Up to `limit` of a user's delivered pictures whose ids are above `after`, in the order of their ids."""
        statement = (
            select(
                pictures.c.id,
                pictures.c.request_id,
                requests.c.prompt,
                requests.c.full_prompt,
                draws.c.model,
                seed_of_picture,
                requests.c.parameters,
                pictures.c.width,
                pictures.c.height,
                requests.c.asked_at,
                pictures.c.favourite,
                pictures.c.file_id,
                pictures.c.adult,
                draws.c.variant,
                size_of_run,
                requests.c.message_kind,
                draws.c.words,
            )
            .select_from(requests)
            .join(pictures, pictures.c.request_id == requests.c.id)
            .join(draws, draws.c.id == pictures.c.draw_id)
            .where(requests.c.requester_id == requester_id, requests.c.state == RequestState.DELIVERED)
            .where(pictures.c.id > after)
            .order_by(pictures.c.id)
            .limit(limit)
        )
        if favourites:
            statement = statement.where(picture_is_favourite)
        return [ExportEntry(*row) for row in await self._statements.execute(statement)]

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
            await self._forget_charges(requester_id, counted_since)
            for table in (users, usernames, presets, own_keys, broadcast_refusals):
                await self._statements.execute(delete(table).where(table.c.user_id == requester_id))
            await self._statements.execute(delete(long_texts).where(long_texts.c.lane == requester_id))
            await self._statements.execute(delete(kept_inputs).where(kept_inputs.c.requester_id == requester_id))
            # A private chat has its person's id. Before 1.0 its title was their name.
            await self._statements.execute(update(chats).where(chats.c.chat_id == requester_id).values(title=None))
        return gone

    async def erase(self, request_id: int) -> None:
        """Deletes the pictures and words of one request; the request itself still counts."""
        await self._empty(select(requests.c.id).where(requests.c.id == request_id))

    async def _forget_charges(self, requester_id: int, counted_since: datetime | None) -> None:
        """Keeps the charges that still count, without the model."""
        mine = charges.c.account == requester_id
        old = mine if counted_since is None else and_(mine, charges.c.at <= counted_since)
        await self._statements.execute(delete(charges).where(old))
        await self._statements.execute(update(charges).where(mine).values(model=None))

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
        for table in (pictures, sheets):
            await self._statements.execute(delete(table).where(table.c.request_id.in_(ids)))
        await self._statements.execute(
            update(requests)
            .where(requests.c.id.in_(ids))
            .values(prompt="", full_prompt="", parameters=Parameters(), parent_id=None, message_id=None, detail=None)
            .values(inline_message_id=None)
        )
        # What a back-end said may repeat the words that it was given.
        await self._statements.execute(
            update(draws).where(draws.c.request_id.in_(ids)).values(detail=None, variant=null(), words=null())
        )

    async def _place(self, requester_id: int, picture_id: int) -> tuple[int, int] | None:
        statement = (
            select(pictures.c.request_id, pictures.c.id)
            .join(requests, requests.c.id == pictures.c.request_id)
            .where(pictures.c.id == picture_id, requests.c.requester_id == requester_id)
        )
        found = (await self._statements.execute(statement)).first()
        return None if found is None else (found[0], found[1])

    async def _found(self, search: "_Search", limit: int) -> list[Row[*tuple[Any, ...]]]:  # Any: rows of any shape
        """The first `limit` rows in the direction of the search.

        Words are searched in a limited number of requests at a time: SQLite compares on the event loop, and other tasks
        run in between. At most the first MOST_SEARCHED requests are searched.
        """
        statement = search.statement()
        if not search.words:
            return await self._rows(statement.limit(limit))
        rows: list[Row[*tuple[Any, ...]]] = []  # Any: rows of any shape
        start = search.known[0] if search.known is not None else None
        inclusive, searched = True, 0
        while len(rows) < limit and searched < MOST_SEARCHED:
            ids = await self._some(search, start, inclusive=inclusive)
            if not ids:
                break
            some = statement.where(requests.c.id.between(min(ids), max(ids)))
            rows += await self._rows(some.limit(limit - len(rows)))
            start, inclusive, searched = ids[-1], False, searched + len(ids)
            await asyncio.sleep(0)
        return rows

    async def _some(self, search: "_Search", start: int | None, *, inclusive: bool) -> list[int]:
        """The ids of the next requests, as many as may be compared at once."""
        columns = requests.c.id, func.length(requests.c.prompt) + func.length(requests.c.full_prompt)
        statement = select(*columns).where(
            requests.c.requester_id == search.requester_id, requests.c.state == RequestState.DELIVERED
        )
        at = requests.c.id
        if start is not None:
            beyond = at >= start if search.ascending else at <= start
            statement = statement.where(beyond if inclusive else and_(beyond, at != start))
        ordered = statement.order_by(at.asc() if search.ascending else at.desc()).limit(AT_ONCE)
        ids, work = [], 0
        for request_id, length in await self._statements.execute(ordered):
            ids.append(request_id)
            work += (length or 0) * search.effort
            if work > WORK_AT_ONCE:
                break
        return ids

    async def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:  # Any: rows of any shape
        return list(await self._statements.execute(statement))


@dataclass(frozen=True, slots=True)
class _Search:
    """Whose pictures, with which words, from which request and picture on, and in which direction."""

    requester_id: int
    words: str = ""
    known: tuple[int, int] | None = None
    turn: Turn = Turn.AT
    favourites: bool = False

    @property
    def ascending(self) -> bool:
        return self.turn is Turn.NEWER

    @property
    def effort(self) -> int:
        """The most comparisons for each character of a prompt."""
        return sum(len(word) * len(_spellings(word)) for word in _sought(self.words))

    def statement(self) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own type for rows
        statement = _of(self.requester_id, self.words)
        if self.favourites:
            statement = statement.where(picture_is_favourite)
        if self.known is not None:
            place, known = tuple_(requests.c.id, pictures.c.id), tuple_(*self.known)
            if self.turn is Turn.NEWER:
                statement = statement.where(place > known)
            else:
                statement = statement.where(place <= known if self.turn is Turn.AT else place < known)
        return statement.order_by(*(_oldest_first() if self.ascending else _newest_first()))


def _of(requester_id: int, words: str) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own type for rows
    said = func.coalesce(func.nullif(requests.c.full_prompt, ""), requests.c.prompt)
    return (
        select(
            pictures.c.id.label("picture_id"),
            pictures.c.request_id,
            said.label("prompt"),
            draws.c.variant,
            draws.c.model,
            seed_of_picture.label("seed"),
            pictures.c.width,
            pictures.c.height,
            pictures.c.thumbnail,
            pictures.c.favourite,
            pictures.c.file_id,
            pictures.c.adult,
            requests.c.parameters,
            requests.c.message_kind,
            size_of_run.label("of_run"),
        )
        .select_from(requests)
        .join(pictures, pictures.c.request_id == requests.c.id)
        .join(draws, draws.c.id == pictures.c.draw_id)
        .where(
            requests.c.requester_id == requester_id,
            requests.c.state == RequestState.DELIVERED,
            *(_holds(said, word) for word in _sought(words)),
        )
    )


def _sought(words: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in words[: MOST_WORDS * LONGEST_WORD].split()[:MOST_WORDS]]


def _holds(said: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """The condition that a text contains a word in any case."""
    return or_(*(said.icontains(spelling, autoescape=True) for spelling in _spellings(word)))


def _spellings(word: str) -> list[str]:
    """The usual spellings of a word: SQLite's LIKE ignores case only for Latin letters."""
    return [word] if word.isascii() else list(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _newest_first() -> tuple[ColumnElement[Any], ...]:  # Any: an ordering has no type of its own
    return requests.c.id.desc(), pictures.c.id.desc()


def _oldest_first() -> tuple[ColumnElement[Any], ...]:  # Any: likewise
    return requests.c.id.asc(), pictures.c.id.asc()


def _entries(rows: list[Row[*tuple[Any, ...]]]) -> tuple[HistoryEntry, ...]:  # Any: rows of any shape
    return tuple(map(_entry, rows))


def _entry(row: Row[*tuple[Any, ...]]) -> HistoryEntry:  # Any: likewise
    """The entry, with the words of the picture's own draw if they differ from the request's."""
    values = row._asdict()
    variant: Variant | None = values.pop("variant")
    if variant is not None:
        values["prompt"] = variant.full_prompt or variant.prompt or values["prompt"]
    parameters: Parameters = values.pop("parameters")
    values["covered"] = parameters.spoiler or values.pop("adult")
    as_document = parameters.as_document and not values["covered"]  # Telegram covers photos only
    kind = values.pop("message_kind")
    values["as_document"], values["moves"] = kind == "document" or as_document, kind in {"animation", "video"}
    return HistoryEntry(**values)
