"""Import structlog without rich, which it takes for tracebacks on the console wherever it is installed.

typer brings rich for its help pages, and rich brings pygments and attrs: several MB, for tracebacks that our logs print
in Python's own form (source: `structlog/dev.py` and `structlog/tracebacks.py`, which go on where `import rich` fails).
"""

import importlib
import sys


def load_structlog() -> None:
    """Call it before anything else imports structlog; afterwards rich can be imported as ever."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # how Python marks what is not to be found
    try:
        importlib.import_module("structlog")
    finally:
        del sys.modules["rich"]
