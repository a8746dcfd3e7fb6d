"""What the documentation tells members to type can be typed, and what it tells operators to write can be loaded."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Settings
from bot.handlers.menus.command_menu import GROUP, PRIVATE
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import parse
from providers import Catalog
from providers.capabilities import Capabilities
from providers.catalog.catalog import BUILTIN
from providers.catalog.entry import PROVIDER_OPTIONS
from providers.catalog.file import ModelTable
from providers.catalog.registry import PROVIDERS, provider_class
from providers.charging import Charged
from providers.servers.comfyui.workflow import CHECKPOINT
from tests.providers.servers.workflows import animating

DOCS = Path(__file__).parent.parent / "docs"
USING, MODELS = DOCS / "using.md", DOCS / "models.md"
TYPED = [
    line
    for block in re.findall(r"^```\n(.*?)^```", USING.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


@pytest.mark.parametrize("line", TYPED)
def test_it_is_a_command_or_a_prompt(line: str) -> None:
    command, _, words = line.partition(" ")
    if not command.startswith("/"):
        words = line
    elif command != "/imagine":
        assert command.removeprefix("/") in {*PRIVATE, *GROUP}
        return
    assert parse(words).prompt


def test_every_flag_is_told() -> None:
    table = set(re.findall(r"^\| `--(\w+)`", USING.read_text(encoding="utf-8"), re.MULTILINE))
    assert table == set(FLAGS)


SNIPPETS = re.findall(r"^```toml\n(.*?)^```", MODELS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[text.partition("]")[0].strip("[") for text in SNIPPETS])
def test_every_entry_of_the_catalogue_loads(snippet: str, tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text(snippet, encoding="utf-8")
    moves = 'task = "video"' in snippet
    for name in re.findall(r'^workflow = "([\w.]+)"', snippet, re.MULTILINE):
        (tmp_path / name).write_bytes(json.dumps(animating()).encode() if moves else CHECKPOINT.read_bytes())
    catalog = Catalog.load(file, env=dict.fromkeys(re.findall(r"env:(\w+)", snippet + BUILTIN.read_text()), "a-key"))
    content = tomllib.loads(snippet)
    assert set(content.get("presets", {})) - set(catalog.presets) <= {"logo"}  # which the example turns off
    for name, table in content.get("models", {}).items():
        assert isinstance(catalog[name].create().can(catalog[name].model or ""), Capabilities)
        assert catalog[name] in [*catalog.working(), *catalog.describers()] or table.get("enabled") is False


def test_every_key_of_the_catalogue_is_told() -> None:
    table = "\n".join(line for line in MODELS.read_text(encoding="utf-8").splitlines() if line.startswith("| `"))
    classes = [provider_class(name) for name in PROVIDERS]
    nobodys = {key for key in PROVIDER_OPTIONS if not any(hasattr(found, key) for found in classes)}
    missing = [key for key in ModelTable.model_fields if f"`{key}`" not in table and key not in {*nobodys, "defaults"}]
    assert missing == []


def test_every_back_end_is_told() -> None:
    text = MODELS.read_text(encoding="utf-8")
    assert [name for name in PROVIDERS if f"| `{name}`" not in text and f", `{name}`" not in text] == []


def test_when_each_back_end_charges_is_told() -> None:
    text = MODELS.read_text(encoding="utf-8").partition("## Costs and budgets")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| ([a-z -]+) \|", text, re.MULTILINE))
    declared = {name: provider_class(name).charged for name in PROVIDERS}
    assert told == {name: when.value for name, when in declared.items() if when is not Charged.NEVER}


README = DOCS.parent / "README.md"
ROWS = re.findall(r"^\| (`[^|]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
ABLE: dict[str, Callable[[Capabilities], bool]] = {
    "progress": lambda can: can.progress,
    "previews": lambda can: can.previews,
    "queue": lambda can: can.queue_position,
    "restart": lambda can: can.resume,
}
TAKEN = {
    "seed": "seed",
    "size": "width",
    "steps": "num_inference_steps",
    "guidance": "guidance_scale",
    "negative prompt": "negative_prompt",
    "image-to-image": "image",
}


def test_the_readme_knows_every_model_and_what_it_can_do() -> None:
    catalog = Catalog.load(env={})
    told = {model_id: (what, key) for ids, what, key in ROWS for model_id in re.findall(r"`([\w.-]+)`", ids)}
    assert sorted(told) == sorted(model.id for model in catalog)
    for model_id, (what, key) in told.items():
        model = catalog[model_id]
        can = model.capabilities
        assert {word for word in ABLE if word in what} == {word for word, able in ABLE.items() if able(can)}, model_id
        if what.startswith("everything"):
            assert set(TAKEN.values()) <= can.parameters
        else:
            takes = {word for word, name in TAKEN.items() if can.takes(name)}
            shown = {word for word in TAKEN if word in what.replace("aspect ratio", "size")}
            assert shown == takes, model_id
        assert model.requires_key == (not key.startswith("none")), model_id


def test_the_tests_that_hold_what_security_promises_exist() -> None:
    page = (DOCS / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", page))
    assert len(named) > 10
    assert sorted(name for name in named if not (DOCS.parent / name).is_file()) == []
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    untested = [section.splitlines()[0] for section in sections if "*Tests:*" not in section]
    assert untested == ["What is not promised"]


def test_every_setting_in_the_operators_pages_exists() -> None:
    others = {"POSTGRES_PASSWORD", "PYTHON", "MIGRATE_FROM", "MIGRATE_TO", "NAME", "KEY"}
    for page in ("index.md", "operations.md", "troubleshooting.md", "security.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        for name in re.findall(r"(?:^|[\s`\"])([A-Z][A-Z_]{3,})=", text, re.MULTILINE):
            assert name.lower() in Settings.model_fields or name in others, f"{page}: {name}"
