"""`imagine-bot migrate --from ... --to ...`: the copy with a progress bar, and its counts."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.clock import SystemClock
from storage.transfer import transfer


async def transfer_data(source: str, target: str) -> None:
    """Raises StorageError."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        tasks = {}

        def progress(table: str, there: int, total: int) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(table, total=total)
            bar.update(tasks[table], completed=there, total=total)

        counts = await transfer(source, target, now=SystemClock().now, progress=progress)
    told = Table("Table", "Source", "Target", box=None, pad_edge=False)
    for count in counts:
        told.add_row(count.table, str(count.source), str(count.target))
    Console().print(told)
    Console(soft_wrap=True).print("Everything has been copied. Set DATABASE_URL to the new database and start the bot.")
