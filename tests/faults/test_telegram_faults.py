"""Telegram fails in every way, at every kind of call: each wish still comes to one end."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.sandbox.errors import ApiError, bad, too_many
from bot.sandbox.faults import ConnectionCut, Fault, RawAnswer
from bot.sandbox.wire import Call
from tests.faults.judging import Seen, is_end, is_placeholder
from tests.faults.rounds import BAD_GATEWAY
from tests.faults.world import World


@dataclass(frozen=True)
class Trouble:
    """`make` gives what is raised in place of the answer; None: nothing comes for STALL seconds. `late`: the call has
    had its effect by then."""

    name: str
    make: Callable[[], Exception] | None
    late: bool = False


@dataclass(frozen=True)
class Where:
    """A kind of call; `sends`: it makes a message, so it cannot be repeated without doubt."""

    name: str
    method: str
    when: Callable[[Call], bool] = field(default=lambda _: True)
    sends: bool = False


STALL = 7.0
TIMEOUT = 5.0  # s after which the bot gives a call up where one stalls: all other calls have to be quicker

TROUBLES = (
    Trouble("429", lambda: _error(too_many(1))),
    Trouble("429 without parameters", lambda: _error(too_many(None))),
    Trouble("500", lambda: ApiError(500, "Internal Server Error")),
    Trouble("HTML 502", lambda: RawAnswer(502, BAD_GATEWAY)),
    Trouble("HTML 502 after the effect", lambda: RawAnswer(502, BAD_GATEWAY), late=True),
    Trouble("reset before the effect", ConnectionCut),
    Trouble("reset after the effect", ConnectionCut, late=True),
    Trouble("stall before the effect", None),
    Trouble("stall after the effect", None, late=True),
)
PLACES = (
    Where("the placeholder", "sendMessage", is_placeholder, sends=True),
    Where("a progress edit", "editMessageText", is_placeholder),
    Where("a preview", "editMessageMedia", is_placeholder),
    Where("the picture", "editMessageMedia", is_end),
    Where("the picture, sent", "sendPhoto", sends=True),
    Where("updates", "getUpdates"),
)


def hasten(here: World, trouble: Trouble) -> None:
    here.patience["bot.telegram.session.PAUSE_WITHOUT_PARAMETERS"] = 1
    if trouble.make is None:
        here.patience["bot.telegram.outbox.send_request.TIMEOUT"] = TIMEOUT


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_trouble(here: World, place: Where, trouble: Trouble) -> None:
    hasten(here, trouble)
    if place.method == "sendPhoto":
        here.server.faults.refuse("sendMessage", bad("some reason that nobody has heard of"))
    met = asyncio.Event()

    async def hook(call: Call) -> None:
        met.set()
        if trouble.late or trouble.make is None:
            here.doubts.note_call(call)
        if trouble.make is not None:
            raise trouble.make()
        await asyncio.sleep(STALL)

    hooks = {"after": hook} if trouble.late else {"before": hook}
    here.server.faults.add(Fault(place.method, when=place.when, **hooks))  # type: ignore[arg-type]

    async def wait_for_edits(name: str, _: int) -> None:
        edits = {"gradio.progress": "editMessageText", "gradio.completed": "editMessageMedia"}
        if place.method == edits.get(name) and place.when is is_placeholder:
            await met.wait()

    here.hooks.append(wait_for_edits)
    await here.begin()
    wish = here.ask(here.newcomer(), "gradio")
    verdict = await here.finish()
    assert met.is_set()
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 1}, here.story()
    assert len(here.backend.submissions()[wish.number]) == 1
    if not place.sends:
        assert (verdict.lost_placeholders, verdict.sent_twice) == (0, 0), here.story()


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
async def test_trouble_on_the_way_into_an_inline_message(here: World, trouble: Trouble) -> None:
    """Once at each call: the first edit, the upload to the cache chat, the picture."""
    hasten(here, trouble)
    cache, met = here.use_inline_mode(), list[str]()

    async def hook(call: Call) -> None:
        met.append(call.method)
        if trouble.make is not None:
            raise trouble.make()
        await asyncio.sleep(STALL)

    hooks = {"after": hook} if trouble.late else {"before": hook}
    for method, when in (("editMessageText", is_placeholder), ("sendPhoto", None), ("editMessageMedia", is_end)):
        here.server.faults.add(Fault(method, when=when or (lambda _: True), **hooks))  # type: ignore[arg-type]

    async def wait_for_edit(name: str, _: int) -> None:
        while name == "labs.submit" and "editMessageText" not in met:  # noqa: ASYNC110 - calls ring no bell here
            await asyncio.sleep(0.01)

    here.hooks.append(wait_for_edit)
    await here.begin()
    wish = await here.ask_inline(here.newcomer(), "labs")
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 1}, here.story()
    assert sorted(met) == ["editMessageMedia", "editMessageText", "sendPhoto"]
    assert len(here.backend.submissions()[wish.number]) == 1
    assert len(cache.messages) <= (2 if trouble.late or trouble.make is None else 1), "a second copy only in doubt"


def _error(error: ApiError) -> ApiError:
    return ApiError(error.code, error.description, error.parameters)
