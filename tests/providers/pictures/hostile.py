"""Hostile pictures of every format that is opened, made here: small files that claim much, or lie.

`python -m tests.providers.pictures.hostile FOLDER` writes them out, to be tried on something else.
"""

import base64
import io
import struct
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PIL import Image

# 32x24, made with pillow-heif 1.8: Pillow itself cannot write HEIC.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA"
    "AERAAAEAAQAAAAABoAABAAAAAAAAAJsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADc"
    "aXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAA"
    "AwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFw"
    "AAAAIAAAAAEAAAAYAAAAAf///+AAAAAC////2AAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAo21kYXQAAACX"
    "KAGvCchnp5I5I1d//7zlOR+iyP/+oDWK3/u9F//ISJv/EjD+U6/07tpE5/HLgDdq/P83xEkVX0CbvaoA84Xh2EXLbEJbx66JMaxP1V5/QMM9i1yD"
    "lgeesUcgcjUqcRZT2vnQ2X5bwGJ4mUEqVATxLi+Bj0CiT9WO52ihJs3FU5E4s4exAwioAkYMcFPTUqBeW99fqjFS7g=="
)
# 7070x7070 and lossless in 46 bytes; 770 MB to decode.
WEBP_BOMB = bytes.fromhex(
    "5249464626000000574542505650384c190000002f9d5be716075081540820000a1a02495bbced8f8f88e87f0000"
)


def saved(size: tuple[int, int], form: str, mode: str = "RGB", **options: Any) -> bytes:  # of any format
    body = io.BytesIO()
    Image.new(mode, size, (200, 30, 90, 128)[: len(mode)] if mode.startswith("RGB") else 120).save(
        body, form, **options
    )
    return body.getvalue()


# -- PNG --------------------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int,
    height: int,
    *,
    depth: int = 8,
    colour: int = 2,
    interlaced: bool = False,
    before: Iterable[bytes] = (),
    after: Iterable[bytes] = (),
    pixels: bool = True,
) -> bytes:
    """One colour all over, which packs a thousandfold."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = 1 + -(-width * samples * depth // 8)
    packed = packed_zeros(row * (height if pixels else 1))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    palette = chunk(b"PLTE", bytes(768)) if colour == 3 else b""
    parts = (chunk(b"IHDR", header), *before, palette, chunk(b"IDAT", packed), *after, chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed_zeros(size: int) -> bytes:
    """What zlib makes of that many zeros. A block is packed once and repeated: each begins with an empty window."""
    block = 1 << 20
    packer = zlib.compressobj(9, wbits=-15)
    whole = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(size % block)) + packer.flush()
    return b"\x78\xda" + whole * (size // block) + rest + struct.pack(">HH", size % 65_521, 1)


def apng(frames: int) -> bytes:
    control = struct.pack(">IIIIIHHBB", 0, 64, 64, 0, 0, 1, 10, 0, 0)
    moving = (
        part
        for number in range(frames)
        for part in (chunk(b"fcTL", control), chunk(b"fdAT", struct.pack(">I", number) + zlib.compress(bytes(64))))
    )
    return png(64, 64, before=(chunk(b"acTL", struct.pack(">II", frames, 0)),), after=moving)


def packed_text(megabytes: int) -> bytes:
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(megabytes * 1_000_000), 9))


# -- JPEG -------------------------------------------------------------------------------------------------


def jpeg_scans(width: int, height: int, scans: int) -> bytes:
    """Progressive, grey: one real scan and `scans` more that refine nothing."""
    body = io.BytesIO()
    Image.new("L", (width, height), 90).save(body, "JPEG", progressive=True)
    plain = body.getvalue()
    blocks = -(-width // 8) * -(-height // 8)
    runs = b"".join(b"\xe0" + b"\x00" * 1 for _ in range(max(blocks // 30000, 1)))
    tables = segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\xe0")
    scan = tables + segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + runs
    return plain[:-2] + scan * scans + b"\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes, size: tuple[int, int] = (64, 64)) -> bytes:
    plain = saved(size, "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def resized_jpeg(width: int, height: int, **options: Any) -> bytes:
    """A small one that claims another size; its pixels end soon."""
    plain = saved((64, 64), "JPEG", **options)
    at = next(plain.index(bytes((0xFF, marker))) for marker in (0xC0, 0xC2) if bytes((0xFF, marker)) in plain)
    return plain[: at + 5] + struct.pack(">HH", height, width) + plain[at + 9 :]


def exif(tags: int, bytes_each: int) -> bytes:
    """Each entry points at the same bytes."""
    entries = b"".join(struct.pack("<HHII", 1000 + number, 7, bytes_each, 8) for number in range(tags))
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", tags) + entries + bytes(4)


def jpeg_exif(tags: int, bytes_each: int) -> bytes:
    body = exif(tags, bytes_each)
    return jpeg_with(segment(0xE1, b"Exif\0\0" + body + bytes(65_000 - len(body))))


# -- WebP -------------------------------------------------------------------------------------------------


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + (b"\0" if len(data) & 1 else b"") for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_lossless(width: int, height: int) -> bytes:
    """The bomb of 46 bytes at another size."""
    body = bytearray(WEBP_BOMB)
    bits = (width - 1) | (height - 1) << 14 | 1 << 28
    body[21:25] = struct.pack("<I", bits)
    return bytes(body)


def webp_canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    return b"VP8X", bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def webp_frames(frames: int, size: int = 64) -> bytes:
    inside = webp_lossless(size, size)[12:]
    frame = bytes(6) + (size - 1).to_bytes(3, "little") * 2 + (100).to_bytes(3, "little") + b"\0" + inside
    return riff(webp_canvas(size, size, 2), (b"ANIM", bytes(6)), *[(b"ANMF", frame)] * frames)


# -- GIF --------------------------------------------------------------------------------------------------

GIF_FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 4, 4, 0) + bytes.fromhex("08090001081c48b020808000")


def gif(width: int, height: int, *parts: bytes, colours: bool = True) -> bytes:
    palette = bytes(12) if colours else b""
    screen = struct.pack("<HHBBB", width, height, 0x81 if colours else 0, 0, 0)
    return b"GIF89a" + screen + palette + b"".join(parts) + b";"


def gif_comment(size: int) -> bytes:
    return b"\x21\xfe" + (b"\xff" + bytes(255)) * (size // 255) + b"\0"


# -- BMP --------------------------------------------------------------------------------------------------


def bmp(
    width: int, height: int, *, bits: int = 24, packing: int = 0, header: int = 40, pixels: bytes = bytes(1000)
) -> bytes:
    info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, packing, 0, 0, 0, 0, 0)
    palette = bytes(1024) if bits == 8 else b""
    offset = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + info + palette + pixels


# -- TIFF -------------------------------------------------------------------------------------------------


def tiff(*tags: tuple[int, int, int, int], pixels: bytes = b"", following: int = 0) -> bytes:
    """Tags are (number, kind, count, value); the pixels begin at byte 8."""
    at = 8 + len(pixels)
    entries = b"".join(
        struct.pack("<HHII", *tag) if tag[1] != 3 else struct.pack("<HHIHH", *tag, 0) for tag in sorted(tags)
    )
    directory = struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", at) + pixels + directory


def plain_tags(
    width: int, height: int, size: int, *, packing: int = 1, rows: int | None = None, samples: int = 1
) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, packing), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, samples), (278, 4, 1, rows or height), (279, 4, 1, size),
    ]  # fmt: skip


def deflated_tiff(width: int, height: int) -> bytes:
    packed = zlib.compress(bytes(width * height), 9)
    return tiff(*plain_tags(width, height, len(packed), packing=8), pixels=packed)


# -- AVIF and HEIC -----------------------------------------------------------------------------------------


def with_ispe(data: bytes, width: int, height: int) -> bytes:
    """A sound one that claims another size."""
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def avif(size: tuple[int, int]) -> bytes:
    return saved(size, "AVIF", quality=30, speed=10)


def boxes(count: int) -> bytes:
    head = struct.pack(">I4s4sI4s", 20, b"ftyp", b"avif", 0, b"avif")
    return head + struct.pack(">I4s", 8, b"free") * count


def nested(depth: int) -> bytes:
    head, inside = struct.pack(">I4s4sI4s", 20, b"ftyp", b"heic", 0, b"heic"), b""
    for _ in range(depth):
        inside = struct.pack(">I4sI", 12 + len(inside), b"meta", 0) + inside
    return head + inside


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


Maker = Callable[[], bytes]

# What decodes within the bounds, and must not be refused: the attack is on something that is never used.
HARMLESS: dict[str, Maker] = {
    "png of 23 megapixels": lambda: png(4800, 4800),
    "png, grey, of 49 megapixels": lambda: png(7000, 7000, colour=0),
    "png, RGBA, of 23 megapixels": lambda: png(4800, 4800, colour=6),
    "png of 16 bits": lambda: png(2500, 2500, depth=16, colour=6),
    "png with text of 4 MB": lambda: png(64, 64, before=(chunk(b"tEXt", b"workflow\0" + b"x" * 4_000_000),)),
    "apng of 900 frames": lambda: apng(900),
    "jpeg of 49 megapixels": lambda: saved((7000, 7000), "JPEG", quality=20),
    "jpeg, progressive, of 16 megapixels": lambda: saved((4000, 4000), "JPEG", progressive=True, subsampling=0),
    "jpeg of 46 scans": lambda: jpeg_scans(1024, 1024, 40),
    "jpeg of 64 scans, 30 megapixels": lambda: jpeg_scans(5500, 5500, 58),
    "jpeg with 200 comments": lambda: jpeg_with(*[segment(0xFE, bytes(100))] * 200),
    "webp, lossless, of 6 megapixels": lambda: saved((2450, 2450), "WEBP", lossless=True),
    "webp of 6 megapixels": lambda: saved((2450, 2450), "WEBP", quality=20, method=0),
    "webp of 900 frames": lambda: webp_frames(900),
    "gif of 900 frames": lambda: gif(64, 64, *[GIF_FRAME] * 900),
    "gif of 16 megapixels": lambda: saved((4000, 4000), "GIF", "P"),
    "bmp from the top down": lambda: bmp(16, -16, pixels=bytes(768)),
}

REFUSED: dict[str, Maker] = {
    "webp of 46 bytes, 7070x7070": lambda: WEBP_BOMB,
    "webp, lossless, 16383x16383": lambda: webp_lossless(16383, 16383),
    "webp, a large canvas around a small picture": lambda: riff(
        webp_canvas(16384, 16384), (b"VP8L", webp_lossless(16, 16)[20:45])
    ),
    "webp, a frame larger than its canvas": lambda: riff(webp_canvas(16, 16), (b"VP8L", WEBP_BOMB[20:45])),
    "webp of 60000 frames": lambda: webp_frames(60_000, 16),
    "webp with a profile of 3 MB": lambda: riff(
        webp_canvas(16, 16, 32), (b"ICCP", bytes(3_000_000)), (b"VP8L", webp_lossless(16, 16)[20:45])
    ),
    "webp of empty chunks": lambda: riff(*[(b"JUNK", b"")] * 100_000),
    "webp cut short": lambda: cut(saved((900, 900), "WEBP", quality=90), 0.5),
    "webp without a picture": lambda: b"RIFF\xff\xff\xff\xffWEBP",
    "png of 50 megapixels, RGBA": lambda: png(7070, 7070, colour=6, pixels=False),
    "png of 4 gigapixels": lambda: png(65_535, 65_535, pixels=False),
    "png, 2 gigapixels in a row": lambda: png(64, 64)[:16] + struct.pack(">II", 2_000_000_000, 1) + png(64, 64)[24:],
    "png without pixels": lambda: png(0, 10),
    "png, 3 bits": lambda: png(64, 64, depth=8)[:24] + b"\x03" + png(64, 64)[25:],
    "png, packed text of 100 MB": lambda: png(64, 64, before=[packed_text(10)] * 10),
    "png, packed text behind the pixels": lambda: png(64, 64, after=[packed_text(100)]),
    "png, 40 packed texts": lambda: png(64, 64, before=[packed_text(1)] * 40),
    "png, packed profile of 100 MB": lambda: png(
        64, 64, before=[chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000), 9))] * 30
    ),
    "png of 100000 chunks": lambda: png(64, 64, before=[chunk(b"tEXt", b"a\0b")] * 100_000),
    "png, 20 MB of text": lambda: png(64, 64, before=[chunk(b"tEXt", b"a\0" + b"b" * 20_000_000)]),
    "apng of 10000 frames": lambda: apng(10_000),
    "png, interlaced, of too few pixels": lambda: png(2500, 2500, depth=16, colour=6, interlaced=True),
    "png cut short": lambda: cut(png(3000, 3000), 0.5),
    "png with a broken stream": lambda: png(64, 64)[:45] + b"\xff" * 60,
    "jpeg of 1000 scans, 6144x6144": lambda: jpeg_scans(6144, 6144, 1000),
    "jpeg of 64 scans, 49 megapixels": lambda: jpeg_scans(7000, 7000, 58),
    "jpeg, progressive, of 49 megapixels": lambda: resized_jpeg(7000, 7000, progressive=True, subsampling=0),
    "jpeg of 4 gigapixels": lambda: resized_jpeg(65_500, 65_500),
    "jpeg of 5000 tags at the same 60000 bytes": lambda: jpeg_exif(5000, 60_000),
    "jpeg of 180 tags at the same 60000 bytes": lambda: jpeg_exif(180, 60_000),
    "jpeg with EXIF 300 times": lambda: jpeg_with(*[segment(0xE1, b"Exif\0\0" + bytes(60_000))] * 300),
    "jpeg of 2 MB of filling": lambda: saved((64, 64), "JPEG")[:2] + b"\xff" * 2_000_000 + saved((64, 64), "JPEG")[2:],
    "jpeg of a million stuffed bytes": lambda: (
        saved((64, 64), "JPEG")[:2] + b"\xff\x00" * 1_000_000 + saved((64, 64), "JPEG")[2:]
    ),
    "jpeg of 500000 comments": lambda: jpeg_with(segment(0xFE, b"") * 500_000),
    "jpeg with impossible sampling": lambda: saved((64, 64), "JPEG").replace(b"\x03\x01\x22\x00", b"\x03\x01\xff\x00"),
    "jpeg, lossless": lambda: saved((64, 64), "JPEG").replace(b"\xff\xc0", b"\xff\xc3"),
    "jpeg cut short": lambda: cut(saved((900, 900), "JPEG", quality=95), 0.3),
    "jpeg without pixels": lambda: b"\xff\xd8\xff\xd9",
    "gif of 60000 frames": lambda: gif(64, 64, *[GIF_FRAME] * 60_000),
    "gif of 4 gigapixels": lambda: gif(65_535, 65_535, GIF_FRAME),
    "gif, a frame larger than its screen": lambda: gif(
        4, 4, b"\x2c" + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + GIF_FRAME[10:]
    ),
    "gif with comments of 10 MB": lambda: gif(64, 64, gif_comment(10_000_000), GIF_FRAME),
    "gif of 24 MB of nothing after a frame": lambda: gif(4, 4, GIF_FRAME, bytes(24_000_000)),
    "gif of eight million empty comments": lambda: gif(4, 4, GIF_FRAME, b"\x21\xfe\x00" * 8_000_000),
    "gif of a million blocks": lambda: gif(64, 64, GIF_FRAME[:11] + b"\x01\x00" * 0 + b"\x01\x00"[:1] * 2_000_000),
    "gif without a frame": lambda: gif(64, 64),
    "bmp of 49 megapixels without pixels": lambda: bmp(7000, 7000),
    "bmp of 4 gigapixels": lambda: bmp(65_535, 65_535),
    "bmp of a negative width": lambda: bmp(-1000, 1000),
    "bmp with a header of 4 GB": lambda: bmp(64, 64, header=0xFFFFFFFF),
    "bmp with a header of 13 bytes": lambda: bmp(64, 64, header=13),
    "bmp, run lengths of 40 megapixels": lambda: bmp(6400, 6400, bits=8, packing=1, pixels=b"\xff\x07" * 100_000),
    "bmp, run lengths of 4 MB": lambda: bmp(1000, 1000, bits=8, packing=1, pixels=b"\x01\x07" * 2_000_000),
    "bmp, 7 bits": lambda: bmp(64, 64, bits=7),
    "tiff of 4 gigapixels": lambda: tiff(*plain_tags(65_535, 65_535, 64), pixels=bytes(64)),
    "tiff of 40 megapixels, deflated": lambda: deflated_tiff(6400, 6400),
    "tiff of 60000 tags": lambda: tiff(*[(1000 + number, 1, 4, 0) for number in range(60_000)]),
    "tiff of 150 tags at the same 3 MB": lambda: tiff(
        *[(1000 + number, 1, 3_000_000, 8) for number in range(150)], pixels=bytes(3_000_000)
    ),
    "tiff, a tag of 4 GB": lambda: tiff(*plain_tags(64, 64, 64), (700, 1, 0xFFFFFFFF, 8), pixels=bytes(64)),
    "tiff whose directory is nowhere": lambda: b"II*\0" + struct.pack("<I", 0xFFFFFFF0) + bytes(100),
    "tiff whose tiles are of 4 gigapixels": lambda: tiff(
        *plain_tags(64, 64, 64), (322, 4, 1, 65_520), (323, 4, 1, 65_520), pixels=bytes(64)
    ),
    "tiff that is a jpeg": lambda: tiff(*plain_tags(64, 64, 64, packing=7), pixels=bytes(64)),
    "tiff of 1000 samples": lambda: tiff(*plain_tags(64, 64, 64, samples=1000), pixels=bytes(64)),
    "tiff without tags": tiff,
    "avif that claims 4 gigapixels": lambda: with_ispe(avif((64, 64)), 65_535, 65_535),
    "avif that claims 49 megapixels": lambda: with_ispe(avif((64, 64)), 7000, 7000),
    "avif that claims a pixel": lambda: with_ispe(avif((2000, 2000)), 1, 1),
    "avif cut short": lambda: cut(avif((64, 64)), 0.6),
    "avif of a million boxes": lambda: boxes(1_000_000),
    "heic that claims 4 gigapixels": lambda: with_ispe(HEIC, 65_535, 65_535),
    "heic that claims 49 megapixels": lambda: with_ispe(HEIC, 7000, 7000),
    "heic cut short": lambda: cut(HEIC, 0.8),
    "heic of 100000 nested boxes": lambda: nested(20_000),
    "ico": lambda: saved((64, 64), "ICO"),
    "icns": lambda: b"icns" + struct.pack(">I", 0xFFFFFFFF),
    "jpeg 2000": lambda: b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(100),
    "psd of 4 gigapixels": lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 65_535, 65_535, 8, 3),
    "ppm of 4 gigapixels": lambda: b"P6 65535 65535 255\n",
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' width='99999999' height='99999999'/>",
    "html": lambda: b"<!doctype html><title>Sleeping</title>",
    "nothing": lambda: b"",
}

if __name__ == "__main__":
    for number, (name, maker) in enumerate({**HARMLESS, **REFUSED}.items()):
        Path(sys.argv[1], f"{number:02} {name}").write_bytes(maker())
