"""Answers inline queries: an offer to draw the words, and the person's own pictures that match them."""

import html

from aiogram import Router
from aiogram.types import (
    ChosenInlineResult,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedDocument,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.handlers.inline.drawing import InlineDrawing, NotHere
from bot.handlers.inline.offers import InlineOffer
from bot.handlers.inline_answers import only_told, told_above
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import amount, price
from bot.keyboards.credits import START as BUY
from bot.keyboards.inline import offer_keyboard
from bot.keyboards.share import shared_picture
from bot.prompt.grammar import GrammarError
from bot.telegram.inline_mode import InlineMode
from bot.telegram.outbox.outbox import InlineAnswer, Outbox
from bot.telegram.outbox.send_request import plain_text
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.model import Model
from storage import Database
from storage.records import HistoryEntry
from storage.repositories.history import Turn

QUERY_LENGTH = 256  # characters, Bot API
PAGE = 20  # pictures at once; Telegram takes 50 results
TITLE_LENGTH = 100  # units, more than any client shows
CAPTION = 200  # units of the prompt below a shared picture
_OFFER = "draw:"

Result = InlineQueryResultArticle | InlineQueryResultCachedPhoto | InlineQueryResultCachedDocument


def router() -> Router:
    inline = Router(name="inline")
    inline.inline_query.register(answer_query)
    inline.chosen_inline_result.register(result_chosen)
    return inline


class InlineResults:
    """Builds the results of inline queries. Methods raise StorageUnavailable."""

    def __init__(self, drawing: InlineDrawing, db: Database, mode: InlineMode) -> None:
        self._drawing = drawing
        self._db = db
        self._mode = mode

    async def of(self, query: InlineQuery, person: Sender) -> InlineAnswer:
        words = query.query.strip()[:QUERY_LENGTH]
        if (shared := shared_picture(words)) is not None:
            return await self._shared(shared, person)
        after = int(query.offset) if query.offset.isascii() and query.offset.isdecimal() else 0
        pictures, following = await self._pictures(person, words, after)
        if after:
            return InlineAnswer(pictures, next_offset=following)
        offer = await self._offer(words, person)
        if isinstance(offer, InlineQueryResultsButton):
            return InlineAnswer(pictures, button=offer, next_offset=following)
        return InlineAnswer([offer, *pictures], next_offset=following)

    async def _offer(self, words: str, person: Sender) -> InlineQueryResultArticle | InlineQueryResultsButton:
        """The result that offers to draw the words, or the reason why they cannot be drawn, with a button that leads to
        where that can be changed."""
        texts = person.texts
        if not words:
            return told_above(texts.get("inline-type"))
        if self._mode.media_chat is None:
            return told_above(texts.get("inline-unavailable"))
        try:
            ask, model = await self._drawing.wish(InlineOffer(words), person)
        except (GrammarError, NotHere) as error:
            return told_above(plain_text(self._drawing.why_not(texts, error)))
        refused = await self._drawing.refusal(ask)
        if refused is not None and refused.code == "credits":
            return told_above(texts.get("inline-credits", **refused.args), BUY)
        if refused is not None:
            return told_above(plain_text(self._drawing.why_not(texts, refused)))
        kept_id = await self._drawing.keep_typed(words, person)
        return offer_result(texts, ask.prompt, model, kept_id)

    async def _pictures(self, person: Sender, words: str, after: int) -> tuple[list[Result], str]:
        """A page of the person's own pictures that match, and the offset of the next page."""
        async with self._db.read() as unit:
            page = await unit.history.page(
                person.id, picture_id=after or None, turn=Turn.OLDER if after else Turn.AT, words=words, limit=PAGE
            )
        if after and page.newer is False:  # the picture is gone: the history has begun anew
            return [], ""
        shown = [result for entry in page.entries if (result := _picture(person.texts, entry)) is not None]
        return shown, str(page.entries[-1].picture_id) if page.older and page.entries else ""

    async def _shared(self, picture_id: int, person: Sender) -> InlineAnswer:
        async with self._db.read() as unit:
            entry = await unit.history.entry(person.id, picture_id)
        result = _picture(person.texts, entry) if entry is not None else None
        if result is None:
            return only_told(person.texts.get("inline-gone"))
        return InlineAnswer([result])


async def answer_query(
    inline_query: InlineQuery, person: Sender, inline_results: InlineResults, outbox: Outbox
) -> None:
    answer = await inline_results.of(inline_query, person)
    await outbox.answer_inline(inline_query.id, answer)


async def result_chosen(chosen: ChosenInlineResult, person: Sender, inline_drawing: InlineDrawing) -> None:
    if chosen.inline_message_id is not None and chosen.result_id.startswith(_OFFER):
        await inline_drawing.draw(chosen.inline_message_id, InlineOffer(chosen.query.strip()), person)


def offer_result(texts: LanguageTexts, prompt: str, model: Model | None, kept_id: int) -> InlineQueryResultArticle:
    """The message that is sent when the result is picked, and in which the picture appears later."""
    facts = [model.label] if model is not None else []
    if model is not None and model.cost:
        facts.append(texts.get("model-price", cost=amount(price(model))))
    opening = html.escape(shorten(prompt, CAPTION), quote=False)
    return InlineQueryResultArticle(
        id=f"{_OFFER}{kept_id}",
        title=shorten(texts.get("inline-draw-title", prompt=shorten(prompt, TITLE_LENGTH)), TITLE_LENGTH),
        description=texts.join(facts, " · ") if len(facts) > 1 else "".join(facts),
        input_message_content=InputTextMessageContent(
            message_text=f"🎨 <b>{opening}</b>\n\n{texts.html('inline-placeholder')}", parse_mode="HTML"
        ),
        reply_markup=offer_keyboard(texts, kept_id),
    )


def _picture(texts: LanguageTexts, entry: HistoryEntry) -> Result | None:
    """One picture as a result. None: Telegram does not have it as a single picture, it is a video, or it has a spoiler,
    which inline results cannot have."""
    if entry.file_id is None or entry.covered or entry.moves:
        return None
    title = shorten(entry.prompt, TITLE_LENGTH)
    if entry.as_document:
        return InlineQueryResultCachedDocument(
            id=f"p:{entry.picture_id}", title=title or "–", document_file_id=entry.file_id
        )
    return InlineQueryResultCachedPhoto(
        id=f"p:{entry.picture_id}",
        photo_file_id=entry.file_id,
        title=title or None,
        caption=shorten(entry.prompt, CAPTION),
        parse_mode=None,
    )
