"""Chats and their members, and what the bot is seen to be doing in them."""

from bot.sandbox import views
from bot.sandbox.errors import Json, bad
from bot.sandbox.methods.targets import find_chat, writable_chat
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import ADMINS, PRESENT, Chat, Status
from bot.sandbox.wire import Call

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_SHOWN_SECONDS = 5


async def send_chat_action(box: Sandbox, call: Call) -> Json:
    if call.params["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    chat = writable_chat(box, call.params["chat_id"])
    box.events.add("typing", chat_id=chat.id, action=call.params["action"], until=box.now() + _SHOWN_SECONDS)
    return True


async def get_chat(box: Sandbox, call: Call) -> Json:
    chat = find_chat(box, call.params["chat_id"])
    view = views.chat(box.world, chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.is_group:
        allowed = {f"can_send_{kind}": kind not in chat.bot_denied for kind in ("messages", "photos", "documents")}
        others = ("audios", "videos", "video_notes", "voice_notes", "polls", "other_messages")
        view["permissions"] = allowed | {f"can_send_{kind}": True for kind in others}
    return view


async def get_chat_member(box: Sandbox, call: Call) -> Json:
    chat = find_chat(box, call.params["chat_id"])
    user_id = call.params["user_id"]
    status = _all_members(box, chat).get(user_id)
    if status is None:
        if user_id not in box.world.people:
            raise bad("invalid user_id specified" if user_id <= 0 else "PARTICIPANT_ID_INVALID")
        status = Status.LEFT
    return views.member(box.world, user_id, status)


async def get_chat_administrators(box: Sandbox, call: Call) -> Json:
    chat = find_chat(box, call.params["chat_id"])
    if not chat.is_group:
        raise bad("there are no administrators in the private chat")
    people = [(person, status) for person, status in chat.members.items() if status in ADMINS]
    if chat.bot_status in ADMINS:
        people.append((box.world.bot.id, chat.bot_status))
    return [views.member(box.world, person, status) for person, status in people]


async def get_chat_member_count(box: Sandbox, call: Call) -> Json:
    chat = find_chat(box, call.params["chat_id"])
    return sum(status in PRESENT for status in _all_members(box, chat).values())


async def leave_chat(box: Sandbox, call: Call) -> Json:
    chat = writable_chat(box, call.params["chat_id"])
    if not chat.is_group:
        raise bad("chat can't be left")
    chat.bot_status = Status.LEFT
    box.chat_changed(chat)
    return True


def _all_members(box: Sandbox, chat: Chat) -> dict[int, Status]:
    if chat.person_id is not None:
        return {chat.person_id: Status.MEMBER, box.world.bot.id: Status.MEMBER}
    return {**chat.members, box.world.bot.id: chat.bot_status}
