"""One process per SQLite file: the kernel lets go of the lock when its holder dies, however it dies."""

from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from storage.errors import AlreadyRunning, StorageUnavailable
from storage.sqlite.private_files import FILE_MODE, make_private_folder


class InstanceLock:
    """`path` is the database file; the lock is `<path>.lock` beside it. Held from `acquire`, or within `with`, until
    `release`, for as long as this object and its process live."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f"{path.name}.lock")
        self._lock = FileLock(self.path, mode=FILE_MODE, thread_local=False)

    def acquire(self) -> None:
        """Raises AlreadyRunning at once when another process has it."""
        try:
            make_private_folder(self.path.parent)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise AlreadyRunning(
                f"another imagine-bot is using {self.path.with_suffix('')}: stop it first (one process per SQLite file)"
            ) from error
        except OSError as error:
            raise StorageUnavailable(
                f"cannot write in {self.path.parent}: {error.strerror or error}; "
                "the folder must belong to the user that runs the bot"
            ) from error

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
