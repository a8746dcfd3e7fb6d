"""The `openai` provider against a real LiteLLM proxy: `make test-litellm LITELLM=/path/to/venv/bin/litellm`.

Not among the tests that `make test` runs, which need nothing but the lock. The proxy is started here, with our local
server of OpenAI's Images behind it, so nothing is paid and nothing leaves this machine.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from providers import ContentRejected, ImageResponse, ModelNotFound, Provider, ResponseError, Unauthorized
from providers.catalog.model import Model
from tests.providers.drawing import clean_session, draw
from tests.providers.entries import Entry
from tests.providers.services.openai_server import KEY, OpenAIServer, refuse
from tests.providers.serving import picture_bytes, serving

LITELLM = os.environ["LITELLM"]
MASTER = "sk-the-proxys-own"
START = 120  # seconds

Proxy = tuple[str, OpenAIServer]


@pytest.fixture
async def proxy(tmp_path: Path) -> AsyncIterator[Proxy]:
    """Its address, and the server behind it."""
    upstream = OpenAIServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with serving(upstream) as origin:
        models = [
            {"model_name": name, "litellm_params": {"model": model, "api_base": f"{origin}/v1", "api_key": KEY}}
            for name, model in (("openai/gpt-image-2", "openai/gpt-image-2"), ("painter", "openai/gpt-image-1.5"))
        ]
        config = tmp_path / "litellm.yaml"  # JSON is YAML
        config.write_text(json.dumps({"model_list": models, "general_settings": {"master_key": MASTER}}))
        process = await asyncio.create_subprocess_exec(
            LITELLM, "--config", str(config), "--host", "127.0.0.1", "--port", str(port), "--telemetry", "False",
            env={**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}, stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await _started(f"http://127.0.0.1:{port}/health/liveliness", process)
            yield f"http://127.0.0.1:{port}", upstream
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _started(url: str, process: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(START):
        while process.returncode is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.5)
    raise AssertionError("the proxy ended before it answered")


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "openai")


def provider(entry: Entry, url: str, model: str, key: str = MASTER) -> tuple[Provider, Model]:
    found = entry.model(url, f"model = '{model}'", key)
    return found.create(), found


async def test_it_draws_and_edits(proxy: Proxy, entry: Entry) -> None:
    url, upstream = proxy
    drawing, model = provider(entry, url, "openai/gpt-image-2")
    events = await draw(drawing, model.request("a fox", aspect_ratio="16:9"))
    assert isinstance(events[-1], ImageResponse)
    assert upstream.asked[0]["size"] == "1536x864"
    assert "stream" not in upstream.asked[0]
    pictures = (picture_bytes(color="red"), picture_bytes(color="green"))
    events = await draw(model.create(), model.request("a hat", images=pictures))
    assert isinstance(events[-1], ImageResponse)
    assert upstream.pictures == list(pictures)


async def test_an_alias_that_says_nothing_draws_too(proxy: Proxy, entry: Entry) -> None:
    """It is asked for `response_format`, which is refused in the proxy's own words, and left out."""
    url, upstream = proxy
    drawing, model = provider(entry, url, "painter")
    assert isinstance((await draw(drawing, model.request("a fox")))[-1], ImageResponse)
    assert "response_format" not in upstream.asked[-1]


async def test_its_refusals(proxy: Proxy, entry: Entry) -> None:
    url, upstream = proxy
    drawing, model = provider(entry, url, "openai/gpt-image-2", "sk-another")
    with pytest.raises(Unauthorized):
        await draw(drawing, model.request("a fox"))
    drawing, model = provider(entry, url, "nothing")
    with pytest.raises(ModelNotFound):
        await draw(drawing, model.request("a fox"))
    upstream.said = refuse(400, "moderation_blocked", "Your request was rejected by the safety system.")
    drawing, model = provider(entry, url, "openai/gpt-image-2")
    with pytest.raises(ContentRejected):
        await draw(drawing, model.request("a fox"))


async def test_its_check(proxy: Proxy, entry: Entry) -> None:
    url, upstream = proxy
    async with clean_session() as session:
        listed, _ = provider(entry, url, "openai/gpt-image-2")
        await listed.check(session)
        assert listed.remarks == ()
        unlisted, _ = provider(entry, url, "nothing")
        await unlisted.check(session)
        assert unlisted.remarks
        wrong, _ = provider(entry, url, "openai/gpt-image-2", "sk-another")
        with pytest.raises((Unauthorized, ResponseError)):
            await wrong.check(session)
    assert upstream.asked == []
