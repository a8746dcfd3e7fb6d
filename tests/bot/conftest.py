"""aiogram as the product loads it: its models are built when they are used. Half of them never are."""

from bot.telegram.lean_import import load_aiogram

load_aiogram()
