"""Keys that people bring for back-ends: kept as ciphertext, and each used for its person at its own origin alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.secret_box import SecretBox
from bot.telegram.updates.key_sealing import PURPOSE
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.catalog.own_keys import KEY_FORM, origin_of, other_service
from storage import Database, Unit
from storage.records import OwnKey


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a key goes: a provider at one origin, and the models that are drawn there."""

    provider: str
    origin: str
    models: tuple[Model, ...]

    @property
    def host(self) -> str:
        return self.origin.partition("://")[2].removesuffix(":443")


@dataclass(frozen=True, slots=True)
class HeldKey:
    """What a person is told of one of their keys. Nothing of the key itself: it is never shown."""

    place: KeyPlace
    added: datetime
    refused: bool
    readable: bool


class Trouble(StrEnum):
    """What is wrong with a key that somebody sent."""

    MALFORMED = "malformed"
    OTHER_SERVICE = "other-service"


class OwnKeys:
    """`box` None: the operator allows no own keys, and no method touches the database."""

    def __init__(self, db: Database, catalog: Catalog, box: SecretBox | None) -> None:
        self._db = db
        self._catalog = catalog
        self._box = box

    @property
    def allowed(self) -> bool:
        return self._box is not None

    def argument(self, sealed: str) -> str | None:
        """What stood behind /key, of which the inbox has only ciphertext. None: it cannot be opened."""
        return None if self._box is None else self._box.open(sealed, purpose=PURPOSE)

    def places(self) -> list[KeyPlace]:
        """All that take a key, in the catalogue's order."""
        found: dict[tuple[str, str], list[Model]] = {}
        for model in self._catalog:
            if model.usable_with_key and (origin := model.key_origin) is not None:
                found.setdefault((model.provider, origin), []).append(model)
        return [KeyPlace(provider, origin, tuple(models)) for (provider, origin), models in found.items()]

    def place(self, wanted: str) -> KeyPlace | None:
        """By the id of a model, or the name of a provider: then at the provider's own address alone."""
        for place in self.places():
            if any(model.id == wanted for model in place.models):
                return place
            if place.provider == wanted and place.origin == origin_of(place.models[0].provider_class.url):
                return place
        return None

    def trouble(self, place: KeyPlace, key: str) -> tuple[Trouble, str] | None:
        """Why it cannot be a key for this place, and of which service it is instead."""
        if KEY_FORM.fullmatch(key) is None:
            return Trouble.MALFORMED, ""
        other = other_service(key, place.origin)
        return None if other is None else (Trouble.OTHER_SERVICE, other)

    async def keep(self, person: int, place: KeyPlace, key: str) -> None:
        """In place of the one before. Raises StorageUnavailable."""
        assert self._box is not None
        sealed = self._box.seal(key, purpose=_purpose(person, place.provider, place.origin))
        async with self._db.transaction() as unit:
            await unit.own_keys.keep(person, place.provider, place.origin, sealed)

    async def remove(self, person: int, place: KeyPlace) -> bool:
        """False: there was none. Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            return await unit.own_keys.remove(person, place.provider, place.origin)

    async def of(self, person: int) -> list[HeldKey]:
        """What a person is told of their keys. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            rows = await unit.own_keys.of(person)
        places = {(place.provider, place.origin): place for place in self.places()}
        held = []
        for row in rows:
            place = places.get((row.provider, row.origin)) or KeyPlace(row.provider, row.origin, ())
            held.append(HeldKey(place, row.added_at, row.refused_at is not None, self._opened(row) is not None))
        return held

    async def models_of(self, person: int) -> frozenset[str]:
        """The ids of the models that this person draws with their own key. Raises StorageUnavailable."""
        if self._box is None or person <= 0:
            return frozenset()
        async with self._db.read() as unit:
            return await self.models_in(unit, person)

    async def models_in(self, unit: Unit, person: int) -> frozenset[str]:
        """The same, within a transaction."""
        if self._box is None or person <= 0:
            return frozenset()
        rows = await unit.own_keys.of(person)
        if not rows:
            return frozenset()
        return frozenset(
            model.id for model in self._catalog if model.usable_with_key and self._key_for(model, rows) is not None
        )

    async def key_of(self, person: int, model: Model) -> str | None:
        """The key with which this person draws with a model. Raises StorageUnavailable."""
        if self._box is None:
            return None
        async with self._db.read() as unit:
            return self._key_for(model, await unit.own_keys.of(person))

    async def refused(self, person: int, model: Model, key: str) -> None:
        """The back-end said that this key is no good. Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            for row in await unit.own_keys.of(person):
                if row.provider == model.provider and row.origin == model.key_origin and self._opened(row) == key:
                    await unit.own_keys.refused(person, row.provider, row.origin, row.sealed)

    def _key_for(self, model: Model, rows: Sequence[OwnKey]) -> str | None:
        origin = model.key_origin
        fitting = (row for row in rows if row.provider == model.provider and row.origin == origin)
        return next((key for row in fitting if (key := self._opened(row)) is not None), None)

    def _opened(self, row: OwnKey) -> str | None:
        if self._box is None:
            return None
        return self._box.open(row.sealed, purpose=_purpose(row.user_id, row.provider, row.origin))


def _purpose(person: int, provider: str, origin: str) -> str:
    """A row that is copied to another person, or whose origin is changed, cannot be opened."""
    return f"{person} {provider} {origin}"
