"""One thing to show as the one call that shows it, and what to try instead when Telegram refuses."""

import html
import re
from dataclasses import dataclass, replace
from typing import Any

from aiogram.client.default import Default
from aiogram.methods import (
    EditEphemeralMessageText,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendAnimation,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVideo,
)
from aiogram.types import (
    BufferedInputFile,
    EphemeralMessageParameters,
    InputFileUnion,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    ReplyParameters,
)

from bot.telegram.errors import Outcome
from bot.telegram.outbox.messages import (
    ANIMATION,
    PHOTO,
    TEXT,
    Card,
    Destination,
    FinalPicture,
    Motion,
    Sent,
    Shown,
    Whisper,
)

Method = (
    SendMessage
    | SendPhoto
    | SendDocument
    | SendAnimation
    | SendVideo
    | EditMessageText
    | EditMessageCaption
    | EditMessageMedia
    | EditEphemeralMessageText
)
# What says nothing against whispering: the same is tried again, or the plain message would fail in the same way.
_NO_REFUSAL = frozenset(
    {
        Outcome.NOT_MODIFIED,
        Outcome.BAD_ENTITIES,
        Outcome.THREAD_GONE,
        Outcome.MIGRATED,
        Outcome.FLOOD,
        Outcome.UNAUTHORIZED,
        Outcome.UNSENT,
        Outcome.AMBIGUOUS,
        Outcome.TRANSIENT,
    }
)

TIMEOUT = 60  # s for a call without a file
SLOWEST_UPLOAD = 100_000  # bytes/s that an upload must reach


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Show `card` (with `picture`) at `place`: in the message `shown`, or in a new one where that is None."""

    place: Destination
    card: Card
    shown: Shown | None = None
    picture: FinalPicture | None = None
    plain: bool = False  # without formatting

    @property
    def kind(self) -> str:
        """What the message will be."""
        if self.picture is not None:
            return self.picture.kind
        return self.shown.kind if self.shown is not None else TEXT

    @property
    def timeout(self) -> int:
        """Seconds for one attempt."""
        data = self.picture.data if self.picture is not None and self.picture.file_id is None else None
        return TIMEOUT + len(data or b"") // SLOWEST_UPLOAD

    def method(self) -> Method:
        return self._sending() if self.shown is None else self._editing(self.shown)

    def result(self, answer: Sent | Message | bool | None) -> Shown:
        """`answer` is what the call returned; None when the message was so already."""
        sent = _sent(answer) if isinstance(answer, Message) else answer
        if isinstance(sent, Sent) and sent.ephemeral is not None and self.place.whisper is not None:
            return Shown(sent.ephemeral, TEXT, ephemeral_for=self.place.whisper.receiver_id)
        if isinstance(sent, Sent):
            return Shown(sent.message_id, *sent.file)
        assert self.shown is not None
        return replace(self.shown, kind=self.kind)

    def louder(self, outcome: Outcome) -> "SendRequest | None":
        """The next thing to try when Telegram refuses to show it to one member alone; None when it is no such
        refusal."""
        if outcome in _NO_REFUSAL:
            return None
        if self.shown is not None and self.shown.ephemeral_for is not None:
            return replace(self, shown=None)
        if self.shown is None and self.place.whisper is not None:
            return self.aloud()
        return None

    def aloud(self) -> "SendRequest":
        """The same for all to see; what is shown already stays as it is."""
        return self if self.shown is not None else replace(self, place=replace(self.place, whisper=None))

    def instead(self, outcome: Outcome, migrated_to: int | None = None) -> "SendRequest | None":
        """The next thing to try after this outcome; None when there is nothing."""
        place, picture, shown = self.place, self.picture, self.shown
        if outcome is Outcome.MESSAGE_GONE and shown is not None:
            return replace(self, shown=None) if place.inline is None else None
        if outcome is Outcome.WRONG_KIND and shown is not None:
            return replace(self, shown=replace(shown, kind=PHOTO if shown.kind == TEXT else TEXT))
        if place.inline is not None:  # what is uploaded is chosen before, and nothing can be sent anew
            return replace(self, plain=True) if outcome is Outcome.BAD_ENTITIES else None
        if outcome is Outcome.BAD_PHOTO and picture is not None and not picture.as_document:
            return replace(self, picture=replace(picture, as_document=True, file_id=None)) if picture.data else None
        if outcome is Outcome.BAD_FILE and picture is not None and picture.file_id and picture.data:
            return replace(self, picture=replace(picture, file_id=None))
        if outcome is Outcome.BAD_ENTITIES:
            return replace(self, plain=True)
        if outcome is Outcome.REPLY_GONE:
            return replace(self, place=replace(place, reply_to=None))
        if outcome is Outcome.THREAD_GONE:
            # A reply would lead back into the topic. What stood there cannot be edited any more either.
            return replace(self, place=replace(place, topic_id=None, reply_to=None), shown=None)
        if outcome is Outcome.MIGRATED and migrated_to is not None:
            # Messages have other ids in the supergroup, so what is known of them is worth nothing.
            return replace(self, place=replace(place, chat_id=migrated_to, reply_to=None), shown=None)
        return None

    @property
    def _text(self) -> str:
        return plain_text(self.card.text) if self.plain else self.card.text

    @property
    def _parse_mode(self) -> str | Default | None:
        return None if self.plain else Default("parse_mode")

    def _reply(self) -> ReplyParameters | None:
        if self.picture is None and (whisper := self.place.whisper) is not None:
            # What is for one member alone does not hang on what all see.
            return ReplyParameters(ephemeral_message_id=whisper.answers) if whisper.answers is not None else None
        if self.place.reply_to is None:
            return None
        return ReplyParameters(message_id=self.place.reply_to, allow_sending_without_reply=True, quote_parse_mode=None)

    def _sending(self) -> Method:
        chat_id, topic_id = self.place.chat_id, self.place.topic_id
        if self.picture is None:
            return SendMessage(
                chat_id=chat_id,
                message_thread_id=topic_id,
                text=self._text,
                parse_mode=self._parse_mode,
                reply_parameters=self._reply(),
                reply_markup=self.card.keyboard,
                ephemeral_message_parameters=_whispered(self.place.whisper),
            )
        if self.picture.as_document:
            return SendDocument(
                chat_id=chat_id,
                message_thread_id=topic_id,
                document=_file(self.picture),
                caption=self._text,
                parse_mode=self._parse_mode,
                disable_content_type_detection=True,
                reply_parameters=self._reply(),
                reply_markup=self.card.keyboard,
            )
        if self.picture.motion is not None:
            return self._sending_video(self.picture, self.picture.motion)
        return SendPhoto(
            chat_id=chat_id,
            message_thread_id=topic_id,
            photo=_file(self.picture),
            caption=self._text,
            parse_mode=self._parse_mode,
            has_spoiler=self.picture.spoiler or None,
            reply_parameters=self._reply(),
            reply_markup=self.card.keyboard,
        )

    def _sending_video(self, picture: FinalPicture, motion: Motion) -> Method:
        """What Telegram finds out by itself goes along, because it is shown at once then."""
        common: dict[str, Any] = {  # fields of both methods, each with its own type
            "chat_id": self.place.chat_id,
            "message_thread_id": self.place.topic_id,
            "caption": self._text,
            "parse_mode": self._parse_mode,
            "has_spoiler": picture.spoiler or None,
            "reply_parameters": self._reply(),
            "reply_markup": self.card.keyboard,
            **_measures(picture, motion),
        }
        if motion.kind == ANIMATION:
            return SendAnimation(animation=_file(picture), **common)
        return SendVideo(video=_file(picture), supports_streaming=True, **common)

    def _editing(self, shown: Shown) -> Method:
        keyboard = self.card.keyboard
        inline, chat_id, message_id = edited_message(self.place, shown)
        if self.picture is not None:
            media = self._media(self.picture)
            return EditMessageMedia(
                chat_id=chat_id, message_id=message_id, inline_message_id=inline, media=media, reply_markup=keyboard
            )
        if shown.ephemeral_for is not None:
            return EditEphemeralMessageText(
                chat_id=self.place.chat_id,
                receiver_user_id=shown.ephemeral_for,
                ephemeral_message_id=shown.message_id,
                text=self._text,
                parse_mode=self._parse_mode,
                reply_markup=keyboard,
            )
        if shown.kind == TEXT:
            return EditMessageText(
                chat_id=chat_id,
                message_id=message_id,
                inline_message_id=inline,
                text=self._text,
                parse_mode=self._parse_mode,
                reply_markup=keyboard,
            )
        return EditMessageCaption(
            chat_id=chat_id,
            message_id=message_id,
            inline_message_id=inline,
            caption=self._text,
            parse_mode=self._parse_mode,
            reply_markup=keyboard,
        )

    def _media(
        self, picture: FinalPicture
    ) -> InputMediaDocument | InputMediaPhoto | InputMediaAnimation | InputMediaVideo:
        file, caption, parse_mode = _file(picture), self._text, self._parse_mode
        if picture.as_document:
            return InputMediaDocument(
                media=file, caption=caption, parse_mode=parse_mode, disable_content_type_detection=True
            )
        spoiler = picture.spoiler or None
        if (motion := picture.motion) is not None:
            common: dict[str, Any] = {"caption": caption, "parse_mode": parse_mode, "has_spoiler": spoiler}
            common |= _measures(picture, motion)
            if motion.kind == ANIMATION:
                return InputMediaAnimation(media=file, **common)
            return InputMediaVideo(media=file, supports_streaming=True, **common)
        return InputMediaPhoto(media=file, caption=caption, parse_mode=parse_mode, has_spoiler=spoiler)


def plain_text(markup: str) -> str:
    """Telegram's HTML without its formatting."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def edited_message(place: Destination, shown: Shown) -> tuple[str | None, int | None, int | None]:
    """What names a message in an edit: its inline id, or its chat and its id there."""
    return (None, place.chat_id, shown.message_id) if place.inline is None else (place.inline, None, None)


def album_item(picture: FinalPicture, caption: str | None) -> InputMediaDocument | InputMediaPhoto:
    """A picture of an album, with a caption in Telegram's HTML."""
    if picture.as_document:
        return InputMediaDocument(media=_file(picture), caption=caption, disable_content_type_detection=True)
    return InputMediaPhoto(media=_file(picture), caption=caption, has_spoiler=picture.spoiler or None)


def shown_by(message: Message) -> Shown:
    """A message that Telegram answered with."""
    sent = _sent(message)
    return Shown(sent.message_id, *sent.file)


def _sent(message: Message) -> Sent:
    return Sent(
        message.message_id,
        message.photo[-1].file_id if message.photo else None,
        message.document.file_id if message.document else None,
        message.ephemeral_message_id,
        message.animation.file_id if message.animation else None,
        message.video.file_id if message.video else None,
    )


def _measures(picture: FinalPicture, motion: Motion) -> dict[str, Any]:  # fields of methods, each with its own type
    """Of a file that Telegram does not have yet."""
    if picture.file_id is not None:
        return {}
    small = motion.thumbnail
    thumbnail = BufferedInputFile(small, "thumbnail.jpg") if small is not None else None
    return {"width": motion.width, "height": motion.height, "duration": motion.seconds, "thumbnail": thumbnail}


def _whispered(whisper: Whisper | None) -> EphemeralMessageParameters | None:
    if whisper is None:
        return None
    return EphemeralMessageParameters(receiver_user_id=whisper.receiver_id, callback_query_id=whisper.query_id)


def _file(picture: FinalPicture) -> InputFileUnion:
    if picture.file_id is not None:
        return picture.file_id
    if picture.data is None:
        raise ValueError("a picture needs its bytes or a file_id")
    return BufferedInputFile(picture.data, picture.filename)
