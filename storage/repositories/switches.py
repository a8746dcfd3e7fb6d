"""Models that are switched off, and the pause of the whole bot; each with a sentence for members."""

from dataclasses import dataclass, field

from sqlalchemy import Executable, bindparam, delete, null, select

from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.prepared import prepared
from storage.statements.tables import maintenance, model_switches

_ONLY = 1  # the id of the one row that `maintenance` may have


@dataclass(frozen=True, slots=True)
class SwitchState:
    """`paused`: the sentence of a pause; None: there is none. `off`: the sentences of models that are off, by model."""

    paused: str | None = None
    off: dict[str, str] = field(default_factory=dict)


@prepared()
def _off(_: str) -> Executable:
    return select(model_switches.c.sentence).where(model_switches.c.model == bindparam("wanted"))


@prepared()
def _paused(_: str) -> Executable:
    return select(maintenance.c.sentence)


@prepared()
def _state(_: str) -> Executable:
    pause = select(null().label("model"), maintenance.c.sentence)
    return pause.union_all(select(model_switches.c.model, model_switches.c.sentence))


class Switches:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def state(self) -> SwitchState:
        sentences = dict(tuple(row) for row in await self._statements.execute(_state))
        return SwitchState(sentences.pop(None, None), sentences)

    async def paused(self) -> str | None:
        found: str | None = (await self._statements.execute(_paused)).scalar()
        return found

    async def off(self, model: str) -> str | None:
        """The sentence of a model that is switched off; None: it is on."""
        found: str | None = (await self._statements.execute(_off, {"wanted": model})).scalar()
        return found

    async def switch_off(self, model: str, sentence: str) -> None:
        await self._statements.execute(
            insert(self._statements, model_switches)
            .values(model=model, sentence=sentence)
            .on_conflict_do_update(index_elements=[model_switches.c.model], set_={"sentence": sentence})
        )

    async def switch_on(self, model: str) -> None:
        await self._statements.execute(delete(model_switches).where(model_switches.c.model == model))

    async def pause(self, sentence: str) -> None:
        await self._statements.execute(
            insert(self._statements, maintenance)
            .values(id=_ONLY, sentence=sentence)
            .on_conflict_do_update(index_elements=[maintenance.c.id], set_={"sentence": sentence})
        )

    async def resume(self) -> None:
        await self._statements.execute(delete(maintenance))
