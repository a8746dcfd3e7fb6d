"""Persistent data, and all SQL. Knows no Telegram and no HTTP."""

from storage.database import Database, Unit, sqlite_path
from storage.errors import AlreadyRunning, StorageError, StorageMisconfigured, StorageUnavailable
from storage.sqlite.instance_lock import InstanceLock
from storage.sqlite.private_files import open_to_others

__all__ = [
    "AlreadyRunning",
    "Database",
    "InstanceLock",
    "StorageError",
    "StorageMisconfigured",
    "StorageUnavailable",
    "Unit",
    "open_to_others",
    "sqlite_path",
]
