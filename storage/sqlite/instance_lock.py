"""A lock that allows one process per SQLite file. The kernel releases it when the holder dies."""

from pathlib import Path
from typing import Self

from storage.errors import AlreadyRunning, StorageUnavailable
from storage.sqlite.private_files import FILE_MODE, make_private_folder


class InstanceLock:
    """The lock `<path>.lock` beside the database file `path`. Held from `acquire` until `release`, or within `with`."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f"{path.name}.lock")
        from filelock import FileLock  # a bot on PostgreSQL does without

        self._lock = FileLock(self.path, mode=FILE_MODE, thread_local=False)

    def acquire(self) -> None:
        """Takes the lock without waiting.

        Raises AlreadyRunning if another process has it, and StorageUnavailable if it cannot be created.
        """
        from filelock import Timeout

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
