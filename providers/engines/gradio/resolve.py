"""From a documented endpoint to the one that the server has now: its `/config` is read, remembered, and read again
when it no longer fits; where it cannot be read, the documented numbers and route serve."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from providers.engines.gradio.config import Function, Space, parse_config
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.memory import memory
from providers.errors import BadAnswer, NotThisServer, ResponseError, Unauthorized, Unavailable


class Endpoint(NamedTuple):
    """A function as documented."""

    api_name: str
    fn_index: int = 0
    trigger_id: int | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """`remembered`: from an earlier reading of `/config`, so a refusal may mean that it has changed."""

    prefix: str
    function: Function
    remembered: bool


async def resolve(link: Connection, headers: Mapping[str, str], endpoint: Endpoint, arity: int) -> Resolved:
    """Raises InvalidParameter when the server has no such function, with the names that it has."""
    try:
        space, remembered = await read_space(link, headers)
    except Unauthorized:
        raise  # a guess at the routes would hide it behind a 404
    except (Unavailable, ResponseError):
        space, remembered = None, False  # the job's own POST will say what is wrong
    if space is None:
        return Resolved(
            endpoint.prefix, Function(endpoint.fn_index, endpoint.api_name, endpoint.trigger_id), remembered
        )
    function = space.function(endpoint.api_name, documented=endpoint.fn_index, arity=arity)
    return Resolved(space.prefix, function, remembered)


async def read_space(link: Connection, headers: Mapping[str, str]) -> tuple[Space | None, bool]:
    """What `/config` says, and whether it was remembered; None where the server has none."""

    async def learn() -> Space | None:
        try:
            return parse_config(await link.get("/config", headers))
        except NotThisServer:  # Gradio, but of a version that speaks otherwise
            raise
        except BadAnswer:
            return None

    return await memory().recall(_key(link, headers, "/config"), learn)


async def read_prefix(link: Connection, headers: Mapping[str, str], documented: str) -> str:
    """Where the server's routes begin."""
    try:
        space, _ = await read_space(link, headers)
    except Unauthorized:
        raise
    except (Unavailable, ResponseError):
        space = None
    return documented if space is None else space.prefix


async def read_info(link: Connection, headers: Mapping[str, str], prefix: str) -> Json:
    """`/info` of the server, remembered too. Raises BadAnswer where there is none."""

    async def learn() -> Json:
        return await link.get(f"{prefix}/info", headers)

    return (await memory().recall(_key(link, headers, "/info"), learn))[0]


def forget(link: Connection, headers: Mapping[str, str]) -> None:
    for path in ("/config", "/info"):
        memory().forget(_key(link, headers, path))


def _key(link: Connection, headers: Mapping[str, str], path: str) -> tuple[str, ...]:
    """With a key, or logged in, a server may show more than without. It is a secret, and never shown."""
    keys = (headers.get(name, "") for name in ("Authorization", "X-HF-Authorization", "Cookie"))
    return (link.base, *keys, path)
