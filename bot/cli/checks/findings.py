"""What a check found, and how it is shown: as lines for people, or as one JSON document for programs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Protocol

from rich.console import Console
from rich.text import Text

from bot.cli.console import OutputConsole


class Verdict(StrEnum):
    OK = "ok"
    NOTE = "note"  # works, but the operator should know
    FAILED = "failed"  # `run` could not start, or not work


class State(StrEnum):
    UP = "up"
    SLOW = "slow"
    DOWN = "down"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True)
class ModelFinding:
    """`usual_time` is for people, `price` in the unit of the catalogue's `cost`, `key` is set, missing or empty."""

    id: str
    state: State
    usual_time: str
    key: str
    price: float
    detail: str


class Report(Protocol):
    """Told what is found, while it is found."""

    def begin(self, what: str) -> None: ...

    def finding(self, finding: Finding) -> None: ...

    def models(self, width: int) -> None: ...

    def model(self, model: ModelFinding) -> None: ...


_STYLES: Mapping[str, str] = {
    Verdict.OK: "green",
    Verdict.NOTE: "yellow",
    Verdict.FAILED: "red",
    State.UP: "green",
    State.SLOW: "yellow",
    State.DOWN: "red",
    State.OFF: "dim",
}


class Lines:
    """A line each, printed at once and never broken, so that pipes and `grep` see whole words."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or OutputConsole(soft_wrap=True)
        self._width = 8

    def begin(self, what: str) -> None:
        print(f"{what} ...", file=sys.stderr, flush=True)

    def finding(self, finding: Finding) -> None:
        self._row((f"{finding.what:<14}", ""), (f"{finding.verdict:<7}", finding.verdict), (finding.detail, ""))

    def models(self, width: int) -> None:
        self._width = max(width, len("Model"))
        self._console.print()
        self._row((f"{'Model':<{self._width}}", "bold"), ("State  Usual time          Key      Price   Detail", "bold"))

    def model(self, model: ModelFinding) -> None:
        price = f"{model.price:g}" if model.price else "–"
        self._row(
            (f"{model.id:<{self._width}}", ""),
            (f"{model.state:<6}", model.state),
            (f"{model.usual_time:<19} {model.key or '–':<8} {price:<7} {model.detail}", ""),
        )

    def _row(self, *cells: tuple[str, str]) -> None:
        line = Text(" ").join(Text(text, style=_STYLES.get(style, style)) for text, style in cells)
        line.rstrip()
        self._console.print(line, soft_wrap=True)


class Document:
    """Everything as one JSON object, printed by `end`."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._models: list[ModelFinding] = []

    def begin(self, what: str) -> None:
        pass

    def finding(self, finding: Finding) -> None:
        self._findings.append(finding)

    def models(self, width: int) -> None:
        pass

    def model(self, model: ModelFinding) -> None:
        self._models.append(model)

    def end(self, *, ok: bool) -> None:
        found = [asdict(finding) for finding in self._findings]
        models = [asdict(model) for model in self._models]
        print(json.dumps({"ok": ok, "findings": found, "models": models}, indent=2, ensure_ascii=False))
