"""Reads from an encoded picture's header, without a decoder, its format, its size, and what decoding will cost.

The sender chooses these numbers, and a few dozen bytes can claim gigabytes. So the header is read first, with nothing
but slices of the bytes, in a bounded number of steps, and a picture that would cost too much is refused before any
decoder sees it. The formats are those of RFC 2083 (PNG), ITU-T T.81 (JPEG), RFC 9649 (WebP), GIF89a, BMP, TIFF 6.0 and
ISO/IEC 23008-12 (HEIF, with AVIF).
"""

import re
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from providers.errors import BadPicture

MAX_BYTES = 25_000_000
MAX_PIXELS = 50_000_000
MAX_MEMORY = 112_000_000  # bytes for the encoded picture and all that decoding holds; a worker's limit lies above it
MAX_FRAMES = 1000
MAX_SCANS = 64  # of a JPEG; encoders make 1 to 14
MAX_SCANNED = 2_000_000_000  # pixels x components x scans of a progressive JPEG: a third of a second
MAX_STEPS = 20_000  # chunks, segments or boxes of one picture
MAX_GIF_BLOCKS = 200_000  # of at most 255 bytes each
MAX_TEXT = 16_000_000  # bytes; ComfyUI keeps whole workflows in a PNG's text
MAX_PACKED_CHUNKS, MAX_PACKED = 16, 2_000_000  # compressed text and colour profiles: how many, and bytes of all
MAX_FILLING = 1000  # bytes between two segments of a JPEG
MAX_RLE_PIXELS, MAX_RLE_BYTES = 2_000_000, 300_000  # Pillow unpacks run lengths of a BMP in Python
# HEIC takes up to 0.17 s of CPU for each megabyte, whatever it shows; 12 megapixels of a phone have 1 to 3 MB.
MAX_HEIF_BYTES = 4_000_000
MAX_TIFF_TAGS, MAX_TIFF_TAG_BYTES = 200, 4_000_000

# Below these a picture is decoded in a few hundredths of a second whatever its bytes are.
CHEAP_PIXELS, CHEAP_MEMORY, CHEAP_BYTES = 2048 * 2048, 48_000_000, 10_000_000
CHEAP_SCANS = 16

# Pillow's names of formats, and what they are called on the wire.
MIME_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
}
_CHEAP_FORMATS = frozenset({"PNG", "JPEG", "WEBP", "GIF", "BMP"})


@dataclass(frozen=True, slots=True)
class Header:
    """`format`: Pillow's name. Sizes are in pixels. `memory`: the most bytes that decoding holds, the encoded ones
    included. `scans`: of a JPEG. `frames`: how many frames a moving picture has, else 1."""

    format: str
    width: int
    height: int
    memory: int
    frames: int = 1
    scans: int = 1
    cheap: bool = False

    @property
    def mime(self) -> str:
        return MIME_TYPES[self.format]


@dataclass(slots=True)
class _Found:
    """What a reader has learned so far. `each` is bytes held for each pixel while it is decoded."""

    width: int = 0
    height: int = 0
    each: float = 4.0
    frames: int = 1
    scans: int = 1
    cheap: bool = True


_remembered = threading.local()


def read_header(data: bytes) -> Header:
    """The header of a picture. Raises BadPicture for what is no picture of a known format, is broken or cut short
    before its pixels begin, or would cost more than the bounds above to decode."""
    pairs: Sequence[tuple[bytes, Header]] = getattr(_remembered, "pairs", ())
    for known, header in pairs:
        if known is data:
            return header
    if len(data) > MAX_BYTES:
        raise BadPicture(f"the picture has more than {MAX_BYTES // 1_000_000} MB")
    format_, reader = next(((name, reader) for matches, name, reader in _READERS if matches(data)), (None, None))
    if format_ is None or reader is None:
        raise BadPicture(f"not a picture: {_first_words(data)}")
    try:
        found = reader(data)
    except (struct.error, IndexError):
        raise BadPicture(f"the {format_} is cut short") from None
    _check(found, format_)
    pixels = found.width * found.height
    memory = len(data) + int(pixels * found.each)
    if memory > MAX_MEMORY:
        raise BadPicture(f"a {format_} of {found.width}x{found.height} pixels takes {memory // 1_000_000} MB to decode")
    cheap = (
        found.cheap
        and format_ in _CHEAP_FORMATS
        and pixels <= CHEAP_PIXELS
        and memory <= CHEAP_MEMORY
        and len(data) <= CHEAP_BYTES
    )
    return Header(format_, found.width, found.height, memory, found.frames, found.scans, cheap)


@contextmanager
def remembered(pairs: list[tuple[bytes, Header]]) -> Iterator[None]:
    """Inside the block this thread does not read these headers again: half a millisecond of a large JPEG's."""
    _remembered.pairs = pairs
    try:
        yield
    finally:
        _remembered.pairs = ()


def _check(found: _Found, format_: str) -> None:
    if found.width < 1 or found.height < 1:
        raise BadPicture(f"the {format_} has no pixels")
    if found.width * found.height > MAX_PIXELS:
        raise BadPicture(f"the {format_} has {found.width}x{found.height} pixels, more than 50 megapixels")
    if found.frames > MAX_FRAMES:
        raise BadPicture(f"the {format_} has more than {MAX_FRAMES} frames")


# -- PNG --------------------------------------------------------------------------------------------------

_PNG_TEXT = frozenset({b"tEXt", b"iTXt", b"eXIf"})
_PNG_PACKED = frozenset({b"zTXt", b"iCCP"})
# By colour type: in Pillow's memory, and a share for the reduced copy that is made of it.
_PNG_EACH = {0: 1.6, 2: 4.6, 3: 1.6, 4: 4.6, 6: 4.6}


def _png(data: bytes) -> _Found:
    if data[12:16] != b"IHDR":
        raise BadPicture("the PNG does not begin with its header")
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    if colour not in _PNG_EACH or depth not in {1, 2, 4, 8, 16}:
        raise BadPicture(f"the PNG has colour type {colour} at {depth} bits")
    found = _Found(width, height, max(_PNG_EACH[colour], 2.6 if depth == 16 else 0.0))
    text = packed = chunks = fill = 0
    for kind, start, length in _chunks(data, 8, ">I4s", trailing=4):
        if kind in _PNG_PACKED or (kind == b"iTXt" and _is_packed(data, start, length)):
            packed, chunks = packed + length, chunks + 1
        elif kind in _PNG_TEXT:
            text += length
        elif kind == b"acTL":
            found.frames = max(found.frames, struct.unpack_from(">I", data, start)[0])
        elif kind == b"fcTL":
            fill += 1
        elif kind == b"IEND":
            break
    found.frames = max(found.frames, fill)
    if packed > MAX_PACKED or chunks > MAX_PACKED_CHUNKS or text > MAX_TEXT:
        raise BadPicture(f"the PNG has {packed + text} bytes of text and colour profiles")
    found.cheap = packed + text <= MAX_PACKED
    return found


def _is_packed(data: bytes, start: int, length: int) -> bool:
    end = data.find(b"\0", start, start + min(length, 80))  # of the keyword, which has at most 79 bytes
    return end < 0 or data[end + 1 : end + 2] != b"\0"


def _chunks(
    data: bytes, at: int, form: str, *, trailing: int = 0, even: bool = False
) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, length) of each chunk. The last one's bytes may be missing; its decoder reports that."""
    head, big = struct.Struct(form), form.startswith(">")
    for _ in range(MAX_STEPS):
        if at + head.size > len(data):
            return
        first, second = head.unpack_from(data, at)
        kind, length = (second, first) if big else (first, second)
        yield kind, at + head.size, length
        at += head.size + length + trailing + (length & 1 if even else 0)
    raise BadPicture(f"the picture has more than {MAX_STEPS} chunks")


# -- JPEG -------------------------------------------------------------------------------------------------

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # within a scan: neither a stuffed byte nor a restart
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive, Huffman-coded
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_SOS, _EOI, _APP1 = 0xDA, 0xD9, 0xE1


@dataclass(slots=True)
class _Jpeg:
    """What the segments of a JPEG have said so far. `planes`: samples for each pixel. `whole`: the coefficients of the
    whole picture are held until the last scan, because there are several scans."""

    width: int = 0
    height: int = 0
    components: int = 0
    planes: float = 0.0
    scans: int = 0
    whole: bool = False
    has_exif: bool = False

    def hear(self, marker: int, data: bytes, at: int, length: int) -> None:
        """Reads one segment, whose length is at `at`. Raises BadPicture."""
        if marker in _OTHER_FRAMES:
            raise BadPicture(f"the JPEG is of a kind that is not decoded here (SOF{marker - 0xC0})")
        if marker in _FRAMES:
            if self.components:
                raise BadPicture("the JPEG has two frames")
            self.height, self.width, self.components = struct.unpack_from(">HHB", data, at + 3)
            self.planes = _planes(data, at + 8, self.components)
            self.whole = marker == 0xC2
        elif marker == _SOS:
            if not self.components:
                raise BadPicture("the JPEG has pixels before their size")
            self.scans += 1
            self.whole = self.whole or data[at + 2] < self.components
            if self.scans > MAX_SCANS:
                raise BadPicture(f"the JPEG has more than {MAX_SCANS} scans")
        elif marker == _APP1 and data[at + 2 : at + 8] == b"Exif\0\0":
            if self.has_exif:  # Pillow joins them
                raise BadPicture("the JPEG has EXIF twice")
            self.has_exif = True
            _check_exif(data[at + 8 : at + length])


def _jpeg(data: bytes) -> _Found:
    heard, at = _Jpeg(), 2
    for _ in range(MAX_STEPS):
        at, marker = _marker(data, at)
        if marker is None or marker == _EOI:
            break
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2:
            raise BadPicture("the JPEG has a segment without a length")
        heard.hear(marker, data, at, length)
        at += length
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, at)
            at = following.start() if following else len(data)
    else:
        raise BadPicture(f"the JPEG has more than {MAX_STEPS} segments")
    if not heard.scans:
        raise BadPicture("the JPEG has no pixels")
    if heard.whole and heard.width * heard.height * heard.planes * heard.scans > MAX_SCANNED:
        raise BadPicture(f"the JPEG of {heard.width}x{heard.height} pixels has {heard.scans} scans")
    # Without a full picture of coefficients it is decoded at a fraction of its size, by rows.
    each = 2 * heard.planes if heard.whole else 0.5
    return _Found(heard.width, heard.height, each, scans=heard.scans, cheap=heard.scans <= CHEAP_SCANS)


def _marker(data: bytes, at: int) -> tuple[int, int | None]:
    """The start of the next marker's segment, and the marker; None: the bytes end."""
    if at >= len(data):
        return at, None
    if data[at] != 0xFF:
        raise BadPicture("the JPEG has something else between its segments")
    begin = at
    while at < len(data) and data[at] == 0xFF:
        at += 1
        if at - begin > MAX_FILLING:
            raise BadPicture("the JPEG has more filling than segments")
    if at >= len(data):
        return at, None
    if data[at] == 0:
        raise BadPicture("the JPEG has something else between its segments")
    return at + 1, data[at]


def _planes(data: bytes, at: int, components: int) -> float:
    """Samples for each pixel over all components: 3 without subsampling, 1.5 with 4:2:0."""
    if components not in {1, 3, 4}:
        raise BadPicture(f"the JPEG has {components} components")
    samplings = [data[at + 3 * index + 1] for index in range(components)]
    factors = [(sampling >> 4, sampling & 15) for sampling in samplings]
    if not all(1 <= wide <= 4 and 1 <= high <= 4 for wide, high in factors):
        raise BadPicture("the JPEG has impossible sampling factors")
    if components == 1:
        return 1.0
    widest, highest = max(wide for wide, _ in factors), max(high for _, high in factors)
    return sum(wide * high for wide, high in factors) / (widest * highest)


# -- WebP -------------------------------------------------------------------------------------------------


def _webp(data: bytes) -> _Found:
    found = _Found(each=16.0, frames=0)  # the frame, the canvas, its copy and Pillow's own
    extra = 0
    for kind, start, length in _chunks(data, 12, "<4sI", even=True):
        if kind == b"VP8X":
            _widen(found, 1 + _int24(data, start + 4), 1 + _int24(data, start + 7))
        elif kind == b"ANMF":
            found.frames += 1
            _widen(found, 1 + _int24(data, start + 6), 1 + _int24(data, start + 9))
        elif kind == b"VP8 ":
            if data[start + 3 : start + 6] != b"\x9d\x01\x2a":
                raise BadPicture("the WebP has no key frame")
            width, height = struct.unpack_from("<HH", data, start + 6)
            _widen(found, width & 0x3FFF, height & 0x3FFF)
        elif kind == b"VP8L":
            if data[start] != 0x2F:
                raise BadPicture("the WebP has no lossless header")
            (bits,) = struct.unpack_from("<I", data, start + 1)
            _widen(found, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF))
        elif kind in {b"ICCP", b"EXIF", b"XMP "}:
            extra += length
    if extra > MAX_PACKED:
        raise BadPicture(f"the WebP has {extra} bytes of text and colour profiles")
    found.frames = max(found.frames, 1)
    return found


def _widen(found: _Found, width: int, height: int) -> None:
    """Enlarges the size: the canvas and each frame claim one, and the largest may have to be held."""
    found.width, found.height = max(found.width, width), max(found.height, height)


def _int24(data: bytes, at: int) -> int:
    low, high = struct.unpack_from("<HB", data, at)
    return int(low | high << 16)


# -- GIF --------------------------------------------------------------------------------------------------


def _gif(data: bytes) -> _Found:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    found = _Found(width, height, each=6.0, frames=0)  # indices, and their colours when transparency is resolved
    at = 13 + palette_bytes(flags)
    steps, remarks = 0, 0
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
            found.frames += 1
            _widen(found, left + wide, top + high)
            if found.frames > MAX_FRAMES:
                return found
            at, blocks = skip_blocks(data, at + 11 + palette_bytes(flags), steps)
        elif data[at] == 0x21:
            begin = at
            at, blocks = skip_blocks(data, at + 2, steps)
            remarks += at - begin
        else:  # Pillow skips such a byte
            at, blocks = at + 1, 1
        steps += blocks
        if steps > MAX_GIF_BLOCKS:
            raise BadPicture(f"the GIF has more than {MAX_GIF_BLOCKS} blocks")
    if remarks > MAX_PACKED // 2:
        raise BadPicture(f"the GIF has {remarks} bytes of comments")
    if not found.frames:
        raise BadPicture("the GIF has no frame")
    return found


def palette_bytes(flags: int) -> int:
    """The length in bytes of the palette of a GIF, or of one of its frames, by the flags."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def skip_blocks(data: bytes, at: int, steps: int) -> tuple[int, int]:
    """The end of the GIF blocks that begin at `at`, and their number. `steps`: how many blocks came before. Raises
    BadPicture for more than MAX_GIF_BLOCKS in all."""
    blocks = 1
    while at < len(data) and data[at]:
        at += data[at] + 1
        blocks += 1
        if steps + blocks > MAX_GIF_BLOCKS:
            raise BadPicture(f"the GIF has more than {MAX_GIF_BLOCKS} blocks")
    return at + 1, blocks


# -- BMP --------------------------------------------------------------------------------------------------

_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_RAW, _RLE8, _RLE4, _BITFIELDS, _ALPHA_BITFIELDS = 0, 1, 2, 3, 6


def _bmp(data: bytes) -> _Found:
    (size,) = struct.unpack_from("<I", data, 14)
    if size not in _BMP_HEADERS:
        raise BadPicture(f"the BMP has a header of {size} bytes")
    if size == 12:
        width, height, _, bits = struct.unpack_from("<HHHH", data, 18)
        packing = _RAW
    else:
        width, height, _, bits, packing = struct.unpack_from("<iiHHI", data, 18)
        height = abs(height)  # from the top down
    if bits not in {1, 2, 4, 8, 16, 24, 32} or packing not in {_RAW, _RLE8, _RLE4, _BITFIELDS, _ALPHA_BITFIELDS}:
        raise BadPicture(f"the BMP has {bits} bits a pixel, packing {packing}")
    pixels = max(width, 0) * height
    if packing in {_RLE8, _RLE4}:
        if pixels > MAX_RLE_PIXELS or len(data) > MAX_RLE_BYTES:
            raise BadPicture("the BMP is packed and too large to unpack")
    elif pixels * bits // 8 > len(data):
        raise BadPicture("the BMP is cut short")
    return _Found(width, height, each=4.6 if bits > 8 else 1.6, cheap=packing not in {_RLE8, _RLE4})


# -- TIFF -------------------------------------------------------------------------------------------------

_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_TIFF_PACKINGS = frozenset({1, 5, 8, 32773, 32946})  # none, LZW, deflate, PackBits; the rest is faxes and JPEGs
_WIDTH, _HEIGHT, _BITS, _PACKING, _SAMPLES, _TILE_WIDTH, _TILE_HEIGHT = 256, 257, 258, 259, 277, 322, 323


def _check_exif(data: bytes) -> None:
    """Checks EXIF, which is a TIFF without a picture: Pillow copies the data of each entry by itself. Raises
    BadPicture."""
    try:
        _first_directory(data)
    except struct.error:
        return  # Pillow does not read it either


def _first_directory(data: bytes) -> dict[int, int]:
    """The plain numbers of a TIFF's first directory, by tag. Raises BadPicture if reading all of it would take too
    much."""
    order = "<" if data[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if count > MAX_TIFF_TAGS:
        raise BadPicture(f"the picture has {count} TIFF or EXIF tags")
    values: dict[int, int] = {}
    held = 0
    for index in range(count):
        entry = at + 2 + 12 * index
        tag, kind, number = struct.unpack_from(f"{order}HHI", data, entry)
        held += _TIFF_SIZES.get(kind, 8) * number
        if held > MAX_TIFF_TAG_BYTES:
            raise BadPicture(f"the picture has more than {MAX_TIFF_TAG_BYTES} bytes of TIFF or EXIF tags")
        if kind == 3 and number <= 2:
            values[tag] = struct.unpack_from(f"{order}H", data, entry + 8)[0]
        elif kind == 4 and number == 1:
            values[tag] = struct.unpack_from(f"{order}I", data, entry + 8)[0]
    return values


def _tiff(data: bytes) -> _Found:
    values = _first_directory(data)
    if values.get(_PACKING, 1) not in _TIFF_PACKINGS:
        raise BadPicture(f"the TIFF is packed in a way that is not read here ({values[_PACKING]})")
    if values.get(_SAMPLES, 1) > 5 or values.get(_BITS, 8) > 32:
        raise BadPicture("the TIFF has too many samples a pixel")
    width, height = values.get(_WIDTH, 0), values.get(_HEIGHT, 0)
    tile = values.get(_TILE_WIDTH, 0) * values.get(_TILE_HEIGHT, 0)
    if tile > MAX_PIXELS:
        raise BadPicture("the TIFF has tiles of more than 50 megapixels")
    # A strip or a tile may be as large as the picture, and stands beside Pillow's own.
    each = 4.0 + values.get(_SAMPLES, 1) * max(values.get(_BITS, 8), 8) / 8
    return _Found(max(width, values.get(_TILE_WIDTH, 0)), max(height, values.get(_TILE_HEIGHT, 0)), each)


# -- AVIF and HEIF ----------------------------------------------------------------------------------------

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_CONTAINERS = {b"meta": 4, b"iprp": 0, b"ipco": 0}  # boxes that hold boxes, and the bytes before those


def _brands(data: bytes) -> set[bytes]:
    if data[4:8] != b"ftyp":
        return set()
    (length,) = struct.unpack_from(">I", data)
    listed = data[16 : min(length, 256)]
    return {data[8:12], *(listed[at : at + 4] for at in range(0, len(listed), 4))}


def _is_avif(data: bytes) -> bool:
    return bool(_brands(data) & _AVIF_BRANDS)


def _is_heif(data: bytes) -> bool:
    brands = _brands(data)
    return bool(brands & _HEIF_BRANDS) and not brands & _AVIF_BRANDS


def box_at(data: bytes, at: int, end: int) -> tuple[bytes, int, int]:
    """The kind of the ISO base media box (ISO/IEC 14496-12) that begins here, the bytes of its head, and those of the
    whole box, which may be cut short. `end`: of what it is in. Raises struct.error if the head is cut short."""
    length, kind = struct.unpack_from(">I4s", data, at)
    if length == 1:
        return kind, 16, struct.unpack_from(">Q", data, at + 8)[0]
    return kind, 8, length or end - at


def _isobmff(data: bytes, each: float) -> _Found:
    found = _Found(each=each)
    pending, steps = [(0, len(data))], 0
    while pending:
        at, end = pending.pop()
        while at + 8 <= end:
            steps += 1
            if steps > MAX_STEPS:
                raise BadPicture(f"the picture has more than {MAX_STEPS} boxes")
            kind, head, length = box_at(data, at, end)
            if length < head:
                raise BadPicture("the picture has a box without a length")
            if kind == b"ispe":
                _widen(found, *struct.unpack_from(">II", data, at + head + 4))
            elif kind == b"moov":
                found.frames = 2  # a sequence; how many does not matter, the first one is the picture
            elif kind in _CONTAINERS:
                pending.append((at + head + _CONTAINERS[kind], min(at + length, end)))
            at += length
    return found


def _avif(data: bytes) -> _Found:
    return _isobmff(data, 16.0)


def _heif(data: bytes) -> _Found:
    if len(data) > MAX_HEIF_BYTES:
        raise BadPicture(f"a HEIC of {len(data) / 1_000_000:.1f} MB takes too long to decode")
    return _isobmff(data, 8.0)


def _first_words(data: bytes) -> str:
    """The beginning of a body that is no picture, for the operator: usually HTML or JSON with a reason in it."""
    if not data:
        return "nothing"
    if data.lstrip()[:1] not in {b"<", b"{", b"["}:  # it may be anything, also a private file
        return "of no format that is read here"
    return repr(data[:60].decode("utf-8", "replace"))


_READERS: tuple[tuple[Callable[[bytes], bool], str, Callable[[bytes], _Found]], ...] = (
    (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), "PNG", _png),
    (lambda data: data.startswith(b"\xff\xd8\xff"), "JPEG", _jpeg),
    (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", "WEBP", _webp),
    (lambda data: data.startswith((b"GIF87a", b"GIF89a")), "GIF", _gif),
    (lambda data: data.startswith(b"BM"), "BMP", _bmp),
    (lambda data: data.startswith((b"II*\0", b"MM\0*")), "TIFF", _tiff),
    (_is_avif, "AVIF", _avif),
    (_is_heif, "HEIF", _heif),
)
