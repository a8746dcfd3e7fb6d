"""The process that begins lives, and the database that they begin with: both made once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.lives import zygote
from tests.faults.world import World, make_template, world


@pytest.fixture(scope="session")
def lives() -> Iterator[Path]:
    with zygote() as socket:
        yield socket


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(make_template(tmp_path_factory.mktemp("faults") / "empty.db"))


@pytest.fixture
async def here(lives: Path, template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """A world of one's own."""
    async with world(lives, tmp_path / "world", template) as made:
        yield made
