"""What people pick by name of an AUTOMATIC1111, against a local server of its API."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from providers import (
    Automatic1111,
    BadAnswer,
    Catalog,
    CatalogError,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    Reasoning,
    Unavailable,
)
from providers.catalog.model import Model
from providers.choices import Choice, Kind, Lora, UnknownChoice
from tests.providers.drawing import clean_session, draw
from tests.providers.servers.webui_server import WebUI
from tests.providers.serving import picture_bytes, serving

ALL = "choices = ['checkpoint', 'sampler', 'scheduler', 'lora', 'vae']"


def entry(tmp_path: Path, url: str, text: str = ALL) -> Model:
    file = tmp_path / "models.toml"
    file.write_text(f"builtin = false\n[models.mine]\nprovider = 'automatic1111'\nurl = '{url}'\n{text}")
    return Catalog.load(file)["mine"]


async def drawn(tmp_path: Path, server: WebUI, text: str = ALL, prompt: str = "a fox", **params: Any) -> list[Any]:
    async with serving(server) as url:
        model = entry(tmp_path, url, text)
        return await draw(model.create(), model.request(prompt, **params))


async def test_all_that_is_picked_is_sent_in_the_servers_own_words(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    extra = f"{ALL}\nextra = {{ sampler_name = 'Euler', override_settings = {{ CLIP_stop_at_last_layers = 2 }} }}"
    events = await drawn(
        tmp_path, server, extra, sampler="euler a", scheduler="karras", vae="vae-ft-mse",
        loras=(Lora("PIXEL ART", 0.8), Lora("add-detail.safetensors")),
    )  # fmt: skip
    assert isinstance(events[-1], ImageResponse)
    assert not any(event.untaken for event in events if isinstance(event, Reasoning))
    ((_, body),) = server.asked
    assert body["sampler_name"] == "Euler a"
    assert body["scheduler"] == "karras"
    assert body["override_settings"] == {"CLIP_stop_at_last_layers": 2, "sd_vae": "vae-ft-mse.safetensors"}
    # declared trigger words are added, those that are only frequent are not
    assert body["prompt"] == "a fox, pixel art style <lora:pixel-art:0.8> <lora:add_detail:1>"


@pytest.mark.parametrize(
    ("field", "value", "near"),
    [
        ("sampler", "Euler b", "Euler"),
        ("scheduler", "karas", "Karras"),
        ("vae", "vae-ft-mes", "vae-ft-mse"),
        ("checkpoint", "drean", "dream"),
        ("loras", (Lora("pixels"),), "pixel-art"),
    ],
)
async def test_a_name_that_is_not_there_draws_nothing(tmp_path: Path, field: str, value: Any, near: str) -> None:
    server = WebUI(steps=1)
    with pytest.raises(UnknownChoice) as raised:
        await drawn(tmp_path, server, **{field: value})
    assert any(name.startswith(near) for name in raised.value.near)
    assert server.asked == []
    events = await drawn(tmp_path, server, **{field: value}, optional_choices=(field,))
    assert events[0] == Reasoning(f"Stable Diffusion WebUI does not take: {field}", untaken=(field,))
    assert set(server.asked[0][1]) == {"prompt", "seed"}


@pytest.mark.parametrize("name", ["XL anime", "anime.safetensors", "anime"])
async def test_a_checkpoint_wins_over_the_catalogues(tmp_path: Path, name: str) -> None:
    server = WebUI(steps=1)
    await drawn(tmp_path, server, f"{ALL}\nmodel = 'dream'", checkpoint=name)
    await drawn(tmp_path, server, f"{ALL}\nmodel = 'dream'")
    assert [body["override_settings"]["sd_model_checkpoint"] for _, body in server.asked] == [
        "xl/anime.safetensors",
        "dream",
    ]


async def test_upscalers_are_picked_by_name(tmp_path: Path) -> None:
    text = "task = 'upscale'\nmodel = 'Lanczos'\nchoices = ['upscaler']"
    server, picture = WebUI(), picture_bytes()
    async with serving(server) as url, clean_session() as session:
        model = entry(tmp_path, url, text)
        names = [choice.name for choice in await model.create().choices_of(Kind.UPSCALER, session)]
        assert names == ["Lanczos", "R-ESRGAN 4x+", "4x-UltraSharp"], "None upscales nothing"
        await draw(model.create(), model.request("", image=picture, upscaler="4x ultrasharp"))
        await draw(model.create(), model.request("", image=picture))
        with pytest.raises(UnknownChoice, match="4x-UltraSharp"):
            await draw(model.create(), model.request("", image=picture, upscaler="UltraSharp 8x"))
    assert [body["upscaler_1"] for _, body in server.asked] == ["4x-UltraSharp", "Lanczos"]
    with pytest.raises(CatalogError, match=r"choices\.upscaler: automatic1111 takes none here"):
        entry(tmp_path, "http://localhost", "choices = ['upscaler']")
    with pytest.raises(CatalogError, match=r"choices\.checkpoint: automatic1111 takes none here"):
        entry(tmp_path, "http://localhost", "task = 'upscale'\nchoices = ['checkpoint']")


async def test_what_the_catalogue_does_not_offer_is_not_taken(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    events = await drawn(tmp_path, server, "choices = ['sampler']", sampler="Euler", vae="None", loras=(Lora("x"),))
    assert events[0].untaken == ("loras", "vae")
    assert server.asked[0][1] == {"prompt": "a fox", "seed": -1, "sampler_name": "Euler"}
    model = entry(tmp_path, "http://localhost", "choices = ['sampler']")
    assert model.capabilities.takes("sampler")
    assert not model.capabilities.takes("loras")
    assert not entry(tmp_path, "http://localhost", "").capabilities.takes("sampler")


async def test_loras_in_the_words_count_as_picked(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    await drawn(tmp_path, server, prompt="a fox <lora:pixelart_v2:0.5>")
    assert server.asked[0][1]["prompt"] == "a fox, pixel art style <lora:pixel-art:0.5>"
    with pytest.raises(UnknownChoice):
        await drawn(tmp_path, server, prompt="a fox <lora:secret:1>")
    events = await drawn(tmp_path, server, "choices = ['sampler']", prompt="a fox <lora:pixel-art:1>")
    assert events[0].untaken == ("loras",)
    assert server.asked[1][1]["prompt"] == "a fox"
    await drawn(tmp_path, server, "", prompt="a fox <lora:anything:1>")  # nobody has said who may pick what
    assert server.asked[2][1]["prompt"] == "a fox <lora:anything:1>"


async def test_a_list_in_the_models_file_needs_no_server(tmp_path: Path) -> None:
    text = """[models.mine.choices]
    sampler = ["Euler", "Euler a"]
    lora = { Pixels = { value = "pixel-art", words = "8 bit" }, Detail = "add_detail" }"""
    server = WebUI(steps=1)
    await drawn(tmp_path, server, text, sampler="EULER", loras=(Lora("pixels", 0.5), Lora("detail")))
    assert server.listed == []
    assert server.asked[0][1]["prompt"] == "a fox, 8 bit <lora:pixel-art:0.5> <lora:add_detail:1>"
    with pytest.raises(UnknownChoice):
        await drawn(tmp_path, server, text, sampler="DPM++ 2M")


async def test_the_provider_alone_takes_whatever_the_server_lists() -> None:
    server = WebUI(steps=1)
    async with serving(server) as url:
        await draw(Automatic1111(url=url), ImageRequest("a fox", sampler="dpm++ 2m", loras=(Lora("pixel-art"),)))
        with pytest.raises(UnknownChoice, match="Euler"):
            await draw(Automatic1111(url=url), ImageRequest("a fox", sampler="Eulr"))
    ((_, body),) = server.asked
    assert body["sampler_name"] == "DPM++ 2M"


async def test_a_lora_of_another_architecture_is_told_in_the_servers_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match=r"Networks with errors: flux only \(86\)"):
        await drawn(tmp_path, WebUI(steps=1), loras=(Lora("flux only"),))


async def test_the_list_is_remembered_and_read_again_for_a_new_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("providers.base.time.monotonic", lambda: now)
    server = WebUI()
    async with serving(server) as url, clean_session() as session:
        provider = entry(tmp_path, url).create()
        for _ in range(3):
            assert len(await provider.choices_of(Kind.LORA, session)) == 3
        server.lists["loras"].append({"name": "brand new", "alias": "", "path": "", "metadata": {}})
        with pytest.raises(UnknownChoice):  # not asked for again within seconds, whatever people type
            await provider.choice(Kind.LORA, "brand new", session)
        assert server.listed == ["loras"]
        now += 31
        assert await provider.choice(Kind.LORA, "brand new", session) == Choice("brand new")
        assert server.listed == ["loras"] * 2


async def test_many_at_once_ask_the_server_once(tmp_path: Path) -> None:
    server = WebUI()
    async with serving(server) as url, clean_session() as session:
        model = entry(tmp_path, url)
        await asyncio.gather(*(model.create().choices_of(Kind.SAMPLER, session) for _ in range(20)))
    assert server.listed == ["samplers"]


async def test_the_list_of_whichever_server_answers(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    async with serving(server) as url, clean_session() as session:
        text = f"{ALL}\nurls = ['http://127.0.0.1:9', '{url}']"
        provider = entry(tmp_path, "http://127.0.0.1:9", text).create()
        assert len(await provider.choices_of(Kind.SAMPLER, session)) == 3
        provider = entry(tmp_path, "http://127.0.0.1:9", f"{ALL}\nurls = ['http://127.0.0.1:9']").create()
        with pytest.raises(Unavailable):
            await provider.choices_of(Kind.LORA, session)


class Answers:
    """Answers each list with this."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.body, self.status = body, status

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=self.status, headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for at in range(0, len(self.body), 70_000):
            await response.write(self.body[at : at + 70_000])
        return response


async def listed(tmp_path: Path, body: bytes, status: int = 200) -> tuple[Choice, ...]:
    async with serving(Answers(body, status)) as url, clean_session() as session:
        return await entry(tmp_path, url).create().choices_of(Kind.LORA, session)


async def test_five_thousand_loras_with_all_their_metadata(tmp_path: Path) -> None:
    metadata = '{"ss_tag_frequency": {"a": {"fox": 3}}, "ss_dataset_dirs": "' + "x" * 8000 + '"}'
    body = "[" + ",\n".join(f'{{"name": "lora {at}", "metadata": {metadata}}}' for at in range(5000)) + "]"
    assert len(body) > 36_000_000  # more than is read of any other answer
    found = await listed(tmp_path, body.encode())
    assert len(found) == 5000
    assert found[4999] == Choice("lora 4999", often="fox")


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"null", b"<html>", b"[", b'[{"name": "x"}', b"[{]", b'[{"name": "x"} x]', b"]", b"[" * 100_000],
    ids=repr,
)
async def test_what_is_no_list_is_told(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(BadAnswer):
        await listed(tmp_path, body[:100_000])


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('{"name": "x"}', (Choice("x"),)),
        ('{"name": 7}, 7, null, "x", [[]], {"name": "y"}', (Choice("y"),)),
        ('{"name": "a:b"}, {"name": "<b>"}, {"name": "\\u0007"}, {"name": ""}', ()),
        ('{"name": "x", "metadata": [1], "alias": 7}', (Choice("x"),)),
        ('{"name": "x", "metadata": {"modelspec.trigger_phrase": "a\\n<b>b</b>"}}', (Choice("x", words="a b"),)),
        ('{"name": "x", "metadata": {"ss_tag_frequency": {"a": [], "b": {"t": true}}}}', (Choice("x"),)),
        ("", ()),
    ],
)  # fmt: skip
async def test_strange_items_are_left_out(tmp_path: Path, item: str, expected: tuple[Choice, ...]) -> None:
    assert await listed(tmp_path, f"[{item}]".encode()) == expected


async def test_a_server_without_such_a_list_has_none(tmp_path: Path) -> None:
    assert await listed(tmp_path, b'{"detail": "Not Found"}', status=404) == ()
    server = WebUI(steps=1)
    del server.lists["sd-vae"]  # as Forge
    with pytest.raises(UnknownChoice) as raised:
        await drawn(tmp_path, server, vae="x")
    assert raised.value.near == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("choices = ['samplers']", "sampler"),
        ("choices = { sampler = [] }", "sampler"),
        ("choices = { sampler = 'servers' }", "sampler"),
        ("choices = { hat = ['x'] }", "hat"),
        ("choices = { sampler = ['<x>'] }", "control"),
        ("choices = { lora = { x = 7 } }", r"lora\.x"),
        ("choices = { lora = { x = { weight = 'y' } } }", r"lora\.x"),
        ("choices = { lora = { x = { words = 7 } } }", r"lora\.x"),
        ("choices = 7", "list"),
    ],
)
def test_mistakes_in_the_catalogue(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(CatalogError, match=rf"models\.mine\.choices.*{reason}"):
        entry(tmp_path, "http://localhost", text)


def test_a_provider_that_takes_none_says_so(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text("builtin = false\n[models.mine]\nprovider = 'sketch'\nchoices = ['lora']")
    with pytest.raises(CatalogError, match=r"choices\.lora: sketch takes none"):
        Catalog.load(file)


@pytest.mark.parametrize("loras", [(Lora("x", float("nan")),), (Lora("x", 9),), (Lora("x"),) * 6])
async def test_loras_out_of_bounds(tmp_path: Path, loras: tuple[Lora, ...]) -> None:
    server = WebUI()
    with pytest.raises(InvalidParameter):
        await drawn(tmp_path, server, loras=loras)
    assert server.listed == []
