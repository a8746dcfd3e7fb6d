"""What to paint for a prompt: the hour, the land, what stands on it. All choices are made here, by hash if need be."""

import random
from dataclasses import dataclass, field, replace

from providers.sketch.palette import EARTHLY, LIGHT, NAMED, SKIES, Color, Sky, darker, lighter, mix
from providers.sketch.words import SOMETHING, Reading, read

# For a prompt that names nothing at all.
VIEWS: tuple[tuple[str, ...], ...] = (
    ("mountain", "balloon", "sunrise"),
    ("sea", "boat", "sunset"),
    ("snow", "house", "night"),
    ("meadow", "flower", "sunrise"),
    ("desert", "balloon", "sunset"),
    ("sea", "lighthouse", "dusk"),
    ("mountain", "aurora", "snow"),
    ("forest", "fog", "sunrise", "mountain"),
    ("sea", "mountain", "boat", "sun"),
    ("city", "dusk"),
)
# The surroundings of a subject that the painter cannot draw.
BARE_VIEWS: tuple[tuple[str, ...], ...] = (
    ("mountain", "sunrise"),
    ("meadow", "sun"),
    ("snow", "aurora"),
    ("desert", "sunset"),
    ("meadow", "dusk", "mountain"),
)

# A colour said of one of these goes where they are: "white cat, blue sky".
HIGH = ("cloud", "sunset", "sunrise", "night", "dusk", "space", "star")
LOW = ("sea", "meadow", "snow", "desert", "beach")

CREATURES = ("fox", "wolf", "cat", "dog", "bear", "panda", "rabbit", "owl", "penguin", "person", "astronaut", "robot")
LANDS: dict[str, tuple[Color, Color]] = {  # near the horizon, and at our feet
    "snow": ((240, 245, 253), (188, 208, 240)),
    "grass": ((132, 176, 98), (44, 96, 62)),
    "sand": ((244, 216, 160), (206, 150, 94)),
    "sea": ((110, 172, 200), (22, 74, 122)),
    "rock": ((132, 104, 132), (50, 34, 66)),
}


@dataclass(frozen=True, slots=True)
class Scene:
    prompt: str
    seed: int
    reading: Reading
    hour: str
    sky: Sky
    land: str
    ground: tuple[Color, Color]
    horizon: float  # of the height, from the top
    trees: str  # conifer, leafy, sakura, palm, cactus or none
    density: float  # of trees, 0 to 1
    mountains: bool
    weather: tuple[str, ...]
    creatures: tuple[str, ...]
    tints: dict[str, Color] = field(default_factory=dict)

    def rng(self, layer: str) -> random.Random:
        """A dice of each layer's own, so that one layer's throws do not move another's."""
        return random.Random(f"{self.seed}/{self.prompt}/{layer}")

    def lit(self, color: Color, exposure: float = 1) -> Color:
        """A thing's colour in the light of the hour; less exposed things keep more of their own."""
        light, amount = LIGHT[self.hour]
        return mix(color, light, amount * exposure)

    @property
    def dark(self) -> bool:
        return self.hour in {"night", "space", "dusk", "sunset"}


def choose(prompt: str, seed: int) -> Scene:
    """The scene for a prompt and a seed: always the same for the same two."""
    reading = read(prompt)
    dice = random.Random(f"{seed}/{prompt}/scene")
    if not reading.things:
        reading = replace(reading, things=dice.choice(BARE_VIEWS if reading.stand_in else VIEWS))
    land = _land(reading)
    hour = _hour(reading, land, dice)
    above, below = _named(reading, land, hour)
    sky, ground, high = _colored(SKIES[hour], LANDS[land], above, below)
    trees, density = _trees(reading, land, dice)
    weather = [kind for kind in ("snow", "rain", "fog", "aurora", "rainbow") if reading.has(kind)]
    if land == "grass" and reading.has("autumn"):
        weather.append("leaves")
    creatures = tuple(thing for thing in reading.things if thing in CREATURES)[:3]
    return Scene(
        prompt=prompt,
        seed=seed,
        reading=reading,
        hour=hour,
        sky=sky,
        land=land,
        ground=ground,
        horizon=high + dice.uniform(-0.02, 0.02),
        trees=trees,
        density=density,
        mountains=reading.has("mountain") or (land in {"snow", "grass", "sea"} and dice.random() < 0.45),
        weather=tuple(weather),
        creatures=(SOMETHING,) if reading.stand_in else creatures,
        tints={thing: NAMED[name][0] for thing, name in reading.tinted.items()},
    )


def _land(reading: Reading) -> str:
    if reading.has("space", "planet", "astronaut", "rocket") and not reading.has("sea", "snow", "desert", "forest"):
        return "rock"
    if reading.has("snow", "penguin"):
        return "snow"
    if reading.has("desert", "cactus"):
        return "sand"
    if reading.has("sea", "city", "boat", "whale", "fish", "beach", "lighthouse"):
        return "sea"
    return "grass"


def _hour(reading: Reading, land: str, dice: random.Random) -> str:
    for hour, things in (
        ("sunset", ("sunset",)),
        ("morning", ("sunrise",)),
        ("dusk", ("dusk",)),
        ("night", ("night", "moon", "star", "aurora", "owl")),
        ("rain", ("rain",)),
        ("day", ("sun", "rainbow", "cloud")),
    ):
        if reading.has(*things):
            return "space" if land == "rock" and hour == "night" else hour
    if land == "rock":
        return "space"
    if "black" in reading.colors:
        return "night"
    if EARTHLY.get(land, set()) & set(reading.colors):
        return "day"
    if land == "snow":
        return dice.choice(("winter", "winter", "dusk", "morning"))
    return dice.choice(("day", "morning", "golden", "sunset", "dusk", "golden"))


def _named(reading: Reading, land: str, hour: str) -> tuple[str | None, str | None]:
    """Which of the prompt's colours the sky takes, and which the land: each that is named gets a large share."""
    names = list(reading.colors)
    bright = hour in {"day", "morning", "golden", "winter"} and not reading.has("fog", "city")
    below = next((reading.tinted[thing] for thing in LOW if thing in reading.tinted), None)
    if below is None:
        below = next((name for name in names if bright and name in EARTHLY.get(land, set())), None)
    above = next((reading.tinted[thing] for thing in HIGH if thing in reading.tinted), None)
    if above is None:
        above = next((name for name in names if name != below), None)
    if below is None and len(names) > 1:
        below = next((name for name in names if name != above), None)
    if land == "sea" and above is None:  # it mirrors its sky
        above = below
    return above, None if below == above and land != "sea" else below


def _colored(
    sky: Sky, ground: tuple[Color, Color], above: str | None, below: str | None
) -> tuple[Sky, tuple[Color, Color], float]:
    """Sky and ground in the named colours, and how far down the sky reaches then."""
    if above is not None:
        color = NAMED[above][0]
        depth = 0.03 if above == "white" else 0.14
        sky = (darker(color, depth), color, lighter(color, 0.04 if above == "black" else 0.14))
    if below is not None:
        color = NAMED[below][0]
        ground = (color, darker(color, 0.05 if below == "white" else 0.12))
    if above is None:
        return sky, ground, 0.6 if below is None else 0.48
    return sky, ground, 0.66 if below is None else 0.54


def _trees(reading: Reading, land: str, dice: random.Random) -> tuple[str, float]:
    if land == "rock":
        return "none", 0
    full = 1.0 if reading.has("forest") else 0.45
    for kind in ("sakura", "palm", "cactus", "conifer"):
        if reading.has(kind):
            return kind, max(full, 0.5)
    if land == "snow":
        return "conifer", max(full, 0.6)
    if land == "sand":
        return "cactus", 0.3
    if land == "sea":
        return ("palm", 0.4) if reading.has("beach") else ("none", 0)
    if reading.has("tree", "autumn"):
        return "leafy", max(full, 0.5)
    return dice.choice(("conifer", "leafy")), full
