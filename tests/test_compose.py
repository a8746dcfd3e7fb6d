"""`compose.yaml` and the Dockerfile name settings, commands and paths that there are."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.app import app
from bot.config import Settings

ROOT = Path(__file__).parent.parent
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
OURS = ("front", "worker")


def test_a_front_two_workers_and_their_database() -> None:
    assert set(SERVICES) == {"postgres", *OURS}
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert SERVICES["front"]["command"] == ["imagine-bot", "run", "--no-draw"]
    assert all("healthcheck" in service and service["stop_grace_period"] for service in SERVICES.values())


@pytest.mark.parametrize("name", OURS)
def test_settings_and_commands_are_known(name: str) -> None:
    service = SERVICES[name]
    assert {variable.lower() for variable in service["environment"]} <= set(Settings.model_fields)
    assert service["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    program, command, *options = service["command"]
    assert program == "imagine-bot"
    (known,) = [each for each in app.registered_commands if each.callback and each.callback.__name__ == command]
    assert known.callback is not None
    taken = {f"--{parameter.replace('_', '-')}" for parameter in known.callback.__annotations__}
    assert {option for option in options if option.startswith("--")} <= taken
    assert "127.0.0.1:9090/readyz" in service["healthcheck"]["test"][-1]
    assert service["environment"]["HTTP_LISTEN"].endswith(":9090")


def test_the_database_that_is_made_is_the_one_that_is_used() -> None:
    made, volumes = SERVICES["postgres"]["environment"], SERVICES["postgres"]["volumes"]
    url = SERVICES["front"]["environment"]["DATABASE_URL"]
    assert url.startswith(f"postgresql://{made['POSTGRES_USER']}:${{POSTGRES_PASSWORD")
    assert url.endswith(f"@postgres/{made['POSTGRES_DB']}")
    assert volumes == ["postgres:/var/lib/postgresql/data"]


def test_the_image_sets_settings_and_copies_what_there_is() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (environment,) = re.findall(r"^ENV (DATABASE_URL=.*)$", dockerfile, re.MULTILINE)
    assert {word.partition("=")[0].lower() for word in environment.split()} <= set(Settings.model_fields)
    lines = [line for line in re.findall(r"^COPY (.*)$", dockerfile, re.MULTILINE) if not line.startswith("--from=")]
    copied = [word for line in lines for word in line.split()[:-1]]
    assert all((ROOT / path).exists() for path in copied)


def test_the_version_is_the_same_everywhere() -> None:
    """In the package, in the image, and at the head of the changelog."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    labels = re.findall(r'image\.version="([^"]+)"', (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert labels == [version]
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert next(heading for heading in headings if heading != "Unreleased").split()[0] == version


def test_the_last_stage_takes_what_the_first_one_installed() -> None:
    first, last = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[-2:]
    assert re.findall(r"(\S+) AS build", first) == [last.split()[0]] == ["python:3.14-slim"]
    (folder,) = re.findall(r"^COPY --from=build (\S+) ", last, re.MULTILINE)
    assert f"python -m venv --without-pip {folder}" in first
    assert f"ENV PATH={folder}/bin:$PATH" in last
    assert "pip " not in re.sub(r"^#.*$", "", last, flags=re.MULTILINE)
