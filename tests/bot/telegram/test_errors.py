"""A row of the table, a test: Telegram's words to what they mean, whatever their case."""

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe

from bot.telegram.errors import TEXTS, Outcome, classify, describe, migrated_to
from bot.telegram.not_sent import TooLate, Withdrawn

CALL = GetMe()

# The whole sentences, as Telegram's server writes them.
SAID = [
    (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
        Outcome.NOT_MODIFIED,
    ),
    ("Bad Request: message to edit not found", Outcome.MESSAGE_GONE),
    ("Bad Request: message can't be edited", Outcome.MESSAGE_GONE),
    ("Bad Request: message to be replied not found", Outcome.REPLY_GONE),
    ("Bad Request: message to delete not found", Outcome.MESSAGE_GONE),
    ("Bad Request: message can't be deleted", Outcome.MESSAGE_GONE),
    (
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Outcome.QUERY_EXPIRED,
    ),
    ("Bad Request: message thread not found", Outcome.THREAD_GONE),
    ("Bad Request: TOPIC_CLOSED", Outcome.THREAD_GONE),
    ("Bad Request: TOPIC_DELETED", Outcome.THREAD_GONE),
    ("Bad Request: not enough rights to send photos to the chat", Outcome.NO_RIGHTS),
    ("Bad Request: have no write access to the chat", Outcome.NO_RIGHTS),
    ("Bad Request: CHAT_WRITE_FORBIDDEN", Outcome.NO_RIGHTS),
    ("Bad Request: PHOTO_INVALID_DIMENSIONS", Outcome.BAD_PHOTO),
    ("Bad Request: IMAGE_PROCESS_FAILED", Outcome.BAD_PHOTO),
    ("Bad Request: PHOTO_EXT_INVALID", Outcome.BAD_PHOTO),
    ("Bad Request: wrong file identifier/HTTP URL specified", Outcome.BAD_FILE),
    ("Bad Request: wrong type of the web page content", Outcome.BAD_FILE),
    ("Bad Request: failed to get HTTP URL content", Outcome.BAD_FILE),
    ("Bad Request: can't parse entities: Unsupported start tag", Outcome.BAD_ENTITIES),
    ("Bad Request: group chat was upgraded to a supergroup chat", Outcome.MIGRATED),
    ("Bad Request: chat not found", Outcome.CHAT_GONE),
    ("Bad Request: there is no text in the message to edit", Outcome.WRONG_KIND),
    ("Too Many Requests: retry later", Outcome.FLOOD),
    ("Request Entity Too Large", Outcome.TOO_LARGE),
    ("Bad Request: BUTTON_DATA_INVALID", Outcome.OTHER),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_texts(text: str, expected: Outcome, change: type[str]) -> None:
    assert classify(TelegramBadRequest(CALL, change(text))) is expected


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_every_row_is_reachable(text: str, expected: Outcome) -> None:
    assert classify(TelegramBadRequest(CALL, f"Bad Request: {text}")) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: something that nobody has seen yet",
    ],
)
def test_forbidden_means_that_the_chat_is_gone(text: str) -> None:
    assert classify(TelegramForbiddenError(CALL, text)) is Outcome.CHAT_GONE


def test_forbidden_to_write_is_no_farewell() -> None:
    error = TelegramForbiddenError(CALL, "Forbidden: CHAT_WRITE_FORBIDDEN")
    assert classify(error) is Outcome.NO_RIGHTS


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TelegramRetryAfter(CALL, "Too Many Requests: retry after 5", 5), Outcome.FLOOD),
        (TelegramAPIError(CALL, "Too Many Requests"), Outcome.FLOOD),
        (TelegramMigrateToChat(CALL, "Bad Request: group chat was upgraded", -1007), Outcome.MIGRATED),
        (TelegramConflictError(CALL, "Conflict: terminated by other getUpdates request"), Outcome.CONFLICT),
        (
            TelegramConflictError(CALL, "Conflict: can't use getUpdates method while webhook is active"),
            Outcome.CONFLICT,
        ),
        (TelegramUnauthorizedError(CALL, "Unauthorized"), Outcome.UNAUTHORIZED),
        (TelegramEntityTooLarge(CALL, "anything"), Outcome.TOO_LARGE),
        (TelegramServerError(CALL, "Internal Server Error: chat not found in cache"), Outcome.TRANSIENT),
        (TelegramNetworkError(CALL, "Request timeout error"), Outcome.AMBIGUOUS),
        (ClientDecodeError("Failed to decode object", ValueError(), "<html>502</html>"), Outcome.AMBIGUOUS),
        (ConnectionResetError(), Outcome.AMBIGUOUS),
        (TimeoutError(), Outcome.AMBIGUOUS),
        (TooLate(), Outcome.FLOOD),
        (Withdrawn(), Outcome.FLOOD),
        (ZeroDivisionError(), Outcome.OTHER),
    ],
)
def test_classes(error: Exception, expected: Outcome) -> None:
    assert classify(error) is expected


def test_the_new_id_of_a_migrated_group() -> None:
    assert migrated_to(TelegramMigrateToChat(CALL, "upgraded", -1007)) == -1007
    assert migrated_to(TelegramBadRequest(CALL, "chat not found")) is None


def test_a_description_is_one_short_line() -> None:
    line = describe(ClientDecodeError("Failed to decode object", ValueError("x"), "<html>\nsecret\n</html>"))
    assert line == "ClientDecodeError: Failed to decode object"
    assert len(describe(TelegramBadRequest(CALL, "x" * 5000))) < 300
