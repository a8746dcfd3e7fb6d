"""Builds an `Ask` for a model from words, flags, settings, presets and source images."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.config import Settings
from bot.handlers.imagine.masks import masked
from bot.handlers.imagine.merge import merge, model_of, offered, refining, strengthened, tagged
from bot.handlers.imagine.message_input import MessageInput
from bot.handlers.imagine.outpainting import check_extension, extended
from bot.handlers.imagine.recipes import Suited, flags_of, suited
from bot.handlers.imagine.refusals import cut
from bot.handlers.imagine.styles import Styles
from bot.handlers.imagine.variety import Question, Variety
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.acceptance.choices import ChoiceLists
from bot.jobs.acceptance.parameters import PHOTO, fit_to
from bot.jobs.acceptance.styling import Styled
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Refused
from bot.prompt.flags import Flags
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse
from bot.prompt.history import HISTORY_LENGTH, ChainTooLongError, messages
from bot.prompt.recipe import Recipe
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Destination
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database
from storage.records import Parameters, Request, UserSettings


@dataclass(frozen=True, slots=True)
class Act:
    """Who asks, where, when, and by which message or press. The same `source` asks only once."""

    source: str
    place: Destination
    chat_kind: str
    asked_at: datetime


class AskBuilder:
    """Methods raise StorageUnavailable."""

    def __init__(
        self,
        db: Database,
        catalog: Catalog,
        settings: Settings,
        admins: Admins,
        styles: Styles,
        variety: Variety,
        lists: ChoiceLists,
    ) -> None:
        self._db = db
        self._catalog = catalog
        self._settings = settings
        self._admins = admins
        self._styles = styles
        self._variety = variety
        self._lists = lists

    def usual(self, person: Sender) -> UserSettings:
        """The person's settings. Where there is no help with prompts, /settings has no row for it: only a flag asks
        for it."""
        settings, helped = person.settings, self._settings.prompt_model_url is not None
        return replace(settings, enhance=False) if settings.enhance and not helped else settings

    async def from_message(
        self,
        act: Act,
        wish: MessageInput,
        person: Sender,
        *,
        shorten: bool = False,
        model_id: str | None = None,
        agreed: int | None = None,
    ) -> Ask | Refused | Question | None:
        """All that a message's words, flags and pictures ask for; or the question whether so many pictures are meant.

        `shorten`: cut words that are too long. `model_id`: draw with this model whatever the message says. `agreed`:
        how many pictures may be drawn. None: there are no words to draw. Raises GrammarError.
        """
        parsed = _parsed(wish, shorten=shorten)
        mask = None
        if parsed.flags.mask:
            wish, mask = masked(wish, parsed)
        if parsed.flags.extends:
            check_extension(wish, parsed)
        styled = await self._styled(wish, parsed, person)
        prompt = _prompt(wish, parsed, styled)
        if not prompt:
            return None
        named = model_id or parsed.flags.model
        model = self.model(person, named or wish.model_id, styled.model)
        prompt, flags = tagged(prompt, parsed.flags, model)
        if flags is not parsed.flags:
            parsed = replace(parsed, flags=flags)
        template = self._variety.template(prompt, borrowed=wish.borrowed)
        takes_picture = model is None or model.capabilities.takes("image")
        # The caption of somebody's photo can be drawn even by a model that cannot start from the photo.
        pictures = () if wish.borrowed and not takes_picture else wish.pictures
        parameters = merge(parsed.flags, styled.over(self.usual(person), model), model, pictures=pictures)
        if model is not None and model_id is not None:  # the words were meant for another model
            parameters = fit_to(model, parameters)
        if wish.continued:
            parameters = replace(parameters, continued=True)
        ask = await self._ask(act, person, prompt, model, parameters, named)
        if wish.parent is not None:
            ask = await self._refining(ask, wish, wish.parent, parsed, model)
        parameters = ask.parameters
        if mask is not None:
            parameters = mask.over(parameters)
        if parsed.flags.extends:
            parameters = extended(parameters, wish, parsed.flags, model)
        if styled.needs_picture and not parameters.input_file_ids:
            return Refused("style-needs-picture", {"style": styled.needs_picture})
        parameters = _dressed(parameters, wish, parsed, styled, model)
        ask = replace(ask, parameters=strengthened(parameters, person.settings, model))
        models = [ask.model_id or ""] if model_id is not None else parsed.flags.models or [ask.model_id or ""]
        bases = _bases(wish, parsed)
        return self._variety.planned(ask, template, models, bases=bases, count=parsed.flags.count, agreed=agreed)

    async def from_words(self, act: Act, prompt: str, person: Sender) -> Ask:
        """Plain words, without flags, with the person's own settings."""
        usual = self._styles.without_pictures(person.settings.styles)
        styled = await self._styles.named(person.id, usual, strict=False)
        model = self.model(person, None, styled.model)
        parameters = merge(Flags(), styled.over(self.usual(person), model), model)
        return await self._ask(act, person, prompt, model, styled.dressed(parameters, model, sized=False))

    async def from_recipe(self, act: Act, recipe: Recipe, person: Sender) -> Ask:
        """What a file says that it was made from, within the bounds of the model."""
        by = await self.suited(recipe, person)
        model = by.model
        prompt, flags = tagged(recipe.prompt, flags_of(recipe, model, by.checkpoint), model)
        parameters = merge(flags, self.usual(person), model)
        parameters = replace(parameters, negative_prompt=parameters.negative_prompt or None)
        return await self._ask(
            act, person, prompt, model, fit_to(model, parameters) if model is not None else parameters
        )

    async def suited(self, recipe: Recipe, person: Sender) -> Suited:
        """What draws a file again for this person."""
        models = offered(self._catalog, person.group, person.keys)
        return await suited(recipe, self.model(person, None), models, self._lists)

    def model(self, person: Sender, named: str | None, suggested: str | None = None) -> Model | None:
        """The model that is named; else the one that a preset suggests, if it can be drawn with; else the
        person's usual one. None: unknown, which the service refuses by name."""
        try:
            if named is not None:
                return self._catalog[named]
            there = offered(self._catalog, person.group, person.keys) if suggested is not None else []
            found = next((model for model in there if model.id == suggested), None)
            return found or model_of(self._catalog, person.settings, self._settings, person.group, person.keys)
        except InvalidParameter:
            return None

    async def _ask(
        self,
        act: Act,
        person: Sender,
        prompt: str,
        model: Model | None,
        parameters: Parameters,
        unknown: str | None = None,
    ) -> Ask:
        """`unknown`: the name by which a model is refused that is none."""
        return Ask(
            source=act.source,
            place=act.place,
            chat_kind=act.chat_kind,
            requester_id=person.id,
            language=person.public.language,
            asked_at=act.asked_at,
            prompt=prompt,
            model_id=model.id if model is not None else unknown,
            parameters=parameters,
            admin=await self._admins.exempt(person),
            keys=person.keys,
        )

    async def _refining(
        self, ask: Ask, wish: MessageInput, parent: Request, parsed: Parsed, model: Model | None
    ) -> Ask:
        """The ask with the picture that it refines, and the words that led to that picture. Raises GrammarError."""
        asked = refining(ask.parameters, wish, parsed, model)
        async with self._db.read() as unit:
            chain = await unit.requests.chain(parent.id, limit=HISTORY_LENGTH)
        # A picture that was made of another one without new words has the other one's words.
        chain = [step for step in chain if step.parameters.task is None]
        only = wish.refined[0].variant if len(wish.refined) == 1 else None
        if only is not None and only.prompt and chain:
            chain[-1] = replace(chain[-1], prompt=only.prompt)
        # Flags without words draw the parent's own words again; these must not be added twice.
        earlier = chain if parsed.prompt else chain[:-1]
        changed = parsed.prompt or parsed.flags.mask or parsed.flags.extends
        parent_id = parent.id if changed else parent.parent_id
        ask = replace(ask, parameters=asked, parent_id=parent_id)
        try:
            return replace(ask, history=messages(earlier, ask.prompt))
        except ChainTooLongError as error:
            if model is None or not (model.capabilities.edits and asked.input_file_ids):
                raise GrammarError("prompt-chain-too-long", length=error.length, limit=error.limit) from None
            # An editing model needs only the new words, as long as it has the picture.
            return replace(ask, parameters=replace(asked, input_optional=False))

    async def _styled(self, wish: MessageInput, parsed: Parsed, person: Sender) -> Styled:
        """The presets that are named; else those of the refined picture, else those of the settings. Raises
        GrammarError."""
        given = parsed.flags.styles if wish.styles is None else wish.styles
        usual = wish.parent.parameters.styles if wish.parent is not None else person.settings.styles
        if given is not None:
            return await self._styles.named(person.id, given, strict=True)
        if wish.parent is None and not wish.pictures:
            usual = tuple(self._styles.without_pictures(usual))
        return await self._styles.named(person.id, usual, strict=False)


def _parsed(wish: MessageInput, *, shorten: bool) -> Parsed:
    """Parses the words. Raises GrammarError, except for words of a message that was replied to, because the person
    cannot correct those."""
    try:
        return cut(wish.words) if shorten else parse(wish.words)
    except GrammarError:
        if not wish.borrowed:
            raise
        return Parsed(shortened(wish.words, PROMPT_LENGTH) if shorten else wish.words)


def _prompt(wish: MessageInput, parsed: Parsed, styled: Styled) -> str:
    """The typed words; else those of the refined picture, or of a preset for a photo without any."""
    if parsed.prompt:
        return parsed.prompt
    if wish.parent is not None:
        only = wish.refined[0].variant if len(wish.refined) == 1 else None
        words = (only.prompt if only is not None else "") or wish.parent.prompt
        return words if words != PHOTO else ""
    return (styled.example or "") if wish.pictures and styled.needs_picture else ""


def _bases(wish: MessageInput, parsed: Parsed) -> list[str]:
    """For a sheet whose pictures differ: the words of each picture, if new words are added to all of them."""
    words = [picture.variant.prompt for picture in wish.refined if picture.variant is not None]
    return list(dict.fromkeys(words)) if parsed.prompt and len(wish.refined) > 1 and all(words) else []


def _dressed(
    parameters: Parameters, wish: MessageInput, parsed: Parsed, styled: Styled, model: Model | None
) -> Parameters:
    """The parameters with all that the presets add."""
    inherited = wish.parent is not None and wish.styles is None and parsed.flags.styles is None
    if inherited and model is not None and model.capabilities.edits and parameters.input_file_ids:
        return parameters  # an instruction to change what is drawn in a style already says nothing of that style
    return styled.dressed(parameters, model, sized=parsed.flags.sized)
