"""What makes each sitting creature itself: a table, drawn by `animals` and `faces`."""

from collections.abc import Callable
from dataclasses import dataclass

from providers.sketch.canvas import Point
from providers.sketch.palette import INK, Color


@dataclass(frozen=True, slots=True)
class Beast:
    """`coat` above, `belly` on chest and cheeks, `dark` on socks, ear tips and patches."""

    coat: Color
    belly: Color
    dark: Color = INK
    ears: str = "pointed"  # pointed, round, floppy, long, none
    tail: str = "bushy"  # bushy, thin, stub
    head: str = "sharp"  # sharp cheeks, round
    size: float = 1.0
    whiskers: bool = False
    patches: bool = False  # a panda's
    tip: Color | None = None  # of the tail


BEASTS = {
    "fox": Beast((232, 112, 42), (255, 246, 234), (64, 38, 40), tip=(255, 248, 240)),
    "wolf": Beast((122, 132, 150), (236, 240, 246), (58, 62, 78), size=1.1, tip=(70, 74, 92)),
    "cat": Beast((226, 152, 84), (255, 240, 220), (150, 88, 48), tail="thin", head="round", size=0.86, whiskers=True),
    "dog": Beast((196, 138, 82), (250, 236, 214), (112, 70, 44), ears="floppy", tail="thin", head="round", size=0.95),
    "bear": Beast((132, 88, 60), (188, 144, 108), (70, 46, 36), ears="round", tail="stub", head="round", size=1.15),
    "panda": Beast(
        (248, 248, 250), (255, 255, 255), (40, 38, 48), ears="round", tail="stub", head="round", patches=True
    ),
    "rabbit": Beast(
        (206, 192, 184),
        (252, 248, 246),
        (240, 176, 180),
        ears="long",
        tail="stub",
        head="round",
        size=0.78,
        whiskers=True,
    ),
}


Destination = Callable[[list[Point]], list[Point]]
