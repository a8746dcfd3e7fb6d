"""The check of paid APIs that tell an account's balance for nothing: `{"credits": number}`."""

import aiohttp

from providers.engines.deadline import Deadline
from providers.engines.http import Call, WebProvider
from providers.errors import BadAnswer, NotThisServer, PaymentRequired

CHECK = 15.0  # seconds


async def check_credits(provider: WebProvider, session: aiohttp.ClientSession, path: str) -> None:
    """Raises Unauthorized for a wrong key, PaymentRequired for an empty account, NotThisServer for another server."""
    try:
        answer = await provider.ask(session, Deadline(CHECK, CHECK), Call("GET", path))
        credits_left = answer.json().get("credits")
    except BadAnswer as error:
        raise NotThisServer(f"{provider.host} does not speak {provider.label}'s API: {error}") from None
    if isinstance(credits_left, bool) or not isinstance(credits_left, int | float):
        raise NotThisServer(f"{provider.host} does not speak {provider.label}'s API: no credits at {path}")
    if credits_left <= 0:
        raise PaymentRequired("the account has no credits left")
