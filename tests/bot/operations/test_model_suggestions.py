"""How who has neither a key nor a server is told of better models: three lines, and what answers on this machine."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from bot.operations import model_suggestions
from bot.operations.model_suggestions import USUAL_SERVERS, UsualServer, better_models, has_own_model, servers_here
from bot.sandbox.run import sandbox_catalog
from providers import Catalog
from providers.catalog.model import Model


class Programs:
    """Programs of this machine, each at a port of its own. `answers` says what is answered where."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.url = ""
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        found = self.answers.get(request.path)
        if found is None:
            raise web.HTTPNotFound
        if found == "hang":
            await asyncio.sleep(30)
        if found == "elsewhere":
            raise web.HTTPFound("/other")
        return found if isinstance(found, web.Response) else web.json_response(found)


@pytest.fixture
async def programs() -> AsyncIterator[Programs]:
    found, app = Programs(), web.Application()
    app.router.add_get("/{path:.*}", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For who expects an answer."""
    monkeypatch.setattr(model_suggestions, "LOOK", 30.0)


def at(programs: Programs) -> list[UsualServer]:
    return [replace(server, url=programs.url) for server in USUAL_SERVERS]


@pytest.mark.usefixtures("patient")
async def test_a_program_that_answers_is_offered_by_name(programs: Programs) -> None:
    programs.answers = {"/sdapi/v1/options": {"sd_model_checkpoint": "sd15.safetensors"}}
    lines = await better_models(Catalog.load(env={}), at(programs))
    assert len(lines) == 3
    assert "OPENAI_API_KEY (gpt-image)" in lines[1]
    assert f'AUTOMATIC1111 answers at {programs.url}: put `[models.mine]`, `provider = "automatic1111"`' in lines[2]
    assert "ComfyUI" not in lines[2]


@pytest.mark.usefixtures("patient")
async def test_both_programs(programs: Programs) -> None:
    programs.answers = {
        "/sdapi/v1/options": {"sd_model_checkpoint": "x"},
        "/system_stats": {"system": {}, "devices": []},
    }
    assert [server.name for server in await servers_here(at(programs))] == ["AUTOMATIC1111", "ComfyUI"]
    assert "ComfyUI answers at" in (await better_models(Catalog.load(env={}), at(programs)))[2]


def entry_of(line: str, folder: Path) -> Model:
    """The entry that the line says, in a file of its own."""
    head, *keys = re.findall(r"`([^`]+)`", line)
    file = folder / "models.toml"
    file.write_text("\n".join((head, *keys)))
    return Catalog.load(file)["mine"]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("name", ["sd_xl_base_1.0.safetensors", r"xl\dream \"8\".safetensors"])
async def test_what_is_said_of_comfyui_is_an_entry_that_loads(programs: Programs, tmp_path: Path, name: str) -> None:
    spec = {"input": {"required": {"ckpt_name": [["`odd`", name], {}]}}}
    programs.answers = {
        "/system_stats": {"system": {}, "devices": []},
        "/object_info/CheckpointLoaderSimple": {"CheckpointLoaderSimple": spec},
    }
    model = entry_of((await better_models(Catalog.load(env={}), at(programs)))[2], tmp_path)
    assert (model.provider, model.url, model.model) == ("comfyui", programs.url, name)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("answer", [None, [], {}, {"CheckpointLoaderSimple": []}, {"CheckpointLoaderSimple": {}}])
async def test_a_comfyui_without_a_checkpoint_needs_a_workflow(programs: Programs, answer: object) -> None:
    programs.answers = {
        "/system_stats": {"system": {}, "devices": []},
        "/object_info/CheckpointLoaderSimple": answer,
    }
    assert '`workflow = "mine.json"`' in (await better_models(Catalog.load(env={}), at(programs)))[2]


@pytest.mark.parametrize(
    "answer", [None, "hang", "elsewhere", [], {"detail": "a Gradio app"}, web.Response(text="<p>")]
)
async def test_what_answers_otherwise_is_not_offered(programs: Programs, answer: object) -> None:
    programs.answers = {"/sdapi/v1/options": answer, "/other": {"sd_model_checkpoint": "x"}}
    async with asyncio.timeout(10):
        lines = await better_models(Catalog.load(env={}), at(programs))
    assert "neither AUTOMATIC1111 at 127.0.0.1:" in lines[2]
    assert "/other" not in programs.asked


@pytest.mark.parametrize(
    ("env", "own"),
    [({}, False), ({"HF_TOKEN": "hf_more_quota"}, False), ({"OPENAI_API_KEY": "sk-1"}, True)],
)
def test_who_has_a_key_of_a_paid_model_has_their_own(env: dict[str, str], own: bool) -> None:
    assert has_own_model(Catalog.load(env=env)) is own


async def test_who_has_a_model_of_their_own_is_told_nothing(programs: Programs) -> None:
    free = Catalog.load(env={})
    mine = replace(free["imagelabs"], id="mine", url="http://127.0.0.1:1")
    assert await better_models(Catalog([*free, mine]), at(programs)) == []
    assert programs.asked == []


async def test_the_sandbox_says_that_its_pictures_are_drawn_by_code(programs: Programs) -> None:
    lines = await better_models(sandbox_catalog(None), at(programs))
    assert "drawn by code" in lines[0]
    assert "`[models.gpt-image]`, in the file of MODELS_FILE" in lines[1]
