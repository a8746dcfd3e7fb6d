"""Those that `provider_layer.py` compares, each in a process of its own: `python benchmarks/contenders.py NAME URL`.

It reads orders from stdin, one a line of JSON, `{"generations": G, "at_once": N}`, and answers each by one when it is
done: `{"cpu": seconds of all its threads, "wall": seconds, "peak": bytes}`. Each runs on the event loop
that the bot runs on, with its garbage collection.
"""

import asyncio
import base64
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

ROOT = Path(__file__).resolve().parent.parent
SPACE = "/gradio_api"
MODEL = "/models/bench"
GEMINI = "gemini-3.1-flash-image"
QUEUED = "fal-ai/flux/dev"
LOOK = 0.01  # seconds between two looks at a job
PROMPT = "a fox in the snow"
ARGUMENTS = [PROMPT, "", 7, False, 1024, 1024, 4.5, 40]

Generate = Callable[[], Awaitable[int]]  # one generation; the picture's size in bytes


@asynccontextmanager
async def floor(url: str, *, decode: bool = False) -> AsyncIterator[Generate]:
    """Raw aiohttp, the same calls, no check of anything."""
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def generate() -> int:
            async with session.post(f"{url}{SPACE}/call/infer", json={"data": ARGUMENTS}) as response:
                event_id = (await response.json())["event_id"]
            event, outputs = b"", []
            async with session.get(f"{url}{SPACE}/call/infer/{event_id}") as response:
                async for line in response.content:
                    if line.startswith(b"event: "):
                        event = line[7:-1]
                    elif line.startswith(b"data: ") and event in {b"generating", b"complete"}:
                        outputs = json.loads(line[6:])
            async with session.get(outputs[0]["url"]) as response:
                picture = await response.read()
            if decode:
                await asyncio.to_thread(_decode, picture)
            return len(picture)

        yield generate


@asynccontextmanager
async def floor_decoded(url: str) -> AsyncIterator[Generate]:
    """The floor, and Pillow decodes the picture in a thread."""
    async with floor(url, decode=True) as generate:
        yield generate


def _session() -> "aiohttp.ClientSession":
    """As bot/app.py has it."""
    import aiohttp

    connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=15)
    return aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())


@asynccontextmanager
async def ours(url: str, *, decode: bool = False) -> AsyncIterator[Generate]:
    """All that the provider does, but that the picture is decoded."""
    from providers import ImageRequest, ImageResponse, StabilityAI_SD35Large
    from providers.pictures.fetch import download

    async with _session() as session:

        async def generate() -> int:
            provider = StabilityAI_SD35Large(url=url)
            model = provider.default_model  # as the catalogue names it
            request = ImageRequest(PROMPT, model=model, seed=7, width=1024, height=1024, num_inference_steps=40)
            found = ""
            async for event in provider.generate(request, session):
                if isinstance(event, ImageResponse):
                    found = event.url
            if decode:
                return len((await provider.fetch(found, session)).data)
            async with asyncio.timeout(60):
                return len(await download(found, session, origin=provider.url, headers=provider.auth_headers()))

        yield generate


@asynccontextmanager
async def ours_decoded(url: str) -> AsyncIterator[Generate]:
    """All that the provider does."""
    async with ours(url, decode=True) as generate:
        yield generate


@asynccontextmanager
async def httpx_sse(url: str) -> AsyncIterator[Generate]:
    import httpx
    from httpx_sse import aconnect_sse

    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(limits=limits, timeout=None) as client:

        async def generate() -> int:
            response = await client.post(f"{url}{SPACE}/call/infer", json={"data": ARGUMENTS})
            event_id = response.json()["event_id"]
            outputs = []
            async with aconnect_sse(client, "GET", f"{url}{SPACE}/call/infer/{event_id}") as source:
                async for event in source.aiter_sse():
                    if event.event in {"generating", "complete"}:
                        outputs = event.json()
            return len((await client.get(outputs[0]["url"])).content)

        yield generate


@asynccontextmanager
async def gradio_client(url: str) -> AsyncIterator[Generate]:
    """One client for all, as its guide has it; it knows the queue alone, and saves the picture in a file."""
    from gradio_client import Client

    with tempfile.TemporaryDirectory(prefix="gradio-client-") as folder:
        client = await asyncio.to_thread(
            Client, url, verbose=False, analytics_enabled=False, max_workers=500, download_files=folder
        )

        async def generate() -> int:
            job = client.submit(*ARGUMENTS, api_name="/infer")
            return _size_of_file(await asyncio.wrap_future(job.future))

        yield generate


@asynccontextmanager
async def floor_post(url: str) -> AsyncIterator[Generate]:
    """The floor of back-ends that answer a POST with the picture; Pillow reads its header."""
    import aiohttp
    from PIL import Image

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def generate() -> int:
            async with session.post(url + MODEL, json={"inputs": PROMPT}) as response:
                picture = await response.read()
            return Image.open(io.BytesIO(picture)).width and len(picture)

        yield generate


@asynccontextmanager
async def huggingface_hub(url: str) -> AsyncIterator[Generate]:
    """It answers a Pillow image whose header is read."""
    from huggingface_hub import AsyncInferenceClient

    async with AsyncInferenceClient(model=url + MODEL, token="hf_none", timeout=600) as client:

        async def generate() -> int:
            image = await client.text_to_image(PROMPT)
            return int(image.width * image.height)

        yield generate


@asynccontextmanager
async def floor_gemini(url: str) -> AsyncIterator[Generate]:
    """The floor of Gemini's shape: one POST, a picture in base64 within its JSON."""
    import aiohttp

    body = {
        "contents": [{"role": "user", "parts": [{"text": PROMPT}]}],
        "generationConfig": {"responseModalities": ["TEXT", "IMAGE"], "seed": 7, "imageConfig": {"aspectRatio": "1:1"}},
    }
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def generate() -> int:
            address = f"{url}/v1beta/models/{GEMINI}:generateContent"
            async with session.post(address, json=body, headers={"x-goog-api-key": "none"}) as response:
                parts = (await response.json())["candidates"][0]["content"]["parts"]
            return len(base64.b64decode(next(part["inlineData"]["data"] for part in parts if "inlineData" in part)))

        yield generate


@asynccontextmanager
async def gemini(url: str) -> AsyncIterator[Generate]:
    """All that the provider does, but that the picture is decoded; its base64 is."""
    from providers import Gemini, ImageRequest, ImageResponse

    async with _session() as session:

        async def generate() -> int:
            provider = Gemini(url=url, api_key="none")
            request = ImageRequest(PROMPT, model=GEMINI, seed=7, aspect_ratio="1:1")
            found = ""
            async for event in provider.generate(request, session):
                if isinstance(event, ImageResponse):
                    found = event.url
            return len(base64.b64decode(found.partition(",")[2]))

        yield generate


@asynccontextmanager
async def floor_fal(url: str) -> AsyncIterator[Generate]:
    """The floor of fal's shape: a job is submitted, looked at twice, its result and its picture are fetched."""
    import aiohttp

    body = {"prompt": PROMPT, "seed": 7, "num_inference_steps": 28, "image_size": {"width": 1024, "height": 1024}}
    headers = {"Authorization": "Key none"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def generate() -> int:
            async with session.post(f"{url}/{QUEUED}", json=body, headers=headers) as response:
                job = await response.json()
            while True:
                async with session.get(job["status_url"], params={"logs": "1"}, headers=headers) as response:
                    if (await response.json())["status"] == "COMPLETED":
                        break
                await asyncio.sleep(LOOK)
            async with session.get(job["response_url"], headers=headers) as response:
                address = (await response.json())["images"][0]["url"]
            async with session.get(address) as response:
                return len(await response.read())

        yield generate


@asynccontextmanager
async def fal(url: str) -> AsyncIterator[Generate]:
    """All that the provider does, but that the picture is decoded."""
    from providers import Fal, ImageRequest, ImageResponse
    from providers.pictures.fetch import download

    async with _session() as session:

        async def generate() -> int:
            provider = Fal(url=url, api_key="none", poll_interval=LOOK)
            request = ImageRequest(PROMPT, model=QUEUED, seed=7, width=1024, height=1024, num_inference_steps=28)
            found = ""
            async for event in provider.generate(request, session):
                if isinstance(event, ImageResponse):
                    found = event.url
            async with asyncio.timeout(60):
                return len(await download(found, session, origin=provider.url, headers=provider.auth_headers()))

        yield generate


def _size_of_file(path: str) -> int:
    return Path(path).stat().st_size


def _decode(picture: bytes) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        image.load()


CONTENDERS = {
    contender.__name__: contender
    for contender in (
        *(floor, floor_decoded, ours, ours_decoded, httpx_sse, gradio_client, floor_post, huggingface_hub),
        *(floor_gemini, gemini, floor_fal, fal),
    )
}


async def run(generate: Generate, generations: int, at_once: int) -> dict[str, float]:
    left = iter(range(generations))

    async def worker() -> None:
        for _ in left:
            assert await generate() > 10_000

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - began, "peak": peak}


async def main(name: str, url: str) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with CONTENDERS[name](url) as generate:
        while line := await reader.readline():
            order = json.loads(line)
            print(json.dumps(await run(generate, order["generations"], order["at_once"])), flush=True)
    os._exit(0)  # a peer's threads may hang on to a stream for ever


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from bot import event_loop
    from bot.operations.lifetime import keep_for_good

    keep_for_good()
    event_loop.run(main(*sys.argv[1:]))
