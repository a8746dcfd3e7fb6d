"""The sandbox's Telegram: its world, and the ways in which it changes. The HTTP side is in `server`."""

import asyncio
import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cachetools import FIFOCache

from bot.clock import Clock
from bot.sandbox import views
from bot.sandbox.errors import JsonObject
from bot.sandbox.events import EventLog
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.limits import FloodLimits
from bot.sandbox.page_views import page_chat, page_id, page_message
from bot.sandbox.privacy import reaches_bot
from bot.sandbox.state import TELEGRAM_ID, Chat, Message, World
from bot.sandbox.updates import UpdateQueue

# A callback query can be answered for about this long (measured by others; Telegram does not document it).
QUERY_SECONDS = 15.0
INLINE_SECONDS = 30.0  # for which an inline query can be answered (tdlib/telegram-bot-api)
GUEST_SECONDS = 60.0  # a guest question; undocumented, reported from 53 s on
_QUERIES_KEPT = 10_000


@dataclass
class Query:
    """A pressed button that waits for its answer."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: float  # monotonic
    ephemeral: bool = False
    answered: bool = False


@dataclass
class InlineQuery:
    """What somebody types behind the bot's name, and what the bot answered. None: it has not."""

    id: str
    person_id: int
    chat_id: int
    text: str
    at: float  # monotonic
    results: list[JsonObject] | None = None
    button: JsonObject | None = None
    next_offset: str = ""


@dataclass
class GuestQuestion:
    """A mention of the bot in a chat that it is no member of, which it may answer once."""

    id: str
    chat_id: int
    message_id: int
    at: float  # monotonic
    answered: bool = False


@dataclass
class Webhook:
    url: str
    secret: str | None = None
    max_connections: int = 40
    failures: int = 0  # in a row
    last_error_date: int | None = None
    last_error_message: str | None = None


class Sandbox:
    """Holds everything; whoever changes a message goes through `post`, `changed` or `remove`, which tell the rest."""

    def __init__(self, world: World, clock: Clock, folder: Path | None = None) -> None:
        self.world = world
        self.clock = clock
        self.files = FileStore(folder)
        self.events = EventLog()
        self.updates = UpdateQueue(world)
        self.limits = FloodLimits(clock, self._inline_chat)
        self.faults = Faults(clock)
        self.queries: FIFOCache[str, Query] = FIFOCache(_QUERIES_KEPT)
        self.inline_queries: FIFOCache[str, InlineQuery] = FIFOCache(_QUERIES_KEPT)
        self.guest_questions: FIFOCache[str, GuestQuestion] = FIFOCache(_QUERIES_KEPT)
        self.checkouts: dict[str, asyncio.Future[str | None]] = {}  # that wait for the bot's answer
        self.webhook: Webhook | None = None
        self.webhook_changed = asyncio.Event()
        self.on_change: Callable[[], None] = lambda: None  # the server saves the world then

    def now(self) -> int:
        return int(self.clock.now().timestamp())

    def post(self, chat: Chat, message: Message) -> Message:
        """A new message: kept, shown on the page, and queued for the bot when it is for it."""
        chat.keep(message)
        self.events.add("message", message=page_message(self.world, message))
        if reaches_bot(self.world, chat, message):
            self.updates.put(
                "channel_post" if chat.type == "channel" else "message", views.message(self.world, message)
            )
        if chat.discussion_id is not None:
            self._forward(chat, self.world.chats[chat.discussion_id], message)
        self.on_change()
        return message

    def _forward(self, channel: Chat, group: Chat, post: Message) -> None:
        """The copy of a post in the group behind its channel, which Telegram makes by itself."""
        origin: JsonObject = {
            "type": "channel",
            "date": post.date,
            "chat": views.chat(self.world, channel),
            "message_id": post.id,
        }
        copy = replace(
            post,
            id=0,
            chat_id=group.id,
            sender_id=TELEGRAM_ID,
            sender_chat_id=channel.id,
            reply_to=None,
            keyboard=None,
            extra={**post.extra, "is_automatic_forward": True, "forward_origin": origin},
        )
        self.world.number(group, copy)
        self.post(group, copy)

    def changed(self, chat: Chat, message: Message, *, by_person: bool = False) -> None:
        """An edited message."""
        self.events.add("edit", message=page_message(self.world, message))
        if by_person and reaches_bot(self.world, chat, message):
            self.updates.put("edited_message", views.message(self.world, message))
        self.on_change()

    def remove(self, chat: Chat, message: Message) -> None:
        shelf = chat.messages if message.ephemeral_for is None else chat.ephemeral
        shelf.pop(message.id, None)
        fields: JsonObject = {} if message.ephemeral_for is None else {"ephemeral_for": message.ephemeral_for}
        self.events.add("delete", chat_id=chat.id, id=page_id(message), **fields)
        self.on_change()

    def chat_changed(self, chat: Chat, *, new: bool = False) -> None:
        """Members, rights, topics or the title; or the chat is new."""
        self.events.add("chat", chat=page_chat(self.world, chat, messages=new))
        self.on_change()

    def make_inline(self, message: Message) -> str:
        """Gives a posted message the id by which alone the bot knows it."""
        seal = hashlib.sha256(f"{message.chat_id}:{message.id}:{self.world.bot.id}".encode()).digest()
        message.inline_id = base64.urlsafe_b64encode(seal[:21]).decode()
        self.world.inline_messages[message.inline_id] = (message.chat_id, message.id)
        while len(self.world.inline_messages) > _QUERIES_KEPT:
            del self.world.inline_messages[next(iter(self.world.inline_messages))]
        return message.inline_id

    def inline_message(self, inline_id: str) -> tuple[Chat, Message] | None:
        """None for a forged id, and for a message that was deleted."""
        chat_id, message_id = self.world.inline_messages.get(inline_id, (0, 0))
        chat = self.world.chats.get(chat_id)
        message = chat.messages.get(message_id) if chat is not None else None
        return (chat, message) if chat is not None and message is not None else None

    def _inline_chat(self, inline_id: str) -> int | None:
        found = self.inline_message(inline_id)
        return found[0].id if found is not None else None

    def new_inline_query(self, person_id: int, chat_id: int, text: str) -> InlineQuery:
        query = InlineQuery(self._next_query(), person_id, chat_id, text, self.clock.monotonic())
        self.inline_queries[query.id] = query
        return query

    def new_guest_question(self, message: Message) -> GuestQuestion:
        question = GuestQuestion(self._next_query(), message.chat_id, message.id, self.clock.monotonic())
        self.guest_questions[question.id] = question
        return question

    def _next_query(self) -> str:
        self.world.next_query_id += 1
        return str(self.world.next_query_id - 1)

    def new_query(self, person_id: int, message: Message) -> Query:
        query_id = self._next_query()
        query = Query(query_id, person_id, message.chat_id, message.id, self.clock.monotonic())
        query.ephemeral = message.ephemeral_for is not None
        self.queries[query_id] = query
        return query

    def live_query(self, query_id: str) -> Query | None:
        """The query when it is known and young enough."""
        query = self.queries.get(query_id)
        if query is None or self.clock.monotonic() - query.at > QUERY_SECONDS:
            return None
        return query
