"""Back-ends of one's own and paid ones, as people meet them: what is shown meanwhile, and what goes wrong in words."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import Running
from bot.sandbox import SandboxServer
from providers import Automatic1111, Catalog
from tests.providers.servers.webui_server import WebUI, fault
from tests.providers.services.openai_server import KEY, OpenAIServer, refuse
from tests.providers.serving import serving
from tests.running import bot_at, catalog_of, quick_sketch
from tests.scenarios.language import ChatClient, Person

pytestmark = pytest.mark.usefixtures("bot")

# What OpenAI's shape says of each model here, and how the answer to it begins in English and in Russian.
WRONG = {
    "wrong-key": ("rejected the API key", "не принимает API-ключ"),
    "no-credit": ("is out of credit", "закончились деньги"),
    "no-model": ("isn't available on its server", "На сервере больше нет"),
    "no-words": ("won't draw this", "этого не нарисует"),
    "no-picture": ("finished without a picture", "закончила без картинки"),
    "stranger": ("isn't answering correctly", "отвечает неправильно"),
}


MODERATED = ("moderated", "flagged")


class Faulty(OpenAIServer):
    """Each model fails in its own way."""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        match (await request.json()).get("model"):
            case "no-credit":
                return refuse(429, "insufficient_quota", "You exceeded your current quota")
            case "no-words":
                return refuse(400, "moderation_blocked", "Rejected by the safety system")
            case "moderated":  # as xAI moderates
                return web.json_response({"created": 1, "data": []})
            case "flagged":
                return web.json_response({"created": 1, "data": [{"respect_moderation": False, "url": ""}]})
            case "no-picture":
                return web.json_response({"created": 1})
            case "stranger":
                return web.Response(text="<html>a router's page</html>", status=404, content_type="text/html")
        return await super().__call__(request)


def entries(openai: str, webui: str) -> str:
    lines = ["builtin = false"]
    for name in WRONG:
        key = "wrong-key" if name == "wrong-key" else KEY
        lines += [f"[models.{name}]", "provider = 'openai'", f"label = '{name}'", f"model = '{name}'",
                  f"url = '{openai}'", f"api_key = '{key}'"]  # fmt: skip
    lines += [
        "[models.gpt]",
        "provider = 'openai'",
        "model = 'gpt-image-1.5'",
        f"url = '{openai}'",
        f"api_key = '{KEY}'",
    ]
    for name in MODERATED:  # whose words go to nobody else
        lines += [f"[models.{name}]", "provider = 'openai'", f"model = '{name}'", f"url = '{openai}'",
                  f"api_key = '{KEY}'", "fallback = ['gpt']"]  # fmt: skip
    lines += ["[models.webui]", "provider = 'automatic1111'", "model = 'dream'", f"url = '{webui}'"]
    return "\n".join(lines)


@pytest.fixture
def webui() -> WebUI:
    return WebUI(steps=4, pace=0.0)


@pytest.fixture
async def bot(
    sandbox: SandboxServer, tmp_path: Path, webui: WebUI, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Running, None]:
    monkeypatch.setattr(Automatic1111, "poll_interval", 0.05)
    file = tmp_path / "models.toml"
    async with serving(Faulty()) as openai_url, serving(webui) as webui_url:
        file.write_text(entries(openai_url, webui_url))
        catalog = catalog_of([*quick_sketch(), *Catalog.load(file)])
        async with bot_at(sandbox, tmp_path, catalog, max_jobs_per_user=8, max_queued_per_user=20) as running:
            yield running


async def test_each_thing_that_goes_wrong_has_a_sentence(chat: ChatClient, boris: Person) -> None:
    for where, language in ((chat, 0), (boris.private, 1)):
        for name, sentences in WRONG.items():
            failed = await where.text(sentences[language], to=await where.send(f"/imagine a fox --model {name}"))
            assert name in failed.text
            assert "wrong-key" not in failed.text or name == "wrong-key"
            assert len(where.buttons(failed)) > 1


@pytest.mark.parametrize("model", MODERATED)
async def test_words_that_were_moderated_with_a_good_status_go_to_no_fallback(chat: ChatClient, model: str) -> None:
    failed = await chat.text("won't draw this", to=await chat.send(f"/imagine a fox --model {model}"))
    assert "Fallback" not in failed.text
    assert not failed.photo


async def test_partial_pictures_are_shown_and_become_the_picture(chat: ChatClient) -> None:
    asked = await chat.send("/imagine a fox --model gpt")
    picture = await chat.photo(to=asked)
    assert picture.photo is not None


async def test_a_webui_shows_how_far_it_is(chat: ChatClient, webui: WebUI) -> None:
    webui.steps, webui.pace = 10_000, 0.01
    asked = await chat.send("/imagine a fox --model webui --seed 7 --no dogs")
    preview = await chat.preview(to=asked)
    webui.hurry = True
    picture = await chat.photo(to=asked)
    assert picture.id == preview.id
    assert "seed 7" in picture.text
    ((kind, body),) = webui.asked
    assert kind == "txt2img"
    assert (body["seed"], body["negative_prompt"]) == (7, "dogs")
    assert body["override_settings"] == {"sd_model_checkpoint": "dream"}


async def test_one_size_that_is_too_large_switches_the_webui_off_for_nobody(
    chat: ChatClient, alice: Person, webui: WebUI
) -> None:
    for number in range(1, 4):
        webui.said = fault(500, "OutOfMemoryError", "", "CUDA out of memory. Tried to allocate 20.00 GiB")
        failed = await chat.text("out of memory", to=await chat.send("/imagine a fox --model webui --size 2048x2048"))
        assert "smaller size" in failed.text
        assert f"Request {number}" in failed.text
        assert len(webui.asked) == number, "drawn once"
    webui.said = None
    other = alice.private
    picture = await other.photo(to=await other.send("/imagine a fox --model webui"))
    assert "Fallback" not in picture.text
    assert len(webui.asked) == 4


async def test_cancel_interrupts_the_webui(chat: ChatClient, webui: WebUI) -> None:
    webui.steps, webui.pace = 10_000, 0.01
    asked = await chat.send("/imagine a fox --model webui")
    placeholder = await chat.placeholder(to=asked)
    await webui.begun.wait()
    await chat.press("Cancel", on=placeholder)
    await asyncio.wait_for(webui.interrupted.wait(), 5)
    assert "Cancelled" in (await chat.ended(placeholder)).text
