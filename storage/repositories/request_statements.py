"""The prepared statements of a request's lifecycle (see `storage/statements/prepared.py`)."""

from dataclasses import fields

from sqlalchemy import ColumnElement, Executable, and_, bindparam, exists, func, or_, select, update

from storage.records import (
    DRAW_TRANSITIONS,
    OPEN_STATES,
    REQUEST_TRANSITIONS,
    DrawState,
    NewRequest,
    PlaceholderState,
    Request,
    RequestState,
)
from storage.repositories.admission import places
from storage.repositories.draws import DRAW_COLUMNS
from storage.statements.dialects import insert_for
from storage.statements.prepared import Prepared, is_one_of, prepared
from storage.statements.tables import credit_holds, draws, request_is_open, requests

REQUEST_COLUMNS = tuple(requests.c[field.name] for field in fields(Request))
_CANCELLABLE = [state for state, following in DRAW_TRANSITIONS.items() if DrawState.CANCELLED in following]
_OF_DRAWS = {"seeds", "cost", "draws", "words", "own_key"}
GIVEN = tuple(field.name for field in fields(NewRequest) if field.name not in _OF_DRAWS)
_THIS = requests.c.id == bindparam("request")
_MESSAGE_SET = (
    update(requests)
    .where(_THIS)
    .values(placeholder=PlaceholderState.KNOWN, message_id=bindparam("message"), message_kind=bindparam("kind"))
)
# Looked up by the statement that ends a request: without credits nothing more is asked for them.
_HOLDS_CREDITS = exists().where(credit_holds.c.request_id == bindparam("request"))


@prepared(*GIVEN, "placeholder", "state", "attempt", "accepted_at")
def accepted(dialect: str) -> Executable:
    statement = insert_for(dialect, requests).on_conflict_do_nothing(index_elements=[requests.c.source])
    return statement.returning(*REQUEST_COLUMNS)


@prepared(
    "request_id",
    "requester_id",
    "ordinal",
    "model",
    "seed",
    "state",
    "attempt",
    "cost",
    "reserved_at",
    "variant",
    "count",
    "words",
    "own_key",
)
def new_draws(_: str) -> Executable:
    return draws.insert().returning(*DRAW_COLUMNS)


@prepared()
def request_of_id(_: str) -> Executable:
    return select(*REQUEST_COLUMNS).where(_THIS)


@prepared()
def request_of_source(_: str) -> Executable:
    return select(*REQUEST_COLUMNS).where(requests.c.source == bindparam("act"))


@prepared()
def placeholder_sending(_: str) -> Executable:
    return (
        update(requests)
        .where(_THIS, requests.c.placeholder == PlaceholderState.NONE, request_is_open)
        .values(placeholder=PlaceholderState.SENDING)
        .returning(*REQUEST_COLUMNS)
    )


@prepared()
def placeholder_skipped(_: str) -> Executable:
    return (
        update(requests)
        .where(_THIS, requests.c.placeholder != PlaceholderState.KNOWN)
        .values(placeholder=PlaceholderState.SKIPPED)
    )


@prepared()
def placeholder_known(_: str) -> Executable:
    return _MESSAGE_SET.where(is_one_of(requests.c.placeholder, (PlaceholderState.NONE, PlaceholderState.SENDING)))


@prepared()
def message_set(_: str) -> Executable:
    return _MESSAGE_SET


@prepared()
def end_claimed(_: str) -> Executable:
    return (
        update(requests)
        .where(_THIS, request_is_open, is_one_of(requests.c.attempt, (bindparam("fence"), bindparam("mine"))))
        .values(attempt=bindparam("token"))
        .returning(*REQUEST_COLUMNS)
    )


_HELD = (_THIS, request_is_open, requests.c.attempt == bindparam("fence"))


@prepared()
def end_held(_: str) -> Executable:
    """An update rather than a select, so that the row is locked."""
    return update(requests).where(*_HELD).values(attempt=requests.c.attempt)


@prepared()
def first_shown(_: str) -> Executable:
    return _MESSAGE_SET.where(*_HELD)


def _finished(state: RequestState, *, fenced: bool, shown: bool) -> Prepared:
    """Sets an end state, from the states that may lead to it; returns whether credits are reserved."""
    allowed = [before for before, following in REQUEST_TRANSITIONS.items() if state in following]
    conditions = [is_one_of(requests.c.state, allowed)]
    if fenced:
        conditions.append(requests.c.attempt == bindparam("fence"))
    ended = (_MESSAGE_SET if shown else update(requests).where(_THIS)).where(*conditions)
    return Prepared(
        lambda _: ended.values(
            state=state, reason=bindparam("why"), detail=bindparam("said"), finished_at=bindparam("moment")
        ).returning(_HOLDS_CREDITS)
    )


_FINISHED = {
    (state, fenced, shown): _finished(state, fenced=fenced, shown=shown)
    for state in RequestState
    if state not in OPEN_STATES
    for fenced in (False, True)
    for shown in (False, True)
}


def finished(state: RequestState, attempt: int | None, shown: tuple[int, str] | None) -> Prepared:
    """Its parameters are `fence` where there is an `attempt`, `message` and `kind` where something is `shown`."""
    return _FINISHED[state, attempt is not None, shown is not None]


@prepared()
def cancelled(_: str) -> Executable:
    undrawn = is_one_of(requests.c.state, (RequestState.WAITING, RequestState.DRAWING))
    unclaimed = and_(requests.c.state == RequestState.DRAWN, requests.c.attempt == bindparam("fence"))
    return (
        update(requests)
        .where(_THIS, or_(undrawn, unclaimed))
        .values(state=RequestState.CANCELLED, reason=bindparam("why"), finished_at=bindparam("moment"))
        .returning(_HOLDS_CREDITS)
    )


@prepared()
def draws_cancelled(_: str) -> Executable:
    return (
        update(draws)
        .where(draws.c.request_id == bindparam("request"), is_one_of(draws.c.state, _CANCELLABLE))
        .values(state=DrawState.CANCELLED, finished_at=bindparam("moment"))
    )


@prepared()
def waiting_count(_: str) -> Executable:
    return (
        select(func.count())
        .select_from(requests)
        .where(
            requests.c.requester_id == bindparam("person"),
            request_is_open,
            requests.c.state == RequestState.WAITING,
        )
    )


@prepared()
def waiting_count_of_chat(_: str) -> Executable:
    return (
        select(func.count())
        .select_from(requests)
        .where(
            requests.c.requester_id < 0,
            requests.c.chat_id == bindparam("person"),
            request_is_open,
            requests.c.state == RequestState.WAITING,
        )
    )


def counts_towards(account: int) -> ColumnElement[bool]:
    """The condition that `storage.records.account_of` describes."""
    if account > 0:
        return requests.c.requester_id == account
    return and_(requests.c.requester_id < 0, requests.c.chat_id == account)


@prepared()
def waiting_places(_: str) -> Executable:
    return places()
