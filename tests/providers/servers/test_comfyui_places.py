"""Where a request goes in workflows that nobody has titled, and what stops the start."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.catalog.file import OptionError
from providers.request import ImageRequest
from providers.servers.comfyui.editor_format import is_editor_format, to_api
from providers.servers.comfyui.graph import Graph
from providers.servers.comfyui.workflow import Uploaded, Workflow
from tests.providers.servers.workflows import Nodes, edit, flux, inpaint, node, sdxl, stock

REQUEST = ImageRequest(
    "a fox", negative_prompt="hats", seed=7, width=640, height=832, num_inference_steps=9, guidance_scale=4.5
)


def filled(nodes: Any, request: ImageRequest = REQUEST, *pictures: str, **inputs: Any) -> dict[str, Any]:
    return Workflow.parse("w", nodes, inputs).filled(request, Uploaded(pictures))


def changed(before: Nodes, after: dict[str, Any]) -> dict[str, Any]:
    """What is another value than before, by path."""
    return {
        f"{node_id}.{name}": after[node_id]["inputs"].get(name)
        for node_id, found in before.items()
        for name, value in found["inputs"].items()
        if after[node_id]["inputs"].get(name) != value
    }


def test_the_stock_export_works_as_it_is() -> None:
    """Both encoders are titled "CLIP Text Encode (Prompt)" there, so titles say nothing."""
    assert changed(stock(), filled(stock())) == {
        "3.seed": 7, "3.steps": 9, "3.cfg": 4.5, "5.width": 640, "5.height": 832, "6.text": "a fox", "7.text": "hats",
    }  # fmt: skip


def test_encoders_with_two_texts_are_filled_whole_and_the_refiner_too() -> None:
    found = changed(sdxl(), filled(sdxl()))
    assert {path: value for path, value in found.items() if "text" in path} == {
        "3.text_g": "a fox", "3.text_l": "a fox", "5.text": "a fox",
        "4.text_g": "hats", "4.text_l": "hats", "6.text": "hats",
    }  # fmt: skip
    assert {path for path in found if path.endswith("seed")} == {"8.noise_seed", "9.noise_seed"}
    assert found["3.target_width"] == found["7.width"] == found["5.width"] == 640
    assert not [path for path in found if path.endswith("steps")]  # 20 of 25: a new number would fit no more
    assert "num_inference_steps" not in Workflow.parse("w", sdxl(), {}).parameters


def test_guider_noise_sigmas_and_latent_of_their_own() -> None:
    assert changed(flux(), filled(flux())) == {
        "3.clip_l": "a fox", "3.t5xxl": "a fox", "3.guidance": 4.5, "6.value": 640, "7.value": 832,
        "9.noise_seed": 7, "11.steps": 9,
    }  # fmt: skip
    workflow = Workflow.parse("w", flux(), {})
    assert "negative_prompt" not in workflow.parameters
    assert workflow.places["model"] == (("1", "unet_name"),)


def test_an_emptied_prompt_is_no_negative_one() -> None:
    nodes = stock()
    nodes["7"] = node("ConditioningZeroOut", conditioning=["6", 0])
    assert filled(nodes)["6"]["inputs"]["text"] == "a fox"
    assert "negative_prompt" not in Workflow.parse("w", nodes, {}).parameters


def test_what_conditioning_passes_through() -> None:
    nodes = stock()
    nodes["10"] = node("ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0], image=["11", 0], strength=1)
    nodes["11"] = node("LoadImage", image="pose.png")
    nodes["12"] = node("FluxGuidance", guidance=3.5, conditioning=["10", 0])
    nodes["3"]["inputs"] |= {"positive": ["12", 0], "negative": ["10", 1]}
    found = changed(nodes, filled(nodes, REQUEST, "mine.png"))
    assert (found["6.text"], found["7.text"], found["12.guidance"]) == ("a fox", "hats", 4.5)
    assert found["11.image"] == "mine.png"
    assert "3.cfg" not in found


def test_texts_and_seeds_in_nodes_before() -> None:
    nodes = stock()
    nodes["10"] = node("PrimitiveStringMultiline", value="old")
    nodes["11"] = node("PrimitiveInt", value=5)
    nodes["6"]["inputs"]["text"], nodes["3"]["inputs"]["seed"] = ["10", 0], ["11", 0]
    found = changed(nodes, filled(nodes))
    assert (found["10.value"], found["11.value"]) == ("a fox", 7)
    nodes["6"]["inputs"]["text"] = ["12", 0]
    nodes["12"] = node("StringConcatenate", string_a=["10", 0], string_b="in oil", delimiter=", ")
    assert filled(nodes)["6"]["inputs"]["text"] == "a fox"  # two texts: the words stand alone
    nodes["10"]["_meta"]["title"] = "prompt"
    assert filled(nodes)["10"]["inputs"]["value"] == "a fox"  # somebody has said which one
    assert filled(nodes)["6"]["inputs"]["text"] == ["12", 0]


def test_a_square_of_one_number_becomes_two() -> None:
    nodes = stock()
    nodes["10"] = node("PrimitiveInt", value=512)
    nodes["5"]["inputs"] |= {"width": ["10", 0], "height": ["10", 0]}
    assert filled(nodes)["5"]["inputs"] == {"width": 640, "height": 832, "batch_size": 1}


def test_the_number_of_pictures_goes_only_where_somebody_says() -> None:
    nodes = stock()
    request = ImageRequest("a fox", n=4)
    assert Workflow.parse("w", nodes, {}).images == 1
    assert filled(nodes, request)["5"]["inputs"]["batch_size"] == 1
    nodes["5"]["_meta"]["title"] = "size, count"
    titled = Workflow.parse("w", nodes, {})
    named = Workflow.parse("w", stock(), {"count": "5.batch_size"})
    for workflow in (titled, named):
        assert (workflow.images, "n" in workflow.parameters) == (9, False)
        assert workflow.filled(request)["5"]["inputs"]["batch_size"] == 4
        assert workflow.filled(ImageRequest("a fox"))["5"]["inputs"]["batch_size"] == 1


def test_a_second_pass_keeps_its_own_steps() -> None:
    nodes = stock()
    nodes["10"] = node("LatentUpscale", upscale_method="nearest-exact", width=1024, height=1024, samples=["3", 0])
    nodes["11"] = node("KSampler", **{**nodes["3"]["inputs"], "steps": 14, "denoise": 0.5, "latent_image": ["10", 0]})
    nodes["8"]["inputs"]["samples"] = ["11", 0]
    found = changed(nodes, filled(nodes))
    assert (found["3.steps"], found["5.width"], found["11.seed"], found["11.cfg"]) == (9, 640, 7, 4.5)
    assert "11.steps" not in found
    assert "10.width" not in found


def test_a_picture_to_start_from_has_strength_and_no_size() -> None:
    nodes = inpaint()
    request = ImageRequest("a fox", strength=0.3, width=640, height=640)
    assert changed(nodes, filled(nodes, request, "mine.png")) | {"3.seed": None} == {
        "20.image": "mine.png", "3.denoise": 0.3, "6.text": "a fox", "7.text": "", "3.seed": None,
    }  # fmt: skip
    assert Workflow.parse("w", nodes, {}).parameters >= {"image", "mask", "strength"}
    assert "width" not in Workflow.parse("w", nodes, {}).parameters


def test_several_pictures_in_the_order_of_their_use_and_none_that_nobody_gave() -> None:
    workflow = Workflow.parse("w", edit(), {})
    assert workflow.edits
    assert "strength" not in workflow.parameters  # the whole picture is redrawn by the instruction
    assert [node_id for node_id, _ in workflow.places["picture"]] == ["1", "2", "3"]
    whole = workflow.filled(REQUEST, Uploaded(("one", "two", "three")))
    assert [whole[each]["inputs"]["image"] for each in "123"] == ["one", "two", "three"]
    two = workflow.filled(REQUEST, Uploaded(("one", "two")))
    assert "image3" not in two["5"]["inputs"]
    assert "image3" not in two["6"]["inputs"]
    assert two["5"]["inputs"]["image2"] == ["2", 0]
    nodes = edit()
    nodes["2"]["_meta"]["title"] = "fixed"
    kept = Workflow.parse("w", nodes, {})
    assert [node_id for node_id, _ in kept.places["picture"]] == ["1", "3"]


def test_titles_win_over_links_and_paths_over_both() -> None:
    nodes = stock()
    nodes["6"]["_meta"]["title"], nodes["7"]["_meta"]["title"] = "Negative prompt", "Prompt"
    found = filled(nodes)
    assert (found["7"]["inputs"]["text"], found["6"]["inputs"]["text"]) == ("a fox", "hats")
    named = filled(nodes, prompt=["6.text", "7.text"], negative=[])
    assert (named["6"]["inputs"]["text"], named["7"]["inputs"]["text"]) == ("a fox", "a fox")


def test_a_node_of_a_service_has_no_sampler() -> None:
    nodes = {
        "1": node("GeminiImage2Node", prompt="old", model="x", seed=42, images=["2", 0], system_prompt="You draw."),
        "2": node("LoadImage", image="a.png"),
        "3": node("SaveImage", filename_prefix="x", images=["1", 0]),
    }
    found = changed(nodes, filled(nodes, REQUEST, "mine.png"))
    assert found == {"1.prompt": "a fox", "1.seed": 7, "2.image": "mine.png"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {
                "10": node("CLIPTextEncode", text="on the left", clip=["4", 1]),
                "11": node("ConditioningCombine", conditioning_1=["6", 0], conditioning_2=["10", 0]),
                "3": node("KSampler", seed=1, positive=["11", 0], negative=["7", 0], latent_image=["5", 0]),
            },
            "3 KSampler: 6 CLIPTextEncode 'CLIP Text Encode (Prompt)', 10 CLIPTextEncode; title one of them 'prompt'",
        ),
        ({"8": node("VAEDecode", samples=["10", 0]), "10": node("LatentBlend", samples1=["3", 0], samples2=["8", 0])},
         "w goes in a circle: "),
        ({"9": node("SaveVideo", video=["8", 0])}, "makes a video or an animation (9 SaveVideo): that needs task"),
        ({str(number): node("Reroute") for number in range(100, 2200)}, "nodes, more than 2000"),
    ],
)  # fmt: skip
def test_what_stops_the_start(more: Nodes, reason: str) -> None:
    with pytest.raises(OptionError) as caught:
        Workflow.parse("w", stock() | more, {})
    assert reason in caught.value.reason


def test_a_circle_is_told_in_its_order() -> None:
    graph = Graph({"1": node("A", x=["2", 0]), "2": node("B", x=["3", 0]), "3": node("C", x=["1", 0]), "4": node("D")})
    assert sorted(graph.circle()[:-1]) == ["1", "2", "3"]
    assert graph.circle()[0] == graph.circle()[-1]
    assert Graph(stock()).circle() == []


def test_four_hundred_nodes_in_a_row() -> None:
    nodes = stock()
    nodes["100"] = node("LatentBlend", samples=["5", 0])
    for number in range(101, 500):
        nodes[str(number)] = node("LatentBlend", samples=[str(number - 1), 0])
    nodes["3"]["inputs"]["latent_image"] = ["499", 0]
    assert changed(nodes, filled(nodes))["5.width"] == 640


def test_what_was_found_is_shown() -> None:
    lines = Workflow.parse("w", stock(), {}).described()
    assert "prompt: 6 CLIPTextEncode 'CLIP Text Encode (Prompt)', input text" in lines
    assert "picture: nowhere" in lines
    assert lines[-1] == "result: 9 SaveImage 'Save Image'"


# -- the editor's own format -----------------------------------------------------------------------------------


def editor() -> dict[str, Any]:
    """A subgraph with the encoders, a bypassed LoRA, a muted branch, a primitive, a reroute and a note."""

    def of(
        node_id: int, kind: str, values: Any = (), inputs: Any = (), outputs: Any = (), **more: Any
    ) -> dict[str, Any]:
        return {
            "id": node_id, "type": kind, "mode": 0, "widgets_values": list(values),
            "inputs": [{"name": name, "type": typ, "link": link} for name, typ, link in inputs],
            "outputs": [{"name": typ, "type": typ} for typ in outputs], **more,
        }  # fmt: skip

    inner: dict[str, Any] = {
        "id": "b43bb7e6-178c-4f1a-b014-ac4d6a50fca2",
        "inputs": [{"name": "clip"}, {"name": "text"}],
        "outputs": [{"name": "CONDITIONING"}],
        "nodes": [
            of(1, "CLIPTextEncode", ["inner words"], [("clip", "CLIP", 1), ("text", "STRING", 2)], ["CONDITIONING"])
        ],
        "links": [
            {"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 1, "target_slot": 0},
            {"id": 2, "origin_id": -10, "origin_slot": 1, "target_id": 1, "target_slot": 1},
            {"id": 3, "origin_id": 1, "origin_slot": 0, "target_id": -20, "target_slot": 0},
        ],
    }
    model, clip = ("model", "MODEL"), ("clip", "CLIP")
    return {
        "version": 0.4,
        "definitions": {"subgraphs": [inner]},
        "nodes": [
            of(4, "CheckpointLoaderSimple", ["sdxl.safetensors"], outputs=["MODEL", "CLIP", "VAE"]),
            of(30, "LoraLoader", ["x.safetensors", 1, 1], [(*model, 1), (*clip, 2)], ["MODEL", "CLIP"], mode=4),
            of(57, inner["id"], (), [(*clip, 3), ("text", "STRING", None)], ["CONDITIONING"]),
            of(7, "CLIPTextEncode", ["bad"], [(*clip, 3)], ["CONDITIONING"], title="(Negative Prompt)"),
            of(40, "Reroute", (), [("", "*", 4)], ["CONDITIONING"]),
            of(41, "PrimitiveNode", [33, "fixed"], outputs=["INT"]),
            of(5, "EmptyLatentImage", [512, 512, 1], outputs=["LATENT"]),
            of(3, "KSampler", [5, "randomize", 20, 8, "euler", "normal", 1],
               [(*model, 5), ("positive", "CONDITIONING", 6), ("negative", "CONDITIONING", 7),
                ("latent_image", "LATENT", 8), ("steps", "INT", 12)], ["LATENT"]),
            of(8, "VAEDecode", (), [("samples", "LATENT", 9), ("vae", "VAE", 10)], ["IMAGE"]),
            of(9, "SaveImage", ["ComfyUI"], [("images", "IMAGE", 11)]),
            of(10, "PreviewImage", (), [("images", "IMAGE", 13)], mode=2),
            of(11, "MarkdownNote", ["Read me"]),
        ],
        "links": [
            [1, 4, 0, 30, 0, "MODEL"], [2, 4, 1, 30, 1, "CLIP"], [3, 30, 1, 57, 0, "CLIP"],
            [4, 57, 0, 40, 0, "CONDITIONING"], [5, 30, 0, 3, 0, "MODEL"], [6, 40, 0, 3, 1, "CONDITIONING"],
            [7, 7, 0, 3, 2, "CONDITIONING"], [8, 5, 0, 3, 3, "LATENT"], [9, 3, 0, 8, 0, "LATENT"],
            [10, 4, 2, 8, 1, "VAE"], [11, 8, 0, 9, 0, "IMAGE"], [12, 41, 0, 3, 4, "INT"], [13, 8, 0, 10, 0, "IMAGE"],
        ],
    }  # fmt: skip


def test_the_editors_format_becomes_the_apis() -> None:
    api = to_api(editor())
    assert sorted(api) == ["3", "4", "5", "57:1", "7", "8", "9"]
    assert api["57:1"]["inputs"] == {"text": "inner words", "clip": ["4", 1]}
    assert api["3"]["inputs"] == {
        "seed": 5, "steps": 33, "cfg": 8, "sampler_name": "euler", "scheduler": "normal", "denoise": 1,
        "model": ["4", 0], "positive": ["57:1", 0], "negative": ["7", 0], "latent_image": ["5", 0],
    }  # fmt: skip
    assert api["8"]["inputs"] == {"samples": ["3", 0], "vae": ["4", 2]}
    found = filled(editor())
    assert (found["57:1"]["inputs"]["text"], found["7"]["inputs"]["text"]) == ("a fox", "hats")


def test_subgraphs_that_contain_each_other() -> None:
    content = editor()
    [inner] = content["definitions"]["subgraphs"]
    inner["nodes"].append({"id": 2, "type": inner["id"], "inputs": [], "outputs": []})
    with pytest.raises(OptionError, match="subgraphs contain each other"):
        Workflow.parse("w", content, {})


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-30, 30) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["nodes", "links", "id", "type", "inputs", "link", "mode", "widgets_values", "class_type", "name"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(
    anything
    | st.fixed_dictionaries({"nodes": st.lists(anything, max_size=3), "links": st.just([[1, 1, 0, 2, 0, "X"]])})
)
def test_no_file_breaks_it(content: Any) -> None:
    assert isinstance(is_editor_format(content), bool)
    try:
        workflow = Workflow.parse("w", content, {})
    except OptionError:
        return
    json.dumps(workflow.filled(REQUEST))
