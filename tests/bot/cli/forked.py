"""The command in a process forked from one that has loaded the product: its imports take most of the time of a command.

What the program is, as against `main`, only `python -m bot` shows; some tests of each kind start it like that.
"""

import os
import sys
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 100


def command(arguments: tuple[str, ...], folder: Path, environment: dict[str, str]) -> tuple[int, str, str]:
    """Its exit code, what it wrote to stdout, and to stderr."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.cli.loaded"])
    with TemporaryDirectory() as outputs:
        files = [Path(outputs) / name for name in ("stdout", "stderr")]
        process = context.Process(target=_run, args=(arguments, folder, environment, *files))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
        assert process.exitcode is not None, f"it takes longer than {SECONDS} s"
        stdout, stderr = (file.read_text() for file in files)
        return process.exitcode, stdout, stderr


def _run(arguments: tuple[str, ...], folder: Path, environment: dict[str, str], stdout: Path, stderr: Path) -> None:
    for descriptor, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path.insert(0, str(folder))  # as `python -m` has it
    sys.argv = ["imagine-bot", *arguments]
    from bot.__main__ import main

    main()
