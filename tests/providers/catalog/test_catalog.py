"""The catalogue: what it reads, how files merge, and that every mistake is one line with file, key and reason."""

from pathlib import Path

import pytest

from providers import Catalog, CatalogError, ImageRequest, InvalidParameter, UnknownModel
from providers.capabilities import Capabilities
from providers.catalog.file import ModelTable
from providers.catalog.registry import PROVIDERS, UnknownProvider, provider_class

DESIGN = """
builtin = true
[models.sd35]
label = "SD 3.5 Large"
provider = "StabilityAI_SD35Large"
url = "https://sd.example:8443"
model = "sd-3.5"
api_key = "env:HF_TOKEN"
proxy = "env:A_PROXY"
protocol = "queue"
fallback = ["schnell"]
timeout = 300
queue_timeout = 900
max_concurrency = 4
requires_key = false
enabled = true
picture_hosts = ["cdn.example"]
cost = 0.02
[models.sd35.defaults]
num_inference_steps = 28
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "models.toml"


def load(file: Path, text: str, **env: str) -> Catalog:
    file.write_text(text)
    return Catalog.load(file, env=env)


def mistake(file: Path, text: str) -> str:
    with pytest.raises(CatalogError) as caught:
        load(file, text)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(str(file))
    return said.removeprefix(f"{file}: ")


# -- what comes with the bot -------------------------------------------------------------------------------------


def test_the_built_in_entries() -> None:
    catalog = Catalog.load(env={})
    known = [
        "sd35", "schnell", "flux-dev", "flux-dev-roxky", "janus", "g4f-flux", "imagelabs", "horde",
        "gpt-image", "nano-banana", "openrouter", "fal", "replicate", "flux-pro", "stable-image-core", "pollinations",
        "hf-flux", "sketch",
    ]  # fmt: skip
    assert [model.id for model in catalog if model.id in known] == known  # others may stand between them
    assert not catalog["sketch"].enabled
    assert catalog["sd35"].protocol == catalog["schnell"].protocol == "queue"
    assert catalog.default().id == "sd35"
    assert all(model.api_key is None for model in catalog)
    assert all(model.fallback for model in catalog.enabled() if model.id != "horde")


def test_what_costs_money_waits_for_its_key() -> None:
    free = [model.id for model in Catalog.load(env={}).enabled()]
    names = (
        "OPENAI_API_KEY", "GEMINI_API_KEY", "OPENROUTER_API_KEY", "FAL_KEY", "REPLICATE_API_TOKEN", "BFL_API_KEY",
        "STABILITY_API_KEY", "POLLINATIONS_API_KEY",
    )  # fmt: skip
    catalog = Catalog.load(env={**{name: name.lower() for name in names}, "HF_TOKEN": "hf_e"})
    paid = [model for model in catalog.enabled() if model.id not in free]
    assert [model.api_key for model in paid] == [name.lower() for name in names]
    assert all(model.cost > 0 for model in catalog if model.provider_class.paid)
    assert all(model.requires_key and not model.light_check for model in paid)
    assert catalog.default().id == "sd35"
    assert not catalog["hf-flux"].enabled


def test_a_key_of_the_environment_helps_and_shows_nowhere() -> None:
    catalog = Catalog.load(env={"HF_TOKEN": "hf_sesame"})
    assert catalog["sd35"].api_key == catalog["sd35"].create().api_key == "hf_sesame"
    assert "sesame" not in repr(catalog["sd35"])


def test_entries_are_enabled_by_id() -> None:
    catalog = Catalog.load(env={}, enable=["sketch"])
    assert catalog["sketch"] in catalog.enabled()
    with pytest.raises(UnknownModel):
        Catalog.load(env={}, enable=["nothing"])


def test_every_name_of_the_registry_is_a_provider() -> None:
    for name in PROVIDERS:
        assert isinstance(provider_class(name).capabilities, Capabilities)
    with pytest.raises(UnknownProvider, match="ImageLabs"):
        provider_class("imagelab")


# -- what a file says ----------------------------------------------------------------------------------------------


def test_every_key_of_the_design(file: Path) -> None:
    catalog = load(file, DESIGN, HF_TOKEN="hf_1", A_PROXY="http://user:secret@proxy:3128")
    model = catalog["sd35"]
    assert "secret" not in repr(model)
    provider = model.create()
    assert (provider.url, provider.api_key, provider.proxy) == (
        "https://sd.example:8443", "hf_1", "http://user:secret@proxy:3128",
    )  # fmt: skip
    assert (provider.timeout, provider.queue_timeout, provider.picture_hosts) == (300, 900, ("cdn.example",))
    assert (model.max_concurrency, model.cost, model.fallback) == (4, 0.02, ("schnell",))
    assert len(catalog) == len(Catalog.load(env={}))


def test_entries_merge_key_by_key(file: Path) -> None:
    catalog = load(file, "[models.sd35]\nlabel = 'Mine'\n[models.sd35.defaults]\nguidance_scale = 5\n")
    assert catalog["sd35"].label == "Mine"
    assert catalog["sd35"].provider == "StabilityAI_SD35Large"
    assert catalog["sd35"].protocol == "queue"
    assert catalog["sd35"].defaults == {"guidance_scale": 5}


def test_only_what_stands_here(file: Path) -> None:
    catalog = load(file, "builtin = false\n[models.mine]\nprovider = 'sketch'\npace = 0\n")
    assert [model.id for model in catalog] == ["mine"]
    assert catalog["mine"].label == "Sketch (offline, not AI)"
    assert vars(catalog["mine"].create())["pace"] == 0


def test_an_entry_of_four_lines_adds_a_space(file: Path) -> None:
    catalog = load(
        file,
        "[models.mine]\nprovider = 'gradio'\nurl = 'http://127.0.0.1:7860/'\napi_name = '/draw'\nprotocol = 'call'\n",
    )
    provider = catalog["mine"].create()
    assert (provider.url, vars(provider)["api_name"], vars(provider)["protocol"]) == (
        "http://127.0.0.1:7860", "/draw", "call",
    )  # fmt: skip


def test_a_missing_key_takes_a_model_out_of_the_menus_only_where_it_is_required(file: Path) -> None:
    text = "[models.imagelabs]\nrequires_key = true\napi_key = 'env:THE_KEY'\n"
    assert load(file, text)["imagelabs"].missing_key
    assert "imagelabs" not in [model.id for model in load(file, text).enabled()]
    assert "imagelabs" in [model.id for model in load(file, text, THE_KEY="x").enabled()]
    assert load(file, text, THE_KEY="")["imagelabs"].missing_key
    assert load(file, text)["imagelabs"].lacking == "set THE_KEY"
    assert load(file, text, THE_KEY="x")["imagelabs"].lacking is None
    assert load(file, "[models.imagelabs]\nrequires_key = true\n")["imagelabs"].lacking == "it needs an api_key"


def test_several_keys(file: Path) -> None:
    text = """
[models.gpt-image]
api_keys = ["env:A", "env:UNSET", "env:B", "plain-text-key", "env:AGAIN"]
"""
    catalog = load(file, text, A="key-of-a", B=" key-of-b\n", AGAIN="key-of-a", OPENAI_API_KEY="not-asked-for")
    model = catalog["gpt-image"]
    assert [(key.value, key.name) for key in model.keys] == [
        ("key-of-a", "A"),
        ("key-of-b", "B"),
        ("plain-text-key", "key 4"),
    ]
    assert (model.api_key, model.lacking) == ("key-of-a", None)
    assert {"key-of-a", "key-of-b", "plain-text-key"} <= set(catalog.secrets())
    assert all(secret not in repr(model) for secret in ("key-of-a", "key-of-b", "plain-text-key"))
    assert model.create(model.keys[1]).auth_headers() == {"Authorization": "Bearer key-of-b"}
    assert len({key.fingerprint for key in model.keys}) == 3
    none_set = load(file, text.replace('"plain-text-key", ', ""))["gpt-image"]
    assert (none_set.keys, none_set.lacking) == ((), "set A")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("[]", "at least 1"),
        ('["env:no such"]', "env:NAME"),
        ("'k'", "list"),
        ('["a\\nb"]', "a line end"),
        ("[1]", "string"),
    ],
)
def test_wrong_keys(file: Path, keys: str, reason: str) -> None:
    said = mistake(file, f"[models.gpt-image]\napi_keys = {keys}")
    assert "api_keys" in said
    assert reason in said


def test_the_default_model(file: Path) -> None:
    catalog = load(file, "builtin = false\n[models.a]\nprovider='sketch'\nrequires_key=true\napi_key='k'\n"
                         "[models.b]\nprovider='sketch'\n[models.c]\nprovider='sketch'\nenabled=false\n")  # fmt: skip
    assert catalog.default().id == "b"
    assert catalog.default("a").id == "a"
    for wrong in ("c", "d"):
        with pytest.raises(UnknownModel, match="a, b"):
            catalog.default(wrong)
    with pytest.raises(UnknownModel, match="no model is enabled"):
        load(file, "builtin = false").default()


def test_an_unknown_model_is_answered_with_the_valid_ones() -> None:
    with pytest.raises(InvalidParameter, match=r"'sd36'.*sd35, schnell"):
        Catalog.load(env={})["sd36"]
    assert "sd36" not in Catalog.load(env={})


# -- requests ------------------------------------------------------------------------------------------------------


def test_a_request_has_the_defaults_under_what_was_given(file: Path) -> None:
    text = "[models.sd35]\nmodel='sd-3.5'\n[models.sd35.defaults]\nnum_inference_steps=28\nwidth=512\nheight=640\n"
    model = load(file, text)["sd35"]
    assert model.request("x") == ImageRequest("x", model="sd-3.5", num_inference_steps=28, width=512, height=640)
    assert model.request("x", num_inference_steps=4, width=None).num_inference_steps == 4
    wide = model.request("x", aspect_ratio="16:9")
    assert (wide.aspect_ratio, wide.width, wide.height) == ("16:9", 768, 432)  # as many pixels
    with pytest.raises(TypeError):
        model.request("x", stepz=3)


def test_a_default_ratio_gives_way_to_a_size(file: Path) -> None:
    model = load(file, "[models.sd35.defaults]\naspect_ratio='16:9'\n")["sd35"]
    assert model.request("x").aspect_ratio == "16:9"
    assert model.request("x", width=512, height=512).aspect_ratio is None


# -- mistakes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("[models.sd35", "", "TOML"),
        ("builtin = 'yes'", "builtin", "boolean"),
        ("builtins = true", "builtins", "builtin, models"),
        ("models = 3", "models", "dictionary"),
        ("[models.UPPER]\nprovider = 'sketch'", "models.UPPER", "a-z"),
        (f"[models.{'x' * 33}]\nprovider = 'sketch'", f"models.{'x' * 33}", "32"),
        ("[models.'']\nprovider = 'sketch'", "models.", "1 to 32"),
        ("[models.new]\nlabel = 'x'", "models.new.provider", "missing"),
        ("[models.new]\nprovider = 'Sketch'", "models.new.provider", "sketch"),
        ("[models.sd35]\nlable = 'x'", "models.sd35.lable", "label"),
        ("[models.sd35]\nlabel = ''", "models.sd35.label", "1 character"),
        ("[models.sd35]\ntimeout = '300'", "models.sd35.timeout", "number"),
        ("[models.sd35]\ntimeout = 0", "models.sd35.timeout", "greater than 0"),
        ("[models.sd35]\ntimeout = nan", "models.sd35.timeout", "finite"),
        ("[models.sd35]\nmax_concurrency = 0", "models.sd35.max_concurrency", "1"),
        ("[models.sd35]\nmax_concurrency = 2.5", "models.sd35.max_concurrency", "integer"),
        ("[models.sd35]\nenabled = 'no'", "models.sd35.enabled", "boolean"),
        ("[models.sd35]\ncost = -1", "models.sd35.cost", "0"),
        ("[models.sd35]\nurl = 'sd.example'", "models.sd35.url", "http"),
        ("[models.sd35]\nurl = 'file:///etc'", "models.sd35.url", "http"),
        ("[models.sd35]\nurl = 'http://host:port'", "models.sd35.url", "http"),
        ("[models.sd35]\nproxy = 'socks5://host'", "models.sd35.proxy", "http"),
        ("[models.sd35]\napi_key = 'env:'", "models.sd35.api_key", "env:NAME"),
        ("[models.sd35]\napi_key = 'env:A B'", "models.sd35.api_key", "env:NAME"),
        ("[models.sd35]\napi_key = 5", "models.sd35.api_key", "string"),
        ("[models.sd35]\nprotocol = 'websocket'", "models.sd35.protocol", "call, queue, predict"),
        ("[models.imagelabs]\nprotocol = 'queue'", "models.imagelabs.protocol", "no such key"),
        ("[models.sd35]\npace = 2", "models.sd35.pace", "no such key"),
        ("[models.sketch]\npace = -1", "models.sketch.pace", "0"),
        ("[models.sketch]\nurl = 'http://x'", "models.sketch.url", "no such key"),
        ("[models.sketch]\nworkflow = 'x.json'", "models.sketch.workflow", "no such key"),
        ("[models.new]\nprovider = 'gradio'", "models.new.url", "missing"),
        ("[models.sd35]\nmodel = 'sd-4'", "models.sd35.model", "sd-3.5"),
        ("[models.sd35]\nfallback = 'schnell'", "models.sd35.fallback", "list"),
        ("[models.sd35]\nfallback = ['sd36']", "models.sd35.fallback", "sd35, schnell"),
        ("[models.sd35]\nfallback = ['sd35']", "models.sd35.fallback", "sd35 -> sd35"),
        ("[models.imagelabs]\nfallback = ['sd35']", "fallback", "circle"),
        ("[models.sd35]\ndefaults = 3", "models.sd35.defaults", "dictionary"),
        ("[models.sd35.defaults]\nsteps = 3", "models.sd35.defaults.steps", "num_inference_steps"),
        ("[models.sd35.defaults]\nnum_inference_steps = 10000", "models.sd35.defaults.num_inference_steps", "may be"),
        ("[models.sd35.defaults]\nnum_inference_steps = '9'", "models.sd35.defaults.num_inference_steps", "integer"),
        ("[models.sd35.defaults]\nwidth = 9", "models.sd35.defaults.width", "64 to 2048"),
        ("[models.sd35.defaults]\nseed = -1", "models.sd35.defaults.seed", "may be"),
        ("[models.sd35.defaults]\naspect_ratio = '5:3'", "models.sd35.defaults.aspect_ratio", "16:9"),
        ("[models.sketch.defaults]\nguidance_scale = 3.0", "models.sketch.defaults.guidance_scale", "does not take"),
        ("[models.janus.defaults]\naspect_ratio = '16:9'", "models.janus.defaults.aspect_ratio", "does not take"),
    ],
)
def test_a_mistake_names_file_key_and_reason(file: Path, text: str, key: str, reason: str) -> None:
    if key == "fallback":  # the circle is found at whichever member comes first
        with pytest.raises(CatalogError, match=reason):
            load(file, text)
        return
    said = mistake(file, text)
    assert said.startswith(f"{key}: " if key else "is no valid TOML")
    assert reason in said


def test_a_secret_is_not_repeated_in_a_mistake(file: Path) -> None:
    said = mistake(file, "[models.sd35]\napi_key = ['hf_sesame']\n")
    assert "sesame" not in said
    file.write_text("[models.sd35]\nproxy = 'env:A_PROXY'\n")
    with pytest.raises(CatalogError) as caught:
        Catalog.load(file, env={"A_PROXY": "user:sesame@host"})
    assert "sesame" not in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(file: Path) -> None:
    with pytest.raises(CatalogError, match="No such file"):
        Catalog.load(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogError, match="save the file as UTF-8"):
        Catalog.load(file)


def test_a_mistake_is_blamed_on_the_file_that_made_it(file: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        load(file, "[models.new]\nprovider = 'sketch'\nfallback = ['gone']\n")
    assert caught.value.file == str(file)


def test_all_keys_may_be_missing_but_none_may_be_invented() -> None:
    assert ModelTable.model_validate({}).label is None
    assert set(ModelTable.model_fields) >= {
        "label", "provider", "url", "model", "api_key", "proxy", "protocol", "fallback", "timeout", "queue_timeout",
        "max_concurrency", "requires_key", "enabled", "api_name", "workflow", "pace", "picture_hosts", "cost",
        "defaults",
    }  # fmt: skip
