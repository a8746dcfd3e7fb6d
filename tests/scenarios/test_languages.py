"""The bot in the languages that people's Telegrams are in."""

import re

import pytest

from bot.sandbox import SandboxServer
from bot.texts.bidi import FSI, PDI, RLM
from bot.texts.fluent import Texts
from tests.scenarios.language import Person

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def parisa(sandbox: SandboxServer) -> Person:
    """Whose Telegram is Persian."""
    return Person.named(sandbox, "پریسا")


async def test_a_persian_chat(parisa: Person) -> None:
    """Latin names, numbers and commands stand in isolates; what is copied or typed again has none of them."""
    chat = parisa.private
    told = await chat.text("دستورها", to=await chat.send("/help"))
    assert f"\n{RLM}{FSI}--ar 16:9{PDI} نسبت ابعاد" in told.text
    assert f"\n{RLM}{FSI}/model{PDI}: انتخاب مدل" in told.text
    found = [(entity["type"], entity["offset"], entity["length"]) for entity in told.entities]
    encoded = told.text.encode("utf-16-le")
    shown = {(kind, encoded[2 * at : 2 * (at + length)].decode("utf-16-le")) for kind, at, length in found}
    assert {("code", "--ar 16:9"), ("bot_command", "/model"), ("bot_command", "/forget")} <= shown

    picture = await chat.photo(to=await chat.send("/imagine روباه --seed 7 --size 128x96"))
    facts = next(line for line in picture.text.split("\n") if "128×96" in line)
    assert facts.startswith(f"{RLM}{FSI}Sketch")
    assert f"{FSI}128×96{PDI} · " in facts
    refused = await chat.text("معتبر نیست", to=await chat.send("/imagine fox --n 99"))
    assert f"مقدار {FSI}--n 99{PDI}" in refused.text
    await chat.press("دوباره", on=picture)
    assert (await chat.photo(to=picture)).id != picture.id


async def test_a_persian_history_is_searched_and_turned(parisa: Person) -> None:
    """The words of a search are read off the caption again, in which they are isolated."""
    chat = parisa.private
    for number in range(10):
        await chat.photo(to=await chat.send(f"/imagine fox {number} --size 64x64"))
    page = await chat.text("تصویرهای شما", to=await chat.send("/history fox"))
    await chat.press("قدیمی‌تر", on=page)
    await chat.answer(lambda message: "‹ تازه‌تر" in chat.buttons(message), "the second page")
    assert chat.buttons(page)[0] == "1"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("pt-br", "pt-BR"),
        ("pt", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("uk", "uk"),
        ("x-klingon", "en"),
    ],
)
async def test_telegrams_language_chooses_the_bots(sandbox: SandboxServer, code: str, language: str) -> None:
    chat = Person.new(sandbox, language=code).private
    texts = Texts.load(strict=True)(language)
    await chat.text(texts.get("cancel-nothing"), to=await chat.send("/cancel"))


async def test_each_language_can_be_chosen(sandbox: SandboxServer) -> None:
    chat = Person.new(sandbox, language="sw").private
    texts = Texts.load(strict=True)
    menu = await chat.text("Your settings", to=await chat.send("/settings"))
    shown = texts("en")
    for code in reversed(Texts.languages()):
        await chat.press(shown.get("setting-language"), on=menu)
        await chat.press(shown.get(f"value-language-{code}"), on=menu)
        shown = texts(code)
        title = re.sub("<[^>]*>", "", shown.html("settings-menu")).split("\n")[0]
        await chat.text(title)
        assert chat.buttons(menu)[-1] == shown.get("button-close")
