"""Answers to pressed buttons: a toast, an alert, or just the end of the spinner."""

from bot.sandbox import errors
from bot.sandbox.errors import Json
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import Call


async def answer_callback_query(box: Sandbox, call: Call) -> Json:
    """Once, and within 15 s of the press; later Telegram does not know the query any more."""
    query = box.live_query(call.params["callback_query_id"])
    if query is None or query.answered:
        raise errors.QUERY_TOO_OLD()
    query.answered = True
    text = call.params.get("text", "")
    if text:
        alert = bool(call.params.get("show_alert"))
        box.events.add("toast", person_id=query.person_id, text=text, alert=alert, query_id=query.id)
    box.events.add("answered", query_id=query.id)
    return True
