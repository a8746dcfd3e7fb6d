"""Pictures that the server of docs/output_check_server.py has seen first."""

import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import SandboxServer
from bot.sandbox.seed import YOU
from providers import ImagePreview, ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.ports import held_port
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import Person, sample_photo

EXAMPLE = Path(__file__).parents[2] / "docs" / "output_check_server.py"
SKIN, SKY = "#c68863", "#3060c0"


class Painter(Provider):
    """Draws the colour that the prompt names, or half of the picture in it."""

    offline = True
    models = default_model = "painter"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset(), previews=True)

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImagePreview(data_url(sample_photo(color=SKIN), "image/png"))
        if "half" in request.prompt:
            yield ImageResponse([data_url(_half(), "image/png")])
        else:
            color = SKIN if "skin" in request.prompt else SKY
            yield ImageResponse([data_url(sample_photo(color=color), "image/png")])


def _half() -> bytes:
    import io

    from PIL import Image

    picture, out = Image.new("RGB", (96, 64), SKY), io.BytesIO()
    picture.paste(SKIN, (0, 0, 52, 64))
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def server() -> Iterator[str]:
    """The example of the documentation, as people start it."""
    with (
        held_port() as port,
        subprocess.Popen([sys.executable, str(EXAMPLE), "--port", str(port)], stdout=subprocess.PIPE) as process,
    ):
        try:
            assert process.stdout is not None
            assert b"Running on" in process.stdout.readline()
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


async def test_each_verdict(sandbox: SandboxServer, you: Person, server: str, tmp_path: Path) -> None:
    chat = you.private
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("painter", Painter)), output_check_url=server):
        assert not (await chat.photo(to=await chat.send("/imagine the sky --model painter"))).spoiler
        assert (await chat.photo(to=await chat.send("/imagine half of it --model painter"))).spoiler
        refused = await chat.text("may not show", to=await chat.send("/imagine skin --model painter"))
    assert not refused.photo
    assert not any("Draw with" in label for label in chat.buttons(refused))
    assert len([message for message in chat.answers if message.photo]) == 2


@pytest.mark.parametrize(("fail", "shown"), [("closed", False), ("open", True)])
async def test_a_check_that_is_away(
    sandbox: SandboxServer, you: Person, tmp_path: Path, fail: str, shown: bool
) -> None:
    chat, settings = you.private, {"output_check_url": "http://127.0.0.1:9/", "output_check_fail": fail}
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("painter", Painter)), admin_ids=f"{YOU}", **settings):
        asked = await chat.send("/imagine the sky --model painter")
        if shown:
            await chat.photo(to=asked)
        else:
            await chat.text("can't be checked", to=asked)
