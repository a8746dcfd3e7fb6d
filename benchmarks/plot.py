"""Plots of cost against load, from what the benchmarks stored: `python benchmarks/plot.py` draws docs/plots/*.svg.

Both axes are logarithmic. The colours are readable on light and on dark paper.
"""

import json
import math
from collections.abc import Sequence
from html import escape
from typing import Any

from report import RESULTS

PLOTS = RESULTS.parent.parent / "docs" / "plots"
WIDTH, HEIGHT = 800, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 55
LINE_HEIGHT = 17
COLORS = ("#8a8f98", "#d9480f", "#a0a5ad", "#e8761f", "#1c7ed6", "#7048e8", "#b0b5bd", "#0ca678")

Points = Sequence[tuple[float, float]]


class Scale:
    """A logarithmic axis from `start` to `end` in pixels."""

    def __init__(self, values: Sequence[float], start: float, end: float, *, whole_decades: bool) -> None:
        low, high = math.log10(min(values)), math.log10(max(values))
        if whole_decades:
            low, high = math.floor(low), math.ceil(high)
        self._low, self._span = low, (high - low) or 1.0
        self._start, self._length = start, end - start

    def __call__(self, value: float) -> float:
        return self._start + (math.log10(value) - self._low) / self._span * self._length

    @property
    def decades(self) -> list[float]:
        return [10.0**power for power in range(math.ceil(self._low), math.floor(self._low + self._span) + 1)]


def svg(title: str, x_name: str, y_name: str, lines: dict[str, Points]) -> str:
    points = [point for line in lines.values() for point in line]
    x = Scale([x for x, _ in points], LEFT, WIDTH - RIGHT, whole_decades=False)
    y = Scale([y for _, y in points], HEIGHT - BOTTOM, TOP, whole_decades=True)
    parts = [_text(LEFT, 22, title, weight="bold")]
    for value in y.decades:
        parts.append(_rule(LEFT, y(value), WIDTH - RIGHT, y(value)))
        parts.append(_text(LEFT - 8, y(value) + 4, f"{value:g}", anchor="end"))
    for value in sorted({value for value, _ in points}):
        parts.append(_rule(x(value), TOP, x(value), HEIGHT - BOTTOM))
        parts.append(_text(x(value), HEIGHT - BOTTOM + 18, f"{value:g}", anchor="middle"))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(_text(middle, HEIGHT - 14, x_name, anchor="middle"))
    parts.append(f'<g transform="translate(18 {HEIGHT / 2}) rotate(-90)">{_text(0, 0, y_name, anchor="middle")}</g>')
    parts += _lines(lines, x, y)
    body = "\n".join(parts)
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#808690"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {style}>'
    return f"{head}\n<title>{escape(title)}</title>\n{body}\n</svg>\n"


def _lines(lines: dict[str, Points], x: Scale, y: Scale) -> list[str]:
    """Each with its name at its end; names keep apart."""
    parts = []
    lowest: float = HEIGHT - BOTTOM + LINE_HEIGHT
    ends = sorted(enumerate(lines.items()), key=lambda item: item[1][1][-1][1])
    for number, (name, line) in ends:
        color = COLORS[number % len(COLORS)]
        path = " ".join(f"{x(at):.1f},{y(cost):.1f}" for at, cost in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(at):.1f}" cy="{y(cost):.1f}" r="3" fill="{color}"/>' for at, cost in line]
        lowest = min(y(line[-1][1]) + 4, lowest - LINE_HEIGHT)
        parts.append(_text(WIDTH - RIGHT + 10, lowest, f"{name}, {line[-1][1]:.3g}", color=color))
    return parts


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#808690" stroke-opacity="0.25"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal", color: str = "") -> str:
    fill = f' fill="{color}"' if color else ""
    style = f'text-anchor="{anchor}" font-weight="{weight}"{fill}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def main() -> None:
    PLOTS.mkdir(exist_ok=True)
    for path in sorted(RESULTS.glob("*.json")):
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if plot := result.get("plot"):
            out = PLOTS / f"{path.stem}.svg"
            out.write_text(svg(result["title"], plot["x"], plot["y"], plot["lines"]), encoding="utf-8")
            print(f"drawn: {out}")


if __name__ == "__main__":
    main()
