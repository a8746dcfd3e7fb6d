"""An example of a server for OUTPUT_CHECK_URL: see output-check.md.

python docs/output_check_server.py --port 8500 [--judge my_module:my_function]

A judge gets the picture (a `PIL.Image` in RGB) and the prompt, and returns "allow", "spoiler" or "refuse". The one
below only counts pixels of the colours of skin. It shows where a real classifier goes and is none.
"""

import argparse
import asyncio
import base64
import binascii
import importlib
import io
import json
from collections.abc import Callable

from aiohttp import web
from PIL import Image, UnidentifiedImageError

Judge = Callable[[Image.Image, str], str]
COVERED_FROM, REFUSED_FROM = 0.4, 0.8  # shares of the picture


def judge_by_skin(picture: Image.Image, prompt: str) -> str:
    pixels = picture.resize((64, 64)).convert("YCbCr").tobytes()
    skin = sum(77 <= blue <= 127 and 133 <= red <= 173 for blue, red in zip(pixels[1::3], pixels[2::3], strict=True))
    share = skin / (64 * 64)
    return "refuse" if share >= REFUSED_FROM else "spoiler" if share >= COVERED_FROM else "allow"


def application(judge: Judge) -> web.Application:
    async def check(request: web.Request) -> web.Response:
        try:
            asked = await request.json()
            data = base64.b64decode(asked["picture"], validate=True)
            with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
                verdict = await asyncio.to_thread(judge, picture.convert("RGB"), str(asked["prompt"]))
        except (json.JSONDecodeError, KeyError, TypeError, binascii.Error, UnidentifiedImageError, OSError):
            raise web.HTTPBadRequest(text="give a JSON object with picture (a JPEG in base64) and prompt") from None
        return web.json_response({"verdict": verdict})

    app = web.Application(client_max_size=4 * 1024 * 1024)
    app.router.add_post("/", check)
    return app


def named_judge(name: str) -> Judge:
    module, _, function = name.partition(":")
    judge: Judge = getattr(importlib.import_module(module), function)
    return judge


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Checks pictures for imagine-bot.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8500)
    parser.add_argument("--judge", help="module:function in place of the built-in one")
    given = parser.parse_args()
    judge = named_judge(given.judge) if given.judge else judge_by_skin
    web.run_app(application(judge), host=given.host, port=given.port)
