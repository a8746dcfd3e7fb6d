"""Apps behind `launch(auth=...)`: a form with name and password, and a cookie for every request after it.

Source: `POST /login` of `gradio/routes.py` in 4, 5 and 6: 200 and two `Set-Cookie` (one for https), or 400.
"""

from collections.abc import Mapping
from hashlib import sha256

import aiohttp

from providers.engines.gradio.connection import QUICK, Connection
from providers.engines.http import Call
from providers.engines.memory import memory
from providers.errors import InvalidParameter, Unauthorized

MAX_COOKIES = 8


async def logged_in(link: Connection, user: str, password: str) -> Mapping[str, str]:
    """The headers of somebody who is logged in; remembered for some minutes. Raises Unauthorized for a wrong
    password."""

    async def learn() -> dict[str, str]:
        return {"Cookie": await _cookie(link, user, password)}

    return (await memory().recall(_key(link, user, password), learn))[0] or {}


def forget_login(link: Connection, user: str, password: str) -> None:
    """After a refusal: the app was restarted, so it knows the cookie no more."""
    memory().forget(_key(link, user, password))


async def _cookie(link: Connection, user: str, password: str) -> str:
    form = aiohttp.FormData({"username": user, "password": password})
    try:
        response = await link.open(Call("POST", "/login", form=form), QUICK)
    except (InvalidParameter, Unauthorized):
        raise Unauthorized(f"{link.host} does not let us in: name or password are wrong") from None
    async with response:
        if not (cookies := _cookies(response)):
            raise Unauthorized(f"{link.host} has no login for a name and a password")
    return cookies


def _cookies(response: aiohttp.ClientResponse) -> str:
    pairs = [f"{name}={morsel.coded_value}" for name, morsel in response.cookies.items()][:MAX_COOKIES]
    return "; ".join(pair for pair in pairs if len(pair) < 2000)


def _key(link: Connection, user: str, password: str) -> tuple[str, ...]:
    return (link.base, sha256(f"{user}:{password}".encode()).hexdigest(), "/login")
