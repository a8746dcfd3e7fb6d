"""The floor: what the same HTTP calls cost without a framework, a database, a queue or a promise.

Raw aiohttp, one session, one task a request. It stores nothing, limits nothing, retries nothing and checks nothing.
"""

import asyncio
import json
import os
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

API = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['BOT_TOKEN']}"
BACKEND = os.environ["BACKEND_URL"]
KEYBOARD = {"inline_keyboard": [[{"text": "Cancel", "callback_data": "p:x:1"}]]}
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Again", "callback_data": "p:a:1"}, {"text": "Vary", "callback_data": "p:v:1"}],
        [{"text": "Model", "callback_data": "p:m:1"}, {"text": "More", "callback_data": "p:o:1"}],
    ]
}

Draw = Callable[
    [aiohttp.ClientSession, dict[str, Any]], Coroutine[None, None, None]
]  # one update, from its message to the picture


async def main() -> None:
    await serve(draw)


async def serve(draw: Draw) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None)
    tasks: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        offset = 0
        while True:
            for update in await call(session, "getUpdates", {"offset": offset, "timeout": 30}):
                offset = update["update_id"] + 1
                task = asyncio.create_task(draw(session, update))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


async def draw(session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
    message = update["message"]
    chat, prompt = message["chat"]["id"], message["text"].removeprefix("/imagine ")
    shown = (await call(session, "sendMessage", placeholder(message, prompt)))["message_id"]
    picture = await generate(session, prompt, chat, shown)
    await show(session, chat, shown, prompt, picture)


def placeholder(message: dict[str, Any], prompt: str) -> dict[str, Any]:
    return {
        "chat_id": message["chat"]["id"],
        "text": f"<i>{prompt}</i>\nStarting",
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": message["message_id"], "allow_sending_without_reply": True},
        "reply_markup": KEYBOARD,
    }


async def show(session: aiohttp.ClientSession, chat: int, shown: int, prompt: str, picture: bytes) -> None:
    await _media(session, chat, shown, f"<i>{prompt}</i>\nBench, 768x768", picture, BUTTONS)


async def _media(
    session: aiohttp.ClientSession, chat: int, shown: int, caption: str, picture: bytes, buttons: dict[str, Any]
) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(chat))
    form.add_field("message_id", str(shown))
    media = {"type": "photo", "media": "attach://picture", "caption": caption, "parse_mode": "HTML"}
    form.add_field("media", json.dumps(media))
    form.add_field("reply_markup", json.dumps(buttons))
    form.add_field("picture", picture, filename="picture.jpg", content_type="image/jpeg")
    async with session.post(f"{API}/editMessageMedia", data=form) as answer:
        await answer.json()


async def generate(session: aiohttp.ClientSession, prompt: str, chat: int, shown: int) -> bytes:
    body = {"data": [prompt, 1, False, 768, 768, 2], "fn_index": 0, "session_hash": str(chat)}
    async with session.post(f"{BACKEND}/queue/join", json=body) as answer:
        await answer.json()
    url = None
    async with session.get(f"{BACKEND}/queue/data", params={"session_hash": str(chat)}) as stream:
        async for line in stream.content:
            if not line.startswith(b"data: "):
                continue
            event = json.loads(line[6:])
            if event["msg"] == "process_starts":
                await call(
                    session,
                    "editMessageText",
                    {
                        "chat_id": chat,
                        "message_id": shown,
                        "text": f"<i>{prompt}</i>\nDrawing",
                        "parse_mode": "HTML",
                        "reply_markup": KEYBOARD,
                    },
                )
            elif event["msg"] == "process_generating":
                async with session.get(preview_url(event)) as answer:
                    preview = await answer.read()
                await _media(session, chat, shown, f"<i>{prompt}</i>\nDrawing", preview, KEYBOARD)
            elif event["msg"] == "process_completed":
                url = event["output"]["data"][0]["url"]
    if url is None:
        raise RuntimeError("the stream ended without a picture")
    async with session.get(url) as answer:
        return await answer.read()


def preview_url(event: dict[str, Any]) -> str:
    """Gradio tells the outputs once, and then edits of each."""
    first = event["output"]["data"][0]
    url: str = first["url"] if isinstance(first, dict) else first[0][2]["url"]
    return url


async def call(session: aiohttp.ClientSession, method: str, params: dict[str, Any]) -> Any:
    async with session.post(f"{API}/{method}", json=params) as answer:
        return (await answer.json())["result"]


if __name__ == "__main__":
    asyncio.run(main())
