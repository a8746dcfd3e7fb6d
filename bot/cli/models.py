"""`imagine-bot models`: what can be drawn with, and what each model takes."""

from rich.table import Table
from rich.text import Text

from providers import Catalog, UnknownModel
from providers.capabilities import Bounds
from providers.catalog.model import Model

SHORT_NAMES = {
    "negative_prompt": "no",
    "seed": "seed",
    "num_inference_steps": "steps",
    "guidance_scale": "cfg",
    "image": "picture",
}


def models_table(catalog: Catalog) -> Table:
    """All models in the order of the catalogue; the default is starred, what is not in the menus says why."""
    table = Table(box=None, pad_edge=False)
    for column in ("id", "name", "size", "takes", "tells", "state"):
        table.add_column(column, no_wrap=column == "id", overflow="fold")
    try:
        default = catalog.default().id
    except UnknownModel:
        default = None
    for model in catalog:
        state = _state(model)
        table.add_row(
            Text(model.id + (" *" if model.id == default else "")),
            Text(model.label),
            Text(_size(model)),
            Text(", ".join(short for name, short in SHORT_NAMES.items() if model.capabilities.takes(name))),
            Text(_tells(model)),
            Text(state),
            style=None if model in catalog.enabled() else "dim",
        )
    return table


def _size(model: Model) -> str:
    can = model.capabilities
    if not can.takes("width"):
        return "its own"
    width, height = _range(can.width), _range(can.height)
    return width if width == height else f"{width} x {height}"


def _range(bounds: Bounds) -> str:
    return f"{bounds.minimum:g}-{bounds.maximum:g}"


def _tells(model: Model) -> str:
    can = model.capabilities
    flags = (
        ("queue", can.queue_position),
        ("progress", can.progress),
        ("previews", can.previews),
        ("resumes", can.resume),
    )
    return ", ".join(name for name, has in flags if has)


def _state(model: Model) -> str:
    if not model.enabled:
        return "not enabled"
    if (lacking := model.lacking) is not None:
        return lacking
    return "ready"
