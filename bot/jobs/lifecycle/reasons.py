"""Why a request failed: from an error to the row, and from the row to what people read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.jobs.contracts import DETAIL_LENGTH, Failure, clean, one_line
from providers.errors import ProviderError, QuotaExceeded, ResponseError
from storage.records import Draw


def _codes(error: type[ProviderError]) -> Iterator[str]:
    yield error.code
    for kind in error.__subclasses__():
        yield from _codes(kind)


_SAID_BY_BACK_END = frozenset(_codes(ResponseError))  # only a back-end's own refusal is worth its words


def failure_of(error: Exception) -> Failure:
    """The failure for an error. Its `detail` is for operators; people see it only if the back-end itself refused: see
    `told`."""
    if not isinstance(error, ProviderError):
        return Failure("internal", detail=type(error).__name__)
    return Failure(
        error.code,
        detail=one_line(str(error), DETAIL_LENGTH),
        retry_after=error.retry_after if isinstance(error, QuotaExceeded) else None,
    )


def failure_of_draws(draws: Sequence[Draw]) -> Failure:
    """The failure of a request whose draws have all ended without a picture: that of the draw that failed last."""
    failed = [draw for draw in draws if draw.error is not None]
    if not failed:
        return Failure("internal")
    last = max(failed, key=lambda draw: (draw.finished_at is not None and draw.finished_at.timestamp(), draw.ordinal))
    return Failure(
        last.error or "internal",
        detail=last.detail,
        retry_after=last.retry_after,
        model=last.model,
        detours=last.detours,
    )


def told(failure: Failure) -> Failure:
    """The failure as people may see it."""
    if failure.code in _SAID_BY_BACK_END:
        return replace(failure, detail=clean(failure.detail, DETAIL_LENGTH))
    return Failure(failure.code, retry_after=failure.retry_after, model=failure.model, detours=failure.detours)
