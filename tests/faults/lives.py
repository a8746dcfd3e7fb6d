"""Lives of the bot: each is the real process, begun by the zygote or by `python -m bot`, watched by what it writes."""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from tests.faults.zygote import Launch

ROOT = Path(__file__).parents[2]
DEADLINE = 180.0  # seconds for anything to happen: the machine may be busy with other things


@contextmanager
def zygote() -> Iterator[Path]:
    """A process that begins lives; its socket. It ends with the block, and all that it began with it."""
    with tempfile.TemporaryDirectory(prefix="zygote-") as folder:
        path = Path(folder) / "socket"
        command = [sys.executable, str(Path(__file__).with_name("zygote.py")), str(path)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, cwd=ROOT) as process:
            try:
                yield path
            finally:
                assert process.stdin is not None
                process.stdin.close()


class Life:
    """One process. `lines` is what it wrote; `code` is answered when it has ended (negative: the signal)."""

    def __init__(self, pid: int, reader: asyncio.StreamReader) -> None:
        self.pid = pid
        self.lines: list[str] = []
        self.code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._reader = reader
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def begin(cls, socket: Path, launch: Launch) -> "Life":
        reader, writer = await _connected(socket)
        writer.write(json.dumps(asdict(launch)).encode() + b"\n")
        async with asyncio.timeout(DEADLINE):
            first = await reader.readline()
        life = cls(int(first.removeprefix(b"pid ")), reader)
        life._writer = writer  # held, or the line would be closed
        return life

    @classmethod
    async def begin_for_real(cls, launch: Launch) -> "Life":
        """`python -m bot run`, import and all."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *launch.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**launch.environment, "PYTHONPATH": str(ROOT)},
            cwd=launch.folder,
        )
        assert process.stdout is not None
        life = cls(process.pid, process.stdout)
        life._process = process
        return life

    _writer: asyncio.StreamWriter | None = None
    _process: asyncio.subprocess.Process | None = None

    @property
    def ended(self) -> bool:
        return self.code.done()

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    def signal(self, number: signal.Signals) -> None:
        if not self.ended:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.exit()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.signal(signal.SIGTERM)
        return await self.exit()

    async def exit(self, deadline: float = DEADLINE) -> int:
        async with asyncio.timeout(deadline):
            return await asyncio.shield(self.code)

    async def said(self, *words: str, deadline: float = DEADLINE) -> str:
        """The first line with all of these words, in any case."""
        looked = 0
        async with asyncio.timeout(deadline):
            while True:
                for line in self.lines[looked:]:
                    if all(word.lower() in line.lower() for word in words):
                        return line
                looked = len(self.lines)
                assert not self.ended, f"it ended without a word of {words}:\n{self.log}"
                self._news.clear()
                await self._news.wait()

    def disk_full(self, full: bool, size: int = 0) -> None:
        """No file of it may grow beyond `size` bytes any more; its log is no file."""
        _, most = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size if full else most, most))

    async def _read(self) -> None:
        code: int | None = None
        while line := (await self._reader.readline()).decode("utf-8", "replace"):
            if line.startswith("\0exit "):
                code = int(line.removeprefix("\0exit "))
                break
            if text := line.rstrip("\n"):
                self.lines.append(text)
                self._news.set()
        if self._process is not None:
            code = await self._process.wait()
        if self._writer is not None:
            self._writer.close()
        self.code.set_result(-1000 if code is None else code)
        self._news.set()


async def _connected(path: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The zygote's first connection waits for its imports."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                return await asyncio.open_unix_connection(path, limit=2**20)
            except (FileNotFoundError, ConnectionRefusedError):
                await asyncio.sleep(0.05)  # nothing tells of a socket that appears
