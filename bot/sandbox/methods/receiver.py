"""For whose eyes a message is: ephemeral messages (Bot API 10.2), and when a bot may send one.

A bot that is no admin needs a reason not older than 15 s: a press of that person, or an ephemeral message of theirs
(a command that is marked so, or a reply to an ephemeral message of the bot), which it then answers.
"""

from bot.sandbox import errors
from bot.sandbox.errors import Json, bad
from bot.sandbox.sandbox import QUERY_SECONDS, Sandbox
from bot.sandbox.state import ADMINS, PRESENT, Chat, Message, Status
from bot.sandbox.wire import Call


def address_to_one(box: Sandbox, call: Call, chat: Chat, message: Message) -> None:
    """Sets whom the message is for, and what it answers, if the call says so. Raises ApiError."""
    wanted = call.params.get("ephemeral_message_parameters")
    answered = (call.params.get("reply_parameters") or {}).get("ephemeral_message_id")
    if wanted is None:
        if answered is not None:
            raise bad("a reply to an ephemeral message must be an ephemeral message")
        return
    person_id: int = wanted["receiver_user_id"]
    if not chat.is_group:
        raise bad("ephemeral messages can be sent only in groups and supergroups")
    if "ephemeral" in chat.bot_denied:
        raise bad("not enough rights to send ephemeral messages to the chat")
    if chat.members.get(person_id, Status.LEFT) not in PRESENT:
        raise bad("receiver of the ephemeral message not found")
    message.ephemeral_for, message.reply_ephemeral = person_id, answered
    if answered is not None:
        _check_answered(box, chat.ephemeral.get(answered), person_id)
    elif wanted.get("callback_query_id") is not None:
        _check_query(box, chat, wanted)
    elif chat.bot_status not in ADMINS:
        raise bad("not enough rights to send ephemeral messages to the user")


def _check_answered(box: Sandbox, answered: Message | None, person_id: int) -> None:
    if answered is None or answered.sender_id != person_id:
        raise errors.REPLY_NOT_FOUND()
    if box.now() - answered.date > QUERY_SECONDS:
        raise bad("ephemeral message is too old to be replied")


def _check_query(box: Sandbox, chat: Chat, wanted: Json) -> None:
    query = box.live_query(wanted["callback_query_id"])
    if query is None or query.person_id != wanted["receiver_user_id"] or query.chat_id != chat.id:
        raise errors.QUERY_TOO_OLD()
    if wanted.get("replace_callback_query_message") and query.ephemeral:
        raise bad("messages of callback queries from ephemeral messages must be edited")
