"""What the models behind the OpenAI Images API take; unknown parameters are refused by name, so nothing else is sent.

Source: openai-python 3.57 (November 2026), `types/image_generate_params.py` and `image_edit_params.py`. OpenAI has
retired dall-e-2 and dall-e-3 (May 2026) and gpt-image-1 (October 2026); others may still offer models of these names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from providers.pictures.aspect_ratios import Size, nearest_ratio, nearest_size, scaled
from providers.pictures.encoded import data_url, mime_of
from providers.request import OPTIONAL_PARAMETERS, ImageRequest

MEGAPIXEL = 1024 * 1024
MULTIPART = ("image", "image[]")  # fields of /images/edits; under any other name a picture goes as a data: URL
RATIOS = ("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3")  # for `aspect_ratio` (docs.x.ai, "Image Generation")


@dataclass(frozen=True, slots=True)
class Family:
    """`sends` has our parameters' names and the API's fields for them; `size` and `aspect_ratio` there stand for
    width and height together. No `sizes`: any in multiples of `step`."""

    sends: Mapping[str, str]
    sizes: tuple[Size, ...] = ()
    step: int = 1
    area: tuple[int, int] = (1, 16 * MEGAPIXEL)  # pixels in all, at least and at most
    images: int = 10
    streams: bool = False  # partial pictures
    response_format: bool = True
    notes: tuple[str, ...] = field(default=())

    @property
    def taken(self) -> frozenset[str]:
        """The fields of `ImageRequest` that reach the API."""
        shaped = not {"size", "aspect_ratio", "width", "height"}.isdisjoint(self.sends)
        return frozenset(self.sends) & frozenset(OPTIONAL_PARAMETERS) | ({"width", "height"} if shaped else set())

    def value(self, name: str, request: ImageRequest) -> object:
        """What goes into the field for one of `sends`; None: nothing."""
        if name == "n":
            return request.n if request.n > 1 else None
        if name == "image":
            return None if request.first_image is None else data_url(request.first_image, mime_of(request.first_image))
        if name not in {"size", "aspect_ratio"}:
            return getattr(request, name)
        width, height = request.width or request.height, request.height or request.width
        if width is None or height is None:
            return None
        if name == "aspect_ratio":
            return nearest_ratio(width, height, RATIOS)
        wide, high = self._size(width, height)
        return f"{wide}x{high}"

    def _size(self, width: int, height: int) -> Size:
        if self.sizes:
            return nearest_size(width, height, self.sizes)
        low, high = self.area
        return scaled(width, height, step=self.step, low=low, high=high)


GPT_IMAGE = Family(
    {"size": "size", "n": "n", "image": "image[]"},
    sizes=((1024, 1024), (1536, 1024), (1024, 1536)),
    streams=True,
    response_format=False,
    notes=("draws 1024x1024, 1536x1024 or 1024x1536, whichever is nearest",),
)
# Below a megapixel the API's own lower limit may refuse; above 2560x1440 sizes are experimental.
GPT_IMAGE_2 = Family(
    GPT_IMAGE.sends,
    step=16,
    area=(MEGAPIXEL, 2560 * 1440),
    streams=True,
    response_format=False,
    notes=("sizes in multiples of 16, from 1 to 3.7 megapixels",),
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
COMPATIBLE = Family({"size": "size", "n": "n"})

# By how a name begins; the first that fits. Whatever else a server offers is COMPATIBLE.
FAMILIES: Mapping[str, Family] = {
    "gpt-image-2.6": GPT_IMAGE,  # not among those of which any size is documented
    "gpt-image-2": GPT_IMAGE_2,
    "gpt-image-": GPT_IMAGE,
    "chatgpt-image-": GPT_IMAGE,
    "dall-e-3": DALL_E_3,
    "dall-e-2": DALL_E_2,
}


def family_of(model: str, named: Mapping[str, str]) -> Family:
    """The model's own, with what the catalogue says that it takes (`parameters`), if it says so."""
    family = next((family for prefix, family in FAMILIES.items() if model.startswith(prefix)), COMPATIBLE)
    return replace(family, sends=named) if named else family
