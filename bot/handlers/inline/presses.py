"""The button *Draw*, which only inline messages have."""

from aiogram import Router

from bot.handlers.inline.drawing import InlineDrawing
from bot.handlers.inline.offers import offer_of
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.inline import InlineDraw
from storage.records import KeptInput


def router() -> Router:
    presses = Router(name="inline presses")
    presses.callback_query.register(draw_offer, InlineDraw.filter())
    return presses


async def draw_offer(press: Press, person: Sender, offer: KeptInput, inline_drawing: InlineDrawing) -> None:
    """Draws what the message offers: Telegram did not report that the result was chosen, or the request was refused
    then."""
    offered, inline_message_id = offer_of(offer), press.query.inline_message_id
    if offered is None or inline_message_id is None:
        await press.answer(person.texts.get("press-inline-gone"), alert=True)
    elif press.repeated():
        await press.answer(person.texts.get("press-once"))
    else:
        told = await inline_drawing.draw(inline_message_id, offered, person)
        await press.answer(told or person.texts.get("press-accepted"), alert=told is not None)
