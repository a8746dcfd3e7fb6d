"""What the models behind the OpenAI Images API take. Servers refuse unknown parameters, so nothing else is sent.

Sources: openai-python 3.57 (November 2026), `types/image_generate_params.py` and `image_edit_params.py`;
volcengine-ark-runtime 5.0.54, `resources/images/images.py` (Seedream); @ai-sdk/xai 5.0.12 (Grok Imagine); zai-sdk 0.2.3
(GLM-Image, CogView). OpenAI has retired dall-e-2 and dall-e-3 (May 2026) and gpt-image-1 (October 2026); others may
still offer models of these names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from providers.capabilities import Bounds
from providers.pictures.aspect_ratios import Size, nearest_size, ratio_of, ratio_size, scaled, within_ratio
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.services.openai_pictures import field_names

MEGAPIXEL = 1024 * 1024
GROWTH = 1.3  # of the area that is wanted, where the size nearest to it is too small for the model
RATIOS = ("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2")  # for `aspect_ratio`, as xAI has them


@dataclass(frozen=True, slots=True)
class Family:
    """`sends` has our parameters' names and the API's fields for them; `size` and `aspect_ratio` there stand for
    width and height together, `images` for several input pictures where their field is not that of one. No `sizes`: any
    in multiples of `step`. `fixed` are fields that go along unless the catalogue's `extra` has them."""

    sends: Mapping[str, str]
    sizes: tuple[Size, ...] = ()
    step: int = 1
    area: tuple[int, int] = (1, 16 * MEGAPIXEL)  # pixels in all, at least and at most
    longest: float = 0  # the longer side against the shorter one, at most; 0: any
    images: int = 10
    inputs: int = 1  # pictures to start from
    edits: bool = False
    picture_form: str = ""
    edit_path: str = ""
    alpha_mask: bool = False  # a mask says what to change by transparency; else by white
    streams: bool = False  # partial pictures
    response_format: bool = True
    fixed: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = field(default=())

    @property
    def taken(self) -> frozenset[str]:
        """The fields of `ImageRequest` that reach the API."""
        shaped = not {"size", "aspect_ratio", "width", "height"}.isdisjoint(self.sends)
        return frozenset(self.sends) & frozenset(OPTIONAL_PARAMETERS) | ({"width", "height"} if shaped else set())

    @property
    def input_images(self) -> int:
        """How many input pictures it takes."""
        if "image" not in self.sends:
            return 0
        return max(self.inputs, len(field_names(self.sends["image"])))

    def value(self, name: str, request: ImageRequest) -> object:
        """The value of the field for a parameter of `sends` that is no picture; None: the field is left out."""
        if name == "n":
            return request.n if request.n > 1 else None
        if name == "aspect_ratio":
            return ratio_of(request.aspect_ratio, request.width, request.height, RATIOS)
        if name != "size":
            return getattr(request, name)
        width, height = request.width or request.height, request.height or request.width
        if width is None or height is None:
            return None
        wide, high = self._size(width, height, request.aspect_ratio)
        return f"{wide}x{high}"

    def _size(self, width: int, height: int, ratio: str | None) -> Size:
        if self.sizes:
            return nearest_size(width, height, self.sizes)
        low, high = self.area
        if self.longest:
            width, height = within_ratio(width, height, self.longest)
        if ratio is not None and self.step > 1:
            return self._size_of_ratio(ratio, width * height)
        return scaled(width, height, step=self.step, low=low, high=high)

    def _size_of_ratio(self, ratio: str, area: int) -> Size:
        low, high = self.area
        bounds = Bounds(self.step, 8 * 1024, self.step)
        wanted = min(max(area, low), high)
        size = ratio_size(ratio, wanted, bounds, bounds)
        while size[0] * size[1] < low and wanted < high:
            wanted = min(int(wanted * GROWTH), high)
            size = ratio_size(ratio, wanted, bounds, bounds)
        return size if size[0] * size[1] <= high else scaled(*size, step=self.step, low=low, high=high)


GPT_IMAGE = Family(
    {"size": "size", "n": "n", "image": "image[]", "mask": "mask"},
    sizes=((1024, 1024), (1536, 1024), (1024, 1536)),
    inputs=16,
    edits=True,
    alpha_mask=True,
    streams=True,
    response_format=False,
    notes=("draws 1024x1024, 1536x1024 or 1024x1536, whichever is nearest",),
)
# Below a megapixel the API's own lower limit may refuse; above 2560x1440 sizes are experimental.
GPT_IMAGE_2 = replace(
    GPT_IMAGE,
    sizes=(),
    step=16,
    area=(MEGAPIXEL, 2560 * 1440),
    longest=3,
    notes=("sizes in multiples of 16, from 1 to 3.7 megapixels, at most 3:1",),
)
DALL_E_3 = Family(
    {"size": "size"},
    sizes=((1024, 1024), (1792, 1024), (1024, 1792)),
    images=1,
    notes=("draws 1024x1024, 1792x1024 or 1024x1792, whichever is nearest",),
)
DALL_E_2 = Family(
    {"size": "size", "n": "n"},
    sizes=((256, 256), (512, 512), (1024, 1024)),
    notes=("draws 256x256, 512x512 or 1024x1024, whichever is nearest",),
)
SEEDREAM = Family(
    {"size": "size", "seed": "seed", "image": "image"},
    step=16,
    area=(2560 * 1440, 4096 * 4096),
    longest=16,
    images=1,
    inputs=10,
    edits=True,
    picture_form="data-url",
    fixed={"watermark": False},
    notes=("sizes from 3.7 to 16.8 megapixels",),
)
SEEDREAM_4 = replace(SEEDREAM, area=(1280 * 720, 4096 * 4096), notes=("sizes from 0.9 to 16.8 megapixels",))
GROK_IMAGINE = Family(
    {"aspect_ratio": "aspect_ratio", "n": "n", "image": "image", "images": "images"},
    inputs=3,
    edits=True,
    picture_form="object",
    edit_path="/images/edits",
    notes=(f"draws in the nearest of {', '.join(RATIOS)}",),
)
GLM_IMAGE = Family(
    {"size": "size"},
    step=32,
    area=(MEGAPIXEL, 4 * MEGAPIXEL),
    images=1,
    response_format=False,
    notes=("sizes in multiples of 32, from 1 to 4 megapixels",),
)
COGVIEW = replace(
    GLM_IMAGE,
    step=16,
    area=(512 * 512, 2 * MEGAPIXEL),
    notes=("sizes in multiples of 16, up to 2 megapixels",),
)
COMPATIBLE = Family({"size": "size", "n": "n"})

# By how the last part of a name begins ("openai/gpt-image-2", "doubao-seedream-4-5-251128"); the first that fits.
# Whatever else a server offers is COMPATIBLE.
FAMILIES: Mapping[str, Family] = {
    "gpt-image-2": GPT_IMAGE_2,
    "gpt-image-": GPT_IMAGE,
    "chatgpt-image-": GPT_IMAGE,
    "dall-e-3": DALL_E_3,
    "dall-e-2": DALL_E_2,
    "seedream-4-0": SEEDREAM_4,
    "doubao-seedream-4-0": SEEDREAM_4,
    "seedream-": SEEDREAM,
    "doubao-seedream-": SEEDREAM,
    "grok-imagine-": GROK_IMAGINE,
    "glm-image": GLM_IMAGE,
    "cogview-": COGVIEW,
}


def family_of(model: str, named: Mapping[str, str]) -> Family:
    """The model's family, with the catalogue's `parameters` (`named`) if there are any."""
    name = model.rpartition("/")[2].lower()
    family = next((family for prefix, family in FAMILIES.items() if name.startswith(prefix)), COMPATIBLE)
    return replace(family, sends=named) if named else family
