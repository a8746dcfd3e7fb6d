"""What commands print with Rich: lines and tables, whole also where a pipe or a file takes them."""

from rich.console import Console

UNLIMITED = 10_000  # columns: in a pipe, where a broken word would be two


class OutputConsole(Console):
    def on_broken_pipe(self) -> None:
        """In place of Rich's own way to end the program, see `bot.cli.exits`."""
        raise BrokenPipeError


def line_console() -> Console:
    """Prints lines as they are."""
    return OutputConsole(soft_wrap=True, highlight=False, markup=False)


def table_console() -> Console:
    """As wide as the terminal; elsewhere tables are as wide as their longest line."""
    console = OutputConsole()
    return console if console.is_terminal else OutputConsole(width=UNLIMITED)
