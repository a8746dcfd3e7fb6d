"""Long texts that were handled. If an app cut one, another part may still come, to any process."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Executable, delete, select

from storage.records import LongText
from storage.statements.connection import Statements
from storage.statements.dialects import among, insert
from storage.statements.prepared import prepared
from storage.statements.tables import long_texts

_COLUMNS = (
    long_texts.c.lane,
    long_texts.c.chat_id,
    long_texts.c.message_id,
    long_texts.c.sent_at,
    long_texts.c.reply_to,
)


@prepared()
def _of(dialect: str) -> Executable:
    return select(*_COLUMNS).where(among(dialect, long_texts.c.lane, "lanes"))


class LongTexts:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def note(self, handled: LongText) -> None:
        """Stores the last part of a text, replacing an earlier text of that person in that chat."""
        given = {"message_id": handled.message_id, "sent_at": handled.sent_at, "reply_to": handled.reply_to}
        statement = (
            insert(self._statements, long_texts)
            .values(lane=handled.lane, chat_id=handled.chat_id, **given)
            .on_conflict_do_update(index_elements=[long_texts.c.lane, long_texts.c.chat_id], set_=given)
        )
        await self._statements.execute(statement)

    async def of(self, lanes: Collection[int]) -> list[LongText]:
        """The texts of these people, in all chats."""
        rows = await self._statements.execute(_of, {"lanes": list(lanes)}) if lanes else ()
        return [LongText(*row) for row in rows]

    async def newest(self, limit: int) -> list[LongText]:
        """The newest texts of all people, the oldest of them first."""
        statement = select(*_COLUMNS).order_by(long_texts.c.sent_at.desc()).limit(limit)
        return [LongText(*row) for row in await self._statements.execute(statement)][::-1]

    async def purge(self, before: datetime) -> int:
        """Deletes texts that were sent before then, and returns their number."""
        return (await self._statements.execute(delete(long_texts).where(long_texts.c.sent_at < before))).rowcount
