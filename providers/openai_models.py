"""What the models behind the OpenAI Images API take; unknown parameters are refused by name, so nothing else is sent.

Source: openai-python 3.57 (November 2026), `types/image_generate_params.py` and `image_edit_params.py`. OpenAI has
retired dall-e-2 and dall-e-3 (May 2026) and gpt-image-1 (October 2026); others may still offer models of these names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from providers.shapes import Size

MEGAPIXEL = 1024 * 1024


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


def family_of(model: str) -> Family:
    return next((family for prefix, family in FAMILIES.items() if model.startswith(prefix)), COMPATIBLE)


# What goes into a field for `aspect_ratio` (docs.x.ai, "Image Generation").
RATIOS = ("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3")
