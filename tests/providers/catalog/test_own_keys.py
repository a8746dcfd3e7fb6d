"""Which entries take a person's own key, where it goes, and keys of quite another service."""

from pathlib import Path

import pytest

from providers import Catalog
from providers.catalog.own_keys import KEY_FORM, origin_of, other_service


def test_built_in_models_take_keys_at_their_own_service() -> None:
    catalog = Catalog.load(env={})
    taking = {model.id: model.key_origin for model in catalog if model.usable_with_key}
    assert taking["gpt-image"] == "https://api.openai.com:443"
    assert taking["horde"] == "https://aihorde.net:443"
    assert "imagelabs" not in taking  # it has no key
    assert "sketch" not in taking
    assert "hf-flux" not in taking  # it is not enabled
    assert catalog["gpt-image"].lacking is not None
    assert "gpt-image" not in {model.id for model in catalog.enabled()}
    assert "gpt-image" in {model.id for model in catalog.enabled({"gpt-image", "sketch", "nothing"})}


def test_the_key_takes_the_operators_place() -> None:
    model = Catalog.load(env={"OPENAI_API_KEY": "sk-operator"})["gpt-image"]
    mine = model.with_key("sk-mine")
    assert mine.create().auth_headers() == {"Authorization": "Bearer sk-mine"}
    assert mine.create().redact("it said sk-mine") == "it said ***" or "sk-mine" not in mine.create().redact("sk-mine")
    assert "sk-mine" not in repr(mine)
    assert model.create().auth_headers() == {"Authorization": "Bearer sk-operator"}


@pytest.mark.parametrize(
    ("keys", "origin"),
    [
        ("url = 'https://proxy.example/v1'", "https://proxy.example:443"),
        ("url = 'http://127.0.0.1:4000'", "http://127.0.0.1:4000"),
        ("url = 'http://proxy.example'", None),  # in the clear
        ("url = 'https://name:password@proxy.example'", None),  # beside the operator's login
    ],
)
def test_an_entry_of_ones_own(tmp_path: Path, keys: str, origin: str | None) -> None:
    file = tmp_path / "models.toml"
    file.write_text(f"[models.mine]\nprovider = 'openai'\nmodel = 'x'\napi_key = 'env:MINE'\n{keys}\n")
    model = Catalog.load(file, env={})["mine"]
    assert model.key_origin == origin
    assert model.usable_with_key == (origin is not None)


def test_several_servers_take_none(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text(
        "[models.farm]\nprovider = 'automatic1111'\napi_key = 'env:FARM'\nurl = 'http://127.0.0.1:1'\n"
        "urls = ['http://127.0.0.1:1', 'http://127.0.0.1:2']\n"
    )
    assert Catalog.load(file, env={})["farm"].key_origin is None


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://a.example", "https://", "https://a.example:99999", "http://a"])
def test_no_place_for_a_secret(url: str) -> None:
    assert origin_of(url) is None


@pytest.mark.parametrize(
    ("key", "origin", "service"),
    [
        ("sk-or-v1-0123", "https://api.openai.com:443", "OpenRouter"),
        ("sk-or-v1-0123", "https://openrouter.ai:443", None),
        ("hf_0123456789", "https://queue.fal.run:443", "Hugging Face"),
        ("hf_0123456789", "https://name.hf.space:443", None),
        ("AIza0123456789", "https://api.replicate.com:443", "Google"),
        ("r8_0123456789", "https://generativelanguage.googleapis.com:443", "Replicate"),
        ("sk-0123456789", "https://api.stability.ai:443", None),  # both begin like that
        ("sk-proj-0123", "https://my-proxy.example:443", None),  # who knows what that takes
        ("sk-proj-0123", "https://notopenai.com:443", None),
    ],
)
def test_keys_of_other_services(key: str, origin: str, service: str | None) -> None:
    assert other_service(key, origin) == service


def test_what_a_header_can_carry() -> None:
    assert KEY_FORM.fullmatch("12345678:abcdef")
    for wrong in ("short", "has a space in it", "ключ-ключ-ключ", "line\nend-of-key", "x" * 513):
        assert not KEY_FORM.fullmatch(wrong)
