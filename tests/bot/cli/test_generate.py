"""`generate`: from a prompt to a file, and every way in which that can fail, in one line."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from PIL import Image
from rich.console import Console

from bot.cli.drawing import Wish, draw_to_files
from bot.cli.generate import _fields
from bot.cli.models import choices_lines, models_table
from bot.failure import Failure
from providers import Catalog, InvalidParameter, ProviderError, UnknownModel
from providers.choices import Lora
from tests.providers.entries import KEY
from tests.providers.servers.webui_server import WebUI
from tests.providers.services import test_fal as fal
from tests.providers.serving import picture_bytes, serving
from tests.providers.videos import mp4


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=120, force_terminal=True)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    file = tmp_path / "models.toml"
    file.write_text("builtin = false\n[models.sketch]\nprovider = 'sketch'\nlabel = 'A [bold] sketch'\npace = 0\n")
    return Catalog.load(file, env={})


@pytest.fixture
async def remote(tmp_path: Path) -> AsyncIterator[Catalog]:
    """A server of ImageLabs' documented API whose picture is whatever its path says."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/txt2img":
            return web.json_response({"task_id": (await request.json())["prompt"]})
        if request.path == "/progress":
            name = (await request.json())["task_id"]
            return web.json_response({"status": "Done", "final_image_url": f"/{name}"})
        if request.path == "/page":
            return web.Response(text="<html>")
        return web.Response(body=picture_bytes("WEBP", (40, 30)))

    async with serving(handler) as url:
        file = tmp_path / "remote.toml"
        file.write_text(f"builtin = false\n[models.labs]\nprovider = 'ImageLabs'\nurl = '{url}'\n")
        yield Catalog.load(file, env={})


async def generate(
    catalog: Catalog,
    model: str | None,
    prompt: str,
    output: Path,
    *,
    console: Console,
    n: int = 1,
    image: Path | None = None,
    force: bool = False,
    notes: list[str] | None = None,
    **fields: Any,
) -> list[Path]:
    wish = Wish(prompt, output, model=model, count=n, images=(image,) if image else (), force=force, fields=fields)
    return await draw_to_files(catalog, wish, console=console, note=(notes if notes is not None else []).append)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".toml")


async def test_a_picture_and_its_progress(catalog: Catalog, tmp_path: Path, console: Console) -> None:
    output = tmp_path / "out.png"
    written = await generate(catalog, None, "a fox", output, console=console, width=80, height=64, seed=1)
    assert written == [output]
    with Image.open(output) as image:
        assert (image.format, image.size) == ("PNG", (80, 64))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert "A [bold] sketch" in shown
    assert "100%" in shown
    assert "Done" in shown
    assert files(tmp_path) == ["out.png"]
    assert output.stat().st_mode & 0o444 == 0o444


async def test_several_pictures_have_numbers_and_seeds_that_count_up(
    catalog: Catalog, tmp_path: Path, console: Console
) -> None:
    same: dict[str, Any] = {"console": console, "width": 64, "height": 64}
    await generate(catalog, "sketch", "a fox", tmp_path / "out.png", n=3, seed=7, **same)
    assert files(tmp_path) == ["out-1.png", "out-2.png", "out-3.png"]
    await generate(catalog, "sketch", "a fox", tmp_path / "alone.png", seed=8, **same)
    assert (tmp_path / "alone.png").read_bytes() == (tmp_path / "out-2.png").read_bytes()
    assert (tmp_path / "alone.png").read_bytes() != (tmp_path / "out-1.png").read_bytes()


@pytest.mark.parametrize(
    ("name", "form"), [("o.png", "PNG"), ("o.jpg", "JPEG"), ("o.JPEG", "JPEG"), ("o.webp", "WEBP"), ("o.bmp", "BMP")]
)
async def test_the_ending_says_the_format(
    remote: Catalog, tmp_path: Path, console: Console, name: str, form: str
) -> None:
    await generate(remote, "labs", "picture", tmp_path / name, console=console)
    with Image.open(tmp_path / name) as image:
        assert (image.format, image.size) == (form, (40, 30))
    if form == "WEBP":
        assert (tmp_path / name).read_bytes() == picture_bytes("WEBP", (40, 30))


async def test_an_input_picture(catalog: Catalog, tmp_path: Path, console: Console) -> None:
    source = tmp_path / "in.png"
    source.write_bytes(picture_bytes())
    same: dict[str, Any] = {"console": console, "width": 64, "height": 64, "seed": 1}
    await generate(catalog, "sketch", "a fox", tmp_path / "with.png", image=source, **same)
    await generate(catalog, "sketch", "a fox", tmp_path / "without.png", **same)
    assert (tmp_path / "with.png").read_bytes() != (tmp_path / "without.png").read_bytes()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"model_id": "nothing"}, UnknownModel),
        ({"prompt": "  "}, InvalidParameter),
        ({"n": 0}, InvalidParameter),
        ({"n": 9}, InvalidParameter),
        ({"width": 3}, InvalidParameter),
        ({"aspect_ratio": "5:3"}, InvalidParameter),
        ({"output": "out.tiff"}, InvalidParameter),
        ({"output": "out"}, InvalidParameter),
        ({"output": "no/such/folder/out.png"}, Failure),
        ({"image": "missing.png"}, Failure),
        ({"image": "models.toml"}, Failure),
        ({"output": "."}, Failure),
        ({"prompt": "f\udce4x"}, InvalidParameter),
    ],
)
async def test_what_goes_wrong_is_one_line_and_leaves_no_file(
    catalog: Catalog, tmp_path: Path, console: Console, changes: dict[str, Any], error: type[Exception]
) -> None:
    asked: dict[str, Any] = {"model_id": "sketch", "prompt": "a fox", "output": "out.png", "image": None, **changes}
    asked["output"] = tmp_path / asked["output"]
    asked["image"] = tmp_path / asked["image"] if asked["image"] else None
    with pytest.raises(error) as caught:
        await generate(
            catalog, asked.pop("model_id"), asked.pop("prompt"), asked.pop("output"), console=console, **asked
        )
    assert "\n" not in str(caught.value)
    assert files(tmp_path) == []


async def test_a_page_in_place_of_a_picture_leaves_no_file(remote: Catalog, tmp_path: Path, console: Console) -> None:
    with pytest.raises(ProviderError, match="not a picture"):
        await generate(remote, "labs", "page", tmp_path / "out.png", console=console)
    assert files(tmp_path) == []


async def test_what_the_model_does_not_take_is_said(remote: Catalog, tmp_path: Path, console: Console) -> None:
    notes: list[str] = []
    source = tmp_path / "in.png"
    source.write_bytes(picture_bytes())
    asked: dict[str, Any] = {"seed": 1, "guidance_scale": 7.0, "num_inference_steps": 20, "negative_prompt": "hats"}
    await generate(remote, "labs", "picture", tmp_path / "o.png", console=console, image=source, notes=notes, **asked)
    (note,) = notes
    assert note.startswith("labs does not take ")
    assert {word.strip(",:") for word in note.split() if word.startswith("--")} == {"--cfg", "--steps", "--image"}


async def test_a_file_that_is_there_stays_unless_forced(catalog: Catalog, tmp_path: Path, console: Console) -> None:
    same: dict[str, Any] = {"console": console, "width": 64, "height": 64}
    (tmp_path / "out-2.png").write_bytes(b"precious")
    with pytest.raises(Failure, match=r"out-2\.png: is there already; --force"):
        await generate(catalog, "sketch", "a fox", tmp_path / "out.png", n=2, **same)
    assert files(tmp_path) == ["out-2.png"], "nothing was drawn"
    await generate(catalog, "sketch", "a fox", tmp_path / "out.png", n=2, force=True, **same)
    assert files(tmp_path) == ["out-1.png", "out-2.png"]
    assert (tmp_path / "out-2.png").read_bytes() != b"precious"


async def test_seeds_at_the_upper_end_go_on_from_zero(catalog: Catalog, tmp_path: Path, console: Console) -> None:
    same: dict[str, Any] = {"console": console, "width": 64, "height": 64}
    await generate(catalog, "sketch", "a fox", tmp_path / "out.png", n=2, seed=2**31 - 1, **same)
    await generate(catalog, "sketch", "a fox", tmp_path / "zero.png", seed=0, **same)
    assert (tmp_path / "out-2.png").read_bytes() == (tmp_path / "zero.png").read_bytes()


async def test_each_picture_is_kept_as_soon_as_it_is_there(remote: Catalog, tmp_path: Path, console: Console) -> None:
    """The second of two fails; the first was paid for."""
    calls = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal calls
        if request.path == "/txt2img":
            calls += 1
            return web.json_response({"task_id": "x"}) if calls == 1 else web.Response(status=500)
        if request.path == "/progress":
            return web.json_response({"status": "Done", "final_image_url": "/picture"})
        return web.Response(body=picture_bytes("PNG", (40, 30)))

    async with serving(handler) as url:
        file = tmp_path / "once.toml"
        file.write_text(f"builtin = false\n[models.labs]\nprovider = 'ImageLabs'\nurl = '{url}'\n")
        with pytest.raises(ProviderError):
            await generate(Catalog.load(file, env={}), "labs", "a fox", tmp_path / "out.png", n=2, console=console)
    assert files(tmp_path) == ["out-1.png"]


async def test_no_byte_of_a_file_that_is_no_picture_is_told(catalog: Catalog, tmp_path: Path, console: Console) -> None:
    (tmp_path / "secrets.txt").write_text("root:x:0:0:very secret")
    with pytest.raises(Failure) as caught:
        await generate(catalog, "sketch", "a fox", tmp_path / "o.png", console=console, image=tmp_path / "secrets.txt")
    told = str(caught.value).replace(str(tmp_path / "secrets.txt"), "")
    assert "root" not in told
    assert "secret" not in told


async def test_a_model_that_is_left_out_of_menus_is_named(tmp_path: Path, console: Console) -> None:
    with pytest.raises(UnknownModel, match="sketch"):
        await generate(Catalog.load(env={}), "nothing", "a fox", tmp_path / "o.png", console=console)


async def test_a_missing_key_is_said_before_anything_is_asked(tmp_path: Path, console: Console) -> None:
    file = tmp_path / "models.toml"
    file.write_text("[models.sd35]\nrequires_key = true\n")
    with pytest.raises(InvalidParameter, match="cannot draw: set HF_TOKEN"):
        await generate(Catalog.load(file, env={}), "sd35", "a fox", tmp_path / "out.png", console=console)


def test_the_table_of_models(console: Console) -> None:
    console.print(models_table(Catalog.load(env={})))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    for words in ("sd35 *", "SD 3.5 Large", "imagelabs", "not enabled", "64-2048", "queue"):
        assert words in shown


CHANGEABLE = """
from dataclasses import replace
from providers import Reasoning, Sketch


class Changeable(Sketch):
    capabilities = replace(Sketch.capabilities, parameters=Sketch.capabilities.parameters | {"guidance_scale"})

    async def _draw(self, request, session):
        yield Reasoning("the app has no place for it", untaken=("guidance_scale", "seed"))
        async for event in super()._draw(request, session):
            yield event
"""


async def test_what_a_server_does_not_take_after_all_is_said(tmp_path: Path, console: Console) -> None:
    (tmp_path / "changeable_app.py").write_text(CHANGEABLE)
    file = tmp_path / "models.toml"
    file.write_text("builtin = false\n[models.app]\nprovider = 'changeable_app:Changeable'\npace = 0\n")
    told: list[str] = []
    wish = Wish("a fox", tmp_path / "fox.png", fields={"guidance_scale": 3.0})
    await draw_to_files(Catalog.load(file, env={}), wish, console=console, note=told.append)
    assert told[-1] == "app did not take --cfg: drawn without"


async def test_what_is_picked_by_name(tmp_path: Path, console: Console) -> None:
    server = WebUI(steps=1)
    file = tmp_path / "models.toml"
    async with serving(server) as url:
        entry = f"[models.webui]\nprovider = 'automatic1111'\nurl = '{url}'\nchoices = ['sampler', 'lora']"
        file.write_text(f"builtin = false\n{entry}\n[models.plain]\nprovider = 'automatic1111'\nurl = '{url}'\n")
        catalog = Catalog.load(file, env={})
        picked: dict[str, Any] = {"sampler": "euler a", "loras": (Lora("pixel art", 0.5),)}
        await generate(catalog, "webui", "a fox", tmp_path / "fox.png", console=console, **picked)
        assert server.asked[0][1]["prompt"] == "a fox, pixel art style <lora:pixel-art:0.5>"
        assert server.asked[0][1]["sampler_name"] == "Euler a"
        with pytest.raises(InvalidParameter, match=r"there is no sampler 'eulr'; nearest: Euler"):
            await generate(catalog, "webui", "a fox", tmp_path / "x.png", console=console, sampler="eulr")
        notes: list[str] = []
        await generate(catalog, "plain", "a fox", tmp_path / "y.png", console=console, notes=notes, **picked)
        assert notes == ["plain does not take --sampler, --lora: drawn without"]
        lines = await choices_lines(catalog["webui"])
        assert lines[:4] == ["sampler: 3", "  Euler", "  Euler a", "  DPM++ 2M"]
        assert "  pixel-art  pixel art style" in lines
        assert "  add_detail  often: sharp, eyes, hair" in lines
        assert await choices_lines(catalog["plain"]) == ["plain has no choices: see `choices` in docs/models.md"]


def test_the_options_of_generate_are_read_as_flags_are() -> None:
    fields = _fields([("sampler", "Euler a"), ("vae", "auto"), ("lora", "x:0.5"), ("lora", "y")])
    assert fields == {"sampler": "Euler a", "loras": (Lora("x", 0.5), Lora("y"))}
    with pytest.raises(InvalidParameter, match="--lora"):
        _fields([("lora", "x:99")])


async def test_a_video_is_written_as_it_came_under_its_own_ending(tmp_path: Path, console: Console) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return await (fal.Server(result=made)(request) if request.path != "/made" else served())

    async def served() -> web.StreamResponse:
        return web.Response(body=mp4())

    photo = tmp_path / "photo.jpeg"
    photo.write_bytes(picture_bytes("JPEG"))
    async with serving(handler) as url:
        made = {"video": {"url": f"{url}/made"}}
        file = tmp_path / "models.toml"
        lines = [f"[models.kling]\nprovider = 'fal'\nurl = '{url}'\napi_key = '{KEY}'\ntask = 'video'"]
        file.write_text("\n".join(["builtin = false", *lines, "model = 'fal-ai/kling/image-to-video'"]))
        catalog = Catalog.load(file, env={})
        written = await generate(catalog, "kling", "zoom", tmp_path / "out.png", console=console, image=photo)
    assert written == [tmp_path / "out.mp4"]
    assert written[0].read_bytes() == mp4()
