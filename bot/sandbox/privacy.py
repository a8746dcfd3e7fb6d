"""Which messages of a group reach the bot: Telegram's privacy mode."""

from bot.sandbox.entities.units import cut
from bot.sandbox.state import ADMINS, PRESENT, Chat, Message, World


def reaches_bot(world: World, chat: Chat, message: Message) -> bool:
    """In private everything; in groups, unless privacy is off or the bot an admin: commands, replies to the bot,
    messages sent through it, service messages (https://core.telegram.org/bots/features#privacy-mode)."""
    if "refunded_payment" in message.extra:  # though it is the bot's own
        return True
    if chat.bot_status not in PRESENT or message.sender_id == world.bot.id:
        return False
    if chat.type in ("private", "channel") or message.ephemeral_for is not None or message.via_bot:
        return True
    if not world.bot.privacy_mode or chat.bot_status in ADMINS or message.service is not None:
        return True
    replied = chat.answered_by(message)
    if replied is not None and replied.sender_id == world.bot.id:
        return True
    return _has_command(world, message)


def _has_command(world: World, message: Message) -> bool:
    """A command for this bot, or for nobody in particular."""
    for entity in message.entities:
        if entity["type"] != "bot_command":
            continue
        _, _, addressee = cut(message.text, entity["offset"], entity["length"]).partition("@")
        if not addressee or addressee.lower() == world.bot.username.lower():
            return True
    return False
