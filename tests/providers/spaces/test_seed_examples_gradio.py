"""The usage examples that came with the seeds, with their imports naming this project, against local servers."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from providers import (
    G4F,
    BlackForestLabs_Flux1Schnell,
    ImagePreview,
    ImageResponse,
    Message,
    Messages,
    StabilityAI_SD35Large,
)
from tests.providers.engines.gradio.gradio_server import Told, call_event, file_data, queue_event, serving


@asynccontextmanager
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """One server for all; the providers are pointed at it by their class attribute, the examples know nothing."""
    done = [call_event("generating", [file_data("/tmp/p.webp"), 1]), call_event("complete", [file_data(), 1])]
    queued = [
        queue_event(msg="process_starts", event_id="e1", eta=None),
        queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]}),
    ]
    told = Told(
        {
            "POST /gradio_api/call/infer": {"event_id": "e1"},
            "GET /gradio_api/call/infer/e1": done,
            "POST /call/infer": {"event_id": "e1"},
            "GET /call/infer/e1": done,
            "POST /gradio_api/queue/join": {"event_id": "e1"},
            "GET /gradio_api/queue/data": queued,
        }
    )
    async with serving(told.answer) as url:
        for provider in (StabilityAI_SD35Large, BlackForestLabs_Flux1Schnell, G4F):
            monkeypatch.setattr(provider, "url", url)
        yield


async def test_example_sd35(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        model = "stabilityai-stable-diffusion-3-5-large"
        messages: Messages = [{"role": "user", "content": "A cat wearing a hat"}]
        api_key = "YOUR_API_KEY"
        aspect_ratio = "16:9"

        generator = StabilityAI_SD35Large.create_async_generator(
            model=model, messages=messages, api_key=api_key, aspect_ratio=aspect_ratio
        )

        try:
            async for item in generator:
                if isinstance(item, ImagePreview):
                    print(f"Preview URL: {item.url}")
                elif isinstance(item, ImageResponse):
                    print(f"Final Image URL: {item.url}")
                    break
        except Exception as e:  # noqa: BLE001  (as the example has it)
            print(f"Error: {e}")

    async with server(monkeypatch):
        await main()
    shown = capsys.readouterr().out
    assert "Preview URL: http" in shown
    assert "Final Image URL: http" in shown
    assert "Error" not in shown


async def test_example_g4f(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        model = "flux"
        messages = [Message(role="user", content="A futuristic cityscape")]

        async for chunk in G4F.create_async_generator(model=model, messages=messages, width=512, height=512):
            print(chunk)

    async with server(monkeypatch):
        await main()
    shown = capsys.readouterr().out
    assert "Generating\n" in shown
    assert "![A futuristic cityscape](http" in shown


async def test_example_schnell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        model = "black-forest-labs-flux-1-schnell"
        messages: Messages = [{"role": "user", "content": "A beautiful landscape"}]

        generator = BlackForestLabs_Flux1Schnell.create_async_generator(
            model=model, messages=messages, width=512, height=512, num_inference_steps=2
        )

        async for response in generator:
            if response and response.images:  # type: ignore[union-attr, truthy-bool]  # this provider's entry yields responses alone
                print(f"Image URL: {response.images[0]}")  # type: ignore[union-attr]  # likewise
                break

    async with server(monkeypatch):
        await main()
    assert "Image URL: http" in capsys.readouterr().out


async def test_breaking_off_at_the_picture_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples never close the generator: by its last event everything of ours is closed already."""
    async with server(monkeypatch):
        generator = BlackForestLabs_Flux1Schnell.create_async_generator("flux", [{"role": "user", "content": "x"}])
        async for event in generator:
            assert isinstance(event, ImageResponse)
            break
        assert not [thing for thing in gc.get_objects() if type(thing) is aiohttp.ClientSession and not thing.closed]
        await generator.aclose()
