"""The lock files: what is tested is what is released, and nothing in them says where it was resolved."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))


def pins(name: str) -> set[str]:
    """Each package with its version, and for which systems it is meant."""
    return set(re.findall(r"^[a-z0-9][^\\\n]*==[^\\\n]*[^\\\s]", (ROOT / name).read_text(), re.MULTILINE))


def test_the_tests_run_with_the_released_versions() -> None:
    assert LOCKS == ["requirements-dev.lock", "requirements-gradio.lock", "requirements.lock"]
    released = {pin.partition(" ;")[0] for pin in pins("requirements.lock")}
    assert released
    assert released <= {pin.partition(" ;")[0] for pin in pins("requirements-dev.lock")}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "--index" not in text
    assert "--find-links" not in text
    assert "://" not in text
