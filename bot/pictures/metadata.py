"""What a picture file says of its origin, written and read: A1111's `parameters`, IPTC's digital source type in XMP.

Chunks and segments are put in without decoding, so pixels stay as they are. What the back-end wrote about the making
(ComfyUI puts its whole workflow there, with paths) is replaced. A picture with a C2PA manifest stays byte for byte: the
manifest names the bytes around it, and one changed byte makes it invalid.

PNG: a text chunk `parameters`, and `XML:com.adobe.xmp`. JPEG and WebP: EXIF UserComment, and XMP. Other formats stay as
they are.
"""

import struct
import zlib
from collections.abc import Iterator
from html import escape
from typing import Literal

from providers.pictures.header import MAX_STEPS

PictureMetadata = Literal["full", "no-prompt", "off"]  # what is said: all, all but the prompt, nothing

CREATOR = "imagine-bot"
# https://cv.iptc.org/newscodes/digitalsourcetype/
GENERATED = "trainedAlgorithmicMedia"
EDITED = "compositeWithTrainedAlgorithmicMedia"  # somebody's own picture, changed by a model
UNTRAINED = "algorithmicMedia"
MAX_TEXT = 1_000_000  # bytes of one text that is read
MAX_PARAMETERS = 30_000  # UTF-16 units; EXIF in a JPEG has room for 32 700

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_SOI, _SOS, _APP0, _APP1, _APP11, _COM = 0xD8, 0xDA, 0xE0, 0xE1, 0xEB, 0xFE
_ORIENTATION, _EXIF_IFD, _USER_COMMENT = 0x0112, 0x8769, 0x9286
_SHORT, _LONG, _UNDEFINED = 3, 4, 7
_MODEL = 0x0110
_SIZES = {1: 1, 2: 1, _LONG: 4, _UNDEFINED: 1}  # bytes of a value, by its type
_MAX_TAGS = 200
_PNG_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_FIELDS = frozenset({"parameters", "prompt", "Software", "Comment", "Description"})
_WEBP_ALPHA, _WEBP_EXIF, _WEBP_XMP = 0x10, 0x08, 0x04


class LeaveItError(Exception):
    """It has a manifest, or is laid out in a way that is not changed here."""


def with_metadata(data: bytes, source: str, parameters: str = "") -> bytes:
    """The same picture with these; `source` is an IPTC digital source type. "" as `source`: as it is.

    Costs a copy of the bytes and at most MAX_STEPS steps.
    """
    if not source:
        return data
    if utf16_units(parameters) > MAX_PARAMETERS:
        parameters = ""
    try:
        if data.startswith(_PNG):
            return _png(data, source, parameters)
        if data.startswith(_JPEG):
            return _jpeg(data, source, parameters)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data, source, parameters)
    except (LeaveItError, struct.error, IndexError):
        pass
    return data


def has_manifest(data: bytes) -> bool:
    """Whether it has a C2PA manifest, or is laid out in a way that is not read here."""
    try:
        if data.startswith(_PNG):
            return any(kind == b"caBX" for kind, _, _ in _png_chunks(data, 8))
        if data.startswith(_JPEG):
            return any(marker == _APP11 and data[at + 4 : at + 6] == b"JP" for marker, at, _ in _jpeg_segments(data))
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
            return any(kind == b"C2PA" for kind, _, _ in _webp_chunks(data, end))
    except (LeaveItError, struct.error, IndexError):
        return True
    return False


def texts_of(data: bytes) -> dict[str, str]:
    """The texts by which tools say how they made a picture, by their keys in a PNG; the first of each key counts.

    Raises LeaveItError, struct.error, IndexError and zlib.error for what is broken."""
    found: dict[str, str] = {}
    if data.startswith(_PNG):
        for kind, start, length in _png_chunks(data, 8):
            if kind in _PNG_TEXTS and length <= MAX_TEXT:
                key, text = _png_read(kind, data[start : start + length])
                if key in _FIELDS:
                    found.setdefault(key, text)
    elif data.startswith(_JPEG):
        for marker, at, end in _jpeg_segments(data):
            if marker == _APP1 and data.startswith(_EXIF, at + 4):
                found |= _exif_texts(data[at + 4 + len(_EXIF) : end])
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        for kind, start, length in _webp_chunks(data, len(data)):
            if kind == b"EXIF" and length <= 2 * MAX_TEXT:
                found |= _exif_texts(data[start : start + length].removeprefix(_EXIF))
    return found


def _png_read(kind: bytes, body: bytes) -> tuple[str, str]:
    """The key and the text of a chunk; ("", "") where it is none, or unpacks to more than MAX_TEXT."""
    key, _, rest = body.partition(b"\0")
    packed, form = kind == b"zTXt", "latin-1"
    if kind == b"iTXt":
        packed, form = rest[:1] == b"\1", "utf-8"
        rest = rest[1:2] + rest[2:].split(b"\0", 2)[-1]  # the method of packing, without two names of the language
    if len(key) > 79 or (packed and rest[:1] != b"\0"):
        return "", ""
    if packed:
        unpacker = zlib.decompressobj()
        rest = unpacker.decompress(rest[1:], MAX_TEXT)
        if not unpacker.eof:
            return "", ""
    elif kind == b"iTXt":
        rest = rest[1:]
    return key.decode("latin-1"), rest.decode(form, "replace")


def _exif_texts(tiff: bytes) -> dict[str, str]:
    order = "<" if tiff[:2] == b"II" else ">"
    tags = _tags(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0])
    found: dict[str, str] = {}
    name, _, graph = tags.get(_MODEL, b"").partition(b":")
    if name == b"prompt":  # ComfyUI
        found["prompt"] = graph.rstrip(b"\0").decode("utf-8", "replace")
    if len(at := tags.get(_EXIF_IFD, b"")) == 4:
        comment = _tags(tiff, order, struct.unpack(f"{order}I", at)[0]).get(_USER_COMMENT, b"")
        if comment.startswith(b"UNICODE\0"):
            found["parameters"] = _utf16(comment[8:])
        elif comment.startswith(b"ASCII\0\0\0"):
            found["parameters"] = comment[8:].decode("utf-8", "replace")
    return found


def _utf16(text: bytes) -> str:
    """Either byte order: which one is meant shows in where the zeros of its ASCII stand."""
    little = text[1:4000:2].count(0) > text[0:4000:2].count(0)
    return text.decode("utf-16-le" if little else "utf-16-be", "replace")


def _tags(tiff: bytes, order: str, at: int) -> dict[int, bytes]:
    """The values of those tags of a directory that are read here. Raises struct.error."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    found: dict[int, bytes] = {}
    for entry in range(at + 2, at + 2 + 12 * min(count, _MAX_TAGS), 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", tiff, entry)
        if tag not in {_MODEL, _EXIF_IFD, _USER_COMMENT} or kind not in _SIZES:
            continue
        length = number * _SIZES[kind]
        (place,) = struct.unpack_from(f"{order}I", tiff, entry + 8)
        begin = entry + 8 if length <= 4 else place
        if length <= 2 * MAX_TEXT:
            found.setdefault(tag, tiff[begin : begin + length])
    return found


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def xmp(source: str) -> bytes:
    """The XMP packet for this digital source type."""
    kind = escape(f"http://cv.iptc.org/newscodes/digitalsourcetype/{source}")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'Iptc4xmpExt:DigitalSourceType="{kind}" xmp:CreatorTool="{escape(CREATOR)}"/></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def exif(comment: str, orientation: int = 1) -> bytes:
    """A TIFF with a UserComment and, unless it is 1, an orientation; b"" for neither. By hand: Pillow writes the
    comment with a type that A1111's reader does not take."""
    entries: list[tuple[int, int, int, bytes]] = []
    if orientation != 1:
        entries.append((_ORIENTATION, _SHORT, 1, struct.pack(">HH", orientation, 0)))
    after = 8 + 2 + 12 * (len(entries) + bool(comment)) + 4
    if comment:
        entries.append((_EXIF_IFD, _LONG, 1, struct.pack(">I", after)))
    if not entries:
        return b""
    body = b"MM\0*" + struct.pack(">IH", 8, len(entries))
    body += b"".join(struct.pack(">HHI", *entry[:3]) + entry[3] for entry in entries) + bytes(4)
    if comment:
        value = b"UNICODE\0" + comment.encode("utf-16-be", "replace")
        body += struct.pack(">HHHIII", 1, _USER_COMMENT, _UNDEFINED, len(value), after + 18, 0) + value
    return body


def _orientation(tiff: bytes) -> int:
    """That of the first directory; 1 where it says none."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * min(count, _MAX_TAGS), 12):
            tag, kind, number, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if (tag, kind, number) == (_ORIENTATION, _SHORT, 1):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


# -- PNG --------------------------------------------------------------------------------------------------


def _png(data: bytes, source: str, parameters: str) -> bytes:
    if data[12:16] != b"IHDR":
        raise LeaveItError
    view, kept = memoryview(data), list[memoryview]()  # copied once, when all is joined
    begin = at = 8 + 25  # behind the header
    orientation = 1
    for kind, start, length in _png_chunks(data, at):
        end = start + length + 4
        if kind == b"caBX":
            raise LeaveItError
        if kind in _TEXTS:
            if kind == b"eXIf":
                orientation = _orientation(data[start : start + length])
            kept.append(view[begin : start - 8])
            begin = end
    kept.append(view[begin:])
    ours = [data[: 8 + 25]]
    if parameters:
        ours.append(_png_text("parameters", parameters))
    ours.append(_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(source)))
    if orientation != 1:
        ours.append(_png_chunk(b"eXIf", exif("", orientation)))
    return b"".join([*ours, *kept])


def _png_chunks(data: bytes, at: int) -> Iterator[tuple[bytes, int, int]]:
    """Whole ones only: what is cut short stays."""
    for _ in range(MAX_STEPS):
        if at + 12 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        yield kind, at + 8, length
        if kind == b"IEND":
            return
        at += 12 + length
    raise LeaveItError


def _png_text(key: str, text: str) -> bytes:
    try:
        return _png_chunk(b"tEXt", key.encode() + b"\0" + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _png_chunk(b"iTXt", key.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "replace"))


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# -- JPEG -------------------------------------------------------------------------------------------------


def _jpeg(data: bytes, source: str, parameters: str) -> bytes:
    view, kept = memoryview(data), list[memoryview]()
    begin = 2
    first = 2  # where ours go: behind the JFIF header
    orientation = 1
    for marker, at, end in _jpeg_segments(data):
        body = at + 4
        if marker == _APP11 and data[body : body + 2] == b"JP":
            raise LeaveItError
        if marker == _APP0 and at == 2:
            first = begin = end
        elif marker == _COM or (marker == _APP1 and data.startswith((_EXIF, _XMP, _XMP_MORE), body)):
            if data.startswith(_EXIF, body):
                orientation = _orientation(data[body + len(_EXIF) : end])
            kept.append(view[begin:at])
            begin = end
    kept.append(view[begin:])
    ours = [data[:first]]
    if tiff := exif(parameters, orientation):
        ours.append(_segment(_EXIF + tiff))
    ours.append(_segment(_XMP + xmp(source)))
    return b"".join([*ours, *kept])


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, where it stands, where its segment ends) of all before the pixels."""
    at = 2
    for _ in range(MAX_STEPS):
        if data[at] != 0xFF:
            raise LeaveItError
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _SOS:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or 0xD0 <= marker <= 0xD9 or marker in {0x00, 0x01}:
            raise LeaveItError
        yield marker, at, at + 2 + length
        at += 2 + length
    raise LeaveItError


def _segment(body: bytes) -> bytes:
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# -- WebP -------------------------------------------------------------------------------------------------


def _webp(data: bytes, source: str, parameters: str) -> bytes:
    view, kept = memoryview(data), list[memoryview]()
    extended: bytes | None = None
    orientation = 1
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    for kind, start, length in _webp_chunks(data, end):
        if kind == b"C2PA":
            raise LeaveItError
        if kind == b"VP8X":
            extended = data[start : start + 10]
        elif kind == b"EXIF":
            orientation = _orientation(data[start : start + length].removeprefix(_EXIF))
        elif kind != b"XMP ":
            kept.append(view[start - 8 : start + length + (length & 1)])
            if length & 1 and start + length == len(data):  # the last one, without the byte that makes it even
                kept.append(memoryview(b"\0"))
            if extended is None:
                extended = _plain_webp(kind, data[start : start + 10])
    if extended is None or len(extended) != 10:
        raise LeaveItError
    tiff = exif(parameters, orientation)
    flags = (extended[0] & ~_WEBP_EXIF) | _WEBP_XMP | (_WEBP_EXIF if tiff else 0)
    chunks: list[bytes | memoryview] = [_riff(b"VP8X", bytes([flags]) + extended[1:]), *kept]
    if tiff:
        chunks.append(_riff(b"EXIF", tiff))
    chunks.append(_riff(b"XMP ", xmp(source)))
    return b"".join([b"RIFF", struct.pack("<I", 4 + sum(map(len, chunks))), b"WEBP", *chunks])


def _webp_chunks(data: bytes, end: int) -> Iterator[tuple[bytes, int, int]]:
    at = 12
    for _ in range(MAX_STEPS):
        if at + 8 > end:
            return
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise LeaveItError
        yield kind, at + 8, length
        at += 8 + length + (length & 1)
    raise LeaveItError


def _plain_webp(kind: bytes, head: bytes) -> bytes:
    """The header VP8X of a file that had none: its size, and whether it has an alpha channel."""
    if kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", head, 6))
        alpha = False
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 1)
        width, height, alpha = 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), bool(bits >> 28 & 1)
    else:
        raise LeaveItError
    low, high = struct.pack("<I", width - 1)[:3], struct.pack("<I", height - 1)[:3]
    return bytes([_WEBP_ALPHA if alpha else 0, 0, 0, 0]) + low + high


def _riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)
