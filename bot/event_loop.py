"""The event loop of the programs: uvloop where it runs (not on Windows), asyncio's own elsewhere."""

import asyncio
from collections.abc import Coroutine
from typing import Any


def run(program: Coroutine[Any, Any, None]) -> None:  # Any: as asyncio.run has it
    """As `asyncio.run`. With uvloop a picture costs about a tenth less CPU (docs/performance.md)."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(program)
    else:
        uvloop.run(program)
