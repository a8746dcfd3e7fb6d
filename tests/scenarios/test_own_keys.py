"""People's own keys: brought in private, never readable afterwards, used for their person at one address alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import YOU
from bot.sandbox.state import Status
from providers import Catalog
from storage.records import OwnKey
from storage.repositories.own_keys import OwnKeys as StoredKeys
from tests.providers.services.openai_server import OpenAIServer, refuse
from tests.providers.serving import serving
from tests.running import bot_at, catalog_of, quick_sketch
from tests.scenarios.language import ChatClient, Person

SECRET = "q7Jw0lqR3nJvX0b2q0J8Ztq1m1Ik1xw0mQf8hQd3x1k="
MINE, THEIRS, OPERATORS = "sk-mine-0123456789abcdef", "sk-theirs-0123456789", "sk-operator-0123456789"


class Service(OpenAIServer):
    """Takes some keys, and notes by which key each picture was asked for. `empty`: accounts without credit."""

    def __init__(self) -> None:
        super().__init__()
        self.good = {MINE, THEIRS, OPERATORS}
        self.empty = set[str]()
        self.used: list[str] = []
        self.asked_for = asyncio.Event()
        self.hold: asyncio.Event | None = None

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if request.method == "POST":
            self.used.append(key)
            self.asked_for.set()
        if key in self.empty:
            return refuse(429, "insufficient_quota", f"{key}: you exceeded your current quota")
        if key not in self.good:
            return refuse(401, "invalid_api_key", f"Incorrect API key provided: {key}")
        if self.hold is not None:
            await self.hold.wait()
        self.key = key
        return await super().__call__(request)


@pytest.fixture
def service() -> Service:
    return Service()


@asynccontextmanager
async def paid_bot(
    sandbox: SandboxServer, folder: Path, service: Service, *, key: str | None = None, **settings: object
) -> AsyncIterator[Running]:
    """With a model that needs a key, one of the same service, and a stranger that takes one as well."""
    async with (
        serving(service) as url,
        serving(Service()) as elsewhere,
        bot_at(sandbox, folder, models_at(folder, url, elsewhere, key), **allowed(settings)) as running,
    ):
        yield running


def allowed(settings: dict[str, object]) -> dict[str, object]:
    return {"allow_own_keys": True, "own_keys_secret": SECRET, **settings}


def models_at(folder: Path, url: str, elsewhere: str, key: str | None = None) -> Catalog:
    lines = ["builtin = false"]
    for name, address in (("paid", url), ("sister", url), ("stranger", elsewhere)):
        lines += [
            f"[models.{name}]\nprovider = 'openai'\nlabel = '{name.title()}'\nmodel = 'gpt-image-2'\nurl = '{address}'",
            f"api_key = 'env:{name.upper()}_KEY'\nrequires_key = true\ncost = 0.4",
        ]
    path = folder / "models.toml"
    path.write_text("\n".join(lines))
    env = {"PAID_KEY": key} if key is not None else {}
    return catalog_of([*Catalog.load(path, env=env), *quick_sketch().enabled()])


async def brought(chat: ChatClient, key: str, model: str = "paid") -> None:
    message = await chat.send(f"/key {model} {key}")
    await chat.text("is stored, encrypted")
    assert message not in chat.messages


async def test_a_key_of_ones_own(sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service, daily_cost_per_user=0.5):
        refused = await chat.send("a fox --model paid")
        await chat.text("isn't available right now", to=refused)
        await brought(chat, MINE)
        await chat.send("/model")
        assert any("Paid" in label for label in chat.buttons(await chat.text("Choose a model")))
        for words in ("a fox", "a hen", "an owl"):  # more than the operator would pay for
            await chat.photo(to=await chat.send(f"{words} --model paid"))
        await chat.photo(to=await chat.send("a fox --model sister"))
        stranger = await chat.send("a fox --model stranger")
        await chat.text("isn't available right now", to=stranger)
        assert service.used == [MINE] * 4
        await chat.send("/key")
        told = await chat.text("Paid, Sister")
        assert "added 20" in told.text
        assert MINE[-4:] not in told.text
        await chat.send("/key paid off")
        await chat.text("has been deleted")
        await chat.text("isn't available right now", to=await chat.send("a fox --model paid"))
        await chat.send("/key paid off")
        await chat.text("You have no key for")


async def test_it_costs_no_credits(sandbox: SandboxServer, tmp_path: Path, alice: Person, service: Service) -> None:
    """Where credits are sold, and this person has none."""
    chat = alice.private
    async with paid_bot(sandbox, tmp_path, service, key=OPERATORS, credits="60:1", admin_ids=str(YOU)):
        await chat.text("credits", to=await chat.send("/imagine a fox --model paid"))
        await brought(chat, MINE)
        await chat.photo(to=await chat.send("/imagine an owl --model paid"))
    assert service.used == [MINE]


async def test_it_is_drawn_with_in_other_chats(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service
) -> None:
    """The chosen model is one that only this person can draw with."""
    sandbox.state.bot.inline = True
    cache = sandbox.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)
    strangers = sandbox.admin.add_group("Strangers", {you.id: Status.MEMBER}, bot_status=Status.LEFT)
    chat, elsewhere = you.private, you.chat(strangers)
    async with paid_bot(sandbox, tmp_path, service, media_chat_id=cache.id):
        await brought(chat, MINE)
        await chat.send("/model")
        await chat.press("Paid", on=await chat.text("Choose a model"))
        await chat.toast()
        query = await elsewhere.inline("a fox")
        assert query.results is not None
        assert "Paid" in query.results[0]["description"]
        await elsewhere.choose(query)
        await elsewhere.photo()
    assert service.used == [MINE]


async def test_nobody_else_draws_with_it(
    sandbox: SandboxServer, tmp_path: Path, you: Person, alice: Person, group: ChatClient, service: Service
) -> None:
    async with paid_bot(sandbox, tmp_path, service, key=OPERATORS):
        await brought(you.private, MINE)
        await you.private.photo(to=await you.private.send("a fox --model paid"))
        await alice.private.photo(to=await alice.private.send("a fox --model paid"))
        await group.photo(to=await group.send("/imagine a fox --model paid"))
        assert service.used == [MINE, OPERATORS, MINE]


async def test_a_refused_key_is_its_persons_matter(
    sandbox: SandboxServer, tmp_path: Path, you: Person, alice: Person, group: ChatClient, service: Service
) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service, key=OPERATORS, admin_ids=f"{alice.id}") as running:
        await brought(chat, "sk-wrong-0123456789")
        with capture_logs() as logs:
            for _ in range(3):
                await chat.text("rejected your key", to=await chat.send("a fox --model paid"))
            told = await group.text("couldn't draw this for you", to=await group.send("/imagine a fox --model paid"))
        assert "key" not in told.text.replace("/key", "")
        assert "sk-wrong" not in repr(logs)
        assert not running.jobs.health.is_down("paid")
        await chat.send("/key")
        await chat.text("rejected there")
        await alice.private.photo(to=await alice.private.send("a fox --model paid"))
        assert len([message for message in alice.private.answers if "key" in message.text]) == 0
        service.empty.add(THEIRS)
        await brought(chat, THEIRS)
        failed = await chat.text("no credit or quota left", to=await chat.send("a fox --model paid"))
        assert THEIRS not in failed.text
        assert not running.jobs.health.is_down("paid")


async def test_keys_that_cannot_be_right(
    sandbox: SandboxServer, tmp_path: Path, you: Person, boris: Person, service: Service
) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service):
        for sent, answer in (
            ("/key", "These models take one: paid, sister, stranger"),
            ("/key nothing sk-0123456789", "doesn't take a key. These models do: paid"),
            ("/key sketch sk-0123456789", "doesn't take a key"),
            ("/key paid", "Put the key after the model"),
            ("/key paid short", "doesn't look like a key"),
            ("/key paid sk-0123456789 and more", "doesn't look like a key"),
            ("/key paid ключ-из-букв-кириллицы", "doesn't look like a key"),
        ):
            message = await chat.send(sent)
            await chat.text(answer)
            assert message not in chat.messages
        russian = boris.private
        await russian.send("/key")
        await russian.text("Рисуйте со своим API-ключом")


async def test_in_a_group_it_is_not_taken(
    sandbox: SandboxServer, tmp_path: Path, you: Person, group: ChatClient, service: Service
) -> None:
    async with paid_bot(sandbox, tmp_path, service):
        await group.send(f"/key paid {MINE}")
        await group.text("Keys belong in our private chat")
        await you.private.send("/key")
        told = await you.private.text("These models take one")
        assert "🔑" not in told.text
    assert MINE not in everything_in(tmp_path)


async def test_where_they_are_not_allowed(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service
) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service, allow_own_keys=False):
        await chat.send(f"/key paid {MINE}")
        await chat.text("doesn't take API keys of your own")
        await chat.text("isn't available right now", to=await chat.send("a fox --model paid"))
    assert MINE not in everything_in(tmp_path)


async def test_it_is_readable_nowhere(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """The database never has it, not even while the command waits in the inbox; nor do the log and the messages."""
    caplog.set_level("DEBUG")
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service):
        message = await chat.send(f"/key paid {MINE}")
        await chat.text("is stored, encrypted")
        assert message not in chat.messages
        await chat.photo(to=await chat.send("a fox --model paid"))
        assert MINE not in everything_in(tmp_path)
        await chat.edit(await chat.send("/help"), f"/key paid {THEIRS}")
        await chat.text("is stored, encrypted")
        assert THEIRS not in everything_in(tmp_path)
    assert MINE not in everything_in(tmp_path)
    assert MINE not in caplog.text
    assert not any(MINE in shown.text for shown in chat.answers)


async def test_forget_takes_it_along(sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service):
        await brought(chat, MINE)
        await chat.send("/forget")
        await chat.press("Delete everything")
        await chat.text("Your data has been deleted")
    with sqlite3.connect(tmp_path / "imagine.db") as db:
        assert db.execute("SELECT count(*) FROM own_keys").fetchone() == (0,)


async def test_a_draw_goes_on_with_the_same_key_after_a_restart(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service
) -> None:
    chat, service.hold = you.private, asyncio.Event()
    async with serving(service) as url:
        catalog = models_at(tmp_path, url, url, OPERATORS)
        async with bot_at(sandbox, tmp_path, catalog, **allowed({})) as running:
            await brought(chat, MINE)
            await chat.send("a fox --model paid")
            placeholder = await chat.placeholder()
            await service.asked_for.wait()
            await running.jobs.stop(0)
        service.hold.set()
        service.hold = None
        async with bot_at(sandbox, tmp_path, catalog, **allowed({})):
            assert (await chat.ended(placeholder)).photo
        assert set(service.used) == {MINE}


async def test_a_key_that_goes_while_its_draw_waits(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service
) -> None:
    """The operator's is not taken in its place, and another secret makes it unreadable."""
    chat, service.hold = you.private, asyncio.Event()
    async with serving(service) as url:
        catalog = models_at(tmp_path, url, url, OPERATORS)
        async with bot_at(sandbox, tmp_path, catalog, **allowed({})) as running:
            await brought(chat, MINE)
            await chat.send("a fox --model paid")
            placeholder = await chat.placeholder()
            await service.asked_for.wait()
            await running.jobs.stop(0)
        other = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItMDA="
        async with bot_at(sandbox, tmp_path, catalog, **allowed({"own_keys_secret": other})):
            ended = await chat.ended(placeholder)
            assert "no longer here" in ended.text
            await chat.send("/key")
            await chat.text("can't be read any more")
        assert set(service.used) == {MINE}
        service.hold = None
        async with bot_at(sandbox, tmp_path, catalog, **allowed({"own_keys_secret": f"{other},{SECRET}"})):
            await chat.photo(to=await chat.send("a hen --model paid"))
        assert set(service.used) == {MINE}


async def test_what_is_told_to_operators(sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service, admin_ids=f"{YOU}"):
        await brought(chat, MINE)
        await chat.photo(to=await chat.send("a fox --model paid"))
        await chat.send("/admin")
        told = await chat.text("With own keys:")
        assert "With own keys: Paid 1" in told.text
        assert "Cost: 0" in told.text


def everything_in(folder: Path) -> str:
    """All bytes of the database, its log of writes included, as text."""
    return "".join(path.read_bytes().decode("latin-1") for path in folder.glob("imagine.db*"))


async def test_operators_switch_models_that_only_people_have_keys_for(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service
) -> None:
    chat = you.private
    async with paid_bot(sandbox, tmp_path, service, admin_ids=str(YOU)):
        card = await chat.text("Paid: being mended", to=await chat.send("/admin off paid being mended"))
        await chat.press("⛔ Paid", on=card)
        await chat.text("are on")
        assert "✓ Paid" in chat.buttons(card)


async def test_keys_are_looked_up_once_for_a_message(
    sandbox: SandboxServer, tmp_path: Path, you: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    of = StoredKeys.of

    async def counted(keys: StoredKeys, user_id: int) -> list[OwnKey]:
        looked.append(user_id)
        return await of(keys, user_id)

    chat = you.private
    async with paid_bot(sandbox, tmp_path, service):
        await brought(chat, MINE)
        monkeypatch.setattr(StoredKeys, "of", counted)
        picture = await chat.photo(to=await chat.send("/imagine a fox --model sketch --size 128x128"))
        assert looked == [YOU]
        await chat.press("Again", on=picture)
        await chat.toast()
        assert looked == [YOU, YOU]
