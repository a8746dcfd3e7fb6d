"""Back-ends fail in every way, at every step: each wish comes to one picture or to one explained failure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults.backend import Answer, Cut, wait_for_ever
from tests.faults.judging import Seen
from tests.faults.rounds import GARBAGE
from tests.faults.world import World

ENDLESS = "a job that never ends"


@dataclass(frozen=True)
class Trouble:
    """What happens at a step: `times` times (None: always), and what becomes of it."""

    name: str
    step: str
    act: Callable[[], Awaitable[None]]
    end: Seen
    times: int | None = None

    @property
    def model(self) -> str:
        """Only where nothing comes any more the model has little time, so that a busy machine is nobody else's
        trouble."""
        model = "gradio" if self.step.startswith("gradio") else "labs"
        return f"hasty-{model}" if self.name in {"stall", ENDLESS} else model

    def __str__(self) -> str:
        return f"{self.name} at {self.step}{' once' if self.times == 1 else ''}"


def answer(status: int, body: str = "<html>sorry</html>", kind: str = "text/html") -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        raise Answer(status, body, kind)

    return act


async def cut() -> None:
    raise Cut


TROUBLES = [
    # Once: another try mends it.
    *[
        Trouble(name, step, act, Seen.PICTURE, times=1)
        for name, act in (("500", answer(500)), ("503", answer(503)), ("cut", cut))
        for step in ("gradio.join", "gradio.stream", "labs.submit", "labs.poll", "picture.asked")
    ],
    *[
        Trouble("cut", step, cut, Seen.PICTURE, times=1)
        for step in ("gradio.estimation", "gradio.progress", "gradio.completed", "picture.half")
    ],
    # Always: a failure.
    *[
        Trouble(name, step, act, Seen.FAILURE)
        for name, act in (("500", answer(500)), ("404", answer(404)), ("cut", cut), ("stall", wait_for_ever))
        for step in ("gradio.join", "gradio.stream", "labs.submit", "labs.poll", "picture.asked")
    ],
    Trouble("stall", "gradio.progress", wait_for_ever, Seen.FAILURE),
    Trouble("stall", "picture.half", wait_for_ever, Seen.FAILURE),
    *[
        Trouble(f"garbage {body!r}", step, answer(200, body, "application/json"), Seen.FAILURE)
        for body in GARBAGE
        for step in ("gradio.join", "labs.submit")
    ],
    Trouble("no picture", "picture.asked", answer(200, "<html>hello</html>"), Seen.FAILURE),
    Trouble("429", "labs.submit", answer(429), Seen.FAILURE),
    Trouble("a refusal", "labs.poll", answer(200, '{"status": "Error: NSFW"}', "application/json"), Seen.FAILURE),
    Trouble(
        "a done job without a picture", "labs.poll", answer(200, '{"status": "Done"}', "application/json"), Seen.FAILURE
    ),
    Trouble(ENDLESS, "labs.poll", answer(200, '{"status": "1%"}', "application/json"), Seen.FAILURE),
]


async def test_troubles(here: World) -> None:
    """All at once, in one process: nobody's trouble is another's."""
    here.settings["MAX_JOBS"] = "1000"
    here.patience["providers.pictures.fetch.fetch_picture.timeout"] = 8.0  # which no entry sets for itself
    hasty = here.backend.models(timeout=4, queue_timeout=6).replace("[models.", "[models.hasty-")
    (here.folder / "models.toml").write_text(here.backend.models() + hasty.removeprefix("builtin = false\n"))
    troubles: dict[int, Trouble] = {}
    met: dict[int, int] = {}

    async def hook(step: str, number: int) -> None:
        trouble = troubles.get(number)
        if trouble is None or trouble.step != step:
            return
        met[number] = met.get(number, 0) + 1
        if trouble.times is None or met[number] <= trouble.times:
            await trouble.act()

    here.hooks.append(hook)
    for trouble in TROUBLES:
        wish = here.ask(here.newcomer(), trouble.model)
        troubles[wish.number] = trouble
    fine = [here.ask(here.newcomer(), model) for model in ("gradio", "labs")]
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, "\n".join(verdict.mistakes)
    for wish in here.wishes:
        wanted = Seen.PICTURE if wish in fine else troubles[wish.number].end
        assert [kind for kind, _ in here.answers(wish)] == [wanted], (
            f"{troubles.get(wish.number)}: {here.answers(wish)}"
        )
        assert wish in fine or met[wish.number], f"{troubles[wish.number]} was never met"
    assert (verdict.lost_placeholders, verdict.sent_twice) == (0, 0)
