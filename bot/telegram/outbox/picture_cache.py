"""Pictures for messages that take no uploads: sent once to a chat of the operator's, and shown by their file id.

Telegram lets an inline message be edited into a file that it has already, not into new bytes (Bot API,
editMessageMedia). The copy in the cache chat stays there: it is what the file id stands for.
"""

import structlog

from bot.telegram.errors import Outcome
from bot.telegram.outbox.messages import (
    ANIMATION,
    DOCUMENT,
    VIDEO,
    Card,
    ChatGone,
    DeliveryFailed,
    Destination,
    FinalPicture,
    Motion,
)
from bot.telegram.outbox.send_request import SendRequest
from bot.telegram.outbox.sender import FINAL, Sender

log = structlog.stdlib.get_logger(__name__)

_OURS = frozenset({Outcome.NO_RIGHTS, Outcome.CHAT_GONE, Outcome.MIGRATED})  # what only the operator can mend


class CacheFailed(DeliveryFailed):
    """There is no cache chat, or the bot may not send pictures there."""


class PictureCache:
    def __init__(self, sender: Sender, chat_id: int | None) -> None:
        self._sender = sender
        self._chat_id = chat_id

    async def cached(self, picture: FinalPicture) -> FinalPicture:
        """The same by its file id alone. Raises CacheFailed, and DeliveryFailed where it may go well later."""
        if picture.file_id is not None:
            return picture
        if self._chat_id is None:
            raise CacheFailed(Outcome.OTHER, "MEDIA_CHAT_ID is not set")
        place = Destination(self._chat_id, group=self._chat_id < 0)
        try:
            shown = await self._sender.run(SendRequest(place, Card(""), None, picture), FINAL)
        except ChatGone as gone:
            log.exception("the cache chat is gone: check MEDIA_CHAT_ID", chat=self._chat_id, reason=gone.reason)
            raise CacheFailed(Outcome.CHAT_GONE, gone.reason) from gone
        except DeliveryFailed as error:
            if error.outcome in _OURS:
                log.exception("the bot may not send to MEDIA_CHAT_ID", chat=self._chat_id, reason=error.reason)
                raise CacheFailed(error.outcome, error.reason) from error
            raise
        motion = Motion(shown.kind) if shown.kind in {ANIMATION, VIDEO} else None
        return FinalPicture(None, picture.filename, shown.kind == DOCUMENT, picture.spoiler, shown.file_id, motion)
