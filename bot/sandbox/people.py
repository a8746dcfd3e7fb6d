"""What people do in their Telegram clients: write, press, edit, delete. Used by the page and by tests."""

from collections.abc import Sequence

from bot.sandbox import views
from bot.sandbox.entities import format_text
from bot.sandbox.entities.units import cut
from bot.sandbox.errors import JsonObject
from bot.sandbox.menus import menus
from bot.sandbox.methods.inline import chosen, message_of
from bot.sandbox.page_views import EPHEMERAL_BASE
from bot.sandbox.sandbox import InlineQuery, Query, Sandbox
from bot.sandbox.state import ADMINS, ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, PRESENT, Chat, Message, Status
from bot.sandbox.wire import Call

_QUERY_LENGTH = 256  # characters, Bot API


class Refused(Exception):  # noqa: N818 - a person's client says no; nothing is broken
    """What a client would not let a person do; str() says why."""


class People:
    """Every method acts for one person (`by`) and raises Refused for what their client would not offer."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._world = box.world

    def send(
        self,
        by: int,
        chat_id: int,
        text: str = "",
        *,
        reply_to: int | None = None,
        topic_id: int | None = None,
        as_chat: int | None = None,
        extra: JsonObject | None = None,
    ) -> Message:
        """A text message. `as_chat`: in the name of the group itself (an anonymous admin) or of a channel.
        `reply_to` as the page numbers messages. `extra`: fields of the Bot API's Message as they are (stickers)."""
        text, entities = format_text(text)
        if not text and not extra:
            raise Refused("The message is empty.")
        if len(text) > 4096:
            raise Refused("The message is too long.")
        chat, message = self._new(by, chat_id, reply_to, topic_id, as_chat)
        message.text, message.entities, message.extra = text, entities, extra or {}
        if as_chat is None and (message.reply_ephemeral is not None or self._is_ephemeral_command(chat, by, message)):
            message.ephemeral_for = by
        return self._post(chat, message)

    async def send_photo(
        self,
        by: int,
        chat_id: int,
        data: bytes,
        caption: str = "",
        *,
        reply_to: int | None = None,
        topic_id: int | None = None,
        as_chat: int | None = None,
        spoiler: bool = False,
        album_id: str | None = None,
    ) -> Message:
        """A photo. Raises ApiError when it is none."""
        photo = await self._box.files.add_photo(data)
        chat, message = self._new(by, chat_id, reply_to, topic_id, as_chat)
        message.photo, message.spoiler, message.album_id = photo, spoiler, album_id
        message.text, message.entities = format_text(caption)
        return self._post(chat, message)

    async def send_document(
        self, by: int, chat_id: int, data: bytes, name: str, caption: str = "", *, reply_to: int | None = None
    ) -> Message:
        document = await self._box.files.add_document(data, name, "application/octet-stream")
        chat, message = self._new(by, chat_id, reply_to, None, None)
        message.document = document
        message.text, message.entities = format_text(caption)
        return self._post(chat, message)

    async def send_voice(
        self,
        by: int,
        chat_id: int,
        data: bytes,
        seconds: int = 3,
        *,
        reply_to: int | None = None,
        topic_id: int | None = None,
    ) -> Message:
        """A voice message; what is in it nobody looks at."""
        voice = await self._box.files.add_voice(data, seconds)
        chat, message = self._new(by, chat_id, reply_to, topic_id, None)
        message.voice = voice
        return self._post(chat, message)

    async def send_album(
        self,
        by: int,
        chat_id: int,
        photos: Sequence[bytes],
        caption: str = "",
        *,
        reply_to: int | None = None,
        topic_id: int | None = None,
    ) -> list[Message]:
        """Several photos; the caption is the first one's, as clients do it."""
        album_id = str(self._world.next_album_id)
        self._world.next_album_id += 1
        return [
            await self.send_photo(
                by,
                chat_id,
                data,
                caption if index == 0 else "",
                reply_to=reply_to,
                topic_id=topic_id,
                album_id=album_id,
            )
            for index, data in enumerate(photos)
        ]

    def press(self, by: int, chat_id: int, message_id: int, data: str) -> Query:
        """Presses a callback button. `message_id` as the page numbers them (ephemeral ones from 1,000,000,000).
        A button that is no longer there can still be pressed: clients lag, and bots must cope."""
        chat = self._chat(chat_id)
        self._check_present(chat, by)
        ephemeral = message_id >= EPHEMERAL_BASE
        shelf, number = (chat.ephemeral, message_id - EPHEMERAL_BASE) if ephemeral else (chat.messages, message_id)
        message = shelf.get(number)
        if message is None or message.ephemeral_for not in (None, by):
            raise Refused("The message is gone.")
        if message.sender_id != self._world.bot.id and not message.via_bot:
            raise Refused("Only the bot's messages have buttons.")
        query = self._box.new_query(by, message)
        shown: JsonObject = {"message": views.message(self._world, message)}
        payload: JsonObject = {
            "id": query.id,
            "from": views.user(self._world, by),
            **(shown if message.inline_id is None else {"inline_message_id": message.inline_id}),
            "chat_instance": str(chat.id * 1_000_003 & 0x7FFF_FFFF_FFFF_FFFF),
            "data": data,
        }
        if chat.bot_status in PRESENT or message.inline_id is not None:
            self._box.updates.put("callback_query", payload)
        self._box.on_change()
        return query

    def type_inline(self, by: int, chat_id: int, text: str, *, offset: str = "") -> InlineQuery:
        """What follows the bot's name in the message field; the results come with an event of the sandbox. `offset`:
        that of the next page, as the bot named it."""
        chat = self._chat(chat_id)
        self._check_present(chat, by)
        if not self._world.bot.inline:
            raise Refused("The bot has no inline mode.")
        if len(text) > _QUERY_LENGTH:
            raise Refused("The query is too long.")
        query = self._box.new_inline_query(by, chat_id, text)
        kind = "sender" if chat.type == "private" else chat.type
        payload = {"id": query.id, "from": views.user(self._world, by), "query": text, "offset": offset}
        self._box.updates.put("inline_query", payload | {"chat_type": kind})
        self._box.on_change()
        return query

    async def choose(self, query: InlineQuery, result_id: str, *, chat_id: int | None = None) -> Message:
        """Sends a result, to the chat where it was asked for or another one. Raises Refused."""
        result = next((found for found in query.results or () if found["id"] == result_id), None)
        if result is None:
            raise Refused("There is no such result.")
        chat, _ = self._new(query.person_id, query.chat_id if chat_id is None else chat_id, None, None, None)
        message = await message_of(self._box, Call("answerInlineQuery", {}, {}), result, query.person_id)
        message.chat_id = chat.id
        message.topic_id = 1 if chat.is_forum else None
        self._world.number(chat, message)
        inline_id = self._box.make_inline(message) if message.keyboard is not None else None
        self._box.post(chat, message)
        if self._world.bot.inline_feedback:
            update = chosen(self._box, query.person_id, result_id, query.text, inline_id)
            self._box.updates.put("chosen_inline_result", update)
        return message

    def edit(self, by: int, chat_id: int, message_id: int, text: str) -> Message:
        """Their own message gets a new text or caption."""
        chat, message = self._own(by, chat_id, message_id)
        message.text, message.entities = format_text(text)
        message.edit_date = self._box.now()
        self._box.changed(chat, message, by_person=True)
        return message

    def delete(self, by: int, chat_id: int, message_id: int) -> None:
        """Their own message; in private chats any, in groups an admin any. The bot is told nothing, as in Telegram."""
        chat = self._chat(chat_id)
        message = chat.messages.get(message_id)
        if message is None:
            raise Refused("The message is gone.")
        if message.sender_id != by and chat.type != "private" and chat.members.get(by) not in ADMINS:
            raise Refused("Only admins delete other people's messages.")
        self._box.remove(chat, message)

    def _post(self, chat: Chat, message: Message) -> Message:
        self._world.number(chat, message)
        chat.started = True
        self._box.post(chat, message)
        if self._asks_guest(chat, message):
            question = self._box.new_guest_question(message)
            view = views.message(self._world, message) | {"guest_query_id": question.id}
            self._box.updates.put("guest_message", view)
        return message

    def _asks_guest(self, chat: Chat, message: Message) -> bool:
        """Mentioned where it is no member, or answered there."""
        if not self._world.bot.guest or chat.bot_status in PRESENT or message.sender_chat_id is not None:
            return False
        replied = chat.answered_by(message)
        if replied is not None and replied.sender_id == self._world.bot.id:
            return True
        return f"@{self._world.bot.username}".lower() in message.text.lower().split()

    def _new(
        self, by: int, chat_id: int, reply_to: int | None, topic_id: int | None, as_chat: int | None
    ) -> tuple[Chat, Message]:
        chat = self._chat(chat_id)
        self._check_present(chat, by)
        if chat.type == "channel" and chat.members.get(by) not in ADMINS:
            raise Refused("Only admins post in a channel.")
        sender = by
        if as_chat is not None:
            if as_chat == chat.id and chat.members.get(by) not in ADMINS:
                raise Refused("Only admins can stay anonymous.")
            sender = ANONYMOUS_ADMIN_ID if as_chat == chat.id else CHANNEL_BOT_ID
        ephemeral = reply_to - EPHEMERAL_BASE if reply_to is not None and reply_to >= EPHEMERAL_BASE else None
        replied = chat.messages.get(reply_to) if reply_to is not None else None
        if chat.is_forum:
            topic_id = topic_id or (replied.topic_id if replied else None) or 1
            topic = chat.topics.get(topic_id)
            if topic is None or (topic.closed and chat.members.get(by) not in ADMINS):
                raise Refused("The topic is closed.")
        message = Message(0, chat.id, sender, self._box.now(), sender_chat_id=as_chat)
        message.topic_id = topic_id if chat.is_forum else None
        message.reply_to = replied.id if replied else None
        message.reply_ephemeral = ephemeral if ephemeral in chat.ephemeral else None
        return chat, message

    def _is_ephemeral_command(self, chat: Chat, by: int, message: Message) -> bool:
        """Whether the bot has marked this command in the menu of groups, so that clients send it to it alone."""
        first = next(iter(message.entities), None)
        if not chat.is_group or first is None or first["type"] != "bot_command" or first["offset"] != 0:
            return False
        name, _, addressee = cut(message.text, 0, first["length"]).removeprefix("/").partition("@")
        menu = menus(self._world, self._world.people[by].language_code)["group"]
        marked = any(command["command"] == name.lower() and command.get("is_ephemeral") for command in menu)
        return marked and addressee.lower() in ("", self._world.bot.username.lower())

    def _own(self, by: int, chat_id: int, message_id: int) -> tuple[Chat, Message]:
        chat = self._chat(chat_id)
        message = chat.messages.get(message_id)
        if message is None or message.sender_id != by:
            raise Refused("Only one's own messages can be edited.")
        return chat, message

    def _chat(self, chat_id: int) -> Chat:
        chat = self._world.chats.get(chat_id)
        if chat is None or chat.migrated_to is not None:
            raise Refused("There is no such chat.")
        return chat

    def _check_present(self, chat: Chat, by: int) -> None:
        if by not in self._world.people:
            raise Refused("There is no such person.")
        if chat.person_id is not None:
            if chat.person_id != by:
                raise Refused("This is somebody else's private chat.")
            if chat.bot_status is Status.KICKED:
                raise Refused("You have blocked the bot.")
        elif chat.members.get(by, Status.LEFT) not in PRESENT:
            raise Refused("You are not a member of this chat.")
