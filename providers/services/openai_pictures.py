"""Input pictures in requests with OpenAI's API: as files of a form, or in JSON fields, as each server wants them.

A field's name in the catalogue may be a list ("image, image2, image3": one picture each) or end with brackets
("reference_images[]": a list even of one picture). In a form, brackets belong to the name, and the name is repeated.
"""

from collections.abc import Sequence

import aiohttp

from providers.pictures.encoded import data_url, mime_of, plain_base64

FILE, DATA_URL, BASE64, OBJECT = "file", "data-url", "base64", "object"
FORMS = (FILE, DATA_URL, BASE64, OBJECT)
FILE_FIELDS = ("image", "image[]")  # sent as files unless the catalogue says another form


def field_names(field: str) -> list[str]:
    """The names in a list of fields."""
    return [name for part in field.split(",") if (name := part.strip())]


def form_of(field: str, stated: str) -> str:
    """The form in which pictures are sent: the one that the catalogue or the model's family states, else that of
    OpenAI's own fields."""
    return stated or (FILE if field in FILE_FIELDS else DATA_URL)


def encoded(picture: bytes, form: str) -> object:
    """A picture as a JSON value. Raises InvalidParameter if it is no PNG, JPEG, WebP or GIF."""
    mime = mime_of(picture)
    match form:
        case "base64":
            return plain_base64(picture)
        case "object":
            return {"url": data_url(picture, mime), "type": "image_url"}
    return data_url(picture, mime)


def json_fields(field: str, pictures: Sequence[bytes], form: str) -> dict[str, object]:
    """The JSON fields with the pictures, in order. Raises InvalidParameter if one is no PNG, JPEG, WebP or GIF."""
    values = [encoded(picture, form) for picture in pictures]
    names = field_names(field)
    if len(names) > 1:
        return dict(zip(names, values, strict=False))
    if field.endswith("[]"):
        return {field.removesuffix("[]"): values}
    return {field: values[0] if len(values) == 1 else values}


def add_files(form: aiohttp.FormData, field: str, pictures: Sequence[bytes]) -> None:
    """Adds the pictures to the form as files, in order. Raises InvalidParameter if one is no PNG, JPEG, WebP or GIF."""
    names = field_names(field)
    for number, picture in enumerate(pictures):
        mime = mime_of(picture)
        name = names[min(number, len(names) - 1)]
        filename = f"picture{number or ''}.{mime.rpartition('/')[2]}"
        form.add_field(name, picture, filename=filename, content_type=mime)
