"""Apps behind `launch(auth=...)`: a form with name and password, and a cookie for every request after it.

Source: `POST /login` of `gradio/routes.py` in 4, 5 and 6: 200 and two `Set-Cookie` (one for https), or 400.
"""

from collections.abc import Mapping
from hashlib import sha256

import aiohttp

from providers.engines.bodies import NO_TOTAL, translated
from providers.engines.gradio.config_cache import memory
from providers.engines.gradio.connection import QUICK, Connection
from providers.errors import Unauthorized

MAX_COOKIES = 8


async def logged_in(link: Connection, user: str, password: str, proxy: str | None) -> Mapping[str, str]:
    """The headers of somebody who is logged in; remembered for some minutes. Raises Unauthorized for a wrong
    password."""

    async def learn() -> dict[str, str]:
        return {"Cookie": await _cookie(link, user, password, proxy)}

    return (await memory().recall(_key(link, user, password), learn))[0] or {}


def forget_login(link: Connection, user: str, password: str) -> None:
    """After a refusal: the app was restarted, so it knows the cookie no more."""
    memory().forget(_key(link, user, password))


async def _cookie(link: Connection, user: str, password: str, proxy: str | None) -> str:
    with translated(link.host):
        response = await link.patience.wait(
            link.session.post(
                f"{link.base}/login",
                data={"username": user, "password": password},
                proxy=proxy,
                timeout=NO_TOTAL,
                allow_redirects=False,
            ),
            QUICK,
        )
    async with response:
        if response.status in {400, 401, 403}:
            raise Unauthorized(f"{link.host} does not let {user!r} in: name or password are wrong")
        if response.status != 200 or not (cookies := _cookies(response)):
            raise Unauthorized(f"{link.host} has no login for a name and password (HTTP {response.status})")
    return cookies


def _cookies(response: aiohttp.ClientResponse) -> str:
    pairs = [f"{name}={morsel.coded_value}" for name, morsel in response.cookies.items()][:MAX_COOKIES]
    return "; ".join(pair for pair in pairs if len(pair) < 2000)


def _key(link: Connection, user: str, password: str) -> tuple[str, ...]:
    return (link.base, sha256(f"{user}:{password}".encode()).hexdigest(), "/login")
