"""Files whose metadata is read: which of them, how many, and what is drawn of it."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Chat, Document, Message
from PIL import Image

from bot.handlers.imagine.recipes import MOST_AN_HOUR, Recipes, Suited, flags_of, recipe_text, suited
from bot.jobs.acceptance.choices import ChoiceLists
from bot.pictures.metadata import GENERATED, with_metadata
from bot.prompt.infotext import infotext
from bot.prompt.recipe import Recipe, recipe_of
from bot.telegram.files import FileUnavailable
from bot.texts.fluent import Texts
from providers import Automatic1111, Catalog
from providers.catalog.model import Model
from providers.choices import Choice, Kind


class Files:
    def __init__(self) -> None:
        body = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(body, "PNG")
        self.data = with_metadata(body.getvalue(), GENERATED, "a fox\nSteps: 20, Seed: 7, Size: 64x48")
        self.fetched = 0
        self.gone = False

    async def fetch(self, file_id: str) -> bytes:
        self.fetched += 1
        if self.gone:
            raise FileUnavailable("too old")
        return self.data


@pytest.fixture
def files() -> Files:
    return Files()


def sent(mime: str = "image/png", size: int = 1000) -> Message:
    document = Document(file_id="f", file_unique_id="u", file_name="fox", mime_type=mime, file_size=size)
    chat = Chat(id=7, type="private")
    return Message(message_id=1, date=datetime(2026, 1, 1, tzinfo=UTC), chat=chat, document=document)


async def test_a_file_is_read(files: Files) -> None:
    assert await Recipes(files.fetch).of(sent(), 7) == Recipe("a fox", "", 7, 20, None, 64, 48)


async def test_what_is_no_picture_or_too_large_is_not_fetched(files: Files) -> None:
    recipes = Recipes(files.fetch)
    assert await recipes.of(sent("application/zip"), 7) is None
    assert await recipes.of(sent(size=21_000_000), 7) is None
    assert files.fetched == 0


async def test_what_is_gone_or_broken_says_nothing(files: Files) -> None:
    recipes = Recipes(files.fetch)
    files.data = b"no picture"
    assert await recipes.of(sent(), 7) is None
    files.gone = True
    assert await recipes.of(sent(), 7) is None


async def test_so_many_an_hour_for_each_person(files: Files) -> None:
    recipes = Recipes(files.fetch)
    files.data = b"no picture"
    for _ in range(MOST_AN_HOUR + 5):
        await recipes.of(sent(), 7)
    assert files.fetched == MOST_AN_HOUR
    await recipes.of(sent(), 8)
    assert files.fetched == MOST_AN_HOUR + 1


def test_a_file_without_a_seed_gets_a_new_one_whatever_the_settings_say() -> None:
    flags = flags_of(Recipe("a fox"))
    assert (flags.seed, flags.random_seed, flags.negative_prompt, flags.count) == (None, True, "", 1)


class Lists(ChoiceLists):
    """`webui` has two checkpoints of the same name, `down` cannot be asked."""

    def __init__(self) -> None:
        pass

    async def of(self, model: Model, kind: Kind) -> tuple[Choice, ...] | None:
        return None if model.id == "down" else (Choice("a/dream.safetensors"), Choice("b/dream.safetensors"))


def entry(id_: str, **fields: Any) -> Model:
    return Model(id_, id_, "automatic1111", Automatic1111, **fields)


@pytest.mark.parametrize(
    ("checkpoint", "model", "picked", "found"),
    [
        ("b\\dream.ckpt [879db523c3]", "webui", "b/dream.safetensors", True),
        ("c/dream", "usual", None, False),  # which of the two is not known
        ("turbo", "fixed", None, True),
        ("sdxl/Turbo.safetensors", "fixed", None, True),
        ("usual", "usual", None, True),
        ("nowhere", "usual", None, False),
        ("", "usual", None, True),
    ],
)
async def test_a_file_is_drawn_by_whoever_has_its_checkpoint(
    checkpoint: str, model: str, picked: str | None, *, found: bool
) -> None:
    picking = {"choices": {Kind.CHECKPOINT: None}}
    models = [
        entry("down", options=picking),
        entry("fixed", model="turbo.safetensors [0123456789]"),
        entry("webui", options=picking),
        entry("usual"),
    ]
    pairs = (("Steps", 1), ("Seed", 1), ("Model", checkpoint or None), ("Size", "8x8"))
    recipe = recipe_of({"parameters": infotext("a fox", None, pairs)})
    by = await suited(recipe, models[-1], models, Lists())
    assert (by.model and by.model.id, by.checkpoint, by.found) == (model, picked, found)


def test_long_and_hostile_words_fit_into_a_message() -> None:
    recipe = Recipe("<b>&" * 1000, "</code>" * 500, 1, 2, 7.5, 3, 4, "&" * 100, checkpoint="<" * 100)
    model = Catalog.load().default()
    text = recipe_text(Texts.load(strict=True)("en"), recipe, Suited(model, found=False))
    assert "<b>&amp;" not in text
    assert "</code>&lt;" not in text
    assert "7.5" in text
    assert len(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) < 4096
