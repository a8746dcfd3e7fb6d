"""Drawing again at a press, and the answers to such presses."""

from dataclasses import replace

from aiogram import Bot

from bot.handlers.buying import with_buy_button
from bot.handlers.imagine.refusals import refusal_card, refusal_toast
from bot.handlers.permissions.presses import Owned
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.redrawing import Change, Requester
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.telegram.outbox.outbox import Card, Destination
from bot.texts.fluent import LanguageTexts
from providers.catalog.catalog import Catalog


class Redraws:
    """What the buttons below pictures, failures and pages of the history share."""

    def __init__(self, service: ImagineService, catalog: Catalog, bot: Bot) -> None:
        self._bot = bot
        self._service = service
        self._catalog = catalog

    async def draw(self, press: Press, person: Sender, owned: Owned, change: Change) -> bool:
        """Draws the request again with a change, for the person who pressed, and answers the press. Repeated presses
        within a moment count once. Returns whether it is drawn."""
        place = press.place
        if place is None or await self.repeated(press, person):
            return False
        by = Requester(
            source=press.source,
            requester_id=person.id,
            place=place,
            language=person.public.language,
            chat_kind=press.query.message.chat.type if press.query.message is not None else None,
            admin=owned.exempt,
            keys=person.keys,
        )
        return await self.answer(press, person, await self._service.redraw(owned.request.id, change, by))

    async def send_full(self, press: Press, person: Sender, picture_id: int, place: Destination | None = None) -> bool:
        """Sends one picture as a new message: at `place`, or below the message of the button. Repeated presses within a
        moment count once. Returns whether it was sent."""
        place = place or press.place
        if place is None or await self.repeated(press, person):
            return False
        # Uploading may take longer than a press waits for its answer.
        await press.answer(person.texts.get("press-sending"))
        sent = await self._service.send_full(picture_id, place)
        if not sent:
            await press.reply(Card(person.texts.html("press-picture-gone")))
        return sent

    async def send_album(self, press: Press, person: Sender, owned: Owned) -> None:
        """Sends all pictures of a sheet. Repeated presses within a moment count once."""
        place = press.place
        if place is None or await self.repeated(press, person):
            return
        await press.answer(person.texts.get("press-sending"))
        if not await self._service.send_all(owned.request.id, place):
            await press.reply(Card(person.texts.html("press-picture-gone")))

    async def repeated(self, press: Press, person: Sender) -> bool:
        """Whether the button was pressed a moment ago already. If so, answers the press."""
        repeated = press.repeated()
        if repeated:
            await press.answer(person.texts.get("press-once"))
        return repeated

    async def refusal(self, texts: LanguageTexts, refused: Refused, *, private: bool) -> Card:
        """The answer to a refused command, without the buttons that would draw its words."""
        card = replace(refusal_card(texts, refused, self._catalog), keyboard=None)
        return card if refused.code != "credits" else await with_buy_button(self._bot, texts, card, private=private)

    async def answer(self, press: Press, person: Sender, outcome: Accepted | Refused) -> bool:
        """Answers the press. Returns whether the request was accepted."""
        if isinstance(outcome, Refused) and outcome.code == "credits" and press.message is not None:
            await press.answer()
            card, private = refusal_card(person.texts, outcome, self._catalog), press.message.chat.type == "private"
            await press.whisper(await with_buy_button(self._bot, person.texts, card, private=private))
            return False
        if isinstance(outcome, Refused):
            await press.answer(refusal_toast(person.texts, outcome, self._catalog), alert=True)
            return False
        await press.answer(person.texts.get("press-accepted"))
        return True
