"""What the jobs need others for: words (`Presenter`) and a place to show them (`Outlet`).

The presenter gets facts and gives back a card: text in Telegram's HTML, already escaped, and a keyboard. All text in
these facts that came from a back-end is hostile: `clean` has bounded it and taken its control characters, but it is
not escaped. Cards made here never hold a preview; the jobs add it.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from aiogram.types import InlineKeyboardMarkup

from bot.telegram.outbox.outbox import Card, Destination, FinalPicture, Recall, Shown
from providers.bounds import unlinked
from storage.records import Detour, Draw, PictureRecord, Request

STATUS_LENGTH = 120  # characters of a back-end's status line that people see
DETAIL_LENGTH = 300  # of its explanation of a refusal


class Phase(StrEnum):
    QUEUED = "queued"  # in our own queue; `position` is the place in it, 1 is next
    STARTING = "starting"  # handed to a back-end that has not said anything yet
    DRAWING = "drawing"  # it says how it goes; `position` is then the place in the back-end's queue
    RETRYING = "retrying"  # it failed in a way worth another try, number `attempt`
    SENDING = "sending"  # all is drawn and on its way to Telegram


@dataclass(frozen=True, slots=True)
class DrawStatus:
    """How a request goes, over all of its draws. None: not known.

    `progress` runs from 0 to 1; `eta` and `elapsed` are in seconds, the latter since drawing began (0 while queued).
    `done` of `total` draws have ended. `model` draws it where that is not the one that was asked for, and `detours`
    say why.
    """

    phase: Phase
    position: int | None = None
    progress: float | None = None
    status: str | None = None
    eta: float | None = None
    elapsed: float = 0
    attempt: int = 1
    done: int = 0
    total: int = 1
    model: str | None = None
    detours: tuple[Detour, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is delivered: `pictures` in the order of the sheet's numbers (one: no sheet), and `failures`, the error
    code of each draw that gave none. `seconds` is from the first draw's start to its last picture. `untaken` are
    fields of `ImageRequest` that a back-end, asked, turned out not to take; `detours` are of a draw that another model
    took over."""

    pictures: tuple[PictureRecord, ...]
    failures: tuple[str, ...] = ()
    seconds: float = 0
    as_document: bool = False
    untaken: frozenset[str] = frozenset()
    detours: tuple[Detour, ...] = ()
    asked: int = 0  # pictures, of runs that were to give several; 0: of none
    elsewhere: frozenset[int] = frozenset()  # pictures (ids) that further sheets show
    unhelped: str | None = None  # what could not be done with the person's words: translate, enhance


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a sheet whose pictures differ in more than their seeds: what is written on it, and where there is no
    picture, why."""

    label: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no picture.

    `code` is one of FAILURE_CODES. `detail` holds the back-end's own words where it refused, `retry_after` is in
    seconds; both are lost when the process dies between the failure and its telling. `model` is the one that failed
    last, None where that is the one that was asked for; `detours` those before it.
    """

    code: str
    detail: str | None = None
    retry_after: float | None = None
    model: str | None = None
    detours: tuple[Detour, ...] = ()


# Of `providers.errors` (each class's `code`), and our own.
FAILURE_CODES = (
    "provider-error",
    "refused",
    "quota",
    "payment",
    "content",
    "parameter",
    "out-of-memory",  # the request's own size
    "request-failed",  # the model breaks on it
    "too-large",  # the upscaled picture would be
    "no-workers",  # a network of volunteers has nobody for it
    "model-not-found",
    "unauthorized",
    "cancelled",  # by the back-end, not by the person
    "unavailable",
    "bad-answer",
    "no-picture",
    "bad-video",
    "video-too-long",
    "video-too-large",
    "no-video",
    "other-server",
    "deadline",
    "queue-deadline",
    "blocked-words",  # the prompt has some once it is translated
    "daily-cost",  # another try would cost more than this person has left for today
    "daily-cost-all",  # likewise, of what is left for all together
    "model-gone",  # the operator took the model out of the catalogue
    "input-picture",  # the photo to start from cannot be fetched or is no picture
    "delivery",  # it was drawn, and Telegram takes it in no form
    "no-rights",  # the bot may not send it in that chat; told in private where the text may not be sent either
    "cache-chat",  # pictures for inline messages cannot be uploaded: the operator has to look at MEDIA_CHAT_ID
    "own-key-refused",  # the person's own key, or it has no access to this model
    "own-key-quota",  # the account behind it has nothing left
    "own-key-gone",  # removed, or sealed with a secret that is gone
    "own-key",  # one of the three, told in a group
    "output-refused",  # by the operator's own check
    "output-unchecked",  # that check failed, and is to be trusted only when it does not
    "switched-off",  # an operator has switched the model off
    "internal",  # a mistake of ours; the log has the request's id
)

# What `ImagineService.ask` and `redraw` refuse with -> the names of its arguments.
REFUSAL_CODES: dict[str, tuple[str, ...]] = {
    "too-old": (),  # the bot was away when it was asked; the answer offers to draw it now
    "prompt-empty": (),
    "blocked-words": (),  # on the operator's list
    "prompt-too-long": ("length", "limit"),
    "model-unknown": ("model",),
    "model-unavailable": ("model",),  # disabled, or its key is missing
    "no-input-picture": ("model",),  # this model takes no picture to start from
    "style-needs-picture": ("style",),  # a preset starts from a picture, and none was given
    "no-mask": ("model",),  # this model takes no mask
    "choice-unknown": ("model", "flag", "name", "near"),  # a sampler, LoRA ... that this model does not have
    "choice-none": ("model", "flag", "name", "near"),  # likewise, and it has none at all; near is empty
    "no-fill": ("model",),  # this model draws nothing around a picture
    "too-large": ("megapixels", "limit"),  # the upscaled picture would be
    "parameter": ("detail",),  # a value that this model cannot take; the detail names it
    "model-not-allowed": ("model", "allowed"),  # by the group's admins, who allow these
    "admins-only": (),  # may draw in this group
    "no-channels": (),  # whoever speaks as a channel may not draw in this group
    "cooldown": ("seconds",),  # until this member may ask again in this group
    "cooldown-long": ("minutes",),  # likewise
    "queue-full": ("limit",),  # requests of this person that wait
    "daily-limit": ("limit",),
    "daily-cost": ("model", "cost", "left"),  # of this person; amounts as words, in the operator's unit
    "daily-cost-all": ("model", "cost"),  # of all together
    "banned": (),
    "maintenance": ("sentence",),  # the operators have paused the bot, and say why
    "model-off": ("model", "sentence"),  # likewise, this model
    "request-gone": (),  # what was to be repeated is not known any more
}


class Presenter(Protocol):
    """Facts to words. Every method is quick, keeps nothing, and answers in `request.language`. `keys` are the ids of
    the models for which whoever gets the buttons has a key of their own."""

    def progress(self, request: Request, status: DrawStatus) -> Card:
        """The placeholder, from its first sending (QUEUED or STARTING) to SENDING; with a button to cancel."""
        ...

    def finished(self, request: Request, outcome: Outcome, keys: Collection[str] = ()) -> Card:
        """The caption and buttons of the picture or of the sheet (a button each that sends it in full)."""
        ...

    def further(self, request: Request, pictures: Sequence[PictureRecord], first: int, total: int) -> Card:
        """The caption and buttons of a further sheet, which shows these of the request's `total` pictures; `first` is
        the ordinal of the first of them."""
        ...

    def buttons(
        self,
        request: Request,
        pictures: Sequence[PictureRecord],
        elsewhere: Collection[int] = (),
        keys: Collection[str] = (),
    ) -> InlineKeyboardMarkup:
        """The buttons of `finished` alone. `elsewhere`: pictures (ids) that have theirs on further sheets."""
        ...

    def squares(self, request: Request, draws: Sequence[Draw], pictures: Sequence[PictureRecord]) -> tuple[Square, ...]:
        """What is written on each square of the sheet, in order; none for a sheet of alike draws, or no sheet."""
        ...

    def full(self, request: Request, picture: PictureRecord, number: int | None, keys: Collection[str] = ()) -> Card:
        """The caption of one picture that is shown once more, in full; `number` is the one on the sheet, from 1, and
        None where it is the only one."""
        ...

    def failed(self, request: Request, failure: Failure) -> Card:
        """One sentence that explains, with a button to retry."""
        ...

    def cancelled(self, request: Request) -> Card:
        """That the person cancelled it."""
        ...

    def ended(self, request: Request) -> Card:
        """For a placeholder left behind: its request has ended elsewhere (`request.state`). No buttons."""
        ...


class Outlet(Protocol):
    """What the jobs use of `bot.telegram.outbox.outbox.Outbox`, which says what each promises and raises."""

    async def placeholder(self, place: Destination, card: Card, *, recall: Recall | None = None) -> Shown | None: ...

    async def progress(self, place: Destination, shown: Shown, card: Card) -> Shown | None: ...

    async def working(self, place: Destination, *, video: bool = False) -> None: ...

    async def final(
        self,
        place: Destination,
        shown: Shown | None,
        picture: FinalPicture,
        card: Card,
        *,
        recall: Recall | None = None,
    ) -> Shown: ...

    async def cached(self, picture: FinalPicture) -> FinalPicture: ...

    async def card(self, place: Destination, shown: Shown | None, card: Card) -> Shown: ...

    async def reply(self, place: Destination, card: Card) -> Shown: ...

    async def send_picture(self, place: Destination, picture: FinalPicture, card: Card) -> Shown: ...

    async def album(
        self, place: Destination, pictures: Sequence[FinalPicture], captions: Sequence[str] = ()
    ) -> list[Shown]: ...

    async def send_document(self, place: Destination, picture: FinalPicture, card: Card) -> Shown: ...

    async def keyboard(self, place: Destination, shown: Shown, keyboard: InlineKeyboardMarkup | None) -> bool: ...

    async def delete(self, place: Destination, message_id: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """The request is stored; its placeholder and all that follows are under way."""

    request: Request
    created: bool = True  # False: the same act was accepted before


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is stored. `code` is a key of REFUSAL_CODES."""

    code: str
    args: dict[str, str | int] = field(default_factory=dict)


def clean(text: str | None, length: int = STATUS_LENGTH) -> str | None:
    """As `one_line`, fit for people: nothing in it that Telegram makes a link or a mention of. `length` is counted
    before that."""
    words = one_line(text, length)
    return unlinked(words) if words is not None else None


def one_line(text: str | None, length: int) -> str | None:
    """A back-end's line: no line ends, no control or invisible formatting characters, at most `length` characters. None
    when nothing is left."""
    if not text:
        return None
    shown = "".join(
        " " if unicodedata.category(char) in _SPACES else char
        for char in text[: length * 4]
        if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE
    )
    words = " ".join(shown.split())
    if len(words) > length:
        words = words[: length - 1].rstrip() + "…"
    return words if words.strip("".join(_JOINERS)) else None


_SPACES = frozenset({"Cc", "Zl", "Zp", "Zs"})
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn"})  # Cf holds what reorders text
_JOINERS = frozenset("\u200c\u200d")  # of letters and of emoji
