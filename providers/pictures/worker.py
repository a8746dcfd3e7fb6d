"""The program of a picture worker: a process that decodes strangers' pictures. Also the frames in which it is talked
to.

It is started by its path, imports only Pillow and the few modules that the work needs, and has neither the bot's
environment nor its files. It answers with numbers, texts and bytes in JSON frames, never pickles, so even a worker that
was taken over through a decoder can send nothing else. It limits its own memory before the first job, and its processor
time before each job. So a job that does not end kills this process, and nothing else.
"""

import importlib
import json
import os
import signal
import struct
import sys
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import IO, Any

MAX_MESSAGE = 1_000_000  # bytes of JSON in one frame
MAX_ATTACHED = 300_000_000  # bytes of pictures in one frame
KEPT = 10_000_000  # bytes a worker may keep mapped between jobs: codecs that are loaded by now, and holes in its heap
_LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):  # noqa: N818 - what happened
    """The other side ended, or sent something else than a frame."""


def send(stream: IO[bytes], message: object) -> None:
    """Writes a JSON value with bytes in it."""
    attached: list[bytes] = []
    body = json.dumps(_detached(message, attached)).encode()
    stream.write(_LENGTH.pack(len(body)) + body)
    for blob in attached:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # whatever was sent; lists in place of tuples
    """Reads what `send` wrote. Raises BrokenFrame."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MAX_MESSAGE:
        raise BrokenFrame("too long")
    try:
        return _attached(json.loads(_exactly(stream, length)), stream, [MAX_ATTACHED])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BrokenFrame(str(error)) from None


def _detached(value: object, attached: list[bytes]) -> object:
    if isinstance(value, bytes):
        attached.append(value)
        return {"bytes": len(value)}
    if isinstance(value, list | tuple):
        return [_detached(item, attached) for item in value]
    if is_dataclass(value):
        return [_detached(getattr(value, field.name), attached) for field in fields(value)]
    if isinstance(value, dict):
        return {"items": {key: _detached(item, attached) for key, item in value.items()}}
    return value


def _attached(value: Any, stream: IO[bytes], left: list[int]) -> Any:  # JSON in, anything out
    if isinstance(value, list):
        return [_attached(item, stream, left) for item in value]
    if not isinstance(value, dict):
        return value
    if "items" in value:
        return {str(key): _attached(item, stream, left) for key, item in value["items"].items()}
    length = int(value["bytes"])
    left[0] -= length
    if length < 0 or left[0] < 0:
        raise BrokenFrame("too many bytes")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise BrokenFrame("it ended")
    return data


# -- the process -------------------------------------------------------------------------------------------


def main() -> None:
    """Serves jobs from standard input until it ends."""
    asking, answering = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - pathlib would be an import
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to whole groups; whoever started it ends it
        signal.signal(number, signal.SIG_IGN)
    try:
        hello = receive(asking)
        sys.path[:] = hello["path"]
        seconds, memory = int(hello["seconds"]), int(hello["memory"])
        at_first = _bound(memory)
        while True:
            job = receive(asking)
            _bound_seconds(seconds * int(job["pictures"]))
            _bound_memory(_mapped() + memory)
            answer = _done(job["work"], job["args"], job["kwargs"])
            del job
            send(answering, {**answer, "full": _mapped() > at_first + KEPT})
            del answer
    except (BrokenFrame, BrokenPipeError):
        return


def _done(work: str, args: Sequence[object], kwargs: dict[str, object]) -> dict[str, object]:
    """The work's result, or its error by the name of its class."""
    from providers.errors import ProviderError

    module, _, name = work.partition(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(*args, **kwargs)}
    except ProviderError as error:
        return {"error": type(error).__name__, "text": str(error)[:300]}
    except MemoryError:
        return {"error": "BadPicture", "text": "the picture takes more memory to decode than it may"}
    except Exception as error:  # noqa: BLE001 - decoders of broken data raise nearly everything
        return {"error": "BadPicture", "text": f"the picture does not decode: {type(error).__name__}: {error}"[:300]}


def _bound(memory: int) -> int:
    """Sets the limits of the whole process: `memory` bytes for a job, and KEPT, beyond what is mapped once Pillow is
    loaded; no files to write, no core dump; the first to be killed if the machine runs out of memory. On systems
    without such limits (macOS, Windows) only the header's check applies. Returns the bytes that are mapped at first."""
    import PIL.Image  # noqa: F401 - so that it is not counted

    try:
        with open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - as above
            score.write("800")
    except OSError:
        pass
    if hasattr(os, "nice"):
        os.nice(5)  # ordinary pictures and the bot itself go before
    mapped = _mapped()
    try:
        import resource
    except ImportError:
        return mapped
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, mapped + memory + KEPT),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue
    return mapped


def _bound_memory(most: int) -> None:
    """Limits the bytes that may be mapped during the next job, within the process's limit."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ValueError, OSError):
        return


def _mapped() -> int:
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123 - as above
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 300_000_000


def _bound_seconds(seconds: int) -> None:
    """Limits processor time from now on; beyond it the system ends the process."""
    try:
        import resource
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
