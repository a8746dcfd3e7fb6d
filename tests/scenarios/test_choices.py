"""Samplers, LoRAs and the like, as people pick them: by flags, in the settings, and for what is drawn again."""

import io
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.app import Running
from bot.sandbox import SandboxServer
from providers import Automatic1111, Catalog
from tests.providers.servers.webui_server import LORAS, WebUI
from tests.providers.serving import serving
from tests.running import bot_at, quick_sketch
from tests.scenarios.language import ChatClient, Person

pytestmark = pytest.mark.usefixtures("bot")

MANY = [{"name": f"lora number {at:04}", "alias": "", "path": "", "metadata": {}} for at in range(5000)]


@pytest.fixture
def webui() -> WebUI:
    server = WebUI(steps=1)
    server.lists["loras"] = [*LORAS, *MANY]
    return server


@pytest.fixture
async def bot(
    sandbox: SandboxServer, tmp_path: Path, webui: WebUI, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Running, None]:
    monkeypatch.setattr(Automatic1111, "poll_interval", 0.01)
    file = tmp_path / "models.toml"
    async with serving(webui) as url:
        file.write_text(
            f"""
            builtin = false
            [models.webui]
            provider = "automatic1111"
            url = "{url}"
            choices = ["checkpoint", "sampler", "scheduler", "lora", "vae"]
            [models.few]
            provider = "automatic1111"
            url = "{url}"
            choices = {{ sampler = ["Euler"] }}
            [models.plain]
            provider = "automatic1111"
            url = "{url}"
            [presets.pixels]
            prompt = "{{prompt}}, blocky"
            parameters = {{ loras = ["pixel-art:0.6"], sampler = "Euler a" }}
            [presets.gone]
            prompt = "{{prompt}}, gone"
            parameters = {{ loras = ["gone", "pixel-art"], scheduler = "Gone" }}
            """
        )
        loaded = Catalog.load(file)
        catalog = Catalog([*loaded, *quick_sketch()], loaded.presets.values())
        async with bot_at(sandbox, tmp_path, catalog, default_model="webui") as running:
            yield running


def sent(webui: WebUI) -> dict[str, Any]:
    return webui.asked[-1][1]


async def test_flags_pick_by_name(chat: ChatClient, webui: WebUI) -> None:
    asked = await chat.send(
        'a fox --sampler "euler A" —scheduler karras --lora pixel-art:0.8 --lora add_detail --vae None'
    )
    picture = await chat.photo(to=asked)
    assert "gnore" not in picture.text
    assert "Euler a · Karras · VAE None · pixel-art 0.8 · add_detail" in picture.text
    assert sent(webui)["prompt"] == "a fox, pixel art style <lora:pixel-art:0.8> <lora:add_detail:1>"
    assert (sent(webui)["sampler_name"], sent(webui)["scheduler"]) == ("Euler a", "karras")
    assert sent(webui)["override_settings"] == {"sd_vae": "None"}
    await chat.press("Again", on=picture)
    await chat.photo()
    assert sent(webui)["prompt"] == "a fox, pixel art style <lora:pixel-art:0.8> <lora:add_detail:1>"
    assert sent(webui)["sampler_name"] == "Euler a"


async def test_a_checkpoint_is_picked_by_flag_and_in_the_settings(chat: ChatClient, webui: WebUI) -> None:
    picture = await chat.photo(to=await chat.send("a fox --checkpoint DREAM"))
    assert "dream" in picture.text.split("\n")[-1]
    assert sent(webui)["override_settings"] == {"sd_model_checkpoint": "dream.safetensors [abc123]"}
    near = await chat.text("doesn't have this", to=await chat.send("a fox --checkpoint anima"))
    assert "xl_anime" in near.text
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    await chat.press("Checkpoint: auto", on=menu)
    await chat.press("xl_anime", on=await chat.text("For Stable Diffusion WebUI only"))
    await chat.text("Checkpoint: xl_anime")
    await chat.photo(to=await chat.send("a fox"))
    assert sent(webui)["override_settings"] == {"sd_model_checkpoint": "xl/anime.safetensors"}
    await chat.photo(to=await chat.send("a fox --checkpoint auto"))
    assert "override_settings" not in sent(webui)


async def test_a_name_that_is_not_there_is_answered_with_the_nearest(
    chat: ChatClient, boris: Person, webui: WebUI
) -> None:
    answer = await chat.text("doesn't have this", to=await chat.send("a fox --sampler eulr_a"))
    assert "--sampler eulr_a" in answer.text
    assert "Euler a" in answer.text
    answer = await boris.private.text("этого нет", to=await boris.private.send("лиса --lora pixle-art:0.5"))
    assert "pixel-art" in answer.text
    answer = await chat.text("doesn't have this", to=await chat.send("a fox <lora:nothing like it:1>"))
    assert "--lora nothing like it" in answer.text
    bad = await chat.text("isn't valid", to=await chat.send("a fox --lora pixel-art:50"))
    assert "-4 … 4" in bad.text
    assert webui.asked == []


async def test_what_a_model_does_not_offer_is_told_under_the_picture(chat: ChatClient, webui: WebUI) -> None:
    picture = await chat.photo(to=await chat.send("a fox --model plain --sampler Euler --lora pixel-art"))
    assert "Sampler" in picture.text or "sampler" in picture.text
    assert "LoRA" in picture.text or "loRA" in picture.text
    assert "sampler_name" not in sent(webui)


async def test_the_settings_show_what_the_chosen_model_has(chat: ChatClient, webui: WebUI) -> None:
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    assert {"Sampler: auto", "Scheduler: auto", "LoRA: none", "VAE: auto"} <= set(chat.buttons(menu))
    await chat.press("Sampler", on=menu)
    menu = await chat.text("For Stable Diffusion WebUI only")
    await chat.press("Euler a", on=menu)
    menu = await chat.text("Sampler: Euler a")
    assert "✓ Euler a" in chat.buttons(menu)
    await chat.press("Back", on=menu)
    menu = await chat.text("Your settings")
    assert "Sampler: Euler a" in chat.buttons(menu)
    await chat.photo(to=await chat.send("a fox"))
    assert sent(webui)["sampler_name"] == "Euler a"
    await chat.photo(to=await chat.send("a fox --sampler auto"))
    assert "sampler_name" not in sent(webui)
    await chat.photo(to=await chat.send("a fox --model few"))  # another model has choices of its own
    assert "sampler_name" not in sent(webui)
    await chat.send("/model plain")
    await chat.text("Model set to")
    await chat.send("/settings")
    menu = await chat.text("Your settings")
    assert not any(button.startswith(("Sampler", "LoRA")) for button in chat.buttons(menu))


async def test_loras_are_paged_searched_and_weighted(chat: ChatClient, webui: WebUI) -> None:
    await chat.send("/settings")
    await chat.press("LoRA", on=await chat.text("Your settings"))
    menu = await chat.text("Names in the list: 5003")
    assert "lora number 0006" in chat.buttons(menu)
    await chat.press("›", on=menu)
    menu = await chat.text("Names in the list: 5003")
    assert "lora number 0016" in chat.buttons(menu)
    await chat.press("Search", on=menu)
    question = await chat.text("Reply to this message")
    await chat.send("number 499", reply_to=question)
    found = await chat.text("Names with that in them: 15")
    await chat.press("lora number 4991", on=found)
    menu = await chat.text("lora number 4991: 1")
    await chat.press("Search", on=menu)
    question = await chat.text("Reply to this message")
    saved = await chat.send("pixel:0.7", reply_to=question)
    answer = await chat.text("pixel-art: 0.7", to=saved)
    assert "Added to your prompt: pixel art style" in answer.text
    wrong = await chat.text("There is no “zzz”", to=await chat.send("zzz", reply_to=question))
    assert chat.buttons(wrong)
    await chat.photo(to=await chat.send("a fox"))
    assert sent(webui)["prompt"] == "a fox, pixel art style <lora:lora number 4991:1> <lora:pixel-art:0.7>"
    await chat.photo(to=await chat.send("a fox --lora none"))
    assert sent(webui)["prompt"] == "a fox"


async def test_a_sixth_lora_is_one_too_many(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("LoRA", on=await chat.text("Your settings"))
    menu = await chat.text("Names in the list")
    for at in range(5):
        await chat.press(f"lora number 000{at}", on=menu)
        menu = await chat.text(f"lora number 000{at}: 1")
    await chat.press("lora number 0005", on=menu)
    assert "5 LoRAs" in await chat.toast()
    await chat.press("none", on=menu)
    menu = await chat.text("Names in the list")
    assert "✓ none" in chat.buttons(menu)


async def test_what_a_preset_picks_and_is_gone_since_is_told_and_drawn_without(chat: ChatClient, webui: WebUI) -> None:
    picture = await chat.photo(to=await chat.send("a fox --style gone"))
    assert "scheduler" in picture.text
    assert "scheduler" not in sent(webui)
    assert sent(webui)["prompt"] == "a fox, gone, pixel art style <lora:pixel-art:1>"


async def test_presets_bring_theirs_and_keep_those_of_a_picture(chat: ChatClient, webui: WebUI) -> None:
    picture = await chat.photo(to=await chat.send("a fox --style pixels --scheduler Karras"))
    assert sent(webui)["prompt"] == "a fox, blocky, pixel art style <lora:pixel-art:0.6>"
    assert sent(webui)["sampler_name"] == "Euler a"
    await chat.press("More", on=picture)
    await chat.press("Keep as preset", on=picture)
    question = await chat.text("Reply to this message with a name")
    await chat.text("saved", to=await chat.send("mine", reply_to=question))
    await chat.photo(to=await chat.send("a cat --style mine"))
    assert sent(webui)["prompt"] == "a cat, a fox, blocky, pixel art style <lora:pixel-art:0.6>"
    assert (sent(webui)["sampler_name"], sent(webui)["scheduler"]) == ("Euler a", "karras")
    await chat.photo(to=await chat.send("a cat --style mine --sampler Euler"))
    assert sent(webui)["sampler_name"] == "Euler"


async def test_a_lora_of_another_architecture_is_told_in_the_servers_words(chat: ChatClient) -> None:
    failed = await chat.text("Networks with errors", to=await chat.send('a fox --lora "flux only"'))
    assert not failed.photo


async def test_a_file_says_what_was_picked_and_is_drawn_again(
    sandbox: SandboxServer, chat: ChatClient, webui: WebUI
) -> None:
    await chat.send("/settings")
    await chat.press("Send as file")
    await chat.text("Send as file: yes")
    asked = await chat.send('a fox --sampler "Euler a" --scheduler karras --lora pixel-art:0.8 --vae None --seed 3')
    data = await chat.data(await chat.document(to=asked))
    written = str(Image.open(io.BytesIO(data)).info["parameters"])
    assert written.startswith("a fox <lora:pixel-art:0.8>\n")
    assert "Sampler: Euler a, Schedule type: Karras" in written
    assert "VAE: None" in written
    first = sent(webui)
    await sandbox.people.send_document(chat.person.id, chat.chat_id, data, "fox.png")
    found = await chat.text("how it was made", "pixel-art")
    await chat.press("Draw this again", on=found)
    await chat.document()
    assert sent(webui)["prompt"] == first["prompt"]
    assert (sent(webui)["sampler_name"], sent(webui)["scheduler"]) == ("Euler a", "karras")


def file_of(model: str) -> bytes:
    """As A1111 writes it, with this checkpoint."""
    info, out = PngInfo(), io.BytesIO()
    info.add_text("parameters", f"a fox\nSteps: 20, Seed: 3, Size: 64x64, Model hash: 45dee52b, Model: {model}")
    Image.new("RGB", (64, 64), "teal").save(out, "PNG", pnginfo=info)
    return out.getvalue()


@pytest.mark.parametrize("usual", ["webui", "plain"])
async def test_a_file_is_drawn_again_with_its_checkpoint(
    sandbox: SandboxServer, chat: ChatClient, webui: WebUI, usual: str
) -> None:
    """By the person's model where that offers it, else by another one."""
    await chat.send(f"/model {usual}")
    await chat.text("Model set to")
    for name, sent_as in (
        ("dream", "dream.safetensors [abc123]"),
        ("XL/anime.safetensors", "xl/anime.safetensors"),
        ("anime", "xl/anime.safetensors"),
        ("dream.safetensors [abc123]", "dream.safetensors [abc123]"),
    ):
        await sandbox.people.send_document(chat.person.id, chat.chat_id, file_of(name), "fox.png")
        found = await chat.text("how it was made", "Draw this again uses Stable Diffusion WebUI")
        assert "have this" not in found.text
        await chat.press("Draw this again", on=found)
        await chat.photo()
        assert sent(webui)["override_settings"] == {"sd_model_checkpoint": sent_as}


async def test_a_file_whose_checkpoint_is_not_here_says_so(
    sandbox: SandboxServer, chat: ChatClient, webui: WebUI
) -> None:
    await sandbox.people.send_document(chat.person.id, chat.chat_id, file_of("nowhere_v2"), "fox.png")
    found = await chat.text("nowhere_v2", "I don't have this checkpoint", "uses Stable Diffusion WebUI")
    await chat.press("Draw this again", on=found)
    await chat.photo()
    assert "override_settings" not in sent(webui)


async def test_our_own_file_is_drawn_again_with_the_checkpoint_that_was_picked(
    sandbox: SandboxServer, chat: ChatClient, webui: WebUI
) -> None:
    await chat.send("/settings")
    await chat.press("Send as file")
    await chat.text("Send as file: yes")
    data = await chat.data(await chat.document(to=await chat.send("a fox --checkpoint dream")))
    before = len(webui.asked)
    await sandbox.people.send_document(chat.person.id, chat.chat_id, data, "fox.png")
    found = await chat.text("how it was made", "Model: webui", "Checkpoint: dream")
    await chat.press("Draw this again", on=found)
    await chat.document()
    assert len(webui.asked) == before + 1
    assert sent(webui)["override_settings"] == {"sd_model_checkpoint": "dream.safetensors [abc123]"}
