"""What the bot did today, in 7 or in 30 days: gathered for /admin and for `imagine-bot stats`."""

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from storage import Database
from storage.records import DrawState, RequestState
from storage.repositories.usage import DayUsage, FailureExample

MOST = 10  # chats that are told
MILLION = 1_000_000


class Period(StrEnum):
    """The values are days; TODAY begins at midnight (UTC)."""

    TODAY = "1"
    WEEK = "7"
    MONTH = "30"


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour or day of the chart: requests by how they ended."""

    begins: datetime
    delivered: int
    failed: int
    other: int


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Seconds; None: of nothing."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class UsageReport:
    """Counts by name, the largest first. `costs` are in millionths of the operator's unit."""

    period: Period
    since: datetime
    requests: dict[str, int]
    pictures: dict[str, int]
    models: dict[str, dict[str, int]]
    chats: list[tuple[int, str | None, int]]
    failures: dict[str, int]
    examples: list[FailureExample]
    wait: Quantiles
    draw: Quantiles
    costs: dict[str, int]
    active: int
    new: int
    own_keys: dict[str, int] = field(default_factory=dict)  # pictures by model, drawn with people's own keys
    bars: list[Bar] = field(default_factory=list)

    def document(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "days": int(self.period),
            "since": self.since.isoformat(),
            "requests": self.requests,
            "pictures": self.pictures,
            "models": self.models,
            "chats": [{"id": chat, "title": title, "requests": count} for chat, title, count in self.chats],
            "failures": self.failures,
            "newest_failures": [
                {
                    "request": example.request_id,
                    "at": example.at.isoformat(),
                    "model": example.model,
                    "reason": example.reason,
                    "detail": example.detail,
                }
                for example in self.examples
            ],
            "wait_seconds": {"p50": self.wait.p50, "p95": self.wait.p95},
            "draw_seconds": {"p50": self.draw.p50, "p95": self.draw.p95},
            "cost": {model or "forgotten": count / MILLION for model, count in self.costs.items()},
            "own_keys": self.own_keys,
            "people": {"active": self.active, "new": self.new},
        }


async def gather_usage(db: Database, period: Period, now: datetime) -> UsageReport:
    """A read for each hour or day, and others have their turn in between. Raises StorageUnavailable."""
    slices = _slices(period, now)
    since = slices[0][0]
    requests, pictures, chats, failures = Counter[str](), Counter[str](), Counter[int](), Counter[str]()
    models: dict[str, Counter[str]] = {}
    own_keys = Counter[str]()
    bars = []
    for begins, ends in slices:
        async with db.read() as unit:
            day = await unit.usage.day(begins, ends)
        for (model, state), count in day.requests.items():
            requests[state] += count
            models.setdefault(model, Counter())[state] += count
        for (_, state), count in day.pictures.items():
            pictures[state] += count
        chats.update(day.chats)
        failures.update(day.failures)
        own_keys.update(day.own_keys)
        bars.append(_bar(begins, day))
        await asyncio.sleep(0)
    async with db.read() as unit:
        waits, drawing = await unit.usage.durations(since)
        examples = await unit.usage.examples(since)
        costs = await unit.usage.costs(since)
        active, new = await unit.usage.people(since)
        busiest = chats.most_common(MOST)
        titles = await unit.usage.titles([chat for chat, _ in busiest])
    return UsageReport(
        period=period,
        since=since,
        requests=_ordered(requests, RequestState),
        pictures=_ordered(pictures, DrawState),
        models={model: dict(counts.most_common()) for model, counts in _busiest(models)},
        chats=[(chat, titles.get(chat), count) for chat, count in busiest],
        failures=dict(failures.most_common()),
        examples=examples,
        wait=quantiles(waits),
        draw=quantiles(drawing),
        costs=dict(sorted(costs.items(), key=lambda item: -item[1])),
        active=active,
        new=new,
        own_keys=dict(own_keys.most_common()),
        bars=bars,
    )


def quantiles(ascending: Sequence[float]) -> Quantiles:
    def at(share: float) -> float | None:
        return round(ascending[max(math.ceil(share * len(ascending)) - 1, 0)], 1) if ascending else None

    return Quantiles(at(0.5), at(0.95))


def _slices(period: Period, now: datetime) -> list[tuple[datetime, datetime]]:
    """From midnight in hours, or whole days up to now."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if period is Period.TODAY:
        step, begins = timedelta(hours=1), midnight
    else:
        step, begins = timedelta(days=1), midnight - timedelta(days=int(period) - 1)
    found = []
    while begins <= now:
        found.append((begins, min(begins + step, now)))
        begins += step
    return found


def _bar(begins: datetime, day: DayUsage) -> Bar:
    counts = Counter[str]()
    for (_, state), count in day.requests.items():
        counts[state] += count
    delivered, failed = counts[RequestState.DELIVERED], counts[RequestState.FAILED]
    return Bar(begins, delivered, failed, counts.total() - delivered - failed)


def _ordered(counts: Counter[str], states: type[StrEnum]) -> dict[str, int]:
    return {state.value: counts[state.value] for state in states if counts[state.value]}


def _busiest(models: dict[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    return sorted(models.items(), key=lambda item: -item[1].total())
