"""What the bot does when somebody writes or presses. A handler parses, calls one service, and answers.

`bot.handlers.dispatcher` puts them together. A module of handlers names what it uses as parameters: `message` or
`press`, `person` (who speaks), what the filters found, and the objects that the dispatcher holds.
"""

from bot.handlers.errors import Apologies

__all__ = ["Apologies"]
