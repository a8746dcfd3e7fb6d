"""Albums (media groups): Telegram sends each photo as an update of its own, one after the other.

The updates stay in the inbox until a moment has passed without another part. They are handled together and removed
together, so a crash in between loses none of them.

If the process ended while the parts came, the next one finds some of them in the inbox. Telegram sends the others when
it hears of that process, or when it tries the webhook again. So such an album is waited for longer.
"""

import json

from aiogram.types import Message, Update

from bot.telegram.updates.lane import Lane, Part
from storage.records import InboxUpdate

QUIET = 1.0  # s without another part, after which an album is complete
RECOVERED = 5.0  # s at least, for an album whose first part an earlier process left in the inbox
MOST_PARTS = 32  # Telegram's own albums have ten; more than this are not waited for


async def rest_of_album(first: Update, lane: Lane) -> list[Part] | None:
    """The other parts of the album that `first` belongs to. None: the process stops before they are known."""
    found: list[Part] = []
    least, waited = RECOVERED if lane.queue[0].row.crashes else QUIET, 0.0
    while True:
        if lane.stopping():
            return None
        await lane.rest(QUIET)
        waited += QUIET
        known = len(found)
        found = [(each, part) for each in lane.queue if (part := _part_of(first, each.row, lane)) is not None]
        if (len(found) == known and waited >= least) or len(found) >= MOST_PARTS:
            return found


def _part_of(first: Update, row: InboxUpdate, lane: Lane) -> Update | None:
    """The update in a row, if it is another part of the album that `first` belongs to."""
    assert first.message is not None
    group = first.message.media_group_id
    # Looked for in the text before that is parsed: most rows are of something else.
    if row.update_id == first.update_id or json.dumps(group, ensure_ascii=False) not in row.body:
        return None
    update = lane.read(row)
    if update is None or update.message is None:
        return None
    same = update.message.media_group_id == group and update.message.chat.id == first.message.chat.id
    return update if same else None


def spoken_for(parts: list[Update]) -> tuple[Update, tuple[Message, ...]]:
    """The update that stands for an album, and all its messages in the album's order. The update is the first part with
    a caption, else the first part."""
    ordered = sorted((part for part in parts if part.message is not None), key=_message_id)
    spoken = next((part for part in ordered if part.message is not None and part.message.caption), ordered[0])
    return spoken, tuple(part.message for part in ordered if part.message is not None)


def _message_id(update: Update) -> int:
    return update.message.message_id if update.message is not None else 0
