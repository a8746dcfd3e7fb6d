""" "Sending a photo ..." below the bot's name while a picture is drawn in a private chat.

Telegram shows it for five seconds, or until the bot's next message. In groups it would name the bot to everybody all
the time, and take calls from a small budget, so there is none.
"""

from bot.clock import Clock
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.display import Display

FIRST = 1.0  # seconds: what is drawn sooner needs none
RENEWED = 5.0  # seconds


async def show_working(display: Display, clock: Clock, active: ActiveRequest) -> None:
    """Until it is cancelled, or nothing is to be shown of the request any more."""
    await clock.sleep(FIRST)
    while not active.progress.quiet:
        await display.working(active)
        await clock.sleep(RENEWED)
