"""The arrows between the packages, held by reading the imports."""

import ast
import re
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


def rooms() -> dict[str, set[str]]:
    """What each room imports of the others. A room is a package without sub-packages; in one that has some, each module
    beside them is a room of its own."""
    known = {_dotted(path): path for package in PACKAGES for path in modules(package)}
    split = {name.rpartition(".")[0] for name, path in known.items() if path.name == "__init__.py"}

    def room(name: str) -> str:
        parent = name.rpartition(".")[0]
        return name if known[name].name == "__init__.py" or parent in split else parent

    found: dict[str, set[str]] = {}
    for name, path in known.items():
        for imported in _modules_imported(path, known):
            here, there = room(name), room(imported)
            if here != there and not here.startswith(f"{there}."):
                found.setdefault(here, set()).add(there)
    return found


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _modules_imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Not those that are imported for types alone, or where the module is run as a program."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}:
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            while name and name not in known:
                name = name.rpartition(".")[0]
            if name:
                yield name
        waiting += ast.iter_child_nodes(node)


def test_no_imports_go_round_in_a_circle() -> None:
    """Nobody can read, test or move a room alone that needs another one which needs it."""
    reach = rooms()
    round_about = {name for name in reach if name in _reached_from(reach.get(name, set()), reach)}
    assert round_about == set()


def _reached_from(first: set[str], reach: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += reach.get(name, ())
    return seen


def test_no_constructor_of_the_jobs_takes_more_than_seven_things() -> None:
    """More is a sign of a missing concept. Dataclasses only hold what they are given."""
    wrong = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in modules("bot/jobs")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name == "__init__"
        if len(method.args.args) + len(method.args.kwonlyargs) - 1 > 7
    ]
    assert wrong == []


def test_the_way_of_one_picture_is_short_and_goes_one_way() -> None:
    """As docs/architecture.md tells it: at most 35 modules, each there, each named once."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = page.partition("## The way of one picture")[2].partition("\n## ")[0]
    named = re.findall(r"\| `([\w/]+\.py)` \|", section)
    assert 20 < len(named) <= 35
    assert len(set(named)) == len(named)
    assert [name for name in named if not (ROOT / name).is_file()] == []
