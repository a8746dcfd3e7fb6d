"""The records as the Bot API shows them to the bot: User, Chat, Message, ChatMember."""

from bot.sandbox.errors import JsonObject
from bot.sandbox.state import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    TELEGRAM_ID,
    BotAccount,
    Chat,
    Clip,
    Document,
    Message,
    Person,
    PhotoSize,
    Status,
    Voice,
    World,
)

_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)


def bot_user(bot: BotAccount) -> JsonObject:
    return {"id": bot.id, "is_bot": True, "first_name": bot.first_name, "username": bot.username}


def person_user(person: Person) -> JsonObject:
    view: JsonObject = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    for name in ("last_name", "username", "language_code"):
        if getattr(person, name):
            view[name] = getattr(person, name)
    return view


def user(world: World, user_id: int) -> JsonObject:
    if user_id == world.bot.id:
        return bot_user(world.bot)
    if user_id == ANONYMOUS_ADMIN_ID:
        return {"id": user_id, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    if user_id == TELEGRAM_ID:
        return {"id": user_id, "is_bot": False, "first_name": "Telegram"}
    if user_id == CHANNEL_BOT_ID:
        return {"id": user_id, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    return person_user(world.people[user_id])


def chat(world: World, record: Chat) -> JsonObject:
    view: JsonObject = {"id": record.id, "type": record.type}
    if record.person_id is not None:
        person = person_user(world.people[record.person_id])
        return view | {key: person[key] for key in ("first_name", "last_name", "username") if key in person}
    view["title"] = record.title
    if record.username:
        view["username"] = record.username
    if record.is_forum:
        view["is_forum"] = True
    return view


def photo_size(size: PhotoSize) -> JsonObject:
    view: JsonObject = {
        "file_id": size.file_id,
        "file_unique_id": size.file_unique_id,
        "width": size.width,
        "height": size.height,
    }
    if size.file_size is not None:
        view["file_size"] = size.file_size
    return view


def document(record: Document) -> JsonObject:
    return {
        "file_id": record.file_id,
        "file_unique_id": record.file_unique_id,
        "file_name": record.name,
        "mime_type": record.mime,
        "file_size": record.size,
    }


def clip(record: Clip) -> JsonObject:
    return {
        "file_id": record.file_id,
        "file_unique_id": record.file_unique_id,
        "width": record.width,
        "height": record.height,
        "duration": record.seconds,
        "file_name": record.name,
        "mime_type": record.mime,
        "file_size": record.size,
    }


def voice(record: Voice) -> JsonObject:
    return {
        "file_id": record.file_id,
        "file_unique_id": record.file_unique_id,
        "duration": record.seconds,
        "mime_type": record.mime,
        "file_size": record.size,
    }


def message(world: World, record: Message, *, with_reply: bool = True) -> JsonObject:
    """A Message. The replied-to one is one level deep, as Telegram shows it."""
    where = world.chats[record.chat_id]
    view: JsonObject = {"message_id": record.id, "date": record.date, "chat": chat(world, where)}
    if where.type == "channel":  # a post names nobody
        view["sender_chat"] = chat(world, where)
    else:
        view["from"] = user(world, record.sender_id)
    if record.ephemeral_for is not None:
        receiver = record.ephemeral_for if record.sender_id == world.bot.id else world.bot.id
        view |= {"message_id": 0, "ephemeral_message_id": record.id, "receiver_user": user(world, receiver)}
    if record.sender_chat_id is not None:
        view["sender_chat"] = chat(world, world.chats[record.sender_chat_id])
    view |= _thread(where, record)
    if with_reply and (replied := where.answered_by(record)):
        view["reply_to_message"] = message(world, replied, with_reply=False)
    if record.edit_date is not None:
        view["edit_date"] = record.edit_date
    view |= _content(record)
    if record.via_bot:
        view["via_bot"] = bot_user(world.bot)
    if record.keyboard is not None:
        view["reply_markup"] = record.keyboard
    return view | record.extra


def _thread(where: Chat, record: Message) -> JsonObject:
    """Topics, and the threads of replies that supergroups without topics have."""
    if record.topic_id is not None and record.topic_id != 1:
        return {"message_thread_id": record.topic_id, "is_topic_message": True}
    if where.type != "supergroup" or where.is_forum or record.reply_to is None:
        return {}
    root = record.reply_to
    while (above := where.messages.get(root)) and above.reply_to is not None:
        root = above.reply_to
    return {"message_thread_id": root}


_OF_DOCUMENTS = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")


def _content(record: Message) -> JsonObject:
    view: JsonObject = {}
    if record.album_id:
        view["media_group_id"] = record.album_id
    if record.photo:
        view["photo"] = [photo_size(size) for size in record.photo]
    if record.document:
        view["document"] = document(record.document)
    if record.voice:
        view["voice"] = voice(record.voice)
    if (animation := record.animation) is not None:  # for bots of old it is a document as well
        view["animation"] = clip(animation)
        view["document"] = {name: view["animation"][name] for name in _OF_DOCUMENTS}
    if record.video is not None:
        view["video"] = clip(record.video)
    if record.spoiler:
        view["has_media_spoiler"] = True
    if record.caption_above:
        view["show_caption_above_media"] = True
    if record.text:
        name, entities = ("caption", "caption_entities") if record.has_media else ("text", "entities")
        view[name] = record.text
        if record.entities:
            view[entities] = record.entities
    return view


def member(world: World, user_id: int, status: Status) -> JsonObject:
    """A ChatMember of any kind."""
    view: JsonObject = {"status": status.value, "user": user(world, user_id)}
    if status is Status.CREATOR:
        view["is_anonymous"] = False
    elif status is Status.ADMINISTRATOR:
        view |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_ADMIN_RIGHTS, True)
    elif status is Status.RESTRICTED:
        view |= {"is_member": True, "until_date": 0} | dict.fromkeys(_RESTRICTED_RIGHTS, False)
    elif status is Status.KICKED:
        view["until_date"] = 0
    return view


_RESTRICTED_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
