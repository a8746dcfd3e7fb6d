"""Answers to a wish that cannot be drawn as it stands: what is wrong, and what would do."""

from bot.jobs.cards import Refused
from bot.keyboards.picture import draw_now_keyboard
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import GrammarError
from bot.telegram.outbox import Card
from bot.texts import LanguageTexts, Markup, Value
from providers.catalog import Catalog


def grammar_card(texts: LanguageTexts, error: GrammarError, catalog: Catalog) -> Card:
    values: dict[str, Value] = dict(error.values)
    key = error.code
    if key == "prompt-unknown-flag":
        if values.pop("suggestion", ""):
            return Card(texts.html("prompt-unknown-flag-suggestion", **error.values))
        values["known"] = Markup(" ".join(f"<code>--{name}</code>" for name in FLAGS))
    if "expected" in values:
        flag = str(values["flag"]).removeprefix("--")
        expected = _model_ids(catalog) if flag == "model" else str(values["expected"])
        values["expected"] = texts.html(f"expected-{flag}", expected=expected)
    return Card(texts.html(key, **values))


def refusal_card(texts: LanguageTexts, refused: Refused, catalog: Catalog) -> Card:
    """With a button that draws it now, where it only came too late."""
    keyboard = draw_now_keyboard(texts) if refused.code == "too-old" else None
    return Card(texts.html(f"refused-{refused.code}", **_values(texts, refused, catalog)), keyboard)


def refusal_toast(texts: LanguageTexts, refused: Refused, catalog: Catalog) -> str:
    """The same as the plain answer to a press."""
    return texts.get(f"refused-{refused.code}", **_values(texts, refused, catalog))


def _values(texts: LanguageTexts, refused: Refused, catalog: Catalog) -> dict[str, Value]:
    values: dict[str, Value] = dict(refused.args)
    if refused.code == "model-unknown":
        values["valid"] = _model_ids(catalog)
    elif "model" in values and values["model"] in catalog:
        values["model"] = catalog[str(values["model"])].label
    elif refused.code == "prompt-empty":
        values["example"] = texts.get("example-prompt")
    if isinstance(detail := values.get("detail"), str):
        values["detail"] = detail.rstrip(" .;")
    return values


def _model_ids(catalog: Catalog) -> str:
    return ", ".join(model.id for model in catalog.enabled())
