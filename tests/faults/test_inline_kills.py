"""The way of a picture into an inline message, with a SIGKILL before and after each of its arrows.

    chosen result -> inbox committed -> request + draws committed -> progress edits -> picture stored
                  -> uploaded to the cache chat -> the upload noted -> final edit -> delivered
    guest question -> inbox committed -> answered -> request + draws committed -> ... as above

All that is shown is an edit of one message, so there are no residues there: one end, and nothing else. Between the
upload and its note a second copy may come to the cache chat. A guest question is answered once: between that answer and
the request, only the answer's own button can draw it.
"""

from dataclasses import dataclass

import pytest

from tests.faults.judging import Seen, is_end, is_placeholder
from tests.faults.killing import polled
from tests.faults.test_kills import SCENES, Commit, Step, Tell
from tests.faults.world import World


@dataclass(frozen=True)
class Row:
    arrow: str
    moment: str  # before | after
    point: Commit | Tell | Step
    model: str = "labs"
    runs: int | None = 1  # None: it depends
    scene: str = "drawing"
    end: Seen | None = Seen.PICTURE  # None: any
    uploads: int | None = 1  # pictures in the cache chat; None: any number
    hold: str = ""  # a step at which the back-end waits until the first life is over
    guest: bool = False  # asked by a mention
    press: bool = False  # the answer stays an offer, until its button is pressed

    def __str__(self) -> str:
        about = "" if self.scene == "drawing" else f"{self.scene}: "
        about = f"guest: {about}" if self.guest else about
        return f"{about}{self.moment} {self.arrow} [{self.model}]"


def both(arrow: str, point: Commit | Tell, **fields: object) -> list[Row]:
    return [Row(arrow, moment, point, **fields) for moment in ("before", "after")]  # type: ignore[arg-type]  # Row's own


FAILURE = {"scene": "failure", "end": Seen.FAILURE, "uploads": 0}
GUEST = {"guest": True}
CANCEL = {"scene": "cancel by button", "uploads": None, "runs": None}

TABLE = [
    *both("the inbox is committed", Commit("inbox.add")),
    *both("the request and its draws are committed", Commit("requests.accept")),
    *both("the handler has ended", Commit("inbox.remove"), runs=None),
    *both("the draw is admitted", Commit("draws.admit")),
    Row("the back-end has the job", "before", Step("labs.submit")),
    Row("the back-end has the job", "after", Step("labs.submitted"), runs=2),
    Row("the ticket is stored", "before", Commit("draws.set_ticket"), runs=2),
    Row("the ticket is stored", "after", Commit("draws.set_ticket")),
    Row("a provider's event", "before", Step("labs.poll", 2)),
    *both("the message says that it is under way", Tell("editMessageText", is_placeholder), runs=None),
    Row("the picture is fetched", "before", Step("picture.half")),
    *both("the picture is stored", Commit("draws.drawn")),
    *both("the delivery is claimed", Commit("requests.claim_end")),
    Row("the picture is uploaded", "before", Tell("sendPhoto")),
    Row("the picture is uploaded", "after", Tell("sendPhoto"), uploads=2),
    Row("the upload is noted", "before", Commit("pictures.cached"), uploads=2),
    Row("the upload is noted", "after", Commit("pictures.cached")),
    *both("the final edit", Tell("editMessageMedia", is_end)),
    *both("it is delivered", Commit("requests.finish:delivered")),
    *both("the failure is stored", Commit("draws.failed"), **FAILURE),
    *both("the failure is told", Tell("editMessageText", is_end), **FAILURE),
    *both("the end is stored", Commit("requests.finish:failed"), **FAILURE),
    Row("the cancellation is stored", "before", Commit("requests.cancel"), **(CANCEL | {"end": None})),  # type: ignore[arg-type]  # Row's own
    Row("the cancellation is stored", "after", Commit("requests.cancel"), **(CANCEL | {"end": Seen.CANCELLED})),  # type: ignore[arg-type]  # likewise
    *both("the cancellation is shown", Tell("editMessageText", is_end), **(CANCEL | {"end": Seen.CANCELLED})),
    # A guest question, up to where the ways meet.
    *both("the inbox is committed", Commit("inbox.add"), **GUEST),
    *both("its words are kept", Commit("kept_inputs.keep"), **GUEST),
    Row("the question is answered", "before", Tell("answerGuestQuery"), guest=True),
    Row("the question is answered", "after", Tell("answerGuestQuery"), guest=True, press=True),
    Row("the request and its draws are committed", "before", Commit("requests.accept"), guest=True, press=True),
    Row("the request and its draws are committed", "after", Commit("requests.accept"), guest=True),
    *both("the handler has ended", Commit("inbox.remove"), runs=None, **GUEST),
    *both("the message says that it is under way", Tell("editMessageText", is_placeholder), runs=None, **GUEST),
    *both("the picture is stored", Commit("draws.drawn"), **GUEST),
    *both("the final edit", Tell("editMessageMedia", is_end), **GUEST),
    *both("the failure is told", Tell("editMessageText", is_end), **(FAILURE | GUEST)),
]


@pytest.mark.parametrize("row", TABLE, ids=str)
async def test_killed(here: World, row: Row) -> None:
    cache, scene = here.use_inline_mode(), SCENES[row.scene]
    _hold(here, row.hold or scene.hold)
    if scene.prepare is not None:
        scene.prepare(here)
    match row.point:
        case Commit(kind, number):
            await here.begin((kind, row.moment, number))
        case Tell(method, when):
            here.at_call(method, row.moment, when)
            await here.begin()
        case Step(name, number):
            here.at_step(name, number=number)
            await here.begin()
    by = here.newcomer()
    wish = here.ask_guest(by, row.model) if row.guest else await here.ask_inline(by, row.model)
    if scene.act is not None:
        await scene.act(here, wish)
    await here.killed()
    here.forget_kills()
    await here.begin()
    if row.press:
        await here.until(lambda: here.answers(wish), "an answer")
        await polled(lambda: here.speaks() and not here.unfinished())
        (answer,) = here.answers(wish)
        assert answer[0] is Seen.OTHER, here.story()
        here.press(answer[1], "in:")
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert (verdict.lost_placeholders, verdict.sent_twice) == (0, 0), here.story()
    if row.end is not None:
        assert [kind for kind, _ in here.answers(wish)] == [row.end], here.story()
    if row.runs is not None:
        assert len(here.backend.submissions()[wish.number]) == row.runs, here.story()
    if row.uploads is not None:
        assert len(cache.messages) == row.uploads, here.story()


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_while_a_guest_is_told_why_not(here: World, moment: str) -> None:
    here.use_inline_mode()
    here.at_call("answerGuestQuery", moment)
    await here.begin()
    wish = here.ask_guest(here.newcomer(), "labs", extra=" --wrong 1")
    await here.killed()
    here.forget_kills()
    await here.begin()
    await here.until(lambda: here.answers(wish), "an answer")
    await polled(lambda: here.speaks() and not here.unfinished())
    assert ["--wrong" in message.text for _, message in here.answers(wish)] == [True], here.story()
    assert await here.life.stop() == 0, here.story()


def _hold(here: World, step: str) -> None:
    """In the first life the back-end stops at `step`, and takes a job only when its message says that it is under
    way."""

    async def hook(name: str, number: int) -> None:
        if name in {"labs.submit", "gradio.join"}:
            await polled(lambda: here.lives[0].ended or _is_under_way(here, number))
        if name == step:
            await here.lives[0].exit()

    here.hooks.append(hook)


def _is_under_way(here: World, number: int) -> bool:
    return len(here.wishes) >= number and here.placeholder(here.wish(number)) is not None
