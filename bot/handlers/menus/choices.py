"""What a person picks by name for the chosen model: menus below /settings, and names that are typed.

A search is asked for in a message of the bot's own and answered by a reply. Nothing is kept in between: the question is
known again by a link in its text, which only the bot's own messages can carry.
"""

import asyncio
import re
from dataclasses import replace
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.handlers.addressing import aside_of
from bot.handlers.imagine.merge import model_of
from bot.handlers.press import Press
from bot.handlers.questions import link_in_question
from bot.handlers.sender import Sender
from bot.jobs.acceptance.choices import ChoiceLists
from bot.keyboards.choices import OWN, PAGE_SIZE, ChoiceMenu, ChoiceSearch, choice_rows, choices_keyboard, code_of
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts, Texts
from bot.texts.lengths import shorten
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.choices import MAX_LORAS, MAX_NAME, Choice, Kind, Lora, find, nearest, search
from providers.errors import InvalidParameter
from storage import Database
from storage.records import Picked

MOST_MODELS = 20  # for which choices are kept; those of the model that was set longest ago go first
SHOWN = 60  # units of a name
_LINK = re.compile(rf"https://t\.me/(\w+)\?start=pick-({'|'.join(Kind)})")


class PicksByName(Filter):
    """A reply to our question; hands on the `kind` that it was about."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Kind]:
        found = await link_in_question(message, bot, _LINK)
        return {"kind": Kind(found[2])} if found is not None else False


def router() -> Router:
    menu = Router(name="choices")
    menu.callback_query.register(pick, ChoiceMenu.filter())
    menu.callback_query.register(ask_name, ChoiceSearch.filter())
    menu.message.register(take_name, PicksByName())
    return menu


class ChoiceMenus:
    """The lists as cards, and a person's choices. All methods that wait may raise StorageUnavailable."""

    def __init__(self, catalog: Catalog, settings: Settings, lists: ChoiceLists, db: Database, texts: Texts) -> None:
        self._catalog = catalog
        self._settings = settings
        self._lists = lists
        self._db = db
        self._texts = texts

    def model(self, person: Sender, kind: Kind) -> Model | None:
        """The chosen model, if it has something of this kind."""
        try:
            model = model_of(self._catalog, person.settings, self._settings, person.group, person.keys)
        except InvalidParameter:
            return None
        return model if model.offers(kind) else None

    async def card(self, person: Sender, model: Model, kind: Kind, page: int = 0) -> Card:
        """A page of the list, with what is picked."""
        texts, choices = person.texts, await self._lists.of(model, kind)
        if choices is None:
            back = choices_keyboard(texts, person.id, kind, (), page=0, picked=()).inline_keyboard[-1:]
            text = texts.html("choices-unreadable", label=model.label)
            return Card(text, InlineKeyboardMarkup(inline_keyboard=back))
        picked = picked_names(person.settings.picked_of(model.id), kind)
        name = texts.get(f"setting-{kind}")
        lines: list[str] = [texts.html("choices-menu", name=name, label=model.label, total=str(len(choices)))]
        if kind is Kind.LORA:
            lines.append(texts.html("choices-loras", limit=MAX_LORAS))
        if picked:
            lines += ["", *(_told(texts, choices, kind, one) for one in picked)]
        names = {one.name for one in picked}
        return Card("\n".join(lines), choices_keyboard(texts, person.id, kind, choices, page=page, picked=names))

    async def press(self, press: Press, person: Sender, model: Model, kind: Kind, code: str) -> Sender:
        """The person after a press on a name, which is answered."""
        texts = person.texts
        if code == OWN:
            changed = await self._change(person, model, kind, None)
        else:
            choices = await self._lists.of(model, kind) or ()
            choice = next((one for one in choices if code_of(one.name) == code), None)
            if choice is None:
                await press.answer(texts.get("press-outdated"), alert=True)
                return person
            changed = await self._change(person, model, kind, Lora(choice.name), toggle=True)
        if changed is None:
            await press.answer(texts.get("choices-too-many", limit=MAX_LORAS), alert=True)
            return person
        await press.answer(texts.get("settings-saved"))
        return changed

    async def typed(self, person: Sender, model: Model, kind: Kind, words: str) -> Card:
        """What a typed name comes to: picked where there is just that one, else those like it."""
        texts, choices = person.texts, await self._lists.of(model, kind)
        if choices is None:
            return Card(texts.html("choices-unreadable", label=model.label))
        lora = Lora.parse(words) if kind is Kind.LORA else Lora(words)
        found = find(choices, lora.name) if lora is not None else None
        like = search(choices, lora.name if lora is not None else words)
        if found is None and len(like) == 1:
            found = like[0]
        if lora is not None and found is not None:
            one = Lora(found.name, lora.weight)
            if await self._change(person, model, kind, one) is None:
                return Card(texts.html("choices-too-many", limit=MAX_LORAS))
            return Card(_told(texts, choices, kind, one))
        if like:
            text = texts.html("choices-found", total=str(len(like)))
        else:
            near = await asyncio.to_thread(nearest, choices, words, PAGE_SIZE)
            like = [one for one in choices if one.name in near]
            text = texts.html("choices-nothing", words=shorten(words, SHOWN))
        picked = {one.name for one in picked_names(person.settings.picked_of(model.id), kind)}
        rows = choice_rows(person.id, kind, like[:PAGE_SIZE], picked=picked)
        return Card(text, InlineKeyboardMarkup(inline_keyboard=rows))

    async def _change(
        self, person: Sender, model: Model, kind: Kind, picked: Lora | None, *, toggle: bool = False
    ) -> Sender | None:
        """The person with this picked; `toggle`: without a LoRA that was picked before. None: too many LoRAs."""
        async with self._db.transaction() as unit:
            settings = await unit.users.settings(person.id)
            before = settings.picked_of(model.id)
            if kind is Kind.LORA:
                loras = _with_lora(before.loras, picked, toggle=toggle)
                if loras is None:
                    return None
                after = replace(before, loras=loras)
            else:
                after = _with_name(before, kind, picked.name if picked is not None else None)
            others = [(model_id, one) for model_id, one in settings.picked if model_id != model.id]
            kept = [*others, (model.id, after)] if after != Picked() else others
            settings = await unit.users.change(person.id, picked=tuple(kept[-MOST_MODELS:]))
        return person.with_settings(settings, self._texts)


async def pick(press: Press, callback_data: ChoiceMenu, person: Sender, choice_menus: ChoiceMenus) -> None:
    kind = callback_data.kind
    model = choice_menus.model(person, kind)
    if model is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    if callback_data.code:
        person = await choice_menus.press(press, person, model, kind, callback_data.code)
    await press.answer()
    await press.edit(await choice_menus.card(person, model, kind, callback_data.page))


async def ask_name(press: Press, callback_data: ChoiceSearch, person: Sender, bot: Bot) -> None:
    await press.answer()
    if press.repeated():
        return
    texts, kind = person.texts, callback_data.kind
    link = f"https://t.me/{(await bot.me()).username}?start=pick-{kind}"
    text = texts.html("choices-ask", name=texts.get(f"setting-{kind}"), link=link)
    await press.whisper(Card(text, InlineKeyboardMarkup(inline_keyboard=[], force_reply=True)))


async def take_name(message: Message, kind: Kind, person: Sender, choice_menus: ChoiceMenus, outbox: Outbox) -> None:
    place, texts, words = aside_of(message), person.texts, (message.text or "").strip()
    model = choice_menus.model(person, kind)
    if person.id < 0:
        card = Card(texts.html("settings-no-person"))
    elif not words or not words.isprintable():
        card = Card(texts.html("settings-text-needed"))
    elif model is None:
        card = Card(texts.html("press-outdated"))
    else:
        card = await choice_menus.typed(person, model, kind, words[:MAX_NAME])
    await outbox.reply(place, card)


def picked_names(picked: Picked, kind: Kind) -> list[Lora]:
    """What is picked of a kind; the weight counts of LoRAs alone."""
    if kind is Kind.LORA:
        return [lora for text in picked.loras if (lora := Lora.parse(text)) is not None]
    name = getattr(picked, str(kind))
    return [Lora(name)] if name is not None else []


def shown_choice(texts: LanguageTexts, picked: Picked, kind: Kind) -> str:
    """As a value on a button."""
    names = picked_names(picked, kind)
    if not names:
        return texts.get("value-nothing" if kind is Kind.LORA else "value-auto")
    return ", ".join(_weighted(one) for one in names)


def _told(texts: LanguageTexts, choices: tuple[Choice, ...], kind: Kind, picked: Lora) -> str:
    """One that is picked, with the trigger words of a LoRA."""
    if kind is not Kind.LORA:
        return texts.html("settings-line", name=texts.get(f"setting-{kind}"), value=shorten(picked.name, SHOWN))
    name = shorten(picked.name, SHOWN)
    line: str = texts.html("settings-line", name=name, value=f"{picked.weight:g}")
    found = next((one for one in choices if one.name == picked.name), None)
    if found is not None and found.words:
        line += f"\n{texts.html('choices-words', words=found.words)}"
    elif found is not None and found.often:
        line += f"\n{texts.html('choices-often', words=found.often)}"
    return line


def _weighted(one: Lora) -> str:
    return one.name if one.weight == 1 else f"{one.name} {one.weight:g}"


def _with_lora(loras: tuple[str, ...], picked: Lora | None, *, toggle: bool) -> tuple[str, ...] | None:
    if picked is None:
        return ()
    others = tuple(text for text in loras if (one := Lora.parse(text)) is not None and one.name != picked.name)
    if toggle and len(others) < len(loras):
        return others
    return (*others, str(picked)) if len(others) < MAX_LORAS else None


def _with_name(picked: Picked, kind: Kind, name: str | None) -> Picked:
    named: dict[str, Any] = {str(kind): name}  # replace() has one type for all keywords
    return replace(picked, **named)
