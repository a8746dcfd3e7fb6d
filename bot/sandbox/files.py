"""The files of the sandbox's Telegram: photos checked as Telegram checks them, others kept as they came.

A file_id is made from the content, so it stays the same over restarts and the same bytes are kept once.
With a folder they live on disk, else in memory; the oldest go when there are too many.
"""

import asyncio
import hashlib
import json
import mimetypes
from base64 import urlsafe_b64encode
from collections import OrderedDict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bot.sandbox import errors
from bot.sandbox.errors import bad
from bot.sandbox.photos import FORMATS, LADDER, check_photo, ladder, scale
from bot.sandbox.schema import Schema
from bot.sandbox.state import Clip, Document, PhotoSize, Voice
from providers.errors import BadPicture, NoVideo
from providers.pictures.video import GIF, MP4, read_video_header

_MAX_KEPT = 512 * 1024 * 1024
CLIP_OF_ANIMATION = "CgACAgIA"  # how its file_id begins


@dataclass(frozen=True, slots=True)
class StoredFile:
    key: str
    kind: Literal["photo", "document", "voice", "animation", "video"]
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    seconds: int = 0


class FileStore:
    """Files by content. `folder`: where they are kept; None: in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._data: dict[str, bytes] = {}
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._total = 0
        self._rules = Schema.load().file_rules

    async def load(self) -> None:
        """Takes up the files of an earlier process."""
        if self._folder is not None:
            for stored in await asyncio.to_thread(_read_index, self._folder):
                self._files[stored.key] = stored
                self._total += stored.size

    async def add_photo(self, data: bytes) -> list[PhotoSize]:
        """The sizes that Telegram would make, smallest first. Raises ApiError for what it refuses as a photo."""
        if len(data) > self._rules["photo_upload_max_bytes"]:
            raise bad(f"file of size {len(data)} bytes is too big for a photo")
        key = _key("photo", data)
        stored = self._files.get(key)
        if stored is not None:
            self._files.move_to_end(key)
        else:
            kind, width, height = await check_photo(data, self._rules)
            extension, mime = FORMATS.get(kind, ("jpg", "image/jpeg"))
            stored = StoredFile(key, "photo", f"photo.{extension}", mime, len(data), width, height)
            await self._keep(stored, data)
        return _sizes(stored)

    async def add_document(self, data: bytes, name: str, mime: str) -> Document:
        """Raises ApiError when it is too large or empty."""
        if len(data) > self._rules["document_upload_max_bytes"]:
            raise errors.TOO_LARGE()
        if not data:
            raise bad("file must be non-empty")
        if mime == "application/octet-stream":
            mime = mimetypes.guess_type(name)[0] or mime
        stored = StoredFile(_key(f"document {name}", data), "document", name, mime, len(data))
        if stored.key not in self._files:
            await self._keep(stored, data)
        return _document(stored)

    async def add_voice(self, data: bytes, seconds: int) -> Voice:
        """A voice message, which Telegram calls .oga. Raises ApiError when it is too large or empty."""
        if len(data) > self._rules["document_upload_max_bytes"]:
            raise errors.TOO_LARGE()
        if not data:
            raise bad("file must be non-empty")
        stored = StoredFile(_key("voice", data), "voice", "voice.oga", "audio/ogg", len(data))
        if stored.key not in self._files:
            await self._keep(stored, data)
        return Voice(f"AwACAgIA{stored.key}", f"AgAD{stored.key[:12]}", seconds, stored.mime, stored.size)

    async def add_clip(self, data: bytes, name: str, kind: Literal["animation", "video"]) -> Clip | Document:
        """What Telegram shows of it: an animation has no sound, and what is neither an MP4 nor, as an animation, a GIF
        becomes a document. The bytes stay as they are, where Telegram makes an MP4 of a GIF. Raises ApiError when it is
        too large or empty."""
        if len(data) > self._rules["document_upload_max_bytes"]:
            raise errors.TOO_LARGE()
        if not data:
            raise bad("file must be non-empty")
        try:
            header = await asyncio.to_thread(read_video_header, data)
        except (BadPicture, NoVideo):
            header = None
        if header is None or header.mime not in ({GIF, MP4} if kind == "animation" else {MP4}):
            return await self.add_document(data, name, "application/octet-stream")
        if header.sound:
            kind = "video"
        seconds = round(header.seconds or 0)
        key = _key(kind, data)
        stored = StoredFile(key, kind, name, header.mime, len(data), header.width, header.height, seconds)
        if stored.key not in self._files:
            await self._keep(stored, data)
        return _clip(stored)

    def clip(self, file_id: str, kind: Literal["animation", "video"]) -> Clip:
        return _clip(self._known(file_id, kind))

    async def check_thumbnail(self, data: bytes) -> None:
        """Raises ApiError for one that the Bot API does not take: a JPEG of at most 200 kB and 320 pixels a side."""
        side = self._rules["thumbnail_max_side"]
        if len(data) > self._rules["thumbnail_max_bytes"]:
            raise bad("thumbnail is too big")
        kind, width, height = await check_photo(data, self._rules)
        if kind != "JPEG" or max(width, height) > side:
            raise bad("thumbnail has to be a JPEG of at most 320 pixels a side")

    def photo(self, file_id: str) -> list[PhotoSize]:
        """The photo again by the id of any of its sizes. Raises ApiError for an unknown id or another kind."""
        return _sizes(self._known(file_id, "photo"))

    def document(self, file_id: str) -> Document:
        return _document(self._known(file_id, "document"))

    def locate(self, file_id: str) -> tuple[StoredFile, str]:
        """The file and its path for GET /file/bot<token>/<path>. Raises ApiError for an unknown id."""
        stored = self._files.get(file_id[8:40])
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        folders = {"photo": "photos", "voice": "voice", "animation": "animations", "video": "videos"}
        folder = folders.get(stored.kind, "documents")
        extension = stored.name.rpartition(".")[2] if "." in stored.name else "bin"
        return stored, f"{folder}/{file_id[8:]}.{extension[:8]}"

    async def read(self, path: str) -> tuple[bytes, str] | None:
        """The bytes and the media type of what `locate` named; None when there is no such file."""
        name = path.rpartition("/")[2].partition(".")[0]
        stored = self._files.get(name[:32])
        if stored is None:
            return None
        data = await self._bytes(stored)
        side = dict(LADDER).get(name[32:])
        if data is None or side is None or max(stored.width, stored.height) <= side:
            return None if data is None else (data, stored.mime)
        return await scale(data, side), "image/jpeg"

    def _known(self, file_id: str, kind: str) -> StoredFile:
        if file_id.startswith(("http://", "https://")):
            raise errors.URL_FAILED()  # the sandbox fetches nothing from elsewhere
        stored = self._files.get(file_id[8:40])
        if stored is None:
            raise errors.WRONG_FILE()
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    async def _keep(self, stored: StoredFile, data: bytes) -> None:
        if stored.key in self._files:  # the same bytes came twice at once
            return
        self._files[stored.key] = stored
        self._total += stored.size
        gone = []
        while self._total > _MAX_KEPT and len(self._files) > 1:
            key, old = self._files.popitem(last=False)
            self._total -= old.size
            self._data.pop(key, None)
            gone.append(key)
        if self._folder is None:
            self._data[stored.key] = data
        else:
            await asyncio.to_thread(_write, self._folder, stored, data, gone)

    async def _bytes(self, stored: StoredFile) -> bytes | None:
        if self._folder is None:
            return self._data.get(stored.key)
        try:
            return await asyncio.to_thread((self._folder / stored.key).read_bytes)
        except OSError:
            return None


def _key(kind: str, data: bytes) -> str:
    """32 letters for these bytes as this kind of file."""
    digest = hashlib.blake2b(data, digest_size=24, key=hashlib.blake2b(kind.encode()).digest()).digest()
    return urlsafe_b64encode(digest).decode()


def _sizes(stored: StoredFile) -> list[PhotoSize]:
    return [
        PhotoSize(
            f"AgACAgIA{stored.key}{letter}",
            f"AQAD{stored.key[:11]}{letter}",
            width,
            height,
            stored.size if width == stored.width else None,
        )
        for letter, width, height in ladder(stored.width, stored.height)
    ]


def _document(stored: StoredFile) -> Document:
    return Document(f"BQACAgIA{stored.key}", f"AgAD{stored.key[:12]}", stored.name, stored.mime, stored.size)


def _clip(stored: StoredFile) -> Clip:
    prefix = CLIP_OF_ANIMATION if stored.kind == "animation" else "BAACAgIA"
    size = stored.width, stored.height, stored.seconds
    return Clip(f"{prefix}{stored.key}", f"AgAD{stored.key[:12]}", *size, stored.name, stored.mime, stored.size)


def _write(folder: Path, stored: StoredFile, data: bytes, gone: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / stored.key).write_bytes(data)
    (folder / f"{stored.key}.json").write_text(json.dumps(asdict(stored)), encoding="utf-8")
    for key in gone:
        (folder / key).unlink(missing_ok=True)
        (folder / f"{key}.json").unlink(missing_ok=True)


def _read_index(folder: Path) -> list[StoredFile]:
    """What was written, oldest first; a description that a kill cut off is ignored."""
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime):
        try:
            found.append(StoredFile(**json.loads(path.read_text(encoding="utf-8"))))
        except (ValueError, TypeError):
            continue
    return found
