"""A PostgreSQL server of one's own, to be restarted in earnest: from the distribution's binaries, where they are."""

import asyncio
import getpass
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.ports import held_port

INSTALLED = "/usr/lib/postgresql/*/bin"


def binaries() -> Path | None:
    if (found := shutil.which("initdb")) is not None:
        return Path(found).parent
    return next(iter(sorted(Path("/").glob(f"{INSTALLED[1:]}/initdb"), reverse=True)), Path()).parent


class OwnServer:
    def __init__(self, programs: Path, data: Path, port: int) -> None:
        self._programs = programs
        self._data = data
        self._port = port
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    async def initialise(self) -> None:
        await self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "--no-sync")

    async def start(self) -> None:
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        log = self._data.with_name("server.log")
        await self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(log), "-o", options, "start")

    async def stop(self, mode: str) -> None:
        """fast: connections are ended; immediate: as after a crash."""
        await self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    async def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        who = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        process = await asyncio.create_subprocess_exec(
            *who,
            str(self._programs / program),
            *arguments,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        code = await process.wait()
        assert code == 0, f"{program} {arguments} ended with {code}"


@asynccontextmanager
async def own_server() -> AsyncIterator[OwnServer]:
    programs = binaries()
    assert programs is not None, f"no initdb in PATH or in {INSTALLED}"
    with held_port() as port, tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        if getpass.getuser() == "root":
            shutil.chown(folder, "postgres")
        server = OwnServer(programs, Path(folder) / "data", port)
        await server.initialise()
        await server.start()
        try:
            yield server
        finally:
            await server.stop("immediate")
