"""structlog without rich logs as it does with it."""

import subprocess
import sys

PROGRAM = """
import sys
from bot.operations.lean_structlog import load_structlog
load_structlog()
from bot.operations.logs import configure_logs
assert "rich" not in sys.modules
configure_logs("INFO", "console", ["secret-of-mine"])
import structlog
try:
    raise ValueError("secret-of-mine broke")
except ValueError:
    structlog.stdlib.get_logger("bot").exception("it failed")
assert "rich" not in sys.modules
import rich.console
rich.console.Console(file=sys.stdout).print("rich is there")
"""


def test_a_traceback_is_told_without_rich_which_can_be_used_afterwards() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("rich is there\n")
    assert "ValueError: [hidden] broke" in done.stdout + done.stderr
