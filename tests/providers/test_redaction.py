"""Keys and passwords stay out of errors and statuses, in whatever form a server repeats them."""

import base64
import json

import pytest
from aiohttp import web

from providers import (
    BlackForestLabs_Flux1Schnell,
    ComfyUI,
    ImageLabs,
    OpenAIImages,
    Provider,
    ProviderError,
    Unauthorized,
)
from providers.redaction import Redaction
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import serving

KEY = 'sk-"secret"/ключ+longer'
TYPED = "sk-0123456789abcdefghij"


@pytest.mark.parametrize(
    "text",
    [
        KEY, json.dumps(KEY), json.dumps(KEY).replace("/", r"\/"), repr(KEY), "sk-%22secret%22%2F", KEY[:12],
        base64.b64encode(f"name:{KEY}".encode()).decode(),
    ],
)  # fmt: skip
def test_in_each_form(text: str) -> None:
    redacted = Redaction([KEY, f"name:{KEY}"])(f"wrong: {text} there")
    assert "secret" not in redacted
    assert "[hidden]" in redacted
    assert redacted.startswith("wrong: ")
    assert redacted.endswith(" there")


def test_a_password_in_an_address() -> None:
    redact = Redaction(["http://me:pass%20word@proxy.example:3128"])
    assert redact("http://me:pass%20word@proxy.example:3128 says no") == "[hidden] says no"
    assert redact("pass word, pass%20word at proxy.example") == "[hidden], [hidden] at proxy.example"
    assert Redaction(["http://proxy.example:3128"])("proxy.example is away") == "proxy.example is away"


def test_nothing_to_hide() -> None:
    assert Redaction([None, "", "abc"])("abc") == "abc"


async def failure(provider: Provider, work: str) -> str:
    try:
        if work == "draw":
            await draw(provider)
        else:
            async with clean_session() as session:
                await provider.check(session)
    except ProviderError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("pad", [0, 250, 290, 295])
@pytest.mark.parametrize("kind", [BlackForestLabs_Flux1Schnell, ImageLabs, OpenAIImages, ComfyUI])
@pytest.mark.parametrize("status", [400, 401, 500])
async def test_a_server_that_repeats_the_key(kind: type, status: int, pad: int) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": "x" * pad + " " + TYPED, "detail": f"{'y' * pad} {TYPED}"}, status=status)

    async with serving(handler) as url:
        for work in ("draw", "check"):
            provider = kind(url=url, api_key=TYPED)
            if kind is ComfyUI:
                provider.model = "a"
            said = await failure(provider, work)
            assert TYPED[:9] not in said


def test_keys_with_a_line_end_are_stripped_and_others_refused() -> None:
    assert OpenAIImages(api_key=" sk-1234\n").api_key == "sk-1234"
    with pytest.raises(Unauthorized, match="line end"):
        OpenAIImages(api_key="sk\n1234")
