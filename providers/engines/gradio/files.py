"""Pictures in an answer, and the URLs under which they can be fetched."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from yarl import URL

from providers.bounds import MAX_BODY, MAX_IMAGES, text
from providers.engines.gradio.diffs import MAX_DEPTH, Json

_INLINE = re.compile(r"""data:image/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+""")
_NOT_PICTURES = (".mp4", ".webm", ".mp3", ".wav", ".ogg", ".glb", ".obj", ".txt", ".json", ".csv", ".zip", ".pdf")


def pictures(data: list[Json], root: str) -> list[str]:
    """URLs of the pictures in the first output that holds any; `root` is `{base}{prefix}` of the server.

    Understands FileData, galleries, lists of files, `data:` URLs, and HTML or Markdown with inline pictures.
    """
    for output in data:
        if found := list(islice(_pictures(output, root), MAX_IMAGES)):
            return found
    return []


def _pictures(value: Json, root: str, depth: int = 0) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if value.startswith(("http://", "https://")) and " " not in value.strip():
            yield value.strip()
        else:
            yield from (found[0] for found in _INLINE.finditer(value))
    elif isinstance(value, list):
        for item in value:
            yield from _pictures(item, root, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("path") or value.get("url"), str):
            if _may_be_picture(value):
                yield file_url(value, root)
        else:
            # A gallery's item has `image`, an editor's value has `composite` beside its layers.
            yield from _pictures(value.get("image") or value.get("composite"), root, depth + 1)


def _may_be_picture(file: dict[str, Json]) -> bool:
    kind, name = file.get("mime_type"), file.get("orig_name") or file.get("path")
    if isinstance(kind, str) and kind:
        return kind.startswith("image/")
    return not (isinstance(name, str) and name.lower().endswith(_NOT_PICTURES))


def file_url(file: dict[str, Json], root: str) -> str:
    """Where to fetch a FileData.

    Its own `url` is kept when it lies on the configured origin. Else it is built from `path`: when it is null,
    relative, foreign (the root comes from headers of the POST, and a proxy or a tunnel makes it an inner host), or a
    file route cut to pieces, as Gradio 4 sends for api names that have not five letters.
    """
    url, path = file.get("url"), file.get("path")
    if not isinstance(path, str) or not path or path.startswith(("http://", "https://", "data:")):
        return url if isinstance(url, str) and url else text(path, MAX_BODY)
    if isinstance(url, str):
        if url.startswith("data:"):
            return url
        if url.startswith(f"{root}/file=") or ("/file=" not in url and _same_origin(url, root)):
            return url
    return f"{root}/file={quote(path, safe='/:@!$&()*+,;=~', errors='replace')}"


def _same_origin(url: str, root: str) -> bool:
    try:
        one, other = URL(url), URL(root)
        return one.is_absolute() and one.origin() == other.origin()
    except ValueError:
        return False
