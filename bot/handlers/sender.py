"""Who speaks: the person (or the chat in whose name somebody speaks), what they chose, and their language."""

from dataclasses import dataclass, replace

from aiogram.types import CallbackQuery, ChosenInlineResult, InlineQuery, Message, TelegramObject, User

from bot.texts.fluent import LanguageTexts, Texts, choose
from storage.records import GroupSettings, UserSettings


@dataclass(frozen=True, slots=True)
class Sender:
    """`id` is a user's, or that of the chat in whose name an anonymous admin or a channel speaks."""

    id: int
    name: str
    settings: UserSettings
    texts: LanguageTexts
    telegram_language: str | None = None
    group: GroupSettings | None = None  # of the group or channel in which they speak or press
    common: LanguageTexts | None = None  # in the language that the group has chosen
    keys: frozenset[str] = frozenset()  # ids of the models that they draw with keys of their own
    channel: bool = False  # `group` is a channel's: whoever speaks there is the channel

    @property
    def public(self) -> LanguageTexts:
        """The texts of what all in the chat see: the group's where it has chosen a language, else the person's."""
        return self.common or self.texts

    def with_settings(self, settings: UserSettings, texts: Texts) -> "Sender":
        """The same person after a change."""
        language = choose(self.telegram_language, settings.language)
        return replace(self, settings=settings, texts=texts(language))


def speaker_of(event: TelegramObject) -> tuple[int, str, str | None] | None:
    """(id, name, Telegram's language code) of who wrote, typed, chose or pressed; None for bots and for nobody."""
    if isinstance(event, Message) and event.sender_chat is not None:
        return event.sender_chat.id, event.sender_chat.full_name, None
    user: User | None = None
    if isinstance(event, Message | CallbackQuery | InlineQuery | ChosenInlineResult):
        user = event.from_user
    if user is None or user.is_bot:
        return None
    return user.id, user.first_name, user.language_code
