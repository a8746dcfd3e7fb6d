"""`imagine-bot generate`: a picture into a file, without Telegram."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.exits import one_line_errors, say
from bot.cli.preparation import prepare


def generate(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write; its ending says the format.")
    ] = Path("out.png"),
    model: Annotated[str | None, typer.Option("--model", help="A model of the catalogue.")] = None,
    ar: Annotated[str | None, typer.Option("--ar", help="Aspect ratio, such as 16:9.")] = None,
    size: Annotated[str | None, typer.Option("--size", help="Size in pixels, such as 1024x768.")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="The same seed gives the same picture.")] = None,
    steps: Annotated[str | None, typer.Option("--steps", help="Inference steps.")] = None,
    cfg: Annotated[str | None, typer.Option("--cfg", help="Guidance scale (CFG).")] = None,
    strength: Annotated[str | None, typer.Option("--strength", help="How far to depart from --image: 0 to 1.")] = None,
    no: Annotated[str | None, typer.Option("--no", help="Negative prompt.")] = None,
    checkpoint: Annotated[str | None, typer.Option("--checkpoint", help="A checkpoint that the server has.")] = None,
    sampler: Annotated[str | None, typer.Option("--sampler", help="A sampler that the model has.")] = None,
    scheduler: Annotated[str | None, typer.Option("--scheduler", help="A scheduler that the model has.")] = None,
    lora: Annotated[
        list[str] | None, typer.Option("--lora", help="A LoRA that the model has, as name or name:weight; several.")
    ] = None,
    vae: Annotated[str | None, typer.Option("--vae", help="A VAE that the model has.")] = None,
    n: Annotated[int, typer.Option("-n", "--n", help="How many, with seeds counting up.")] = 1,
    image: Annotated[
        list[Path] | None, typer.Option("--image", help="A picture to start from; several, if the model takes them.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files.")] = False,
) -> None:
    """Draw without Telegram, with a progress bar."""
    with one_line_errors():
        import asyncio

        from rich.console import Console

        prepared = prepare()
        from bot.cli.drawing import Wish, draw_to_files

        typed = {"ar": ar, "size": size, "seed": seed, "steps": steps, "cfg": cfg, "strength": strength, "no": no}
        typed |= {"checkpoint": checkpoint, "sampler": sampler, "scheduler": scheduler, "vae": vae}
        given = [(name, text) for name, text in typed.items() if text is not None]
        fields = _fields([*given, *(("lora", text) for text in lora or ())])
        if ar is not None and size is not None:
            say("--size is given, so --ar is not used")
        wish = Wish(
            prompt,
            output,
            model=model or prepared.catalog.default(prepared.settings.default_model).id,
            count=n,
            images=tuple(image or ()),
            force=force,
            fields=fields,
        )
        for path in asyncio.run(draw_to_files(prepared.catalog, wish, console=Console(stderr=True), note=say)):
            print(path)


def _fields(typed: list[tuple[str, str]]) -> dict[str, Any]:  # fields of ImageRequest, each with its own type
    """Read as in a chat, so that both take the same values. Raises InvalidParameter."""
    from bot.prompt.flags import FLAGS, Flags
    from providers import InvalidParameter

    flags = Flags()
    for name, text in typed:
        read = FLAGS[name].read(flags, text.strip())
        if read is None:
            told = text if text.isprintable() and len(text) <= 40 else "something else"
            raise InvalidParameter(f"--{name} is {told!r}; give {FLAGS[name].expected}")
        flags = read
    found = {
        "aspect_ratio": flags.aspect_ratio,
        "width": flags.width,
        "height": flags.height,
        "negative_prompt": flags.negative_prompt,
        "seed": flags.seed,
        "num_inference_steps": flags.steps,
        "guidance_scale": flags.guidance_scale,
        "strength": flags.strength,
        "checkpoint": flags.checkpoint or None,
        "sampler": flags.sampler or None,
        "scheduler": flags.scheduler or None,
        "vae": flags.vae or None,
        "loras": flags.loras or None,
    }
    return {name: value for name, value in found.items() if value is not None}
