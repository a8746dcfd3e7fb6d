"""What the tests have a picture worker do; it imports this module."""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from providers.errors import InvalidParameter


@dataclass(frozen=True, slots=True)
class Seen:
    names: list[str]
    modules: int


def wait(data: bytes, sign: str | None = None) -> int:
    """`sign`: a file that appears as soon as it waits."""
    if sign is not None:
        Path(sign).touch()
    time.sleep(600)
    return len(data)


def spin(data: bytes) -> int:
    while data:
        pass
    return 0


def hoard(data: bytes) -> int:
    return len([data * 1000 for _ in range(1000)])


def pid(data: bytes) -> int:
    return os.getpid() if data else 0


def crash(data: bytes) -> int:
    os.abort()
    return len(data)


def refuse(data: bytes) -> int:
    raise InvalidParameter(f"{len(data)} bytes")


def mistake(data: bytes) -> int:
    return len(data) // 0


def surroundings(data: bytes) -> Seen:
    heavy = [name for name in ("aiogram", "aiohttp", "sqlalchemy", "pydantic") if name in sys.modules]
    return Seen(sorted({*os.environ, *heavy}), len(data))


def lengths(pictures: Sequence[bytes], /, extra: int = 0, *, texts: dict[str, str] | None = None) -> list[object]:
    return [*map(len, pictures), extra, texts]
