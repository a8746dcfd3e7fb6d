"""How commands end: an error that we know is one line on stderr and an exit code, anything else keeps its traceback.
Where nobody reads the output any more, as behind `| head`, they end without a word, as other programs do.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
NOBODY_READS = 141  # what shells say of a program that SIGPIPE has ended


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Ends the program with `FAILED` or `WRONG_USAGE` and the error's own words. Connections of ours that break are
    errors of other classes by the time that they come here."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        raise typer.Exit(NOBODY_READS) from None
    except Exception as error:
        code = None if isinstance(error, typer.Exit) else _exit_code(error)
        if code is None:
            raise
        said = str(error) or type(error).__name__
        if isinstance(error, OSError) and error.filename and error.strerror:
            said = f"{error.filename}: {error.strerror}"  # without Python's "[Errno 2]"
        say(said)
        raise typer.Exit(code) from None


@contextmanager
def output_to_its_end() -> Iterator[None]:
    """What is still to be written is written inside: when the interpreter does it, it tells of a closed pipe."""
    output = sys.__stdout__  # what typer puts in its place hides that the pipe is closed
    if output is None:
        yield
        return
    try:
        try:
            yield
        finally:
            output.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())  # takes what is left: see SIGPIPE in Python's docs
        sys.exit(NOBODY_READS)


def _exit_code(error: Exception) -> int | None:
    """None: an error that we do not know. The classes are imported here, so that a command which needs no database
    does not load SQLAlchemy for the errors of one."""
    from bot.config import SettingsError
    from bot.env_file import EnvFileError
    from bot.failure import Failure
    from providers import InvalidParameter, ProviderError
    from providers.catalog.catalog import CatalogError
    from storage import StorageError

    if isinstance(error, SettingsError | EnvFileError | CatalogError | InvalidParameter):
        return WRONG_USAGE
    if isinstance(error, Failure | ProviderError | StorageError | OSError):
        return FAILED
    return None


def say(text: str) -> None:
    """A line for the person at the terminal; what scripts read goes to stdout."""
    print(f"imagine-bot: {text}", file=sys.stderr)
