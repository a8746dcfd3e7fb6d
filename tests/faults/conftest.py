"""The process that begins lives, and the database that they begin with: both made once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.faults.lives import DEADLINE, zygote
from tests.faults.world import World, make_template, world

TIMEOUT = 2 * DEADLINE + 40.0  # s for a test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A wait of the harness that is in vain tells the story when its deadline is over: before pytest ends the test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(TIMEOUT))


@pytest.fixture(scope="session")
def lives() -> Iterator[Path]:
    with zygote() as socket:
        yield socket


@pytest.fixture
def one_fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One of all test processes at a time: a fleet takes up to forty of the hundred connections that PostgreSQL has."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "fleet.lock"):
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(make_template(tmp_path_factory.mktemp("faults") / "empty.db"))


@pytest.fixture
async def here(lives: Path, template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """A world of one's own."""
    async with world(lives, tmp_path / "world", template) as made:
        yield made
