"""What every test shares: a run that left a test out says so, and fails where all were required."""

import functools
import gc
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings

if TYPE_CHECKING:
    from aiogram.client.session.aiohttp import AiohttpSession

gc.set_threshold(200_000, 20, 20)  # as the product has it, and for the same reason (bot/__main__.py)

WORKERS_A_CORE = 2  # about half of the time tests wait: for another process, a socket, a window of Telegram's


settings.register_profile("untimed", settings(), deadline=None)  # two cores are shared by more than the tests
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """What `-n auto` means."""
    return WORKERS_A_CORE * (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@pytest.fixture(autouse=True, scope="session")
def _no_farewell() -> Iterator[None]:
    """aiogram gives TLS a quarter of a second to say goodbye; no server of the tests speaks TLS."""

    async def close(self: "AiohttpSession") -> None:
        if self._session is not None:
            await self._session.close()

    with pytest.MonkeyPatch.context() as patch:
        if "aiogram" in sys.modules:  # its import takes seconds, and many tests do without
            patch.setattr("aiogram.client.session.aiohttp.AiohttpSession.close", close)
        yield


@pytest.fixture(autouse=True, scope="session")
def _made_once() -> Iterator[None]:
    """What hundreds of bots in one process would make again, each time the same: the syntax tree of a file of texts,
    and aiogram's own list of certificate authorities."""
    with pytest.MonkeyPatch.context() as patch:
        if "fluent.syntax" in sys.modules:
            from fluent.syntax import FluentParser

            parse, parsed = FluentParser.parse, dict[tuple[str, bool], Any]()  # Any: fluent has no types

            def parse_once(parser: Any, source: str) -> Any:  # Any: likewise
                key = source, parser.with_spans
                if key not in parsed:
                    parsed[key] = parse(parser, source)
                return parsed[key]

            patch.setattr(FluentParser, "parse", parse_once)
        if "aiogram" in sys.modules:
            session: Any = import_module("aiogram.client.session.aiohttp")  # Any: it exports no `ssl`
            made = functools.cache(session.ssl.create_default_context)
            patch.setattr(session, "ssl", SimpleNamespace(create_default_context=made))
        yield


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look through half a million objects time and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _plain_tracebacks() -> Iterator[None]:
    """As the product logs them; structlog's own default draws every local variable, for seconds."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])
    yield
    structlog.reset_defaults()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    reasons: dict[str, int] = {}
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    terminalreporter.section("left out")
    for reason, count in reasons.items():
        terminalreporter.line(f"{count} left out: {reason.removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With REQUIRE_ALL_TESTS set, a skipped test is a failure (CI has everything that they need)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REQUIRE_ALL_TESTS") and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
