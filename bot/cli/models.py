"""`imagine-bot models`: what can be drawn with, and what each model takes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exits import one_line_errors
from bot.cli.preparation import prepare

if TYPE_CHECKING:
    from rich.table import Table

    from providers import Catalog
    from providers.capabilities import Bounds
    from providers.catalog.model import Model

SHORT_NAMES = {
    "negative_prompt": "no",
    "seed": "seed",
    "num_inference_steps": "steps",
    "guidance_scale": "cfg",
    "image": "picture",
    "checkpoint": "checkpoint",
    "sampler": "sampler",
    "scheduler": "scheduler",
    "loras": "lora",
    "vae": "vae",
    "upscaler": "upscaler",
}
STATES = {"draw": "ready", "describe": "describes", "upscale": "upscales", "cutout": "cuts out", "video": "animates"}


def models(
    workflow: Annotated[
        Path | None, typer.Option("--workflow", help="Show where a request goes in this file of ComfyUI instead.")
    ] = None,
    choices: Annotated[
        str | None, typer.Option("--choices", help="List the names that people can pick of this model instead.")
    ] = None,
) -> None:
    """List the models of the catalogue and what each can do."""
    with one_line_errors():
        from bot.cli.console import line_console, table_console

        if workflow is not None:
            from providers.servers.comfyui import describe_workflow

            line_console().print("\n".join(describe_workflow(workflow)))
            return
        prepared = prepare()
        if choices is not None:
            import asyncio

            line_console().print("\n".join(asyncio.run(choices_lines(prepared.catalog[choices]))))
            return
        console = table_console()
        console.print(models_table(prepared.catalog, prepared.settings.default_model))


def models_table(catalog: "Catalog", preferred: str | None = None) -> "Table":
    """All models in the order of the catalogue; the default is starred, what is not in the menus says why."""
    from rich.table import Table
    from rich.text import Text

    from bot.cli.model_states import why_off
    from providers import UnknownModel

    table = Table(box=None, pad_edge=False)
    for column in ("id", "name", "size", "takes", "tells", "state"):
        table.add_column(column, no_wrap=column == "id", overflow="fold")
    try:
        default = catalog.default(preferred).id
    except UnknownModel:
        default = None
    for model in catalog:
        off = why_off(model)
        table.add_row(
            Text(model.id + (" *" if model.id == default else "")),
            Text(model.label),
            Text(_size(model)),
            Text(", ".join(short for name, short in SHORT_NAMES.items() if model.capabilities.takes(name))),
            Text(_tells(model)),
            Text(STATES[model.task] if off is None else f"off: {off}"),
            style=None if off is None else "dim",
        )
    return table


def _size(model: "Model") -> str:
    can = model.capabilities
    if not can.takes("width"):
        return "its own"
    width, height = _range(can.width), _range(can.height)
    return width if width == height else f"{width} x {height}"


def _range(bounds: "Bounds") -> str:
    return f"{bounds.minimum:g}-{bounds.maximum:g}"


def _tells(model: "Model") -> str:
    can = model.capabilities
    flags = (
        ("queue", can.queue_position),
        ("progress", can.progress),
        ("previews", can.previews),
        ("resumes", can.resume),
    )
    return ", ".join(name for name, has in flags if has)


async def choices_lines(model: "Model") -> list[str]:
    """A line for each name, with the trigger words of LoRAs."""
    import aiohttp

    if not model.choices:
        return [f"{model.id} has no choices: see `choices` in docs/models.md"]
    lines: list[str] = []
    async with aiohttp.ClientSession() as session:
        for kind in model.choices:
            listed = await model.create().choices_of(kind, session)
            lines.append(f"{kind}: {len(listed)}")
            lines += [
                "  " + "  ".join(filter(None, (one.name, one.words, one.often and f"often: {one.often}")))
                for one in listed
            ]
    return lines
