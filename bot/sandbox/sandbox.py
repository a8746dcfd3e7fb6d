"""The sandbox's Telegram: its world, and the ways in which it changes. The HTTP side is in `server`."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.sandbox import views
from bot.sandbox.errors import JsonObject
from bot.sandbox.events import EventLog
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.limits import FloodLimits
from bot.sandbox.page_views import page_chat, page_id, page_message
from bot.sandbox.privacy import reaches_bot
from bot.sandbox.state import Chat, Message, World
from bot.sandbox.updates import UpdateQueue

# A callback query can be answered for about this long (measured by others; Telegram does not document it).
QUERY_SECONDS = 15.0
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
        self.limits = FloodLimits(clock)
        self.faults = Faults(clock)
        self.queries: OrderedDict[str, Query] = OrderedDict()
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
        self.on_change()
        return message

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

    def new_query(self, person_id: int, message: Message) -> Query:
        query_id = str(self.world.next_query_id)
        self.world.next_query_id += 1
        query = Query(query_id, person_id, message.chat_id, message.id, self.clock.monotonic())
        query.ephemeral = message.ephemeral_for is not None
        self.queries[query_id] = query
        if len(self.queries) > _QUERIES_KEPT:
            self.queries.popitem(last=False)
        return query

    def live_query(self, query_id: str) -> Query | None:
        """The query when it is known and young enough."""
        query = self.queries.get(query_id)
        if query is None or self.clock.monotonic() - query.at > QUERY_SECONDS:
            return None
        return query
