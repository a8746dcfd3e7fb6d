"""SQLAlchemy's asyncio engine without its ORM; whoever wants sessions gets them all the same."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from storage.statements.async_engine import AsyncConnection, create_async_engine
assert "sqlalchemy.orm" not in sys.modules
import sqlalchemy.ext.asyncio
assert not hasattr(sqlalchemy.ext.asyncio, "__no_such_name__")
from sqlalchemy.ext.asyncio import AsyncConnection as Same, AsyncSession
assert Same is AsyncConnection and AsyncSession.__name__ == "AsyncSession"
assert sqlalchemy.ext.asyncio.create_async_engine is create_async_engine
assert "sqlalchemy.orm" in sys.modules
"""


def test_sessions_come_when_they_are_asked_for() -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
