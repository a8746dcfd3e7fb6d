"""What a benchmark stands on: the two servers in this process, and the real bot in one of its own."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from bot_api_server import TOKEN, BotApiServer
from gradio_app import GradioApp

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 60.0
SETTLING = 2.0  # seconds for what a start does beside polling
REAL_BOT = ("-m", "bot", "run")
MODELS = """
builtin = false
[models.bench]
label = "Bench"
provider = "BlackForestLabs_Flux1Schnell"
protocol = "{protocol}"
url = "{url}"
"""


@dataclass(frozen=True)
class BotProcess:
    """`python -m bot run`, as an operator starts it, or a program that stands in for it. Its figures are read from
    /proc, so Linux alone has them."""

    process: asyncio.subprocess.Process

    @property
    def memory(self) -> int:
        """Resident bytes."""
        return self._status("VmRSS:") * 1024

    @property
    def peak(self) -> int:
        return self._status("VmHWM:") * 1024

    @property
    def cpu(self) -> float:
        """Seconds, user and system, of all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


@dataclass(frozen=True)
class Rig:
    telegram: BotApiServer
    backend: GradioApp
    bot: BotProcess


@asynccontextmanager
async def rig(
    picture: bytes,
    protocol: str,
    program: Sequence[str] = REAL_BOT,
    *,
    restarted: bool = False,
    previews: int = 0,
    **settings: object,
) -> AsyncIterator[Rig]:
    """The bot polls already. `picture` is what the back-end draws, after so many `previews` (queue alone), `protocol`
    Gradio's (queue | predict); `program`
    is what this Python runs, `settings` are its environment variables, beside those that point it here. `restarted`:
    its tables are made before, because a first start keeps what makes them in memory, and no other does."""
    telegram, backend = BotApiServer(), GradioApp(picture, previews)
    async with served(telegram, backend) as url:
        with tempfile.TemporaryDirectory(prefix="imagine-bench-") as folder:
            models = MODELS.format(url=url, protocol=protocol)
            if restarted:
                migrated = await start_program(("-m", "bot", "migrate"), Path(folder), models, url, settings)
                await asyncio.wait_for(migrated.wait(), START_SECONDS)
            process = await start_program(program, Path(folder), models, url, settings)
            try:
                await _unless_it_ends(process, telegram.polled.wait())
                await asyncio.sleep(SETTLING)
                yield Rig(telegram, backend, BotProcess(process))
            finally:
                await stop_program(process)


@asynccontextmanager
async def served(telegram: BotApiServer, backend: GradioApp) -> AsyncIterator[str]:
    """Both at one address, which it yields."""
    app = web.Application(client_max_size=100_000_000)
    app.add_routes([*telegram.routes(), *backend.routes()])
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def until(condition: Callable[[], bool], what: str, seconds: float, *, every: float = 0.05) -> None:
    """Wait for it. Raises TimeoutError."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - some of them are of another process, which sets no events
                await asyncio.sleep(every)
    except TimeoutError:
        raise TimeoutError(f"{what}: not within {seconds:g} s") from None


async def start_program(
    program: Sequence[str], folder: Path, models: str, url: str, settings: dict[str, object], stderr: int | None = None
) -> asyncio.subprocess.Process:
    catalogue = folder / "models.toml"
    catalogue.write_text(models)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_URL": f"sqlite:///{folder / 'imagine.db'}",
        "MODELS_FILE": str(catalogue),
        "BACKEND_URL": url,  # for programs that know no catalogue
        "LOG_LEVEL": "WARNING",
        **{name.upper(): str(value) for name, value in settings.items()},
    }
    return await asyncio.create_subprocess_exec(sys.executable, *program, cwd=folder, env=environment, stderr=stderr)


async def _unless_it_ends(process: asyncio.subprocess.Process, wait: Coroutine[object, object, object]) -> None:
    waiting, ended = asyncio.ensure_future(wait), asyncio.ensure_future(process.wait())
    done, left = await asyncio.wait({waiting, ended}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for future in left:
        future.cancel()
    if waiting not in done:
        raise RuntimeError("the bot did not start")


async def stop_program(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
