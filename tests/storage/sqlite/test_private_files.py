"""The database is its owner's alone, and what others can read is noticed."""

import os
import stat
from pathlib import Path

import pytest

from storage import Database, InstanceLock, StorageUnavailable, open_to_others
from tests.storage.stage import Clock

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_all_that_is_made_is_private(tmp_path: Path) -> None:
    before = os.umask(0o022)  # as a shell has it
    try:
        file = tmp_path / "some" / "data" / "imagine.db"
        with InstanceLock(file):
            db = await Database.open(f"sqlite:///{file}", clock_now=Clock().now)
            async with db.transaction() as unit:
                await unit.shared_secrets.agree("webhook", "secret")
            made = [path for path in file.parent.iterdir() if path.is_file()]
            assert {path.name for path in made} >= {"imagine.db", "imagine.db-wal", "imagine.db-shm", "imagine.db.lock"}
            assert {path.name: oct(mode(path)) for path in made if mode(path) & 0o077} == {}
            await db.close()
        assert mode(file.parent) == mode(file.parent.parent) == 0o700
    finally:
        os.umask(before)
    assert not open_to_others(file)


def test_a_file_of_an_older_version_is_noticed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file = tmp_path / "imagine.db"
    assert not open_to_others(file), "there is none"
    file.touch()
    file.chmod(0o644)
    assert open_to_others(file)
    tmp_path.chmod(0o700)
    assert not open_to_others(file), "nobody else gets into the folder"


def test_a_folder_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageUnavailable, match=r"cannot write in .*data: .*; the folder must belong to the user"):
        InstanceLock(tmp_path / "data" / "imagine.db").acquire()
