"""The peer: what a bot written with aiogram as its documentation shows costs. It stores nothing and limits nothing."""

import asyncio
import json
import os
from typing import Any

import aiohttp
from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message
from floor import preview_url

BACKEND = os.environ["BACKEND_URL"]
CANCEL = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Cancel", callback_data="p:x:1")]])
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Again", callback_data="p:a:1"),
            InlineKeyboardButton(text="Vary", callback_data="p:v:1"),
        ],
        [
            InlineKeyboardButton(text="Model", callback_data="p:m:1"),
            InlineKeyboardButton(text="More", callback_data="p:o:1"),
        ],
    ]
)
router = Router()


@router.message(Command("imagine"))
async def imagine(message: Message, command: CommandObject, backend: aiohttp.ClientSession) -> None:
    prompt = command.args or ""
    shown = await placeholder(message, prompt)
    picture = await generate(backend, prompt, shown)
    await show(shown, prompt, picture)


async def placeholder(message: Message, prompt: str) -> Message:
    return await message.reply(f"<i>{prompt}</i>\nStarting", reply_markup=CANCEL)


async def show(shown: Message, prompt: str, picture: bytes) -> None:
    file = BufferedInputFile(picture, "picture.jpg")
    media = InputMediaPhoto(media=file, caption=f"<i>{prompt}</i>\nBench, 768x768")
    await shown.edit_media(media, reply_markup=BUTTONS)


async def generate(backend: aiohttp.ClientSession, prompt: str, shown: Message) -> bytes:
    chat = str(shown.chat.id)
    body = {"data": [prompt, 1, False, 768, 768, 2], "fn_index": 0, "session_hash": chat}
    async with backend.post(f"{BACKEND}/queue/join", json=body) as answer:
        await answer.json()
    url = None
    async with backend.get(f"{BACKEND}/queue/data", params={"session_hash": chat}) as stream:
        async for line in stream.content:
            if not line.startswith(b"data: "):
                continue
            event = json.loads(line[6:])
            if event["msg"] == "process_starts":
                await shown.edit_text(f"<i>{prompt}</i>\nDrawing", reply_markup=CANCEL)
            elif event["msg"] == "process_generating":
                async with backend.get(preview_url(event)) as answer:
                    preview = BufferedInputFile(await answer.read(), "preview.jpg")
                media = InputMediaPhoto(media=preview, caption=f"<i>{prompt}</i>\nDrawing")
                await shown.edit_media(media, reply_markup=CANCEL)
            elif event["msg"] == "process_completed":
                url = event["output"]["data"][0]["url"]
    if url is None:
        raise RuntimeError("the stream ended without a picture")
    async with backend.get(url) as answer:
        return await answer.read()


async def serve(router: Router, **collaborators: Any) -> None:
    api = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    session = AiohttpSession(api=api, limit=5000)
    bot = Bot(os.environ["BOT_TOKEN"], session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as backend:
        await dispatcher.start_polling(bot, backend=backend, **collaborators)


if __name__ == "__main__":
    asyncio.run(serve(router))
