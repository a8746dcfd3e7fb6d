"""Prepared statements: built once and, for SQLite, compiled once, because building one costs ten times its execution.

Values are named: after the columns in an INSERT, differently elsewhere (SQLAlchemy reserves the columns' names). On
PostgreSQL the statements use SQLAlchemy's own cache.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Executable, or_
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine

Values = Mapping[str, object]
Convert = Callable[[Any], Any]  # Any: from and to whatever a column holds
_SQLITE = sqlite.dialect()


class Rows(Protocol):
    """All rows of a statement: the part of SQLAlchemy's result interface that repositories use."""

    @property
    def rowcount(self) -> int: ...

    def __iter__(self) -> Iterator[Any]: ...  # Any: rows of any shape, here and below

    def all(self) -> Sequence[Any]: ...

    def first(self) -> Any: ...

    def one(self) -> Any: ...

    def scalar(self) -> Any: ...

    def scalar_one(self) -> Any: ...


class Found(list[tuple[Any, ...]]):
    """The `Rows` of a prepared statement."""

    __slots__ = ("rowcount",)

    def __init__(self) -> None:
        self.rowcount = 0

    def all(self) -> Sequence[tuple[Any, ...]]:
        return self

    def first(self) -> tuple[Any, ...] | None:
        return self[0] if self else None

    def one(self) -> tuple[Any, ...]:
        (row,) = self
        return row

    def scalar(self) -> Any:
        return self[0][0] if self else None

    def scalar_one(self) -> Any:
        return self.one()[0]


class Prepared:
    """A statement that is built once. `build` creates it for a dialect (sqlite | postgresql). `columns`: the columns
    that an INSERT fills."""

    def __init__(self, build: Callable[[str], Executable], columns: Sequence[str] = ()) -> None:
        self._build = build
        self._columns = list(columns)
        self._statements: dict[str, Executable] = {}
        self._compiled: Compiled | None = None

    def statement(self, dialect: str) -> Executable:
        found = self._statements.get(dialect)
        if found is None:
            found = self._statements[dialect] = self._build(dialect)
        return found

    @property
    def compiled(self) -> "Compiled":
        """The statement compiled for SQLite."""
        if self._compiled is None:
            self._compiled = Compiled(self.statement("sqlite"), self._columns)
        return self._compiled


def prepared(*columns: str) -> Callable[[Callable[[str], Executable]], Prepared]:
    """Decorates a function that builds a statement; the result is the prepared statement."""
    return lambda build: Prepared(build, columns)


class Compiled:
    """A statement compiled for SQLite: `values` makes the driver's parameters, `rows` converts its rows."""

    __slots__ = ("_binds", "_converted", "sql")

    def __init__(self, statement: Executable, columns: Sequence[str]) -> None:
        assert isinstance(statement, ClauseElement)
        compiled: Any = statement.compile(dialect=_SQLITE, column_keys=columns or None)  # Any: SQLCompiler, in fact
        assert not compiled.post_compile_params, "the number of values must not vary: use `is_one_of`"
        self.sql: str = compiled.string
        self._binds: list[tuple[str | None, Convert | None, object]] = []
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            convert = _known(bind.type).bind_processor(_SQLITE)
            if bind.required or name in columns:
                self._binds.append((name, convert, None))
            else:
                constant = bind.effective_value
                self._binds.append((None, None, convert(constant) if convert is not None else constant))
        results = [_known(column.type).result_processor(_SQLITE, None) for column in _results(statement)]
        self._converted = [(at, convert) for at, convert in enumerate(results) if convert is not None]

    def values(self, given: Values) -> list[object]:
        """The driver's parameters. Raises KeyError for a missing value."""
        return [
            constant if name is None else given[name] if convert is None else convert(given[name])
            for name, convert, constant in self._binds
        ]

    def rows(self, raw: list[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        return map(self._row, raw) if self._converted else raw

    def _row(self, raw: tuple[Any, ...]) -> tuple[Any, ...]:
        row = list(raw)
        for at, convert in self._converted:
            row[at] = convert(row[at])
        return tuple(row)


def is_one_of(column: ColumnElement[Any], words: Iterable[object]) -> ColumnElement[bool]:
    """The condition `column IN words`, for words known when the statement is built."""
    return or_(*(column == word for word in words))


def _known(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    return type_.dialect_impl(_SQLITE)


def _results(statement: Any) -> Sequence[ColumnElement[Any]]:  # Any: SQLAlchemy has no one type for those that return
    return list(getattr(statement, "exported_columns", ()))
