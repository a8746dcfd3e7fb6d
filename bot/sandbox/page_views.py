"""The records as the page shows them: what its JSON API and its events carry."""

from html import escape

from bot.sandbox.entities.render import render
from bot.sandbox.errors import JsonObject
from bot.sandbox.state import ANONYMOUS_ADMIN_ID, PRESENT, Chat, Message, Person, World

_BOT_COLOR = "#5f6bd6"
_CHANNEL_COLOR = "#6b7785"
# The page has one number per message; ephemeral ones, which Telegram counts apart, come after all others.
EPHEMERAL_BASE = 1_000_000_000
_SHORT = 120


def page_id(message: Message) -> int:
    return message.id if message.ephemeral_for is None else EPHEMERAL_BASE + message.id


def page_person(person: Person) -> JsonObject:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "color": person.color,
    }


def page_bot(world: World) -> JsonObject:
    """The bot; `descriptions` by language, with "" for all others."""
    bot = world.bot
    return {
        "id": bot.id,
        "first_name": bot.first_name,
        "username": bot.username,
        "descriptions": bot.descriptions,
    }


def shown_order(message: Message) -> tuple[int, int, int]:
    """Sorts messages as they came. Those of older sandboxes have no `order`: they stand by their second."""
    return message.date, message.order, page_id(message)


def page_chat(world: World, chat: Chat, *, messages: bool = False) -> JsonObject:
    view: JsonObject = {
        "id": chat.id,
        "type": "supergroup" if chat.type == "group" else chat.type,
        "title": chat.title or world.bot.first_name,
        "without_bot": chat.type != "private" and chat.bot_status not in PRESENT,
        "members": [{"id": person, "status": status.value} for person, status in chat.members.items()],
        "is_forum": chat.is_forum,
    }
    if chat.person_id is not None:
        view["person"] = chat.person_id
    if chat.is_forum:
        view["topics"] = [{"id": topic.id, "name": topic.name} for topic in chat.topics.values()]
    if messages:
        shown = sorted([*chat.messages.values(), *chat.ephemeral.values()], key=shown_order)
        view["messages"] = [page_message(world, message) for message in shown]
    return view


def page_message(world: World, message: Message) -> JsonObject:
    view: JsonObject = {
        "id": page_id(message),
        "chat_id": message.chat_id,
        "from": _sender(world, message),
        "date": message.date,
        "html": render(message.text, message.entities),
    }
    if message.text:
        view["text"] = message.text
    if (invoice := message.extra.get("invoice")) is not None:
        view["html"] = f"<b>{escape(invoice['title'])}</b>\n{escape(invoice['description'])}"
        view["text"] = invoice["title"]
        view["invoice"] = {"title": invoice["title"], "stars": invoice["total_amount"]}
        view["receipt"] = message.receipt
    view |= _media(message)
    if (keyboard := message.keyboard) is not None:
        view["keyboard"] = [[_button(button) for button in row] for row in keyboard.get("inline_keyboard", [])]
    if (reply := world.chats[message.chat_id].answered_by(message)) is not None:
        name = _sender(world, reply)["name"]
        view["reply_to"] = {"id": page_id(reply), "name": name, "text": _summary(reply)}
    for name in ("topic_id", "edit_date", "album_id", "service", "ephemeral_for"):
        if (value := getattr(message, name)) is not None:
            view[name] = value
    if message.via_bot:
        view["via"] = f"@{world.bot.username}"
    if message.reactions:
        view["reactions"] = [reaction.get("emoji", "") for given in message.reactions.values() for reaction in given]
    return view


def _sender(world: World, message: Message) -> JsonObject:
    if message.sender_chat_id is not None:
        chat = world.chats[message.sender_chat_id]
        anonymous = message.sender_id == ANONYMOUS_ADMIN_ID
        return {"id": chat.id, "name": chat.title, "is_bot": False, "color": _CHANNEL_COLOR, "anonymous": anonymous}
    if world.chats[message.chat_id].type == "channel":
        chat = world.chats[message.chat_id]
        return {"id": chat.id, "name": chat.title, "is_bot": False, "color": _CHANNEL_COLOR}
    if message.sender_id == world.bot.id:
        return {"id": world.bot.id, "name": world.bot.first_name, "is_bot": True, "color": _BOT_COLOR}
    person = world.people[message.sender_id]
    name = " ".join(filter(None, (person.first_name, person.last_name)))
    return {"id": person.id, "name": name, "is_bot": False, "color": person.color}


def _media(message: Message) -> JsonObject:
    view: JsonObject = {}
    if message.photo:
        largest = message.photo[-1]
        view["photo"] = {"url": f"/files/{largest.file_id}", "width": largest.width, "height": largest.height}
    if message.document:
        file = message.document
        url = f"/files/{file.file_id}"
        view["document"] = {"url": url, "name": file.name, "size": file.size, "mime": file.mime}
    if (clip := message.animation or message.video) is not None:
        view["clip"] = {
            "url": f"/files/{clip.file_id}",
            "width": clip.width,
            "height": clip.height,
            "seconds": clip.seconds,
            "mime": clip.mime,
            "plays": message.animation is not None,  # by itself, over and over
        }
    if message.voice:
        view["voice"] = {"url": f"/files/{message.voice.file_id}", "seconds": message.voice.seconds}
    if message.spoiler:
        view["spoiler"] = True
    return view


def _button(button: JsonObject) -> JsonObject:
    view: JsonObject = {"text": button["text"], "kind": "other"}
    if "callback_data" in button:
        view |= {"kind": "callback", "data": button["callback_data"]}
    elif "url" in button:
        view |= {"kind": "url", "url": button["url"]}
    elif "pay" in button:
        view["kind"] = "pay"
    elif "copy_text" in button:
        view |= {"kind": "copy", "copy": button["copy_text"]["text"]}
    elif (query := button.get("switch_inline_query", button.get("switch_inline_query_current_chat"))) is not None:
        view |= {"kind": "inline", "query": query}
    elif "disabled" in button:
        view |= {"kind": "disabled", "disabled": True}
    if "style" in button:
        view["style"] = button["style"]
    return view


def _summary(message: Message) -> str:
    text = " ".join(message.text.split()) or ("Photo" if message.photo else message.service or "")
    if not text and message.voice:
        text = "Voice message"
    if not text and (message.animation or message.video):
        text = "GIF" if message.animation else "Video"
    if not text and message.document:
        text = message.document.name
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
