"""The log line and the metrics of a request that ended."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.jobs.contracts import Failure
from bot.operations import metrics
from storage.records import Detour, Draw, Request, RequestState

log = structlog.stdlib.get_logger("bot.jobs.lifecycle")


def accepted(request: Request, draws: Sequence[Draw]) -> None:
    """Log that a request was committed."""
    log.info("request accepted", **_who(request), draws=len(draws))


def refused(user: int, chat: int, model: str | None, reason: str) -> None:
    """Log that a request was not accepted: a limit, blocked words, a group's rules, ... `reason` is Refused's code."""
    log.info("request refused", user=user, chat=chat, model=model, reason=reason)


def ended(request: Request, outcome: RequestState, now: datetime, *, failure: Failure | None = None) -> None:
    """Logs and counts an end without a picture."""
    metrics.ended(request, outcome)
    about = _who(request) | {"seconds": _seconds(request, now), "outcome": outcome.value}
    if failure is None:
        log.info("request ended", **about)
        return
    about |= {"model": failure.model or request.model, "reason": failure.code}
    if failure.detail:
        about["detail"] = failure.detail
    write = log.warning if outcome is RequestState.FAILED else log.info
    write("request ended", **about, **_by_way_of(failure.detours))


def delivered(request: Request, draws: Sequence[Draw], now: datetime) -> None:
    metrics.delivered(request, draws, now)
    detours = next((draw.detours for draw in draws if draw.detours), ())
    about = _who(request) | {"seconds": _seconds(request, now), "outcome": RequestState.DELIVERED.value}
    log.info("request ended", **about, **_by_way_of(detours))


def _who(request: Request) -> dict[str, object]:
    return {
        "request": request.id,
        "user": request.requester_id,
        "chat": request.chat_id,
        "model": request.model,
    }


def _seconds(request: Request, now: datetime) -> float:
    return round(max((now - request.accepted_at).total_seconds(), 0.0), 1)


def _by_way_of(detours: Sequence[Detour]) -> dict[str, object]:
    return {"detours": ", ".join(f"{detour.model}: {detour.code}" for detour in detours)} if detours else {}
