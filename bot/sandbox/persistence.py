"""The world on disk: one JSON file, replaced as a whole, soon after each change and once more at the end."""

import asyncio
import os
from pathlib import Path

from pydantic import TypeAdapter

from bot.sandbox.state import World

_ADAPTER: TypeAdapter[World] = TypeAdapter(World)
_PAUSE = 0.5


class Saver:
    """Saves `world` whenever `touch` was called, at most every half second. The file is `folder`/world.json."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._path = folder / "world.json"
        self._dirty = asyncio.Event()

    @staticmethod
    async def load(folder: Path) -> World | None:
        """What an earlier process saved; None when there is nothing. Raises ValueError for a file that is no world."""
        try:
            data = await asyncio.to_thread((folder / "world.json").read_bytes)
        except FileNotFoundError:
            return None
        world = _ADAPTER.validate_json(data)
        if not world.clean:
            world.skip_ids()
        world.clean = False
        return world

    def touch(self) -> None:
        self._dirty.set()

    async def run(self) -> None:
        """For ever; cancelled by whoever started it, who then calls `close`."""
        while True:
            await self._dirty.wait()
            await asyncio.sleep(_PAUSE)
            await self.save()

    async def close(self) -> None:
        """Saves what a later process goes on with."""
        self._world.clean = True
        self._dirty.set()
        await self.save()
        self._world.clean = False

    async def save(self) -> None:
        if self._dirty.is_set():
            self._dirty.clear()
            await asyncio.to_thread(_replace, self._path, _ADAPTER.dump_json(self._world))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
