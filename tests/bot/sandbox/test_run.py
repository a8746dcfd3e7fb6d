"""Where `imagine-bot sandbox` may listen, and with which models; that it works is told by the browser's tests."""

from pathlib import Path

import pytest

from bot.config import SettingsError
from bot.sandbox.run import address, run_sandbox, sandbox_catalog
from providers.catalog.catalog import CatalogError


@pytest.mark.parametrize("listen", ["nowhere", ":8081", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
async def test_what_is_no_address_is_named(listen: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--listen"):
        await run_sandbox(listen, tmp_path)


@pytest.mark.parametrize(
    ("listen", "host", "alone"),
    [
        ("127.0.0.1:8081", "127.0.0.1", True),
        ("localhost:0", "localhost", True),
        ("[::1]:8081", "::1", True),
        ("0.0.0.0:8081", "0.0.0.0", False),
        ("[::]:8081", "::", False),
        ("sandbox.example:8081", "sandbox.example", False),
    ],
)
def test_who_else_could_reach_it_is_told(
    listen: str, host: str, alone: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert address(listen)[0] == host
    assert (capsys.readouterr().err == "") == alone


WEBUI = """
[models.webui]
label = "My WebUI"
provider = "automatic1111"
url = "http://127.0.0.1:7860"
fallback = ["horde"]
api_key = "env:WEBUI_AUTH"
"""


@pytest.mark.parametrize("builtin", ["", "builtin = true", "builtin = false"])
def test_the_operators_models_come_beside_the_offline_one_and_no_others(
    builtin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBUI_AUTH", "me:secret")
    monkeypatch.setenv("OPENAI_API_KEY", "a-real-key")
    file = tmp_path / "models.toml"
    text = WEBUI if "false" not in builtin else WEBUI.replace('fallback = ["horde"]', "")
    file.write_text(f"{builtin}\n{text}")
    catalog = sandbox_catalog(file)
    assert [model.id for model in catalog.enabled()] == ["sketch", "webui"]
    assert catalog.default().id == "sketch"
    assert catalog["webui"].api_key == "me:secret"
    assert catalog.chain("webui") == []  # what would go to a service on the net is not among them


def test_a_built_in_model_that_the_file_changes_comes_as_well(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text("[models.schnell]\nmax_concurrency = 2\n[models.sketch]\npace = 0.5\n")
    catalog = sandbox_catalog(file)
    assert [model.id for model in catalog.enabled()] == ["sketch", "schnell"]
    assert catalog["sketch"].options["pace"] == 0.5


def test_a_mistake_in_the_models_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text("[models.webui]\nprovidr = 'automatic1111'\n")
    with pytest.raises(CatalogError, match="providr"):
        sandbox_catalog(file)


def test_the_operators_own_model_for_videos_takes_the_place_of_the_offline_one(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text('[models.wan]\nprovider = "fal"\ntask = "video"\nmodel = "fal-ai/wan-i2v"\napi_key = "x"\n')
    assert [model.id for model in sandbox_catalog(file).doing("video")] == ["wan"]


def test_without_a_models_file_there_are_the_offline_ones() -> None:
    catalog = sandbox_catalog(None)
    assert [model.id for model in catalog] == ["sketch", "sketch-motion"]
    assert [model.id for model in catalog.doing("video")] == ["sketch-motion"]
    assert "oil" in catalog.presets
