"""Every arrow of the way of one picture, with a SIGKILL before it and after it, and what the next life makes of it.

    update -> inbox committed -> update confirmed -> handler -> request + draws committed -> placeholder shown
           -> ticket stored -> provider events -> progress edits -> picture fetched, stored -> final edit -> delivered

One row is one boundary. After it the same database meets a new process, and the wish must come to exactly one end,
with no placeholder left, but for the residue that the row names; `runs` is how often the back-end had to draw for it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from signal import SIGTERM

import pytest

from bot.sandbox.errors import bad
from bot.sandbox.wire import Call
from tests.faults.backend import Answer
from tests.faults.judging import Seen, Wish, is_end, is_placeholder
from tests.faults.killing import polled
from tests.faults.world import World


@dataclass(frozen=True)
class Commit:
    """A commit of that kind, see zygote.py."""

    kind: str
    number: int = 1


@dataclass(frozen=True)
class Tell:
    """A call to Telegram: before it has an effect, or when it had it and the answer is not out."""

    method: str
    when: Callable[[Call], bool] = field(default=lambda _: True)


@dataclass(frozen=True)
class Confirm:
    """The getUpdates that confirms an update."""


@dataclass(frozen=True)
class Step:
    """The back-end comes to a step of backend.STEPS."""

    name: str
    number: int = 1


@dataclass(frozen=True)
class Row:
    arrow: str
    moment: str  # before | after
    point: Commit | Tell | Confirm | Step
    model: str = "labs"
    runs: int | None = 1  # None: it depends
    hold: str = ""  # a step at which the back-end waits until the first life is over
    scene: str = "drawing"
    end: Seen | None = Seen.PICTURE  # None: any
    lost: int = 0  # placeholders that nobody knows: the first residue
    twice: int = 0  # ends that were sent twice: the second one
    again: tuple[tuple[str, str, int], ...] = ()  # commits at which the lives after it die
    settings: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        about = "" if self.scene == "drawing" else f"{self.scene}: "
        what = self.point.name if isinstance(self.point, Step) else ""
        return f"{about}{self.moment} {self.arrow}{f' ({what})' if what else ''} [{self.model}]"


def both(arrow: str, point: Commit | Tell | Confirm, **fields: object) -> list[Row]:
    return [Row(arrow, moment, point, **fields) for moment in ("before", "after")]  # type: ignore[arg-type]  # Row's own


def pair(arrow: str, point: Commit | Tell, before: dict[str, object], after: dict[str, object]) -> list[Row]:
    """Both moments, where they differ."""
    return [
        Row(arrow, "before", point, **before),  # type: ignore[arg-type]  # Row's own
        Row(arrow, "after", point, **after),  # type: ignore[arg-type]
    ]


TEN = 10  # pictures: two sheets
SEVERAL: dict[str, object] = {"model": "several", "scene": "another model, in several draws", "runs": 3}
EDIT = {"model": "gradio", "runs": 2, "hold": "gradio.progress"}
PREVIEW = {"model": "gradio", "runs": 2, "hold": "gradio.completed"}
SHEETS: dict[str, object] = {"scene": "two sheets", "runs": TEN, "settings": (("MAX_JOBS_PER_USER", "10"),)}
UNPLACED = SHEETS | {"scene": "two sheets, no placeholder"}


def is_further(call: Call) -> bool:
    """A sheet beyond the first: it has numbers alone."""
    return not is_first(call)


def is_first(call: Call) -> bool:
    return '"p:m:' in str(call.params.get("reply_markup", "")).replace("'", '"')


TABLE = [
    *both("an update is fetched", Tell("getUpdates")),
    *both("the inbox is committed", Commit("inbox.add")),
    *both("the update is confirmed", Confirm()),
    *both("the request and its draws are committed", Commit("requests.accept")),
    *both("the handler has ended", Commit("inbox.remove")),
    *both("the placeholder is announced", Commit("requests.placeholder_sending")),
    *pair("the placeholder is shown", Tell("sendMessage", is_placeholder), {}, {"lost": 1}),
    *pair("its id is stored", Commit("requests.placeholder_known"), {"lost": 1}, {"hold": "labs.submit"}),
    *both("the draw is admitted", Commit("draws.admit")),
    Row("the back-end has the job", "before", Step("labs.submit")),
    Row("the back-end has the job", "after", Step("labs.submitted"), runs=2),
    Row("the back-end has the job", "before", Step("gradio.join"), model="gradio"),
    Row("the back-end has the job", "after", Step("gradio.joined"), model="gradio", runs=2),
    *pair("the ticket is stored", Commit("draws.set_ticket"), {"runs": 2}, {"runs": 1}),
    *both("the ticket is stored", Commit("draws.set_ticket"), model="gradio", runs=2),
    *[Row("a provider's event", "before", Step("labs.poll", number)) for number in (1, 2)],
    *[
        Row("a provider's event", "after", Step(f"gradio.{step}"), model="gradio", runs=2)
        for step in ("stream", "estimation", "started", "progress", "preview")
    ],
    *both("a progress edit", Tell("editMessageText", is_placeholder), **EDIT),
    *both("a preview", Tell("editMessageMedia", is_placeholder), **PREVIEW),
    Row("the back-end is done", "before", Step("labs.done")),
    Row("the back-end is done", "before", Step("gradio.completed"), model="gradio", runs=2),
    Row("the picture is fetched", "before", Step("picture.asked")),
    Row("the picture is fetched", "before", Step("picture.half")),
    Row("the picture is fetched", "after", Step("picture.given")),
    *both("the picture is stored", Commit("draws.drawn")),
    *pair("the picture is stored", Commit("draws.drawn"), {"model": "gradio", "runs": 2}, {"model": "gradio"}),
    *both("the delivery is claimed", Commit("requests.claim_end")),
    *[
        Row(
            f"the picture is stored, and again {moment} its delivery is claimed",
            "after",
            Commit("draws.drawn"),
            again=(("requests.claim_end", moment, 1),),
        )
        for moment in ("before", "after")
    ],
    *both("the final edit", Tell("editMessageMedia", is_end)),
    *both("it is delivered", Commit("requests.finish:delivered")),
    # Without a placeholder the picture is sent, and what is sent cannot be sent idempotently.
    *both("the skipping is stored", Commit("requests.placeholder_skipped"), scene="no placeholder", hold="labs.submit"),
    *pair(
        "the picture is sent",
        Tell("sendPhoto"),
        {"scene": "no placeholder"},
        {"scene": "no placeholder", "twice": 1},
    ),
    *pair(
        "it is delivered",
        Commit("requests.finish:delivered"),
        {"scene": "no placeholder", "twice": 1},
        {"scene": "no placeholder"},
    ),
    # The other ends.
    *both("the failure is stored", Commit("draws.failed"), scene="failure", end=Seen.FAILURE),
    *both("the failure is told", Tell("editMessageText", is_end), scene="failure", end=Seen.FAILURE),
    *both("the end is stored", Commit("requests.finish:failed"), scene="failure", end=Seen.FAILURE),
    *[
        row
        for scene in ("cancel by button", "cancel by command", "cancel by reply")
        for row in (
            *pair(
                "the cancellation is stored",
                Commit("requests.cancel"),
                {"scene": scene, "end": None, "runs": None},
                {"scene": scene, "end": Seen.CANCELLED},
            ),
            *both("the cancellation is shown", Tell("editMessageText", is_end), scene=scene, end=Seen.CANCELLED),
        )
    ],
    # A sheet: what is stored of it stays, the rest goes on.
    *both("the first of two pictures is stored", Commit("draws.drawn", 1), scene="sheet", runs=2),
    *both("the second of two pictures is stored", Commit("draws.drawn", 2), scene="sheet", runs=2),
    *both("the sheet is shown", Tell("editMessageMedia", is_end), scene="sheet", runs=2),
    # Two sheets: each is there once, but for one that was sent and of which no row knows.
    *both("the first of two sheets is shown", Tell("editMessageMedia", is_end), **SHEETS),
    *pair("the second sheet is sent", Tell("sendPhoto"), SHEETS, SHEETS | {"twice": 1}),
    *pair("the second sheet is noted", Commit("sheets.add"), SHEETS | {"twice": 1}, SHEETS),
    *both("it is delivered", Commit("requests.finish:delivered"), **SHEETS),
    *pair("the first of two sheets is sent", Tell("sendPhoto", is_first), UNPLACED, UNPLACED | {"twice": 1}),
    *pair("it is noted", Commit("requests.first_shown"), UNPLACED | {"twice": 1}, UNPLACED),
    *pair("the second sheet is sent", Tell("sendPhoto", is_further), UNPLACED, UNPLACED | {"twice": 1}),
    # Another model takes over, and goes on with it in the next life.
    *both("the draw is another model's", Commit("draws.reroute"), scene="another model"),
    Row("the back-end has the job", "after", Step("gradio.joined"), scene="another model", runs=2),
    # Three pictures of one run, by a model that gives one in a run: all or none of the draws are there.
    *both("the run is several draws of another model", Commit("draws.reroute"), **SEVERAL),
    *[
        row
        for number in (1, 3)
        for row in both(f"picture {number} of three is stored", Commit("draws.drawn", number), **SEVERAL)
    ],
    # While it stops, and while it starts.
    *both("a draw is handed back", Commit("draws.hand_back"), scene="stop"),
    Row("it is recovered", "before", Commit("draws.set_ticket"), again=(("draws.recover", "before", 1),), runs=2),
    *[
        Row(
            f"it is recovered, and again {moment}",
            "after",
            Commit("draws.set_ticket"),
            again=(("draws.recover", moment, 1), ("draws.admit", moment, 1), ("draws.drawn", moment, 1)),
        )
        for moment in ("before", "after")
    ],
    # Pushed instead of fetched.
    *both("the inbox is committed", Commit("inbox.add"), scene="webhook"),
]


@pytest.mark.parametrize("row", TABLE, ids=str)
async def test_killed(here: World, row: Row) -> None:
    here.settings = dict(row.settings)
    scene = SCENES[row.scene]
    _hold(here, row.hold or scene.hold)
    if scene.prepare is not None:
        scene.prepare(here)
    match row.point:
        case Commit(kind, number):
            await here.begin((kind, row.moment, number))
        case Confirm():
            here.at_confirm(row.moment)
            await here.begin()
        case Tell(method, when):
            here.at_call(method, row.moment, when)
            await here.begin()
        case Step(name, number):
            here.at_step(name, number=number)
            await here.begin()
    wish = here.ask(here.newcomer(), row.model, pictures=scene.pictures)
    if scene.act is not None:
        await scene.act(here, wish)
    await here.killed()
    here.forget_kills()
    for die in row.again:
        await here.begin(die)
        await here.killed()
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert (verdict.lost_placeholders, verdict.sent_twice) == (row.lost, row.twice), here.story()
    if row.end is not None:
        assert here.answers(wish)[-1][0] is row.end or any(kind is row.end for kind, _ in here.answers(wish))
    if row.runs is not None:
        assert len(here.backend.submissions()[wish.number]) == row.runs, here.story()


@dataclass(frozen=True)
class Scene:
    """`prepare` comes before the life, `act` after the wish; `hold` as in Row."""

    prepare: Callable[[World], None] | None = None
    act: Callable[[World, Wish], Awaitable[None]] | None = None
    hold: str = ""
    pictures: int = 1


def _hold(here: World, step: str) -> None:
    """In the first life the back-end takes a job only when the bot knows its placeholder, so that each row is about one
    boundary alone; and it stops at `step`."""

    async def hook(name: str, number: int) -> None:
        if name in {"labs.submit", "gradio.join", "busy.submit"}:
            await polled(lambda: here.lives[0].ended or here.knows_placeholder(here.wish(number)))
        if name == step:
            await here.lives[0].exit()

    here.hooks.append(hook)


def _refuse_placeholders(here: World) -> None:
    here.server.faults.refuse("sendMessage", bad("some reason that nobody has heard of"))


def _refuse_second_message(here: World) -> None:
    """The placeholder, after the question."""
    here.server.faults.refuse("sendMessage", bad("some reason that nobody has heard of"), skip=1)


def _fail(here: World) -> None:
    async def hook(name: str, _: int) -> None:
        if name == "labs.poll":
            raise Answer(body='{"status": "Error: NSFW content"}')

    here.hooks.append(hook)


def _hand_over(here: World) -> None:
    models = here.folder / "models.toml"
    models.write_text(f'{models.read_text()}fallback = ["gradio"]\n')  # of the last entry: labs

    async def hook(name: str, _: int) -> None:
        if name == "labs.submit":
            raise Answer(429, body="{}")

    here.hooks.append(hook)


def _hand_over_several(here: World) -> None:
    models = here.folder / "models.toml"
    models.write_text(models.read_text() + here.backend.busy_model())


def _use_webhook(here: World) -> None:
    here.use_webhook()


async def _drawing(here: World, wish: Wish) -> None:
    """The back-end has the job, and the placeholder stands: until then a cancellation may come before the job."""
    await here.until(lambda: here.backend.submissions()[wish.number] and here.placeholder(wish), "a drawing")


async def _press_cancel(here: World, wish: Wish) -> None:
    await _drawing(here, wish)
    placeholder = here.placeholder(wish)
    assert placeholder is not None
    here.press(placeholder, "p:x:")


async def _say_cancel(here: World, wish: Wish) -> None:
    await _drawing(here, wish)
    here.server.people.send(wish.message.sender_id, wish.message.chat_id, "/cancel")


async def _reply_cancel(here: World, wish: Wish) -> None:
    await _drawing(here, wish)
    await here.until(lambda: here.knows_placeholder(wish), "a placeholder that its request knows")
    shown = here.placeholder(wish)
    assert shown is not None
    here.server.people.send(wish.message.sender_id, wish.message.chat_id, "/cancel", reply_to=shown.id)


async def _stop(here: World, wish: Wish) -> None:
    await here.until(lambda: here.backend.submissions()[wish.number] and here.knows_placeholder(wish), "a drawing")
    here.life.signal(SIGTERM)


async def _agree(here: World, wish: Wish) -> None:
    """So many pictures are asked about first."""
    asked = await here.until(lambda: [m for _, m in here.answers(wish) if "nm:" in str(m.keyboard)], "a question")
    here.press(asked[0], f"nm:{wish.pictures}")


def _short_grace(here: World) -> None:
    here.jobs["grace"] = 0.2


SCENES = {
    "drawing": Scene(),
    "no placeholder": Scene(_refuse_placeholders),
    "failure": Scene(_fail),
    "another model": Scene(_hand_over),
    "another model, in several draws": Scene(_hand_over_several, pictures=3),
    "cancel by button": Scene(act=_press_cancel, hold="labs.poll"),
    "cancel by command": Scene(act=_say_cancel, hold="labs.poll"),
    "cancel by reply": Scene(act=_reply_cancel, hold="labs.poll"),
    "sheet": Scene(pictures=2),
    "two sheets": Scene(act=_agree, pictures=TEN),
    "two sheets, no placeholder": Scene(_refuse_second_message, act=_agree, pictures=TEN),
    "stop": Scene(_short_grace, act=_stop, hold="labs.poll"),
    "webhook": Scene(_use_webhook),
}
