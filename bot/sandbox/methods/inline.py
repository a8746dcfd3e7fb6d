"""Answers to inline queries and guest questions, and the messages that results become."""

from bot.sandbox import errors, views
from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.methods.media import fill
from bot.sandbox.methods.messages import text_of
from bot.sandbox.sandbox import GUEST_SECONDS, INLINE_SECONDS, Sandbox
from bot.sandbox.state import Message
from bot.sandbox.wire import Call

_LONGEST_ID = 64  # bytes
_MEDIA = {"photo": "photo_file_id", "document": "document_file_id"}


async def answer_inline_query(box: Sandbox, call: Call) -> Json:
    query = box.inline_queries.get(call.params["inline_query_id"])
    if query is None or box.clock.monotonic() - query.at > INLINE_SECONDS:
        raise errors.QUERY_TOO_OLD()
    button: JsonObject | None = call.params.get("button")
    if button is not None and len(button.keys() & {"start_parameter", "web_app"}) != 1:
        raise bad("BUTTON_TYPE_INVALID")
    results: list[JsonObject] = call.params["results"]
    if len({result["id"] for result in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    for result in results:
        await message_of(box, call, result, query.person_id)  # only checked
    query.results, query.button = results, button
    query.next_offset = call.params.get("next_offset", "")
    box.events.add("inline", query_id=query.id)
    return True


async def answer_guest_query(box: Sandbox, call: Call) -> Json:
    question = box.guest_questions.get(call.params["guest_query_id"])
    late = question is not None and box.clock.monotonic() - question.at > GUEST_SECONDS
    if question is None or late or question.answered:
        raise errors.QUERY_TOO_OLD()
    chat = box.world.chats[question.chat_id]
    message = await message_of(box, call, call.params["result"], box.world.bot.id)
    question.answered = True
    message.chat_id, message.reply_to = chat.id, question.message_id
    message.via_bot = False
    box.world.number(chat, message)
    inline_id = box.make_inline(message)
    box.post(chat, message)
    return {"inline_message_id": inline_id}


async def message_of(box: Sandbox, call: Call, result: JsonObject, sender: int) -> Message:
    """What is sent when the result is chosen: no chat and no id yet. Raises ApiError."""
    if not 1 <= len(result["id"].encode()) <= _LONGEST_ID:
        raise bad("RESULT_ID_INVALID")
    message = Message(0, 0, sender, box.now(), via_bot=True)
    markup = result.get("reply_markup")
    message.keyboard = markup if markup and markup.get("inline_keyboard") else None
    content: JsonObject | None = result.get("input_message_content")
    if result["type"] == "article":
        if not result["title"]:
            raise bad("ARTICLE_TITLE_EMPTY")
        if content is None or "message_text" not in content:
            raise errors.not_implemented("articles without a text")
        message.text, message.entities = text_of({**content, "text": content["message_text"]})
        return message
    if result["type"] not in _MEDIA or _MEDIA[result["type"]] not in result:
        raise errors.not_implemented(f"inline results of type {result['type']}")
    await fill(box, message, call, {**result, "media": result[_MEDIA[result["type"]]]})
    return message


def chosen(box: Sandbox, person_id: int, result_id: str, query: str, inline_id: str | None) -> JsonObject:
    """The update. Without a keyboard Telegram names no message."""
    view: JsonObject = {"result_id": result_id, "from": views.user(box.world, person_id), "query": query}
    return view if inline_id is None else view | {"inline_message_id": inline_id}
