"""Finds the presets that a prompt, a button or the settings name."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.jobs.acceptance.styling import Styled, styled_by
from bot.prompt.grammar import GrammarError
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import Preset

NAMED = 40  # presets that an answer lists


class Styles:
    """The catalogue's presets and each person's own."""

    def __init__(self, db: Database, catalog: Catalog) -> None:
        self._db = db
        self._catalog = catalog

    async def named(self, person_id: int, names: Sequence[str], *, strict: bool) -> Styled:
        """All of these presets together. An unknown name is ignored, unless `strict`: then it raises GrammarError.
        Raises StorageUnavailable."""
        if not names:
            return Styled()
        own: list[Preset] = []
        if any(name.casefold() not in self._catalog.presets for name in names):
            own = await self.own(person_id)
        found, unknown = styled_by(names, self._catalog, own)
        if unknown and strict:
            known = [*self._catalog.presets, *(preset.name for preset in own)]
            near = get_close_matches(unknown[0].casefold(), known, n=1)
            raise GrammarError("prompt-unknown-style", style=unknown[0], known=", ".join(near or known[:NAMED]))
        return found

    def without_pictures(self, names: Sequence[str]) -> list[str]:
        """The presets that need no source image: those of the settings apply to all requests, also to those without
        one."""
        presets = self._catalog.presets
        return [name for name in names if name not in presets or not presets[name].needs_picture]

    async def own(self, person_id: int) -> list[Preset]:
        """The person's own presets. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            return await unit.presets.of(person_id)
