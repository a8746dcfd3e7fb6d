"""Masks: which part of which picture is changed, said by another picture."""

import io
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PIL import Image

from bot.app import Running
from bot.sandbox import SandboxServer
from tests.scenarios.editors import GREEN, RED, Editor, Retoucher, all_same, drawn, editing_bot, same
from tests.scenarios.language import ChatClient, Person

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with editing_bot(sandbox, tmp_path) as running:
        yield running


def left_half(width: int, height: int, form: str = "JPEG") -> bytes:
    """Its left half is white."""
    image = Image.new("L", (width, height), "black")
    image.paste("white", (0, 0, width // 2, height))
    body = io.BytesIO()
    image.save(body, form)
    return body.getvalue()


def hole(width: int, height: int) -> bytes:
    """A PNG whose left half is transparent."""
    image = Image.new("RGBA", (width, height), "red")
    image.paste((0, 0, 0, 0), (0, 0, width // 2, height))
    body = io.BytesIO()
    image.save(body, "PNG")
    return body.getvalue()


def changes_the_left_half(mask: bytes | None, size: tuple[int, int]) -> bool:
    assert mask is not None
    with Image.open(io.BytesIO(mask)) as image:
        width, height = image.size
        places = {0.1: 255, 0.4: 255, 0.6: 0, 0.9: 0}
        found = {share: image.getpixel((int(width * share), height // 2)) for share in places}
        return (image.format, image.mode, image.size) == ("PNG", "L", size) and found == places


async def test_a_mask_in_reply_to_a_picture(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    asked = await chat.upload(left_half(160, 120), "--mask a red hat --model retoucher", reply_to=first)
    picture = await chat.photo(to=asked)
    request = Retoucher.asked[-1]
    assert request.prompt == "a red hat"
    assert len(request.images) == 1
    assert same(request.first_image, await chat.data(first))
    assert changes_the_left_half(request.mask, (320, 240))
    assert "stretched" not in picture.text
    await chat.press("Again", on=picture)
    await chat.photo(to=picture)
    assert changes_the_left_half(Retoucher.asked[-1].mask, (320, 240))


async def test_a_mask_of_another_shape_is_stretched_and_that_is_said(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    asked = await chat.upload(left_half(100, 100), "a red hat --mask --model retoucher", reply_to=first)
    picture = await chat.photo(to=asked)
    assert "The mask had a different shape and was stretched to the picture." in picture.text
    assert changes_the_left_half(Retoucher.asked[-1].mask, (320, 240))


async def test_a_mask_with_transparency_as_a_file(chat: ChatClient, sandbox: SandboxServer) -> None:
    first = await drawn(chat, "a fox")
    chat._do()
    asked = await sandbox.people.send_document(
        chat.person.id, chat.chat_id, hole(64, 48), "mask.png", "a hat --mask --model retoucher", reply_to=first.id
    )
    await chat.photo(to=asked)
    assert changes_the_left_half(Retoucher.asked[-1].mask, (320, 240))


async def test_a_mask_for_somebodys_photo_in_a_group(group: ChatClient, alice: Person) -> None:
    theirs = await alice.chat(group.chat_id).upload(RED)
    asked = await group.upload(left_half(96, 64), "/imagine a red hat --mask --model retoucher", reply_to=theirs)
    await group.photo(to=asked)
    request = Retoucher.asked[-1]
    assert [same(image, RED) for image in request.images] == [True]
    assert changes_the_left_half(request.mask, (96, 64))


async def test_the_last_picture_of_an_album_is_the_mask(chat: ChatClient) -> None:
    messages = await chat.album([RED, GREEN, left_half(96, 64)], "put it in --mask --model retoucher")
    await chat.photo(to=messages[0])
    request = Retoucher.asked[-1]
    assert all_same(request.images, (RED, GREEN))
    assert changes_the_left_half(request.mask, (96, 64))


async def test_a_mask_without_words_draws_the_same_words_there(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    await chat.photo(to=await chat.upload(left_half(320, 240), "--mask --model retoucher", reply_to=first))
    assert Retoucher.asked[-1].prompt == "a fox"
    assert changes_the_left_half(Retoucher.asked[-1].mask, (320, 240))


async def test_a_model_without_masks_offers_one_that_takes_them(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox")
    asked = await chat.upload(left_half(320, 240), "a red hat --mask", reply_to=first)
    refused = await chat.text("Editor doesn't take masks", to=asked)
    assert chat.buttons(refused) == ["🎨 Draw with Retoucher"]
    assert len(Editor.asked) == 1
    await chat.press("Retoucher", on=refused)
    await chat.photo(to=asked)
    assert same(Retoucher.asked[-1].first_image, await chat.data(first))
    assert changes_the_left_half(Retoucher.asked[-1].mask, (320, 240))


async def test_masks_that_cannot_be_used_get_one_answer_each(chat: ChatClient, boris: Person) -> None:
    await chat.text("This mask has no picture", to=await chat.upload(RED, "a hat --mask"))
    first = await drawn(chat, "a fox")
    await chat.text("Send the mask as a picture", to=await chat.send("a hat --mask", reply_to=first))
    theirs = await chat.upload(RED)
    await chat.text("Nice photo!", to=theirs)
    mask = left_half(96, 64)
    await chat.text("Say in the caption", to=await chat.upload(mask, "--mask", reply_to=theirs))
    sheet = await drawn(chat, "two foxes --n 2 --new")
    await chat.text("tap a number first", to=await chat.upload(mask, "a hat --mask", reply_to=sheet))
    await boris.private.text("У этой маски нет картинки", to=await boris.private.upload(RED, "шляпа --mask"))
    assert len(chat.answers) == 7
    assert Retoucher.asked == []
