import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import AlreadyRunning, InstanceLock, StorageUnavailable

HOLDER = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from storage import InstanceLock\n"
    "lock = InstanceLock(Path(sys.argv[1]))\n"
    "lock.acquire()\n"
    "print('held', flush=True)\n"
    "time.sleep(600)\n"
)


def test_one_at_a_time_and_free_after_release(tmp_path: Path) -> None:
    path = tmp_path / "data" / "imagine.db"
    with InstanceLock(path):
        with pytest.raises(AlreadyRunning, match=r"imagine\.db: stop it first"):
            InstanceLock(path).acquire()
        InstanceLock(tmp_path / "other.db").acquire()
    with InstanceLock(path):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "imagine.db"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            InstanceLock(path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=30)
    with InstanceLock(path):
        pass


def test_a_place_that_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        InstanceLock(tmp_path / "file" / "imagine.db").acquire()
