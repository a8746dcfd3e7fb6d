"""Photos, documents and albums: checked like Telegram's, sent again by file_id, edited in place."""

import io
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    BufferedInputFile,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)
from aiohttp import ClientSession
from PIL import Image

from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP, YOU
from tests.providers.videos import gif, mp4, webm


def picture(width: int = 640, height: int = 480, color: str = "teal", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, kind)
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "picture.png") -> BufferedInputFile:
    return BufferedInputFile(picture() if data is None else data, name)


@pytest.fixture(autouse=True)
def started(server: SandboxServer) -> None:
    server.people.send(YOU, YOU, "/start")


async def test_a_photo_comes_in_sizes(bot: Bot) -> None:
    sent = await bot.send_photo(
        YOU, upload(picture(3000, 1500)), caption="<i>x</i>", parse_mode="HTML", has_spoiler=True
    )
    assert sent.photo is not None
    sides = [(size.width, size.height) for size in sent.photo]
    assert sides == [(90, 45), (320, 160), (800, 400), (1280, 640), (2560, 1280)]
    assert len({size.file_id for size in sent.photo}) == len({size.file_unique_id for size in sent.photo}) == 5
    assert (sent.html_text, sent.has_media_spoiler) == ("<i>x</i>", True)
    again = await bot.send_photo(YOU, sent.photo[0].file_id)
    assert again.photo == sent.photo


async def test_sizes_can_be_downloaded(bot: Bot) -> None:
    data = picture(1000, 500, kind="JPEG")
    sent = await bot.send_photo(YOU, upload(data))
    assert sent.photo is not None
    whole, small = await bot.download(sent.photo[-1].file_id), await bot.download(sent.photo[1].file_id)
    assert whole is not None
    assert small is not None
    assert whole.read() == data
    with Image.open(small) as image:
        assert image.size == (320, 160)
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await bot.get_file("nonsense")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(kind="PNG")[:900], "IMAGE_PROCESS_FAILED"),
        (picture(1280, 960, kind="JPEG")[:5000], "IMAGE_PROCESS_FAILED"),
        (picture(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2101, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"x" * 10_000_001, "too big for a photo"),
    ],
    ids=["text", "half a png", "half a jpeg", "w+h", "ratio", "size"],
)
async def test_what_is_no_photo(bot: Bot, data: bytes, complaint: str) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await bot.send_photo(YOU, upload(data))
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_photo(YOU, "AgACnothing")


async def test_what_just_is_one(bot: Bot) -> None:
    for size in ((9500, 500), (2000, 100)):
        assert (await bot.send_photo(YOU, upload(picture(*size)))).photo
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(YOU, upload(), caption="x" * 1025)


async def test_a_placeholder_becomes_the_picture(bot: Bot) -> None:
    sent = await bot.send_message(YOU, "Drawing…")
    where: dict[str, Any] = {"chat_id": YOU, "message_id": sent.message_id}
    shown = await bot.edit_message_media(InputMediaPhoto(media=upload(), caption="half done"), **where)
    assert shown.photo  # type: ignore[union-attr]  # it is no inline message
    assert shown.text is None  # type: ignore[union-attr]  # likewise
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_media(InputMediaPhoto(media=upload(), caption="half done"), **where)
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", **where)
    captioned = await bot.edit_message_caption(caption="done", **where)
    assert captioned.caption == "done"  # type: ignore[union-attr]  # likewise
    document = await bot.edit_message_media(InputMediaDocument(media=upload(b"bytes", "fox.bin")), **where)
    assert document.document.file_name == "fox.bin"  # type: ignore[union-attr]  # likewise
    assert document.photo is None  # type: ignore[union-attr]  # likewise


async def test_documents_keep_their_bytes(server: SandboxServer, bot: Bot, web: ClientSession) -> None:
    sent = await bot.send_document(YOU, upload(picture(9000, 3000), "large.png"), caption="in full")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("large.png", "image/png")
    whole = await bot.download(sent.document)
    assert whole is not None
    assert whole.read() == picture(9000, 3000)
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(YOU, sent.document.file_id)
    async with web.get(f"/file/bot{server.token}/documents/../../etc/passwd") as response:
        assert response.status == 404


async def test_more_than_50_megabytes(bot: Bot) -> None:
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(YOU, upload(bytes(50_000_001), "large.bin"))


async def test_albums(bot: Bot) -> None:
    media = [InputMediaPhoto(media=upload(picture(color=color)), caption=color) for color in ("red", "blue")]
    sent = await bot.send_media_group(YOU, list(media))
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["red", "blue"]
    with pytest.raises(TelegramBadRequest, match="too few media specified"):
        await bot.send_media_group(YOU, [media[0]])
    with pytest.raises(TelegramBadRequest, match="documents can't be mixed"):
        await bot.send_media_group(YOU, [media[0], InputMediaDocument(media=upload())])


async def test_nothing_is_fetched_from_elsewhere(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await bot.send_photo(YOU, "https://pictures.example/fox.png")


async def test_the_store_is_bounded(server: SandboxServer, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.files._MAX_KEPT", 5000)
    first = await bot.send_document(YOU, upload(bytes(3000), "a.bin"))
    await bot.send_document(YOU, upload(bytes(3000), "b.bin"))
    assert first.document is not None
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await bot.get_file(first.document.file_id)


# Animations and videos


async def test_an_animation_counts_as_a_document_too(bot: Bot) -> None:
    sent = await bot.send_animation(YOU, upload(gif(), "fox.gif"), caption="a fox", has_spoiler=True)
    assert sent.animation is not None
    assert (sent.animation.width, sent.animation.height, sent.animation.duration) == (64, 48, 1)
    assert sent.document is not None
    assert sent.document.file_id == sent.animation.file_id
    assert (sent.caption, sent.has_media_spoiler, sent.video) == ("a fox", True, None)
    again = await bot.send_animation(YOU, sent.animation.file_id)
    assert again.animation == sent.animation
    with pytest.raises(TelegramBadRequest, match="can't use file of type Animation as Video"):
        await bot.send_video(YOU, sent.animation.file_id)
    loaded = await bot.download(sent.animation.file_id)
    assert loaded is not None
    assert loaded.read() == gif()


async def test_what_has_sound_or_is_no_mp4_is_something_else(bot: Bot) -> None:
    loud = await bot.send_animation(YOU, upload(mp4(sound=True), "a.mp4"))
    assert (loud.animation, loud.document) == (None, None)
    assert loud.video is not None
    assert (loud.video.duration, loud.video.mime_type) == (5, "video/mp4")
    file = await bot.send_video(YOU, upload(webm(), "a.webm"))
    assert (file.video, file.animation) == (None, None)
    assert file.document is not None
    assert file.document.file_name == "a.webm"


async def test_a_text_becomes_a_video_and_a_video_another(bot: Bot) -> None:
    text = await bot.send_message(YOU, "Drawing")
    first = InputMediaAnimation(media=upload(mp4(), "a.mp4"), caption="silent", thumbnail=small("JPEG", 90))
    edited = await bot.edit_message_media(first, chat_id=YOU, message_id=text.message_id)
    assert isinstance(edited, Message)
    assert edited.animation is not None
    assert edited.text is None
    second = InputMediaVideo(media=upload(mp4(sound=True), "b.mp4"), supports_streaming=True)
    edited = await bot.edit_message_media(second, chat_id=YOU, message_id=text.message_id)
    assert isinstance(edited, Message)
    assert (edited.animation, edited.document) == (None, None)
    assert edited.video is not None
    again = InputMediaVideo(media=edited.video.file_id)
    with pytest.raises(TelegramBadRequest, match="not modified"):
        await bot.edit_message_media(again, chat_id=YOU, message_id=text.message_id)


@pytest.mark.parametrize(("kind", "side"), [("JPEG", 400), ("PNG", 90)])
async def test_thumbnails_that_are_none(bot: Bot, kind: str, side: int) -> None:
    with pytest.raises(TelegramBadRequest, match="thumbnail"):
        await bot.send_animation(YOU, upload(mp4(), "a.mp4"), thumbnail=small(kind, side))


async def test_videos_in_an_album_too_large_and_without_the_right(bot: Bot, server: SandboxServer) -> None:
    video = InputMediaVideo(media=upload(mp4(sound=True), "a.mp4"))
    assert len(await bot.send_media_group(YOU, [video, InputMediaPhoto(media=upload())])) == 2
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_video(YOU, upload(bytes(50_000_001), "a.mp4"))
    server.admin.deny(GROUP, "videos")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send videos"):
        await bot.send_video(GROUP, upload(mp4(), "a.mp4"))


def small(kind: str, side: int) -> BufferedInputFile:
    return upload(picture(side, side // 2, kind=kind), "small")
