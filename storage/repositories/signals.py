"""What processes on one PostgreSQL tell each other of a request, so that nobody has to look all the time.

A signal only says that a row is worth a look: it may be lost, come late, or be about another schema's request.
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
    """Its placeholder is known, or will not come."""
    await _tell(statements, PLACEHOLDER, request_id)


async def tell_drawing(statements: Statements, request_id: int) -> None:
    await _tell(statements, DRAWING, request_id)


async def tell_recall(statements: Statements, request_id: int) -> None:
    """Its end is there: a placeholder that has not left need not leave any more."""
    await _tell(statements, RECALL, request_id)


async def _tell(statements: Statements, word: str, request_id: int) -> None:
    """When the transaction is committed; nobody is there to hear it on SQLite."""
    if statements.dialect == "postgresql":
        await statements.execute(_NOTIFY, {"payload": f"{word}{request_id}"})


def heard(payload: str) -> tuple[str, int] | None:
    """The word and the request's id; None for what is none of ours."""
    word, number = payload[:1], payload[1:]
    return (word, int(number)) if word and number.isdecimal() else None
