"""Two replicas behind one webhook: whoever is given an update, and were it both, makes one picture of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import SandboxServer
from tests.ports import held_port
from tests.running import bot_at
from tests.scenarios.language import ChatClient, Person
from tests.storage.conftest import postgresql_server, postgresql_url  # noqa: F401 - fixtures


class Balancer:
    """Gives each update to all replicas at once, as one that lost an answer and tried the next would."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.replicas: list[str] = []
        self.secrets: set[str] = set()
        self.url = ""

    async def pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        self.secrets.add(secret)

        async def give(replica: str) -> int:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with self.session.post(f"http://{replica}/updates", data=body, headers=headers) as answer:
                return answer.status

        return web.Response(status=max(await asyncio.gather(*map(give, self.replicas))))


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    async with AsyncExitStack() as stack:
        made = Balancer(await stack.enter_async_context(aiohttp.ClientSession()))
        app = web.Application()
        app.router.add_post("/updates", made.pass_on)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/updates"
        yield made


async def test_every_update_to_both(
    sandbox: SandboxServer,
    tmp_path: Path,
    you: Person,
    alice: Person,
    balancer: Balancer,
    postgresql_url: str,  # noqa: F811 - the fixture
) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(2):
            listen = f"127.0.0.1:{stack.enter_context(held_port())}"
            replica = bot_at(
                sandbox, tmp_path, database_url=postgresql_url, webhook_url=balancer.url, webhook_listen=listen
            )
            await stack.enter_async_context(replica)
            balancer.replicas.append(listen)
        chats = [person.private for person in (you, alice)]
        asked = [await chat.send("/imagine a fox --size 64x64") for chat in chats]
        for chat, request in zip(chats, asked, strict=True):
            await chat.photo(to=request)
        await chats[0].send("/help")
        await chats[0].text("imagine")
        for chat in chats:
            assert len([message for message in chat.answers if message.photo]) == 1
    assert len(balancer.secrets) == 1, "made up once, and known to both"


async def test_what_an_operator_decides_holds_for_both(
    sandbox: SandboxServer,
    tmp_path: Path,
    you: Person,
    boris: Person,
    postgresql_url: str,  # noqa: F811 - the fixture
) -> None:
    """One replica handles the operator's chat, the other everybody else's."""
    async with AsyncExitStack() as stack, aiohttp.ClientSession() as session:
        listens = [f"127.0.0.1:{stack.enter_context(held_port())}" for _ in range(2)]

        async def share(request: web.Request) -> web.Response:
            body = await request.json()
            sender = (body.get("message") or body.get("callback_query") or body["my_chat_member"])["from"]["id"]
            headers = {"X-Telegram-Bot-Api-Secret-Token": request.headers["X-Telegram-Bot-Api-Secret-Token"]}
            url = f"http://{listens[0 if sender == you.id else 1]}/updates"
            async with session.post(url, json=body, headers=headers) as answer:
                return web.Response(status=answer.status)

        app = web.Application()
        app.router.add_post("/updates", share)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/updates"
        for listen in listens:
            replica = bot_at(
                sandbox,
                tmp_path,
                database_url=postgresql_url,
                webhook_url=url,
                webhook_listen=listen,
                admin_ids=str(you.id),
            )
            await stack.enter_async_context(replica)
        operator, member = you.private, boris.private
        await member.photo(to=await member.send("/imagine лиса --size 64x64"))
        await operator.text("⛔ Sketch", to=await operator.send("/admin off sketch new brushes"))
        await member.text("выключена", "new brushes", to=await member.send("/imagine лиса"))
        await operator.text("Models:", to=await operator.send("/admin on sketch"))
        await operator.text("is paused", to=await operator.send("/admin pause back soon"))
        await member.text("обслуживании", "back soon", to=await member.send("/imagine лиса"))
        await operator.text("Since", to=await operator.send("/admin resume"))
        others = [Person.new(sandbox, f"Member {number}").private for number in range(12)]
        asked = [await other.send("/imagine a fox --size 64x64") for other in others]
        for other, request in zip(others, asked, strict=True):
            await other.photo(to=request)
        await _broadcast(operator, [member, *others])
        await operator.text("Banned until", to=await operator.send("/admin ban @boris_k 1d"))
        await member.text("нельзя пользоваться", to=await member.send("/imagine лиса"))


async def _broadcast(operator: ChatClient, readers: list[ChatClient]) -> None:
    news = await operator.send("/news")
    card = await operator.text("people would get", to=await operator.send("/broadcast", reply_to=news))
    await operator.press("Start", on=card)
    await operator.text("Done", f"Sent: {len(readers)}")  # who has no more to send may say so before the other's last
    counts = [sum("/news" in message.text for message in reader.answers) for reader in readers]
    assert counts == [1] * len(readers)


async def test_pictures_that_differ_and_presets(
    sandbox: SandboxServer,
    tmp_path: Path,
    you: Person,
    postgresql_url: str,  # noqa: F811 - the fixture
) -> None:
    chat = you.private
    async with bot_at(sandbox, tmp_path, database_url=postgresql_url):
        sheet = await chat.photo(to=await chat.send("a {red, blue} fox --size 64x64 --style oil"))
        assert "1: red; 2: blue" in sheet.text
        await chat.press("2", on=sheet)
        full = await chat.photo(to=sheet)
        await chat.press("☆", on=full)
        await chat.answer(lambda message: "★" in chat.buttons(message), "a star")
        await chat.press("More", on=sheet)
        await chat.press("Keep as preset", on=sheet)
        question = await chat.text("What shall I call this")
        await chat.text("saved", to=await chat.send("Mine", reply_to=question))
        await chat.photo(to=await chat.send("a cat --size 64x64 --style Mine --n 2"))
        await chat.text("Your favourites", to=await chat.send("/history ★ fox"))
        await chat.document(to=await chat.send("/export"))
