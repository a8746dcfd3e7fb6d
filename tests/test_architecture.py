"""The arrows between the packages, held by reading the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "providers", "storage")
FORBIDDEN = {
    # package: what it must not import
    "providers": {"bot", "storage", "aiogram", "sqlalchemy", "alembic"},
    "storage": {"bot", "providers", "aiogram", "aiohttp", "PIL"},
    "bot": {"sqlalchemy", "alembic", "aiosqlite", "asyncpg", "sqlite3"},
}
BANNED_NAMES = {"utils", "helpers", "common", "manager"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", PACKAGES)
def test_arrows(package: str) -> None:
    found = modules(package)
    assert found
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in found
        for name in imports(path)
        if name.split(".")[0] in FORBIDDEN[package]
    ]
    assert wrong == []


def test_only_app_wires_providers_and_storage_engines() -> None:
    """Handlers and the Telegram layer know no provider's module, only the public names."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for part in ("handlers", "keyboards", "telegram")
        for path in modules(f"bot/{part}")
        for name in imports(path)
        if name.startswith(("providers.engines", "storage.statements.tables", "storage.migrations"))
    ]
    assert wrong == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for package in PACKAGES for path in modules(package) if path.stem in BANNED_NAMES]
