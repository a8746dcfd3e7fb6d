"""Metadata of image tools, as files in the wild have it, and as strangers could write it."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.infotext import infotext
from bot.prompt.recipe import MAX_SIDE, MAX_WORDS, Recipe, recipe_of

A1111 = """a fox, at night,
oil painting <lora:style:0.8>
Negative prompt: blur,
watermark
Steps: 20, Sampler: Euler a, Schedule type: Karras, CFG scale: 7.5, Seed: 965400086, Size: 512x768, \
Model hash: 45dee52b, Model: dreamshaper_8, Lora hashes: "a: 0f1e, Seed: 1", Version: v1.10.1"""

COMFY: dict[str, Any] = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 42,
            "steps": 25,
            "cfg": 6,
            "model": ["10", 0],
            "positive": ["6", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "xl\\sd_xl_base.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 1024, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["8", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blur", "clip": ["4", 1]}},
    "8": {"class_type": "PrimitiveString", "inputs": {"value": "a fox"}},
    "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "style.safetensors", "model": ["4", 0]}},
}

FLUX: dict[str, Any] = {
    "1": {"inputs": {"noise": ["2", 0], "guider": ["3", 0], "sigmas": ["4", 0], "latent_image": ["5", 0]}},
    "2": {"inputs": {"noise_seed": 7}},
    "3": {"inputs": {"conditioning": ["6", 0], "model": ["8", 0]}},
    "4": {"inputs": {"steps": 4, "scheduler": "simple", "model": ["8", 0]}},
    "5": {"inputs": {"width": 832, "height": 1216}},
    "6": {"inputs": {"guidance": 3.5, "conditioning": ["7", 0]}},
    "7": {"inputs": {"text": "a fox", "clip": ["9", 0]}},
    "8": {"inputs": {"unet_name": "flux1-dev.safetensors"}},
}

NOVELAI: dict[str, Any] = {
    "prompt": "1girl, fox ears",
    "uc": "lowres",
    "steps": 28,
    "scale": 5.0,
    "seed": 99,
    "width": 832,
    "height": 1216,
}


def test_a1111() -> None:
    assert recipe_of({"parameters": A1111}) == Recipe(
        "a fox, at night,\noil painting <lora:style:0.8>",
        "blur,\nwatermark",
        965400086,
        20,
        7.5,
        512,
        768,
        "dreamshaper_8",
        "Euler a",
        "Karras",
        checkpoint="dreamshaper_8",
    )


def test_comfyui() -> None:
    found = recipe_of({"prompt": json.dumps(COMFY), "workflow": "{}"})
    assert found == Recipe(
        "a fox", "blur", 42, 25, 6.0, 1024, 768, "sd_xl_base", checkpoint="xl/sd_xl_base.safetensors"
    )
    assert recipe_of({"prompt": json.dumps(FLUX)}) == Recipe(
        "a fox", "", 7, 4, None, 832, 1216, "flux1-dev", scheduler="simple", checkpoint="flux1-dev.safetensors"
    )


def test_novelai() -> None:
    found = recipe_of({"Software": "NovelAI", "Comment": json.dumps(NOVELAI), "Description": "other"})
    assert found == Recipe("1girl, fox ears", "lowres", 99, 28, 5.0, 832, 1216)


def test_our_own() -> None:
    pairs = (("Steps", 12), ("Seed", 7), ("Size", "96x64"), ("Model", "sd35"), ("Version", "imagine-bot"))
    text = infotext("a fox, лиса 🦊", "blur", pairs)
    ours = Recipe("a fox, лиса 🦊", "blur", 7, 12, None, 96, 64, "sd35", checkpoint="sd35")
    assert recipe_of({"parameters": text}) == ours
    picked = infotext("a fox, лиса 🦊", "blur", (*pairs, ("Checkpoint", "xl/dream")))
    assert recipe_of({"parameters": picked}) == replace(ours, checkpoint="xl/dream")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "only words",
        "Steps: 20, Seed: 1",
        "x" * 60_000 + "\nSteps: 20, Seed: 1, Size: 1x1",
    ],
)
def test_texts_that_say_nothing(text: str) -> None:
    assert recipe_of({"parameters": text}) == Recipe()


def test_values_out_of_bounds_are_left_out() -> None:
    text = "fox\nSteps: 99999, Seed: 99999999999, CFG scale: 1e99, Size: 99999x1, Model: ../../etc/passwd"
    assert recipe_of({"parameters": text}) == Recipe("fox", model="passwd", checkpoint="../../etc/passwd")
    huge = {**NOVELAI, "seed": 10**400, "steps": True, "scale": 10**400, "width": float("nan")}
    assert recipe_of({"Software": "NovelAI", "Comment": json.dumps(huge)}) == Recipe("1girl, fox ears", "lowres")
    assert len(recipe_of({"parameters": "x" * 9000 + "\nNegative prompt: y"}).prompt) == MAX_WORDS
    assert recipe_of({"parameters": "fo\x00x\u202e\nNegative prompt: y"}).prompt == "fox"


def test_nothing_takes_long() -> None:
    loop = {str(at): {"inputs": {"a": [str(at + 1), 0], "b": [str(at), 0]}} for at in range(3000)}
    loop["0"] = {"inputs": {"positive": ["1", 0], "negative": ["0", 0]}}
    begun = time.process_time()
    for text in ('"' * 50_000, "a: " * 16_000, "a " * 25_000, 'a: "\\' * 8000, ", " * 25_000, "ab:" * 16_000):
        recipe_of({"parameters": f"x\n{text}"[:50_000]})
    for graph in (json.dumps(loop), "[" * 500_000, '{"a":' * 150_000, "1" * 1_000_000):
        assert recipe_of({"prompt": graph}) == Recipe()
    assert time.process_time() - begun < 3  # a fraction of it, as a rule


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1", "2", "3"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["inputs", "positive", "negative", "text", "seed", "width", "1", "2"]), inner)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["1", "2", "3", "prompt", "seed", "steps", "scale", "uc"]), JSON))
def test_any_json_is_read_within_bounds(graph: dict[str, Any]) -> None:
    text = json.dumps(graph)
    within_bounds(recipe_of({"prompt": text}))
    within_bounds(recipe_of({"Software": "NovelAI", "Comment": text}))


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_read_within_bounds(before: str, behind: str) -> None:
    for text in (before, f"{before}\nSteps: 1, {behind}, Seed: 2, Size: 3x4", f"{before}\nNegative prompt: {behind}"):
        within_bounds(recipe_of({"parameters": text}))
        within_bounds(recipe_of({"prompt": text}))


def within_bounds(recipe: Recipe) -> None:
    assert len(recipe.prompt) <= MAX_WORDS
    assert len(recipe.negative) <= MAX_WORDS
    assert recipe.seed is None or 0 <= recipe.seed < 2**32
    assert (recipe.width is None) is (recipe.height is None)
    assert recipe.width is None or 1 <= recipe.width <= MAX_SIDE
    assert recipe.guidance is None or 0 <= recipe.guidance <= 100


@given(st.text(max_size=200), st.text(max_size=100), st.integers(0, 2**32 - 1))
def test_what_is_written_is_read(prompt: str, negative: str, seed: int) -> None:
    pairs = (("Steps", 12), ("Seed", seed), ("Size", "96x64"), ("Model", "sd35"))
    found = recipe_of({"parameters": infotext(prompt, negative, pairs)})
    assert (found.seed, found.steps, found.width, found.model) == (seed, 12, 96, "sd35")
