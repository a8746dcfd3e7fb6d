"""Presets under a picture: drawing it in a style, and keeping it as one's own preset.

To keep one, the bot asks for a name in a new message, and the answer is a reply to that. Nothing is stored in between:
a link in the question's text names the request. Only the bot's own messages can carry such a link.
"""

import re
from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import InlineKeyboardMarkup, Message

from bot.handlers.addressing import aside_of
from bot.handlers.imagine.styles import Styles
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.buttons import DrawAnswered
from bot.handlers.picture.redraw import Redraws
from bot.handlers.presets.menus import StyleMenus, style_choices
from bot.handlers.press import Press
from bot.handlers.questions import link_in_question
from bot.handlers.sender import Sender
from bot.jobs.acceptance.redrawing import Restyle
from bot.keyboards.picture import Action, PictureAction
from bot.keyboards.styles import DrawStyled, PictureStyle, picture_styles_keyboard
from bot.prompt.styles import read_name, read_template, template_of
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import Parameters, Request
from storage.repositories.presets import MOST_PRESETS

_LINK = re.compile(r"https://t\.me/(\w+)\?start=keep-([0-9]{1,18})")


class NamesPreset(Filter):
    """Matches a reply to the bot's question for a name, and passes the request's id on as `kept`."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, int]:
        found = await link_in_question(message, bot, _LINK)
        return {"kept": int(found[2])} if found is not None else False


def router() -> Router:
    styles = Router(name="picture-styles")
    on = styles.callback_query.register
    on(open_styles, PictureAction.filter(F.action == Action.STYLE))
    on(ask_name, PictureAction.filter(F.action == Action.KEEP))
    on(picture_style, PictureStyle.filter())
    on(draw_styled, DrawStyled.filter())
    styles.message.register(take_name, NamesPreset())
    return styles


class StyleRedraws:
    """The menu of presets under a picture, and the actions of its buttons."""

    def __init__(
        self, db: Database, catalog: Catalog, texts: Texts, styles: Styles, menus: StyleMenus, redraws: Redraws
    ) -> None:
        self._db = db
        self._catalog = catalog
        self._texts = texts
        self._styles = styles
        self._menus = menus
        self._redraws = redraws

    async def show(self, press: Press, person: Sender, request: Request, page: int = 0) -> None:
        """Replaces the picture's buttons by the menu. In a group, where everybody sees them, the person's own presets
        are left out."""
        private = press.message is not None and press.message.chat.type == ChatType.PRIVATE
        kept = await self._styles.own(person.id) if private else []
        texts = self._texts(request.language)
        choices = style_choices(texts, self._catalog, kept, request.parameters.styles)
        await press.show_buttons(picture_styles_keyboard(texts, request.id, choices, page=page))

    async def draw(self, press: Press, person: Sender, owned: Owned, code: str) -> None:
        name = await self._menus.name_of(person, code)
        if name is None:
            await press.answer(person.texts.get("press-outdated"), alert=True)
            return
        styled = await self._styles.named(person.id, (name,), strict=False)
        file_id = None
        if styled.needs_picture and not owned.request.parameters.input_file_ids:
            async with self._db.read() as unit:
                pictures = await unit.pictures.of_request(owned.request.id)
            file_id = pictures[0].file_id if len(pictures) == 1 else None
            if file_id is None:
                await press.answer(person.texts.get("refused-style-one-picture"), alert=True)
                return
        await self._redraws.draw(press, person, owned, Restyle(styled, file_id))

    async def keep(self, person: Sender, request_id: int, name: str, template: str | None) -> str:
        """Stores a picture's options as a preset. Returns the key of the text that answers. Raises
        StorageUnavailable."""
        async with self._db.transaction() as unit:
            request = await unit.requests.get(request_id)
            if request is None or request.requester_id != person.id or not request.prompt:
                return "refused-request-gone"
            asked = request.parameters
            kept = await unit.presets.keep(
                person.id,
                name,
                template or template_of(request.full_prompt or request.prompt, asked.templates),
                model=request.model,
                parameters=replace(
                    Parameters(),
                    negative_prompt=asked.negative_prompt,
                    width=asked.width,
                    height=asked.height,
                    aspect_ratio=asked.aspect_ratio,
                    steps=asked.steps,
                    guidance_scale=asked.guidance_scale,
                    strength=asked.strength,
                    checkpoint=asked.checkpoint,
                    sampler=asked.sampler,
                    scheduler=asked.scheduler,
                    vae=asked.vae,
                    loras=asked.loras,
                ),
            )
        return "preset-kept" if kept is not None else "preset-too-many"


async def open_styles(press: Press, person: Sender, owned: Owned, style_redraws: StyleRedraws) -> None:
    await press.answer()
    await style_redraws.show(press, person, owned.request)


async def picture_style(
    press: Press, callback_data: PictureStyle, person: Sender, owned: Owned, style_redraws: StyleRedraws
) -> None:
    if callback_data.code:
        await style_redraws.draw(press, person, owned, callback_data.code)
        return
    await press.answer()
    await style_redraws.show(press, person, owned.request, callback_data.page)


async def ask_name(press: Press, person: Sender, owned: Owned, bot: Bot) -> None:
    """Asks for the preset's name. Only the person who asked for the picture: an admin would keep what is not theirs."""
    if owned.request.requester_id != person.id or person.id < 0:
        await press.answer(person.texts.get("press-not-yours"), alert=True)
        return
    await press.answer()
    if press.repeated():
        return
    link = f"https://t.me/{(await bot.me()).username}?start=keep-{owned.request.id}"
    text = person.texts.html("preset-ask-name", link=link)
    await press.whisper(Card(text, InlineKeyboardMarkup(inline_keyboard=[], force_reply=True)))


async def take_name(
    message: Message, kept: int, person: Sender, style_redraws: StyleRedraws, outbox: Outbox, catalog: Catalog
) -> None:
    """Reads the name, and from the second line on the preset's own words, and stores the preset."""
    texts, place = person.texts, aside_of(message)
    first, _, rest = (message.text or "").strip().partition("\n")
    name = read_name(first)
    if name is None or name.casefold() in catalog.presets:
        await outbox.reply(place, Card(texts.html("preset-bad-name")))
        return
    template = read_template(rest) if rest.strip() else None
    if rest.strip() and template is None:
        await outbox.reply(place, Card(texts.html("preset-bad-words")))
        return
    key = await style_redraws.keep(person, kept, name, template)
    if key == "preset-too-many":
        card = Card(texts.html(key, limit=MOST_PRESETS))
    elif key == "preset-kept":
        card = Card(texts.html(key, name=name, typed=f'"{name}"' if " " in name else name))
    else:
        card = Card(texts.html(key))
    await outbox.reply(place, card)


async def draw_styled(
    press: Press,
    callback_data: DrawStyled,
    person: Sender,
    answered: Message,
    draw_answered: DrawAnswered,
    catalog: Catalog,
) -> None:
    """A style's button below a photo without words."""
    preset = catalog.presets.get(callback_data.code)
    if preset is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    await draw_answered.draw(press, person, answered, style=preset.id, example=preset.example, pictures=1)
