"""What the page is served by: its files, its JSON API, its stream of events, and the pictures."""

import asyncio
import json
import mimetypes
from importlib.resources import files
from pathlib import PurePosixPath

from aiohttp import web

from bot.sandbox import wire
from bot.sandbox.errors import ApiError, Json, JsonObject
from bot.sandbox.menus import menus
from bot.sandbox.page_views import page_bot, page_chat, page_id, page_person
from bot.sandbox.payers import Payers
from bot.sandbox.people import People, Refused
from bot.sandbox.sandbox import Sandbox

_KEEP_ALIVE = 15.0
_INLINE_PATIENCE = 10.0  # s, as clients have it
_LONGEST = 86_400  # seconds of a voice message
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_CLIPS = frozenset({"image/gif", "video/mp4"})
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


class PageApi:
    """The handlers. `closing` ends the streams, which would otherwise hold the server up; `hints` are shown in the
    welcome of one's own chat."""

    def __init__(self, box: Sandbox, people: People, payers: Payers) -> None:
        self._box = box
        self._payers = payers
        self._people = people
        self.closing = asyncio.Event()
        self.hints: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/{file:.+}", self.page),
            web.get("/files/{file_id}", self.file),
            web.get("/api/state", self.state),
            web.get("/api/events", self.events),
            web.post("/api/send", self.send),
            web.post("/api/press", self.press),
            web.post("/api/inline", self.inline),
            web.post("/api/choose", self.choose),
            web.post("/api/pay", self.pay),
        ]

    async def index(self, _: web.Request) -> web.Response:
        return _static("index.html")

    async def page(self, request: web.Request) -> web.Response:
        return _static(request.match_info["file"])

    async def file(self, request: web.Request) -> web.Response:
        try:
            stored, path = self._box.files.locate(request.match_info["file_id"])
        except ApiError:
            raise web.HTTPNotFound from None
        found = await self._box.files.read(path)
        if found is None:
            raise web.HTTPNotFound
        data, mime = found
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}  # the name is made from the content
        shown = mime in _PICTURES or (stored.kind in {"animation", "video"} and mime in _CLIPS)
        if stored.kind == "document" or not shown:
            headers["Content-Disposition"] = "inline" if shown else "attachment"
        return web.Response(body=data, content_type=mime if shown else "application/octet-stream", headers=headers)

    async def state(self, request: web.Request) -> web.Response:
        world = self._box.world
        me = self._person(request)
        return _json(
            {
                "me": me,
                "people": [page_person(person) for person in world.people.values()],
                "bot": page_bot(world),
                "chats": [
                    page_chat(world, chat, messages=True)
                    for chat in world.chats.values()
                    if chat.migrated_to is None and (chat.type != "channel" or chat.members)
                ],
                "commands": menus(world, world.people[me].language_code, me),
                "hints": list[Json](self.hints),
                "cursor": self._box.events.cursor,
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """From `cursor` on. The stream ends when the cursor is too old: the page then fetches the state again."""
        cursor = _number(request.query.get("cursor", "0"))
        me = self._person(request)
        language = self._box.world.people[me].language_code
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        while not self.closing.is_set():
            news = self._box.events.since(cursor)
            if news is None:
                break
            for event in news:
                if event["type"] == "commands":
                    event = {**event, "commands": menus(self._box.world, language, me)}
                await response.write(b"data: " + json.dumps(event).encode() + b"\n\n")
                cursor = event["cursor"]
            if not news and not await self._something_new():
                await response.write(b": still here\n\n")
        return response

    async def send(self, request: web.Request) -> web.Response:
        try:
            raw, uploads = await wire.read(request)
            person, chat_id, topic_id = (_number(raw.get(name)) for name in ("person", "chat_id", "topic_id"))
            reply_to = _number(raw.get("reply_to")) or None
            text = str(raw.get("text") or raw.get("caption") or "")
            if "photo" in uploads:
                message = await self._people.send_photo(
                    person, chat_id, uploads["photo"].data, text, reply_to=reply_to, topic_id=topic_id or None
                )
            elif "voice" in uploads:
                seconds = min(max(_number(raw.get("seconds")), 1), _LONGEST)
                message = await self._people.send_voice(
                    person, chat_id, uploads["voice"].data, seconds, reply_to=reply_to, topic_id=topic_id or None
                )
            else:
                message = self._people.send(person, chat_id, text, reply_to=reply_to, topic_id=topic_id or None)
        except (Refused, ApiError) as error:
            return _refusal(error)
        return _json({"id": page_id(message)})

    async def press(self, request: web.Request) -> web.Response:
        try:
            raw, _ = await wire.read(request)
            person, chat_id, message_id = (_number(raw.get(name)) for name in ("person", "chat_id", "message_id"))
            query = self._people.press(person, chat_id, message_id, str(raw.get("data", "")))
        except (Refused, ApiError) as error:
            return _refusal(error)
        return _json({"query_id": query.id})

    async def inline(self, request: web.Request) -> web.Response:
        """What the bot answers to what is typed behind its name."""
        try:
            raw, _ = await wire.read(request)
            person, chat_id = (_number(raw.get(name)) for name in ("person", "chat_id"))
            text, offset = str(raw.get("query") or ""), str(raw.get("offset") or "")
            query = self._people.type_inline(person, chat_id, text, offset=offset)
        except (Refused, ApiError) as error:
            return _refusal(error)
        try:
            async with asyncio.timeout(_INLINE_PATIENCE):
                while query.results is None and not self.closing.is_set():
                    await self._something_new()
        except TimeoutError:
            return _json({"error": "The bot is not responding."}, 504)
        results = [_shown_result(result) for result in query.results or ()]
        button = {"text": query.button["text"]} if query.button is not None else None
        return _json({"query_id": query.id, "results": results, "button": button, "next_offset": query.next_offset})

    async def choose(self, request: web.Request) -> web.Response:
        try:
            raw, _ = await wire.read(request)
            query = self._box.inline_queries.get(str(raw.get("query_id", "")))
            if query is None:
                raise Refused("The results are too old.")
            message = await self._people.choose(query, str(raw.get("result_id", "")))
        except (Refused, ApiError) as error:
            return _refusal(error)
        return _json({"id": page_id(message)})

    async def pay(self, request: web.Request) -> web.Response:
        """An invoice in a chat, or one behind a link (`url`). That the bot takes no payment is no fault: `refused`."""
        try:
            raw, _ = await wire.read(request)
            person, chat_id, message_id = (_number(raw.get(name)) for name in ("person", "chat_id", "message_id"))
            if person not in self._box.world.people:
                raise Refused("There is no such person.")
            if "url" in raw:
                charge = await self._payers.pay_link(person, str(raw["url"]))
            else:
                charge = await self._payers.pay(person, chat_id, message_id)
        except Refused as refused:
            return _json({"refused": str(refused)})
        except ApiError as error:
            return _refusal(error)
        return _json({"charge": charge})

    def _person(self, request: web.Request) -> int:
        people = self._box.world.people
        wanted = _number(request.query.get("person", "0"))
        return wanted if wanted in people else next(iter(people))

    async def _something_new(self) -> bool:
        """False when nothing happened for a while."""
        waits = [asyncio.ensure_future(self._box.events.wait()), asyncio.ensure_future(self.closing.wait())]
        try:
            done, _ = await asyncio.wait(waits, timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return bool(done)


def _static(name: str) -> web.Response:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise web.HTTPNotFound
    source = files("bot.sandbox").joinpath("page", *path.parts)
    if not source.is_file():
        raise web.HTTPNotFound
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=source.read_bytes(), content_type=kind, charset=charset)


def _number(value: Json) -> int:
    try:
        return int(value) if isinstance(value, int | str) else 0
    except ValueError:
        return 0


def _json(body: JsonObject, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


def _refusal(error: Refused | ApiError) -> web.Response:
    text = error.description.removeprefix("Bad Request: ") if isinstance(error, ApiError) else str(error)
    return _json({"error": text}, 413 if isinstance(error, ApiError) and error.code == 413 else 400)


def _shown_result(result: JsonObject) -> JsonObject:
    file_id = result.get("photo_file_id")
    return {
        "id": result["id"],
        "title": result.get("title") or result.get("caption") or "",
        "about": result.get("description") or "",
        "photo": f"/files/{file_id}" if file_id else None,
    }
