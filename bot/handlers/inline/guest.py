"""Guest mode: a mention in a chat where the bot is not a member. The bot may send one answer there, and then edits it.

The chat id of such a message must not be used: for a private chat of two people it equals the id that a private chat
with the bot may have (Bot API 10.0).
"""

from datetime import timedelta

import structlog
from aiogram import Bot, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.imagine.message_input import PictureTooBigError, picture_in
from bot.handlers.inline.drawing import InlineDrawing, NotHere
from bot.handlers.inline.offers import InlineOffer
from bot.handlers.inline.query import offer_result
from bot.handlers.sender import Sender
from bot.prompt.grammar import GrammarError
from bot.telegram.inline_mode import InlineMode
from bot.telegram.outbox.outbox import Card, Outbox

log = structlog.stdlib.get_logger(__name__)

ANSWERED_WITHIN = timedelta(seconds=60)  # later Telegram may not know the question any more
LONGEST = 4096  # characters that are read


def router() -> Router:
    guest = Router(name="guest")
    guest.guest_message.register(answer_guest)
    return guest


class Guests:
    """Answers guest questions. Methods raise StorageUnavailable."""

    def __init__(self, drawing: InlineDrawing, outbox: Outbox, bot: Bot, clock: Clock, mode: InlineMode) -> None:
        self._drawing = drawing
        self._outbox = outbox
        self._bot = bot
        self._clock = clock
        self._mode = mode

    async def answer(self, message: Message, question: str, person: Sender) -> None:
        """Answers at most once, because nobody can know whether an answer arrived whose result was lost."""
        texts = person.texts
        try:
            offer = await self._offer(message)
        except PictureTooBigError:
            await self._outbox.explain_to_guest(question, Card(texts.html("error-input-size")))
            return
        if not offer.words or self._clock.now() - message.date > ANSWERED_WITHIN:
            return
        if self._mode.media_chat is None:
            await self._outbox.explain_to_guest(question, Card(texts.html("inline-unavailable")))
            return
        try:
            ask, model = await self._drawing.wish(offer, person)
        except (GrammarError, NotHere) as error:
            await self._outbox.explain_to_guest(question, Card(self._drawing.why_not(texts, error)))
            return
        if (refused := await self._drawing.refusal(ask)) is not None:
            card = Card(self._drawing.why_not(texts, refused))
            if refused.code == "credits":
                card = await self._drawing.with_buy_button(texts, card)
            await self._outbox.explain_to_guest(question, card)
            return
        kept_id = await self._drawing.keep_sent(offer, person, question)
        sent = await self._outbox.answer_guest(question, offer_result(texts, ask.prompt, model, kept_id))
        if sent is not None:
            await self._drawing.draw(sent, offer, person)

    async def _offer(self, message: Message) -> InlineOffer:
        """The words and the picture of a mention. Without a picture of its own it takes that of the message that it
        replies to. A reply to one of the bot's pictures changes it if the model can; without words such a reply asks
        for nothing. Raises PictureTooBigError."""
        me, answered = await self._bot.me(), message.reply_to_message
        words, picture = self._words(message, me.username or ""), picture_in(message)
        if picture is not None or answered is None:
            return InlineOffer(words, picture)
        picture, ours = picture_in(answered), answered.from_user is not None and answered.from_user.id == me.id
        if not words and not ours:  # the caption can be drawn even by a model that takes no picture
            return InlineOffer(self._words(answered, me.username or ""), picture, optional=True)
        return InlineOffer(words, picture, optional=ours)

    def _words(self, message: Message, username: str) -> str:
        """The text of a message without the mention of the bot."""
        said = (message.text or message.caption or "")[:LONGEST]
        name = f"@{username}".lower()
        return " ".join(word for word in said.split() if word.lower().rstrip(",:") != name)


async def answer_guest(message: Message, person: Sender, guests: Guests) -> None:
    if message.guest_query_id is not None:
        await guests.answer(message, message.guest_query_id, person)
