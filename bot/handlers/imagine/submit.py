"""Submits a request: reads the words, chooses the model, merges the settings, asks the service once, and says what is
wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.handlers.addressing import place_of
from bot.handlers.buying import with_buy_button
from bot.handlers.imagine.ask_builder import Act, AskBuilder
from bot.handlers.imagine.kept_inputs import KeptInputs, act_of
from bot.handlers.imagine.last_picture import last_picture
from bot.handlers.imagine.merge import offered
from bot.handlers.imagine.message_input import Album, AlbumHiddenError, InputPicture, MessageInput, wish_of
from bot.handlers.imagine.photo_menu import photo_card
from bot.handlers.imagine.refusals import grammar_card, others, question_card, refusal_card, shorter_card
from bot.handlers.imagine.variety import Question
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import can_extend, sources, tasks_of
from bot.jobs.acceptance.redrawing import Repeat, Requester
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.styles import StyleChoice, photo_keyboard
from bot.prompt.grammar import GrammarError, parse
from bot.prompt.recipe import Recipe
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from bot.texts.presets import preset_name
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage import Database
from storage.records import Request

# The capability that another model must have, by the code of the refusal.
_ABLE: dict[str, Callable[[Model], bool]] = {
    "no-mask": lambda model: model.capabilities.takes("mask"),
    "no-fill": can_extend,
}
FOLLOWED_UP_WITHIN = timedelta(minutes=15)  # after a picture, in which words without a reply change it by themselves


class Asker:
    """Shared by all handlers that submit requests."""

    def __init__(
        self,
        service: ImagineService,
        db: Database,
        catalog: Catalog,
        outbox: Outbox,
        settings: Settings,
        admins: Admins,
        bot: Bot,
        asks: AskBuilder,
        known_wildcard: Callable[[str], bool],
    ) -> None:
        self._service = service
        self._db = db
        self._catalog = catalog
        self._outbox = outbox
        self._settings = settings
        self._admins = admins
        self._bot = bot
        self._asks = asks
        self._known_wildcard = known_wildcard
        self._kept = KeptInputs(db)

    async def wish_of(self, message: Message, album: Album = ()) -> MessageInput:
        """What a message asks for. Raises PictureTooBigError, NotAllPicturesError and AlbumHiddenError."""
        wish = await wish_of(message, await self._bot.me(), self._db, album, self._known_wildcard)
        if message.media_group_id is not None and not album:  # an edited caption comes without the other parts
            refused = await self._kept.of(message)
            if refused is None and message.edit_date is None and message.chat.type != ChatType.PRIVATE:
                raise AlbumHiddenError
            return replace(wish, pictures=refused.pictures) if refused is not None else wish
        return wish

    async def refused_wish(self, message: Message, pictures: int) -> MessageInput | None:
        """What a refused message asked for. Telegram shows that message below the answer without the message that it
        replied to and without the rest of its album. None: it had more source `pictures` than are still known. Raises
        PictureTooBigError."""
        wish = await self._kept.of(message)
        if wish is not None:
            return wish
        if message.media_group_id is not None:
            return None
        wish = await self.wish_of(message)
        return wish if starting_pictures(wish) >= pictures else None

    async def ask(
        self,
        message: Message,
        wish: MessageInput,
        person: Sender,
        *,
        asked_at: datetime | None = None,
        shorten: bool = False,
        model_id: str | None = None,
        agreed: int | None = None,
    ) -> bool:
        """Draws what the message asks for, or answers why not. Returns whether it is drawn.

        `asked_at` replaces the message's own date. `shorten`: cut words that are too long. `model_id`: draw with this
        model whatever the message says. `agreed`: how many pictures may be drawn. A message that comes twice asks once.
        """
        if wish.alone:
            wish = await self._continuing(message, wish, person)
        act = Act(act_of(message), place_of(message), message.chat.type, asked_at or message.date)
        outcome: Accepted | Refused | GrammarError | Question | None
        try:
            if wish.parent is not None and not wish.words:
                outcome = await self._once_more(act, wish.parent, person, model_id)
            else:
                asked = await self._asks.from_message(
                    act, wish, person, shorten=shorten, model_id=model_id, agreed=agreed
                )
                outcome = await self._service.ask(asked) if isinstance(asked, Ask) else asked
        except GrammarError as error:
            outcome = error
        if isinstance(outcome, Accepted):
            return True
        if isinstance(outcome, Question):
            card = question_card(person.public, outcome)
        elif isinstance(outcome, GrammarError):
            card = grammar_card(person.public, outcome, self._catalog)
        elif isinstance(outcome, Refused):
            instead = others(
                outcome,
                self._catalog,
                person.group,
                self._service.health.is_down,
                pictures=starting_pictures(wish) if wish.pictures else 0,
                able=_ABLE.get(outcome.code),
            )
            card = refusal_card(person.public, outcome, self._catalog, instead, pictures=starting_pictures(wish))
            if outcome.code == "credits":
                private = message.chat.type == ChatType.PRIVATE
                card = await with_buy_button(self._bot, person.public, card, private=private)
        else:
            await self.offer(message, wish, person)
            return False
        if not isinstance(outcome, Question) and outcome.code == "prompt-too-long":
            card = shorter_card(person.public, card, wish.words)
        shown_whole = not (wish.pictures or wish.parent is not None or wish.borrowed)
        if message.media_group_id is not None or (card.keyboard is not None and not shown_whole):
            await self._kept.keep(message, person.id, wish)
        await self._outbox.reply(place_of(message), card)
        return False

    async def offer(
        self, message: Message, wish: MessageInput, person: Sender, *, recipe: Recipe | None = None
    ) -> None:
        """Answers a message without words: how to ask, and in private chats what can be done with its pictures.
        `recipe`: what a file says about how it was made."""
        card = None
        if wish.pictures and message.chat.type == ChatType.PRIVATE:
            describes = self._settings.prompt_model_url is not None or bool(self._catalog.describers())
            models = offered(self._catalog, person.group, person.keys)
            tasks = tasks_of(self._catalog, person.keys)
            card = photo_card(person, models, len(wish.pictures), describes=describes, tasks=tasks, recipe=recipe)
            if card is not None:
                card = _with_styles(card, person, self._catalog)
                await self._kept.keep(message, person.id, replace(wish, words=""))
        await self._outbox.reply(place_of(message), card or usage_card(person, picture=bool(wish.pictures)))

    async def kept_photos(self, message: Message, person: Sender) -> int | None:
        """The id under which the pictures of a message without words are stored. None: not all of them are still known.
        Raises PictureTooBigError."""
        wish = await self.refused_wish(message, 1)
        return await self._kept.keep(message, person.id, wish) if wish is not None and wish.pictures else None

    async def keep_pictures(self, message: Message, person: Sender, pictures: tuple[InputPicture, ...]) -> None:
        """Stores the pictures that a message is about, for the buttons below its answer."""
        await self._kept.keep(message, person.id, MessageInput("", pictures))

    async def kept(self, kept_id: int, chat_id: int) -> MessageInput | None:
        """The stored input of a message of this chat, for the reply to a question about it."""
        return await self._kept.get(kept_id, chat_id)

    async def _continuing(self, message: Message, wish: MessageInput, person: Sender) -> MessageInput:
        """The wish with the last picture as the one that it changes, if the person's setting or the model says so."""
        meaning = person.settings.follow_up
        if meaning == "new":
            return wish
        try:
            parsed = parse(wish.words)
        except GrammarError:
            return wish
        model = self._asks.model(person, parsed.flags.model)
        if parsed.flags.new or not parsed.prompt or model is None:
            return wish
        if meaning is None and not model.capabilities.edits:
            return wish
        within = None if meaning is not None else FOLLOWED_UP_WITHIN
        chat_id = message.chat.id
        last = await last_picture(self._db, chat_id, message.date, act_of(message), within=within)
        if model.capabilities.input_images:
            sent = await self._kept.photos_without_words(chat_id, since=message.date - FOLLOWED_UP_WITHIN)
            if sent is not None and sent[0] < message.message_id and (last is None or sent[0] > last.message_id):
                return replace(wish, pictures=sent[1].pictures, continued=True)
        if last is None:
            return wish
        return replace(wish, parent=last.request, refined=sources(last.request, last.pictures), continued=True)

    async def draw(
        self, prompt: str, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """Draws plain words with the person's own settings, after a press."""
        act = Act(source, place, chat_kind, asked_at)
        return await self._service.ask(await self._asks.from_words(act, prompt, person))

    async def draw_again(
        self, recipe: Recipe, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """Draws what a file says about how it was made, after a press."""
        act = Act(source, place, chat_kind, asked_at)
        return await self._service.ask(await self._asks.from_recipe(act, recipe, person))

    async def _once_more(self, act: Act, parent: Request, person: Sender, model_id: str | None) -> Accepted | Refused:
        """A reply to a picture without any words: draws it again with a new seed."""
        by = Requester(
            source=act.source,
            requester_id=person.id,
            place=act.place,
            language=person.public.language,
            chat_kind=act.chat_kind,
            admin=await self._admins.exempt(person),
            keys=person.keys,
        )
        return await self._service.redraw(parent.id, Repeat(fresh_seed=True, model_id=model_id), by)


def _with_styles(card: Card, person: Sender, catalog: Catalog) -> Card:
    """The card with buttons for some presets below the others; those that need a picture first."""
    presets = sorted(catalog.presets.values(), key=lambda preset: not preset.needs_picture)
    choices = [StyleChoice(preset.id, preset_name(person.public, preset)) for preset in presets]
    if not choices:
        return card
    rows = card.keyboard.inline_keyboard if card.keyboard is not None else []
    below = photo_keyboard(choices).inline_keyboard
    return replace(card, keyboard=InlineKeyboardMarkup(inline_keyboard=[*rows, *below]))


def starting_pictures(wish: MessageInput) -> int:
    """How many source images a wish can have."""
    return len(wish.pictures) + (len(wish.refined) == 1)


def usage_card(person: Sender, *, picture: bool = False) -> Card:
    key = "imagine-caption-usage" if picture else "imagine-usage"
    return Card(person.public.html(key, example=person.public.get("example-prompt")))
