"""What operators ask a running bot: whether it lives, whether it can work, and its figures."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import GetMe
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import SystemClock
from bot.failure import Failure
from bot.jobs.supervisor import Supervisor
from bot.operations import metrics
from bot.operations.endpoints import TELEGRAM_EVERY, Telegram, dispatching, health_app
from bot.operations.serving import serving
from bot.sandbox.server import SandboxServer
from providers import QuotaExceeded
from storage import StorageUnavailable
from storage.repositories.stats import QueueStats
from tests.clock import FakeClock
from tests.ports import held_port
from tests.running import bot_at
from tests.scenarios.language import Person


class Asked:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def json(self, path: str) -> tuple[int, dict[str, object]]:
        async with self.session.get(self.url + path) as answer:
            return answer.status, await answer.json()

    async def figures(self) -> dict[str, float]:
        """By name and the values of the labels."""
        async with self.session.get(f"{self.url}/metrics") as answer:
            assert answer.status == 200
            text = await answer.text()
        return {
            " ".join([sample.name, *(value for key, value in sample.labels.items() if key != "le")]): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
def listen() -> Iterator[str]:
    with held_port() as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def test_a_running_bot(tmp_path: Path, session: aiohttp.ClientSession, listen: str) -> None:
    server = await SandboxServer.start()
    asked = Asked(f"http://{listen}", session)
    chat = Person.named(server, "You").private
    async with bot_at(server, tmp_path, http_listen=listen):
        assert await asked.json("/healthz") == (200, {"status": "ok"})
        ready = {"ready": True, "database": "ok", "telegram": "ok", "dispatcher": "ok"}
        assert await asked.json("/readyz") == (200, ready)
        await chat.photo(to=await chat.send("/imagine a fox --size 64x64"))
        figures = await asked.figures()
        while not figures.get("imagine_requests_total sketch delivered"):  # its row is written after its picture
            figures = await asked.figures()
        phases = {name: figures.get(f"imagine_phase_seconds_count {name}") for name in ("wait", "draw", "deliver")}
        assert phases == {"wait": 1, "draw": 1, "deliver": 1}
        assert figures["imagine_queue_requests"] == figures["imagine_draws_in_flight"] == 0
        assert figures["imagine_updates_in_flight"] == 0
        assert figures["imagine_database_seconds_count transaction"] > 3
        assert figures["imagine_flood_delay_seconds_count final"] >= 1
        assert figures["process_resident_memory_bytes"] > 0
        assert figures["imagine_draw_seconds_count sketch"] == 1
        assert figures["imagine_model_up sketch"] == 1
        assert figures["imagine_workers"] == 0
        (build,) = [value for name, value in figures.items() if name.startswith("imagine_build_info ")]
        assert build == 1
    await server.close()
    metrics.telegram_refused()  # nobody collects any more, and nobody minds


async def test_what_is_not_ready_is_named(session: aiohttp.ClientSession) -> None:
    said = {"database": "ok", "telegram": "no answer"}
    stopping = False

    async def check(name: str) -> str:
        return said[name]

    async def queue() -> QueueStats:
        raise StorageUnavailable("gone")

    checks = {"database": lambda: check("database"), "telegram": lambda: check("telegram")}
    with metrics.collecting() as collected:
        app = health_app(checks, collected, queue, SystemClock(), lambda: stopping)
        async with serving(app, "127.0.0.1:0", setting="HTTP_LISTEN") as url:
            asked = Asked(url, session)
            assert await asked.json("/readyz") == (503, {"ready": False, "database": "ok", "telegram": "no answer"})
            said["telegram"] = "ok"
            assert (await asked.json("/readyz"))[0] == 200
            stopping = True
            assert (await asked.json("/readyz"))[1]["process"] == "stopping"
            async with session.get(f"{url}/metrics") as answer:
                assert answer.status == 503
                assert await answer.text() == "the database does not answer\n"


async def test_an_address_that_is_taken_is_told_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Failure, match=f"^HTTP_LISTEN: {listen} is in use by another program"):
            async with serving(web.Application(), listen, setting="HTTP_LISTEN"):
                pass


async def test_refusals_and_errors_are_counted_by_class(session: aiohttp.ClientSession) -> None:
    async def queue() -> QueueStats:
        return QueueStats(waiting=3, oldest=clock.now() - timedelta(seconds=90), drawing=2)

    clock = FakeClock()
    with metrics.collecting() as collected:
        metrics.telegram_refused()
        metrics.provider_failed("flux", QuotaExceeded("no more"))
        app = health_app({}, collected, queue, clock, lambda: False)
        async with serving(app, "127.0.0.1:0", setting="HTTP_LISTEN") as url:
            figures = await Asked(url, session).figures()
    assert figures["imagine_telegram_refusals_total"] == 1
    assert figures["imagine_provider_errors_total QuotaExceeded flux"] == 1
    assert (figures["imagine_queue_requests"], figures["imagine_queue_oldest_seconds"]) == (3, 90)
    assert figures["imagine_draws_in_flight"] == 2


async def test_telegram_is_asked_now_and_then() -> None:
    class Bot:
        calls = 0

        async def get_me(self) -> None:
            self.calls += 1
            if self.calls == 2:
                raise TelegramUnauthorizedError(GetMe(), "Unauthorized")

    clock, bot = FakeClock(), Bot()
    telegram = Telegram(bot, clock)  # type: ignore[arg-type]  # the one call that it makes
    assert [await telegram.check() for _ in range(3)] == ["ok"] * 3
    assert bot.calls == 1
    await clock.advance(TELEGRAM_EVERY + 1)
    assert await telegram.check() == "the token is refused"


async def test_a_dispatcher_whose_tasks_have_died_is_not_ready() -> None:
    supervisor = Supervisor()
    assert await dispatching(supervisor) == "not running"
    tasks = {name: supervisor.spawn(asyncio.Event().wait(), name=name) for name in ("admission", "worker", "queue")}
    assert await dispatching(supervisor) == "ok"
    tasks["queue"].cancel()
    await asyncio.wait([tasks["queue"]])
    assert await dispatching(supervisor) == "takes nothing from the queue"
    tasks["worker"].cancel()
    await asyncio.wait([tasks["worker"]])
    assert await dispatching(supervisor) == "ok", "it draws nothing, others do"
    await supervisor.close()
