"""The order of the layers, from the sky to the falling snow, and where the subjects stand."""

from collections.abc import Callable

from PIL import Image

from providers.sketch import buildings, figures, vessels, wildlife
from providers.sketch.animals import beast
from providers.sketch.beasts import BEASTS
from providers.sketch.canvas import Canvas, Point
from providers.sketch.heavens import sky
from providers.sketch.landscape import ground, ridges
from providers.sketch.meadow import meadow, mushroom
from providers.sketch.mystery import mystery
from providers.sketch.palette import lighter
from providers.sketch.scene import Scene, choose
from providers.sketch.trees import trees
from providers.sketch.water import islet, water
from providers.sketch.weather import weather
from providers.sketch.words import SOMETHING

Figure = Callable[[Canvas, Scene, Point, float], None]

UPRIGHT: dict[str, Figure] = {
    "person": figures.person,
    "astronaut": figures.astronaut,
    "robot": figures.robot,
    "penguin": wildlife.penguin,
    "owl": wildlife.owl,
    SOMETHING: mystery,
}
BUILT: dict[str, Figure] = {
    "house": buildings.house,
    "castle": buildings.castle,
    "lighthouse": buildings.lighthouse,
}
AFLOAT: dict[str, Figure] = {"boat": vessels.boat, "whale": wildlife.whale, "fish": wildlife.fish}
FLYING: dict[str, Figure] = {"balloon": vessels.balloon, "rocket": vessels.rocket}


def paint(prompt: str, seed: int, width: int, height: int, stopped: Callable[[], bool]) -> Image.Image:
    """The picture for a prompt and a seed: the same scene at every size. Raises canvas.Stopped when told to stop.

    Takes some tenths of a second of processor time; call it in a thread.
    """
    return paint_scene(choose(prompt, seed), width, height, stopped)


def paint_scene(scene: Scene, width: int, height: int, stopped: Callable[[], bool]) -> Image.Image:
    """As `paint`, of what was chosen already."""
    canvas = Canvas(width, height, stopped)
    sky(canvas, scene)
    if scene.land != "rock":
        ridges(canvas, scene)
    _in_the_air(canvas, scene)
    if scene.reading.has("city"):
        buildings.city(canvas, scene)
    if scene.land == "sea":
        water(canvas, scene)
    else:
        ground(canvas, scene)
    _row(canvas, scene, BUILT, "built")
    trees(canvas, scene)
    _row(canvas, scene, AFLOAT, "afloat")
    meadow(canvas, scene)
    _mushrooms(canvas, scene)
    _creatures(canvas, scene)
    weather(canvas, scene)
    return canvas.finished(scene.rng("grain"), scene.lit(scene.ground[1]))


def _row(canvas: Canvas, scene: Scene, kinds: dict[str, Figure], layer: str) -> None:
    """Large things that stand behind the creatures, or in their place if there are none."""
    names = [name for name in scene.reading.things if name in kinds][:3]
    dice = scene.rng(layer)
    alone = not scene.creatures
    for index, name in enumerate(names):
        spread = (index - (len(names) - 1) / 2) * 0.34
        along = 0.5 + spread + (dice.uniform(-0.08, 0.08) if alone else dice.choice((-0.27, 0.27)))
        size = canvas.unit * (0.46 if alone else 0.32) * (1 if len(names) == 1 else 0.8)
        at = (along * canvas.width, canvas.height * (scene.horizon + (1 - scene.horizon) * (0.5 if alone else 0.34)))
        if scene.land == "sea" and kinds is BUILT:
            islet(canvas, scene, at, size)
        kinds[name](canvas, scene, at, size)


def _in_the_air(canvas: Canvas, scene: Scene) -> None:
    dice = scene.rng("air")
    for name in scene.reading.things:
        if name == "rocket":
            vessels.rocket(
                canvas, scene, (canvas.width * dice.uniform(0.4, 0.55), canvas.height * 0.6), canvas.unit * 0.42
            )
        elif name == "balloon":
            places = ((0.5, 0.52, 0.36), (0.22, 0.3, 0.16), (0.8, 0.24, 0.12))
            for x, y, size in places:
                at = ((x + dice.uniform(-0.05, 0.05)) * canvas.width, y * canvas.height)
                vessels.balloon(canvas, scene, at, canvas.unit * size)
    if scene.reading.has("bird") or (scene.hour in {"day", "golden", "morning", "sunset"} and dice.random() < 0.6):
        wildlife.flock(canvas, scene, dice)


def _mushrooms(canvas: Canvas, scene: Scene) -> None:
    if not scene.reading.has("mushroom"):
        return
    dice = scene.rng("mushrooms")
    for x, y, size in ((0.26, 0.86, 0.2), (0.76, 0.84, 0.16), (0.5, 0.93, 0.36 if not scene.creatures else 0.12)):
        at = ((x + dice.uniform(-0.05, 0.05)) * canvas.width, y * canvas.height)
        mushroom(canvas, scene, at, canvas.unit * size)


def _creatures(canvas: Canvas, scene: Scene) -> None:
    dice = scene.rng("creatures")
    count = len(scene.creatures)
    for index, name in enumerate(scene.creatures):
        along = 0.5 + dice.uniform(-0.06, 0.06) + (index - (count - 1) / 2) * 0.3
        foot = (along * canvas.width, canvas.height * (0.9 + dice.uniform(-0.01, 0.02)))
        size = canvas.unit * (0.46 if count == 1 else 0.36)
        if scene.land == "sea" and not scene.reading.has("beach"):
            islet(canvas, scene, foot, size)
        canvas.glow((foot[0], foot[1] - size * 0.55), size * 0.9, size * 0.9, lighter(scene.sky[2], 0.4), 0.35)
        if name in BEASTS:
            beast(canvas, scene, name, foot, size, dice.choice((-1, 1)))
        else:
            UPRIGHT[name](canvas, scene, foot, size)
