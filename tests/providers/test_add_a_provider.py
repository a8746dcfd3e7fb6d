"""docs/add-a-provider.md: what it tells people to write works as it stands there."""

import importlib.util
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from aiohttp import web

from providers import Catalog, ImageResponse, Reasoning, ResponseError, Ticket
from providers.catalog.registry import PROVIDERS
from tests.providers.entries import Entry

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "add-a-provider.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```', TEXT, re.DOTALL | re.MULTILINE))
CODE = sorted(name for name in FILES if name.startswith("providers/") and name.endswith(".py"))
JOBS = [
    {"status": "waiting", "place": 2},
    {"status": "drawing", "done": 0.5},
    {"status": "ready", "url": "https://acme.example/fox.png"},
]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's modules, importable under the names that it gives them, and known to catalogues."""
    for name in CODE:
        module = _module(name.removesuffix(".py").replace("/", "."), FILES[name], tmp_path)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(PROVIDERS, "acme", ("providers.acme", "Acme"))
    monkeypatch.setitem(PROVIDERS, "acme-jobs", ("providers.acme_jobs", "AcmeJobs"))
    assert f'"acme": {PROVIDERS["acme"]}'.replace("'", '"') in TEXT


def test_the_page_has_what_it_speaks_of() -> None:
    assert CODE == ["providers/acme.py", "providers/acme_jobs.py"]
    assert {"providers/catalog/catalog.toml", "tests/providers/test_acme.py"} <= set(FILES)
    named = re.findall(r"`(?:providers/)?(\w+(?:/\w+)*\.py)`", TEXT)
    ours = [name for name in named if name != "acme.py" and not name.startswith("tests/")]
    assert [name for name in ours if not (ROOT / "providers" / name).exists()] == []


@pytest.mark.usefixtures("written")
async def test_its_own_test_passes(tmp_path: Path) -> None:
    module = _module("tests.providers.test_acme", FILES["tests/providers/test_acme.py"], tmp_path)
    tests = [found for name, found in vars(module).items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        assert inspect.iscoroutinefunction(test)
        await test(Entry(tmp_path, "acme"))


@pytest.mark.usefixtures("written")
async def test_jobs_wait_are_drawn_and_fail(tmp_path: Path) -> None:
    answers = list(JOBS)

    async def acme(request: web.Request) -> web.Response:
        if request.method == "POST":
            return web.json_response({"id": 5})
        assert (request.method, request.path) == ("GET", "/jobs/5")
        return web.json_response(answers.pop(0))

    entry = Entry(tmp_path, "acme-jobs")
    assert await entry.drawn(acme) == [
        Ticket("5"),
        Reasoning("Waiting", position=2),
        Reasoning("Drawing", progress=0.5),
        ImageResponse(["https://acme.example/fox.png"], "a fox"),
    ]
    answers[:] = [{"status": "failed", "reason": "no ink"}]
    with pytest.raises(ResponseError, match="no ink"):
        await entry.drawn(acme)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".py")])
def test_its_code_passes_the_linter(name: str) -> None:
    for arguments in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--stdin-filename", name, "-"]
        found = subprocess.run(command, input=FILES[name], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (found.returncode, found.stdout) == (0, ""), found.stderr


@pytest.mark.usefixtures("written")
def test_its_entries_load(tmp_path: Path) -> None:
    (tmp_path / "acme.py").write_text(FILES["providers/acme.py"])
    for snippet in re.findall(r"^```toml[^\n]*\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE):
        (tmp_path / "models.toml").write_text(snippet)
        catalog = Catalog.load(tmp_path / "models.toml", env={"ACME_API_KEY": "a-key"})
        [model_id] = re.findall(r"^\[models\.(.*)\]", snippet, re.MULTILINE)
        assert catalog[model_id] in catalog.enabled()


def _module(name: str, source: str, folder: Path) -> ModuleType:
    file = folder / f"{name}.py"
    file.write_text(source)
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
