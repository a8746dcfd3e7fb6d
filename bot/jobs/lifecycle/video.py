"""Videos in the form that Telegram takes: some play by themselves, some have a player, some are sent as files."""

from bot.telegram.outbox.messages import ANIMATION, VIDEO, FinalPicture, Motion
from providers.pictures.video import GIF, MP4, SUFFIXES, read_video_header

# https://core.telegram.org/bots/api#sendanimation: "GIF or H.264/MPEG-4 AVC video without sound"; #sendvideo: "MPEG4
# videos (other formats may be sent as Document)".
SHOWN = frozenset({MP4, GIF})
_H264 = frozenset({"avc1", "avc2", "avc3", "avc4"})


def fitted_video(data: bytes, name: str, *, spoiler: bool, thumbnail: bytes | None) -> FinalPicture:
    """A video as it is: nothing of it is decoded or changed. `name`: without an ending. `thumbnail`: a JPEG of at most
    320 pixels a side and 200 kB. Raises BadPicture if `data` is no video."""
    header = read_video_header(data)
    filename = f"{name}.{SUFFIXES[header.mime]}"
    if header.mime not in SHOWN:
        return FinalPicture(data, filename, as_document=True)
    silent = header.mime == GIF or (not header.sound and header.codec in _H264)
    motion = Motion(
        ANIMATION if silent else VIDEO,
        header.width,
        header.height,
        round(header.seconds) if header.seconds is not None else None,
        thumbnail,
    )
    return FinalPicture(data, filename, spoiler=spoiler, motion=motion)


def sent_video(file_id: str, name: str, kind: str | None, *, spoiler: bool) -> FinalPicture:
    """A video that Telegram has. `kind`: what its message was."""
    moves = kind in {ANIMATION, VIDEO}
    return FinalPicture(
        None,
        name,
        as_document=not moves,
        spoiler=spoiler,
        file_id=file_id,
        motion=Motion(kind or VIDEO) if moves else None,
    )
