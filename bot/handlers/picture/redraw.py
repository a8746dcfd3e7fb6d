"""Drawing something again at a press, and what the press is answered with."""

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
        """Draw it again for whoever pressed, with this change, once for all presses of a moment, and answer the press.
        Whether it is drawn."""
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
        """One picture as a message of its own, once for all presses of a moment; below the message whose button was
        pressed, unless a `place` is given. Whether it is there now."""
        place = place or press.place
        if place is None or await self.repeated(press, person):
            return False
        # Uploading may take longer than a press waits for its answer.
        await press.answer(person.texts.get("press-sending"))
        sent = await self._service.send_full(picture_id, place, person.keys)
        if not sent:
            await press.reply(Card(person.texts.html("press-picture-gone")))
        return sent

    async def send_album(self, press: Press, person: Sender, owned: Owned) -> None:
        """All pictures of a sheet, once for all presses of a moment."""
        place = press.place
        if place is None or await self.repeated(press, person):
            return
        await press.answer(person.texts.get("press-sending"))
        if not await self._service.send_all(owned.request.id, place, person.keys):
            await press.reply(Card(person.texts.html("press-picture-gone")))

    async def repeated(self, press: Press, person: Sender) -> bool:
        """Whether the button was pressed a moment ago; then the press is answered."""
        repeated = press.repeated()
        if repeated:
            await press.answer(person.texts.get("press-once"))
        return repeated

    async def refusal(self, texts: LanguageTexts, refused: Refused, *, private: bool) -> Card:
        """Why a command is not done, without buttons that would draw its words."""
        card = replace(refusal_card(texts, refused, self._catalog), keyboard=None)
        return card if refused.code != "credits" else await with_buy_button(self._bot, texts, card, private=private)

    async def answer(self, press: Press, person: Sender, outcome: Accepted | Refused) -> bool:
        """Say whether it is drawn; True if so."""
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
