"""What the sandbox's Telegram knows: people, chats, messages, the bot. Plain records, mutable, saved as JSON."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.sandbox.errors import JsonObject

# Telegram's own accounts, through which anonymous admins and channels write in groups.
ANONYMOUS_ADMIN_ID = 1087968824
CHANNEL_BOT_ID = 136817688
TELEGRAM_ID = 777000  # who forwards a channel's posts to the group behind it

# A chat keeps this many messages; older ones are gone, as if deleted.
MESSAGES_KEPT = 2000


class Status(StrEnum):
    """A member's, the bot's included."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER, Status.RESTRICTED})
ADMINS = frozenset({Status.CREATOR, Status.ADMINISTRATOR})


@dataclass
class Person:
    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    last_name: str | None = None
    color: str = "#3e8ed0"
    deactivated: bool = False


@dataclass
class BotAccount:
    id: int
    first_name: str
    username: str
    privacy_mode: bool = True  # in groups only what is meant for it; off: everything
    inline: bool = False  # /setinline of @BotFather
    inline_feedback: bool = True  # /setinlinefeedback: whether the bot hears of every chosen result, or of none
    guest: bool = False  # may be mentioned in chats that it is no member of
    names: dict[str, str] = field(default_factory=dict)  # language -> name; "" is the default
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[JsonObject]] = field(default_factory=dict)  # scope and language -> commands


@dataclass
class PhotoSize:
    file_id: str
    file_unique_id: str
    width: int
    height: int
    file_size: int | None = None


@dataclass
class Document:
    file_id: str
    file_unique_id: str
    name: str
    mime: str
    size: int


@dataclass
class Voice:
    file_id: str
    file_unique_id: str
    seconds: int
    mime: str
    size: int


@dataclass
class Clip:
    """An animation or a video. Sizes are in pixels, `seconds` whole ones, as the Bot API counts."""

    file_id: str
    file_unique_id: str
    width: int
    height: int
    seconds: int
    name: str
    mime: str
    size: int


@dataclass
class Topic:
    id: int
    name: str
    closed: bool = False


@dataclass
class Message:
    """`text` is the caption when there is a file. `extra`: fields of the Bot API as they are
    (service messages, stickers and the like)."""

    id: int
    chat_id: int
    sender_id: int
    date: int
    text: str = ""
    entities: list[JsonObject] = field(default_factory=list)
    sender_chat_id: int | None = None
    topic_id: int | None = None
    reply_to: int | None = None
    edit_date: int | None = None
    photo: list[PhotoSize] = field(default_factory=list)
    document: Document | None = None
    voice: Voice | None = None
    animation: Clip | None = None
    video: Clip | None = None
    album_id: str | None = None
    spoiler: bool = False
    caption_above: bool = False
    keyboard: JsonObject | None = None  # an InlineKeyboardMarkup
    inline_id: str | None = None  # the bot knows the message by this alone
    via_bot: bool = False  # a person has sent it through the bot
    service: str | None = None  # a sentence for the page
    extra: JsonObject = field(default_factory=dict)
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)  # by who reacted
    ephemeral_for: int | None = None  # seen by this person (and the bot) alone; `id` is then its ephemeral_message_id
    reply_ephemeral: int | None = None  # the ephemeral message that it answers
    invoice_payload: str | None = None  # of an invoice, which `extra` shows
    receipt: str | None = None  # the charge by which an invoice is paid
    order: int = 0  # among all messages; ephemeral ids are counted apart and say nothing of it

    @property
    def has_media(self) -> bool:
        files = (self.document, self.voice, self.animation, self.video)
        return bool(self.photo) or any(file is not None for file in files)


@dataclass
class Chat:
    id: int
    type: Literal["private", "group", "supergroup", "channel"]
    title: str = ""
    username: str | None = None
    person_id: int | None = None  # private chats: with whom
    started: bool = False  # private chats: the person has written, so the bot may
    members: dict[int, Status] = field(default_factory=dict)
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    ephemeral: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1
    migrated_to: int | None = None
    bot_status: Status = Status.LEFT
    discussion_id: int | None = None  # channels: the group in which posts are discussed
    bot_denied: set[str] = field(default_factory=set)  # of messages, photos, documents, animations, videos, ephemeral

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")

    def answered_by(self, message: Message) -> Message | None:
        """The message that this one replies to, if it is still there."""
        if message.reply_ephemeral is not None:
            return self.ephemeral.get(message.reply_ephemeral)
        return self.messages.get(message.reply_to) if message.reply_to is not None else None

    def keep(self, message: Message) -> None:
        shelf = self.messages if message.ephemeral_for is None else self.ephemeral
        shelf[message.id] = message
        while len(shelf) > MESSAGES_KEPT:
            del shelf[next(iter(shelf))]


@dataclass
class World:
    """Everything that outlives the process."""

    bot: BotAccount
    clean: bool = False  # saved by a process that then ended in order
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    waiting: dict[int, JsonObject] = field(default_factory=dict)  # updates that the bot has not confirmed, by id
    next_private_id: int = 1  # private chats and basic groups share one counter of message ids per bot
    next_update_id: int = 700_000_001
    next_album_id: int = 13_000_000_000_000_001
    next_ephemeral_id: int = 1
    next_query_id: int = 4_382_000_000_000_000_001
    inline_messages: dict[str, tuple[int, int]] = field(default_factory=dict)  # inline id -> chat and message
    next_order: int = 1
    next_charge: int = 1
    stars: list[JsonObject] = field(default_factory=list)  # the bot's Star transactions, oldest first
    stars_withdrawn: int = 0
    ended_subscriptions: list[str] = field(default_factory=list)  # the charges of their first payments
    invoice_links: dict[str, JsonObject] = field(default_factory=dict)

    def skip_ids(self) -> None:
        """After a crash: numbers that were given away after the last save must not be given again."""
        self.next_private_id += 1000
        self.next_update_id += 1000
        self.next_album_id += 1000
        self.next_ephemeral_id += 1000
        self.next_query_id += 1000
        self.next_order += 1000
        self.next_charge += 1000
        for chat in self.chats.values():
            chat.next_id += 1000

    def new_message_id(self, chat: Chat) -> int:
        if chat.type in ("private", "group"):
            self.next_private_id += 1
            return self.next_private_id - 1
        chat.next_id += 1
        return chat.next_id - 1

    def number(self, chat: Chat, message: Message) -> None:
        """Gives a new message its id and its place among the others."""
        message.order = self.next_order
        self.next_order += 1
        if message.ephemeral_for is None:
            message.id = self.new_message_id(chat)
        else:
            message.id = self.next_ephemeral_id
            self.next_ephemeral_id += 1
