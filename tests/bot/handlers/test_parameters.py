"""Flags over settings over the model's defaults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.handlers.imagine.merge import merge, model_of, tagged
from bot.handlers.imagine.message_input import InputPicture
from bot.jobs.acceptance.parameters import fit_to, size_like, unused
from bot.prompt.flags import Flags
from providers import Automatic1111, Catalog
from providers.capabilities import Bounds, Capabilities
from providers.catalog.model import Model
from providers.choices import Choice, Kind, Lora
from providers.sketch.provider import Sketch
from storage.records import Parameters, Picked, UserSettings

ALL = frozenset({"width", "height", "seed", "num_inference_steps", "guidance_scale", "negative_prompt"})
MINE = UserSettings(
    1, aspect_ratio="16:9", steps=40, guidance_scale=9.0, negative_prompt="text", seed=5, count=3, as_document=True
)


class Small(Sketch):
    """Up to 512 pixels and 8 steps."""

    capabilities = Capabilities(ALL, Bounds(64, 512, 8), Bounds(64, 512, 8), Bounds(1, 8), Bounds(0, 5, 0.5))


class Bare(Sketch):
    """Takes words and nothing else."""

    capabilities = Capabilities(frozenset())


def model(kind: type[Sketch]) -> Model:
    return Model("m", "M", "sketch", kind)


def test_nothing_said_leaves_all_to_the_model() -> None:
    assert merge(Flags(), UserSettings(1), model(Small)) == Parameters()


def test_flags_win_also_where_they_are_wrong() -> None:
    flags = Flags(aspect_ratio="1:1", steps=99, guidance_scale=30.0, negative_prompt="hats", seed=0, count=1)
    merged = merge(flags, MINE, model(Small), pictures=[InputPicture("file", (900, 700))])
    assert merged == Parameters(
        aspect_ratio="1:1",
        steps=99,
        guidance_scale=30.0,
        negative_prompt="hats",
        seed=0,
        count=1,
        as_document=True,
        input_file_ids=("file",),
    )


def test_settings_go_as_far_as_the_model_goes_along() -> None:
    merged = merge(Flags(), MINE, model(Small))
    assert (merged.steps, merged.guidance_scale, merged.negative_prompt, merged.seed) == (8, 5.0, "text", 5)
    assert (merged.aspect_ratio, merged.width, merged.height) == ("16:9", None, None)
    bare = merge(Flags(), MINE, model(Bare))
    assert bare == Parameters(
        aspect_ratio="16:9",
        steps=40,
        guidance_scale=9.0,
        negative_prompt="text",
        seed=5,
        count=3,
        as_document=True,
    )


def test_an_explicit_size_drops_the_ratio_of_the_settings() -> None:
    merged = merge(Flags(width=128, height=64), MINE, model(Small))
    assert (merged.aspect_ratio, merged.width, merged.height) == (None, 128, 64)


def test_an_unknown_model_takes_what_was_said(catalog: Catalog) -> None:
    assert merge(Flags(), MINE, None).aspect_ratio == "16:9"


def test_the_model_of_a_person(catalog: Catalog) -> None:
    operator = Settings(default_model="words")
    assert model_of(catalog, UserSettings(1, model="slow"), operator).id == "slow"
    assert model_of(catalog, UserSettings(1), operator).id == "words"
    for gone in ("locked", "never-was"):
        assert model_of(catalog, UserSettings(1, model=gone), operator).id == "words"


class Edits(Sketch):
    """Starts from a picture, in any size."""

    capabilities = Capabilities(ALL | {"image"}, Bounds(256, 2048, 16), Bounds(256, 2048, 16))


@pytest.mark.parametrize(
    ("shape", "size"),
    [((900, 700), (1152, 896)), ((1280, 960), (1152, 864)), ((960, 1280), (864, 1152)), ((100, 400), (512, 2048))],
)
def test_a_picture_to_start_from_keeps_its_shape(shape: tuple[int, int], size: tuple[int, int]) -> None:
    picture = InputPicture("file", shape)
    merged = merge(Flags(), MINE, model(Edits), pictures=[picture])
    assert (merged.width, merged.height, merged.aspect_ratio) == (*size, None)
    typed = merge(Flags(aspect_ratio="1:1"), MINE, model(Edits), pictures=[picture])
    assert (typed.width, typed.height, typed.aspect_ratio) == (None, None, "1:1")
    unseen = merge(Flags(), MINE, model(Edits), pictures=[InputPicture("file")])
    assert unseen.aspect_ratio == "16:9"


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_any_shape_becomes_a_size_that_the_model_takes(width: int, height: int) -> None:
    for kind in (Edits, Small):
        can = kind.capabilities
        wide, high = size_like((width, height), can)
        assert wide in can.width
        assert high in can.height
        assert wide % can.width.step == high % can.height.step == 0
        if 0.5 < width / height < 2:
            assert abs(wide / high - width / height) < 0.03 * width / height


def test_a_ratio_that_is_in_no_table_is_drawn_true_and_near_a_megapixel() -> None:
    merged = merge(Flags(shape=(5, 3)), MINE, model(Edits))
    assert merged.width is not None
    assert merged.height is not None
    assert merged.width * 3 == merged.height * 5
    assert 0.8e6 < merged.width * merged.height < 1.25e6


def test_a_random_seed_wins_over_the_settings() -> None:
    assert merge(Flags(random_seed=True), MINE, model(Small)).seed is None
    assert merge(Flags(), MINE, model(Small)).seed == 5


def picking(**names: str) -> Model:
    options = {"choices": {Kind(kind): (Choice(name),) for kind, name in names.items()}}
    return Model("m", "M", "automatic1111", Automatic1111, options=options)


def test_what_was_picked_of_a_model_may_be_gone_and_what_a_flag_names_may_not() -> None:
    mine = UserSettings(1, picked=(("m", Picked("Euler", "Karras", loras=("x:1",))), ("other", Picked(vae="y"))))
    able = picking(sampler="Euler", scheduler="Karras", lora="x")
    assert merge(Flags(), mine, able) == Parameters(
        sampler="Euler", scheduler="Karras", loras=("x:1",), optional_choices=("sampler", "scheduler", "loras")
    )
    flags = Flags(sampler="LCM", scheduler="", loras=(Lora("z", 0.5),))
    assert merge(flags, mine, able) == Parameters(sampler="LCM", loras=("z:0.5",))
    assert merge(Flags(loras=()), mine, able).loras == ()


def test_what_was_picked_is_silent_where_the_model_offers_it_no_more() -> None:
    mine = UserSettings(1, picked=(("m", Picked("Euler", loras=("x:1",))),))
    assert merge(Flags(), mine, picking(scheduler="Karras")) == Parameters()
    assert merge(Flags(sampler="Euler"), mine, picking(scheduler="Karras")).sampler == "Euler"


def test_another_model_may_leave_all_of_it_out() -> None:
    asked = Parameters(sampler="Euler", loras=("x:1",))
    assert fit_to(picking(sampler="DDIM"), asked).optional_choices == ("sampler", "loras")
    assert unused(picking(sampler="DDIM"), asked) == ["loras"]
    assert unused(picking(sampler="DDIM"), asked, {"sampler"}) == ["sampler", "loras"]


def test_tags_count_as_flags_where_there_are_loras() -> None:
    prompt = "a fox <lora:x:0.7>"
    assert tagged(prompt, Flags(), picking(lora="x")) == ("a fox", Flags(loras=(Lora("x", 0.7),)))
    assert tagged(prompt, Flags(), picking(sampler="x")) == (prompt, Flags())
    assert tagged(prompt, Flags(), None) == (prompt, Flags())
