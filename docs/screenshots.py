"""Makes the pictures in docs/images from the sandbox as it is. `make screenshots`.

Needs Chromium and a font with emoji (Debian: chromium, fonts-noto-color-emoji).
"""

import asyncio
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

IMAGES = Path(__file__).with_name("images")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
# The sandbox's own model, slow enough for every step of it to be filmed on a busy machine.
MODELS = """
builtin = false
[models.sketch]
label = "Sketch (offline, not AI)"
provider = "sketch"
pace = 10
"""
# Several, of which one does not answer.
SEVERAL = """
builtin = false
[models.sketch]
label = "Sketch (offline, not AI)"
provider = "sketch"
pace = 2
[models.fine]
label = "Sketch, drawn finely"
provider = "sketch"
pace = 5
[models.webui]
label = "My WebUI"
provider = "automatic1111"
url = "http://127.0.0.1:9"
"""
FILM_WIDTH, FRAME_SECONDS, LAST_SECONDS = 720, 0.3, 3.0


async def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None:
            sys.exit("screenshots need Chromium")
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        async with sandbox(MODELS) as url:
            await in_private(browser, url)
            await in_a_group(browser, url)
        async with sandbox(SEVERAL) as url:
            await with_several_models(browser, url)
        await browser.close()


@asynccontextmanager
async def sandbox(models: str) -> AsyncGenerator[str, None]:
    """The real command with this catalogue, and with data of its own; gives its address."""
    with tempfile.TemporaryDirectory() as data:
        catalogue = written(models, Path(data, "models.toml"))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "sandbox", "--listen", "127.0.0.1:0", "--data", f"{data}/sandbox",
            stdout=asyncio.subprocess.PIPE, env={**os.environ, "MODELS_FILE": str(catalogue)},
        )  # fmt: skip
        try:
            assert process.stdout is not None
            line = (await asyncio.wait_for(process.stdout.readline(), 90)).decode()
            found = re.search(r"http://\S+", line)
            assert found, f"the sandbox said {line!r}"
            yield found[0]
        finally:
            process.terminate()
            await process.wait()


def written(text: str, path: Path) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


async def in_private(browser: Browser, url: str) -> None:
    page = await opened(browser, url, WIDE)
    await say(page, "/imagine a fox in the snow")
    await film(page, IMAGES / "generation.webp")
    await settled(page)
    await keep(page, "sandbox")
    await say(page, "/imagine a lighthouse at night --n 4")
    await page.get_by_role("button", name="Again").nth(1).wait_for(timeout=90_000)
    await settled(page)
    await keep(page, "sheet")
    await dark_too(browser, url)
    await say(page, "/settings")
    await page.get_by_role("button", name="Reset all").wait_for()
    await settled(page)
    await keep(page, "settings")
    await page.close()
    phone = await opened(browser, url, PHONE, dark=True)
    await phone.locator("[data-chat]", has_text="Imagine").click()
    await say(phone, "a cat on a roof at sunset")
    await phone.get_by_role("button", name="Again").nth(2).wait_for(timeout=60_000)
    await settled(phone)
    await keep(phone, "phone")
    await phone.close()


async def with_several_models(browser: Browser, url: str) -> None:
    """After they were asked, so that their times are known, and which of them is down."""
    page = await opened(browser, url, WIDE)
    ends = page.get_by_role("button", name=re.compile("Again|Retry"))
    for number, model in enumerate(("sketch", "fine", "webui", "webui", "webui")):
        await say(page, f"/imagine a fox in the snow --model {model}")
        await ends.nth(number).wait_for(timeout=60_000)
    await say(page, "/model")
    await page.get_by_text("Choose a model", exact=True).wait_for()
    await settled(page)
    await keep(page, "models")
    await page.close()


async def dark_too(browser: Browser, url: str) -> None:
    page = await opened(browser, url, WIDE, dark=True)
    await settled(page)
    await keep(page, "dark")
    await page.close()


async def in_a_group(browser: Browser, url: str) -> None:
    page = await opened(browser, url, WIDE)
    await page.locator("[data-chat]", has_text="Drawing circle").click()
    await say(page, "Where shall we go this summer?")
    await act_as(page, "Alice")
    await say(page, "/imagine a small boat on a lake --ar 16:9")
    await page.get_by_role("button", name="Again").first.wait_for(timeout=60_000)
    await act_as(page, "Mei")
    await say(page, "There!")
    await act_as(page, "You")
    await settled(page)
    await keep(page, "group")
    await page.close()
    phone = await opened(browser, url, PHONE)
    await phone.locator("[data-chat]", has_text="Drawing circle").click()
    await settled(phone)
    await keep(phone, "phone-group")
    await phone.close()


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


async def keep(page: Page, name: str) -> None:
    image = Image.open(io.BytesIO(await page.screenshot(type="png"))).convert("RGB")
    image.save(IMAGES / f"{name}.webp", quality=88, method=6)


async def film(page: Page, path: Path) -> None:
    """The conversation from the command to the picture, a frame for every change."""
    conversation = page.locator("main")
    again = page.get_by_role("button", name="Again")
    frames: list[Image.Image] = []
    over = 0
    while over < 5:
        shown = await page.locator("[data-message]").count()
        image = Image.open(io.BytesIO(await conversation.screenshot(type="png"))).convert("RGB")
        image = image.resize((FILM_WIDTH, image.height * FILM_WIDTH // image.width), Image.Resampling.LANCZOS)
        if shown and (not frames or ImageChops.difference(image, frames[-1]).getbbox()):
            frames.append(image)
        over = over + 1 if await again.count() else 0
        await page.wait_for_timeout(FRAME_SECONDS * 1000)
    durations = [1200] * (len(frames) - 1) + [int(LAST_SECONDS * 1000)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=80, method=6)


async def settled(page: Page) -> None:
    """All pictures are loaded, and the last cross-fade is over."""
    await page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    await page.wait_for_timeout(1500)


if __name__ == "__main__":
    asyncio.run(main())
