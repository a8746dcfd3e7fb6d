"""From a wish to a request: read the words, choose the model, merge the settings, ask once, and say what is wrong."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime

from aiogram import Bot
from aiogram.types import Message

from bot.config import Settings
from bot.handlers.addressing import place_of
from bot.handlers.imagine.merge import merge, model_of, refining
from bot.handlers.imagine.message_input import Album, MessageInput, wish_of
from bot.handlers.imagine.refusals import cut, grammar_card, others, refusal_card, shorter_card
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import fit_to
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.picture import photo_keyboard
from bot.prompt.flags import Flags
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse
from bot.prompt.history import HISTORY_LENGTH, ChainTooLongError, messages
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database

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
    ) -> None:
        self._service = service
        self._db = db
        self._catalog = catalog
        self._outbox = outbox
        self._settings = settings
        self._admins = admins
        self._bot = bot
        self._refused = RefusedWishes()

    async def wish_of(self, message: Message, album: Album = ()) -> MessageInput:
        """Raises PictureTooBigError, and NotAllPicturesError."""
        wish = await wish_of(message, await self._bot.me(), self._db, album)
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
    ) -> bool:
        """Draw what the message wishes for, or answer why not. Whether it is drawn.

        `asked_at` counts in place of the message's own date, `shorten` cuts words that are too long, and `model_id`
        draws it whatever the message says. The message can come twice: it asks once.
        """
        outcome = await self._ask(message, wish, person, asked_at or message.date, shorten=shorten, model_id=model_id)
        if isinstance(outcome, Accepted):
            return True
        self._refused.add(act_of(message), wish)
        if isinstance(outcome, GrammarError):
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
            card = usage_card(person, picture=bool(wish.pictures))
        if isinstance(outcome, GrammarError | Refused) and outcome.code == "prompt-too-long":
            card = shorter_card(person.public, card, wish.words)
        await self._outbox.reply(place_of(message), card)
        return False

    async def draw(
        self, prompt: str, person: Sender, *, source: str, place: Destination, chat_kind: str, asked_at: datetime
    ) -> Accepted | Refused:
        """Plain words with the person's own settings, behind a press."""
        model = self._model(Parsed(prompt), person)
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
                parameters=merge(Flags(), person.settings, model),
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
    ) -> Accepted | Refused | GrammarError | None:
        """None: there are no words to draw."""
        source, place = act_of(message), place_of(message)
        language, admin = person.public.language, await self._admins.exempt(person)
        try:
            parsed = cut(wish.words) if shorten else parse(wish.words)
        except GrammarError as error:
            if not wish.borrowed:
                return error
            words = shortened(wish.words, PROMPT_LENGTH) if shorten else wish.words
            parsed = Parsed(words)  # who replied cannot mend somebody else's words
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
        prompt = parsed.prompt or (wish.parent.prompt if wish.parent is not None else "")
        if not prompt:
            return None
        model = self._model(parsed, person, model_id or parsed.flags.model or wish.model_id)
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
            parameters=merge(parsed.flags, person.settings, model, pictures=pictures),
            admin=admin,
        )
        if model is not None and model_id is not None:  # the words were meant for another
            ask = replace(ask, parameters=fit_to(model, ask.parameters))
        if wish.parent is not None:
            ask = replace(ask, parameters=refining(ask.parameters, wish, parsed, model))
            async with self._db.read() as unit:
                chain = await unit.requests.chain(wish.parent.id, limit=HISTORY_LENGTH)
            # Flags without words draw the parent's own words anew, and not twice.
            earlier = chain if parsed.prompt else chain[:-1]
            parent_id = wish.parent.id if parsed.prompt else wish.parent.parent_id
            ask = replace(ask, parent_id=parent_id)
            try:
                ask = replace(ask, history=messages(earlier, prompt))
            except ChainTooLongError as error:
                asked = ask.parameters
                if model is None or not (model.capabilities.edits and asked.input_file_ids):
                    return GrammarError("prompt-chain-too-long", length=error.length, limit=error.limit)
                # An editor does not need the chain, as long as it has the picture.
                ask = replace(ask, parameters=replace(asked, input_optional=False))
        return await self._service.ask(ask)

    def _model(self, parsed: Parsed, person: Sender, named: str | None = None) -> Model | None:
        """None: unknown, which the service refuses by name."""
        named = named or parsed.flags.model
        try:
            if named is not None:
                return self._catalog[named]
            return model_of(self._catalog, person.settings, self._settings, person.group)
        except InvalidParameter:
            return None


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


def usage_card(person: Sender, *, picture: bool = False, describes: bool = False) -> Card:
    """What to type. For a `picture` without words, with a button that describes it where somebody does."""
    key = "imagine-caption-usage" if picture else "imagine-usage"
    keyboard = photo_keyboard(person.public) if describes else None
    return Card(person.public.html(key, example=person.public.get("example-prompt")), keyboard)


def act_of(message: Message) -> str:
    """The name of the act: the message, which is the same when its update comes twice."""
    if message.ephemeral_message_id is not None:
        return f"e:{message.chat.id}:{message.ephemeral_message_id}"
    return f"m:{message.chat.id}:{message.message_id}"
