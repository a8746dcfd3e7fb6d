"""What a benchmark says at its end: a table, the same as JSON, and whether its bounds were kept."""

import json
import math
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Row:
    """`bound`: the figure may not be greater; None: it is told, not judged."""

    what: str
    figure: float
    unit: str = ""
    bound: float | None = None

    @property
    def kept(self) -> bool:
        return self.bound is None or self.figure <= self.bound


@dataclass(frozen=True)
class Plot:
    """Cost against load, for `plot.py`: what the axes are, and the points (x, y) of each who was measured."""

    x: str
    y: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


def report(name: str, title: str, rows: Sequence[Row], plot: Plot | None = None) -> int:
    """Print and store it; returns the exit code, 1 past a bound."""
    cells = [("", "measured", "bound", "")]
    for row in rows:
        bound = "" if row.bound is None else _shown(row.bound, row.unit)
        verdict = "" if row.bound is None else "kept" if row.kept else "PAST IT"
        cells.append((row.what, _shown(row.figure, row.unit), bound, verdict))
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    print(f"\n{title}\n")
    for line in cells:
        what, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join([what, *others]).rstrip())
    kept = all(row.kept for row in rows)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    result = {
        "benchmark": name,
        "title": title,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "rows": [asdict(row) | {"kept": row.kept} for row in rows],
        "kept": kept,
        "plot": asdict(plot) if plot else None,
    }
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\nwritten to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
    sys.stdout.flush()
    return 0 if kept else 1


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all are not above."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _shown(figure: float, unit: str) -> str:
    text = f"{figure:.0f}" if float(figure).is_integer() and unit not in {"s", "MB", "KB"} else f"{figure:.2f}"
    return f"{text} {unit}".rstrip()
