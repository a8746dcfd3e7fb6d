"""Decides the next step of a request. It follows from the request's rows, and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.records import OPEN_STATES, Draw, DrawState, PlaceholderState, Request, RequestState
from storage.repositories.requests import UNTOLD

_OPEN_DRAWS = frozenset({DrawState.WAITING, DrawState.DRAWING})


@dataclass(frozen=True, slots=True)
class Rows:
    """A request and all its draws, as one transaction found them."""

    request: Request
    draws: Sequence[Draw]


class Step(StrEnum):
    SHOW_PLACEHOLDER = "show placeholder"
    WAIT_FOR_DRAWS = "wait for draws"  # the last of them to end brings the request on
    DELIVER = "deliver"
    TELL_FAILURE = "tell failure"
    TELL_CANCELLED = "tell cancelled"
    DONE = "done"


def next_step(request: Request, draws: Sequence[Draw]) -> Step:
    """The next step. `draws`: all draws of the request, in any order.

    A placeholder is sent only while something is drawn: a request at its end shows that end at once.
    """
    if request.state not in OPEN_STATES:
        untold = request.state is RequestState.CANCELLED and request.reason == UNTOLD
        return Step.TELL_CANCELLED if untold else Step.DONE
    states = {draw.state for draw in draws}
    if not states.isdisjoint(_OPEN_DRAWS) and request.state is not RequestState.DRAWN:
        none_sent = request.placeholder is PlaceholderState.NONE
        return Step.SHOW_PLACEHOLDER if none_sent else Step.WAIT_FOR_DRAWS
    return Step.DELIVER if request.state is RequestState.DRAWN else Step.TELL_FAILURE
