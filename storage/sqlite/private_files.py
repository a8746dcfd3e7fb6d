"""Creates files that only the bot's own user can read: they have prompts, pictures, and the webhook's secret."""

import os
import stat
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def make_private_folder(path: Path) -> None:
    """Creates `path` and its missing parents for this user only; an existing folder is not changed. Raises OSError."""
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(FOLDER_MODE, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Creates an empty file for this user only; an existing file is not changed. SQLite gives its `-wal` and `-shm`
    files the mode of the database (https://sqlite.org/src/file/src/os_unix.c, findCreateFileMode). Raises OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))


def open_to_others(path: Path) -> bool:
    """Whether other local users can read the file: by its own mode, and by that of its folder."""
    if os.name != "posix":
        return False
    try:
        others = stat.S_IRGRP | stat.S_IROTH
        enter = stat.S_IXGRP | stat.S_IXOTH
        return bool(path.stat().st_mode & others) and bool(path.parent.stat().st_mode & enter)
    except OSError:
        return False
