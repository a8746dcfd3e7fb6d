"""Whether inline mode can work: what @BotFather says, and whether the bot may post in the cache chat."""

from enum import StrEnum

from aiogram import Bot
from aiogram.types import ChatMemberAdministrator, ChatMemberMember, ChatMemberOwner, ChatMemberRestricted

from bot.telegram.errors import Outcome, classify

TIMEOUT = 15  # s for one question
_UNKNOWN = frozenset({Outcome.AMBIGUOUS, Outcome.UNSENT, Outcome.TRANSIENT, Outcome.FLOOD})


class InlineFault(StrEnum):
    OFF = "off"  # at @BotFather, though a cache chat is set
    NO_CHAT = "no-chat"  # MEDIA_CHAT_ID is not set, though inline mode is on
    NO_RIGHTS = "no-rights"  # the bot may not post there


async def inline_fault(bot: Bot, media_chat: int | None) -> InlineFault | None:
    """None: it works, or nobody has asked for it. Raises what Telegram answers where that says nothing of it."""
    wanted = bool((await bot.get_me(request_timeout=TIMEOUT)).supports_inline_queries)
    if media_chat is None:
        return InlineFault.NO_CHAT if wanted else None
    if not wanted:
        return InlineFault.OFF
    return None if await may_post(bot, media_chat) else InlineFault.NO_RIGHTS


async def may_post(bot: Bot, chat_id: int) -> bool:
    """Whether the bot may send photos there. Raises what Telegram answers where that says nothing of it."""
    try:
        chat = await bot.get_chat(chat_id, request_timeout=TIMEOUT)
        member = await bot.get_chat_member(chat_id, bot.id, request_timeout=TIMEOUT)
    except Exception as error:
        if classify(error) in _UNKNOWN:
            raise
        return False
    if chat.type == "channel":
        return isinstance(member, ChatMemberAdministrator) and member.can_post_messages is not False
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member and member.can_send_photos)
    return isinstance(member, ChatMemberOwner | ChatMemberAdministrator | ChatMemberMember)
