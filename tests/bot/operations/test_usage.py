"""The figures of a time, and their chart."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.operations.usage import Bar, Period, gather_usage, quantiles
from bot.pictures.chart import LEGEND, SIZE, usage_chart
from storage import Database
from storage.records import RequestState
from tests.databases import furnish
from tests.storage.stage import Clock, drawn

NOON = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(("period", "bars"), [(Period.TODAY, 13), (Period.WEEK, 7), (Period.MONTH, 30)])
async def test_each_end_is_in_one_bar(tmp_path: Path, period: Period, bars: int) -> None:
    clock = Clock()
    db = await Database.open(furnish(tmp_path / "imagine.db"), clock_now=clock.now)
    ends = [NOON.replace(hour=0, minute=0), NOON, NOON - timedelta(days=6), NOON - timedelta(days=29, hours=12)]
    for at in [*ends, NOON - timedelta(days=31)]:
        clock.time = at + timedelta(microseconds=1)
        request, _ = await drawn(db)
        async with db.transaction() as unit:
            await unit.requests.finish(request.id, RequestState.DELIVERED)
    report = await gather_usage(db, period, NOON + timedelta(seconds=1))
    await db.close()
    assert len(report.bars) == bars
    assert sum(bar.delivered for bar in report.bars) == report.requests["delivered"]
    assert report.requests["delivered"] == {Period.TODAY: 2, Period.WEEK: 3, Period.MONTH: 4}[period]
    assert report.document()["people"] == {"active": 1, "new": 0}


def test_quantiles() -> None:
    assert quantiles([]).p50 is None
    assert (quantiles([1, 2, 3, 4]).p50, quantiles([1, 2, 3, 4]).p95) == (2, 4)


@pytest.mark.parametrize("counts", [[], [(0, 0, 0)], [(1, 2, 3)] * 30, [(10**9, 0, 0)]])
def test_a_chart_of_anything(counts: list[tuple[int, int, int]]) -> None:
    bars = [Bar(NOON + timedelta(days=day), *three) for day, three in enumerate(counts)]
    picture = Image.open(BytesIO(usage_chart(bars, hourly=False)))
    assert picture.size == SIZE
    green = {color: count for count, color in picture.getcolors(10**6) or []}[(63, 154, 99)]
    in_the_legend = (LEGEND + 1) ** 2
    assert (green > in_the_legend) is any(delivered for delivered, _, _ in counts)
