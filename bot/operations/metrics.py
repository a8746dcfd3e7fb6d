"""Figures for Prometheus: what the other modules tell goes nowhere until `collecting` begins, and costs them a look.

Labels have few values: models are the catalogue's, everything else is an enum or a class of ours.
"""

import platform
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot.operations.summary import program
from storage.records import Draw, Request, RequestState
from storage.repositories.stats import QueueStats

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)
SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Collected:
    """What is collected while somebody does; `text` is what Prometheus reads."""

    def __init__(self, registry: "CollectorRegistry") -> None:
        from prometheus_client import Counter, Gauge, Histogram, ProcessCollector

        def histogram(name: str, about: str, label: str, buckets: Sequence[float]) -> Histogram:
            return Histogram(f"imagine_{name}_seconds", about, [label], registry=registry, buckets=buckets)

        ProcessCollector(registry=registry)

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(f"imagine_{name}", about, labels, registry=registry)

        def gauge(name: str, about: str) -> Gauge:
            return Gauge(f"imagine_{name}", about, registry=registry)

        self._registry = registry
        self._gauge = gauge
        self.requests = counter("requests", "Requests that came to an end.", "model", "outcome")
        self.errors = counter("provider_errors", "Draws that a back-end failed.", "model", "error")
        self.refusals = counter("telegram_refusals", "Calls that Telegram answered with 429.")
        self.phases = histogram(
            "phase", "placeholder: from acceptance; wait, draw, deliver: of delivered requests.", "phase", SECONDS
        )
        self.flood = histogram("flood_delay", "How long calls waited for their turn.", "lane", SECONDS)
        self.database = histogram("database", "Transactions and reads, from their begin to their end.", "kind", SHORT)
        self.draws = histogram("draw", "Draws of delivered requests, from their begin to their end.", "model", SECONDS)
        build = Gauge("imagine_build_info", "The running version.", ["version", "python"], registry=registry)
        build.labels(program().partition(" ")[2] or "unknown", platform.python_version()).set(1)
        self._up = Gauge(
            "imagine_model_up", "1 while the model takes draws, 0 while it is down.", ["model"], registry=registry
        )
        self._workers = gauge("workers", "Processes that draw, of all; 0 where one process does everything.")
        self._waiting = gauge("queue_requests", "Requests that wait, of all processes.")
        self._oldest = gauge("queue_oldest_seconds", "How long the first of them has waited.")
        self._drawing = gauge("draws_in_flight", "Draws that run, of all processes.")

    def watch(self, name: str, about: str, figure: Callable[[], float]) -> None:
        """A gauge of this process, read when somebody asks."""
        self._gauge(name, about).set_function(figure)

    def watch_model(self, model_id: str, is_up: Callable[[], float]) -> None:
        """Whether a model is up, read when somebody asks."""
        self._up.labels(model_id).set_function(is_up)

    async def text(self, queue: Callable[[], Awaitable[QueueStats]], now: datetime) -> tuple[bytes, str]:
        """The body and its content type. Raises what `queue` raises."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        figures = await queue()
        self._waiting.set(figures.waiting)
        self._oldest.set((now - figures.oldest).total_seconds() if figures.oldest is not None else 0)
        self._drawing.set(figures.drawing)
        self._workers.set(figures.workers)
        return generate_latest(self._registry), CONTENT_TYPE_LATEST


_collected: Collected | None = None


@contextmanager
def collecting() -> Iterator[Collected]:
    from prometheus_client import CollectorRegistry

    global _collected  # noqa: PLW0603 - what is told comes from everywhere, and goes to one place
    before, _collected = _collected, Collected(CollectorRegistry())
    try:
        yield _collected
    finally:
        _collected = before


def ended(request: Request, outcome: RequestState) -> None:
    if _collected is not None:
        _collected.requests.labels(request.model, outcome.value).inc()


def placeholder_shown(request: Request, now: datetime) -> None:
    if _collected is not None:
        _collected.phases.labels("placeholder").observe(_seconds(request.accepted_at, now))


def delivered(request: Request, draws: Sequence[Draw], now: datetime) -> None:
    ended(request, RequestState.DELIVERED)
    begun = [draw.started_at for draw in draws if draw.started_at is not None]
    over = [draw.finished_at for draw in draws if draw.finished_at is not None]
    if _collected is not None:
        for draw in draws:
            if draw.started_at is not None and draw.finished_at is not None:
                _collected.draws.labels(draw.model).observe(_seconds(draw.started_at, draw.finished_at))
    if _collected is not None and begun and over:
        _collected.phases.labels("wait").observe(_seconds(request.accepted_at, min(begun)))
        _collected.phases.labels("draw").observe(_seconds(min(begun), max(over)))
        _collected.phases.labels("deliver").observe(_seconds(max(over), now))


def provider_failed(model: str, error: Exception) -> None:
    if _collected is not None:
        _collected.errors.labels(model, type(error).__name__).inc()


def telegram_refused() -> None:
    if _collected is not None:
        _collected.refusals.inc()


def flood_delayed(lane: str, seconds: float) -> None:
    if _collected is not None:
        _collected.flood.labels(lane).observe(seconds)


def database_took(kind: str, seconds: float) -> None:
    if _collected is not None:
        _collected.database.labels(kind).observe(seconds)


def _seconds(begin: datetime, end: datetime) -> float:
    return max((end - begin).total_seconds(), 0.0)
