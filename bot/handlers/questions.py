"""Questions of ours that people answer by replying: what a question is about stands in a link within its text."""

import re

from aiogram import Bot
from aiogram.types import Message


async def link_in_question(message: Message, bot: Bot, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The link of the question of ours that `message` replies to, as `pattern` reads it; its first group is the bot's
    username. None: it replies to something else."""
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != bot.id:
        return None
    username = (await bot.me()).username
    for entity in asked.entities or ():
        found = pattern.fullmatch(entity.url or "") if entity.type == "text_link" else None
        if found is not None and found[1] == username:
            return found
    return None
