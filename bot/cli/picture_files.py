"""Pictures as files of the command line: read to start from, and written in the format that the ending says."""

import io
import os
import tempfile
from pathlib import Path

from bot.failure import Failure
from providers import BadAnswer, InvalidParameter, Picture, read_picture
from providers.pictures.video import SUFFIXES

# Endings of files, the formats that Pillow calls so, and the type that needs no conversion.
FORMATS = {
    ".png": ("PNG", "image/png"),
    ".jpg": ("JPEG", "image/jpeg"),
    ".jpeg": ("JPEG", "image/jpeg"),
    ".webp": ("WEBP", "image/webp"),
    ".gif": ("GIF", "image/gif"),
    ".bmp": ("BMP", "image/bmp"),
}
LARGEST_INPUT = 25_000_000  # bytes


def numbered(output: Path, number: int) -> Path:
    """`out.png` and 2: `out-2.png`."""
    return output.with_name(f"{output.stem}-{number}{output.suffix}")


def check_output(output: Path, count: int, *, force: bool, video: bool = False) -> None:
    """That `count` pictures can be written, before anything is drawn or paid for. Of a `video` the ending says nothing:
    it gets its own. Raises InvalidParameter for an ending without a format, Failure for a place that cannot be written,
    or that holds a file unless `force`."""
    if output.is_dir():
        raise Failure(f"{output}: is a folder; give the name of a file, such as {output / 'out.png'}")
    if not video and output.suffix.lower() not in FORMATS:
        raise InvalidParameter(f"{output}: the ending should be one of {', '.join(FORMATS)}")
    if not output.parent.is_dir():
        raise Failure(f"{output.parent}: there is no such folder")
    if not os.access(output.parent, os.W_OK | os.X_OK):
        raise Failure(f"{output.parent}: cannot be written")
    for path in [output] if count == 1 else [numbered(output, number) for number in range(1, count + 1)]:
        if path.exists() and not force:
            raise Failure(f"{path}: is there already; --force overwrites it, -o names another file")


def read_input(path: Path) -> bytes:
    """A picture to start from. Raises Failure, which never quotes what is in the file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_INPUT + 1)
        return read_picture(data).data
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    except BadAnswer:
        raise Failure(
            f"{path}: no picture that can be read (PNG, JPEG, WebP, GIF or AVIF; at most 25 MB and 50 megapixels)"
        ) from None


def write_picture(path: Path, picture: Picture, *, force: bool, video: bool = False) -> Path:
    """The whole picture under its name, or nothing; a `video` as it came, with the ending of its format. Without
    `force` a name that is taken becomes the next free one: a picture that was drawn is not lost. Returns the file.
    Raises Failure."""
    if video:
        path = path.with_suffix(f".{SUFFIXES.get(picture.mime, 'bin')}")
    data = picture.data if video else _converted(path, picture)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                umask = os.umask(0)
                os.umask(umask)
                temporary.chmod(0o666 & ~umask)  # a temporary file is its owner's alone
                number, target = 1, path
                while target.exists() and not force:
                    number += 1
                    target = numbered(path, number)
                temporary.replace(target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    return target


def _converted(path: Path, picture: Picture) -> bytes:
    """The picture in the format of the file's ending, as it came when that is its own."""
    name, mime = FORMATS[path.suffix.lower()]
    if mime == picture.mime:
        return picture.data
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(picture.data)) as image:
        mode = "RGB" if name in {"JPEG", "BMP"} or image.mode not in {"RGB", "RGBA", "L"} else image.mode
        image.convert(mode).save(buffer, name)
    return buffer.getvalue()
