"""Begins lives of the bot: imports the product once, then forks a child for each, which spares each the import.

    python zygote.py SOCKET

One connection to the socket is one life. The client writes a line of JSON (`Launch`); it then reads `pid N`, all that
the life writes, and at last a line that begins with NUL: `\\0exit N`, as `subprocess` counts (negative: the signal).
A child runs `bot.__main__.main` as `python -m bot` does, under the environment and in the folder of its launch, and
nothing of the product knows of any of this. It ends when its stdin does.

Where a child is to die at a commit, this wraps `storage.Database.transaction` in that child alone: SIGKILL is sent to
itself when the block of the transaction has ended but nothing is committed, or when the commit has returned.
"""

import json
import os
import random
import selectors
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from inspect import isfunction
from types import SimpleNamespace
from typing import Any


@dataclass
class Launch:
    """`die` is (kind of commit, "before" or "after", which one of that kind, from 1). `patience` shortens waits that no
    test wants to sit through: dotted names of the product's constants and default arguments. `jobs` changes defaults of
    `JobSettings` and of its policies."""

    environment: dict[str, str]
    folder: str
    arguments: list[str] = field(default_factory=lambda: ["run"])
    die: tuple[str, str, int] | None = None
    patience: dict[str, float] = field(default_factory=dict)
    jobs: dict[str, Any] = field(default_factory=dict)


class _Noting:
    """A unit of work, or one of its repositories, that notes what is done with it: `requests.accept`, and for what
    takes a state also `requests.finish:cancelled`. What changes nothing (an empty answer) is not noted."""

    def __init__(self, inner: Any, noted: set[str], name: str = "") -> None:
        self._inner, self._noted, self._name = inner, noted, name

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not self._name:
            return _Noting(found, self._noted, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            result = await found(*args, **kwargs)
            if result is None or result:
                kind = f"{self._name}.{name}"
                self._noted |= {kind, *(f"{kind}:{arg}" for arg in args if isinstance(arg, str))}
            return result

        return call


def die_at(kind: str, moment: str, number: int) -> None:
    """Have this process kill itself before or after the `number`-th commit of that kind."""
    from storage import Database

    original = Database.transaction
    left = number

    def reached(noted: set[str]) -> None:
        nonlocal left
        if kind in noted:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    @asynccontextmanager
    async def transaction(self: Database, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        noted: set[str] = set()
        async with original(self, *args, **kwargs) as unit:
            yield _Noting(unit, noted)
            if moment == "before":
                reached(noted)
        if moment == "after":
            reached(noted)

    Database.transaction = transaction  # type: ignore[method-assign]  # the seam that this file documents


def hurry(patience: dict[str, float], jobs: dict[str, float]) -> None:
    for dotted, value in patience.items():
        path, _, name = dotted.rpartition(".")
        owner = _found(path)
        if isfunction(owner):
            defaults = owner.__kwdefaults__ or {}
            assert name in defaults, f"the product has no {dotted} any more"
            defaults[name] = value
            continue
        assert hasattr(owner, name), f"the product has no {dotted} any more"
        setattr(owner, name, type(getattr(owner, name))(value))
    if jobs:
        app: Any = import_module("bot.process")
        changed = _changed(app.JobSettings(), jobs)
        app.JobSettings = partial(app.JobSettings, **{name: getattr(changed, name) for name in jobs})
        app.Policies = lambda: changed.policies


def _changed(value: Any, changes: dict[str, Any]) -> Any:
    """A dataclass with other values in its fields, and in the fields of those."""
    given = {
        name: _changed(getattr(value, name), change) if isinstance(change, dict) else change
        for name, change in changes.items()
    }
    return replace(value, **given)


def _found(path: str) -> Any:
    """A module, or a class or a function in one."""
    try:
        return import_module(path)
    except ModuleNotFoundError:
        module, _, name = path.rpartition(".")
        return getattr(import_module(module), name)


def live(launch: Launch, output: int) -> None:
    """In the child. Never returns."""
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.environ.clear()
        os.environ.update(launch.environment)
        os.chdir(launch.folder)
        random.seed()  # else all lives would draw the same numbers
        hurry(launch.patience, launch.jobs)
        if launch.die is not None:
            die_at(*launch.die)
        sys.argv = ["imagine-bot", *launch.arguments]
        main: Callable[[], None] = import_module("bot.__main__").main
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - the interpreter's own end of a program
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


class Zygote:
    def __init__(self, path: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(64)
        self._selector = selectors.DefaultSelector()
        self._lives: dict[int, socket.socket] = {}
        self._woken, waker = socket.socketpair()
        for end in (self._woken, waker):
            end.setblocking(False)
        self._waker = waker  # held, or it would be closed
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        for end in (self._listener, self._woken, sys.stdin):
            self._selector.register(end, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is sys.stdin:
                    if not os.read(0, 4096):
                        return self._end()
                elif key.fileobj is self._listener:
                    self._begin(self._listener.accept()[0])
                else:
                    with suppress(BlockingIOError):
                        self._woken.recv(4096)
                    self._reap()

    def _begin(self, line: socket.socket) -> None:
        with line.makefile("r", encoding="utf-8") as reader:
            launch = Launch(**json.loads(reader.readline()))
        pid = os.fork()
        if pid == 0:
            live(launch, line.fileno())
        self._lives[pid] = line
        with suppress(OSError):
            line.sendall(f"pid {pid}\n".encode())

    def _reap(self) -> None:
        while self._lives:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            line = self._lives.pop(pid)
            with suppress(OSError):
                line.sendall(f"\n\0exit {os.waitstatus_to_exitcode(status)}\n".encode())
            line.close()

    def _end(self) -> None:
        for pid in self._lives:
            os.kill(pid, signal.SIGKILL)


# What lives load on their way, so that they find it loaded.
IMPORTED = (
    "bot.__main__",
    "bot.app",
    "bot.worker",
    "bot.telegram.updates.webhook",
    "alembic.command",
    "storage.sqlite.engine",
    "storage.postgres.engine",
    "storage.postgres.work_queue",
    "providers.spaces.gradio_space",
    "providers.spaces.imagelabs",
)


def _make_once() -> None:
    """What each life would make again, the same each time, and what no test here is about: its commands in all
    languages, which take a hundred calls."""
    session: Any = import_module("aiogram.client.session.aiohttp")
    make = cache(session.ssl.create_default_context)
    make(cafile=session.certifi.where())
    session.ssl = SimpleNamespace(create_default_context=make)
    menu: Any = import_module("bot.handlers.menus.command_menu")
    menu.LANGUAGES = ("en",)


def main() -> None:
    import gc

    from PIL import Image

    for name in IMPORTED:
        import_module(name)
    Image.init()
    texts = import_module("bot.texts.fluent").Texts
    loaded = texts.load()
    texts.load = lambda: loaded  # a quarter of a second for files that do not change
    _make_once()
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page
    Zygote(sys.argv[1]).run()


if __name__ == "__main__":
    main()
