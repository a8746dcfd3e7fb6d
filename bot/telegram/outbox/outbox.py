"""What is to be shown, shown once: placeholders, progress, pictures, ends and answers.

A placeholder is a text message that replies to its command. Progress edits it, a preview makes it a photo, and the
picture or the end takes its place. `slots` keeps the edits of a message in order, `sending` survives refusals and
faults, and the flood control below the session decides when each call leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerGuestQuery,
    AnswerInlineQuery,
    CopyMessage,
    DeleteMessage,
    EditMessageReplyMarkup,
    SendChatAction,
    SendMediaGroup,
)
from aiogram.types import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultUnion,
    InputTextMessageContent,
    MediaUnion,
)

from bot.clock import Clock
from bot.pictures.failure_card import blank_card
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.outbox.edit_locks import EditLocks, Key
from bot.telegram.outbox.messages import (
    PHOTO,
    TEXT,
    Card,
    ChatGone,
    DeliveryFailed,
    Destination,
    FinalPicture,
    InlineAnswer,
    Motion,
    Shown,
    Whisper,
)
from bot.telegram.outbox.picture_cache import CacheFailed, PictureCache
from bot.telegram.outbox.send_request import (
    SLOWEST_UPLOAD,
    TIMEOUT,
    SendRequest,
    album_item,
    edited_message,
    plain_text,
    shown_by,
)
from bot.telegram.outbox.sender import END, FINAL, PLACEHOLDER, PROGRESS, REPLY, Hooks, Sender
from bot.telegram.rate_limit.priority import Priority, Recall, lane

__all__ = [
    "CacheFailed",
    "Card",
    "ChatGone",
    "DeliveryFailed",
    "Destination",
    "FinalPicture",
    "Hooks",
    "InlineAnswer",
    "Motion",
    "Outbox",
    "Recall",
    "Residues",
    "Shown",
    "Whisper",
]

log = structlog.stdlib.get_logger(__name__)

QUERY_TEXT_LENGTH = 200  # Bot API, answerCallbackQuery
QUERY_TIMEOUT = 15  # s: later the query has expired
INLINE_CACHED = 5  # s for which Telegram shows the same results again: new pictures are found soon
TITLE_LENGTH = 64  # characters of a result that nobody sees in a list


@dataclass(frozen=True, slots=True)
class Residues:
    """What the Bot API gives no means to rule out, counted since the start."""

    placeholders: int  # sent, never answered: it may be there, and nobody knows its id
    sent_again: int  # new messages sent once more because the first answer was lost


class Outbox:
    """One per bot. All methods can be cancelled while they wait."""

    def __init__(self, bot: Bot, clock: Clock, hooks: Hooks | None = None, *, media_chat: int | None = None) -> None:
        """`media_chat`: where pictures for inline messages are uploaded."""
        self._bot = bot
        self._sender = Sender(bot, clock, hooks or Hooks())
        self._cache = PictureCache(self._sender, media_chat)
        self._slots = EditLocks()
        self._lost_placeholders = 0
        self._blank_file_id: str | None = None

    @property
    def residues(self) -> Residues:
        return Residues(self._lost_placeholders, self._sender.sent_again)

    async def placeholder(self, place: Destination, card: Card, *, recall: Recall | None = None) -> Shown | None:
        """The first answer to a command. None: not shown, so the picture will be sent instead - the budget stayed
        out too long, Telegram refused it, its answer was lost (a residue), or it was called back through `recall`
        because its picture was ready first. Raises ChatGone, and DeliveryFailed for NO_RIGHTS: nothing more will
        be possible there."""
        try:
            return await self._sender.run(SendRequest(place, card), PLACEHOLDER, recall)
        except DeliveryFailed as error:
            if error.outcome is Outcome.NO_RIGHTS:
                raise
            if error.outcome in {Outcome.AMBIGUOUS, Outcome.TRANSIENT}:
                self._lost_placeholders += 1
            log.info("placeholder skipped", chat=place.chat_id, reason=error.reason)
            return None

    async def progress(self, place: Destination, shown: Shown, card: Card) -> Shown | None:
        """Show how it goes; a preview makes the message a photo. None: overtaken by something newer, or not
        possible now. Never retried. Raises only ChatGone."""
        picture = None
        if card.preview is not None and place.inline is None:  # inline messages take no uploads
            picture = FinalPicture(card.preview, "preview.jpg", spoiler=card.covered)
        async with self._slots.progress(_key(place, shown)) as recall:
            if recall is None:
                return None
            try:
                return await self._sender.run(SendRequest(place, card, shown, picture), PROGRESS, recall)
            except DeliveryFailed as error:
                log.debug("progress not shown", chat=place.chat_id, reason=error.reason)
                return None

    async def working(self, place: Destination, *, video: bool = False) -> None:
        """The chat action "sending a photo", or a `video`: now or not at all. Never raises for Telegram's faults."""
        await self._act(place, ChatAction.UPLOAD_VIDEO if video else ChatAction.UPLOAD_PHOTO)

    async def typing(self, place: Destination) -> None:
        """The chat action "typing", likewise."""
        await self._act(place, ChatAction.TYPING)

    async def _act(self, place: Destination, what: ChatAction) -> None:
        action = SendChatAction(chat_id=place.chat_id, message_thread_id=place.topic_id, action=what)
        try:
            with lane(Priority.ACTION):
                await self._bot(action, request_timeout=QUERY_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - the picture's own way finds out what is wrong with the chat
            log.debug("chat action not shown", chat=place.chat_id, error=describe(error))

    async def final(
        self,
        place: Destination,
        shown: Shown | None,
        picture: FinalPicture,
        card: Card,
        *,
        recall: Recall | None = None,
    ) -> Shown:
        """The picture in place of its placeholder `shown`, or as a new message, which `recall` calls back while it
        waits for its turn. A refused photo becomes a document. An inline message takes only what was `cached`.
        Raises ChatGone, DeliveryFailed (NO_RIGHTS: pictures are forbidden there; `card` may still work)."""
        if shown is None:
            return await self._sender.run(SendRequest(place, card, None, picture), FINAL, recall)
        key = _key(place, shown)
        async with self._slots.end(key):
            result = await self._sender.run(SendRequest(place, card, shown, picture), FINAL)
            self._slots.finished(key)
            return result if place.inline is None else replace(result, file_id=picture.file_id)

    async def cached(self, picture: FinalPicture) -> FinalPicture:
        """The same as Telegram has it, by way of the cache chat. Raises CacheFailed, DeliveryFailed."""
        return await self._cache.cached(picture)

    async def card(self, place: Destination, shown: Shown | None, card: Card) -> Shown:
        """The end of a request without a picture, in place of what is shown. A photo (a preview was shown) becomes a
        plain grey picture with the text as caption, because Telegram turns no photo back into a text.
        Raises ChatGone, DeliveryFailed."""
        if shown is None:
            return await self._sender.run(SendRequest(place, card), FINAL)
        async with self._slots.end(_key(place, shown)):
            if place.inline is not None:  # an earlier picture stays above the text
                return await self._sender.run(SendRequest(place, replace(card, preview=None), shown), FINAL)
            if shown.kind == TEXT and card.preview is None:
                try:
                    return await self._sender.run(SendRequest(place, card, shown), END)
                except DeliveryFailed as error:
                    if error.outcome is not Outcome.WRONG_KIND:  # a preview is there whose answer was lost
                        raise
            return await self._replace_picture(place, shown, card)

    async def reply(self, place: Destination, card: Card) -> Shown:
        """An ordinary answer. Raises ChatGone, DeliveryFailed."""
        picture = None if card.preview is None else FinalPicture(card.preview, "picture.jpg")
        return await self._sender.run(SendRequest(place, card, None, picture), REPLY)

    async def edit(self, place: Destination, shown: Shown, card: Card) -> Shown:
        """Another text and keyboard for a message that stays what it is: menus, or a picture's buttons. Sent anew
        when it is gone. Raises ChatGone, DeliveryFailed."""
        return await self._sender.run(SendRequest(place, card, shown), REPLY)

    async def send_picture(self, place: Destination, picture: FinalPicture, card: Card) -> Shown:
        """A picture as a message of its own. Raises ChatGone, DeliveryFailed."""
        return await self._sender.run(SendRequest(place, card, None, picture), FINAL)

    async def send_document(self, place: Destination, picture: FinalPicture, card: Card) -> Shown:
        """Likewise, as a file: nothing is compressed. Raises ChatGone, DeliveryFailed."""
        return await self.send_picture(place, replace(picture, as_document=True), card)

    async def album(
        self, place: Destination, pictures: Sequence[FinalPicture], captions: Sequence[str] = ()
    ) -> list[Shown]:
        """2 to 10 pictures, all as photos or all as files, as one album. Empty: not sent, as far as is known. Never
        raises for Telegram's faults."""
        media: list[MediaUnion] = [
            album_item(picture, captions[at] if at < len(captions) else None) for at, picture in enumerate(pictures)
        ]
        size = sum(len(picture.data or b"") for picture in pictures if picture.file_id is None)
        method = SendMediaGroup(chat_id=place.chat_id, message_thread_id=place.topic_id, media=media)
        try:
            with lane(Priority.REPLY):
                messages = await self._bot(method, request_timeout=TIMEOUT + size // SLOWEST_UPLOAD)
        except Exception as error:  # noqa: BLE001 - the caller sends them one by one
            log.info("album not sent", chat=place.chat_id, outcome=str(classify(error)), error=describe(error))
            return []
        return [shown_by(message) for message in messages]

    def rights_changed(self, chat_id: int) -> None:
        """The bot's rights in a chat are others now: what was refused there may be tried again."""
        self._sender.rights_changed(chat_id)

    async def answer_query(self, query_id: str, text: str | None = None, alert: bool = False) -> None:
        """Never waits and never fails: a query that has expired needs no answer any more."""
        shortened = text if text is None or len(text) <= QUERY_TEXT_LENGTH else f"{text[: QUERY_TEXT_LENGTH - 1]}…"
        answer = AnswerCallbackQuery(callback_query_id=query_id, text=shortened, show_alert=alert or None)
        try:
            with lane(Priority.QUERY):
                await self._bot(answer, request_timeout=QUERY_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - a toast that does not show is no reason to fail what it is about
            log.debug("query not answered", outcome=str(classify(error)), error=describe(error))

    async def answer_inline(self, query_id: str, answer: InlineAnswer) -> None:
        """Never waits and never fails; where a picture is refused, what can be drawn is shown without pictures."""
        results = list(answer.results)
        drawn_only: list[InlineQueryResultUnion] = [one for one in results if isinstance(one, InlineQueryResultArticle)]
        for tried in (results, drawn_only) if len(drawn_only) < len(results) else (results,):
            method = AnswerInlineQuery(
                inline_query_id=query_id,
                results=tried,
                cache_time=INLINE_CACHED,
                is_personal=True,
                next_offset=answer.next_offset if tried is results else "",
                button=answer.button,
            )
            try:
                with lane(Priority.QUERY):
                    await self._bot(method, request_timeout=QUERY_TIMEOUT)
            except Exception as error:  # noqa: BLE001 - who typed sees no results, and types on
                outcome = classify(error)
                log.info("inline query not answered", outcome=str(outcome), error=describe(error))
                if outcome in {Outcome.QUERY_EXPIRED, Outcome.FLOOD}:
                    return
            else:
                return

    async def answer_guest(self, question: str, result: InlineQueryResultUnion) -> str | None:
        """The one answer to a guest question: the inline message that it became, None where it is none as far as is
        known. Never repeated, for it could be there twice, and never fails."""
        try:
            with lane(Priority.QUERY):
                method = AnswerGuestQuery(guest_query_id=question, result=result)
                return (await self._bot(method, request_timeout=QUERY_TIMEOUT)).inline_message_id
        except Exception as error:  # noqa: BLE001 - nothing else can be done in that chat
            log.info("guest question not answered", outcome=str(classify(error)), error=describe(error))
            return None

    async def explain_to_guest(self, question: str, card: Card) -> None:
        """A sentence in place of a picture."""
        title = plain_text(card.text)[:TITLE_LENGTH]
        content = InputTextMessageContent(message_text=card.text, parse_mode="HTML")
        result = InlineQueryResultArticle(
            id="told", title=title, input_message_content=content, reply_markup=card.keyboard
        )
        await self.answer_guest(question, result)

    async def delete(self, place: Destination, message_id: int) -> bool:
        """Whether it was there and is not any more. Own messages can be deleted for 48 hours. Never raises for
        Telegram's faults."""
        try:
            return await self._bot(DeleteMessage(chat_id=place.chat_id, message_id=message_id))
        except Exception as error:  # noqa: BLE001 - what stays visible does no harm
            log.debug("message not deleted", chat=place.chat_id, error=describe(error))
            return False

    async def keyboard(self, place: Destination, shown: Shown, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Other buttons below a message that stays as it is; whether they are there. Never raises for Telegram's
        faults."""
        inline, chat_id, message_id = edited_message(place, shown)
        method = EditMessageReplyMarkup(
            chat_id=chat_id, message_id=message_id, inline_message_id=inline, reply_markup=keyboard
        )
        try:
            await self._bot(method, request_timeout=QUERY_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - the old buttons work as well
            log.debug("buttons not changed", chat=place.chat_id, error=describe(error))
            return False
        return True

    async def copy(self, from_chat: int, message_id: int, to: int, keyboard: InlineKeyboardMarkup | None) -> None:
        """A copy of a message, after everything else that waits. Sent once: where it is not known whether it arrived,
        it counts as failed. Raises ChatGone, and DeliveryFailed (FLOOD and UNSENT: it surely did not leave)."""
        method = CopyMessage(chat_id=to, from_chat_id=from_chat, message_id=message_id, reply_markup=keyboard)
        try:
            with lane(Priority.BROADCAST):
                await self._bot(method, request_timeout=QUERY_TIMEOUT)
        except Exception as error:
            await self._sender.gone(to, error)
            raise DeliveryFailed(classify(error), describe(error)) from error

    async def close(self) -> None:
        """Nothing is kept that has to end: what waits is ended by the flood control, the session by its owner."""

    async def _replace_picture(self, place: Destination, shown: Shown, card: Card) -> Shown:
        plain = card.preview is None
        data = await blank_card() if card.preview is None else card.preview
        picture = FinalPicture(data, "card.png", file_id=self._blank_file_id if plain else None)
        try:
            result = await self._sender.run(SendRequest(place, card, shown, picture), FINAL)
        except DeliveryFailed as error:
            if error.outcome not in {Outcome.NO_RIGHTS, Outcome.BAD_PHOTO, Outcome.BAD_FILE, Outcome.OTHER}:
                raise
            return await self._sender.run(SendRequest(place, card, shown), FINAL)
        if plain and result.kind == PHOTO:
            self._blank_file_id = result.file_id or self._blank_file_id
        return result


def _key(place: Destination, shown: Shown) -> Key:
    """What tells a message from all others."""
    return place.inline or place.chat_id, shown.message_id
