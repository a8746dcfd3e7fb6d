"""What `providers` promises to export is there, and the providers themselves load only when they are named."""

import subprocess
import sys

import pytest

import providers
from providers import Provider
from providers.catalog.registry import PROVIDERS


@pytest.mark.parametrize("name", providers.__all__)
def test_every_promised_name_is_there(name: str) -> None:
    assert getattr(providers, name) is not None
    assert name in dir(providers)


def test_every_provider_of_the_registry_is_promised() -> None:
    for _, class_name in PROVIDERS.values():
        assert class_name in providers.__all__
        assert issubclass(getattr(providers, class_name), Provider)


def test_any_other_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Nonsense"):
        _ = providers.Nonsense


def test_no_provider_is_loaded_before_it_is_named() -> None:
    loaded = "{module for module, _ in providers.catalog.registry.PROVIDERS.values()} & set(sys.modules)"
    program = f"import sys, providers.catalog.registry; print({loaded})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
