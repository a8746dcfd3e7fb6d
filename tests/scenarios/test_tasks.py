"""Upscale and Cut out: buttons under pictures, and below photos without words."""

import asyncio
import io
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from providers.choices import Choice, Kind
from providers.tasks import CUTOUT, UPSCALE
from tests.running import scripted
from tests.scenarios.editors import RED, drawn, same
from tests.scenarios.language import ChatClient, Person, sample_photo
from tests.scenarios.workers import CUTS, UPSCALES, Broken, Cutter, Upscaler, encoded, working_bot

NAMES = [f"Sharp-{at}x" for at in range(12)]


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with working_bot(sandbox, tmp_path) as running:
        yield running


async def image(chat: ChatClient, message: Message) -> Image.Image:
    found = Image.open(io.BytesIO(await chat.data(message)))
    found.load()
    return found


async def shown(chat: ChatClient, message: Message, label: str) -> Message:
    """The message once it has such a button."""
    return await chat.answer(lambda one: one.id == message.id and label in chat.buttons(one))


async def more(chat: ChatClient, picture: Message) -> Message:
    await chat.press("More", on=picture)
    return await chat.answer(lambda message: any("Back" in label for label in chat.buttons(message)))


@pytest.mark.usefixtures("bot")
async def test_a_picture_is_upscaled(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 512x384")
    page = await more(chat, picture)
    assert not any("2×" in label for label in chat.buttons(page)), "a real one is in its place"
    await chat.press("Upscale", on=page)
    assert await chat.toast() == "On it!"
    larger = await chat.document()
    assert larger.reply_to == picture.id
    assert (await image(chat, larger)).size == (1024, 768)
    assert "🔍 Upscale a fox" in larger.text
    assert "Real ESRGAN · 1024×768" in larger.text
    (request,) = Upscaler.asked
    assert request.prompt == "a fox"
    assert same(request.first_image, await chat.data(picture))
    assert chat.buttons(larger) == ["🔍 Upscale", "✂️ Cut out", "↩️ Back", "☆"]
    await chat.answer(lambda message: message.id == picture.id and "⋯ More" in chat.buttons(message))


@pytest.mark.usefixtures("bot")
async def test_what_was_upscaled_is_upscaled_again_and_shows_its_original(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Upscale", on=await more(chat, picture))
    larger = await chat.document()
    await chat.press("Upscale", on=larger)
    largest = await chat.answer(lambda message: message.document is not None and message.reply_to == larger.id)
    assert (await image(chat, largest)).size == (1024, 1024)
    await chat.press("Back", on=largest)
    shown = await chat.document()
    assert same(await chat.data(shown), await chat.data(larger))


@pytest.mark.usefixtures("bot")
async def test_one_picture_of_a_grid(chat: ChatClient) -> None:
    grid = await drawn(chat, "two foxes --n 2 --size 256x256")
    await chat.press("2", on=grid)
    full = await chat.answer(lambda message: bool(message.photo) and message.id != grid.id)
    await chat.press("Upscale", on=full)
    larger = await chat.document()
    assert (await image(chat, larger)).size == (512, 512)
    assert same(Upscaler.asked[0].first_image, await chat.data(full))
    page = await more(chat, grid)
    assert not any("Upscale" in label for label in chat.buttons(page)), "it is not clear which of them"


class KeyedCutter(Cutter):
    """Needs a key, which only people have here."""

    offline = False
    url = "https://cutter.example"


async def test_what_only_an_own_key_can_do_has_buttons_for_whoever_has_one(
    sandbox: SandboxServer, chat: ChatClient, alice: Person, tmp_path: Path
) -> None:
    keyed = scripted("keyed", KeyedCutter, task=CUTOUT, requires_key=True)
    drawer = scripted("drawer", KeyedCutter, requires_key=True)
    secret = "q7Jw0lqR3nJvX0b2q0J8Ztq1m1Ik1xw0mQf8hQd3x1k="
    async with working_bot(sandbox, tmp_path, (UPSCALES, keyed, drawer), allow_own_keys=True, own_keys_secret=secret):
        picture = await drawn(chat, "a fox --size 256x256")
        page = chat.buttons(await more(chat, picture))
        assert "✂️ Cut out" not in page
        assert not any("Compare" in label for label in page)
        await chat.send("/key keyed sk-mine-0123456789")
        await chat.text("is stored, encrypted")
        picture = await drawn(chat, "a hen --size 256x256")
        page = chat.buttons(await more(chat, picture))
        assert "✂️ Cut out" in page
        assert any("Compare" in label for label in page)
        await chat.press("Upscale", on=picture)
        assert chat.buttons(await chat.document()) == ["🔍 Upscale", "✂️ Cut out", "↩️ Back", "☆"]
        grid = await drawn(chat, "two foxes --n 2 --size 256x256")
        await chat.press("2", on=grid)
        full = await chat.answer(lambda message: bool(message.photo) and message.id != grid.id)
        assert "✂️ Cut out" in chat.buttons(full)
        await chat.press("☆", on=full)
        await shown(chat, full, "★")
        assert "✂️ Cut out" in chat.buttons(full)
        await chat.press("Cut out", on=full)
        await chat.answer(lambda message: message.document is not None and message.reply_to == full.id)
        theirs = await drawn(alice.private, "a hen --size 256x256")
        assert "✂️ Cut out" not in alice.private.buttons(await more(alice.private, theirs))


@pytest.mark.usefixtures("bot")
async def test_a_picture_is_cut_out_and_stays_transparent(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Cut out", on=await more(chat, picture))
    cut = await chat.document()
    assert cut.document is not None
    assert (cut.document.name or "").endswith(".png")
    found = await image(chat, cut)
    assert (found.format, found.mode) == ("PNG", "RGBA")
    alpha = found.getchannel("A")
    assert (alpha.getpixel((10, 128)), alpha.getpixel((246, 128))) == (255, 0)
    assert chat.buttons(cut) == ["↩️ Back", "☆"]


@pytest.mark.usefixtures("bot")
async def test_what_is_cut_out_is_a_file_where_pictures_are_covered_too(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("Spoiler")
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Cut out", on=await more(chat, picture))
    assert (await image(chat, await chat.document())).mode == "RGBA"
    await chat.press("Upscale", on=await more(chat, picture))
    larger = await chat.answer(lambda message: bool(message.photo) and message.id != picture.id)
    assert larger.spoiler, "files cannot be covered"


@pytest.mark.usefixtures("bot")
async def test_a_photo_without_words(chat: ChatClient) -> None:
    photo = await chat.upload(RED)
    menu = await chat.text("Nice photo!", to=photo)
    assert [label for label in chat.buttons(menu) if "Upscale" in label or "Cut" in label] == [
        "🔍 Upscale",
        "✂️ Cut out",
    ]
    await chat.press("Upscale", on=menu)
    larger = await chat.document()
    assert (await image(chat, larger)).size == (192, 128)
    assert larger.text.startswith("🔍 Upscale\n")
    assert Upscaler.asked[0].prompt == "", "there are no words of anybody"
    assert same(Upscaler.asked[0].first_image, RED)
    await chat.press("Cut out", on=menu)
    cut = await chat.answer(lambda message: message.document is not None and message.id != larger.id)
    assert (await image(chat, cut)).mode == "RGBA"
    assert same(Cutter.asked[0].first_image, RED)


@pytest.mark.usefixtures("bot")
async def test_of_an_album_nothing_is_made(chat: ChatClient) -> None:
    photo, _ = await chat.album([RED, RED])
    assert not any("Upscale" in label for label in chat.buttons(await chat.text("photos", to=photo)))


@pytest.mark.usefixtures("bot")
async def test_a_file_as_large_as_it_is(chat: ChatClient, sandbox: SandboxServer) -> None:
    large = encoded(Image.new("RGB", (2400, 1200), "teal"), "PNG")
    chat._do()
    sent = await sandbox.people.send_document(chat.person.id, chat.chat_id, large, "scan.png", "")
    await chat.press("Upscale", on=await chat.text("Nice photo!", to=sent))
    assert (await image(chat, await chat.document())).size == (4800, 2400)


async def test_three_hundred_megapixels_are_refused_before_anything_is_sent(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    eight = replace(UPSCALES, options={"scale": 8.0})
    async with working_bot(sandbox, tmp_path, [eight]):
        photo = await chat.upload(sample_photo(1280, 1280))
        menu = await chat.text("Nice photo!", to=photo)
        before = len(chat.messages)
        await chat.press("Upscale", on=menu)
        assert "105 megapixels, and 25 is the most" in await chat.toast()
        assert len(chat.messages) == before
        # Of a file only the size of its thumbnail is known at first.
        large = encoded(Image.new("RGB", (2165, 2165), "teal"), "PNG")
        chat._do()
        sent = await sandbox.people.send_document(chat.person.id, chat.chat_id, large, "scan.png", "")
        await chat.press("Upscale", on=await chat.text("Nice photo!", to=sent))
        failed = await chat.text("Upscaled, this picture would be too large")
        assert chat.buttons(failed) == ["🔁 Retry"]
        assert Upscaler.asked == []


async def test_another_upscaler_takes_over(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    broken = scripted("broken", Broken, task=UPSCALE, fallback=("upscaler",))
    async with working_bot(sandbox, tmp_path, [broken, UPSCALES]):
        await chat.press("Upscale", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
        larger = await chat.document()
        assert (await image(chat, larger)).size == (192, 128)
        assert "Fallback for Broken" in larger.text
        assert (len(Broken.asked), len(Upscaler.asked)) == (3, 1)


async def test_a_failure_offers_only_models_for_the_same(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    broken = scripted("broken", Broken, task=UPSCALE)
    async with working_bot(sandbox, tmp_path, [broken, UPSCALES, CUTS]):
        menu = await chat.text("Nice photo!", to=await chat.upload(RED))
        await chat.press("Upscale", on=menu)
        await chat.press("Broken", on=await shown(chat, menu, "Broken"))
        failed = await chat.answer(lambda message: message.id > menu.id and "Broken" in message.text)
        await chat.ended(failed)
        assert chat.buttons(failed) == ["🔁 Retry", "🎨 Draw with Real ESRGAN"]
        await chat.press("Real ESRGAN", on=failed)
        assert (await image(chat, await chat.document())).size == (192, 128)


async def test_a_task_goes_on_after_a_restart(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path) as first:
        Upscaler.hold, Upscaler.begun = asyncio.Event(), asyncio.Event()
        await chat.press("Upscale", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
        await chat.placeholder()
        await asyncio.wait_for(Upscaler.begun.wait(), 10)
        await first.jobs.stop(grace=0)
        asked = list(Upscaler.asked)
    async with working_bot(sandbox, tmp_path):
        Upscaler.asked.extend(asked)
        assert (await image(chat, await chat.document())).size == (192, 128)
        assert (Upscaler.resumed, len(Upscaler.asked)) == (["job-1"], 1)


async def test_what_a_task_costs_counts(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    priced = replace(UPSCALES, cost=0.6)
    async with working_bot(sandbox, tmp_path, [priced], daily_cost_per_user=1.0):
        menu = await chat.text("Nice photo!", to=await chat.upload(RED))
        await chat.press("Upscale", on=menu)
        larger = await chat.document()
        await chat.press("Upscale", on=larger)
        assert "Real ESRGAN" in await chat.toast()
        assert len(Upscaler.asked) == 1


async def test_limits_hold_for_tasks(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, daily_limit=1):
        await chat.press("Upscale", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
        await chat.press("Upscale", on=await chat.document())
        assert "limit of 1" in await chat.toast()


@pytest.mark.usefixtures("bot")
async def test_a_task_is_cancelled(chat: ChatClient) -> None:
    Upscaler.hold = asyncio.Event()
    await chat.press("Upscale", on=await chat.text("Nice photo!", to=await chat.upload(RED)))
    placeholder = await chat.placeholder()
    assert "🔍 Upscale" in placeholder.text
    await chat.press("Cancel", on=placeholder)
    assert "Cancelled" in (await chat.ended(placeholder)).text


@pytest.mark.usefixtures("bot")
async def test_nobody_draws_words_with_an_upscaler(chat: ChatClient) -> None:
    await chat.text("isn't available", to=await chat.send("a fox --model upscaler"))
    await chat.send("/model")
    menu = await chat.text("Choose a model")
    assert not any("ESRGAN" in label for label in chat.buttons(menu))
    assert Upscaler.asked == []


@pytest.mark.usefixtures("bot")
async def test_words_in_reply_refine_the_picture_that_was_upscaled(chat: ChatClient) -> None:
    picture = await drawn(chat, "a fox --size 256x256")
    await chat.press("Upscale", on=await more(chat, picture))
    larger = await chat.document()
    refined = await drawn(chat, "in the snow", reply_to=larger)
    rows = (refined.keyboard or {})["inline_keyboard"]
    copied = next(button["copy_text"]["text"] for row in rows for button in row if "copy_text" in button)
    assert copied.split("\n") == ["a fox", "in the snow"], "its words are not there twice"


@pytest.mark.usefixtures("bot")
async def test_others_may_not_and_old_buttons_are_told(group: ChatClient, boris: Person) -> None:
    picture = await group.photo(to=await group.send("/imagine a fox --size 256x256"))
    page = await more(group, picture)
    theirs = boris.chat(group.chat_id)
    await theirs.press("Upscale", on=page)
    assert await theirs.toast()
    assert Upscaler.asked == []
    await group.press("Upscale", on=page)
    larger = await group.document()
    assert larger.reply_to == picture.id


async def test_without_such_models_all_is_as_it_was(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, []):
        picture = await drawn(chat, "a fox --size 256x256")
        page = await more(chat, picture)
        assert "🔍 2× size: 512×512" in chat.buttons(page)
        assert not any("Upscale" in label or "Cut" in label for label in chat.buttons(page))
        data = next(
            button for row in (page.keyboard or {})["inline_keyboard"] for button in row if "2×" in button["text"]
        )
        chat.press_data(data["callback_data"].replace("p:b:", "p:z:"), on=page)
        await chat.toast()
        assert len(chat.answers) == 1


# -- who does it ---------------------------------------------------------------------------------------------

SHARP = replace(UPSCALES, options={"choices": {Kind.UPSCALER: tuple(Choice(name) for name in NAMES)}})
OTHER = scripted("other", Upscaler, label="Other", task=UPSCALE)


async def test_one_of_several_upscalers_is_picked(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, [SHARP, CUTS]):
        picture = await drawn(chat, "a fox --size 256x256")
        await chat.press("Upscale", on=await more(chat, picture))
        menu = await shown(chat, picture, NAMES[0])
        assert chat.buttons(menu) == [*NAMES[:10], "›", "‹ Back"]
        await chat.press("›", on=menu)
        menu = await shown(chat, picture, NAMES[10])
        await chat.press("Back", on=menu)
        await shown(chat, picture, "⋯ More")
        await chat.press("Upscale", on=await more(chat, picture))
        await chat.press("›", on=await shown(chat, picture, NAMES[0]))
        await chat.press(NAMES[10], on=await shown(chat, picture, NAMES[10]))
        larger = await chat.document()
        assert NAMES[10] in larger.text
        assert [request.upscaler for request in Upscaler.asked] == [NAMES[10]]
        await shown(chat, picture, "⋯ More")


async def test_one_of_several_models_is_picked_for_a_photo(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path
) -> None:
    async with working_bot(sandbox, tmp_path, [SHARP, OTHER, CUTS]):
        menu = await chat.text("Nice photo!", to=await chat.upload(RED))
        before = chat.buttons(menu)
        await chat.press("Upscale", on=menu)
        menu = await shown(chat, menu, f"Real ESRGAN · {NAMES[0]}")
        assert chat.buttons(menu)[-len(before) :] == before
        await chat.press("›", on=menu)
        await chat.press("Other", on=await shown(chat, menu, "Other"))
        assert "Other" in (await chat.document()).text
        assert [request.upscaler for request in Upscaler.asked] == [None]


async def test_a_command_in_reply_to_a_photo_of_a_group(
    group: ChatClient, boris: Person, sandbox: SandboxServer, tmp_path: Path
) -> None:
    async with working_bot(sandbox, tmp_path, [SHARP, CUTS]):
        theirs = boris.chat(group.chat_id)
        photo = await theirs.upload(RED)
        cut = await group.document(to=await group.send("/cutout", reply_to=photo))
        assert (await image(group, cut)).mode == "RGBA"
        asked = await group.send("/upscale", reply_to=photo)
        menu = await group.text("Which one?", to=asked)
        await theirs.press(NAMES[1], on=menu)
        assert await theirs.toast()
        assert Upscaler.asked == [], "it is the menu of somebody else"
        await group.press(NAMES[1], on=menu)
        await group.answer(lambda message: message.document is not None and message.id > menu.id)
        near = await group.text("These are closest", to=await group.send("/upscale sharp 10", reply_to=photo))
        assert NAMES[10] in group.buttons(near)
        await group.document(to=await group.send(f"/upscale {NAMES[2].upper()}", reply_to=photo))
        assert [request.upscaler for request in Upscaler.asked] == [NAMES[1], NAMES[2]]
        assert same(Upscaler.asked[0].first_image, RED)


async def test_a_command_that_is_old_is_told_and_not_done(sandbox: SandboxServer, tmp_path: Path, you: Person) -> None:
    chat = you.private
    late = await chat.upload(RED, "/cutout")
    await asyncio.sleep(2.1)  # Telegram's dates are whole seconds
    async with working_bot(sandbox, tmp_path, request_ttl="1s"):
        await chat.text("I was offline", to=late)
    assert Cutter.asked == []


@pytest.mark.usefixtures("bot")
async def test_a_command_without_a_photo_says_how(chat: ChatClient) -> None:
    await chat.text("Reply to a photo with /upscale", to=await chat.send("/upscale"))
    await chat.text("Reply to a photo with /cutout", to=await chat.send("/cutout"))


async def test_a_command_that_no_model_serves_says_so(chat: ChatClient, sandbox: SandboxServer, tmp_path: Path) -> None:
    async with working_bot(sandbox, tmp_path, []):
        await chat.text("hasn't set up a model", to=await chat.send("/cutout"))
