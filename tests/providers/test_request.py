"""What somebody wants drawn: input pictures, and what remains of a request where a back-end takes less."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from providers import Catalog, ImageRequest
from providers.capabilities import Capabilities
from providers.choices import Lora
from providers.request import CHOICE_PARAMETERS, MAX_INPUT_IMAGES, without_unsupported

ONE = Capabilities(frozenset({"image"}))
THREE = Capabilities(frozenset({"image", "mask"}), input_images=3, edits=True)
NONE = Capabilities(frozenset())


def test_one_input_picture_is_a_tuple_of_one() -> None:
    request = ImageRequest("a fox", image=b"a")
    assert request.images == (b"a",)
    assert request.first_image == b"a"
    assert replace(request, n=2).images == (b"a",)


def test_image_and_images_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="either"):
        ImageRequest("a fox", image=b"a", images=(b"b",))


def test_input_pictures_are_bounded() -> None:
    ImageRequest("a fox", images=(b"a",) * MAX_INPUT_IMAGES)
    with pytest.raises(ValueError, match="at most 16"):
        ImageRequest("a fox", images=(b"a",) * (MAX_INPUT_IMAGES + 1))


@pytest.mark.parametrize(
    ("can", "kept", "dropped"),
    [
        (NONE, (), ["image", "mask"]),
        (ONE, (b"a",), ["mask", "image"]),
        (THREE, (b"a", b"b", b"c"), ["image"]),
        (replace(THREE, input_images=4), (b"a", b"b", b"c", b"d"), []),
    ],
)
def test_the_first_pictures_stay_and_the_rest_is_named(
    can: Capabilities, kept: tuple[bytes, ...], dropped: list[str]
) -> None:
    request = ImageRequest("a fox", images=(b"a", b"b", b"c", b"d"), mask=b"m")
    reduced, names = without_unsupported(request, can)
    assert reduced.images == kept
    assert names == dropped


def test_a_parameter_means_one_picture_and_the_other_way_round() -> None:
    assert ONE.input_images == 1
    assert NONE.with_input_images(2).takes("image")
    assert replace(THREE, parameters=frozenset()).input_images == 0
    assert not THREE.with_input_images(0).takes("image")


def test_the_catalogue_declares_how_many_pictures_a_model_takes(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text(
        "builtin = false\n"
        '[models.app]\nprovider = "gradio"\nurl = "http://127.0.0.1:1"\ninput_images = 3\nedits = true\n'
        '[models.plain]\nprovider = "sketch"\ninput_images = 0\n'
    )
    catalog = Catalog.load(file)
    assert (catalog["app"].capabilities.input_images, catalog["app"].capabilities.edits) == (3, True)
    assert not catalog["plain"].capabilities.takes("image")
    prepared, dropped = catalog["plain"].create().prepare(ImageRequest("a fox", image=b"a"))
    assert prepared.images == ()
    assert dropped == ["image"]


@pytest.mark.parametrize("name", CHOICE_PARAMETERS)
def test_what_is_picked_by_name_is_known(name: str) -> None:
    """A new kind has to be in `picks`, or nobody looks it up."""
    value: Any = (Lora("x"),) if name == "loras" else "x"
    assert ImageRequest("a fox", **{name: value}).picks
    assert not ImageRequest("a fox").picks
