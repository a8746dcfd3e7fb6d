"""Back-ends that say what a picture shows, against local servers of their APIs."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from providers import BadAnswer, Catalog, CatalogError, ProviderError, ResponseError, Unavailable
from providers.errors import DeadlineExceeded
from tests.providers.serving import NOBODY, picture_bytes, serving

PICTURE = picture_bytes("JPEG")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as own:
        yield own


def entry(tmp_path: Path, provider: str, url: str, more: str = "") -> Any:  # a provider of any class
    file = tmp_path / "models.toml"
    file.write_text(
        f'builtin = false\n[models.seer]\nprovider = "{provider}"\nurl = "{url}"\ntask = "describe"\n{more}'
    )
    catalog = Catalog.load(file, env={})
    assert (catalog.enabled(), catalog.describers()) == ([], [catalog["seer"]])
    provider_ = catalog["seer"].create()
    provider_.poll_interval = 0.01
    return provider_


@pytest.mark.parametrize(("more", "model"), [("", "clip"), ('model = "deepdanbooru"', "deepdanbooru")])
async def test_automatic1111(session: aiohttp.ClientSession, tmp_path: Path, more: str, model: str) -> None:
    asked: list[dict[str, Any]] = []

    async def server(request: web.Request) -> web.Response:
        assert request.path == "/sdapi/v1/interrogate"
        asked.append(await request.json())
        return web.json_response({"caption": "a teal square, minimal"})

    async with serving(server) as url:
        assert await entry(tmp_path, "automatic1111", url, more).describe(PICTURE, session) == "a teal square, minimal"
    assert asked[0]["model"] == model
    assert base64.b64decode(asked[0]["image"].partition(",")[2]) == PICTURE


@pytest.mark.parametrize("said", [{"caption": ""}, {"caption": None}, [], {"caption": ["a"]}])
async def test_automatic1111_without_a_caption(session: aiohttp.ClientSession, tmp_path: Path, said: Any) -> None:
    async def server(request: web.Request) -> web.Response:
        return web.json_response(said)

    async with serving(server) as url:
        with pytest.raises(BadAnswer):
            await entry(tmp_path, "automatic1111", url).describe(PICTURE, session)


class Alchemist:
    """The Horde's, with the states that a question goes through."""

    def __init__(self, *states: dict[str, Any]) -> None:
        self.states = list(states)
        self.asked: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []

    async def __call__(self, request: web.Request) -> web.Response:
        self.calls.append((request.method, request.path))
        if request.method == "POST":
            self.asked.append(await request.json())
            return web.json_response({"id": "00000000-aaaa"}, status=202)
        if request.method == "DELETE":
            return web.json_response({"state": "cancelled", "forms": []})
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return web.json_response(state)


def state(name: str, result: Any = None) -> dict[str, Any]:
    return {"state": name, "forms": [{"form": "caption", "state": name, "result": result}]}


async def test_horde(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    server = Alchemist(state("waiting"), state("processing"), state("done", {"caption": "a teal square"}))
    async with serving(server) as url:
        assert await entry(tmp_path, "horde", url).describe(PICTURE, session) == "a teal square"
    (forms,) = server.asked
    assert forms["forms"] == [{"name": "caption"}]
    assert base64.b64decode(forms["source_image"])[8:12] == b"WEBP"
    assert [method for method, _ in server.calls] == ["POST", "GET", "GET", "GET"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (state("faulted"), ResponseError),
        (state("cancelled"), ResponseError),
        (state("done"), BadAnswer),
        (state("done", {"caption": 7}), BadAnswer),
        (state("waiting"), DeadlineExceeded),
        ({"forms": 3}, DeadlineExceeded),
    ],
)
async def test_horde_takes_back_what_comes_to_nothing(
    session: aiohttp.ClientSession, tmp_path: Path, said: dict[str, Any], error: type[ProviderError]
) -> None:
    server = Alchemist(said)
    more = "timeout = 2" if error is DeadlineExceeded else ""  # in which it has to be handed over
    async with serving(server) as url:
        with pytest.raises(error):
            await entry(tmp_path, "horde", url, more).describe(PICTURE, session)
    assert server.calls[-1] == ("DELETE", "/api/v2/interrogate/status/00000000-aaaa")


async def test_a_server_that_is_away(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await entry(tmp_path, "horde", NOBODY).describe(PICTURE, session)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('[models.seer]\nprovider = "sketch"\ntask = "describe"\n', r"models\.seer\.task: sketch does not describe"),
        ('[models.seer]\nprovider = "horde"\ntask = "guess"\n', r"models\.seer\.task"),
        (
            '[models.seer]\nprovider = "horde"\ntask = "describe"\n[models.sd35]\nfallback = ["seer"]\n',
            r"models\.sd35\.fallback: 'seer' describes pictures",
        ),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, text: str, mistake: str) -> None:
    file = tmp_path / "models.toml"
    file.write_text(text)
    with pytest.raises(CatalogError, match=mistake):
        Catalog.load(file, env={})
