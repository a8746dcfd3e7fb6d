"""Telegram's refusals, in Telegram's words: what a bot matches on must read the same here.

The sentences are those of tdlib's Bot API server and of Telegram itself, as bots get to see them.
"""

from dataclasses import dataclass
from typing import Any

# A JSON value as it came off the wire or goes onto it: only the schema knows its shape, so it is Any here.
Json = Any
JsonObject = dict[str, Any]


@dataclass
class ApiError(Exception):
    """A call that is answered with `ok: false`. `parameters` may hold retry_after or migrate_to_chat_id."""

    code: int
    description: str
    parameters: JsonObject | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def body(self) -> JsonObject:
        answer: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            answer["parameters"] = self.parameters
        return answer


@dataclass(frozen=True)
class Refusal:
    """A constant that makes a fresh ApiError each time it is called (an exception keeps the frames it passed)."""

    code: int
    description: str

    def __call__(self) -> ApiError:
        return ApiError(self.code, self.description)


def bad(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def too_many(retry_after: int | None) -> ApiError:
    """429; None: without parameters, as Telegram's front servers sometimes answer."""
    if retry_after is None:
        return ApiError(429, "Too Many Requests")
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(chat_id: int) -> ApiError:
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": chat_id},
    )


def not_implemented(method: str) -> ApiError:
    return ApiError(501, f"Not Implemented: the sandbox has no {method}")


def _bad(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
TOO_LARGE = Refusal(413, "Request Entity Too Large")

CHAT_NOT_FOUND = _bad("chat not found")
TEXT_EMPTY = _bad("message text is empty")
TEXT_TOO_LONG = _bad("message is too long")
CAPTION_TOO_LONG = _bad("message caption is too long")
EDIT_NOT_FOUND = _bad("message to edit not found")
CANT_EDIT = _bad("message can't be edited")
NO_TEXT_TO_EDIT = _bad("there is no text in the message to edit")
NO_CAPTION_TO_EDIT = _bad("there is no caption in the message to edit")
NOT_MODIFIED = _bad(
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
REPLY_NOT_FOUND = _bad("message to be replied not found")
DELETE_NOT_FOUND = _bad("message to delete not found")
CANT_DELETE = _bad("message can't be deleted for everyone")
MESSAGE_NOT_GIVEN = _bad("message identifier is not specified")
THREAD_NOT_FOUND = _bad("message thread not found")
TOPIC_CLOSED = _bad("TOPIC_CLOSED")
QUERY_TOO_OLD = _bad("query is too old and response timeout expired or query ID is invalid")
BUTTON_DATA_INVALID = _bad("BUTTON_DATA_INVALID")
PHOTO_DIMENSIONS = _bad("PHOTO_INVALID_DIMENSIONS")
IMAGE_FAILED = _bad("IMAGE_PROCESS_FAILED")
WRONG_FILE = _bad("wrong file identifier/HTTP URL specified")
URL_FAILED = _bad("failed to get HTTP URL content")
FILE_TOO_BIG = _bad("file is too big")

POLL_CONFLICT = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
POLL_ENDED_BY_WEBHOOK = Refusal(409, "Conflict: terminated by setWebhook request")
WEBHOOK_ACTIVE = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
