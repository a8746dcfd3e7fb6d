"""Makes docs/sandbox.png: the sandbox as a newcomer sees it after the first pictures. `make screenshots`."""

import asyncio
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

HERE = Path(__file__).parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


async def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        sandbox = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "sandbox", "--listen", "127.0.0.1:0", "--data", data,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            assert sandbox.stdout is not None
            line = (await asyncio.wait_for(sandbox.stdout.readline(), 90)).decode()
            found = re.search(r"http://\S+", line)
            assert found, f"the sandbox said {line!r}"
            await photograph(found[0])
        finally:
            sandbox.terminate()
            await sandbox.wait()


async def photograph(url: str) -> None:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit("screenshots need Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(url)
        await draw(page, "/imagine a fox in the snow")
        await page.screenshot(path=HERE / "sandbox.png")
        await browser.close()


async def draw(page: Page, text: str) -> None:
    """Ask, and wait until the picture has taken the placeholder's place and is loaded."""
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Again").wait_for(timeout=60_000)
    await page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    await page.wait_for_timeout(1500)  # its cross-fade


if __name__ == "__main__":
    asyncio.run(main())
