"""How somebody who has set up nothing gets a better model: by a key, or by a server that this machine runs already."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from providers import Catalog, ProviderError
from providers.catalog.catalog import BUILTIN
from providers.catalog.file import read_catalog
from providers.catalog.model import Model
from providers.choices import is_name
from providers.engines.bodies import parse_json, read_bounded

LOOK = 1.0  # seconds for one program's answer
MAX_ANSWER = 1_000_000  # bytes
NAMED = 3  # keys


@dataclass(frozen=True, slots=True)
class UsualServer:
    """Where a program that draws listens unless it is told otherwise. `asked` is what it alone answers with an object
    that has the field `field`. `checkpoints` lists its files, where an entry has to name one."""

    name: str
    provider: str
    url: str
    asked: str
    field: str
    checkpoints: str = ""


LOADER = "/object_info/CheckpointLoaderSimple"
USUAL_SERVERS = (
    UsualServer(
        "AUTOMATIC1111",
        "automatic1111",
        "http://127.0.0.1:7860",
        asked="/sdapi/v1/options",
        field="sd_model_checkpoint",
    ),
    UsualServer(
        "ComfyUI",
        "comfyui",
        "http://127.0.0.1:8188",
        asked="/system_stats",
        field="devices",
        checkpoints=LOADER,
    ),
)


def has_own_model(catalog: Catalog) -> bool:
    """Whether something draws by a key or at a server that the operator chose."""
    builtin = read_catalog(BUILTIN).models
    return any(
        model.requires_key or model.url is not None or model.id not in builtin
        for model in catalog.enabled()
        if not model.provider_class.offline
    )


async def better_models(catalog: Catalog, usual: Sequence[UsualServer] = USUAL_SERVERS) -> list[str]:
    """Three lines for who has neither a key nor a server; none for who has. `catalog` is what the bot draws with.

    Ends within about a second; never raises for what is remote.
    """
    if has_own_model(catalog):
        return []
    offline = all(model.provider_class.offline for model in catalog.enabled())
    found = await servers_here(usual)
    needed = await _needed(found[0]) if found else ""
    return [_as_it_is(offline), _by_key(offline), _by_server(found, usual, needed)]


async def servers_here(usual: Sequence[UsualServer] = USUAL_SERVERS) -> list[UsualServer]:
    """Which of these programs answer on this machine."""
    async with aiohttp.ClientSession() as session:
        answers = await asyncio.gather(*(_answers(server, session) for server in usual))
    return [server for server, answers_here in zip(usual, answers, strict=True) if answers_here]


async def _answers(server: UsualServer, session: aiohttp.ClientSession) -> bool:
    return server.field in await _asked(server.url + server.asked, session)


async def _asked(url: str, session: aiohttp.ClientSession) -> dict[str, Any]:
    """The object that is answered; empty for anything else."""
    try:
        async with asyncio.timeout(LOOK), session.get(url, allow_redirects=False) as response:
            found = parse_json(await read_bounded(response, MAX_ANSWER)) if response.status == 200 else None
    except (ProviderError, aiohttp.ClientError, TimeoutError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


async def _needed(server: UsualServer) -> str:
    """What else an entry for it has to say: a checkpoint that it has, else a workflow."""
    if not server.checkpoints:
        return ""
    async with aiohttp.ClientSession() as session:
        described = (await _asked(server.url + server.checkpoints, session)).get("CheckpointLoaderSimple")
    if not isinstance(described, dict):
        described = {}
    from providers.servers.comfyui.choices import choices_of  # brings Pillow along, and most have no ComfyUI here

    inputs = described.get("input")
    names = choices_of(inputs.get("required") if isinstance(inputs, dict) else None, "ckpt_name")
    name = next((name for name in names if is_name(name) and "`" not in name), None)
    if name is None:
        return ', `workflow = "mine.json"` (a file from its menu: Workflow, Export (API))'
    return f", `model = {json.dumps(name)}`"


def _as_it_is(offline: bool) -> str:
    if offline:
        return "pictures are drawn by code, without AI; a key or a server of your own draws better ones"
    return "free services that many share draw now: slow at times, and away at others; a key or a server is better"


def _by_key(offline: bool) -> str:
    """Where all are offline, as in the sandbox, a key alone turns on nothing: the models file must name its model."""
    paid = [model for model in Catalog.load(env={}) if _turned_on_by_key(model)][:NAMED]
    keys = ", ".join(f"{model.key_name} ({model.id})" for model in paid)
    named = f", and its model, such as `[models.{paid[0].id}]`, in the file of MODELS_FILE" if offline else ""
    return f"a key: in .env one of {keys}, ...{named}; docs/models.md has them all with their prices"


def _turned_on_by_key(model: Model) -> bool:
    return model.requires_key and model.enabled and model.key_name is not None


def _by_server(found: Sequence[UsualServer], usual: Sequence[UsualServer], needed: str) -> str:
    if found:
        entries = " and ".join(
            f'{server.name} answers at {server.url}: put `[models.mine]`, `provider = "{server.provider}"`, '
            f'`url = "{server.url}"`{needed} into models.toml'
            for server in found[:1]
        )
        others = "".join(f"; {server.name} answers at {server.url} too" for server in found[1:])
        return f"a server: {entries}, and MODELS_FILE=models.toml into .env{others}"
    places = " nor ".join(f"{server.name} at {server.url.removeprefix('http://')}" for server in usual)
    return f"a server: neither {places} answers here; docs/models.md says how to name another"
