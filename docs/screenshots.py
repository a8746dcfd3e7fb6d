"""Makes the pictures in docs/images from the sandbox as it is. `make screenshots`, or `make screenshots ONLY=editing`.

Needs Chromium and a font with emoji (Debian: chromium, fonts-noto-color-emoji). The real bot draws, with `sketch` and
with the models of `scripted_models.py`.
"""

import asyncio
import io
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from bot.app import running
from bot.config import fixed_settings
from bot.operations.logs import configure_logs
from bot.sandbox.seed import PARISA, YOU
from bot.sandbox.server import SandboxServer
from docs.scripted_models import OilSketch, PixelSketch, SketchEditor, chat_answer, mask
from providers import Catalog
from providers.catalog.model import Model
from tests.providers.services.chat_server import ChatServer

IMAGES = Path(__file__).with_name("images")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
FILM = ViewportSize(width=640, height=900)
TALL = ViewportSize(width=560, height=1080)
PACE = 4  # s; `sketch`, so that its steps can be seen
FRAME_SECONDS, LAST_SECONDS = 0.3, 3.0
# Where nothing answers.
DOWN = """
builtin = false
[models.webui]
label = "My WebUI"
provider = "automatic1111"
url = "http://127.0.0.1:9"
"""

Scene = Callable[[Browser], Awaitable[None]]


async def main(only: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    configure_logs("ERROR")
    async with async_playwright() as playwright:
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None:
            sys.exit("screenshots need Chromium")
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for scene in SCENES:
            if only in scene.__name__:
                await scene(browser)
        await browser.close()


@asynccontextmanager
async def sandbox(*models: Model, **settings: object) -> AsyncGenerator[SandboxServer, None]:
    """The sandbox and the bot in this process, so that people can do there what its page cannot (send an album)."""
    known = Catalog.load(env={}, enable=["sketch"])
    catalog = Catalog([replace(known["sketch"], options={"pace": PACE}), *models], known.presets.values())
    server = await SandboxServer.start()
    with tempfile.TemporaryDirectory() as data:
        given = {"bot_token": server.token, "telegram_api_url": server.url, "database_url": f"sqlite:///{data}/bot.db"}
        try:
            async with running(fixed_settings(**given, **settings), catalog):
                yield server
        finally:
            await server.close()


def editor(model_id: str = "editor", label: str = "Sketch editor", provider: type = SketchEditor) -> Model:
    return Model(id=model_id, label=label, provider=provider.__name__, provider_class=provider)


def unreachable() -> Model:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "models.toml")
        file.write_text(DOWN, encoding="utf-8")
        return Catalog.load(file, env={})["webui"]


async def private_and_group(browser: Browser) -> None:
    async with sandbox() as server:
        page = await opened(browser, server.url, WIDE)
        await say(page, "/imagine a fox in the snow")
        await drawn(page)
        await keep(page, "sandbox")
        await say(page, "/imagine a lighthouse at night --n 4")
        await drawn(page, 2)
        await keep(page, "sheet")
        dark = await opened(browser, server.url, WIDE, dark=True)
        await keep(dark, "dark")
        await dark.close()
        await say(page, "/settings")
        await button(page, "Reset all").wait_for()
        await keep(page, "settings")
        await page.close()
        phone = await opened(browser, server.url, PHONE, dark=True)
        await open_chat(phone, "Imagine")
        await say(phone, "a cat in a garden at sunset")
        await drawn(phone, 3)
        await keep(phone, "phone")
        await phone.close()
        await group(browser, server.url)


async def group(browser: Browser, url: str) -> None:
    page = await opened(browser, url, WIDE)
    await open_chat(page, "Drawing circle")
    await say(page, "Where shall we go this summer?")
    await act_as(page, "Alice")
    await say(page, "/imagine a small boat on a lake --ar 16:9")
    await drawn(page)
    await act_as(page, "Mei")
    await say(page, "There!")
    await act_as(page, "You")
    await keep(page, "group")
    await page.close()
    phone = await opened(browser, url, PHONE)
    await open_chat(phone, "Drawing circle")
    await keep(phone, "phone-group")
    await phone.close()


async def film(browser: Browser) -> None:
    """A picture, and then the words that change it."""
    async with sandbox(editor(), default_model="editor") as server:
        page = await opened(browser, server.url, FILM)
        await open_chat(page, "Imagine")
        frames: list[tuple[Image.Image, int]] = []
        SketchEditor.pace = 12.0  # each frame takes a while
        await say(page, "/imagine a house in a meadow --seed 3 --ar 4:3")
        await page.wait_for_timeout(500)
        await filmed(page, frames, pictures=1)
        await page.get_by_role("textbox", name="Message").press_sequentially("make it night", delay=30)
        await filmed(page, frames, pictures=1, least=1)
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(500)
        await filmed(page, frames, pictures=2)
        SketchEditor.pace = 2.0
        images, durations = zip(*frames, strict=True)
        images[0].save(
            IMAGES / "generation.webp",
            save_all=True,
            append_images=images[1:],
            duration=[*durations[:-1], int(LAST_SECONDS * 1000)],
            loop=0,
            quality=72,
            method=6,
        )
        await page.close()


async def editing(browser: Browser) -> None:
    async with sandbox(editor(), default_model="editor") as server:
        page = await opened(browser, server.url, TALL)
        await open_chat(page, "Imagine")
        await say(page, "/imagine a house in a meadow --seed 3 --ar 4:3")
        await drawn(page)
        SketchEditor.pace = 12.0
        await say(page, "make it night")
        await button(page, "New picture instead").wait_for()
        await page.get_by_text("Step 4").first.wait_for()
        await keep(page, "edit-follow-up", wait=False)
        SketchEditor.pace = 2.0
        await drawn(page, 2)
        await say(page, "turn it to snow")
        await drawn(page, 3)
        await button(page, "Back").last.click()
        await page.get_by_text("shown again").last.wait_for()
        await keep(page, "edit-back")
        await page.close()
    async with sandbox(editor(), default_model="editor") as server:
        page = await opened(browser, server.url, TALL)
        await open_chat(page, "Imagine")
        await say(page, "/start")
        await button(page, "Draw it").wait_for()
        await server.people.send_photo(YOU, YOU, SketchEditor.photo("a cat in a garden", 3))
        await page.get_by_text("Nice photo!").last.wait_for()
        await keep(page, "edit-photo")
        cat, beach = SketchEditor.photo("a cat in a garden", 3), SketchEditor.photo("a beach at sunset", 5)
        await server.people.send_album(YOU, YOU, [cat, beach], "put the cat of the first into the second")
        await drawn(page)
        await keep(page, "edit-album")
        await say(page, "/imagine a fox in the snow --seed 7 --ar 4:3")
        await drawn(page, 2)
        picture = max(server.state.chats[YOU].messages)
        size = (1024, 768)
        await server.people.send_photo(
            YOU, YOU, mask(size, (0.05, 0, 0.95, 0.42)), "--mask a hot air balloon", reply_to=picture
        )
        await drawn(page, 3)
        await keep(page, "edit-mask")
        await page.close()


async def presets(browser: Browser) -> None:
    async with sandbox(editor(), default_model="editor", max_jobs_per_user=4) as server:
        page = await opened(browser, server.url, TALL)
        await open_chat(page, "Imagine")
        await say(page, "/imagine {watercolour, oil painting, pixel art, comic} of a fox in the snow --seed 7")
        await drawn(page)
        await keep(page, "permutations")
        await say(page, "/imagine {dawn, noon, dusk, night} over a {lake, house, boat, tree} --seed 7")
        await button(page, "Draw all 16").click()
        await page.locator("[data-message]").get_by_text("Pictures 9–16 of 16").wait_for(timeout=120_000)
        await page.wait_for_timeout(1000)
        await keep(page, "two-grids")
        await say(page, "/imagine a fox in the snow --style watercolour --seed 7 --ar 4:3")
        await drawn(page, 3)
        await button(page, "More").last.click()
        await button(page, "Style").last.click()
        await button(page, "Anime").wait_for()
        await keep(page, "styles")
        await page.close()


async def comparing(browser: Browser) -> None:
    """Also the menu of models, after they were asked, so that their times are known, and which of them is down."""
    others = editor("oil", "Oil sketch", OilSketch), editor("pixel", "Pixel sketch", PixelSketch)
    async with sandbox(*others, unreachable(), max_jobs_per_user=4) as server:
        page = await opened(browser, server.url, TALL)
        await open_chat(page, "Imagine")
        await say(page, "/imagine a fox in the snow --model sketch,oil,pixel,webui --seed 7")
        await button(page, "Use this model").or_(button(page, re.compile("Use "))).first.wait_for(timeout=90_000)
        await keep(page, "compare")
        await page.close()
        page = await opened(browser, server.url, WIDE)
        ends = button(page, re.compile("Again|Retry"))
        for number in range(2):  # after three failures a model is known to be down
            await say(page, "/imagine a fox in the snow --model webui")
            await ends.nth(number + 1).wait_for(timeout=60_000)
        await say(page, "/model")
        await page.get_by_text("Choose a model", exact=True).wait_for()
        await keep(page, "models")
        await page.close()


async def prompt_help(browser: Browser) -> None:
    async with (
        ChatServer.start(chat_answer) as chat,
        sandbox(editor(), default_model="editor", prompt_model_url=chat.url, prompt_model="small") as server,
    ):
        page = await opened(browser, server.url, TALL)
        await open_chat(page, "Imagine")
        await say(page, "/imagine a fox in the snow --seed 7 --ar 4:3")
        await drawn(page)
        await button(page, "More").last.click()
        await button(page, "Enhance the prompt").click()
        await drawn(page, 2)
        await keep(page, "enhance")
        await server.people.send_photo(YOU, YOU, SketchEditor.photo("a small boat on a lake at sunset", 4))
        await button(page, "Describe").last.click()
        await button(page, "Draw it").wait_for()
        await keep(page, "describe")
        await page.close()


async def persian(browser: Browser) -> None:
    """Right to left, on a phone; the prompt is translated for the model."""
    english = replace(editor(), reads=("en",))
    async with (
        ChatServer.start(chat_answer) as chat,
        sandbox(english, default_model="editor", prompt_model_url=chat.url, prompt_model="small") as server,
    ):
        server.people.send(PARISA, PARISA, "روباه در برف")
        page = await opened(browser, server.url, PHONE)
        await page.get_by_role("button", name="Main menu").click()
        await page.get_by_role("menuitem", name="Act as").click()
        await page.get_by_role("menuitemradio", name="پریسا").click()
        await open_chat(page, "Imagine")
        await page.locator("[data-message] img").first.wait_for(timeout=60_000)
        await page.wait_for_timeout(PACE * 1000 + 2000)
        await keep(page, "phone-persian")
        await page.close()


SCENES: tuple[Scene, ...] = (private_and_group, film, editing, presets, comparing, prompt_help, persian)


async def drawn(page: Page, count: int = 1) -> None:
    """So many pictures of the bot's have come."""
    await button(page, "Again").nth(count - 1).wait_for(timeout=90_000)


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("button", name=name)


async def open_chat(page: Page, name: str) -> None:
    await page.locator("[data-chat]", has_text=name).first.click()


async def act_as(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Act as").click()
    await page.get_by_role("menuitemradio", name=name).click()


async def opened(browser: Browser, url: str, size: ViewportSize, *, dark: bool = False) -> Page:
    page = await browser.new_page(viewport=size, color_scheme="dark" if dark else "light")
    await page.goto(url)
    await page.get_by_role("textbox", name="Message").or_(page.locator("[data-chat]")).first.wait_for()
    return page


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")


async def keep(page: Page, name: str, *, wait: bool = True) -> None:
    newest = page.locator("#to-bottom")
    if await newest.is_visible():
        await newest.click()
    await page.mouse.move(0, 0)
    if wait:
        await settled(page)
    image = Image.open(io.BytesIO(await page.screenshot(type="png"))).convert("RGB")
    image.save(IMAGES / f"{name}.webp", quality=88, method=6)


async def filmed(page: Page, frames: list[tuple[Image.Image, int]], *, pictures: int, least: int = 5) -> None:
    """A frame for each new text of the last message, until so many pictures have stood for a while. Times are in ms."""
    conversation, field = page.locator("main"), page.get_by_role("textbox", name="Message")
    over, before = 0, ""
    while over < least:
        told = f"{await field.input_value()} {await page.locator('[data-message]').last.inner_text()}"
        if told != before:
            before = told
            await page.wait_for_timeout(400)  # for the cross-fade
            image = Image.open(io.BytesIO(await conversation.screenshot(type="png"))).convert("RGB")
            frames.append((image, 600))
        over = over + 1 if await button(page, "Again").count() >= pictures else 0
        await page.wait_for_timeout(FRAME_SECONDS * 1000)
    frames[-1] = (frames[-1][0], 1800)


async def settled(page: Page) -> None:
    """All pictures are loaded, the last notice is gone, nobody is typing, and the last cross-fade is over."""
    await page.locator(".toast, .typing").first.wait_for(state="detached")
    loaded = "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    while not await page.evaluate(loaded):  # wait_for_function would need what the page's policy forbids
        await page.wait_for_timeout(100)
    await page.wait_for_timeout(1500)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
