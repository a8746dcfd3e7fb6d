"""*New picture instead*, under a placeholder that changes the last picture: draws the words without that picture, in
the same message."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.imagine.merge import merge
from bot.handlers.imagine.message_input import typed
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.validation import Ask
from bot.jobs.lifecycle.active_requests import place_of
from bot.jobs.service import ImagineService
from bot.keyboards.picture import Action, PictureAction
from bot.prompt.flags import Flags
from bot.prompt.grammar import GrammarError, parse
from providers.catalog.catalog import Catalog
from storage.records import Request


def router() -> Router:
    follow_up = Router(name="follow-up")
    follow_up.callback_query.register(new_instead, PictureAction.filter(F.action == Action.NEW))
    return follow_up


class NewPictures:
    """Asks again, without the last picture, for requests that were to change it."""

    def __init__(self, service: ImagineService, catalog: Catalog, redraws: Redraws, bot: Bot, clock: Clock) -> None:
        self._service = service
        self._catalog = catalog
        self._redraws = redraws
        self._bot = bot
        self._clock = clock

    async def draw(self, press: Press, person: Sender, owned: Owned) -> None:
        shown = press.shown
        if shown is None:
            return
        # A second press finds another request in this message, and a try after a failure in the middle has to go on.
        answered = press.message.reply_to_message if press.message is not None else None
        ask = await self._ask(press.source, answered, owned.request, person)
        await self._redraws.answer(press, person, await self._service.replace(owned.request.id, ask, shown))

    async def _ask(self, source: str, answered: Message | None, request: Request, person: Sender) -> Ask:
        """`answered`: the message that asked, as far as Telegram shows it; its flags still apply."""
        known = request.model in self._catalog
        model = self._catalog[request.model] if known else None
        flags = Flags()
        if answered is not None:
            with suppress(GrammarError):
                flags = parse(typed(answered, (await self._bot.me()).username)).flags
        return Ask(
            source=source,
            place=place_of(request),
            chat_kind=request.chat_kind,
            requester_id=request.requester_id,
            language=request.language,
            asked_at=self._clock.now(),
            prompt=request.prompt,
            model_id=request.model,
            parameters=merge(flags, person.settings, model),
            keys=person.keys if person.id == request.requester_id else None,
        )


async def new_instead(press: Press, person: Sender, owned: Owned, new_pictures: NewPictures) -> None:
    await new_pictures.draw(press, person, owned)
