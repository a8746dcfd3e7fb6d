"""Column types that mean the same on SQLite and on PostgreSQL."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, JSON, BigInteger, DateTime, Dialect, Enum, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.records import Detour, DrawnWords, Parameters, Picked, Variant

# SQLite auto-increments only a column declared INTEGER, which has 64 bits there too.
Id = BigInteger().with_variant(Integer, "sqlite")


class UTCDateTime(TypeDecorator[datetime]):
    """Aware datetimes, stored in UTC. Raises ValueError for a naive one, which has no defined moment."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text from users and servers. NUL (rejected by PostgreSQL) is dropped, and lone surrogates (rejected by both,
    possible in JSON) become U+FFFD, so that no text can block an update."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if "\0" in value:
            value = value.replace("\0", "")
        if not value.isascii():
            value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return value


class ParametersColumn(TypeDecorator[Parameters]):
    """`Parameters` as a JSON object that holds what differs from the defaults. Keys that this version does not
    know (the table was used by a newer one) are ignored.

    Earlier versions knew one input picture, as `input_file_id`: rows that have it keep their meaning, and the first
    picture is written under that key too, for a process of such a version beside this one."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Parameters | None, dialect: Dialect) -> Any:  # Any: JSON's own type
        if value is None:
            return None
        kept = {key: given for key, default in _DEFAULTS.items() if (given := getattr(value, key)) != default}
        if value.input_file_ids:
            kept["input_file_ids"], kept[_ONE_PICTURE] = list(value.input_file_ids), value.input_file_ids[0]
        for name in _TUPLES & kept.keys():
            kept[name] = list(kept[name])
        return kept

    def process_result_value(self, value: Any, dialect: Dialect) -> Parameters:  # Any: whatever JSON holds
        if not value:
            return _NOTHING_SET
        known = {key: given for key, given in value.items() if key in _DEFAULTS}
        pictures = value.get("input_file_ids") or [one for one in (value.get(_ONE_PICTURE),) if one is not None]
        for name in _TUPLES & known.keys():
            known[name] = tuple(known[name])
        return Parameters(**{**known, "input_file_ids": tuple(pictures)})


class NamesColumn(TypeDecorator[tuple[str, ...]]):
    """A few names, as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:  # Any: JSON's own type
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:  # Any: whatever JSON holds
        return tuple(value or ())


class PickedColumn(TypeDecorator[tuple[tuple[str, Picked], ...]]):
    """A JSON list of [model, object of what is set]; NULL where nothing is."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, Picked], ...] | None, dialect: Dialect) -> Any:  # JSON's own
        return [[model, _picked(picked)] for model, picked in value] if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, Picked], ...]:  # Any: likewise
        return tuple((model, _as_picked(stored)) for model, stored in value or ())


def _picked(picked: Picked) -> dict[str, str | list[str]]:
    given = {key: getattr(picked, key) for key in _PICKED}
    return {key: list(value) if key == "loras" else value for key, value in given.items() if value}


def _as_picked(stored: dict[str, Any]) -> Picked:  # JSON
    known = {key: stored[key] for key in _PICKED if key in stored}
    return Picked(**{**known, "loras": tuple(known.get("loras", ()))})


class Ids(TypeDecorator[list[int]]):
    """Any number of ids as one value, for `storage.statements.dialects.among`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # Any: text here, an array there
        return dialect.type_descriptor(ARRAY(BigInteger) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:  # Any: likewise
        return value if value is None or dialect.name == "postgresql" else json.dumps(value)


class DetoursColumn(TypeDecorator[tuple[Detour, ...]]):
    """A JSON list of [model, code]; NULL where there are none, as in nearly every row."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[Detour, ...] | None, dialect: Dialect) -> Any:  # Any: JSON's own type
        return [[detour.model, detour.code] for detour in value] if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Detour, ...]:  # Any: whatever JSON holds
        return tuple(Detour(model, code) for model, code in value or ())


class VariantColumn(TypeDecorator[Variant]):
    """A JSON object of what differs from the defaults; NULL where the draws of a request are alike."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Variant | None, dialect: Dialect) -> Any:  # Any: JSON's own type
        if value is None:
            return None
        default = Variant()
        kept = {key.name: getattr(value, key.name) for key in fields(Variant)}
        return {
            key: list(given) if key == "words" else given
            for key, given in kept.items()
            if given != getattr(default, key)
        }

    def process_result_value(self, value: Any, dialect: Dialect) -> Variant | None:  # Any: whatever JSON holds
        if value is None:
            return None
        known = {key.name: value[key.name] for key in fields(Variant) if key.name in value}
        return Variant(**{**known, "words": tuple(known.get("words", ()))})


class DrawnWordsColumn(TypeDecorator[DrawnWords]):
    """A JSON object of what is not None; NULL in nearly every row."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: DrawnWords | None, dialect: Dialect) -> Any:  # Any: JSON's own type
        if value is None:
            return None
        return {key: given for key in _WORDS if (given := getattr(value, key)) is not None}

    def process_result_value(self, value: Any, dialect: Dialect) -> DrawnWords | None:  # Any: whatever JSON holds
        return DrawnWords(**{key: value.get(key) for key in _WORDS}) if isinstance(value, dict) else None


_WORDS = tuple(field.name for field in fields(DrawnWords))
_ONE_PICTURE = "input_file_id"
_PICKED = tuple(field.name for field in fields(Picked))
_TUPLES = {"styles", "templates", "loras", "optional_choices"}
_NOTHING_SET = Parameters()
_DEFAULTS = {field.name: field.default for field in fields(Parameters)}


def state_of(states: type[StrEnum]) -> Enum:
    """A state as a VARCHAR, so that a new state needs no migration."""
    return Enum(
        states,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )
