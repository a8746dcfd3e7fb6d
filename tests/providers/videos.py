"""Small videos for tests, written box by box: headers as encoders write them, and a few bytes in place of frames."""

import io
import struct

from PIL import Image


def box(kind: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4(
    size: tuple[int, int] = (640, 360),
    seconds: float = 5,
    *,
    sound: bool = False,
    codec: bytes = b"avc1",
    brand: bytes = b"isom",
    more: bytes = b"",
    frames: bytes = bytes(64),
) -> bytes:
    """`more` stands in its table of contents, `frames` in place of its pictures."""
    duration = round(seconds * 1000)
    movie = [box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, duration), bytes(80)), _track(b"vide", size, codec)]
    if sound:
        movie.append(_track(b"soun", (0, 0), b"mp4a"))
    return box(b"ftyp", brand, bytes(4), b"isommp42") + box(b"moov", *movie, more) + box(b"free") + box(b"mdat", frames)


def _track(handler: bytes, size: tuple[int, int], codec: bytes) -> bytes:
    wide, high = (side << 16 for side in size)
    head = box(b"tkhd", struct.pack(">IIIII", 0, 0, 0, 1, 0), bytes(56), struct.pack(">II", wide, high))
    entry = box(codec, bytes(70))
    table = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry))
    times = box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 600, 600), bytes(4))
    media = box(b"mdia", times, box(b"hdlr", bytes(8), handler, bytes(12)), box(b"minf", table))
    return box(b"trak", head, media)


def element(name: int, body: bytes, *, unknown: bool = False) -> bytes:
    length = (name.bit_length() + 7) // 8
    size = b"\x01" + b"\xff" * 7 if unknown else struct.pack(">Q", len(body) | 1 << 56)
    return name.to_bytes(length, "big") + size + body


def webm(
    size: tuple[int, int] = (320, 240), seconds: float = 3, *, sound: bool = False, doc: bytes = b"webm", cut: int = 0
) -> bytes:
    """`cut`: bytes that are missing at its end."""
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4489, struct.pack(">d", seconds * 1000)))
    sizes = element(0xB0, struct.pack(">H", size[0])) + element(0xBA, struct.pack(">H", size[1]))
    tracks = element(0xAE, element(0x83, b"\x01") + element(0x86, b"V_VP9") + element(0xE0, sizes))
    if sound:
        tracks += element(0xAE, element(0x83, b"\x02") + element(0x86, b"A_OPUS"))
    cluster = element(0x1F43B675, bytes(40))
    whole = element(0x1A45DFA3, element(0x4282, doc))
    whole += element(0x18538067, info + element(0x1654AE6B, tracks) + cluster)
    return whole[: len(whole) - cut]


def gif(size: tuple[int, int] = (64, 48), frames: int = 4, pause: int = 250, kind: str = "GIF") -> bytes:
    """`pause` in milliseconds. Also an animated WebP or PNG, by `kind`."""
    pictures = [Image.new("RGB", size, (40 * number % 256, 90, 160)) for number in range(frames)]
    body = io.BytesIO()
    pictures[0].save(body, kind, save_all=True, append_images=pictures[1:], duration=pause, loop=0)
    return body.getvalue()
