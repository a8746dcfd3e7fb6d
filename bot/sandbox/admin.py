"""What happens to chats: people come and go, the bot is removed, blocked or promoted, groups are upgraded."""

from bot.sandbox import views
from bot.sandbox.errors import JsonObject
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.seed import add_person
from bot.sandbox.state import Chat, Message, Person, Status, Topic

_FIRST_NEW_PERSON = 5_400_000_000


class ChatAdmin:
    """Every method takes effect at once and sends the updates and service messages that Telegram sends."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._world = box.world

    def add_person(self, first_name: str, *, username: str | None = None, language_code: str | None = "en") -> Person:
        """A new person, with a private chat that they have not started yet."""
        person = Person(_FIRST_NEW_PERSON + len(self._world.people), first_name, username, language_code)
        self._box.chat_changed(add_person(self._world, person), new=True)
        return person

    def add_group(
        self,
        title: str,
        members: dict[int, Status],
        *,
        basic: bool = False,
        topics: tuple[str, ...] = (),
        bot_status: Status = Status.MEMBER,
    ) -> Chat:
        """A supergroup, with topics if any are named (General comes first by itself); or a basic group."""
        number = len(self._world.chats) + 1
        chat_id = -4_100_000_000 - number if basic else -1_002_400_000_000 - number
        chat = Chat(chat_id, "group" if basic else "supergroup", title, members=dict(members), bot_status=bot_status)
        if topics:
            chat.is_forum = True
            chat.topics = {1: Topic(1, "General")}
            for name in topics:
                topic_id = self._world.new_message_id(chat) + 1
                chat.topics[topic_id] = Topic(topic_id, name)
            chat.next_id = max(chat.topics) + 1
        self._world.chats[chat.id] = chat
        self._box.chat_changed(chat, new=True)
        return chat

    def add_channel(self, title: str, username: str | None = None, *, bot_status: Status = Status.LEFT) -> Chat:
        """A channel, in whose name people may write in groups. The bot is not in it, unless `bot_status` says so."""
        number = len(self._world.chats)
        chat = Chat(-1_002_500_000_000 - number, "channel", title, username, bot_status=bot_status)
        self._world.chats[chat.id] = chat
        self._box.chat_changed(chat, new=True)
        return chat

    def block(self, person_id: int) -> None:
        """The person blocks the bot."""
        self._bot_becomes(self._world.chats[person_id], Status.KICKED, by=person_id)

    def unblock(self, person_id: int) -> None:
        self._bot_becomes(self._world.chats[person_id], Status.MEMBER, by=person_id)

    def set_bot(self, chat_id: int, status: Status, *, by: int) -> None:
        """The bot is added, removed (KICKED), made an administrator, or made a member again."""
        chat = self._world.chats[chat_id]
        before = chat.bot_status
        self._bot_becomes(chat, status, by=by)
        bot = views.bot_user(self._world.bot)
        if status is Status.KICKED:
            self._service(chat, by, "removed the bot", {"left_chat_member": bot})
        elif before in (Status.KICKED, Status.LEFT):
            self._service(chat, by, "added the bot", {"new_chat_members": [bot]})

    def join(self, chat_id: int, person_id: int, status: Status = Status.MEMBER) -> None:
        chat = self._world.chats[chat_id]
        chat.members[person_id] = status
        user = views.user(self._world, person_id)
        self._service(chat, person_id, "joined the group", {"new_chat_members": [user]})
        self._box.chat_changed(chat)

    def leave(self, chat_id: int, person_id: int) -> None:
        chat = self._world.chats[chat_id]
        user = views.user(self._world, person_id)
        self._service(chat, person_id, "left the group", {"left_chat_member": user})
        chat.members.pop(person_id, None)
        self._box.chat_changed(chat)

    def promote(self, chat_id: int, person_id: int, status: Status = Status.ADMINISTRATOR) -> None:
        """Any status: also back to member, or restricted."""
        self._world.chats[chat_id].members[person_id] = status
        self._box.chat_changed(self._world.chats[chat_id])

    def deny(self, chat_id: int, *rights: str) -> None:
        """Takes rights from members, the bot included: any of messages, photos, documents,
        animations, videos, ephemeral."""
        self._world.chats[chat_id].bot_denied.update(rights)

    def allow(self, chat_id: int, *rights: str) -> None:
        self._world.chats[chat_id].bot_denied.difference_update(rights)

    def upgrade(self, chat_id: int, *, by: int) -> Chat:
        """A basic group becomes a supergroup with another id; its messages stay behind, as in Telegram."""
        old = self._world.chats[chat_id]
        new = Chat(
            -1_002_600_000_000 - len(self._world.chats),
            "supergroup",
            old.title,
            members=dict(old.members),
            bot_status=old.bot_status,
        )
        self._world.chats[new.id] = new
        self._service(old, by, "upgraded the group", {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self._box.chat_changed(new, new=True)
        self._service(new, by, "the group was upgraded", {"migrate_from_chat_id": old.id})
        return new

    def close_topic(self, chat_id: int, topic_id: int, *, by: int) -> None:
        chat = self._world.chats[chat_id]
        chat.topics[topic_id].closed = True
        self._service(chat, by, "closed the topic", {"forum_topic_closed": {}}, topic_id)
        self._box.chat_changed(chat)

    def reopen_topic(self, chat_id: int, topic_id: int, *, by: int) -> None:
        chat = self._world.chats[chat_id]
        chat.topics[topic_id].closed = False
        self._service(chat, by, "reopened the topic", {"forum_topic_reopened": {}}, topic_id)
        self._box.chat_changed(chat)

    def delete_topic(self, chat_id: int, topic_id: int) -> None:
        """Its messages go with it, and the bot is told nothing."""
        chat = self._world.chats[chat_id]
        del chat.topics[topic_id]
        for message in [message for message in chat.messages.values() if message.topic_id == topic_id]:
            self._box.remove(chat, message)
        self._box.chat_changed(chat)

    def _bot_becomes(self, chat: Chat, status: Status, *, by: int) -> None:
        before, chat.bot_status = chat.bot_status, status
        self._box.updates.put(
            "my_chat_member",
            {
                "chat": views.chat(self._world, chat),
                "from": views.user(self._world, by),
                "date": self._box.now(),
                "old_chat_member": views.member(self._world, self._world.bot.id, before),
                "new_chat_member": views.member(self._world, self._world.bot.id, status),
            },
        )
        self._box.chat_changed(chat)

    def _service(self, chat: Chat, by: int, sentence: str, extra: JsonObject, topic_id: int | None = None) -> None:
        name = views.user(self._world, by)["first_name"]
        message = Message(self._world.new_message_id(chat), chat.id, by, self._box.now(), topic_id=topic_id)
        message.service, message.extra = f"{name} {sentence}", extra
        self._box.post(chat, message)
