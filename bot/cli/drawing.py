"""A picture without Telegram: a provider asked directly, with a progress bar, into files."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.cli.picture_files import check_output, numbered, read_input, write_picture
from providers import Catalog, ImageRequest, ImageResponse, InvalidParameter, Picture, Reasoning, UnknownModel
from providers.base import random_seed
from providers.catalog.model import Model
from providers.request import MAX_INPUT_IMAGES
from providers.tasks import VIDEO

MAX_PICTURES = 8
_SEEDS = 2**31  # that every known back-end takes; one above them counts on within 32 bits

# How the command line calls the fields of a request.
OPTIONS = {
    "negative_prompt": "--no",
    "width": "--size",
    "height": "--size",
    "seed": "--seed",
    "guidance_scale": "--cfg",
    "num_inference_steps": "--steps",
    "image": "--image",
    "strength": "--strength",
    "checkpoint": "--checkpoint",
    "sampler": "--sampler",
    "scheduler": "--scheduler",
    "loras": "--lora",
    "vae": "--vae",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn: `fields` are further ones of ImageRequest, by their names. `model` None: the default."""

    prompt: str
    output: Path
    model: str | None = None
    count: int = 1
    images: tuple[Path, ...] = ()
    force: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)  # each with its own type


async def draw_to_files(
    catalog: Catalog, wish: Wish, *, console: Console, note: Callable[[str], None] = lambda _text: None
) -> list[Path]:
    """Draw one after the other, with seeds counting up, each written as soon as it is there: `output`, or out-1.png ...

    `note` is told what the model does not take. Returns the files in order. Raises InvalidParameter for what cannot be
    asked for, Failure for files that cannot be read or written (both before anything is drawn), and the other errors
    of `providers`; each is one line.
    """
    model = _model(catalog, wish.model)
    if not 1 <= wish.count <= MAX_PICTURES:
        raise InvalidParameter(f"-n is {wish.count}; give 1 to {MAX_PICTURES}")
    _check_encoding(wish.prompt, "the prompt")
    _check_encoding(wish.fields.get("negative_prompt") or "", "--no")
    video = model.task == VIDEO
    check_output(wish.output, wish.count, force=wish.force, video=video)
    requests = await _requests(model, wish)
    dropped: list[str] = []
    for request in requests:  # raises before there is a progress bar, and before the first is paid for
        _, dropped = model.create().prepare(request)
    noted = set(dropped)
    takes = model.capabilities.input_images
    if "image" in dropped and takes:
        note(f"{model.id} starts from {takes} of the {len(wish.images)} pictures")
        dropped.remove("image")
    if asked := {OPTIONS.get(name, name): None for name in dropped if name in wish.fields or name == "image"}:
        note(f"{model.id} does not take {', '.join(asked)}: drawn without")
    paths: list[Path] = []
    late: dict[str, None] = {}  # what a server is found not to take once it is asked
    async with aiohttp.ClientSession() as session:
        with _progress_bar(console) as bar:
            for index, request in enumerate(requests):
                title = model.label if len(requests) == 1 else f"{model.label} {index + 1}/{len(requests)}"
                task = bar.add_task(title, total=1.0, status="")
                pictures, untaken = await _draw(model, request, session, bar, task)
                late |= {name: None for name in untaken if name not in noted and name in {*wish.fields, "image"}}
                alone = len(requests) == len(pictures) == 1
                for picture in pictures:
                    path = wish.output if alone else numbered(wish.output, len(paths) + 1)
                    write = partial(write_picture, path, picture, force=wish.force, video=video)
                    paths.append(await asyncio.to_thread(write))
    if late:
        note(f"{model.id} did not take {', '.join(OPTIONS.get(name, name) for name in late)}: drawn without")
    return paths


def _model(catalog: Catalog, model_id: str | None) -> Model:
    """Any that can draw, also one that is left out of menus."""
    if model_id is None:
        return catalog.default()
    if model_id not in catalog:
        able = ", ".join(model.id for model in catalog if model.lacking is None)
        raise UnknownModel(f"there is no model {model_id!r}; there are: {able}")
    model = catalog[model_id]
    if model.lacking is not None:
        raise InvalidParameter(f"the model {model.id!r} cannot draw: {model.lacking}")
    return model


def _check_encoding(text: str, what: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:  # Python's stand-ins for bytes that are no UTF-8
        raise InvalidParameter(f"{what} is not in UTF-8: set the terminal to UTF-8") from None


async def _requests(model: Model, wish: Wish) -> list[ImageRequest]:
    fields = dict(wish.fields)
    if len(wish.images) > MAX_INPUT_IMAGES:
        raise InvalidParameter(f"--image is given {len(wish.images)} times; at most {MAX_INPUT_IMAGES}")
    if wish.images:
        fields["images"] = tuple([await asyncio.to_thread(read_input, path) for path in wish.images])
    seed: int | None = fields.pop("seed", None)
    if seed is None and model.capabilities.takes("seed"):
        seed = model.defaults.get("seed", random_seed())
    if seed is None:
        return [model.request(wish.prompt, **fields)] * wish.count
    upto = _SEEDS if seed < _SEEDS else 2 * _SEEDS
    return [model.request(wish.prompt, **fields, seed=(seed + index) % upto) for index in range(wish.count)]


async def _draw(
    model: Model, request: ImageRequest, session: aiohttp.ClientSession, bar: Progress, task: TaskID
) -> tuple[list[Picture], list[str]]:
    """The pictures, and the fields of the request that were left out."""
    provider, untaken = model.create(), list[str]()
    async with aclosing(provider.generate(request, session)) as events:
        async for event in events:
            if isinstance(event, Reasoning):
                untaken += event.untaken
                place = "" if event.position is None else f" (place {event.position})"
                bar.update(task, completed=event.progress, status=event.status + place)
            elif isinstance(event, ImageResponse):
                bar.update(task, status="Fetching")
                pictures = [await provider.fetch(url, session) for url in event.images]
                bar.update(task, completed=1.0, status="Done")
                return pictures, untaken
    return [], untaken  # never: a provider that ends without a response has raised


def _progress_bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[status]}", markup=False),  # a back-end's own words
    )
    return Progress(*columns, console=console)
