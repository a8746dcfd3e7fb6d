"""The page as the tests use it, and what the scripted bot sends to it."""

from io import BytesIO
from typing import Any

from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from PIL import Image
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Route, expect

WIDE = (1280, 800)
PHONE = (390, 844)


class Client:
    """The page as a person meets it: by roles and names. `faults` are its exceptions and console errors."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        self.requested: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        page.on("request", lambda request: self.requested.append(request.url))
        self.message = page.get_by_role("textbox", name="Message")
        self.messages = page.get_by_role("log", name="Messages")
        self.rows = self.messages.get_by_role("article")
        self.chats = page.get_by_role("listbox", name="Chats")

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    async def open(self) -> None:
        await self.page.goto(self.url)
        await expect(self.chats.get_by_role("option").first).to_be_visible()

    async def open_chat(self, name: str) -> None:
        await self.chats.get_by_role("option", name=name).click()
        await expect(self.message).to_be_visible()

    async def send(self, text: str) -> None:
        await self.message.fill(text)
        await self.message.press("Enter")
        await expect(self.rows.last).to_contain_text(text)

    def button(self, name: str) -> Locator:
        return self.messages.get_by_role("button", name=name, exact=True)


async def open_client(browser: Browser, url: str, size: tuple[int, int] = WIDE, **options: Any) -> Client:
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    await context.route("**/toasts.js", _stay_longer)
    client = Client(await context.new_page(), url)
    await client.open()
    return client


async def _stay_longer(route: Route) -> None:
    """Notices are there for half a minute, in place of a few seconds: on a busy machine a test looks late."""
    answer = await route.fetch()
    script = await answer.text()
    assert "Math.min(9000, " in script
    await route.fulfill(response=answer, body=script.replace("Math.min(9000, ", "Math.max(30_000, "))


def picture(color: str = "seagreen", size: tuple[int, int] = (640, 480)) -> BufferedInputFile:
    data = BytesIO()
    Image.new("RGB", size, color).save(data, "PNG")
    return BufferedInputFile(data.getvalue(), f"{color}.png")


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def callback(text: str, data: str, **fields: Any) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data, **fields)
