"""Which requests go through a proxy, and what can be one."""

from pathlib import Path

import pytest

from providers import Catalog, CatalogError
from providers.proxies import is_local, proxy_fault, proxy_for

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:7860", "http://localhost", "http://[::1]:8188", "http://192.168.1.9/x", "http://10.1.2.3",
        "http://comfyui:8188", "http://box.local", "http://box.lan.", "http://a.internal", "http://[fe80::1]",
        "http://172.16.0.1", "http://169.254.1.1",
    ],
)  # fmt: skip
def test_what_is_local_is_asked_directly(url: str) -> None:
    assert proxy_for(url, PROXY) is None


@pytest.mark.parametrize("url", ["https://aihorde.net", "http://8.8.8.8", "https://localhost.example.org"])
def test_what_is_outside_goes_through_it(url: str) -> None:
    assert proxy_for(url, PROXY) == PROXY
    assert proxy_for(url, None) is None
    assert proxy_for(url, "none") is None


def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org, other.net")
    assert proxy_for("https://a.example.org", PROXY) is None
    assert proxy_for("https://other.net:8443/x", PROXY) is None
    assert proxy_for("https://another.net", PROXY) == PROXY
    monkeypatch.setenv("NO_PROXY", "*")
    assert proxy_for("https://another.net", PROXY) is None


@pytest.mark.parametrize(
    ("proxy", "said"),
    [
        ("socks5://user:password@host:1080", "socks5://"), ("host:3128", "http://"), ("ftp://host", "http://"),
        ("http://", "http://"), ("http://[", "http://"), ("http://host:99999", "http://"),
    ],
)  # fmt: skip
def test_what_can_be_no_proxy(proxy: str, said: str) -> None:
    fault = proxy_fault(proxy)
    assert fault is not None
    assert said in fault
    assert "password@host:1080" not in fault
    assert proxy_fault(PROXY) is None


def test_a_model_without_the_proxy_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text("builtin = false\n[models.a]\nprovider = 'horde'\nproxy = 'none'\n[models.b]\nprovider = 'horde'")
    catalog = Catalog.load(file)
    assert catalog["a"].proxy == "none"  # so that PROXY_URL does not take its place
    assert catalog["a"].create().way_out is None
    file.write_text("builtin = false\n[models.a]\nprovider = 'horde'\nproxy = 'env:P'")
    with pytest.raises(CatalogError, match=r"models\.a\.proxy: P is a socks5:// address"):
        Catalog.load(file, env={"P": "socks5://x:secret@h:1"})


def test_local_names() -> None:
    assert is_local("printer")
    assert not is_local("example.org")
