"""What nobody is kept from, banned or not let in: what a bot that sells must answer, and what was paid."""

from aiogram.enums import ChatType
from aiogram.types import Message, TelegramObject

_COMMANDS = frozenset({"/paysupport", "/terms"})


def about_payments(event: TelegramObject) -> bool:
    """A question about a payment in a private chat, or the message that says that one was made."""
    if not isinstance(event, Message) or event.chat.type != ChatType.PRIVATE:
        return False
    if event.successful_payment is not None or event.refunded_payment is not None:
        return True
    first = (event.text or "").split(maxsplit=1)
    return bool(first) and first[0].partition("@")[0].lower() in _COMMANDS
