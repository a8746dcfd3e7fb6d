"""Photos, documents, animations, videos and albums: uploads, or files sent again by their file_id."""

from typing import Literal

from bot.sandbox import errors, views
from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.files import CLIP_OF_ANIMATION
from bot.sandbox.methods.messages import caption_of
from bot.sandbox.methods.targets import Kind, new_message
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Document, Message
from bot.sandbox.wire import Call, Upload

KINDS: dict[str, Kind] = {"photo": "photos", "document": "documents", "animation": "animations", "video": "videos"}
MEDIA = ("photo", "document", "animation", "video")  # fields of a message


async def send_photo(box: Sandbox, call: Call) -> Json:
    return await _send(box, call, "photo")


async def send_document(box: Sandbox, call: Call) -> Json:
    return await _send(box, call, "document")


async def send_animation(box: Sandbox, call: Call) -> Json:
    return await _send(box, call, "animation")


async def send_video(box: Sandbox, call: Call) -> Json:
    return await _send(box, call, "video")


async def _send(box: Sandbox, call: Call, kind: Literal["photo", "document", "animation", "video"]) -> Json:
    new_message(box, call, KINDS[kind])  # a refusal comes before the file is looked at
    filled = Message(0, 0, 0, 0)
    await fill(box, filled, call, {**call.params, "type": kind, "media": call.params[kind]})
    chat, message = new_message(box, call, KINDS[kind])  # the world may have changed meanwhile
    _copy_media(filled, message)
    box.world.number(chat, message)
    return views.message(box.world, box.post(chat, message))


async def send_media_group(box: Sandbox, call: Call) -> Json:
    """2 to 10 photos and videos, or documents, each a message of its own with one media_group_id."""
    items: list[JsonObject] = call.params["media"]
    if any(item["type"] == "animation" for item in items):
        raise bad("animations can't be sent in an album")
    if len({item["type"] for item in items}) > 1 and any(item["type"] == "document" for item in items):
        raise bad("documents can't be mixed with other media types")
    filled = []
    for item in items:
        one = Message(0, 0, 0, 0)
        await fill(box, one, call, item)
        filled.append(one)
    album_id = str(box.world.next_album_id)
    box.world.next_album_id += 1
    sent = []
    for one in filled:
        chat, message = new_message(box, call, "photos" if one.photo else "documents")
        _copy_media(one, message)
        message.keyboard, message.album_id = None, album_id
        box.world.number(chat, message)
        sent.append(views.message(box.world, box.post(chat, message)))
    return sent


async def get_file(box: Sandbox, call: Call) -> Json:
    file_id = call.params["file_id"]
    stored, path = box.files.locate(file_id)
    if stored.size > 20 * 1024 * 1024:
        raise errors.FILE_TOO_BIG()
    if stored.kind == "photo":
        size = next(size for size in box.files.photo(file_id) if size.file_id == file_id)
        unique_id, file_size = size.file_unique_id, size.file_size
    else:
        unique_id, file_size = f"AgAD{stored.key[:12]}", stored.size
    view: JsonObject = {"file_id": file_id, "file_unique_id": unique_id, "file_path": path}
    return view if file_size is None else view | {"file_size": file_size}


async def fill(box: Sandbox, message: Message, call: Call, media: JsonObject) -> None:
    """Puts the media (an InputMedia, or a call that looks like one) and its caption into the message."""
    caption, entities = caption_of(media)
    source = media["media"]
    upload = _upload(call, source)
    kind = media["type"]
    if (thumbnail := media.get("thumbnail")) is not None and (small := _upload(call, thumbnail)) is not None:
        await box.files.check_thumbnail(small.data)
    message.photo, message.document, message.animation, message.video = [], None, None, None
    if kind == "photo":
        message.photo = await box.files.add_photo(upload.data) if upload else box.files.photo(source)
    elif kind == "document":
        added = await box.files.add_document(upload.data, upload.filename, upload.mime) if upload else None
        message.document = added or box.files.document(source)
    elif kind in {"animation", "video"}:
        clip = await box.files.add_clip(upload.data, upload.filename, kind) if upload else box.files.clip(source, kind)
        if isinstance(clip, Document):
            message.document = clip
        elif clip.file_id.startswith(CLIP_OF_ANIMATION):
            message.animation = clip
        else:
            message.video = clip
    else:
        raise errors.not_implemented(f"media of type {kind}")
    message.text, message.entities = caption, entities
    message.spoiler = bool(media.get("has_spoiler"))
    message.caption_above = bool(media.get("show_caption_above_media"))


def _upload(call: Call, source: str) -> Upload | None:
    if not source.startswith("attach://"):
        return None
    name = source.removeprefix("attach://")
    if name not in call.uploads:
        raise bad(f'file "{name}" not found in the request')
    return call.uploads[name]


def _copy_media(source: Message, target: Message) -> None:
    for name in (*MEDIA, "text", "entities", "spoiler", "caption_above"):
        setattr(target, name, getattr(source, name))
