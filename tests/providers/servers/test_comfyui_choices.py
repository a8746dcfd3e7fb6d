"""What people pick by name in a ComfyUI workflow: where it goes, and which names the server has."""

import json
from pathlib import Path
from typing import Any

import pytest

from providers import Catalog, CatalogError, ComfyUI, ImageRequest, ImageResponse
from providers.catalog.model import Model
from providers.choices import Choice, Kind, Lora, UnknownChoice
from providers.servers.comfyui.graph import Graph
from providers.servers.comfyui.workflow import Workflow
from tests.providers.drawing import clean_session, draw
from tests.providers.servers.comfy_server import Comfy
from tests.providers.servers.workflows import Nodes, flux, node, sdxl, stock
from tests.providers.serving import serving

PICKED = ImageRequest("a fox", sampler="dpmpp_2m", scheduler="karras", vae="my.safetensors")


def with_lora(kind: str = "LoraLoader", title: str = "Load LoRA") -> Nodes:
    """A loader between the checkpoint and all that uses it."""
    nodes = stock()
    linked: dict[str, Any] = {"lora_name": "old.safetensors", "strength_model": 0.5, "model": ["4", 0]}
    if kind == "LoraLoader":
        linked |= {"strength_clip": 0.5, "clip": ["4", 1]}
        nodes["6"]["inputs"]["clip"] = nodes["7"]["inputs"]["clip"] = ["10", 1]
    nodes["10"] = node(kind, title, **linked)
    nodes["3"]["inputs"]["model"] = ["10", 0]
    return nodes


def filled(nodes: Nodes, request: ImageRequest) -> dict[str, Any]:
    return Workflow.parse("w", nodes, {}).filled(request)


def test_sampler_and_scheduler_of_the_stock_export() -> None:
    found = filled(stock(), PICKED)
    assert (found["3"]["inputs"]["sampler_name"], found["3"]["inputs"]["scheduler"]) == ("dpmpp_2m", "karras")
    assert Workflow.parse("w", stock(), {}).parameters >= {"sampler", "scheduler"}
    assert not Workflow.parse("w", stock(), {}).parameters & {"vae", "loras"}
    untouched = filled(stock(), ImageRequest("a fox"))
    assert (untouched["3"]["inputs"]["sampler_name"], untouched["3"]["inputs"]["scheduler"]) == ("euler", "normal")


def test_sampler_sigmas_and_vae_of_their_own() -> None:
    found = filled(flux(), PICKED)
    assert found["10"]["inputs"]["sampler_name"] == "dpmpp_2m"
    assert found["11"]["inputs"]["scheduler"] == "karras"
    assert found["14"]["inputs"]["vae_name"] == "my.safetensors"


def test_a_workflow_without_such_nodes_takes_none() -> None:
    assert not Workflow.parse("w", sdxl(), {}).parameters & {"sampler", "scheduler", "vae", "loras"}


def test_a_checkpoint_wins_over_the_catalogues() -> None:
    assert "checkpoint" in Workflow.parse("w", stock(), {}).parameters
    found = filled(stock(), ImageRequest("a fox", model="mine.safetensors", checkpoint="theirs.safetensors"))
    assert found["4"]["inputs"]["ckpt_name"] == "theirs.safetensors"
    assert filled(stock(), ImageRequest("a fox", model="mine"))["4"]["inputs"]["ckpt_name"] == "mine"


@pytest.mark.parametrize("title", ["Load Upscale Model", "model"])
def test_the_only_upscaler_of_a_workflow(title: str) -> None:
    nodes: Nodes = {
        "1": node("LoadImage", image="x.png"),
        "2": node("UpscaleModelLoader", title, model_name="old.pth"),
        "3": node("ImageUpscaleWithModel", upscale_model=["2", 0], image=["1", 0]),
        "4": node("SaveImage", images=["3", 0], filename_prefix="x"),
    }
    workflow = Workflow.parse("w", nodes, {}, words=False)
    assert "upscaler" in workflow.parameters
    request = ImageRequest("", model="mine.pth" if title == "model" else None, upscaler="sharp.pth")
    assert workflow.filled(request)["2"]["inputs"]["model_name"] == "sharp.pth"
    plain = ImageRequest("", model=request.model)
    assert workflow.filled(plain)["2"]["inputs"]["model_name"] == (request.model or "old.pth")
    nodes["5"] = node("UpscaleModelLoader", model_name="other.pth")
    nodes["3"]["inputs"]["other"] = ["5", 0]
    assert "upscaler" not in Workflow.parse("w", nodes, {}, words=False).parameters


@pytest.mark.parametrize("kind", ["LoraLoader", "LoraLoaderModelOnly"])
def test_more_loras_than_loaders_are_chained(kind: str) -> None:
    request = ImageRequest("a fox", loras=(Lora("a", 0.8), Lora("b", -1), Lora("c")))
    found = filled(with_lora(kind), request)
    chain, at = [], found["3"]["inputs"]["model"][0]
    while found[at]["class_type"] == kind:
        inputs = found[at]["inputs"]
        chain.append((inputs["lora_name"], inputs["strength_model"]))
        assert inputs.get("strength_clip", inputs["strength_model"]) == inputs["strength_model"]
        at = inputs["model"][0]
    assert chain == [("c", 1), ("b", -1), ("a", 0.8)]
    assert at == "4"
    encoded = found["6"]["inputs"]["clip"]
    assert encoded == ([found["3"]["inputs"]["model"][0], 1] if kind == "LoraLoader" else ["4", 1])
    assert found["6"]["inputs"]["clip"] == found["7"]["inputs"]["clip"]
    assert Graph(found).circle() == []


def test_without_loras_the_workflows_own_stays() -> None:
    assert filled(with_lora(), ImageRequest("a fox"))["10"] == with_lora()["10"]
    kept = Workflow.parse("w", with_lora(title="fixed"), {})
    assert "loras" not in kept.parameters
    two = with_lora()
    two["11"] = node("LoraLoader", lora_name="last", strength_model=1, strength_clip=1, model=["10", 0], clip=["10", 1])
    two["3"]["inputs"]["model"] = ["11", 0]
    found = filled(two, ImageRequest("a fox", loras=(Lora("new"),)))
    assert (found["11"]["inputs"]["lora_name"], found["10"]["inputs"]["lora_name"]) == ("new", "old.safetensors")


def test_a_place_may_be_named() -> None:
    nodes = stock()
    nodes["3"]["inputs"]["scheduler"] = ["20", 0]
    nodes["20"] = node("MyScheduler", choice="x")
    assert "scheduler" not in Workflow.parse("w", nodes, {}).parameters
    workflow = Workflow.parse("w", nodes, {"scheduler": "20.choice"})
    assert workflow.filled(PICKED)["20"]["inputs"]["choice"] == "karras"
    assert any(line.startswith("scheduler: 20 MyScheduler") for line in workflow.described())


def entry(tmp_path: Path, url: str, nodes: Nodes, choices: str = "['sampler', 'scheduler', 'lora']") -> Model:
    (tmp_path / "w.json").write_text(json.dumps(nodes))
    file = tmp_path / "models.toml"
    file.write_text(
        f"builtin = false\n[models.mine]\nprovider = 'comfyui'\nurl = '{url}'\nworkflow = 'w.json'\nchoices = {choices}"
    )
    return Catalog.load(file)["mine"]


async def drawn(tmp_path: Path, server: Comfy, nodes: Nodes, **params: Any) -> list[Any]:
    async with serving(server) as url:
        model = entry(tmp_path, url, nodes)
        return await draw(model.create(), model.request("a fox", **params))


async def test_names_are_those_of_the_nodes_own_lists(tmp_path: Path) -> None:
    server = Comfy()
    events = await drawn(
        tmp_path, server, with_lora(), sampler="DPMPP 2M", scheduler="Karras", loras=(Lora("pixel art", 0.8),)
    )
    assert isinstance(events[-1], ImageResponse)
    nodes = server.asked[0]
    assert (nodes["3"]["inputs"]["sampler_name"], nodes["3"]["inputs"]["scheduler"]) == ("dpmpp_2m", "karras")
    assert nodes["10"]["inputs"]["lora_name"] == "xl/pixel-art.safetensors"
    assert nodes["10"]["inputs"]["strength_clip"] == 0.8


@pytest.mark.parametrize(("field", "value"), [("sampler", "eulr"), ("scheduler", "x"), ("loras", (Lora("nior"),))])
async def test_a_name_that_is_not_there_is_queued_nowhere(tmp_path: Path, field: str, value: Any) -> None:
    server = Comfy()
    with pytest.raises(UnknownChoice) as raised:
        await drawn(tmp_path, server, with_lora(), **{field: value})
    assert raised.value.near
    assert server.asked == []


async def test_lists_of_the_new_form(tmp_path: Path) -> None:
    async with serving(Comfy()) as url, clean_session() as session:
        provider = entry(tmp_path, url, flux(), "['sampler', 'vae']").create()
        assert await provider.choices_of(Kind.SAMPLER, session) == (Choice("euler"), Choice("dpmpp_2m"))
        assert Choice("ae.safetensors") in await provider.choices_of(Kind.VAE, session)
        stock_provider = ComfyUI(url=url)  # its own workflow has no LoRA
        assert await stock_provider.choices_of(Kind.LORA, session) == ()


async def test_workflows_of_one_server_have_lists_of_their_own(tmp_path: Path) -> None:
    async with serving(Comfy()) as url, clean_session() as session:
        assert await ComfyUI(url=url).choices_of(Kind.LORA, session) == ()  # its own workflow loads none
        provider = entry(tmp_path, url, with_lora()).create()
        assert len(await provider.choices_of(Kind.LORA, session)) == 3
        samplers = await provider.choices_of(Kind.SAMPLER, session)
        other = entry(tmp_path, url, flux(), "['sampler']").create()
        assert await other.choices_of(Kind.SAMPLER, session) != samplers


def test_a_workflow_without_the_node_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"choices\.lora: comfyui takes none here"):
        entry(tmp_path, "http://localhost", stock())
