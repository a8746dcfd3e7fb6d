"""From a wish to a request: read the words, choose the model, merge the settings, ask once, and say what is wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.handlers.addressing import place_of
from bot.handlers.buying import with_buy_button
from bot.handlers.imagine.extending import check_extension, extended
from bot.handlers.imagine.kept_inputs import KeptInputs, act_of
from bot.handlers.imagine.last_picture import last_picture
from bot.handlers.imagine.masks import masked
from bot.handlers.imagine.merge import merge, model_of, offered, refining, strengthened, tagged
from bot.handlers.imagine.message_input import Album, AlbumHiddenError, InputPicture, MessageInput, wish_of
from bot.handlers.imagine.photo_menu import photo_card
from bot.handlers.imagine.recipes import flags_of
from bot.handlers.imagine.refusals import cut, grammar_card, others, question_card, refusal_card, shorter_card
from bot.handlers.imagine.styles import Styles
from bot.handlers.imagine.variety import Question, Variety
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import PHOTO, can_extend, fit_to, tasks_of
from bot.jobs.acceptance.styling import Styled
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.styles import StyleChoice, photo_keyboard
from bot.prompt.flags import Flags
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse
from bot.prompt.history import HISTORY_LENGTH, ChainTooLongError, messages
from bot.prompt.recipe import Recipe
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from bot.texts.presets import preset_name
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database
from storage.records import Request

# What a model has to be able to where another one was refused for want of it.
_ABLE: dict[str, Callable[[Model], bool]] = {
    "no-mask": lambda model: model.capabilities.takes("mask"),
    "no-fill": can_extend,
}
FOLLOWED_UP_WITHIN = timedelta(minutes=15)  # after a picture, in which words without a reply change it by themselves


class Asker:
    """One for all handlers that ask."""

    def __init__(
        self,
        service: ImagineService,
        db: Database,
        catalog: Catalog,
        outbox: Outbox,
        settings: Settings,
        admins: Admins,
        bot: Bot,
        styles: Styles,
        variety: Variety,
    ) -> None:
        self._service = service
        self._db = db
        self._catalog = catalog
        self._outbox = outbox
        self._settings = settings
        self._admins = admins
        self._bot = bot
        self._styles = styles
        self._variety = variety
        self._kept = KeptInputs(db)

    async def wish_of(self, message: Message, album: Album = ()) -> MessageInput:
        """Raises PictureTooBigError, NotAllPicturesError, and AlbumHiddenError."""
        wish = await wish_of(message, await self._bot.me(), self._db, album, self._variety.known)
        if message.media_group_id is not None and not album:  # its words were edited, which tells of this part alone
            refused = await self._kept.of(message)
            if refused is None and message.edit_date is None and message.chat.type != ChatType.PRIVATE:
                raise AlbumHiddenError
            return replace(wish, pictures=refused.pictures) if refused is not None else wish
        return wish

    async def refused_wish(self, message: Message, pictures: int) -> MessageInput | None:
        """What a refused message wished for. As Telegram shows it below the answer it lacks what it replied to and the
        rest of its album: None, where it had more input `pictures` than are known of any more. Raises
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
        """Draw what the message wishes for, or answer why not. Whether it is drawn.

        `asked_at` counts in place of the message's own date, `shorten` cuts words that are too long, `model_id` draws
        it whatever the message says, and `agreed` is how many pictures may be drawn of it. The message can come twice:
        it asks once.
        """
        if wish.alone:
            wish = await self._continuing(message, wish, person)
        outcome: Accepted | Refused | GrammarError | Question | None
        try:
            outcome = await self._ask(
                message, wish, person, asked_at or message.date, shorten=shorten, model_id=model_id, agreed=agreed
            )
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
        """Answer a wish without words: how to say it, and in private chats what can be done with its pictures.
        `recipe`: what a file says of how it was made."""
        card = None
        if wish.pictures and message.chat.type == ChatType.PRIVATE:
            describes = self._settings.prompt_model_url is not None or bool(self._catalog.describers())
            models = offered(self._catalog, person.group, person.keys)
            card = photo_card(
                person, models, len(wish.pictures), describes=describes, tasks=tasks_of(self._catalog), recipe=recipe
            )
            if card is not None:
                card = _with_styles(card, person, self._catalog)
                await self._kept.keep(message, person.id, replace(wish, words=""))
        await self._outbox.reply(place_of(message), card or usage_card(person, picture=bool(wish.pictures)))

    async def kept_photos(self, message: Message, person: Sender) -> int | None:
        """The id under which the pictures of a message without words are kept. None: they are not all known any more.
        Raises PictureTooBigError."""
        wish = await self.refused_wish(message, 1)
        return await self._kept.keep(message, person.id, wish) if wish is not None and wish.pictures else None

    async def keep_pictures(self, message: Message, person: Sender, pictures: tuple[InputPicture, ...]) -> None:
        """Those that a message is about, for the buttons below its answer."""
        await self._kept.keep(message, person.id, MessageInput("", pictures))

    async def kept(self, kept_id: int, chat_id: int) -> MessageInput | None:
        """What was kept of a message of this chat, for the answer to a question about it."""
        return await self._kept.get(kept_id, chat_id)

    async def _continuing(self, message: Message, wish: MessageInput, person: Sender) -> MessageInput:
        """The wish with the last picture as what it changes, where the person's setting or the model says so."""
        meaning = person.settings.follow_up
        if meaning == "new":
            return wish
        try:
            parsed = parse(wish.words)
        except GrammarError:
            return wish
        model = self._model(parsed, person)
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
        return replace(wish, parent=last.request, refined=last.pictures, continued=True)

    async def draw(
        self, prompt: str, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """Plain words with the person's own settings, behind a press."""
        usual = self._styles.without_pictures(person.settings.styles)
        styled = await self._styles.named(person.id, usual, strict=False)
        model = self._model(Parsed(prompt), person, self._offered(styled.model, person))
        asked = merge(Flags(), styled.over(person.settings, model), model)
        return await self._service.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=chat_kind,
                requester_id=person.id,
                language=person.public.language,
                asked_at=asked_at,
                prompt=prompt,
                model_id=model.id if model is not None else None,
                parameters=styled.dressed(asked, model, sized=False),
                admin=await self._admins.exempt(person),
            )
        )

    async def draw_again(
        self, recipe: Recipe, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """What a file says that it was made from, within the bounds of the model: its own if it is one of ours."""
        model = self._model(Parsed(recipe.prompt), person, self._offered(recipe.model, person))
        prompt, flags = tagged(recipe.prompt, flags_of(recipe, model), model)
        asked = merge(flags, person.settings, model)
        asked = replace(asked, negative_prompt=asked.negative_prompt or None)
        return await self._service.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=chat_kind,
                requester_id=person.id,
                language=person.public.language,
                asked_at=asked_at,
                prompt=prompt,
                model_id=model.id if model is not None else None,
                parameters=fit_to(model, asked) if model is not None else asked,
                admin=await self._admins.exempt(person),
            )
        )

    async def _ask(
        self,
        message: Message,
        wish: MessageInput,
        person: Sender,
        asked_at: datetime,
        *,
        shorten: bool,
        model_id: str | None,
        agreed: int | None,
    ) -> Accepted | Refused | Question | None:
        """None: there are no words to draw. Raises GrammarError."""
        source, place = act_of(message), place_of(message)
        language, admin = person.public.language, await self._admins.exempt(person)
        parsed = _parsed(wish, shorten=shorten)
        mask = None
        if parsed.flags.mask:
            wish, mask = masked(wish, parsed)
        if parsed.flags.extends:
            check_extension(wish, parsed)
        if not parsed.prompt and wish.parent is not None and not wish.words:
            return await self._service.repeat(
                wish.parent.id,
                source=source,
                requester_id=person.id,
                place=place,
                fresh_seed=True,
                model_id=model_id,
                chat_kind=message.chat.type,
                language=language,
                admin=admin,
            )
        styled = await self._styled(wish, parsed, person)
        prompt = _prompt(wish, parsed, styled)
        if not prompt:
            return None
        named = model_id or parsed.flags.model or wish.model_id or self._offered(styled.model, person)
        model = self._model(parsed, person, named)
        prompt, flags = tagged(prompt, parsed.flags, model)
        parsed = replace(parsed, flags=flags)
        template = self._variety.template(prompt, borrowed=wish.borrowed)
        takes_picture = model is None or model.capabilities.takes("image")
        # Somebody's captioned photo is worth its words, also to a model that cannot start from it.
        pictures = () if wish.borrowed and not takes_picture else wish.pictures
        ask = Ask(
            source=source,
            place=place,
            chat_kind=message.chat.type,
            requester_id=person.id,
            language=language,
            asked_at=asked_at,
            prompt=prompt,
            model_id=model.id if model is not None else model_id or parsed.flags.model,
            parameters=merge(parsed.flags, styled.over(person.settings, model), model, pictures=pictures),
            admin=admin,
        )
        if model is not None and model_id is not None:  # the words were meant for another
            ask = replace(ask, parameters=fit_to(model, ask.parameters))
        if wish.continued:
            ask = replace(ask, parameters=replace(ask.parameters, continued=True))
        if wish.parent is not None:
            ask = await self._refining(ask, wish, wish.parent, parsed, model)
        if mask is not None:
            ask = replace(ask, parameters=mask.over(ask.parameters))
        if parsed.flags.extends:
            ask = replace(ask, parameters=extended(ask.parameters, wish, parsed.flags, model))
        if styled.needs_picture and not ask.parameters.input_file_ids:
            return Refused("style-needs-picture", {"style": styled.needs_picture})
        ask = _dressed(ask, wish, parsed, styled, model)
        ask = replace(ask, parameters=strengthened(ask.parameters, person.settings, model))
        models = [ask.model_id or ""] if model_id is not None else parsed.flags.models or [ask.model_id or ""]
        bases = _bases(wish, parsed)
        several = template.varies or len(models) > 1 or bool(bases)
        count = parsed.flags.count or 1 if several else ask.parameters.count
        planned = self._variety.planned(ask, template, models, bases=bases, count=count, agreed=agreed)
        return planned if isinstance(planned, Question) else await self._service.ask(planned)

    async def _refining(
        self, ask: Ask, wish: MessageInput, parent: Request, parsed: Parsed, model: Model | None
    ) -> Ask:
        """With the picture that is refined, and the words that led to it. Raises GrammarError."""
        asked = refining(ask.parameters, wish, parsed, model)
        async with self._db.read() as unit:
            chain = await unit.requests.chain(parent.id, limit=HISTORY_LENGTH)
        # What was made of a picture without words of its own has those of that picture.
        chain = [step for step in chain if step.parameters.task is None]
        only = wish.refined[0].variant if len(wish.refined) == 1 else None
        if only is not None and only.prompt and chain:
            chain[-1] = replace(chain[-1], prompt=only.prompt)
        # Flags without words draw the parent's own words anew, and not twice.
        earlier = chain if parsed.prompt else chain[:-1]
        changed = parsed.prompt or parsed.flags.mask or parsed.flags.extends
        parent_id = parent.id if changed else parent.parent_id
        ask = replace(ask, parameters=asked, parent_id=parent_id)
        try:
            return replace(ask, history=messages(earlier, ask.prompt))
        except ChainTooLongError as error:
            if model is None or not (model.capabilities.edits and asked.input_file_ids):
                raise GrammarError("prompt-chain-too-long", length=error.length, limit=error.limit) from None
            # An editor does not need the chain, as long as it has the picture.
            return replace(ask, parameters=replace(asked, input_optional=False))

    async def _styled(self, wish: MessageInput, parsed: Parsed, person: Sender) -> Styled:
        """The presets that are named; else those of the picture that is refined, else those of the settings. Raises
        GrammarError."""
        given = parsed.flags.styles if wish.styles is None else wish.styles
        usual = wish.parent.parameters.styles if wish.parent is not None else person.settings.styles
        if given is not None:
            return await self._styles.named(person.id, given, strict=True)
        if wish.parent is None and not wish.pictures:
            usual = tuple(self._styles.without_pictures(usual))
        return await self._styles.named(person.id, usual, strict=False)

    def _offered(self, model_id: str | None, person: Sender) -> str | None:
        """A preset's model, where it can be drawn with."""
        return (
            model_id
            if any(model.id == model_id for model in offered(self._catalog, person.group, person.keys))
            else None
        )

    def _model(self, parsed: Parsed, person: Sender, named: str | None = None) -> Model | None:
        """None: unknown, which the service refuses by name."""
        named = named or parsed.flags.model
        try:
            if named is not None:
                return self._catalog[named]
            return model_of(self._catalog, person.settings, self._settings, person.group, person.keys)
        except InvalidParameter:
            return None


def _parsed(wish: MessageInput, *, shorten: bool) -> Parsed:
    """Raises GrammarError, but for words that were borrowed: who replied cannot mend somebody else's."""
    try:
        return cut(wish.words) if shorten else parse(wish.words)
    except GrammarError:
        if not wish.borrowed:
            raise
        return Parsed(shortened(wish.words, PROMPT_LENGTH) if shorten else wish.words)


def _prompt(wish: MessageInput, parsed: Parsed, styled: Styled) -> str:
    """The words that are typed; else those of the picture that is refined, or of a preset for a photo without any."""
    if parsed.prompt:
        return parsed.prompt
    if wish.parent is not None:
        only = wish.refined[0].variant if len(wish.refined) == 1 else None
        words = (only.prompt if only is not None else "") or wish.parent.prompt
        return words if words != PHOTO else ""
    return (styled.example or "") if wish.pictures and styled.needs_picture else ""


def _with_styles(card: Card, person: Sender, catalog: Catalog) -> Card:
    """With a button for each of some presets below the others; those that start from a picture first."""
    presets = sorted(catalog.presets.values(), key=lambda preset: not preset.needs_picture)
    choices = [StyleChoice(preset.id, preset_name(person.public, preset)) for preset in presets]
    if not choices:
        return card
    rows = card.keyboard.inline_keyboard if card.keyboard is not None else []
    below = photo_keyboard(choices).inline_keyboard
    return replace(card, keyboard=InlineKeyboardMarkup(inline_keyboard=[*rows, *below]))


def _bases(wish: MessageInput, parsed: Parsed) -> list[str]:
    """The words of each picture of a sheet whose pictures differ, where new words are added to all of them."""
    words = [picture.variant.prompt for picture in wish.refined if picture.variant is not None]
    return list(dict.fromkeys(words)) if parsed.prompt and len(wish.refined) > 1 and all(words) else []


def _dressed(ask: Ask, wish: MessageInput, parsed: Parsed, styled: Styled, model: Model | None) -> Ask:
    """With all that the presets bring."""
    inherited = wish.parent is not None and wish.styles is None and parsed.flags.styles is None
    if inherited and model is not None and model.capabilities.edits and ask.parameters.input_file_ids:
        return ask  # an instruction to change what is drawn in a style already says nothing of that style
    return replace(ask, parameters=styled.dressed(ask.parameters, model, sized=parsed.flags.sized))


def starting_pictures(wish: MessageInput) -> int:
    """How many pictures a wish can start from."""
    return len(wish.pictures) + (len(wish.refined) == 1)


def usage_card(person: Sender, *, picture: bool = False) -> Card:
    key = "imagine-caption-usage" if picture else "imagine-usage"
    return Card(person.public.html(key, example=person.public.get("example-prompt")))
