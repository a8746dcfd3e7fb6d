"""What a model leaves unused, how far it goes, and who else could draw."""

from dataclasses import replace

import pytest

from bot.jobs.acceptance.parameters import alternatives, models_with_seeds, twice_the_size, unused
from providers import Catalog
from providers.capabilities import Bounds, Capabilities
from providers.catalog.model import Model
from providers.sketch.provider import Sketch
from storage.records import Parameters, PictureRecord

ASKED = Parameters(
    aspect_ratio="16:9", seed=5, steps=9, guidance_scale=2.0, negative_prompt="hats", input_file_ids=("x",)
)


class Words(Sketch):
    capabilities = Capabilities(frozenset())


class Seeded(Sketch):
    capabilities = Capabilities(frozenset({"seed", "width", "height"}), Bounds(64, 1000, 8), Bounds(64, 1000, 8))


def model(name: str, kind: type[Sketch] = Sketch, *, fallback: tuple[str, ...] = (), enabled: bool = True) -> Model:
    return Model(name, name.title(), "sketch", kind, fallback=fallback, enabled=enabled)


def picture(width: int, height: int) -> PictureRecord:
    return PictureRecord(1, 1, 1, 0, "image/png", width, height, 7)


def test_what_nobody_asked_for_is_not_missed() -> None:
    assert unused(model("m", Words), Parameters()) == []
    assert unused(model("m", Words), Parameters(input_file_ids=("x",), input_optional=True)) == []
    assert unused(model("m", Words), Parameters(), ["num_inference_steps", "n"]) == []


def test_what_was_asked_for_in_vain() -> None:
    everything = ["aspect_ratio", "negative_prompt", "seed", "num_inference_steps", "guidance_scale", "image"]
    assert unused(model("m", Words), ASKED) == everything
    assert unused(model("m", Seeded), ASKED) == [name for name in everything if name not in {"aspect_ratio", "seed"}]
    assert unused(model("m", Words), Parameters(width=64, height=64)) == ["width", "height"]


def test_what_only_the_back_end_knew() -> None:
    assert unused(model("m"), replace(ASKED, guidance_scale=None, negative_prompt=None), ["width", "height"]) == [
        "aspect_ratio"
    ]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(320, 240)], (640, 480)),
        ([(320, 240), (320, 240)], (640, 480)),
        ([(320, 240), (240, 320)], None),
        ([(512, 240)], None),
        ([], None),
    ],
)
def test_twice_the_size(sizes: list[tuple[int, int]], expected: tuple[int, int] | None) -> None:
    assert twice_the_size(model("m", Seeded), [picture(*size) for size in sizes]) == expected
    assert twice_the_size(model("m", Words), [picture(*size) for size in sizes]) is None


def test_the_same_seed_elsewhere() -> None:
    catalog = Catalog([model("a"), model("b", Words), model("c", Seeded), model("d", enabled=False)])
    assert [found.id for found in models_with_seeds(catalog, "a")] == ["c"]
    assert models_with_seeds(catalog, "b") == []
    assert models_with_seeds(catalog, "gone") == []


def test_others_that_could_draw_it() -> None:
    catalog = Catalog(
        [model("a", fallback=("d",)), model("b", Words), model("c"), model("d"), model("e"), model("f", enabled=False)]
    )
    assert [found.id for found in alternatives(catalog, "a", Parameters())] == ["d", "b", "c"]
    assert [found.id for found in alternatives(catalog, "a", ASKED)] == ["d", "c", "e"]
    assert [found.id for found in alternatives(catalog, "gone", Parameters())] == ["a", "b", "c"]
