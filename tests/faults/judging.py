"""What each wish came to, read off the chat as its person sees it, and what the promise rules out."""

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.pictures.sheet import sheets_of
from bot.sandbox.state import Message
from bot.sandbox.wire import Call
from bot.texts.fluent import Texts
from tests.faults.backend import size_of


@cache
def healed() -> tuple[str, ...]:
    """What a placeholder says that nobody knew, once it is pressed; not all people of the sandbox speak English."""
    text = Texts.load(strict=True)
    states = ("delivered", "failed", "cancelled")
    return tuple(text(language).get(f"ended-{state}") for language in Texts.languages() for state in states)


@cache
def again() -> frozenset[str]:
    """Nothing was drawn in either case, so the same press asks for it anew; the button of a cancellation says
    *Again*."""
    text = Texts.load(strict=True)
    return frozenset(text(language).get("button-again") for language in text.languages())


class Seen(StrEnum):
    """What a person sees of the bot, in one message."""

    PICTURE = "picture"
    SHEET = "further sheet"  # of more than nine pictures
    FAILURE = "failure"
    CANCELLED = "cancelled"
    OPEN = "placeholder"
    HEALED = "ended elsewhere"
    OTHER = "other"


ENDS = (Seen.PICTURE, Seen.FAILURE, Seen.CANCELLED)


@dataclass
class Wish:
    """One `/imagine`, or one inline message. `number` is in its prompt, and so in the size of its picture."""

    number: int
    message: Message
    model: str
    pictures: int = 1

    @property
    def sheets(self) -> int:
        """Messages that show its pictures."""
        return len(sheets_of(self.pictures))

    @property
    def source(self) -> str:
        inline = self.message.inline_id
        return f"i:{inline}" if inline is not None else f"m:{self.message.chat_id}:{self.message.id}"


@dataclass
class Doubts:
    """Requests of which nobody can know what Telegram did with a send: the documented residues can befall these, and
    no others. How often, by source."""

    placeholders: Counter[str] = field(default_factory=Counter)  # a placeholder was being sent
    ends: Counter[str] = field(default_factory=Counter)  # a message of its own said how it ended, and no row knew
    claimed: set[str] = field(default_factory=set)  # such a message may be on its way
    sheets: Counter[str] = field(default_factory=Counter)  # a further sheet may have been sent, and no row knew

    def note_books(self, database: Path) -> None:
        """What was in doubt when the process of this database died. Looks into a copy, because looking recovers it."""
        unknown = "select source from requests where finished_at is null and placeholder != 'known'"
        with tempfile.TemporaryDirectory() as folder:
            for path in database.parent.glob(f"{database.name}*"):
                if path.suffix != ".lock":
                    shutil.copy(path, folder)
            with closing(sqlite3.connect(Path(folder) / database.name)) as copy, suppress(sqlite3.OperationalError):
                # Suppressed: it died before there were tables.
                self.placeholders.update(s for (s,) in copy.execute(f"{unknown} and placeholder = 'sending'"))
                self.claimed.update(s for (s,) in copy.execute(f"{unknown} and attempt > 0"))
                self.sheets.update(s for (s,) in copy.execute(_UNNOTED_SHEETS))

    def note_sent(self, has_ended: Callable[[str], bool]) -> None:
        """Nobody has gone on since those died: of what was on its way, this has come to its chat."""
        self.ends.update(source for source in self.claimed if has_ended(source))
        self.claimed.clear()

    def note_call(self, call: Call) -> None:
        """This call had its effect and is not answered as it should be."""
        reply = call.params.get("reply_parameters") or {}
        source = f"m:{call.params.get('chat_id')}:{reply.get('message_id')}"
        if call.method.lower().startswith("send"):
            (self.placeholders if is_placeholder(call) else self.ends)[source] += 1


_UNNOTED_SHEETS = """
select source from requests where finished_at is null and attempt > 0
and not exists (select 1 from sheets where sheets.request_id = requests.id)
"""


@dataclass
class Verdict:
    """What all wishes came to. `lost_placeholders` and `sent_twice` are the residues."""

    wishes: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    lost_placeholders: int = 0
    sent_twice: int = 0
    mistakes: list[str] = field(default_factory=list)

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            self.wishes + other.wishes,
            self.ends + other.ends,
            self.lost_placeholders + other.lost_placeholders,
            self.sent_twice + other.sent_twice,
            self.mistakes + other.mistakes,
        )

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        residues = f"{self.lost_placeholders} placeholders nobody knows, {self.sent_twice} sent twice"
        return f"{self.wishes} requests: {ends}; residues: {residues}; mistakes: {len(self.mistakes)}"


def judge(
    seen_by: Sequence[tuple[Wish, Sequence[tuple[Seen, Message]]]],
    doubts: Doubts,
    *,
    seeds: Mapping[int, set[int]],
    notices: bool = False,
) -> Verdict:
    """Mistakes are what the promise rules out. `seeds`: with which each wish's number was drawn; `notices`: people were
    told other things as well."""
    verdict = Verdict(wishes=len(seen_by))
    for wish, answers in seen_by:
        ends = [(kind, message) for kind, message in answers if kind in ENDS]
        # A press on a placeholder that nobody knew heals it: it then says how its request ended.
        placeholders = [message for kind, message in answers if kind in {Seen.OPEN, Seen.HEALED}]
        verdict.ends[ends[0][0] if ends else "nothing"] += 1
        wrong = f"fox {wish.number} ({wish.model}): {[str(kind) for kind, _ in answers]}"
        if not ends:
            verdict.mistakes.append(f"lost: {wrong}")
        if len(ends) > 1:
            known = len(ends) - 1 <= doubts.ends[wish.source]
            verdict.sent_twice += (len(ends) - 1) * known
            verdict.mistakes += [] if known else [f"doubled: {wrong}"]
        further = sum(kind is Seen.SHEET for kind, _ in answers) - (wish.sheets - 1)
        if further and ends and ends[0][0] is Seen.PICTURE:
            known = 0 < further <= doubts.sheets[wish.source]
            verdict.sent_twice += further * known
            verdict.mistakes += [] if known else [f"not each sheet once: {wrong}"]
        if placeholders:
            known = wish.source in doubts.placeholders and len(placeholders) == 1
            verdict.lost_placeholders += known
            verdict.mistakes += [] if known else [f"stuck: {wrong}"]
        if any(kind is Seen.OTHER for kind, _ in answers) and not notices:
            verdict.mistakes.append(f"something else: {wrong}")
        verdict.mistakes += [
            f"another's picture: {wrong}"
            for kind, message in ends
            if kind is Seen.PICTURE and wish.pictures == 1 and not _shows(message, wish.number)
        ]
        if len(drawn_with := seeds.get(wish.number, set())) > wish.pictures:
            verdict.mistakes.append(f"drawn with {len(drawn_with)} seeds: {wrong}")
    return verdict


def seen(message: Message) -> Seen:
    """By its buttons, which differ for each: only what has not ended can be cancelled, only a failure retried."""
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    presses = {button["callback_data"][:4] for row in rows for button in row if "callback_data" in button}
    if "p:x:" in presses:
        return Seen.OPEN
    if "p:r:" in presses:
        return Seen.CANCELLED if again() & {button["text"] for row in rows for button in row} else Seen.FAILURE
    if "p:m:" in presses and message.has_media:
        return Seen.PICTURE
    if presses and all(data.startswith("f:") for data in presses) and message.has_media:
        return Seen.SHEET
    return Seen.HEALED if message.text.endswith(healed()) else Seen.OTHER


def is_placeholder(call: Call) -> bool:
    return '"p:x:' in str(call.params.get("reply_markup", "")).replace("'", '"')


def is_end(call: Call) -> bool:
    return not is_placeholder(call)


def _shows(message: Message, number: int) -> bool:
    return bool(message.photo) and (message.photo[-1].width, message.photo[-1].height) == size_of(number)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    total = Verdict()
    for verdict in verdicts:
        total += verdict
    return total
