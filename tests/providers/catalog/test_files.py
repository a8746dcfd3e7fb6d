"""Models files as people write them, and as nobody should: read, or refused in one sentence."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers import Catalog, CatalogError

SOUND = """builtin = false
[models.mine]
provider = "openai"
url = "http://127.0.0.1:1/v1"
api_key = "env:KEY"
proxy = "none"
model = "a"
cost = 1.5
picture_hosts = ["*.example.org"]
fallback = ["other"]
[models.other]
provider = "sketch"
[models.other.defaults]
seed = 7
"""
PROVIDER = """
from providers.engines.http import Call
from providers.engines.single_request import SingleProvider
from providers.capabilities import Capabilities

class Mine(SingleProvider):
    url = "http://127.0.0.1:1"
    default_model = "m"
    capabilities = Capabilities(frozenset())
    def call(self, request):
        return Call("POST", "/", json={"prompt": request.prompt})

NOT_ONE = 7
"""


def load(folder: Path, data: bytes | str, **env: str) -> Catalog:
    file = folder / "models.toml"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return Catalog.load(file, env=env)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_as_editors_write_them(tmp_path: Path, encoding: str) -> None:
    assert load(tmp_path, SOUND.replace("\n", "\r\n").encode(encoding))["mine"].cost == 1.5


@pytest.mark.parametrize(("value", "key"), [("sk-1234\n", "sk-1234"), ("  sk-1234", "sk-1234"), ("\n", None)])
def test_keys_are_stripped(tmp_path: Path, value: str, key: str | None) -> None:
    assert load(tmp_path, SOUND, KEY=value)["mine"].api_key == key


@pytest.mark.parametrize("value", ["sk\n1234", "sk-\x07", "ключ"])
def test_keys_that_no_header_can_carry_are_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(CatalogError, match=r"models\.mine\.api_key: KEY has") as caught:
        load(tmp_path, SOUND, KEY=value)
    assert value not in str(caught.value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_file(tmp_path: Path, data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key = lines[at].partition("=")[0]
        values = ["7", "-1", "'x'", "''", "[[]]", "{a = 1}", "nan", "1" * 5000, "'\\u202e'", "true", "[" * 2000, "\x00",
                  "'http://['", "'socks5://a:b@c'", "'env:'", "'os:path'", "'a:b'", "'" + "x" * 9999 + "'"]  # fmt: skip
        lines[at] = f"{key}= {data.draw(st.sampled_from(values))}"
    with suppress(CatalogError):
        load(tmp_path, "\n".join(lines), KEY="sk-1234")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    with suppress(CatalogError):
        load(tmp_path, data)


def test_a_file_that_has_no_end(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="is larger than 1 MB"):
        load(tmp_path, "# " + "x" * 1_100_000)


def test_a_class_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "my_module.py").write_text(PROVIDER)
    text = 'builtin = false\n[models.a]\nprovider = "my_module:Mine"\n'
    provider = load(tmp_path, text)["a"].create()
    assert (type(provider).__name__, provider.get_model(None)) == ("Mine", "m")
    (tmp_path / "my_module.py").write_text(PROVIDER.replace('"m"', '"newer"'))
    assert load(tmp_path, text)["a"].create().get_model(None) in {"m", "newer"}


@pytest.mark.parametrize(
    ("name", "said"),
    [("my_module:NOT_ONE", "is no provider"), ("my_module:Gone", "is no provider"), ("gone:Mine", "cannot be imported"),
     ("../x:Mine", "a module and a class"), (":", "a module and a class"), ("broken:Mine", "cannot be imported")],
)  # fmt: skip
def test_what_is_no_class(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "my_module.py").write_text(PROVIDER)
    (tmp_path / "broken.py").write_text("raise SystemError")
    with pytest.raises(CatalogError, match=said):
        load(tmp_path, f'builtin = false\n[models.a]\nprovider = "{name}"\n')
