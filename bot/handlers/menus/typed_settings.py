"""Values that are typed: the bot asks in a message of its own, and the answer is a reply to it.

Nothing is kept in between. The question is known again by a link in its text, which only the bot's own messages can
carry; whoever replies changes a setting of their own, so there is nothing to gain by forging one.
"""

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import InlineKeyboardMarkup, Message

from bot.handlers.addressing import aside_of
from bot.handlers.sender import Sender
from bot.keyboards.settings import Setting
from bot.prompt.flags import MAX_SEED, RANDOM_SEEDS
from bot.prompt.grammar import PROMPT_LENGTH
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts
from storage import Database

ASKED = {Setting.NEGATIVE: "set-negative", Setting.SEED: "set-seed"}  # start parameters: a tap opens the settings
NOTHING = {"-", "–", "—"}


class AnswersQuestion(Filter):
    """A reply to one of our questions; hands on which `setting` it was about."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Setting]:
        asked = message.reply_to_message
        if asked is None or asked.from_user is None or asked.from_user.id != bot.id:
            return False
        links = {entity.url for entity in asked.entities or () if entity.type == "text_link"}
        username = (await bot.me()).username or ""
        for setting in ASKED:
            if _link(username, setting) in links:
                return {"setting": setting}
        return False


def router() -> Router:
    questions = Router(name="questions")
    questions.message.register(take_answer, AnswersQuestion())
    return questions


def question_card(texts: LanguageTexts, setting: Setting, username: str) -> Card | None:
    """None for settings that are not typed. The keyboard is empty, but opens the reply at newer clients."""
    if setting not in ASKED:
        return None
    link = _link(username, setting)
    if setting is Setting.SEED:
        text = texts.html("settings-ask-seed", link=link, limit=str(MAX_SEED))
    else:
        text = texts.html("settings-ask-negative", link=link)
    return Card(text, InlineKeyboardMarkup(inline_keyboard=[], force_reply=True))


async def take_answer(message: Message, setting: Setting, person: Sender, outbox: Outbox, db: Database) -> None:
    words = (message.text or "").strip()
    texts = person.texts
    if not words:
        card, changes = Card(texts.html("settings-text-needed")), None
    elif setting is Setting.SEED:
        card, changes = _seed(texts, words)
    else:
        card, changes = _negative(texts, words)
    if changes is not None:
        async with db.transaction() as unit:
            await unit.users.change(person.id, **changes)
    await outbox.reply(aside_of(message), card)


Changes = dict[str, str | int | None]


def _seed(texts: LanguageTexts, words: str) -> tuple[Card, Changes | None]:
    if words in NOTHING or words.lower() in RANDOM_SEEDS:
        return Card(texts.html("settings-seed-cleared")), {"seed": None}
    if not (words.isascii() and words.isdigit() and len(words) <= 10 and int(words) <= MAX_SEED):
        return Card(texts.html("settings-seed-bad", limit=str(MAX_SEED))), None
    return Card(texts.html("settings-seed-saved", value=words)), {"seed": int(words)}


def _negative(texts: LanguageTexts, words: str) -> tuple[Card, Changes | None]:
    if words in NOTHING:
        return Card(texts.html("settings-negative-cleared")), {"negative_prompt": None}
    if len(words) > PROMPT_LENGTH:
        return Card(texts.html("settings-negative-too-long", limit=PROMPT_LENGTH)), None
    return Card(texts.html("settings-negative-saved", value=words)), {"negative_prompt": words}


def _link(username: str, setting: Setting) -> str:
    return f"https://t.me/{username}?start={ASKED[setting]}"
