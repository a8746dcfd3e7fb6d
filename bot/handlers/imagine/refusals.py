"""Answers to a request that cannot be drawn as it is: what is wrong, and what would work."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.handlers.imagine.merge import offered
from bot.handlers.imagine.variety import COUNTED, UNASKED, Question
from bot.jobs.contracts import Refused
from bot.keyboards.picture import draw_many_keyboard, draw_now_keyboard, draw_short_keyboard, draw_with_keyboard
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse
from bot.prompt.permutations import MAX_PICTURES
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts, Markup, Value
from bot.texts.lengths import shorten
from bot.texts.presets import style_name
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage.records import GroupSettings

OTHERS = 3  # models offered where one may not
_PICTURES = frozenset({"no-input-picture", "too-many-pictures", "no-mask", "no-fill"})
_ANOTHER_MODEL = frozenset(
    {"credits", "daily-cost", "daily-cost-all", "model-off", "model-unavailable", "model-not-allowed", *_PICTURES}
)
END_SHOWN = 80  # characters of a shortened prompt's end


def grammar_card(texts: LanguageTexts, error: GrammarError, catalog: Catalog) -> Card:
    values: dict[str, Value] = dict(error.values)
    key = error.code
    if key == "prompt-unknown-flag":
        if values.pop("suggestion", ""):
            return Card(texts.html("prompt-unknown-flag-suggestion", **error.values))
        values["known"] = Markup(" ".join(f"<code>--{name}</code>" for name in FLAGS))
    if "expected" in values:
        flag = str(values["flag"]).removeprefix("--")
        listed = {"model": _model_ids(catalog), "style": ", ".join(catalog.presets)}
        expected = listed.get(flag, str(values["expected"]))
        values["expected"] = texts.html(f"expected-{flag}", expected=expected)
    return Card(texts.html(key, **values))


def refusal_card(
    texts: LanguageTexts, refused: Refused, catalog: Catalog, others: Sequence[Model] = (), *, pictures: int = 0
) -> Card:
    """The refusal, with a button that draws it now if it only came too late, and one for each of `others` that may draw
    it. `pictures`: how many source images it has."""
    text = texts.html(f"refused-{refused.code}", **_values(texts, refused, catalog))
    if refused.code == "too-old":
        return Card(text, draw_now_keyboard(texts))
    return Card(text, draw_with_keyboard(texts, others, pictures=pictures) if others else None)


def others(
    refused: Refused,
    catalog: Catalog,
    group: GroupSettings | None,
    down: Callable[[str], bool],
    *,
    pictures: int,
    able: Callable[[Model], bool] | None = None,
) -> list[Model]:
    """Who may and can draw it where this model may not; first those that take as many `pictures` to start from. Where
    it was refused for their number, those alone; of all only those that are `able` to do what this one is not."""
    if refused.code not in _ANOTHER_MODEL:
        return []
    free_only = refused.code == "credits" or refused.code.startswith("daily-cost")
    found = (
        model
        for model in offered(catalog, group)
        if model.id != refused.args["model"] and not (free_only and model.cost) and not down(model.id)
    )
    ranked = sorted(found, key=lambda model: model.capabilities.input_images < pictures)
    if refused.code in _PICTURES:
        ranked = [model for model in ranked if model.capabilities.input_images >= pictures]
    return [model for model in ranked if able is None or able(model)][:OTHERS]


def question_card(texts: LanguageTexts, question: Question) -> Card:
    """How many pictures a prompt makes, with buttons that draw them, or some of them."""
    pictures = min(question.pictures, COUNTED)
    if not question.possible:
        key = "many-too-many" if question.pictures <= COUNTED else "many-far-too-many"
        text = texts.html(key, count=pictures, limit=MAX_PICTURES)
        return Card(text, draw_many_keyboard(texts, every=None, first=UNASKED))
    lines = [texts.html("many-question", count=pictures)]
    if question.cost is not None:
        lines.append(texts.html("many-cost", cost=question.cost))
    first = UNASKED if pictures > UNASKED else None
    return Card("\n".join(lines), draw_many_keyboard(texts, every=pictures, first=first))


def refusal_toast(texts: LanguageTexts, refused: Refused, catalog: Catalog) -> str:
    """The refusal as the plain answer to a press."""
    return texts.get(f"refused-{refused.code}", **_values(texts, refused, catalog))


def shorter_card(texts: LanguageTexts, card: Card, words: str) -> Card:
    """The refusal of words that are too long, with a button that draws as much as fits; without the button if cutting
    would not help either."""
    try:
        fitting = cut(words).prompt
    except GrammarError:
        return card
    if not fitting:
        return card
    offer = texts.html("prompt-shorter", end=shorten(fitting[-END_SHOWN:], END_SHOWN))
    return Card(f"{card.text}\n\n{offer}", draw_short_keyboard(texts))


def cut(words: str) -> Parsed:
    """The typed words, with texts that are too long cut at the end of a sentence or word. Raises GrammarError."""
    parsed = parse(words, limit=None)
    negative = parsed.flags.negative_prompt
    if negative is not None:
        parsed = replace(parsed, flags=replace(parsed.flags, negative_prompt=shortened(negative, PROMPT_LENGTH)))
    return replace(parsed, prompt=shortened(parsed.prompt, PROMPT_LENGTH))


def _values(texts: LanguageTexts, refused: Refused, catalog: Catalog) -> dict[str, Value]:
    values: dict[str, Value] = dict(refused.args)
    if refused.code == "model-unknown":
        values["valid"] = _model_ids(catalog)
    elif "model" in values and values["model"] in catalog:
        values["model"] = catalog[str(values["model"])].label
    elif refused.code == "style-needs-picture":
        values["style"] = style_name(texts, catalog, str(values["style"]))
    elif refused.code == "prompt-empty":
        values["example"] = texts.get("example-prompt")
    if isinstance(detail := values.get("detail"), str):
        values["detail"] = detail.rstrip(" .;")
    return values


def _model_ids(catalog: Catalog) -> str:
    return ", ".join(model.id for model in catalog.enabled())
