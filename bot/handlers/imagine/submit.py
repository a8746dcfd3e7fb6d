"""From a wish to a request: read the words, choose the model, merge the settings, ask once, and say what is wrong."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime

from aiogram import Bot
from aiogram.types import Message

from bot.config import Settings
from bot.handlers.addressing import place_of
from bot.handlers.imagine.merge import merge, model_of, offered, refining
from bot.handlers.imagine.message_input import Album, MessageInput, wish_of
from bot.handlers.imagine.refusals import cut, grammar_card, others, question_card, refusal_card, shorter_card
from bot.handlers.imagine.styles import Styles
from bot.handlers.imagine.variety import Question, Variety
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import fit_to
from bot.jobs.acceptance.styling import Styled
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.styles import StyleChoice, photo_keyboard
from bot.prompt.flags import Flags
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse
from bot.prompt.history import HISTORY_LENGTH, ChainTooLongError, messages
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from bot.texts.presets import preset_name
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database
from storage.records import Request

REFUSED = 256  # wishes that are remembered


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
        self._refused = RefusedWishes()

    async def wish_of(self, message: Message, album: Album = ()) -> MessageInput:
        """Raises PictureTooBigError, and NotAllPicturesError."""
        wish = await wish_of(message, await self._bot.me(), self._db, album, self._variety.known)
        if message.media_group_id is not None and not album:  # its words were edited, which tells of this part alone
            refused = self._refused.get(act_of(message))
            return replace(wish, pictures=refused.pictures) if refused is not None else wish
        return wish

    async def refused_wish(self, message: Message, pictures: int) -> MessageInput | None:
        """What a refused message wished for. As Telegram shows it below the answer it lacks what it replied to and the
        rest of its album: None, where it had more input `pictures` than are known of any more. Raises
        PictureTooBigError."""
        wish = self._refused.get(act_of(message))
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
        outcome = await self._ask(
            message,
            wish,
            person,
            asked_at or message.date,
            shorten=shorten,
            model_id=model_id,
            agreed=agreed,
        )
        if isinstance(outcome, Accepted):
            return True
        self._refused.add(act_of(message), wish)
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
            )
            card = refusal_card(person.public, outcome, self._catalog, instead, pictures=starting_pictures(wish))
        else:
            card = usage_card(person, picture=bool(wish.pictures), catalog=self._catalog)
        if isinstance(outcome, GrammarError | Refused) and outcome.code == "prompt-too-long":
            card = shorter_card(person.public, card, wish.words)
        await self._outbox.reply(place_of(message), card)
        return False

    async def draw(
        self, prompt: str, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """Plain words with the person's own settings, behind a press."""
        usual = self._styles.without_pictures(person.settings.styles)
        styled = await self._styles.named(person.id, usual, strict=False)
        model = self._model(Parsed(prompt), person, self._offered(styled.model, person))
        asked = merge(Flags(), styled.over(person.settings), model)
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
    ) -> Accepted | Refused | GrammarError | Question | None:
        """None: there are no words to draw."""
        source, place = act_of(message), place_of(message)
        language, admin = person.public.language, await self._admins.exempt(person)
        try:
            parsed = _parsed(wish, shorten=shorten)
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
            template = self._variety.template(prompt, borrowed=wish.borrowed)
            if not prompt:
                return None
            named = model_id or parsed.flags.model or wish.model_id or self._offered(styled.model, person)
            model = self._model(parsed, person, named)
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
                parameters=merge(parsed.flags, styled.over(person.settings), model, pictures=pictures),
                admin=admin,
            )
            if model is not None and model_id is not None:  # the words were meant for another
                ask = replace(ask, parameters=fit_to(model, ask.parameters))
            if wish.parent is not None:
                ask = await self._refining(ask, wish, wish.parent, parsed, model)
            if styled.needs_picture and not ask.parameters.input_file_ids:
                return Refused("style-needs-picture", {"style": styled.needs_picture})
            ask = _dressed(ask, wish, parsed, styled, model)
            models = [ask.model_id or ""] if model_id is not None else parsed.flags.models or [ask.model_id or ""]
            bases = _bases(wish, parsed)
            several = template.varies or len(models) > 1 or bool(bases)
            count = parsed.flags.count or 1 if several else ask.parameters.count
            planned = self._variety.planned(ask, template, models, bases=bases, count=count, agreed=agreed)
        except GrammarError as error:
            return error
        return planned if isinstance(planned, Question) else await self._service.ask(planned)

    async def _refining(
        self, ask: Ask, wish: MessageInput, parent: Request, parsed: Parsed, model: Model | None
    ) -> Ask:
        """The same as an answer to a picture. Raises GrammarError: with all before it, it is too long."""
        ask = replace(ask, parameters=refining(ask.parameters, wish, parsed, model))
        async with self._db.read() as unit:
            chain = await unit.requests.chain(parent.id, limit=HISTORY_LENGTH)
        only = wish.refined[0].variant if len(wish.refined) == 1 else None
        if only is not None and only.prompt and chain:
            chain[-1] = replace(chain[-1], prompt=only.prompt)
        # Flags without words draw the parent's own words anew, and not twice.
        earlier = chain if parsed.prompt else chain[:-1]
        ask = replace(ask, parent_id=parent.id if parsed.prompt else parent.parent_id)
        try:
            return replace(ask, history=messages(earlier, ask.prompt))
        except ChainTooLongError as error:
            asked = ask.parameters
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
        return model_id if any(model.id == model_id for model in offered(self._catalog, person.group)) else None

    def _model(self, parsed: Parsed, person: Sender, named: str | None = None) -> Model | None:
        """None: unknown, which the service refuses by name."""
        named = named or parsed.flags.model
        try:
            if named is not None:
                return self._catalog[named]
            return model_of(self._catalog, person.settings, self._settings, person.group)
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
        return (only.prompt if only is not None else "") or wish.parent.prompt
    return (styled.example or "") if wish.pictures and styled.needs_picture else ""


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


class RefusedWishes:
    """The newest wishes that were refused, for the buttons below the answers."""

    def __init__(self) -> None:
        self._wishes: OrderedDict[str, MessageInput] = OrderedDict()

    def add(self, act: str, wish: MessageInput) -> None:
        self._wishes[act] = wish
        self._wishes.move_to_end(act)
        if len(self._wishes) > REFUSED:
            self._wishes.popitem(last=False)

    def get(self, act: str) -> MessageInput | None:
        return self._wishes.get(act)


def starting_pictures(wish: MessageInput) -> int:
    """How many pictures a wish can start from."""
    return len(wish.pictures) + (len(wish.refined) == 1)


def usage_card(person: Sender, *, picture: bool = False, catalog: Catalog | None = None) -> Card:
    """With a button for each of some presets of the `catalog`, where there is a picture that somebody can draw from."""
    key = "imagine-caption-usage" if picture else "imagine-usage"
    text = person.public.html(key, example=person.public.get("example-prompt"))
    if not picture or catalog is None:
        return Card(text)
    if not any(model.capabilities.takes("image") for model in offered(catalog, person.group)):
        return Card(text)
    presets = sorted(catalog.presets.values(), key=lambda preset: not preset.needs_picture)
    choices = [StyleChoice(preset.id, preset_name(person.public, preset)) for preset in presets]
    return Card(text, photo_keyboard(choices) if choices else None)


def act_of(message: Message) -> str:
    """The name of the act: the message, which is the same when its update comes twice."""
    if message.ephemeral_message_id is not None:
        return f"e:{message.chat.id}:{message.ephemeral_message_id}"
    return f"m:{message.chat.id}:{message.message_id}"
