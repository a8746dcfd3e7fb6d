"""The records that storage returns (frozen dataclasses), and the states with their transitions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

TYPED = "offer:"  # what the source of a kept input begins with whose words were typed, and perhaps never sent
ELSEWHERE = 0  # in place of a chat's id: a chat that the bot does not know, only a message in it
INLINE = "inline"  # the kind of such a chat


class RequestState(StrEnum):
    """The states of a request, from acceptance to its one visible outcome."""

    WAITING = "waiting"  # accepted; none of its draws is admitted yet
    DRAWING = "drawing"  # at least one draw was admitted
    DRAWN = "drawn"  # all draws ended, the bytes are stored, nothing shown yet
    DELIVERED = "delivered"  # the picture message is there
    FAILED = "failed"  # no picture, and the person was told why
    CANCELLED = "cancelled"  # by the person, and the placeholder says so
    UNDELIVERABLE = "undeliverable"  # the chat is gone; `reason` says how


class DrawState(StrEnum):
    """The states of one back-end run."""

    WAITING = "waiting"  # not admitted yet
    DRAWING = "drawing"  # admitted: a runner has it, under the fence of `attempt`
    DRAWN = "drawn"  # its pictures are stored
    FAILED = "failed"  # the back-end gave none; `error` says why
    CANCELLED = "cancelled"


class PlaceholderState(StrEnum):
    NONE = "none"  # nothing was sent
    SENDING = "sending"  # a send is under way, or was when the process died
    KNOWN = "known"  # message id and kind are known, so edits are possible
    SKIPPED = "skipped"  # none was shown, or its sender was not waited for any more: the end is sent as a new message


REQUEST_TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.WAITING: frozenset(
        {RequestState.DRAWING, RequestState.FAILED, RequestState.CANCELLED, RequestState.UNDELIVERABLE}
    ),
    RequestState.DRAWING: frozenset(
        {
            RequestState.WAITING,  # handed back: after a crash without a ticket, or at shutdown
            RequestState.DRAWN,
            RequestState.FAILED,
            RequestState.CANCELLED,
            RequestState.UNDELIVERABLE,
        }
    ),
    RequestState.DRAWN: frozenset(
        {RequestState.DELIVERED, RequestState.FAILED, RequestState.CANCELLED, RequestState.UNDELIVERABLE}
    ),
    RequestState.DELIVERED: frozenset(),
    RequestState.FAILED: frozenset(),
    RequestState.CANCELLED: frozenset(),
    RequestState.UNDELIVERABLE: frozenset(),
}
OPEN_STATES = frozenset(state for state, following in REQUEST_TRANSITIONS.items() if following)

DRAW_TRANSITIONS: dict[DrawState, frozenset[DrawState]] = {
    DrawState.WAITING: frozenset({DrawState.DRAWING, DrawState.FAILED, DrawState.CANCELLED}),
    DrawState.DRAWING: frozenset({DrawState.WAITING, DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED}),
    DrawState.DRAWN: frozenset(),
    DrawState.FAILED: frozenset(),
    DrawState.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """An update as Telegram sent it. Updates of the same `lane` (a chat, else a user) are handled in order."""

    update_id: int
    lane: int
    body: str  # the update's JSON
    attempts: int = 0  # tries that failed by themselves, or alone
    received_at: datetime | None = None
    crashes: int = 0  # how often its process ended before it was handled


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person picked of one model by name. `loras`: each `name:weight`."""

    sampler: str | None = None
    scheduler: str | None = None
    vae: str | None = None
    loras: tuple[str, ...] = ()
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class LongText:
    """The last part of a long text that was handled; `lane`: as in InboxUpdate, `reply_to`: the message it answers."""

    lane: int
    chat_id: int
    message_id: int
    sent_at: datetime
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class UserSettings:
    """A user's settings. None: Telegram's language, and the operator's or the model's default for all others."""

    user_id: int
    language: str | None = None
    model: str | None = None
    aspect_ratio: str | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    negative_prompt: str | None = None
    seed: int | None = None
    count: int = 1
    as_document: bool = False
    spoiler: bool = False  # covered until it is tapped
    translate: bool = True  # prompts for models that do not read their language
    enhance: bool = False  # prompts, before they are drawn
    styles: tuple[str, ...] = ()  # presets for pictures whose prompt names none
    strength: float | None = None  # how much a source image is changed, 0 to 1
    follow_up: str | None = None  # what words without a reply mean, one of FOLLOW_UPS; None: automatic
    picked: tuple[tuple[str, Picked], ...] = ()  # by the model's catalogue id, the latest last

    def picked_of(self, model: str) -> Picked:
        """What was picked of this model."""
        return dict(self.picked).get(model, Picked())


FOLLOW_UPS = ("change", "new")  # the last picture is changed; a new one is drawn


class Who(StrEnum):
    """Who may draw in a group."""

    EVERYONE = "everyone"
    ADMINS = "admins"
    PEOPLE = "people"  # everyone but those who speak as a channel


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """The settings of a group."""

    chat_id: int
    language: str | None = None  # of what is said to all; None: each person's own
    default_model: str | None = None  # catalogue id, for members without a choice of their own
    allowed_models: tuple[str, ...] = ()  # catalogue ids; none named: all
    cooldown: int = 0  # s between two requests of one member
    who: Who = Who.EVERYONE
    spoiler: bool = False  # pictures are covered until they are tapped
    posts: bool = False  # of a channel: /imagine in its posts is drawn


@dataclass(frozen=True, slots=True)
class Chat:
    chat_id: int
    kind: str  # private | group | supergroup | channel
    title: str | None = None
    dead_reason: str | None = None  # set: nothing is sent there until it speaks again


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request, apart from its prompt, after flags and settings were merged."""

    negative_prompt: str | None = None
    width: int | None = None
    height: int | None = None
    aspect_ratio: str | None = None
    seed: int | None = None  # None when it was chosen at acceptance; the draws hold the one used
    steps: int | None = None
    guidance_scale: float | None = None
    strength: float | None = None
    count: int = 1
    as_document: bool = False
    spoiler: bool = False  # covered until it is tapped, by the person's setting or the group's
    input_file_ids: tuple[str, ...] = ()  # the pictures to start from, in their order, by Telegram's file_ids
    input_optional: bool = False  # the picture that is refined: without it the words alone do
    translate: bool = True  # for a model that does not read the prompt's language
    enhance: bool = False  # the prompt is enriched before it is drawn
    mask_file_id: str | None = None  # a picture that says what to change in the first input picture
    mask_stretched: bool = False  # it has another shape than that picture
    continued: bool = False  # the bot, not the person, has chosen which picture these words change
    styles: tuple[str, ...] = ()  # presets: ids of the catalogue's, names of the person's own
    checkpoint: str | None = None  # by name, as are:
    sampler: str | None = None
    scheduler: str | None = None
    vae: str | None = None
    loras: tuple[str, ...] = ()  # each `name:weight`
    optional_choices: tuple[str, ...] = ()  # which of these five are left out where a model does not have that name
    upscaler: str | None = None  # by name, of a task
    task: str | None = None  # what is made of the input picture: upscale, cutout, video; None: a picture is drawn
    zoom: float | None = None  # so many times as much is to be seen, the input picture in the middle
    pan: str | None = None  # the side to which the input picture goes on: left, right, up, down
    templates: tuple[str, ...] = ()  # what those put around the prompt, in place of {prompt}; the first innermost


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset of one person's own. `prompt` holds {prompt} once, in whose place the words go."""

    id: int
    user_id: int
    name: str
    prompt: str
    model: str | None = None
    parameters: Parameters = Parameters()


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key that one person has brought for a provider at one address. `sealed` is ciphertext."""

    user_id: int
    provider: str  # the catalogue's name of it
    origin: str  # scheme, host and port
    sealed: str = field(repr=False)
    added_at: datetime
    refused_at: datetime | None = None  # when the back-end said that it is no good


@dataclass(frozen=True, slots=True)
class Variant:
    """In what a draw differs from the others of its request. `words` are shown on its picture."""

    words: tuple[str, ...] = ()
    prompt: str = ""  # as `NewRequest.prompt`; "": that of the request
    full_prompt: str = ""
    compared: bool = False  # one of several models: no other one takes over


@dataclass(frozen=True, slots=True)
class NewDraw:
    """One of a request's draws, where they differ. `count`: pictures that its one run is asked for."""

    model: str
    seed: int
    cost: int = 0  # of each picture
    count: int = 1
    variant: Variant | None = None
    own_key: bool = False  # it is drawn with its person's own key


@dataclass(frozen=True, slots=True)
class DrawnWords:
    """What a draw's model got in place of the person's own words, which are None where they stayed. `failed` is what
    was to be done with them and could not be: `translate` or `enhance`."""

    prompt: str | None = None
    negative_prompt: str | None = None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class NewRequest:
    """`source` names the act that asked (message, press or inline result, and an ordinal) and is unique, so the
    same update delivered twice makes one request."""

    source: str
    chat_id: int
    requester_id: int  # a user's id, or the chat that speaks (`sender_chat`)
    prompt: str  # as typed, without flags
    model: str  # catalogue id
    seeds: tuple[int, ...]  # one a draw
    language: str
    asked_at: datetime  # the message's own date (a press: its arrival), UTC
    parameters: Parameters = Parameters()
    full_prompt: str = ""  # what the provider gets: the history through format_image_prompt
    chat_kind: str = "private"
    topic_id: int | None = None
    reply_to: int | None = None  # the command's message id
    parent_id: int | None = None  # the request that this one refines, repeats or varies
    cost: int = 0  # of each draw, in millionths of the operator's unit
    draws: tuple[NewDraw, ...] = ()  # in place of `seeds`, where they differ in more than that
    words: DrawnWords | None = None  # of each draw, where they are known: those of an earlier draw of the same
    message_id: int | None = None  # a message that is there already and stands for it, in place of a new placeholder
    message_kind: str | None = None  # text | photo | document
    inline_message_id: str | None = None  # it stands for the request; `chat_id` is then ELSEWHERE
    own_key: bool = False  # of each draw of `seeds`

    @property
    def account(self) -> int:
        """Whose limits it counts towards."""
        return account_of(self.requester_id, self.chat_id)


@dataclass(frozen=True, slots=True)
class Request:
    """`message_id` of an inline message is a number of ours: the id of the request that the message showed before."""

    id: int
    source: str
    chat_id: int
    chat_kind: str  # private | group | supergroup | channel | INLINE
    topic_id: int | None
    reply_to: int | None
    requester_id: int
    parent_id: int | None
    prompt: str
    full_prompt: str
    model: str
    language: str
    parameters: Parameters
    placeholder: PlaceholderState
    message_id: int | None  # of the placeholder, later of the picture
    message_kind: str | None  # text | photo | document
    state: RequestState
    reason: str | None  # why it failed or cannot be delivered: an error's `code`
    attempt: int  # the fence of its end: raised by whoever begins to show it
    asked_at: datetime
    accepted_at: datetime
    finished_at: datetime | None = None
    detail: str | None = None  # the reason in words, for operators
    inline_message_id: str | None = None  # set: it is shown in a message that was sent through the bot

    @property
    def account(self) -> int:
        """Whose limits it counts towards."""
        return account_of(self.requester_id, self.chat_id)


@dataclass(frozen=True, slots=True)
class Detour:
    """A model that failed before another one took over: its catalogue id and the error's `code`."""

    model: str
    code: str


@dataclass(frozen=True, slots=True)
class Draw:
    id: int
    request_id: int
    ordinal: int
    model: str
    seed: int
    state: DrawState
    attempt: int  # the fence of drawing: grows with every admission
    ticket: str | None = None
    error: str | None = None  # an error's `code`
    started_at: datetime | None = None
    finished_at: datetime | None = None
    detours: tuple[Detour, ...] = ()  # the models before this one, the one that was asked for first
    detail: str | None = None  # the error in words: cleaned, bounded, for operators
    retry_after: float | None = None  # s, where the back-end said when it may be asked again
    variant: Variant | None = None
    count: int = 1  # pictures that its run is asked for
    words: DrawnWords | None = None  # None: the person's own, or nothing was decided yet
    own_key: bool = False  # it is drawn with its person's own key, and costs the operator nothing


def account_of(requester_id: int, chat_id: int) -> int:
    """Whose limits a request counts towards: its person's; who speaks as a channel or as the group shares those of the
    chat in which they speak, as whom they speak being their choice."""
    return requester_id if requester_id > 0 else chat_id


@dataclass(frozen=True, slots=True)
class KeptInput:
    """What a message asked for, kept for the buttons below its answer. `source` names the message."""

    id: int
    source: str
    chat_id: int
    requester_id: int
    content: str  # JSON
    kept_at: datetime


class ChargeState(StrEnum):
    """What became of a job that was handed to a back-end; all but FREE count."""

    RESERVED = "reserved"  # it is under way, or nobody knows how it ended
    CHARGED = "charged"
    FREE = "free"  # the back-end charges nothing for it


@dataclass(frozen=True, slots=True)
class Spent:
    """Costs, in millionths of the operator's unit: of one requester, and of all."""

    requester: int
    total: int


@dataclass(frozen=True, slots=True)
class NewPicture:
    data: bytes
    mime: str
    width: int
    height: int
    adult: bool = False  # the back-end says that it found adult content
    thumbnail: bytes | None = None
    seed: int | None = None  # its own, of a run of several whose back-end says so; None: that of its draw


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """A stored picture without its bytes. `file_id` is None until Telegram has it."""

    id: int
    request_id: int
    draw_id: int
    ordinal: int  # within the request, over all its draws
    mime: str
    width: int
    height: int
    seed: int
    file_id: str | None = None
    thumbnail: bytes | None = field(default=None, repr=False)
    adult: bool = False  # the back-end says that it found adult content
    model: str = ""  # the one that drew it: a catalogue id
    variant: Variant | None = None  # of its draw
    favourite: bool = False
    # Pictures that its draw was asked for: of several the seed alone gives only the first again. 1 where each of them
    # is known to have a seed of its own.
    of_run: int = 1
    words: DrawnWords | None = None  # what it was drawn from, where those are not the person's own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet beyond the first of a request, and the message that shows it. `first` is the ordinal of its first
    picture within the request."""

    number: int  # from 2
    first: int
    count: int
    chat_id: int
    message_id: int

    @property
    def pictures(self) -> slice:
        """Its own among the request's."""
        return slice(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One picture with all that led to it, for its person."""

    picture_id: int
    request_id: int
    prompt: str
    full_prompt: str
    model: str
    seed: int
    parameters: Parameters
    width: int
    height: int
    asked_at: datetime
    favourite: bool
    file_id: str | None
    adult: bool
    variant: Variant | None = None
    of_run: int = 1  # as in PictureRecord
    message_kind: str | None = None  # what its request's message is: text, photo, document, animation or video
    words: DrawnWords | None = None  # as in PictureRecord


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One picture of a user's history, with its request's prompt and model."""

    picture_id: int
    request_id: int
    prompt: str  # the words that were drawn, those of the whole chain
    model: str
    seed: int
    width: int
    height: int
    thumbnail: bytes | None = field(repr=False)
    favourite: bool = False
    file_id: str | None = None  # None until Telegram has it alone
    as_document: bool = False  # whether the file id is that of a document
    moves: bool = False  # whether it is that of a video
    covered: bool = False  # people have to tap to see it
    of_run: int = 1  # as in PictureRecord


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of the history, newest first. `newer` and `older`: whether there are more in that direction."""

    entries: tuple[HistoryEntry, ...] = ()
    newer: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Concurrent draws: in total, per user, and per model (a model that is missing has no limit)."""

    total: int
    per_user: int
    per_model: dict[str, int] = field(default_factory=dict)


class BroadcastState(StrEnum):
    DRAFT = "draft"  # counted, not confirmed yet
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Ban:
    """`until` None: for good."""

    reason: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A person's own limits; None: those of everybody. `exempt`: no limit but the one of all together."""

    exempt: bool = False
    daily_limit: int | None = None
    daily_cost: int | None = None  # in millionths of the operator's unit


@dataclass(frozen=True, slots=True)
class AuditEntry:
    at: datetime
    by: int
    act: str
    subject: int | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Report:
    id: int
    request_id: int
    by: int
    outcome: str | None  # None: nobody has decided yet


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`cursor` is the last person whose turn it was, by which whoever goes on is fenced."""

    id: int
    by: int
    message_id: int
    card_id: int | None
    since: datetime
    state: BroadcastState
    cursor: int
    sent: int
    gone: int
    failed: int


class OfferKind(StrEnum):
    PACK = "pack"
    SUBSCRIPTION = "subscription"  # a pack every 30 days


class PaymentState(StrEnum):
    CREDITED = "credited"  # the person has what they paid for
    REFUNDING = "refunding"  # their credits are taken back, Telegram is still to be asked
    REFUNDED = "refunded"


class CreditAccount(StrEnum):
    """Between these credits are moved; each row of the ledger says of which person. All rows together sum to zero."""

    STARS = "stars"  # where bought credits come from
    FREE = "free"  # where each day's free credits come from
    PAID = "paid"  # what a person has bought and not spent
    HELD = "held"  # reserved for draws
    SPENT = "spent"  # for draws that were delivered


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one person, in millionths of a credit. `paid` is below zero after a refund of credits that were spent."""

    paid: int = 0
    free: int = 0  # left of today's
    held: int = 0  # reserved for what is being drawn

    @property
    def available(self) -> int:
        return self.free + max(self.paid, 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one person was offered: `amount` credits (in millionths) for `stars`. An invoice names it by its id."""

    id: int
    person: int
    kind: OfferKind
    stars: int
    amount: int


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Stars that somebody has paid, as Telegram says. `offer_id` None: the invoice is none of ours."""

    charge_id: str
    person: int
    stars: int
    offer_id: int | None
    recurring: bool = False
    until: datetime | None = None  # when the subscription ends that this has paid for


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount`: the credits that it bought, in millionths; 0: nobody knows what it was for."""

    id: int
    charge_id: str
    person: int
    stars: int
    amount: int
    offer_id: int | None
    recurring: bool
    until: datetime | None
    at: datetime
    state: PaymentState
    refunds: int  # how often operators have asked for its refund
    refunded_by: int | None
    refund_error: str | None  # why Telegram refused the last one


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """All in millionths. `accounts`: the sum of each; together they are zero. `holds`: the sum of open reservations,
    which is that of the account `held`. `bought`: what payments that are not refunded bought, which is what `stars`
    lacks. `unbalanced`: movements whose rows do not sum to zero. `wrong`: people whose balance is not the sum of their
    rows. `stranded`: reservations of requests that have ended or are gone. `unclear`: payments of which nobody knows
    what they were for."""

    accounts: dict[CreditAccount, int]
    holds: int
    bought: int
    unbalanced: int
    wrong: int
    stranded: int
    unclear: int

    @property
    def balances(self) -> bool:
        accounts = self.accounts
        return (
            sum(accounts.values()) == 0
            and accounts[CreditAccount.HELD] == self.holds
            and accounts[CreditAccount.STARS] == -self.bought
            and not self.unbalanced
            and not self.wrong
        )
