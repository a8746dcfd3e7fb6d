"""Presets in /settings: the styles of all pictures, and a person's own presets."""

from collections.abc import Sequence

from aiogram import Router

from bot.handlers.imagine.styles import Styles
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.styles import (
    OWN,
    StyleChoice,
    StyleOwn,
    StyleToggle,
    own_preset_keyboard,
    own_presets_keyboard,
    styles_keyboard,
)
from bot.prompt.styles import MOST_STYLES
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts, Texts
from bot.texts.lengths import shorten
from bot.texts.presets import preset_name, style_name
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import Preset

WORDS_SHOWN = 600  # units of a preset's words


def router() -> Router:
    menu = Router(name="styles")
    menu.callback_query.register(toggle, StyleToggle.filter())
    menu.callback_query.register(own, StyleOwn.filter())
    return menu


class StyleMenus:
    """Shows presets as cards and stores changes. All coroutines may raise StorageUnavailable."""

    def __init__(self, db: Database, catalog: Catalog, styles: Styles, texts: Texts) -> None:
        self._db = db
        self._catalog = catalog
        self._styles = styles
        self._texts = texts

    async def card(self, person: Sender, page: int = 0) -> Card:
        """The menu of all presets, with the chosen ones marked."""
        texts, kept = person.texts, await self._styles.own(person.id)
        choices = style_choices(texts, self._catalog, kept, person.settings.styles)
        keyboard = styles_keyboard(texts, person.id, choices, page=page, own=bool(kept))
        return Card(texts.html("styles-menu", limit=MOST_STYLES), keyboard)

    async def toggle(self, press: Press, person: Sender, code: str) -> Sender:
        """Adds or removes a style, and answers the press. Returns the person with the changed settings."""
        texts = person.texts
        name = await self.name_of(person, code)
        if name is None:
            await press.answer(texts.get("press-outdated"), alert=True)
            return person
        kept = await self._styles.own(person.id)
        there = {*self._catalog.presets, *(preset.name for preset in kept)}
        chosen = [style for style in person.settings.styles if style in there]
        if name in chosen:
            chosen.remove(name)
        elif len(chosen) >= MOST_STYLES:
            await press.answer(texts.get("styles-too-many", limit=MOST_STYLES), alert=True)
            return person
        else:
            chosen.append(name)
        async with self._db.transaction() as unit:
            changed = await unit.users.change(person.id, styles=tuple(chosen))
        await press.answer(texts.get("settings-saved"))
        return person.with_settings(changed, self._texts)

    async def name_of(self, person: Sender, code: str) -> str | None:
        """The name, as for --style, of the preset behind a button's code. None: it no longer exists."""
        if not code.startswith(OWN):
            return code if code in self._catalog.presets else None
        number = code.removeprefix(OWN)
        if not (number.isascii() and number.isdigit() and len(number) <= 18):
            return None
        async with self._db.read() as unit:
            preset = await unit.presets.get(person.id, int(number))
        return preset.name if preset is not None else None

    async def own(self, person: Sender) -> Card:
        """The person's own presets."""
        texts, kept = person.texts, await self._styles.own(person.id)
        if not kept:
            return await self.card(person)
        keyboard = own_presets_keyboard(texts, person.id, [(preset.id, preset.name) for preset in kept])
        return Card(texts.html("presets-own"), keyboard)

    async def one(self, person: Sender, preset_id: int) -> Card | None:
        """One of the person's own presets; None: it no longer exists."""
        async with self._db.read() as unit:
            preset = await unit.presets.get(person.id, preset_id)
        if preset is None:
            return None
        texts, lines = person.texts, []
        lines.append(texts.html("preset-shown", name=preset.name, words=shorten(preset.prompt, WORDS_SHOWN)))
        if preset.model is not None and preset.model in self._catalog:
            lines.append(texts.html("preset-model", label=self._catalog[preset.model].label))
        lines.append(texts.html("preset-use", name=f'"{preset.name}"' if " " in preset.name else preset.name))
        return Card("\n".join(lines), own_preset_keyboard(texts, person.id, preset.id))

    async def remove(self, person: Sender, preset_id: int) -> bool:
        """Removes one of the person's own presets. Returns whether it existed."""
        async with self._db.transaction() as unit:
            return await unit.presets.remove(person.id, preset_id)


async def toggle(press: Press, callback_data: StyleToggle, person: Sender, style_menus: StyleMenus) -> None:
    if callback_data.code:
        person = await style_menus.toggle(press, person, callback_data.code)
    await press.answer()
    await press.edit(await style_menus.card(person, callback_data.page))


async def own(press: Press, callback_data: StyleOwn, person: Sender, style_menus: StyleMenus) -> None:
    texts, preset_id = person.texts, callback_data.preset_id
    if callback_data.sure:
        removed = await style_menus.remove(person, preset_id)
        await press.answer(texts.get("preset-removed" if removed else "preset-gone"))
        await press.edit(await style_menus.own(person))
        return
    card = await style_menus.one(person, preset_id) if preset_id > 0 else await style_menus.own(person)
    if card is None:
        await press.answer(texts.get("preset-gone"), alert=True)
        return
    await press.answer()
    await press.edit(card)


def style_choices(
    texts: LanguageTexts, catalog: Catalog, kept: Sequence[Preset], chosen: Sequence[str] = ()
) -> list[StyleChoice]:
    """All presets as choices, the person's own first."""
    mine = [StyleChoice(f"{OWN}{preset.id}", preset.name, preset.name in chosen) for preset in kept]
    others = [
        StyleChoice(preset.id, preset_name(texts, preset), preset.id in chosen) for preset in catalog.presets.values()
    ]
    return [*mine, *others]


def shown_styles(texts: LanguageTexts, catalog: Catalog, names: Sequence[str]) -> str:
    """The names of styles, as on a button."""
    return ", ".join(style_name(texts, catalog, name) for name in names) or texts.get("value-nothing")
