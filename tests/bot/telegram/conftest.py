"""A real Bot API server on a local socket that does what a test scripts: faults before and after the effect."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.outbox.outbox import Hooks, Outbox
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import Session, create_bot
from tests.clock import HastyClock

TOKEN = "123456:" + "A" * 35


@dataclass(frozen=True)
class Refuse:
    """Telegram's own refusal."""

    code: int
    description: str
    parameters: dict[str, int] | None = None


@dataclass(frozen=True)
class Html:
    """What a front proxy says."""

    status: int


@dataclass(frozen=True)
class Reset:
    """The connection breaks, before or after the call had its effect."""

    effect: bool


@dataclass(frozen=True)
class Stall:
    """No answer until the event is set."""

    until: asyncio.Event


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]
    files: dict[str, tuple[str, bytes]]


Fault = Refuse | Html | Reset | Stall


# The kinds of updates that the bot handles.
ASKED_FOR = [
    *("message", "edited_message", "channel_post", "callback_query", "my_chat_member"),
    *("inline_query", "chosen_inline_result", "guest_message", "pre_checkout_query"),
]


@dataclass
class FakeTelegram:
    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    webhook: str = ""
    webhook_trouble: dict[str, Any] = field(default_factory=dict)  # further fields of getWebhookInfo's answer
    faults: dict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))
    url: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    def script(self, method: str, *faults: Fault | None) -> None:
        """The next calls of this method meet these; None: nothing special."""
        self.faults[method].extend(faults)

    def made(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if not methods or call.method in methods]

    def names(self) -> list[str]:
        return [call.method for call in self.calls]

    async def reached(self, calls: int) -> None:
        """Wait until that many calls have come in."""
        async with asyncio.timeout(5):
            while len(self.calls) < calls:
                self.called.clear()
                await self.called.wait()

    def push(self, *updates: dict[str, Any]) -> None:
        self.updates.extend(updates)
        self.news.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        self.calls.append(call)
        self.called.set()
        faults = self.faults[call.method]
        fault = faults.popleft() if faults else None
        match fault:
            case Refuse():
                return _refusal(fault)
            case Html():
                text = f"<html><h1>{fault.status} from the proxy</h1></html>"
                return web.Response(status=fault.status, text=text, content_type="text/html")
            case Reset():
                if fault.effect:
                    await self.effect(call)
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case Stall():
                await fault.until.wait()
        result = await self.effect(call)
        if isinstance(result, Refuse):
            return _refusal(result)
        return web.json_response({"ok": True, "result": result})

    async def effect(self, call: Call) -> Any:
        params = call.params
        if call.method == "getUpdates":
            return await self._updates(params)
        if call.method.startswith("send"):
            message_id = max((number for _, number in self.messages), default=100) + 1
            key = (params["chat_id"], message_id)
            self.messages[key] = self._message(call, {"message_id": message_id})
            return self.messages[key]
        if call.method.startswith("editMessage"):
            key = (params["chat_id"], params["message_id"])
            if key not in self.messages:
                return Refuse(400, "Bad Request: message to edit not found")
            if call.method == "editMessageText" and "text" not in self.messages[key]:
                return Refuse(400, "Bad Request: there is no text in the message to edit")
            if call.method == "editMessageCaption" and "text" in self.messages[key]:
                return Refuse(400, "Bad Request: there is no caption in the message to edit")
            self.messages[key] = self._message(call, self.messages[key])
            return self.messages[key]
        if call.method == "deleteMessage":
            gone = self.messages.pop((params["chat_id"], params["message_id"]), None)
            return True if gone else Refuse(400, "Bad Request: message to delete not found")
        if call.method == "setWebhook":
            self.webhook = params["url"]
        if call.method == "deleteWebhook":
            self.webhook = ""
        if call.method == "getWebhookInfo":
            known = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
            return known | self.webhook_trouble
        return True

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        offset = params.get("offset", 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates and params["timeout"]:
            self.news.clear()
            await asyncio.wait({asyncio.ensure_future(self.news.wait())}, timeout=params["timeout"])
        return self.updates[: params.get("limit", 100)]

    def _message(self, call: Call, before: dict[str, Any]) -> dict[str, Any]:
        params = call.params
        message = {"message_id": before["message_id"], "date": 1, "chat": {"id": params["chat_id"], "type": "private"}}
        media = params.get("media", {})
        file = params.get("photo") or params.get("document") or media.get("media")
        if file is not None:
            file_id = file if not file.startswith("attach://") else f"file-{len(self.calls)}"
            if "document" in params or media.get("type") == "document":
                message["document"] = {"file_id": file_id, "file_unique_id": "u"}
            else:
                message["photo"] = [{"file_id": file_id, "file_unique_id": "u", "width": 9, "height": 9}]
        elif call.method == "editMessageCaption":
            message |= {kind: before[kind] for kind in ("photo", "document") if kind in before}
        else:
            return message | {"text": params["text"]}
        return message | {"caption": params.get("caption") or media.get("caption") or ""}


def _refusal(fault: Refuse) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": fault.code, "description": fault.description}
    if fault.parameters:
        body["parameters"] = fault.parameters
    return web.json_response(body, status=fault.code)


async def _read(request: web.Request) -> Call:
    params: dict[str, Any] = {}
    files = {}
    if request.content_type == "application/json":
        params = await request.json()
    if request.content_type == "multipart/form-data" or request.content_type.endswith("urlencoded"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                params[name] = _value(name, str(value))
    return Call(request.match_info["method"], params, files)


def _value(name: str, text: str) -> Any:
    if name in {"text", "caption"}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_post("/bot{token}/{method}", fake.handle)
    async with TestServer(app, shutdown_timeout=0.1) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
        fake.news.set()


@pytest.fixture
def clock() -> HastyClock:
    return HastyClock()


@pytest.fixture
async def flood(clock: HastyClock) -> AsyncIterator[FloodControl]:
    control = FloodControl(clock, 30, jitter=lambda: 0.0)
    yield control
    await control.close()


@pytest.fixture
async def bot(telegram: FakeTelegram, flood: FloodControl) -> AsyncIterator[Bot]:
    made = create_bot(TOKEN, api_url=telegram.url, proxy=None, flood=flood)
    yield made
    assert isinstance(made.session, Session)
    if made.session._session is not None:  # aiogram's own close waits a quarter of a second more
        await made.session._session.close()


@dataclass
class Told:
    """What the hooks were told."""

    gone: list[tuple[int, str]] = field(default_factory=list)
    migrated: list[tuple[int, int]] = field(default_factory=list)

    async def on_gone(self, chat_id: int, reason: str) -> None:
        self.gone.append((chat_id, reason))

    async def on_migrated(self, old: int, new: int) -> None:
        self.migrated.append((old, new))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def outbox(bot: Bot, clock: HastyClock, told: Told) -> Outbox:
    return Outbox(bot, clock, Hooks(gone=told.on_gone, migrated=told.on_migrated))
