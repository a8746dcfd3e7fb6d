"""Real Gradio apps with the signatures of the seeds' Spaces; run as a program, which prints the port of each.

Prompts steer them: "hold" draws for a minute, "prog" reports progress, "boom" fails, "nsfw" is refused.
"""

import json
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr
from PIL import Image


def picture(prompt: str, width: float, height: float, seed: float) -> Image.Image:
    colour = (len(prompt) * 37 % 256, int(seed) % 256, 120)
    return Image.new("RGB", (int(width), int(height)), colour)


def act(prompt: str, progress: Any) -> None:
    if "prog" in prompt:
        progress(0, desc="Starting")
        for step in range(4):
            progress((step + 1, 4), desc="Denoising")
            time.sleep(0.15)
    if "hold" in prompt:
        time.sleep(60)
    if "boom" in prompt:
        raise RuntimeError("boom")
    if "nsfw" in prompt:
        raise gr.Error("NSFW content detected")


def sd35() -> Any:
    def infer(
        prompt: str,
        negative_prompt: str,
        seed: float,
        randomize_seed: bool,
        width: float,
        height: float,
        guidance_scale: float,
        num_inference_steps: float,
        progress: Any = gr.Progress(),  # noqa: B008  (how Gradio hands it in)
    ) -> tuple[Image.Image, float]:
        act(prompt, progress)
        return picture(prompt, width, height, seed), seed

    with gr.Blocks() as app:
        inputs = [
            gr.Textbox(label="Prompt"),
            gr.Textbox(label="Negative prompt"),
            gr.Slider(0, 2**31 - 1, value=0, step=1, label="Seed"),
            gr.Checkbox(True, label="Randomize seed"),
            gr.Slider(256, 512, value=512, step=64, label="Width"),
            gr.Slider(256, 512, value=512, step=64, label="Height"),
            gr.Slider(0, 7.5, value=4.5, step=0.1, label="Guidance"),
            gr.Slider(1, 50, value=40, step=1, label="Steps"),
        ]
        button = gr.Button("Run")
        button.click(infer, inputs, [gr.Image(), gr.Number()], api_name="infer")
    return app


def schnell() -> Any:
    def infer(
        prompt: str,
        seed: float,
        randomize_seed: bool,
        width: float,
        height: float,
        num_inference_steps: float,
        progress: Any = gr.Progress(),  # noqa: B008
    ) -> tuple[Image.Image, float]:
        act(prompt, progress)
        return picture(prompt, width, height, seed), seed

    with gr.Blocks() as app:
        inputs = [
            gr.Textbox(),
            gr.Slider(0, 2**31 - 1, value=0, step=1),
            gr.Checkbox(True),
            gr.Slider(256, 1024, value=512, step=32),
            gr.Slider(256, 1024, value=512, step=32),
            gr.Slider(1, 50, value=4, step=1),
        ]
        gr.Button("Run").click(infer, inputs, [gr.Image(format="jpeg"), gr.Number()], api_name="infer")
    return app


def dev() -> Any:
    def infer(
        prompt: str,
        seed: float,
        randomize_seed: bool,
        width: float,
        height: float,
        guidance_scale: float,
        num_inference_steps: float,
        progress: Any = gr.Progress(),  # noqa: B008
    ) -> Iterator[tuple[Image.Image, float]]:
        gr.Info("Loading weights")
        act(prompt, progress)
        for step in range(3):
            yield picture(prompt, width, height, seed + step + 1), seed
            time.sleep(0.05)

    with gr.Blocks() as app:
        gr.Button("Other").click(lambda: None, None, None, api_name="other")
        inputs = [
            gr.Textbox(),
            gr.Slider(0, 2**31 - 1, value=0, step=1),
            gr.Checkbox(True),
            gr.Slider(256, 1024, value=512, step=32),
            gr.Slider(256, 1024, value=512, step=32),
            gr.Slider(1, 15, value=3.5, step=0.1),
            gr.Slider(1, 50, value=28, step=1),
        ]
        gr.Button("Run").click(infer, inputs, [gr.Image(format="png"), gr.Number()], api_name="infer")
    return app


def janus() -> Any:
    def understand(image: Any, question: str, seed: float, top_p: float, temperature: float) -> str:
        return f"a picture of {image.shape[1]}x{image.shape[0]}"

    def generate_image(
        prompt: str,
        seed: float,
        guidance: float,
        temperature: float,
        progress: Any = gr.Progress(),  # noqa: B008
    ) -> list[Image.Image]:
        act(prompt, progress)
        return [picture(prompt, 64, 64, seed + i) for i in range(5)]

    with gr.Blocks() as app:
        looked = [gr.Image(), gr.Textbox(), gr.Number(42), gr.Slider(0, 1, 0.95), gr.Slider(0, 1, 0.1)]
        gr.Button("Chat").click(understand, looked, gr.Textbox(), api_name="multimodal_understanding")
        inputs = [gr.Textbox(), gr.Number(1234), gr.Slider(1, 10, 5), gr.Slider(0, 1, 1)]
        gr.Button("Run").click(generate_image, inputs, gr.Gallery(), api_name="generate_image")
    return app


def flux() -> Any:
    def predict(
        prompt: str, seed: float, width: float, height: float, randomize_seed: bool, steps: float
    ) -> tuple[Image.Image, float]:
        act(prompt, None)
        return picture(prompt, width, height, seed), seed

    with gr.Blocks() as app:
        inputs = [
            gr.Textbox(),
            gr.Number(42),
            gr.Slider(32, 1024, value=512, step=8),
            gr.Slider(32, 1024, value=512, step=8),
            gr.Checkbox(True),
            gr.Slider(1, 4, value=1, step=1),
        ]
        gr.Button("Run").click(predict, inputs, [gr.Image(), gr.Number()], api_name="predict")
    return app


def odd() -> Any:
    """What only a generic mapping can draw with: another order, a hidden state, choices, an input picture."""

    def restyle(
        strength: float, state: Any, style: str, picture: Any, steps: float, prompt: str
    ) -> tuple[str, Image.Image]:
        size = (64, 64) if picture is None else (picture.shape[1], picture.shape[0])
        return f"{style} {steps:g}", Image.new("RGB", size, (int(strength * 255), 0, 0))

    def shout(text: str) -> str:
        return text.upper()

    with gr.Blocks() as app:
        inputs = [
            gr.Slider(0, 1, value=0.5),
            gr.State("hidden"),
            gr.Dropdown(["photo", "drawing"], value="photo"),
            gr.Image(),
            gr.Slider(1, 10, value=3, step=1),
            gr.Textbox(),
        ]
        gr.Button("Run").click(restyle, inputs, [gr.Textbox(), gr.Image(format="png")], api_name="restyle")
        gr.Button("Shout").click(shout, gr.Textbox(), gr.Textbox(), api_name="shout")
    return app


def plain() -> Any:
    """As short as an app can be: nothing is called prompt."""

    def paint(words: str) -> Image.Image:
        return picture(words, 64, 48, len(words))

    return gr.Interface(paint, "text", "image", api_name="paint")


def several() -> Any:
    """A function that takes a prompt and gives words stands before the one that draws, with choices and a default that
    lies off its slider's grid."""

    def enhance(prompt: str) -> str:
        return f"{prompt}, in oil"

    def draw(prompt: str, aspect_ratio: str, number: float) -> tuple[str, Image.Image]:
        width, height = (int(side) for side in aspect_ratio.partition("(")[2].rstrip(")").split("x"))
        return f"{aspect_ratio} {number:g}", Image.new("RGB", (width, height), (int(number * 10), 0, 0))

    with gr.Blocks() as app:
        gr.Button("Enhance").click(enhance, gr.Textbox(label="Prompt"), gr.Textbox(), api_name="generate")
        shapes = gr.Radio(["1:1 (64x64)", "16:9 (128x72)", "9:16 (72x128)"], value="1:1 (64x64)", label="Aspect ratio")
        inputs = [gr.Textbox(), shapes, gr.Slider(0, 20, value=7, step=2, label="Number")]
        gr.Button("Draw").click(draw, inputs, [gr.Textbox(), gr.Image(format="png")], api_name="paint")
    return app


def pictures() -> Any:
    """What apps do with input pictures: a plain one, an editor with layers, a gallery. The answer's size tells what
    came: the width of the first picture, and as many rows as there were pictures and layers."""

    def edit(prompt: str, sketch: Any) -> Image.Image:
        if sketch is None or sketch["background"] is None:
            return Image.new("RGB", (1, 1))
        return Image.new("RGB", (sketch["background"].shape[1], 1 + len(sketch["layers"])))

    def collect(prompt: str, base: Any, images: Any) -> Image.Image:
        width = 1 if base is None else base.shape[1]
        return Image.new("RGB", (width, 1 + len(images or ())))

    with gr.Blocks() as app:
        gr.Button("Edit").click(edit, [gr.Textbox(), gr.ImageEditor()], gr.Image(format="png"), api_name="edit")
        inputs = [gr.Textbox(), gr.Image(), gr.Gallery()]
        gr.Button("Collect").click(collect, inputs, gr.Image(format="png"), api_name="collect")
    return app


APPS = {
    "sd35": sd35, "schnell": schnell, "dev": dev, "janus": janus, "flux": flux, "odd": odd, "plain": plain,
    "several": several, "pictures": pictures, "locked": odd,
}  # fmt: skip
PASSWORDS = {"locked": ("me", "open sesame")}

TRIES = 5


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def launched(name: str, tries_left: int = TRIES) -> int:
    """The port on which the app listens; Gradio cannot choose it. Somebody else may have taken it meanwhile."""
    modern = {} if gr.__version__.startswith("4.") else {"ssr_mode": False}
    port = free_port()
    try:
        APPS[name]().queue(default_concurrency_limit=1).launch(
            server_name="127.0.0.1",
            server_port=port,
            quiet=True,
            prevent_thread_lock=True,
            auth=PASSWORDS.get(name),
            **modern,
        )
    except OSError:
        if tries_left:
            return launched(name, tries_left - 1)
        raise
    return port


if __name__ == "__main__":
    print("ready", json.dumps({name: launched(name) for name in APPS}), flush=True)
    sys.stdin.read()  # until the test closes it
