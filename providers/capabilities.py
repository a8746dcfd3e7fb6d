"""What a provider declares that it can do; menus, notes under a picture and validation follow from it."""

import math
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Bounds:
    """An inclusive range with the step in which a value may move, as a slider has it. `rounds`: the provider brings
    what lies between two steps to one of them by itself, so that it need not be refused."""

    minimum: float
    maximum: float
    step: float = 1
    rounds: bool = False

    def clamp(self, value: float) -> float:
        """The nearest value within the range, rounded down to a step counted from zero."""
        value = min(max(value, self.minimum), self.maximum)
        # 3.5 / 0.1 is a hair less than 35, which must not cost a step.
        stepped = round(math.floor(value / self.step + 1e-6) * self.step, 6)
        return min(max(stepped, self.minimum), self.maximum)

    def __contains__(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum and self.on_step(value)

    def on_step(self, value: float) -> bool:
        """Whether a value can be sent as it is: it lies on a step, counted from zero, or is rounded to one. Steps below
        one say how fine a slider is, and refuse nothing."""
        return self.step <= 1 or self.rounds or value % self.step == 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`parameters` holds the names of `ImageRequest` fields that reach the back-end; the prompt goes unsaid.

    `width` and `height` bounds are in pixels, `images` is how many pictures one run can be asked for by `n`
    (a back-end that always answers with a gallery still has 1 here). `input_images` is how many input pictures it
    takes (0, unless `image` is among the parameters; then at least 1). `edits` says that it is an instruction editor:
    the prompt says what to change in the input pictures, instead of describing the whole picture. `area` is how many
    pixels a picture of a given ratio gets where nobody says a size. `words` is False for what makes something of a
    picture without any: then the prompt may be empty. `scale` is how many times as long the sides of an upscaled
    picture are, None where that is not known, and `input_pixels` how large an input picture may be.
    """

    parameters: frozenset[str]
    width: Bounds = Bounds(64, 2048, 8)
    height: Bounds = Bounds(64, 2048, 8)
    steps: Bounds = Bounds(1, 100)
    guidance: Bounds = Bounds(0, 30, 0.1)
    images: int = 1
    input_images: int = 0
    edits: bool = False
    area: int = 1024 * 1024
    words: bool = True
    scale: float | None = None
    input_pixels: int | None = None
    progress: bool = False
    previews: bool = False
    queue_position: bool = False
    cancel: bool = False
    resume: bool = False
    notes: tuple[str, ...] = field(default=())  # facts worth a line in `imagine-bot models`

    def __post_init__(self) -> None:
        if "image" not in self.parameters:
            object.__setattr__(self, "input_images", 0)
        elif not self.input_images:
            object.__setattr__(self, "input_images", 1)

    def with_input_images(self, count: int) -> "Capabilities":
        """The same back-end, known to take so many input pictures (0: none)."""
        parameters = self.parameters | {"image"} if count else self.parameters - {"image"}
        return replace(self, input_images=count, parameters=parameters)

    def takes(self, parameter: str) -> bool:
        return parameter in self.parameters
