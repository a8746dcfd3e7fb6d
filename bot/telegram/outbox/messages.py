"""What is to be shown, and where: the words in which the rest of the bot speaks to the outbox."""

# ruff: noqa: N818  (the errors read as what happened)

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiogram.types import InlineKeyboardMarkup, InlineQueryResultsButton, InlineQueryResultUnion

from bot.telegram.errors import Outcome

TEXT = "text"
PHOTO = "photo"
DOCUMENT = "document"
ANIMATION, VIDEO = "animation", "video"  # plays by itself, without sound; has a player


@dataclass(frozen=True, slots=True)
class Whisper:
    """For one member's eyes in a group (Bot API 10.2). A bot that is no admin there needs a reason: a press of theirs
    (`query_id`) or an ephemeral message of theirs (`answers`), at most 15 s old. Delivery is not guaranteed."""

    receiver_id: int
    query_id: str | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where something is shown. `reply_to` is the message it answers. With `whisper` a text is shown to that member
    alone, or to all where Telegram refuses that. With `inline` the chat is not known, and `chat_id` is ELSEWHERE."""

    chat_id: int
    topic_id: int | None = None
    reply_to: int | None = None
    group: bool = False
    whisper: Whisper | None = None
    inline: str | None = None  # the id of the one message that can be edited there; nothing can be sent


@dataclass(frozen=True, slots=True)
class Card:
    """`text` is Telegram's HTML, already escaped; `preview` a JPEG shown as a photo with the text as its caption,
    `covered` until it is tapped."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    preview: bytes | None = field(default=None, repr=False)
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that is there. `kind` is TEXT, PHOTO, DOCUMENT, ANIMATION or VIDEO; `file_id` is that of its largest
    picture, or of its file. Where it is ephemeral, `message_id` is its ephemeral_message_id, and `ephemeral_for` who
    sees it."""

    message_id: int
    kind: str = TEXT
    file_id: str | None = None
    ephemeral_for: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What is used of a message that a call returns: ids, and the file id of a photo's largest size, a document or a
    video. An animation counts as a document too; here it does not."""

    message_id: int
    photo: str | None = None
    document: str | None = None
    ephemeral: int | None = None
    animation: str | None = None
    video: str | None = None

    @property
    def file(self) -> tuple[str, str | None]:
        """What the message shows, and its file id."""
        if self.photo is not None:
            return PHOTO, self.photo
        if self.animation is not None:
            return ANIMATION, self.animation
        if self.video is not None:
            return VIDEO, self.video
        return (TEXT, None) if self.document is None else (DOCUMENT, self.document)


@dataclass(frozen=True, slots=True)
class Motion:
    """That a file moves: `kind` is ANIMATION or VIDEO. The rest is shown until Telegram has looked at the file itself:
    sizes in pixels, how long it plays in seconds, and a JPEG of at most 320 pixels a side and 200 kB."""

    kind: str
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
    thumbnail: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FinalPicture:
    """A picture by its bytes, by a `file_id` that Telegram gave, or by both (the bytes if the id is refused). With
    `motion` it is a video, unless it goes as a document."""

    data: bytes | None = field(repr=False)
    filename: str = "picture.png"
    as_document: bool = False
    spoiler: bool = False
    file_id: str | None = None
    motion: Motion | None = None

    @property
    def kind(self) -> str:
        """What its message will be."""
        if self.as_document:
            return DOCUMENT
        return PHOTO if self.motion is None else self.motion.kind


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What an inline query is answered with; `button` stands above the results."""

    results: Sequence[InlineQueryResultUnion]
    button: InlineQueryResultsButton | None = None
    next_offset: str = ""


class ChatGone(Exception):
    """Nothing can be shown there any more: the chat is gone, or the inline message is. `reason` is the server's own
    words, shortened."""

    def __init__(self, chat_id: int, reason: str) -> None:
        super().__init__(f"chat {chat_id}: {reason}")
        self.chat_id = chat_id
        self.reason = reason


class DeliveryFailed(Exception):
    """It is not shown, as far as is known. NO_RIGHTS: a text may still be possible there, else tell the person in
    private."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(f"{outcome}: {reason}")
        self.outcome = outcome
        self.reason = reason

    @property
    def temporary(self) -> bool:
        """Whether the same may work later."""
        return self.outcome in {Outcome.FLOOD, Outcome.UNSENT, Outcome.AMBIGUOUS, Outcome.TRANSIENT}
