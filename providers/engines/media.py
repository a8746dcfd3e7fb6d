"""Base64 pictures inside JSON, as `data:` URLs for `fetch_picture`, which decodes them and believes no claim."""

from providers.errors import BadAnswer

# How the base64 of each form begins (its first bytes, encoded).
_BEGINNINGS = {"iVBOR": "image/png", "/9j/": "image/jpeg", "UklGR": "image/webp", "R0lGOD": "image/gif"}


def inline(encoded: object) -> str:
    """A `data:` URL of a base64 text; one that is a `data:` URL already stays. Raises BadAnswer if it is no text."""
    if not isinstance(encoded, str) or not encoded:
        raise BadAnswer("a picture that is no text in base64")
    if encoded[:5].lower() == "data:":
        return encoded
    mime = next((mime for start, mime in _BEGINNINGS.items() if encoded.startswith(start)), "image/png")
    return f"data:{mime};base64,{encoded}"
