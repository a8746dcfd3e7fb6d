"""An input picture's way to the server: uploaded first, then named in the payload by the path it got there."""

import aiohttp

from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.run import Headers
from providers.errors import BadAnswer
from providers.pictures.encoded import mime_of


async def upload(link: Connection, prefix: str, image: bytes, headers: Headers, upload_id: str) -> dict[str, Json]:
    """The FileData of an encoded picture, as inputs of type Image take it in all versions.

    Raises InvalidParameter for bytes that are no PNG, JPEG, WebP or GIF, BadAnswer for an answer without a path.
    """
    mime = mime_of(image)
    name = f"picture.{mime.removeprefix('image/')}"
    form = aiohttp.FormData()
    form.add_field("files", image, filename=name, content_type=mime)
    # The type of a multipart body names its boundary, so a type of ours must not stand in its place.
    own = {key: value for key, value in headers.post.items() if key.lower() != "content-type"}
    answer = await link.post(f"{prefix}/upload?upload_id={upload_id}", form, own)
    if not (isinstance(answer, list) and answer and isinstance(answer[0], str)):
        raise BadAnswer("the picture was uploaded, but the server does not say where")
    return {
        "path": answer[0],
        "orig_name": name,
        "size": len(image),
        "mime_type": mime,
        "meta": {"_type": "gradio.FileData"},
    }
