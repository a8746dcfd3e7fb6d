"""The buttons under placeholders, pictures, sheets and failures, and under answers that offer to draw after all."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.imagine.message_input import PictureTooBigError
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.redrawing import Repeat
from bot.jobs.service import CancelResult, ImagineService
from bot.keyboards.picture import Action, DrawMany, DrawNow, DrawShort, DrawWith, PictureAction, SendFull
from bot.prompt.shortening import shortened
from storage.records import OPEN_STATES

_REDRAWS = {Action.AGAIN, Action.VARY, Action.SAME, Action.RETRY}
OTHER_SEED = {Action.AGAIN, Action.VARY}


def router() -> Router:
    pictures = Router(name="pictures")
    on = pictures.callback_query.register
    on(cancel, PictureAction.filter(F.action == Action.CANCEL))
    on(redraw, PictureAction.filter(F.action.in_(_REDRAWS)))
    on(send_full, SendFull.filter())
    on(send_album, PictureAction.filter(F.action == Action.ALBUM))
    on(shorten, PictureAction.filter(F.action == Action.SHORTEN))
    on(draw_now, DrawNow.filter())
    on(draw_short, DrawShort.filter())
    on(draw_with, DrawWith.filter())
    on(draw_many, DrawMany.filter())
    return pictures


async def cancel(press: Press, person: Sender, owned: Owned, service: ImagineService) -> None:
    texts, request, shown = person.texts, owned.request, press.shown
    if request.state in OPEN_STATES:
        # Said before it is done: showing the end may have to wait for the chat's budget.
        await press.answer(texts.get("press-stopping"))
    if owned.unclaimed and shown is not None and shown.ephemeral_for is None:
        await service.heal(request.id, shown)
    result = await service.cancel(request.id, by=person.id, admin=owned.admin)
    await press.answer(texts.get("cancel-done" if result is CancelResult.CANCELLED else "cancel-ended"))


async def redraw(press: Press, callback_data: PictureAction, person: Sender, owned: Owned, redraws: Redraws) -> None:
    action = callback_data.action
    again = Repeat(fresh_seed=action in OTHER_SEED, vary=action is Action.VARY)
    await redraws.draw(press, person, owned, again)


async def shorten(press: Press, person: Sender, owned: Owned, redraws: Redraws) -> None:
    """The button under a failure of a prompt that is too long. The back-end does not say how long a prompt may be, so
    each press halves it."""
    words = owned.request.full_prompt or owned.request.prompt
    await redraws.draw(press, person, owned, Repeat(prompt=shortened(words, max(len(words) // 2, 1))))


async def send_full(press: Press, callback_data: SendFull, person: Sender, redraws: Redraws) -> None:
    await redraws.send_full(press, person, callback_data.picture_id)


async def send_album(press: Press, person: Sender, owned: Owned, redraws: Redraws) -> None:
    await redraws.send_album(press, person, owned)


class DrawAnswered:
    """The buttons under an answer that said why something is not drawn. They draw what the answered message asks for,
    as if it were sent now."""

    def __init__(self, asker: Asker, redraws: Redraws, clock: Clock) -> None:
        self._asker = asker
        self._redraws = redraws
        self._clock = clock

    async def draw(
        self,
        press: Press,
        person: Sender,
        answered: Message,
        *,
        shorten: bool = False,
        model_id: str | None = None,
        pictures: int = 0,
        style: str | None = None,
        example: str | None = None,
        agreed: int | None = None,
    ) -> None:
        """Draws what the message asks for. `shorten`: cut to what fits. `model_id`: with this model. `pictures`:
        refused if fewer source images than this are known. `style`: with this preset, and with `example` as the prompt
        if the message has no words. `agreed`: so many pictures at most."""
        if await self._redraws.repeated(press, person):
            return
        try:
            wish = await self._asker.refused_wish(answered, pictures)
        except PictureTooBigError:
            await press.answer(person.texts.get("error-input-size"), alert=True)
            return
        if wish is None:
            await press.answer(person.texts.get("press-pictures-gone"), alert=True)
            return
        if style is not None:
            wish = replace(wish, styles=(style,), words=wish.words or example or "")
        now = self._clock.now()
        if await self._asker.ask(
            answered, wish, person, asked_at=now, shorten=shorten, model_id=model_id, agreed=agreed
        ):
            await press.answer(person.texts.get("press-accepted"))
            await press.remove()


async def draw_now(press: Press, person: Sender, answered: Message, draw_answered: DrawAnswered) -> None:
    """The button under an answer "too late"."""
    await draw_answered.draw(press, person, answered)


async def draw_short(press: Press, person: Sender, answered: Message, draw_answered: DrawAnswered) -> None:
    """The button under an answer "too long": draws as much of the prompt as fits."""
    await draw_answered.draw(press, person, answered, shorten=True)


async def draw_with(
    press: Press, callback_data: DrawWith, person: Sender, answered: Message, draw_answered: DrawAnswered
) -> None:
    """The button under an answer "not with this model": draws with another one."""
    await draw_answered.draw(press, person, answered, model_id=callback_data.model, pictures=callback_data.pictures)


async def draw_many(
    press: Press, callback_data: DrawMany, person: Sender, answered: Message, draw_answered: DrawAnswered
) -> None:
    """The button under the question whether so many pictures are meant."""
    if callback_data.count:
        await draw_answered.draw(press, person, answered, agreed=callback_data.count)
    else:
        await press.answer()
        await press.remove()
