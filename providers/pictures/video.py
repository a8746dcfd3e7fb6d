"""Reads a video's header without a decoder: format, size, duration, and whether it has sound.

The sender chooses these numbers. They are read with slices of the bytes in a bounded number of steps, and no frame is
ever decoded here. MP4 is ISO/IEC 14496-12, WebM is Matroska (RFC 9559) in EBML (RFC 8794). GIF, WebP and PNG are
pictures that may move: `header` has checked their cost before.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from providers.errors import BadPicture, BadVideo, NoVideo, VideoTooLarge, VideoTooLong
from providers.pictures.header import MAX_BYTES as MAX_PICTURE_BYTES
from providers.pictures.header import Header, box_at, palette_bytes, read_header, skip_blocks

MAX_BYTES = 50_000_000  # of a file that a bot sends: https://core.telegram.org/bots/api#sending-files
MAX_SECONDS = 120.0  # hosted models give 5 to 20
MAX_SIDE = 4096  # pixels: what players on phones take
MAX_STEPS = 20_000  # boxes or elements

MP4, QUICKTIME, WEBM = "video/mp4", "video/quicktime", "video/webm"
GIF = "image/gif"
SUFFIXES = {MP4: "mp4", QUICKTIME: "mov", WEBM: "webm", GIF: "gif", "image/webp": "webp", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class VideoHeader:
    """`mime`: what the bytes are. Sizes are in pixels. `seconds`: the duration; None: unknown. `codec`: the four
    letters of an MP4's video track; "" in any other format."""

    mime: str
    width: int
    height: int
    seconds: float | None = None
    sound: bool = False
    codec: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether picture decoders can open it: it is a moving GIF, WebP or PNG."""
        return self.mime.startswith("image/")


@dataclass(slots=True)
class _Found:
    width: int = 0
    height: int = 0
    seconds: float | None = None
    sound: bool = False
    codec: str = ""
    tracks: int = 0  # of pictures
    steps: int = field(default=0, repr=False)

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise BadVideo(f"the video has more than {MAX_STEPS} boxes")


def read_video_header(data: bytes) -> VideoHeader:
    """The header of a video or a moving picture.

    Raises NoVideo for a still picture; BadVideo for bytes that are no video of a known format, are cut short, or have a
    compressed header; VideoTooLong and VideoTooLarge beyond the limits above.
    """
    if len(data) > MAX_BYTES:
        raise VideoTooLarge(f"the video has more than {MAX_BYTES // 1_000_000} MB")
    try:
        found = _read(data)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise BadVideo("the video is cut short") from None
    if found.width < 1 or found.height < 1:
        raise BadVideo("the video has no pixels")
    if max(found.width, found.height) > MAX_SIDE:
        raise VideoTooLarge(f"the video has {found.width}x{found.height} pixels, at most {MAX_SIDE} a side will do")
    if found.seconds is not None and not 0 <= found.seconds <= MAX_SECONDS:
        raise VideoTooLong(f"the video plays for {found.seconds:.0f} s, at most {MAX_SECONDS:.0f} s will do")
    return found


def _read(data: bytes) -> VideoHeader:
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return _webm(data)
    if data[4:8] == b"ftyp" and data[8:12] not in _STILL_BRANDS:
        return _mp4(data)
    return _moving_picture(data)


# -- MP4 ---------------------------------------------------------------------------------------------------

_STILL_BRANDS = frozenset({b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_WITHIN = frozenset({b"trak", b"mdia", b"minf", b"stbl", b"mvex"})


def _boxes(data: bytes, at: int, end: int, found: _Found) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, end) of the contents of each box. Raises BadVideo for a box that ends beyond its limits."""
    while at < end:
        found.step()
        kind, head, length = box_at(data, at, end)
        if length < head:
            raise BadVideo("the video has a box without a length")
        if at + length > end:
            raise BadVideo("the video is cut short")
        yield kind, at + head, at + length
        at += length


def _mp4(data: bytes) -> VideoHeader:
    found, whole, media = _Found(), False, False
    for kind, start, end in _boxes(data, 0, len(data), found):
        if kind == b"moov":
            whole = True
            _movie(data, start, end, found)
        elif kind == b"mdat":
            media = True
    if not whole or not media:
        raise BadVideo("the video is cut short: it has no " + ("pictures" if whole else "table of contents"))
    if not found.tracks:
        raise BadVideo("the file has no track of pictures")
    mime = QUICKTIME if data[8:12] == b"qt  " else MP4
    return VideoHeader(mime, found.width, found.height, found.seconds, found.sound, found.codec)


def _movie(data: bytes, start: int, end: int, found: _Found) -> None:
    for kind, first, last in _boxes(data, start, end, found):
        if kind == b"cmov":
            raise BadVideo("the video's table of contents is packed")
        if kind == b"mvhd":
            found.seconds = _longest(found.seconds, _duration(data, first))
        elif kind == b"trak":
            _track(data, first, last, found)


def _duration(data: bytes, at: int) -> float | None:
    """The duration in a `mvhd` or `mdhd`; None: it has none, as in a fragmented file."""
    form, place = (">IQ", at + 20) if data[at] == 1 else (">II", at + 12)
    scale, duration = struct.unpack_from(form, data, place)
    unknown = 2**64 - 1 if data[at] == 1 else 2**32 - 1
    return None if not scale or not duration or duration == unknown else float(duration / scale)


def _longest(one: float | None, other: float | None) -> float | None:
    known = [seconds for seconds in (one, other) if seconds is not None]
    return max(known) if known else None


@dataclass(slots=True)
class _Track:
    width: int = 0
    height: int = 0
    handler: bytes = b""
    codec: str = ""


def _track(data: bytes, start: int, end: int, found: _Found) -> None:
    track = _Track()
    pending = [(start, end)]
    while pending:
        for kind, first, last in _boxes(data, *pending.pop(), found):
            if kind in _WITHIN:
                pending.append((first, last))
            elif kind == b"tkhd":
                wide, high = struct.unpack_from(">II", data, first + (88 if data[first] == 1 else 76))
                track.width, track.height = wide >> 16, high >> 16
            elif kind == b"mdhd":
                found.seconds = _longest(found.seconds, _duration(data, first))
            elif kind == b"hdlr":
                track.handler = data[first + 8 : first + 12]
            elif kind == b"stsd" and last - first >= 16:
                track.codec = data[first + 12 : first + 16].decode("ascii", "replace")
    if track.handler == b"soun":
        found.sound = True
    elif track.handler == b"vide":
        found.tracks += 1
        if track.width * track.height >= found.width * found.height:
            found.width, found.height, found.codec = track.width, track.height, track.codec


# -- WebM --------------------------------------------------------------------------------------------------

_HEAD, _DOC_TYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _TRACKS, _CLUSTER = 0x1549A966, 0x1654AE6B, 0x1F43B675
_SCALE, _DURATION, _ENTRY, _TYPE, _VIDEO, _WIDE, _HIGH = 0x2AD7B1, 0x4489, 0xAE, 0x83, 0xE0, 0xB0, 0xBA
_PICTURES, _SOUND = 1, 2


def _number(data: bytes, at: int, *, marked: bool) -> tuple[int, int, bool]:
    """A number of variable length: its value, where it ends, and whether it means "unknown". `marked`: it is an id,
    which includes the bit that marks its length."""
    first = data[at]
    if not first:
        raise BadVideo("the video has a number of more than eight bytes")
    length = 9 - first.bit_length()
    if at + length > len(data):
        raise BadVideo("the video is cut short")
    value = int.from_bytes(data[at : at + length], "big")
    plain = value & ((1 << 7 * length) - 1)
    return (value if marked else plain), at + length, plain == (1 << 7 * length) - 1


def _elements(data: bytes, at: int, end: int, found: _Found) -> Iterator[tuple[int, int, int]]:
    """(id, start, end) of the contents of each element; one of unknown length reaches to the end."""
    while at < end:
        found.step()
        name, at, _ = _number(data, at, marked=True)
        length, at, unknown = _number(data, at, marked=False)
        last = end if unknown else at + length
        if last > end:
            raise BadVideo("the video is cut short")
        yield name, at, last
        at = last


def _webm(data: bytes) -> VideoHeader:
    found, begun = _Found(), False
    for name, start, end in _elements(data, 0, len(data), found):
        if name == _HEAD:
            kinds = [data[first:last] for id_, first, last in _elements(data, start, end, found) if id_ == _DOC_TYPE]
            if kinds not in ([b"webm"], [b"matroska"]):
                raise BadVideo("the file is no WebM")
        elif name == _SEGMENT:
            begun = _segment(data, start, end, found) or begun
    if not begun or not found.tracks:
        raise BadVideo("the video is cut short: it has no " + ("track of pictures" if begun else "pictures"))
    return VideoHeader(WEBM, found.width, found.height, found.seconds, found.sound)


def _segment(data: bytes, start: int, end: int, found: _Found) -> bool:
    """Reads the metadata of a segment. Returns whether its pictures begin."""
    for name, first, last in _elements(data, start, end, found):
        if name == _CLUSTER:
            return True
        if name == _INFO:
            scale, duration = 1_000_000, None
            for id_, at, to in _elements(data, first, last, found):
                if id_ == _SCALE:
                    scale = int.from_bytes(data[at:to][:8], "big")
                elif id_ == _DURATION:
                    (duration,) = struct.unpack(">f" if to - at == 4 else ">d", data[at:to])
            found.seconds = None if duration is None or duration != duration else duration * scale / 1e9
        elif name == _TRACKS:
            for id_, at, to in _elements(data, first, last, found):
                if id_ == _ENTRY:
                    _entry(data, at, to, found)
    return False


def _entry(data: bytes, start: int, end: int, found: _Found) -> None:
    kind = wide = high = 0
    for name, first, last in _elements(data, start, end, found):
        if name == _TYPE:
            kind = int.from_bytes(data[first:last][:8], "big")
        elif name == _VIDEO:
            for id_, at, to in _elements(data, first, last, found):
                if id_ == _WIDE:
                    wide = int.from_bytes(data[at:to][:8], "big")
                elif id_ == _HIGH:
                    high = int.from_bytes(data[at:to][:8], "big")
    found.sound = found.sound or kind == _SOUND
    if kind == _PICTURES:
        found.tracks += 1
        if wide * high >= found.width * found.height:
            found.width, found.height = wide, high


# -- pictures that move ------------------------------------------------------------------------------------


def _moving_picture(data: bytes) -> VideoHeader:
    if len(data) > MAX_PICTURE_BYTES:
        raise VideoTooLarge(f"the animation has more than {MAX_PICTURE_BYTES // 1_000_000} MB")
    try:
        header = read_header(data)
    except BadPicture as error:
        raise BadVideo(str(error).replace("not a picture", "not a video")) from None
    if header.frames < 2:
        raise NoVideo(f"the answer is a {header.format} that does not move: this model makes no videos")
    return VideoHeader(header.mime, header.width, header.height, _plays(data, header))


def _plays(data: bytes, header: Header) -> float | None:
    """Seconds for one round of an animation; None for a PNG, of which nothing is read."""
    if header.format == "GIF":
        return _gif_plays(data)
    if header.format == "WEBP":
        if struct.unpack_from("<I", data, 4)[0] + 8 > len(data):
            raise BadVideo("the animation is cut short")
        return _webp_plays(data)
    return None


def _gif_plays(data: bytes) -> float:
    """Seconds of a GIF whose blocks `header` has counted. Raises BadVideo if its end is missing."""
    at, hundredths = 13 + palette_bytes(data[10]), 0
    while data[at] != 0x3B:
        if data[at] == 0x21:
            if data[at + 1] == 0xF9:
                hundredths += struct.unpack_from("<H", data, at + 4)[0]
            at, _ = skip_blocks(data, at + 2, 0)
        elif data[at] == 0x2C:
            at, _ = skip_blocks(data, at + 11 + palette_bytes(data[at + 9]), 0)
        else:
            at += 1
    return hundredths / 100


def _webp_plays(data: bytes) -> float:
    at, milliseconds = 12, 0
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        if kind == b"ANMF":
            low, high = struct.unpack_from("<HB", data, at + 8 + 12)
            milliseconds += low | high << 16
        at += 8 + length + (length & 1)
    return milliseconds / 1000
