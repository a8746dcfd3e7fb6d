"""A Telegram Bot API server on loopback with a page that looks like a client: the bot's home without a token."""

from bot.sandbox.server import SandboxServer

__all__ = ["SandboxServer"]
