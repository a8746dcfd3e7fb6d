"""The light check of a Gradio app: up, asleep, private, or another server altogether."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from providers import FluxDev, InvalidParameter, NotThisServer, ProviderError, Unauthorized, Unavailable
from tests.providers.drawing import clean_session
from tests.providers.engines.gradio.gradio_server import config
from tests.providers.entries import Entry
from tests.providers.serving import Handler, serving

INFO = {
    "named_endpoints": {
        "/infer": {
            "parameters": [{"parameter_name": "prompt", "component": "Textbox", "type": {"type": "string"}}],
            "returns": [{"component": "Image"}],
        }
    }
}


def says(body: str, status: int = 200, kind: str = "application/json") -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/gradio_api/info":
            return web.json_response(INFO)
        assert request.path == "/config"
        return web.Response(text=body, status=status, content_type=kind)

    return handler


async def test_an_app_that_answers(tmp_path: Path) -> None:
    server = says(json.dumps(config("5.9.1", "infer", 2)))
    await Entry(tmp_path, "gradio").checked(server)
    async with serving(server) as url, clean_session() as session:
        await FluxDev(url=url).check(session)


@pytest.mark.parametrize(
    ("server", "kind"),
    [
        (says('{"version": "1"}'), NotThisServer),
        (says("[]"), NotThisServer),
        (says(json.dumps({**config("5.9.1", "infer", 2), "version": "3.50.2"})), NotThisServer),
        (says("<html>hello</html>", kind="text/html"), NotThisServer),
        (says('{"detail": "Not Found"}', 404), NotThisServer),
        (says("404: Not Found", 404), NotThisServer),
        (says("<html>404</html>", 404, "text/html"), Unauthorized),  # so the Hub answers for Spaces that it hides
        (says('{"detail": "Not authenticated"}', 401), Unauthorized),
        (says("<html>sleeping</html>", 503, "text/html"), Unavailable),
    ],
)
async def test_an_app_that_does_not(tmp_path: Path, server: Handler, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await Entry(tmp_path, "gradio").checked(server)
    assert type(caught.value) is kind


async def test_what_each_draw_would_fail_at(tmp_path: Path) -> None:
    server = says(json.dumps(config("5.9.1", "infer", 2)))
    with pytest.raises(InvalidParameter, match="there is no api name 'draw' here; there are: infer"):
        await Entry(tmp_path, "gradio").checked(server, "api_name = '/draw'")
    with pytest.raises(InvalidParameter, match=r"no parameter is called words here; there is: infer\(prompt\)"):
        await Entry(tmp_path, "gradio").checked(server, "parameters = { prompt = 'words' }")
