"""What an error of a call to Telegram means: one table from the server's own words to an outcome.

The texts are those of tdlib/telegram-bot-api and tdlib/td (`Client.cpp`, `fail_query` and its callers). A 403
whose text is ALL_CAPS reaches a bot as 400, so the text decides before the status does.
"""

from enum import StrEnum

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

from bot.telegram.not_sent import NotSent


class Outcome(StrEnum):
    NOT_MODIFIED = "not_modified"  # it is so already: success
    WRONG_KIND = "wrong_kind"  # it is a photo where a text was thought, or the reverse: edit the other
    MESSAGE_GONE = "message_gone"  # cannot be edited or deleted any more: send anew
    REPLY_GONE = "reply_gone"  # send without the reply
    QUERY_EXPIRED = "query_expired"  # ignore
    THREAD_GONE = "thread_gone"  # the topic is closed or deleted: drop it, or stop
    NO_RIGHTS = "no_rights"  # not here, or not a photo: try text, else tell the person in private
    BAD_PHOTO = "bad_photo"  # send as document
    BAD_FILE = "bad_file"  # a file_id or URL is refused: upload the bytes
    BAD_ENTITIES = "bad_entities"  # send plain
    MIGRATED = "migrated"  # `migrated_to` has the new id: rewrite stored ids, retry
    CHAT_GONE = "chat_gone"  # mark the chat dead, cancel its jobs
    FLOOD = "flood"  # no budget in time; it had no effect
    CONFLICT = "conflict"  # another instance polls, or a webhook is set
    UNAUTHORIZED = "unauthorized"  # the token is wrong
    TOO_LARGE = "too_large"  # the file is
    UNSENT = "unsent"  # no connection, or called back: it certainly had no effect
    AMBIGUOUS = "ambiguous"  # the connection broke, or the answer was none: it may have had its effect
    TRANSIENT = "transient"  # the server failed (5xx): it may have had its effect, though hardly
    OTHER = "other"  # our mistake: retrying is no use


# First match wins; matched case-insensitively within the description.
TEXTS: tuple[tuple[str, Outcome], ...] = (
    ("message is not modified", Outcome.NOT_MODIFIED),
    ("message_not_modified", Outcome.NOT_MODIFIED),
    ("there is no text in the message to edit", Outcome.WRONG_KIND),
    ("there is no caption in the message to edit", Outcome.WRONG_KIND),
    ("message to edit not found", Outcome.MESSAGE_GONE),
    ("message can't be edited", Outcome.MESSAGE_GONE),
    ("message_id_invalid", Outcome.MESSAGE_GONE),
    ("message to delete not found", Outcome.MESSAGE_GONE),
    ("message can't be deleted", Outcome.MESSAGE_GONE),
    ("message to be replied not found", Outcome.REPLY_GONE),
    ("replied message not found", Outcome.REPLY_GONE),
    ("query is too old", Outcome.QUERY_EXPIRED),
    ("query id is invalid", Outcome.QUERY_EXPIRED),
    ("query_id_invalid", Outcome.QUERY_EXPIRED),
    ("message thread not found", Outcome.THREAD_GONE),
    ("topic_closed", Outcome.THREAD_GONE),
    ("topic_deleted", Outcome.THREAD_GONE),
    ("not enough rights", Outcome.NO_RIGHTS),
    ("have no write access to the chat", Outcome.NO_RIGHTS),
    ("chat_write_forbidden", Outcome.NO_RIGHTS),
    ("chat_send_photos_forbidden", Outcome.NO_RIGHTS),
    ("chat_send_docs_forbidden", Outcome.NO_RIGHTS),
    ("chat_send_media_forbidden", Outcome.NO_RIGHTS),
    ("chat_send_plain_forbidden", Outcome.NO_RIGHTS),
    ("chat_restricted", Outcome.NO_RIGHTS),
    ("photo_invalid_dimensions", Outcome.BAD_PHOTO),
    ("image_process_failed", Outcome.BAD_PHOTO),
    ("photo_ext_invalid", Outcome.BAD_PHOTO),
    ("photo_save_file_invalid", Outcome.BAD_PHOTO),
    ("too big for a photo", Outcome.BAD_PHOTO),
    ("wrong file identifier", Outcome.BAD_FILE),
    ("wrong remote file identifier", Outcome.BAD_FILE),
    ("file reference", Outcome.BAD_FILE),
    ("wrong type of the web page content", Outcome.BAD_FILE),
    ("failed to get http url content", Outcome.BAD_FILE),
    ("can't parse entities", Outcome.BAD_ENTITIES),
    ("group chat was upgraded to a supergroup chat", Outcome.MIGRATED),
    ("chat not found", Outcome.CHAT_GONE),
    ("peer_id_invalid", Outcome.CHAT_GONE),
    ("group chat was deactivated", Outcome.CHAT_GONE),
    ("group chat was deleted", Outcome.CHAT_GONE),
    ("bot was blocked", Outcome.CHAT_GONE),
    ("user_is_blocked", Outcome.CHAT_GONE),
    ("user is deactivated", Outcome.CHAT_GONE),
    ("bot was kicked", Outcome.CHAT_GONE),
    ("not a member of the", Outcome.CHAT_GONE),
    ("can't initiate conversation", Outcome.CHAT_GONE),
    ("terminated by other getupdates request", Outcome.CONFLICT),
    ("webhook is active", Outcome.CONFLICT),
    ("too many requests", Outcome.FLOOD),
    ("request entity too large", Outcome.TOO_LARGE),
    ("file is too big", Outcome.TOO_LARGE),
)

# Where no text decides. First match wins: subclasses before their bases.
CLASSES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (TelegramRetryAfter, Outcome.FLOOD),
    (TelegramMigrateToChat, Outcome.MIGRATED),
    (TelegramForbiddenError, Outcome.CHAT_GONE),
    (TelegramConflictError, Outcome.CONFLICT),
    (TelegramUnauthorizedError, Outcome.UNAUTHORIZED),
    (TelegramServerError, Outcome.TRANSIENT),
    (TelegramEntityTooLarge, Outcome.TOO_LARGE),
    (TelegramNetworkError, Outcome.AMBIGUOUS),
    (ClientDecodeError, Outcome.AMBIGUOUS),  # an answer that is not the protocol's: a proxy's 502 in HTML
    (OSError, Outcome.AMBIGUOUS),
    (TimeoutError, Outcome.AMBIGUOUS),
)


def classify(error: BaseException) -> Outcome:
    """Never raises; `OTHER` for what it does not know."""
    if isinstance(error, NotSent):
        return Outcome.FLOOD
    if isinstance(error, TelegramNetworkError) and isinstance(error.__cause__, ClientConnectorError):
        return Outcome.UNSENT
    if isinstance(error, TelegramRetryAfter | TelegramMigrateToChat):
        return Outcome.FLOOD if isinstance(error, TelegramRetryAfter) else Outcome.MIGRATED
    if isinstance(error, TelegramAPIError) and not isinstance(error, TelegramServerError):
        described = error.message.lower()
        for text, outcome in TEXTS:
            if text in described:
                return outcome
    for kind, outcome in CLASSES:
        if isinstance(error, kind):
            return outcome
    return Outcome.OTHER


def migrated_to(error: BaseException) -> int | None:
    """The supergroup that a group became, if this error says so."""
    return error.migrate_to_chat_id if isinstance(error, TelegramMigrateToChat) else None


def describe(error: BaseException) -> str:
    """One line for a log: the server's words, never a file's content or the method's arguments."""
    said = error.message if isinstance(error, TelegramAPIError | ClientDecodeError) else str(error)
    return f"{type(error).__name__}: {said.splitlines()[0][:200] if said else ''}"
