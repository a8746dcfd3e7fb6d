"""The flags of /imagine: their names, what they expect, and how their values are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import gcd

from bot.prompt.styles import MOST_STYLES, read_names
from providers.choices import MAX_LORAS, MAX_NAME, WEIGHTS, Lora
from providers.prompt import ASPECT_RATIOS

SIZE_BOUNDS = (64, 2048)  # pixels a side
MAX_SEED = 2**32 - 1  # what Stable Diffusion's own programs draw with
RANDOM_SEEDS = {"-1", "random"}  # as other programs write it
MAX_STEPS = 500  # a guard; each model has its own, lower bound
MAX_CFG = 100
MAX_COUNT = 9  # on one sheet
MAX_MODELS = 4  # compared in one request
OWN_CHOICE = {"auto", "default"}  # of a checkpoint, sampler, scheduler or VAE: the model's own
ZOOMS = (1.1, 3.0)  # so many times as much is to be seen
MAX_RATIO = 4  # of the long to the short side, for ratios that are not in the table


@dataclass(frozen=True, slots=True)
class Flags:
    """The values of the flags; None for flags that were not given. Sizes in pixels.

    `aspect_ratio` is a key of `providers.ASPECT_RATIOS`; any other ratio, width to height, is the `shape`. An explicit
    size wins over a ratio, wherever they stand. `random_seed`: the seed is to be chosen anew, whatever the
    person's settings say. `models`: several that are to be compared; `model` is then the first. `styles`: names of
    presets; () for none at all. `checkpoint`, `sampler`, `scheduler` and `vae` are names; "" is the model's own,
    whatever the settings say, as are `loras` ().
    """

    model: str | None = None
    models: tuple[str, ...] = ()
    styles: tuple[str, ...] | None = None
    aspect_ratio: str | None = None
    shape: tuple[int, int] | None = None
    width: int | None = None
    height: int | None = None
    negative_prompt: str | None = None
    seed: int | None = None
    random_seed: bool = False
    steps: int | None = None
    guidance_scale: float | None = None
    strength: float | None = None  # 0 keeps the picture to start from, 1 ignores it
    count: int | None = None
    enhance: bool | None = None  # richer words are drawn
    checkpoint: str | None = None
    sampler: str | None = None
    scheduler: str | None = None
    vae: str | None = None
    loras: tuple[Lora, ...] | None = None
    new: bool = False  # a new picture, whatever was drawn last
    mask: bool = False  # the picture that is sent with it says what to change
    zoom: float | None = None  # so many times as much is to be seen around the picture
    pan: str | None = None  # the side to which the picture goes on

    @property
    def extends(self) -> bool:
        """Whether a picture is to go on beyond its edges."""
        return self.zoom is not None or self.pan is not None

    @property
    def sized(self) -> bool:
        """Whether they name a size or a ratio."""
        return self.width is not None or self.aspect_ratio is not None or self.shape is not None


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag. `read` adds its value to the flags read so far, or returns None for an invalid value; `expected`
    describes valid values, without words of any language. `bare` flags stand alone, and take a value only behind `=`;
    without one `read` gets an empty text."""

    expected: str
    read: Callable[[Flags, str], Flags | None]
    bare: bool = False


def _number(text: str, lowest: int, highest: int) -> int | None:
    if not re.fullmatch(r"[0-9]{1,10}", text):
        return None
    number = int(text)
    return number if lowest <= number <= highest else None


def _pair(text: str, separators: str) -> tuple[int, int] | None:
    found = re.fullmatch(rf"([0-9]{{1,5}})[{separators}]([0-9]{{1,5}})", text)
    return (int(found[1]), int(found[2])) if found else None


def _read_model(flags: Flags, text: str) -> Flags | None:
    models = tuple(dict.fromkeys(text.lower().split(",")))
    if len(models) > MAX_MODELS or not all(re.fullmatch(r"[a-z0-9._-]{1,32}", model) for model in models):
        return None
    return replace(flags, model=models[0], models=models if len(models) > 1 else ())


def _read_style(flags: Flags, text: str) -> Flags | None:
    names = read_names(text)
    if names is None:
        return None
    together = tuple(dict.fromkeys((*(flags.styles or ()), *names)))
    return replace(flags, styles=together) if len(together) <= MOST_STYLES else None


def _read_ratio(flags: Flags, text: str) -> Flags | None:
    pair = _pair(text, ":/xх×")
    if pair is None or 0 in pair:
        return None
    width, height = (side // gcd(*pair) for side in pair)
    for name in ASPECT_RATIOS:
        wide, high = (int(side) for side in name.split(":"))
        if width * high == height * wide:
            return flags if flags.width else replace(flags, aspect_ratio=name)
    if max(width, height) > MAX_RATIO * min(width, height):
        return None
    return flags if flags.width else replace(flags, shape=(width, height))


def _read_size(flags: Flags, text: str) -> Flags | None:
    pair = _pair(text, "xXхХ×*")  # a Russian layout types its own letter
    if pair is None or not all(SIZE_BOUNDS[0] <= side <= SIZE_BOUNDS[1] for side in pair):
        return None
    return replace(flags, aspect_ratio=None, shape=None, width=pair[0], height=pair[1])


def _read_no(flags: Flags, text: str) -> Flags:
    earlier = flags.negative_prompt
    return replace(flags, negative_prompt=f"{earlier}, {text}" if earlier else text)


def _read_seed(flags: Flags, text: str) -> Flags | None:
    if text.lower() in RANDOM_SEEDS:
        return replace(flags, random_seed=True)
    return None if (seed := _number(text, 0, MAX_SEED)) is None else replace(flags, seed=seed)


def _read_steps(flags: Flags, text: str) -> Flags | None:
    return None if (steps := _number(text, 1, MAX_STEPS)) is None else replace(flags, steps=steps)


def _read_cfg(flags: Flags, text: str) -> Flags | None:
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", text):
        return None
    scale = float(text.replace(",", "."))
    return replace(flags, guidance_scale=scale) if scale <= MAX_CFG else None


def _read_strength(flags: Flags, text: str) -> Flags | None:
    if not re.fullmatch(r"[0-9]{0,3}([.,][0-9]{1,6})?%?", text) or not any(char.isdigit() for char in text):
        return None
    share = float(text.rstrip("%").replace(",", ".")) / (100 if text.endswith("%") else 1)
    return replace(flags, strength=share) if share <= 1 else None


def _read_count(flags: Flags, text: str) -> Flags | None:
    return None if (count := _number(text, 1, MAX_COUNT)) is None else replace(flags, count=count)


def _read_enhance(flags: Flags, text: str) -> Flags | None:
    on = _SWITCH.get(text.lower())
    return None if on is None else replace(flags, enhance=on)


def _read_checkpoint(flags: Flags, text: str) -> Flags | None:
    return None if (name := _picked(text)) is None else replace(flags, checkpoint=name)


def _read_sampler(flags: Flags, text: str) -> Flags | None:
    return None if (name := _picked(text)) is None else replace(flags, sampler=name)


def _read_scheduler(flags: Flags, text: str) -> Flags | None:
    return None if (name := _picked(text)) is None else replace(flags, scheduler=name)


def _read_vae(flags: Flags, text: str) -> Flags | None:
    return None if (name := _picked(text)) is None else replace(flags, vae=name)


def _picked(text: str) -> str | None:
    """ "" for the model's own."""
    if text.lower() in OWN_CHOICE:
        return ""
    return text if len(text) <= MAX_NAME and text.isprintable() and not set(text) & set("<>") else None


def _read_lora(flags: Flags, text: str) -> Flags | None:
    if text.lower() == "none":
        return replace(flags, loras=flags.loras or ())
    if (lora := Lora.parse(text)) is None:
        return None
    others = [one for one in flags.loras or () if one.name != lora.name]
    return replace(flags, loras=(*others, lora)) if len(others) < MAX_LORAS else None


_SWITCH = {"": True, "on": True, "yes": True, "1": True, "off": False, "no": False, "0": False}


def _read_new(flags: Flags, text: str) -> Flags | None:
    return None if text else replace(flags, new=True)


def _read_mask(flags: Flags, text: str) -> Flags | None:
    return None if text else replace(flags, mask=True)


def _read_zoom(flags: Flags, text: str) -> Flags | None:
    if not re.fullmatch(r"[0-9]{1,2}([.,][0-9]{1,6})?[xх×]?", text, re.IGNORECASE):
        return None
    zoom = float(text.lower().rstrip("xх×").replace(",", "."))
    return replace(flags, zoom=zoom) if ZOOMS[0] <= zoom <= ZOOMS[1] else None


def _read_pan(flags: Flags, text: str) -> Flags | None:
    side = text.lower()
    return replace(flags, pan=side) if side in PANS else None


PANS = ("left", "right", "up", "down")

FLAGS: dict[str, Flag] = {
    "model": Flag("a-z 0-9 . _ -", _read_model),
    "ar": Flag(", ".join(ASPECT_RATIOS), _read_ratio),
    "size": Flag("{0}x{0} … {1}x{1}".format(*SIZE_BOUNDS), _read_size),
    "no": Flag("…", _read_no),
    "seed": Flag(f"0 … {MAX_SEED}, random", _read_seed),
    "steps": Flag(f"1 … {MAX_STEPS}", _read_steps),
    "cfg": Flag(f"0 … {MAX_CFG}", _read_cfg),
    "strength": Flag("0 … 1, 0% … 100%", _read_strength),
    "n": Flag(f"1 … {MAX_COUNT}", _read_count),
    "style": Flag("…", _read_style),
    "checkpoint": Flag("…", _read_checkpoint),
    "sampler": Flag("…", _read_sampler),
    "scheduler": Flag("…", _read_scheduler),
    "lora": Flag(f"{WEIGHTS.minimum:g} … {WEIGHTS.maximum:g}", _read_lora),
    "vae": Flag("…", _read_vae),
    "enhance": Flag("on, off", _read_enhance, bare=True),
    "new": Flag("", _read_new, bare=True),
    "mask": Flag("", _read_mask, bare=True),
    "zoom": Flag("{:g} … {:g}".format(*ZOOMS), _read_zoom),
    "pan": Flag(", ".join(PANS), _read_pan),
}
ALIASES = {"aspect": "ar"}
REPEATED = frozenset({"no", "style", "lora"})  # may stand more than once
# Names from other bots, which edit distance would not find; they are only suggested.
KNOWN_ELSEWHERE = {
    "aspect-ratio": "ar",
    "ratio": "ar",
    "m": "model",
    "v": "model",
    "version": "model",
    "negative": "no",
    "negative-prompt": "no",
    "neg": "no",
    "guidance": "cfg",
    "scale": "cfg",
    "denoise": "strength",
    "denoising": "strength",
    "denoising-strength": "strength",
    "inpaint": "mask",
    "outpaint": "zoom",
    "zoom-out": "zoom",
    "uncrop": "zoom",
    "count": "n",
    "loras": "lora",
    "ckpt": "checkpoint",
    "sd-model": "checkpoint",
    "sampling": "sampler",
    "sampling-method": "sampler",
    "method": "sampler",
    "schedule": "scheduler",
    "schedule-type": "scheduler",
    "preset": "style",
    "styles": "style",
    "stylize": "",  # how freely to follow the words; nothing here is like it
    "s": "",
    "num": "n",
    "number": "n",
}
