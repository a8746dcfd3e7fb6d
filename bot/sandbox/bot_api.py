"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import hmac
import json
from collections import deque
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox import errors, wire
from bot.sandbox.errors import ApiError, Json, JsonObject
from bot.sandbox.faults import ConnectionCut, RawAnswer
from bot.sandbox.methods import METHODS
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.schema import Schema
from bot.sandbox.wire import Call

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One answered call. `at` is monotonic, `status` the HTTP status (0: the connection was cut)."""

    at: float
    method: str
    params: JsonObject
    status: int
    description: str | None = None


class BotApi:
    """The handlers. `calls` are the newest calls, for tests to look at; getUpdates is not among them."""

    def __init__(self, box: Sandbox, token: str) -> None:
        self._box = box
        self._token = token.encode()
        self._schema = Schema.load()
        self.calls: deque[CallRecord] = deque(maxlen=_KEPT)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.file),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        call: Call | None = None
        body: Json
        try:
            self._check_token(request)
            method = self._schema.method(request.match_info["method"])
            raw, uploads = await wire.read(request)
            call = Call(method, self._schema.check(method, raw, uploads), uploads)
            body, status = {"ok": True, "result": await self._run(call)}, 200
        except ApiError as error:
            body, status = error.body(), error.code
        except RawAnswer as answer:
            self._record(call, answer.status, answer.body)
            return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type)
        except ConnectionCut:
            self._record(call, 0, "connection cut")
            return _cut(request)
        self._record(call, status, body.get("description"))
        return web.Response(status=status, body=_dump(body), content_type="application/json")

    async def file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
            found = await self._box.files.read(request.match_info["path"])
            if found is None:
                raise errors.NOT_FOUND()
        except ApiError as error:
            return web.Response(status=error.code, body=_dump(error.body()), content_type="application/json")
        return web.Response(body=found[0], content_type="application/octet-stream")

    async def _run(self, call: Call) -> Json:
        """The method, between the faults that were ordered for it. Raises ApiError, RawAnswer, ConnectionCut."""
        fault = self._box.faults.for_call(call)
        if fault is not None and fault.before is not None:
            await fault.before(call)
        implemented = METHODS.get(call.method)
        if implemented is None:
            raise errors.not_implemented(call.method)
        self._box.limits.check(call.method, call.params)
        result = await implemented(self._box, call)
        if fault is not None and fault.after is not None:
            await fault.after(call)
        return result

    def _check_token(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self._token):
            raise errors.UNAUTHORIZED()

    def _record(self, call: Call | None, status: int, description: str | None) -> None:
        if call is not None and call.method != "getUpdates":
            now = self._box.clock.monotonic()
            self.calls.append(CallRecord(now, call.method, call.params, status, description))


def _dump(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _cut(request: web.Request) -> web.Response:
    """Closes the line without an answer; what is returned cannot be sent any more."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
