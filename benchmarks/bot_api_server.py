"""A lean Bot API server for benchmarks: people who type /imagine, exact limits, and when each answer arrived.

It understands just the calls by which the bot shows things, checks none of their fields, and keeps nothing of a
picture; the sandbox does all that, and would be what is measured. Telegram's limits are enforced by the sandbox's
own windows, counted at the moment when a call has been read.
"""

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.clock import SystemClock
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import FloodLimits, Limits

TOKEN = "100:" + "benchmark" * 4
CACHE_CHAT = -1_009_000_000_000  # a channel for pictures of inline messages
BOT = {"id": 100, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
NOTHING_SET = {
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyName": {"name": BOT["first_name"]},
}
CANCEL = "p:x:"  # what the button below a placeholder sends, here and in the programs that stand in for the bot
TYPES_ON = 2.0  # s after which a query that was not answered is typed again
UPDATES_AT_ONCE = 100  # https://core.telegram.org/bots/api#getupdates


@dataclass(slots=True)
class Asked:
    """One /imagine and what became of it. Moments are of `time.monotonic`."""

    chat: int
    message: int
    prompt: str
    at: float
    placeholder: float | None = None
    progress: int = 0  # edits before the picture
    previews: int = 0  # those of them that showed one
    picture: float | None = None
    pictures: int = 0
    end: asyncio.Future[None] | None = None


class BotApiServer:
    """`asked` holds every request until it is forgotten; `calls` counts what passed, `refused` the 429s."""

    def __init__(self) -> None:
        self._inline: dict[str, Asked] = {}  # by inline message id
        self._queries: dict[str, asyncio.Future[str]] = {}  # the id of the first result of each
        self._questions: dict[str, Asked] = {}  # of guests, by query id
        self.limits = FloodLimits(SystemClock(), self._inline_chat)
        self.asked: dict[tuple[int, int], Asked] = {}  # by chat and the command's message id
        self.calls: Counter[str] = Counter()
        self.polled = asyncio.Event()  # the bot asks for updates: it runs
        self.on_picture: Callable[[Asked], None] = lambda _: None
        self.on_progress: Callable[[Asked], None] = lambda _: None
        self._shown: dict[tuple[int, int], Asked] = {}  # by chat and the placeholder's message id
        self._updates: deque[dict[str, Any]] = deque()
        self._update_ids = itertools.count(1)
        self._message_ids = itertools.count(1)
        self._arrived = asyncio.Event()

    @property
    def refused(self) -> int:
        return self.limits.refused

    def enforce(self, limits: Limits) -> None:
        self.limits.switch_on(limits)

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self._call)]

    def imagine(self, chat: int, user: int, prompt: str) -> Asked:
        """A person types it, now. In a private chat `chat` is the user's id, a group's is negative."""
        message = next(self._message_ids)
        about = {"id": chat, "type": "private", "first_name": f"P{user}"}
        if chat < 0:
            about = {"id": chat, "type": "supergroup", "title": f"G{-chat}"}
        text = f"/imagine {prompt}"
        body = {
            "message_id": message,
            "from": _person(user),
            "chat": about,
            "date": int(time.time()),
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len("/imagine")}],
        }
        self._update("message", body)
        asked = self.asked[chat, message] = Asked(chat, message, prompt, time.monotonic())
        return asked

    async def choose(self, chat: int, user: int, prompt: str) -> Asked:
        """A person types it after the bot's name in a chat without it, and picks the first result. `at` is then."""
        person = _person(user)
        while True:
            query = f"q{next(self._message_ids)}"
            found = self._queries[query] = asyncio.get_running_loop().create_future()
            self._update("inline_query", {"id": query, "from": person, "query": prompt, "offset": ""})
            done, _ = await asyncio.wait([found], timeout=TYPES_ON)
            del self._queries[query]
            if done:
                break
        asked = self._elsewhere(chat, prompt)
        picked = {"result_id": found.result(), "from": person, "query": prompt, "inline_message_id": _inline_id(asked)}
        self._update("chosen_inline_result", picked)
        return asked

    def mention(self, chat: int, user: int, prompt: str) -> Asked:
        """A person mentions the bot in a chat without it, now."""
        asked = self._elsewhere(chat, prompt)
        self._questions[f"g{asked.message}"] = asked
        about = {"id": chat, "type": "supergroup", "title": f"G{-chat}"}
        body = {
            "message_id": asked.message,
            "from": _person(user),
            "chat": about,
            "date": int(time.time()),
            "text": f"@{BOT['username']} {prompt}",
            "guest_query_id": f"g{asked.message}",
        }
        self._update("guest_message", body)
        return asked

    def _elsewhere(self, chat: int, prompt: str) -> Asked:
        message = next(self._message_ids)
        asked = self.asked[chat, message] = Asked(chat, message, prompt, time.monotonic())
        self._inline[_inline_id(asked)] = asked
        return asked

    def _inline_chat(self, inline_id: str) -> int | None:
        return self._inline[inline_id].chat if inline_id in self._inline else None

    def _update(self, kind: str, body: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._update_ids), kind: body})
        self._arrived.set()

    def forget(self, asked: Asked) -> None:
        del self.asked[asked.chat, asked.message]

    # -- calls -------------------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.Response:
        method, params = request.match_info["method"], await read_params(request)
        if method == "getUpdates":
            return _ok(await self._get_updates(int(params.get("offset") or 0), float(params.get("timeout") or 0)))
        if "chat_id" in params:
            params["chat_id"] = int(params["chat_id"])
        try:
            self.limits.check(method, params)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        self.calls[method] += 1
        return _ok(self._result(method, params))

    def _result(self, method: str, params: dict[str, Any]) -> object:
        if method == "getMe":
            about = {"supports_inline_queries": True, "supports_guest_queries": True}
            return BOT | about | {"can_join_groups": True, "can_read_all_group_messages": False}
        if method == "answerInlineQuery":
            return self._results(params)
        if method == "answerGuestQuery":
            return {"inline_message_id": _inline_id(self._questions.pop(params["guest_query_id"]))}
        if method in {"sendMessage", "sendPhoto", "sendDocument"}:
            return self._sent(params, picture=method != "sendMessage")
        if method in {"editMessageText", "editMessageMedia", "editMessageCaption"}:
            return self._edited(params, media=method == "editMessageMedia")
        return NOTHING_SET.get(method, True)

    def _sent(self, params: dict[str, Any], *, picture: bool) -> dict[str, Any]:
        chat, message = params["chat_id"], next(self._message_ids)
        reply = params.get("reply_parameters", "{}")
        reply_to = (json.loads(reply) if isinstance(reply, str) else reply).get("message_id")
        asked = self.asked.get((chat, reply_to))
        if asked is not None and picture:
            self._pictured(asked)
        elif asked is not None:
            asked.placeholder = asked.placeholder or time.monotonic()
            self._shown[chat, message] = asked
        return _message(chat, message, picture=picture)

    def _results(self, params: dict[str, Any]) -> bool:
        results = params["results"]
        results = json.loads(results) if isinstance(results, str) else results
        found = self._queries.get(params["inline_query_id"])
        if found is not None and results and not found.done():
            found.set_result(results[0]["id"])
        return True

    def _edited(self, params: dict[str, Any], *, media: bool) -> dict[str, Any] | bool:
        """What can still be cancelled is a preview."""
        picture = media and CANCEL not in str(params.get("reply_markup"))
        if "inline_message_id" in params:
            self._changed(self._inline[params["inline_message_id"]], picture=picture, preview=media)
            return True
        chat, message = params["chat_id"], int(params["message_id"])
        asked = self._shown.pop((chat, message), None) if picture else self._shown.get((chat, message))
        if asked is not None:
            self._changed(asked, picture=picture, preview=media)
        return _message(chat, message, picture=media)

    def _changed(self, asked: Asked, *, picture: bool, preview: bool) -> None:
        if picture:
            self._pictured(asked)
            return
        asked.placeholder = asked.placeholder or time.monotonic()  # an inline message is there before
        asked.progress += 1
        asked.previews += preview
        self.on_progress(asked)

    def _pictured(self, asked: Asked) -> None:
        asked.pictures += 1
        asked.picture = time.monotonic()
        self.on_picture(asked)

    async def _get_updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        self.polled.set()
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), seconds)
            except TimeoutError:
                return []
        return list(itertools.islice(self._updates, UPDATES_AT_ONCE))


async def read_params(request: web.Request) -> dict[str, Any]:
    """The fields of a call, files aside."""
    body = await request.read()
    if request.content_type == "application/json":
        fields: dict[str, Any] = json.loads(body)
        return fields
    if not request.content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    boundary = b"--" + request.headers["Content-Type"].partition("boundary=")[2].strip('"').encode()
    fields = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        if b"filename=" not in head:
            fields[head.partition(b'name="')[2].partition(b'"')[0].decode()] = value.removesuffix(b"\r\n").decode()
    return fields


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"P{user}", "language_code": "en"}


def _inline_id(asked: Asked) -> str:
    return f"inline-{asked.message}"


def _message(chat: int, message: int, *, picture: bool) -> dict[str, Any]:
    about = {"id": chat, "type": "private" if chat > 0 else "supergroup", "first_name": "P", "title": "G"}
    result: dict[str, Any] = {"message_id": message, "from": BOT, "chat": about, "date": int(time.time())}
    if not picture:
        return result | {"text": "."}
    size = {"file_id": f"file-{message}", "file_unique_id": f"unique-{message}", "width": 768, "height": 768}
    return result | {"photo": [size]}


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})
