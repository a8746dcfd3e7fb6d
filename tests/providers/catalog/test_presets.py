"""The presets of a catalogue file: what is read, how files merge, and that every mistake names file, key and line."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot.jobs.acceptance.parameters import check, image_request
from bot.jobs.acceptance.styling import styled_by
from bot.prompt.styles import styled
from bot.texts.fluent import LANGUAGES, Texts
from bot.texts.presets import preset_name
from providers import Catalog, CatalogError
from providers.catalog.presets import PLACE
from storage.records import Parameters


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "models.toml"


def load(file: Path, text: str) -> Catalog:
    file.write_text(text)
    return Catalog.load(file, env={})


def mistake(file: Path, text: str) -> str:
    with pytest.raises(CatalogError) as caught:
        load(file, text)
    return str(caught.value).removeprefix(f"{file}: ")


def test_a_dozen_are_built_in_and_have_names_in_all_languages() -> None:
    presets = Catalog.load(env={}).presets
    assert len(presets) == 12
    texts = Texts.load(strict=True)
    for language in LANGUAGES:
        assert len({preset_name(texts(language), preset) for preset in presets.values()}) == 12
        assert all(f"preset-{preset_id}" in texts(language) for preset_id in presets)
    assert [preset.id for preset in presets.values() if preset.needs_picture] == ["figurine"]
    assert all(preset.prompt.count(PLACE) == 1 and preset.example for preset in presets.values())


def test_each_can_be_drawn() -> None:
    catalog = Catalog.load(env={}, enable=["sketch"])
    for preset in catalog.presets.values():
        asked, _ = styled_by([preset.id], catalog, [])
        parameters = asked.dressed(Parameters(), catalog["sketch"], sized=False)
        check(catalog["sketch"], preset.example or "", "", parameters)
        request = image_request(catalog["sketch"], styled("a fox", parameters.templates), parameters)
        assert "a fox" in request.prompt


def test_the_operators_file_adds_changes_and_turns_off(file: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    (file.parent / "mug.png").write_bytes(picture.getvalue())
    catalog = load(
        file,
        """
        [presets.mug]
        label = "On a mug"
        prompt = "{prompt}, printed on this mug"
        model = "schnell"
        pictures = ["mug.png"]
        needs_picture = true
        [presets.mug.parameters]
        aspect_ratio = "1:1"
        num_inference_steps = 8
        [presets.oil]
        label = "Oil!"
        [presets.logo]
        enabled = false
        """,
    )
    mug = catalog.presets["mug"]
    assert (mug.label, mug.model, mug.needs_picture) == ("On a mug", "schnell", True)
    assert mug.pictures == (file.parent / "mug.png",)
    assert mug.parameters == {"aspect_ratio": "1:1", "num_inference_steps": 8}
    assert catalog.presets["oil"].label == "Oil!"
    assert PLACE in catalog.presets["oil"].prompt
    assert "logo" not in catalog.presets


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[presets.x]\nlabel = "X"\nprompt = "words"', r"presets\.x\.prompt: should have \{prompt\} once.*\(line 3\)"),
        ('[presets.x]\nprompt = "{prompt} {prompt}"', r"presets\.x\.prompt: should have \{prompt\} once"),
        ('[presets.x]\nlabel = "X"', r"presets\.x\.prompt: is missing \(line 1\)"),
        ('\n[presets.x]\nprompt = "{prompt}' + "x" * 600 + '"', r"presets\.x\.prompt: has 608 characters, at most 600"),
        ('[presets.x]\nprompt = "{prompt}"\nmodel = "nope"', r"presets\.x\.model: there is no model 'nope'"),
        ('[presets.x]\nprompt = "{prompt}"\npictures = ["a.png"]', r"presets\.x\.pictures: .*a\.png cannot be read"),
        ('[presets.x]\nprompt = "{prompt}"\npictures = ["models.toml"]', r"presets\.x\.pictures: .* is no picture"),
        ('[presets.X]\nprompt = "{prompt}"', r"presets\.X: an id has"),
        ('[presets.none]\nprompt = "{prompt}"', r"presets\.none: an id has"),
        ('[presets.x]\nprompts = "{prompt}"', r"presets\.x\.prompts: there is no such key; there are: enabled, label"),
        ("[presets.x.parameters]\nseed = 3", r"presets\.x\.parameters\.seed: there is no such key; there are: aspect"),
        ('[presets.x]\nneeds_picture = "yes"', r"presets\.x\.needs_picture: "),
    ],
)
def test_a_mistake_is_told_with_its_key(file: Path, text: str, said: str) -> None:
    assert re.match(said, mistake(file, text))
