"""The language that the scenarios are told in: a person, in a chat, does something and waits for what the bot shows.

    chat = Person.named(sandbox, "You").private
    await chat.send("/imagine a fox")
    picture = await chat.photo()
    await chat.press("Again")
    assert (await chat.photo()).id != picture.id

Every wait is for an event of the sandbox, never for a while, and has a deadline; one that is missed, or an
expectation that fails, shows the chat as the person sees it and what Telegram refused meanwhile.
"""

import asyncio
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from bot.sandbox import SandboxServer
from bot.sandbox.errors import JsonObject
from bot.sandbox.page_views import page_id
from bot.sandbox.sandbox import InlineQuery, Query
from bot.sandbox.state import Chat, Message
from bot.sandbox.state import Person as PersonRecord

DEADLINE = 15.0
# Of all the bot's messages, those that have not ended yet, and only those, show this button.
CANCEL = ("cancel", "отменить", "لغو")

T = TypeVar("T")
Test = Callable[[Message], bool]


class Person:
    """Somebody with a Telegram client."""

    def __init__(self, server: SandboxServer, record: PersonRecord) -> None:
        self.server = server
        self.record = record

    @classmethod
    def named(cls, server: SandboxServer, first_name: str) -> "Person":
        """One of the people that the sandbox has from the start: You, Alice, Борис, Mei, پریسا."""
        found = [person for person in server.state.people.values() if person.first_name == first_name]
        assert found, f"nobody is called {first_name}: {[p.first_name for p in server.state.people.values()]}"
        return cls(server, found[0])

    @classmethod
    def new(cls, server: SandboxServer, first_name: str = "Newcomer", *, language: str = "en") -> "Person":
        return cls(server, server.admin.add_person(first_name, language_code=language))

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def private(self) -> "ChatClient":
        """Their chat with the bot."""
        return self.chat(self.id)

    def chat(self, chat: Chat | int, topic: int | None = None) -> "ChatClient":
        """A group that they are in."""
        return ChatClient(self, chat if isinstance(chat, int) else chat.id, topic)

    def block_bot(self) -> None:
        self.server.admin.block(self.id)

    def unblock_bot(self) -> None:
        self.server.admin.unblock(self.id)


class ChatClient:
    """One person's view of one chat. What they wait for is what changed since they last did something in it."""

    def __init__(self, person: Person, chat_id: int, topic: int | None = None) -> None:
        self.person = person
        self.chat_id = chat_id
        self.topic = topic
        self.deadline = DEADLINE
        self._server = person.server
        self._cursor = self._mark = person.server.box.events.cursor
        self._touched: dict[int, int] = {}  # page's message id -> cursor of its last change
        self._query: Query | None = None

    # What is there

    @property
    def record(self) -> Chat:
        return self._server.state.chats[self.chat_id]

    @property
    def messages(self) -> list[Message]:
        """What this person sees here, oldest first; their own ephemeral messages included."""
        shown = [*self.record.messages.values(), *self.record.ephemeral.values()]
        return [
            message
            for message in shown
            if message.ephemeral_for in (None, self.person.id)
            and (self.topic is None or message.topic_id == self.topic)
        ]

    @property
    def last(self) -> Message:
        """The newest message."""
        assert self.messages, "the chat is empty"
        return max(self.messages, key=lambda message: (message.date, page_id(message)))

    @property
    def answers(self) -> list[Message]:
        """The bot's messages, oldest first, and those that people sent through it."""
        bot = self._server.state.bot.id
        return [message for message in self.messages if message.sender_id == bot or message.via_bot]

    def buttons(self, message: Message | None = None) -> list[str]:
        """The texts of a message's buttons; by default, the newest of the bot's that has any."""
        if message is None:
            message = next((m for m in reversed(self.answers) if m.keyboard), None)
        return [button["text"] for button in _buttons(message)] if message else []

    async def data(self, message: Message) -> bytes:
        """The largest size of a message's photo, or its file."""
        file = message.photo[-1] if message.photo else message.document or message.animation or message.video
        file_id = file.file_id if file is not None else ""
        _, path = self._server.box.files.locate(file_id)
        found = await self._server.box.files.read(path)
        assert found is not None, f"the file of message {message.id} is gone"
        return found[0]

    # What the person does

    async def send(self, text: str, *, reply_to: Message | int | None = None, as_chat: int | None = None) -> Message:
        """Writes. `as_chat`: in the name of the group (an anonymous admin) or of a channel."""
        self._do()
        return self._server.people.send(
            self.person.id, self.chat_id, text, reply_to=_id(reply_to), topic_id=self.topic, as_chat=as_chat
        )

    async def upload(
        self, photo: bytes | None = None, caption: str = "", *, reply_to: Message | int | None = None
    ) -> Message:
        """Sends a photo; without one, a small one is made."""
        self._do()
        data = photo if photo is not None else sample_photo()
        return await self._server.people.send_photo(
            self.person.id, self.chat_id, data, caption, reply_to=_id(reply_to), topic_id=self.topic
        )

    async def say(
        self, seconds: int = 3, *, reply_to: Message | int | None = None, voice: bytes = b"OggS, not really"
    ) -> Message:
        """Sends a voice message."""
        self._do()
        return await self._server.people.send_voice(
            self.person.id, self.chat_id, voice, seconds, reply_to=_id(reply_to), topic_id=self.topic
        )

    async def album(
        self, photos: Sequence[bytes], caption: str = "", *, reply_to: Message | int | None = None
    ) -> list[Message]:
        self._do()
        with self.at_once():
            return await self._server.people.send_album(
                self.person.id, self.chat_id, photos, caption, reply_to=_id(reply_to), topic_id=self.topic
            )

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """The bot hears of what is done inside when all of it is done: an album is complete when a second has passed
        without another part, and on a busy machine an upload may take longer."""
        updates, held = self._server.box.updates, list[tuple[str, JsonObject]]()
        put = updates.put
        updates.put = lambda kind, payload: held.append((kind, payload))  # type: ignore[method-assign]
        try:
            yield
        finally:
            updates.put = put  # type: ignore[method-assign]
            for kind, payload in held:
                put(kind, payload)

    async def sticker(self) -> Message:
        """A message without text or photo, such as bots get to see, too."""
        self._do()
        sticker = {
            "file_id": "CAACAgIAsticker",
            "file_unique_id": "AgADsticker",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "🦊",
        }
        extra = {"sticker": sticker}
        return self._server.people.send(self.person.id, self.chat_id, extra=extra, topic_id=self.topic)

    async def press(self, label: str, *, on: Message | None = None) -> Query:
        """Presses the button whose text contains `label` (in any case), on the newest of the bot's messages that has
        one, or `on` this one; waits until there is one."""

        def has_it(message: Message) -> bool:
            return self._find_button(message, label) is not None

        if on is not None:
            message = await self._until(lambda: on if has_it(on) else None, f"a button {label!r} on message {on.id}")
        else:
            message = await self._until(
                lambda: next((m for m in reversed(self.answers) if has_it(m)), None), f"a button {label!r}"
            )
        button = self._find_button(message, label)
        assert button is not None
        if "callback_data" not in button:
            self.fail(f"the button {button['text']!r} is no callback button: {button}")
        return self.press_data(button["callback_data"], on=message)

    def press_data(self, data: str, *, on: Message) -> Query:
        """Presses with this very callback data, which need not be on the message (any more)."""
        self._do()
        self._query = self._server.people.press(self.person.id, self.chat_id, page_id(on), data)
        return self._query

    async def inline(self, text: str, *, offset: str = "") -> InlineQuery:
        """Types `@bot text`, and waits for the results. `offset`: that of a further page."""
        self._do()
        query = self._server.people.type_inline(self.person.id, self.chat_id, text, offset=offset)
        return await self._until(lambda: query if query.results is not None else None, "results of an inline query")

    async def choose(self, query: InlineQuery, title: str = "") -> Message:
        """Sends the first result that has this (in any case) in its title or caption."""
        self._do()
        said = {one["id"]: f"{one.get('title', '')}\n{one.get('caption', '')}" for one in query.results or ()}
        result_id = next((found for found, words in said.items() if title.lower() in words.lower()), None)
        if result_id is None:
            self.fail(f"no result with {title!r}: {said}")
        return await self._server.people.choose(query, result_id, chat_id=self.chat_id)

    async def edit(self, message: Message, text: str) -> None:
        self._do()
        self._server.people.edit(self.person.id, self.chat_id, message.id, text)

    async def delete(self, message: Message) -> None:
        self._server.people.delete(self.person.id, self.chat_id, message.id)

    # What they wait for

    async def answer(
        self, test: Test = lambda _: True, what: str = "an answer", *, to: Message | None = None
    ) -> Message:
        """The newest of the bot's messages that came or changed since this person last did something, and that passes
        the test. `to`: only what replies to this message, since ever."""

        def found() -> Message | None:
            candidates = list(self._news()) if to is None else [m for m in self.answers if _replies(m, to)]
            return next((message for message in reversed(candidates) if test(message)), None)

        return await self._until(found, what if to is None else f"{what} to message {to.id}")

    async def text(self, *parts: str, to: Message | None = None) -> Message:
        """A message that has all of these (in any case) in its text or caption, or on its buttons."""
        wanted = [part.lower() for part in parts]
        what = f"a message with {' and '.join(map(repr, parts))}" if parts else "a message with text"
        return await self.answer(
            lambda message: bool(message.text) and all(part in _said(message) for part in wanted), what, to=to
        )

    async def photo(self, *, to: Message | None = None) -> Message:
        """A finished picture, be it new or the placeholder turned into it. Previews do not count."""
        return await self.answer(lambda message: bool(message.photo) and not _unfinished(message), "a picture", to=to)

    async def preview(self, *, to: Message | None = None) -> Message:
        """A picture that is not finished yet."""
        return await self.answer(lambda message: bool(message.photo) and _unfinished(message), "a preview", to=to)

    async def document(self, *, to: Message | None = None) -> Message:
        return await self.answer(lambda message: message.document is not None, "a document", to=to)

    async def clip(self, *, to: Message | None = None) -> Message:
        """An animation or a video."""
        return await self.answer(lambda message: bool(message.animation or message.video), "a video", to=to)

    async def placeholder(self, *, to: Message | None = None) -> Message:
        """A message that has not ended: it can be cancelled."""
        return await self.answer(_unfinished, "a placeholder", to=to)

    async def ended(self, message: Message) -> Message:
        """Until this placeholder has become a picture, a failure or a cancellation."""
        return await self._until(lambda: message if not _unfinished(message) else None, f"the end of {message.id}")

    async def gone(self, message: Message) -> None:
        """Waits until a message was deleted."""
        await self._until(lambda: message not in self.messages or None, "a message that is deleted")

    async def toast(self) -> str:
        """What the last press was answered with: the text, or nothing for a silent answer."""
        query = self._query
        assert query is not None, "nothing was pressed yet"
        await self._until(lambda: query if query.answered else None, "an answer to the press")
        events = self._server.box.events.since(self._mark) or []
        toasts = (event for event in events if event["type"] == "toast" and event["query_id"] == query.id)
        return next((str(event["text"]) for event in toasts), "")

    async def typing(self) -> str:
        """Until the bot is seen doing something here; what."""

        def seen() -> str | None:
            events = self._server.box.events.since(self._mark) or []
            here = (event for event in events if event["type"] == "typing" and event["chat_id"] == self.chat_id)
            return next((str(event["action"]) for event in here), None)

        return await self._until(seen, "a chat action")

    # How it is told

    def transcript(self) -> str:
        """The chat as this person sees it, one line a message."""
        return "\n".join(_line(self._server, message) for message in self.messages[-30:]) or "(empty)"

    def fail(self, why: str) -> NoReturn:
        """Fails the test with the whole story."""
        refused = [call for call in self._server.calls if call.status != 200][-5:]
        told = [f"  {call.method}: {call.status} {call.description}" for call in refused]
        parts = [why, f"The chat, as {self.person.record.first_name} sees it:", self.transcript()]
        if told:
            parts += ["Calls that Telegram refused:", *told]
        raise AssertionError("\n".join(parts))

    def _do(self) -> None:
        self._look()
        self._mark = self._cursor

    def _look(self) -> None:
        events = self._server.box.events
        for event in events.since(self._cursor) or []:
            if event["type"] in ("message", "edit") and event["message"]["chat_id"] == self.chat_id:
                self._touched[event["message"]["id"]] = event["cursor"]
        self._cursor = events.cursor

    def _news(self) -> Iterator[Message]:
        self._look()
        return (m for m in self.answers if self._touched.get(page_id(m), 0) > self._mark)

    def _find_button(self, message: Message, label: str) -> dict[str, str] | None:
        found = (button for button in _buttons(message) if label.lower() in button["text"].lower())
        return next((button for button in found if "disabled" not in button), None)

    async def _until(self, look: Callable[[], T | None], what: str) -> T:
        try:
            async with asyncio.timeout(self.deadline):
                while (found := look()) is None:
                    await self._server.box.events.wait()
        except TimeoutError:
            self.fail(f"waited {self.deadline:g} s for {what}, in vain")
        return found


def sample_photo(width: int = 96, height: int = 64, color: str = "#d2691e") -> bytes:
    """A PNG of one colour."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, "PNG")
    return out.getvalue()


def _id(message: Message | int | None) -> int | None:
    return page_id(message) if isinstance(message, Message) else message


def _replies(message: Message, to: Message) -> bool:
    if to.ephemeral_for is not None:
        return message.reply_ephemeral == to.id
    aside = message.chat_id > 0 and message.reply_to is None and message.id > to.id  # menus quote nothing in private
    return message.reply_to == to.id or aside


def _said(message: Message) -> str:
    return "\n".join([message.text, *(button["text"] for button in _buttons(message))]).lower()


def _buttons(message: Message) -> list[dict[str, str]]:
    return [button for row in (message.keyboard or {}).get("inline_keyboard", []) for button in row]


def _unfinished(message: Message) -> bool:
    return any(word in button["text"].lower() for button in _buttons(message) for word in CANCEL)


def _line(server: SandboxServer, message: Message) -> str:
    if message.service:
        return f"{message.id:>5} -- {message.service} --"
    bot = server.state.bot
    sender = server.state.people.get(message.sender_id)
    name = sender.first_name if sender else bot.first_name if message.sender_id == bot.id else "Anonymous"
    parts = [f"{message.id:>5} {name}"]
    parts += [f"(only for {message.ephemeral_for})"] if message.ephemeral_for else []
    parts += [f"-> {message.reply_to}"] if message.reply_to else []
    parts += ["(edited)"] if message.edit_date else []
    if message.photo:
        parts.append(f"[photo {message.photo[-1].width}x{message.photo[-1].height}]")
    if message.document:
        parts.append(f"[document {message.document.name}]")
    line = " ".join(parts) + ": " + message.text.replace("\n", " / ")
    texts = [button["text"] for button in _buttons(message)]
    return f"{line}   [{' | '.join(texts)}]" if texts else line
