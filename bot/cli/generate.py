"""`imagine-bot generate`: the providers without Telegram, with a progress bar, into a file."""

import asyncio
import os
import tempfile
from contextlib import aclosing
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.failure import Failure
from providers import (
    Catalog,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    Picture,
    Reasoning,
)
from providers.base import random_seed
from providers.catalog.model import Model
from providers.pictures.budget import within_budget
from providers.pictures.inputs import converted, prepare_input

# Endings of files, the formats that Pillow calls so, and the type that needs no conversion.
FORMATS = {
    ".png": ("PNG", "image/png"),
    ".jpg": ("JPEG", "image/jpeg"),
    ".jpeg": ("JPEG", "image/jpeg"),
    ".webp": ("WEBP", "image/webp"),
    ".gif": ("GIF", "image/gif"),
    ".bmp": ("BMP", "image/bmp"),
}
MAX_PICTURES = 8


async def generate(
    catalog: Catalog,
    model_id: str | None,
    prompt: str,
    output: Path,
    *,
    console: Console,
    n: int = 1,
    image: Path | None = None,
    **fields: Any,  # further fields of ImageRequest, each with its own type
) -> list[Path]:
    """Draw `n` pictures one after the other, with seeds counting up, and write them: `output`, or out-1.png ...

    Returns the files in order. Raises InvalidParameter for what cannot be asked for, Failure for files that
    cannot be read or written, and the other errors of `providers`; each is one line.
    """
    model = catalog.default(model_id) if model_id is None else catalog[model_id]
    if (lacking := model.lacking) is not None:
        raise InvalidParameter(f"the model {model.id!r} cannot draw: {lacking}")
    if not 1 <= n <= MAX_PICTURES:
        raise InvalidParameter(f"n is {n}; it may be 1 to {MAX_PICTURES}")
    _check_output(output)
    if image is not None:
        fields["image"] = await _read_input(image)
    if model.capabilities.takes("seed") and fields.get("seed") is None:
        fields["seed"] = model.defaults.get("seed", random_seed())
    requests = [model.request(prompt, **_nth(fields, index)) for index in range(n)]
    model.create().prepare(requests[0])  # raises before there is a progress bar
    pictures: list[Picture] = []
    async with aiohttp.ClientSession() as session:
        with _progress_bar(console) as bar:
            for index, request in enumerate(requests):
                title = model.label if n == 1 else f"{model.label} {index + 1}/{n}"
                pictures += await _draw(model, request, session, bar, bar.add_task(title, total=1.0, status=""))
    paths = [_numbered(output, index, len(pictures)) for index in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        await asyncio.to_thread(_write, path, await _converted(path, picture))
    return paths


async def _draw(
    model: Model, request: ImageRequest, session: aiohttp.ClientSession, bar: Progress, task: TaskID
) -> list[Picture]:
    provider = model.create()
    async with aclosing(provider.generate(request, session)) as events:
        async for event in events:
            if isinstance(event, Reasoning):
                place = "" if event.position is None else f" (place {event.position})"
                bar.update(task, completed=event.progress, status=event.status + place)
            elif isinstance(event, ImageResponse):
                bar.update(task, status="Fetching")
                pictures = [await provider.fetch(url, session) for url in event.images]
                bar.update(task, completed=1.0, status="Done")
                return pictures
    return []  # never: a provider that ends without a response has raised


def _progress_bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[status]}", markup=False),  # a back-end's own words
    )
    return Progress(*columns, console=console)


def _nth(fields: dict[str, Any], index: int) -> dict[str, Any]:
    seed = fields.get("seed")
    return fields if seed is None else {**fields, "seed": seed + index}


def _numbered(output: Path, index: int, count: int) -> Path:
    return output if count == 1 else output.with_name(f"{output.stem}-{index + 1}{output.suffix}")


def _check_output(output: Path) -> None:
    """Before anything is drawn: an hour of waiting should not end in a typing mistake."""
    if output.suffix.lower() not in FORMATS:
        raise InvalidParameter(f"{output}: the ending should be one of {', '.join(FORMATS)}")
    if not output.parent.is_dir():
        raise Failure(f"{output.parent}: there is no such directory")


async def _read_input(path: Path) -> bytes:
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    return await within_budget(prepare_input, data)


def _write(path: Path, data: bytes) -> None:
    """The whole picture under its name, or nothing."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                umask = os.umask(0)
                os.umask(umask)
                Path(file.name).chmod(0o666 & ~umask)  # a temporary file is its owner's alone
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None


async def _converted(path: Path, picture: Picture) -> bytes:
    """The picture in the format of the file's ending, as it came when that is its own."""
    name, mime = FORMATS[path.suffix.lower()]
    if mime == picture.mime:
        return picture.data
    return await within_budget(converted, picture.data, name)
