"""Turns the words of an inline query or a guest question into a request whose picture appears in an inline message."""

from dataclasses import replace

from aiogram import Bot

from bot.clock import Clock
from bot.handlers.buying import with_buy_button
from bot.handlers.imagine.ask_builder import AskBuilder
from bot.handlers.imagine.merge import merge, strengthened
from bot.handlers.imagine.refusals import grammar_card, refusal_card
from bot.handlers.imagine.styles import Styles
from bot.handlers.inline.offers import InlineOffer
from bot.handlers.offer_sources import TYPED_KEPT, source_sent, source_typed
from bot.handlers.sender import Sender
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.inline import offer_keyboard
from bot.prompt.grammar import GrammarError, parse
from bot.telegram.outbox.outbox import Card, Destination, Outbox, Shown
from bot.telegram.outbox.send_request import plain_text
from bot.texts.fluent import LanguageTexts
from bot.texts.presets import style_name
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage import Database
from storage.records import ELSEWHERE, INLINE, TYPED

_UNPLACED = Destination(ELSEWHERE, group=True)


class NotHere(Exception):  # noqa: N818 - what it says
    """The words ask for something that an inline message cannot show, or need a picture that is missing. `key` names
    the text that says so."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class InlineDrawing:
    """Draws in inline messages. Methods raise StorageUnavailable."""

    def __init__(
        self,
        bot: Bot,
        service: ImagineService,
        db: Database,
        catalog: Catalog,
        asks: AskBuilder,
        outbox: Outbox,
        styles: Styles,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._service = service
        self._db = db
        self._catalog = catalog
        self._asks = asks
        self._outbox = outbox
        self._styles = styles
        self._clock = clock

    async def wish(self, offer: InlineOffer, person: Sender) -> tuple[Ask, Model | None]:
        """The request that an offer asks for, and its model (None: the model is unknown). The request has no place yet.
        Raises GrammarError and NotHere."""
        parsed = parse(offer.words)
        flags = parsed.flags
        if len(flags.models) > 1 or (flags.count or 1) > 1:
            raise NotHere("inline-one")
        if flags.mask or flags.extends:
            raise NotHere("inline-in-chat")
        pictures = (offer.picture,) if offer.picture is not None else ()
        given, usual = flags.styles, self._styles.without_pictures(person.settings.styles)
        styled = await self._styles.named(person.id, usual if given is None else given, strict=given is not None)
        model = self._asks.model(person, flags.model, styled.model)
        if styled.needs_picture and not pictures:
            style = style_name(person.texts, self._catalog, styled.needs_picture)
            raise NotHere("refused-style-needs-picture", style=style)
        asked = merge(flags, styled.over(self._asks.usual(person), model), model, pictures=pictures)
        asked = styled.dressed(replace(asked, input_optional=offer.optional), model, sized=flags.sized)
        asked = strengthened(asked, person.settings, model)
        ask = Ask(
            source="",
            place=_UNPLACED,
            chat_kind=INLINE,
            requester_id=person.id,
            language=person.texts.language,
            asked_at=self._clock.now(),
            prompt=parsed.prompt,
            model_id=model.id if model is not None else flags.model,
            parameters=replace(asked, count=1),
            keys=person.keys,
        )
        return ask, model

    async def refusal(self, ask: Ask) -> Refused | None:
        """Why the request would be refused, as far as that can be known while somebody still types."""
        return await self._service.refusal(ask)

    async def keep_typed(self, words: str, person: Sender) -> int:
        """Stores the words of a query for the button below the message that may come of it: callback data are too short
        for them. Returns the id of the kept input."""
        async with self._db.transaction(urgent=True) as unit:
            source, content = source_typed(person.id, words), InlineOffer(words).written()
            kept = await unit.kept_inputs.keep(source, ELSEWHERE, person.id, content)
            await unit.kept_inputs.thin_out(person.id, TYPED, newest=TYPED_KEPT)
        return kept.id

    async def keep_sent(self, offer: InlineOffer, person: Sender, name: str) -> int:
        """Stores an offer for the button below a message that was sent. Returns the id of the kept input."""
        async with self._db.transaction(urgent=True) as unit:
            return (await unit.kept_inputs.keep(source_sent(name), ELSEWHERE, person.id, offer.written())).id

    async def draw(self, inline_message_id: str, offer: InlineOffer, person: Sender) -> str | None:
        """Draws an offer in an inline message, once, whether the chosen result or the button asks for it. Returns why
        it cannot be drawn, in plain text (the message says so, too); None: it is being drawn."""
        place, texts = replace(_UNPLACED, inline=inline_message_id), person.texts
        why: Refused | GrammarError | NotHere
        try:
            ask, _ = await self.wish(offer, person)
            outcome = await self._service.ask(
                replace(ask, source=f"i:{inline_message_id}", place=place, shown=Shown(0))
            )
        except (GrammarError, NotHere) as error:
            why = error
        else:
            if isinstance(outcome, Accepted):
                return None
            why = outcome
        kept_id = await self.keep_sent(offer, person, inline_message_id)
        card = Card(self.why_not(texts, why), offer_keyboard(texts, kept_id))
        if isinstance(why, Refused) and why.code == "credits":
            card = await self.with_buy_button(texts, card)
        await self._outbox.edit(place, Shown(0), card)
        return plain_text(card.text)

    async def with_buy_button(self, texts: LanguageTexts, card: Card) -> Card:
        """The card with a button that leads to the shop in the private chat."""
        return await with_buy_button(self._bot, texts, card, private=False)

    def why_not(self, texts: LanguageTexts, why: Refused | GrammarError | NotHere) -> str:
        """The reason as the text of a message, in Telegram's HTML."""
        if isinstance(why, NotHere):
            return texts.html(why.key, **why.values)
        if isinstance(why, GrammarError):
            return grammar_card(texts, why, self._catalog).text
        return refusal_card(texts, why, self._catalog).text
