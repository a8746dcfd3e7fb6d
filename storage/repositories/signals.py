"""Signals between processes on one PostgreSQL (NOTIFY), so that none has to poll.

A signal is only a hint to look at a row: it may be lost, late, or about a request of another schema.
"""

from sqlalchemy import text

from storage.statements.connection import Statements

# Two bots in one database are in two schemas.
INBOX_CHANNEL = "imagine_bot_inbox"  # NOTIFY: the id of the process that has an update to handle
CHANNEL = "'imagine_bot_' || left(md5(current_schema()), 16)"
ENDED, PLACEHOLDER, DRAWING, RECALL = "e", "p", "d", "r"
_NOTIFY = text(f"SELECT pg_notify({CHANNEL}, :payload)")


async def tell_ended(statements: Statements, request_id: int) -> None:
    await _tell(statements, ENDED, request_id)


async def tell_placeholder(statements: Statements, request_id: int) -> None:
    """Announces that a request's placeholder is known, or will not come."""
    await _tell(statements, PLACEHOLDER, request_id)


async def tell_drawing(statements: Statements, request_id: int) -> None:
    await _tell(statements, DRAWING, request_id)


async def tell_recall(statements: Statements, request_id: int) -> None:
    """Announces that a request has ended: a placeholder that was not sent yet is not needed."""
    await _tell(statements, RECALL, request_id)


async def _tell(statements: Statements, word: str, request_id: int) -> None:
    """Notifies when the transaction is committed; does nothing on SQLite."""
    if statements.dialect == "postgresql":
        await statements.execute(_NOTIFY, {"payload": f"{word}{request_id}"})


def heard(payload: str) -> tuple[str, int] | None:
    """Parses a payload into the signal and the request's id; None for a payload that is not ours."""
    word, number = payload[:1], payload[1:]
    return (word, int(number)) if word and number.isdecimal() else None
