"""How the menus of models mark each of them."""

import pytest

from bot.jobs.models.health import Condition, Vitals
from bot.keyboards.models import model_keyboard, picture_model_keyboard, usual_time
from bot.texts.fluent import Texts
from providers.catalog.model import Model
from providers.sketch.provider import Sketch

MODELS = [Model(id_, id_.title(), "sketch", Sketch) for id_ in ("quick", "late", "dead", "new")]
VITALS = {
    "quick": Vitals(Condition.UP, usual=11.6, long=30),
    "late": Vitals(Condition.SLOW, usual=150, long=400),
    "dead": Vitals(Condition.DOWN, usual=5, long=5, reason="quota"),
    "new": Vitals(),
}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load(strict=True)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "~1 s"), (11.6, "~12 s"), (89.4, "~89 s"), (90, "~2 min"), (3000, "~50 min")]
)
def test_usual_times(texts: Texts, seconds: float, told: str) -> None:
    assert usual_time(texts("en"), seconds) == told
    assert usual_time(texts("ru"), seconds)


def test_marks_and_who_is_taken_meanwhile(texts: Texts) -> None:
    def vitals(model_id: str) -> Vitals:
        return VITALS[model_id]

    keyboard = model_keyboard(
        texts("en"), MODELS, owner=1, chosen="dead", page=0, own_choice=False, vitals=vitals, instead=MODELS[0]
    )
    rows = [row[0] for row in keyboard.inline_keyboard]
    assert [button.text for button in rows] == [
        "Use Quick for now",
        "🟢 Quick · ~12 s",
        "🟡 Late · ~2 min",
        "✓ 🔴 Dead",
        "New",
    ]
    assert rows[0].callback_data == rows[1].callback_data
    below = picture_model_keyboard(
        texts("ru"), MODELS, request_id=1, chosen=MODELS[2], page=0, vitals=vitals, instead=MODELS[0]
    )
    told = [row[0].text for row in below.inline_keyboard]
    assert told[:2] == ["Пока взять Quick", "🟢 Quick · ~12 с"]
