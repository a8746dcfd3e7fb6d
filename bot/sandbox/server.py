"""The sandbox server: a Telegram Bot API server and the page of a Telegram client, on one loopback port."""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Coroutine
from pathlib import Path

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.sandbox.admin import ChatAdmin
from bot.sandbox.bot_api import BotApi, CallRecord
from bot.sandbox.delivery import deliver_for_ever
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Faults
from bot.sandbox.guard import guard, harden
from bot.sandbox.limits import FloodLimits
from bot.sandbox.page_api import PageApi
from bot.sandbox.payers import Payers
from bot.sandbox.people import People
from bot.sandbox.persistence import Saver
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.seed import fresh_world
from bot.sandbox.state import World
from bot.sandbox.wire import MAX_BODY


class SandboxServer:
    """`url` and `token` are what the bot is given; `box` holds everything, `people`, `payers` and `admin` act in
    it."""

    def __init__(self, box: Sandbox, token: str, saver: Saver | None) -> None:
        self.box = box
        self.token = token
        self.url = ""
        self.people = People(box)
        self.admin = ChatAdmin(box)
        self._api = BotApi(box, token)
        self.payers = Payers(box)
        self._page = PageApi(box, self.people, self.payers)
        self._saver = saver
        self._tasks: list[asyncio.Task[None]] = []
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)

    @classmethod
    async def start(
        cls,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        data_dir: Path | None = None,
        clock: Clock | None = None,
        token: str | None = None,
        box: Sandbox | None = None,
    ) -> "SandboxServer":
        """Listens. `data_dir`: where chats and files are kept, None: in memory. `box`: one that an earlier server
        had, which comes back as after an outage. `token`: made up if not given. Raises OSError when the port is
        taken, ValueError when the folder holds no world."""
        saver = None
        if box is None:
            world = (await Saver.load(data_dir) if data_dir else None) or fresh_world()
            box = Sandbox(world, clock or SystemClock(), data_dir / "files" if data_dir else None)
            await box.files.load()
        if data_dir is not None:
            saver = Saver(box.world, data_dir)
            box.on_change = saver.touch
        server = cls(box, token or f"{box.world.bot.id}:{secrets.token_urlsafe(26)}", saver)
        await server._listen(host, port)
        return server

    @property
    def state(self) -> World:
        return self.box.world

    @property
    def faults(self) -> Faults:
        return self.box.faults

    @property
    def limits(self) -> FloodLimits:
        return self.box.limits

    @property
    def hints(self) -> list[str]:
        """What the page's welcome says below its examples."""
        return self._page.hints

    @hints.setter
    def hints(self, hints: list[str]) -> None:
        self._page.hints = hints

    @property
    def calls(self) -> deque[CallRecord]:
        """The newest calls of the bot, getUpdates aside."""
        return self._api.calls

    async def close(self) -> None:
        """Ends what is under way (a waiting getUpdates gets 500 restart), saves, and frees the port."""
        self._page.closing.set()
        self.box.updates.interrupt(ApiError(500, "Internal Server Error: restart"))
        await self._runner.cleanup()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._saver is not None:
            await self._saver.close()

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY, middlewares=[guard])
        app.add_routes([*self._api.routes(), *self._page.routes()])
        app.on_response_prepare.append(harden)
        return app

    async def _listen(self, host: str, port: int) -> None:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{self._runner.addresses[0][1]}"
        self._own(deliver_for_ever(self.box))
        if self._saver is not None:
            self._own(self._saver.run())

    def _own(self, work: Coroutine[object, object, None]) -> None:
        self._tasks.append(asyncio.create_task(work))
