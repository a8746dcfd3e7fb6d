"""Cards: what they say, that they fit, and that nothing hostile gets through."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from bot.jobs.contracts import FAILURE_CODES, DrawStatus, Failure, Outcome, Phase, Presenter
from bot.presenter import TextPresenter, clock_time, progress_bar
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import Texts
from bot.texts.lengths import CAPTION_LENGTH, shorten, units
from providers import Catalog
from providers.capabilities import Capabilities
from providers.catalog.model import Model
from providers.sketch.provider import Sketch
from storage.records import Detour, Parameters, PictureRecord, PlaceholderState, Request, RequestState

NASTY = "<b>&amp;\"'</i> {seed} 🦊👩‍👩‍👧é\u202e"


class Seedless(Sketch):
    capabilities = Capabilities(frozenset())


@pytest.fixture
def presenter() -> TextPresenter:
    models = [
        Model("sketch", "Sketch <not AI>", "sketch", Sketch),
        Model("turbo", "SDXL Turbo", "sketch", Seedless),
    ]
    return TextPresenter(Texts.load(strict=True), Catalog(models))


def request(
    prompt: str = "a fox", *, model: str = "sketch", language: str = "en", state: RequestState = RequestState.DRAWING
) -> Request:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Request(
        id=2**63 - 1,
        source="m:1:1",
        chat_id=1,
        chat_kind="private",
        topic_id=None,
        reply_to=1,
        requester_id=1,
        parent_id=None,
        prompt=prompt,
        full_prompt=prompt,
        model=model,
        language=language,
        parameters=Parameters(),
        placeholder=PlaceholderState.KNOWN,
        message_id=2,
        message_kind="text",
        state=state,
        reason=None,
        attempt=1,
        asked_at=now,
        accepted_at=now,
    )


def picture(number: int = 0, seed: int = 7) -> PictureRecord:
    return PictureRecord(2**63 - 1 - number, 1, 1, number, "image/png", 1024, 768, seed)


def shown(card: Card) -> str:
    """The text as Telegram counts it; fails on markup that is not balanced."""
    parser = Markup()
    parser.feed(card.text)
    parser.close()
    assert parser.open == []
    assert units(parser.text) <= CAPTION_LENGTH
    return parser.text


class Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"b", "i", "code", "blockquote", "a"}, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        self.text += data

    def handle_entityref(self, name: str) -> None:
        assert name in {"lt", "gt", "amp", "quot"}
        self.text += html.unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text += html.unescape(f"&#{name};")


def labels(card: Card) -> list[str]:
    return [button.text for row in card.keyboard.inline_keyboard for button in row] if card.keyboard else []


def test_it_is_the_presenter_of_the_jobs(presenter: TextPresenter) -> None:
    _: Presenter = presenter


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (DrawStatus(Phase.QUEUED, position=1), "Next in queue · Sketch <not AI>"),
        (DrawStatus(Phase.QUEUED, position=1200), "In queue: #1200"),
        (DrawStatus(Phase.QUEUED), "In queue ·"),
        (DrawStatus(Phase.STARTING), "Starting…"),
        (DrawStatus(Phase.DRAWING, progress=0.42, elapsed=65), "▰▰▰▰▱▱▱▱▱▱ 42% · 1:05"),
        (DrawStatus(Phase.DRAWING, position=3, eta=90), "In the model's queue: #3"),
        (DrawStatus(Phase.DRAWING, eta=90), "about 1:30 left"),
        (DrawStatus(Phase.DRAWING, status="Step 3 of 8"), "Step 3 of 8"),
        (DrawStatus(Phase.DRAWING, status="Sketching"), "Drawing"),
        (DrawStatus(Phase.DRAWING, status="5/20"), "Step 5 of 20"),
        (DrawStatus(Phase.DRAWING, status="Ünusual <b>&"), "Ünusual <b>&"),
        (
            DrawStatus(Phase.DRAWING, status="Janus does not take: guidance_scale, num_inference_steps"),
            "Ignored by this model: guidance (CFG), steps",
        ),
        (
            DrawStatus(Phase.DRAWING, status="Sketch (offline, not AI) does not know “dragon”, “<b>”"),
            "This model can't draw “dragon”, “<b>”",
        ),
        (DrawStatus(Phase.DRAWING, done=1, total=4), "1 of 4 done"),
        (DrawStatus(Phase.RETRYING, attempt=2), "Retrying (attempt 2)"),
        (DrawStatus(Phase.SENDING, progress=1.0, elapsed=9), "Sending the picture"),
    ],
)
def test_progress(presenter: TextPresenter, status: DrawStatus, expected: str) -> None:
    card = presenter.progress(request(), status)
    assert expected in shown(card)
    assert labels(card) == ["Cancel"]
    assert shown(presenter.progress(request(language="ru"), status))


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Fallback for SDXL Turbo: model can't be reached"), ("ru", "Вместо SDXL Turbo: модель недоступна")],
)
def test_who_draws_in_place_of_whom_and_why(presenter: TextPresenter, language: str, line: str) -> None:
    asked = request(model="turbo", language=language)
    detours = (Detour("turbo", "unavailable"), Detour("gone", "quota"))
    status = DrawStatus(Phase.DRAWING, status="Step 3 of 8", model="sketch", detours=detours)
    drawing = shown(presenter.progress(asked, status))
    assert line in drawing
    assert "Sketch <not AI>" in drawing
    drew = replace(picture(), model="sketch")
    caption = shown(presenter.finished(asked, Outcome((drew,), detours=detours)))
    assert line in caption
    assert "Sketch <not AI> · 1024" in caption
    assert "7" in caption  # the seed: the model that drew takes one
    failed = presenter.failed(asked, Failure("unauthorized", model="sketch", detours=detours))
    assert "Sketch <not AI>" in shown(failed)
    assert line in shown(failed)
    assert not any("Turbo" in label or "Sketch" in label for label in labels(failed))


def test_progress_bar_and_time() -> None:
    assert progress_bar(0) == "▱▱▱▱▱▱▱▱▱▱ 0%"
    assert progress_bar(0.999) == "▰▰▰▰▰▰▰▰▰▱ 99%"
    assert progress_bar(7) == "▰▰▰▰▰▰▰▰▰▰ 100%"
    assert (clock_time(0.4), clock_time(61), clock_time(3605)) == ("0:00", "1:01", "1:00:05")


def test_a_caption(presenter: TextPresenter) -> None:
    card = presenter.finished(request(), Outcome((picture(),), seconds=12))
    assert card.text == "<i>a fox</i>\n<b>Sketch &lt;not AI&gt;</b> · 1024×768 · seed 7 · 0:12"
    assert labels(card) == ["🔁 Again", "🧠 Model", "📋 Copy prompt", "☆", "⋯ More"]


def test_a_model_without_seeds_claims_none(presenter: TextPresenter) -> None:
    card = presenter.finished(request(model="turbo"), Outcome((picture(),), seconds=12))
    assert "seed" not in shown(card)
    assert "Same seed" not in " ".join(labels(card))


def test_a_model_that_is_gone_is_named_by_its_id(presenter: TextPresenter) -> None:
    assert "old-one · 1024" in shown(presenter.finished(request(model="old-one"), Outcome((picture(),))))


def test_a_failure_names_its_request_as_the_log_does(presenter: TextPresenter) -> None:
    for language, words in (("en", "Request 123456"), ("ru", "Запрос 123456")):
        asked = replace(request(language=language), id=123456)
        assert presenter.failed(asked, Failure("internal")).text.endswith(f"\n\n{words}")


def test_a_sheet_says_what_failed(presenter: TextPresenter) -> None:
    pictures = tuple(picture(number, 7 + number) for number in range(3))
    card = presenter.finished(request(), Outcome(pictures, failures=("unavailable",)))
    assert "seed 7–9" in shown(card)
    assert "1 picture failed: model can't be reached" in shown(card)
    assert labels(card)[:3] == ["1", "2", "3"]
    russian = presenter.finished(request(language="ru"), Outcome(pictures, failures=("content",) * 2))
    assert "Не получились 2 картинки: запрещено правилами модели" in shown(russian)


@pytest.mark.parametrize("length", [1, 160, 900, 1000, 2000])
@pytest.mark.parametrize("piece", ["a fox ", "🦊", "<&>", "👩‍👩‍👧", "x", "é", "\n"])
def test_every_prompt_fits(presenter: TextPresenter, length: int, piece: str) -> None:
    prompt = ("." + piece * length)[:2000]
    pictures = tuple(picture(number, 2**31 - 1 - 5 * number) for number in range(9))
    for language in ("en", "ru"):
        asked = request(prompt, language=language)
        outcome = Outcome(pictures, failures=("unauthorized",) * 4, seconds=4000)
        assert "1024×768" in shown(presenter.finished(asked, outcome))
        shown(presenter.full(asked, picture(), 9))
        for code in FAILURE_CODES:
            shown(presenter.failed(asked, Failure(code, detail="<&>" * 100, retry_after=1e6)))
        shown(presenter.cancelled(asked))
        shown(presenter.progress(asked, DrawStatus(Phase.DRAWING, status="&" * 120, progress=0.5)))


def test_hostile_text_is_shown_and_never_read_as_markup(presenter: TextPresenter) -> None:
    failure = Failure("refused", detail=NASTY)
    assert NASTY in shown(presenter.failed(request(NASTY), failure))
    assert NASTY in shown(presenter.finished(request(NASTY), Outcome((picture(),))))
    assert NASTY in shown(presenter.progress(request(NASTY), DrawStatus(Phase.DRAWING, status=NASTY)))


@pytest.mark.parametrize("code", FAILURE_CODES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_failure_has_a_sentence_and_a_way_on(presenter: TextPresenter, code: str, language: str) -> None:
    card = presenter.failed(request(language=language), Failure(code))
    assert len(shown(card)) > 30
    assert labels(card)
    hopeless = {"model-gone", "content", "refused", "parameter", "too-large", "output-refused", "blocked-words"}
    helps = code not in hopeless
    assert ("🔁" in labels(card)[0]) == helps
    assert any("🔁" in label for label in labels(card)) == (code != "model-gone")


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("HTTP 400: no", None),
        ("422", None),
        ("Error code: 400 - Bad", None),
        ("HTTP 400: the prompt mentions a trademark", "the prompt mentions a trademark"),
        ("status 503 Service Unavailable: try the other region", "try the other region"),
        ("403 Forbidden. Violence is not drawn here.", "Violence is not drawn here"),
        ("a picture of 400 people", "a picture of 400 people"),
    ],
)
def test_refusals_are_told_without_status_codes(presenter: TextPresenter, detail: str, told: str | None) -> None:
    card = presenter.failed(request(), Failure("refused", detail))
    assert ("“" in shown(card)) == (told is not None)
    assert told is None or f"“{told}”" in shown(card)
    assert told is not None or detail not in shown(card)


def test_long_seeds_stand_on_a_line_of_their_own(presenter: TextPresenter) -> None:
    card = presenter.finished(request(), Outcome((picture(0, 3698135662),), seconds=12))
    assert shown(card).splitlines()[1:] == ["Sketch <not AI> · 1024×768 · 0:12", "seed 3698135662"]


def test_one_picture_of_a_sheet_has_its_buttons(presenter: TextPresenter) -> None:
    card = presenter.full(request(), picture(2), 3)
    assert labels(card)[:3] == ["🔁 Again", "🌱 Same seed", "🧠 Model"]


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [
        (20, "in a minute", "через 1 минуту"),
        (180, "in 3 minutes", "через 3 минуты"),
        (301, "in 6 minutes", "через 6 минут"),
        (6 * 3600, "in 6 hours", "через 6 часов"),
        (22 * 3600 - 1, "in 22 hours", "через 22 часа"),
    ],
)
def test_a_quota_says_when(presenter: TextPresenter, seconds: float, english: str, russian: str) -> None:
    failure = Failure("quota", retry_after=seconds)
    assert english in shown(presenter.failed(request(), failure))
    assert russian in shown(presenter.failed(request(language="ru"), failure))


@pytest.mark.parametrize("state", [RequestState.DELIVERED, RequestState.FAILED, RequestState.CANCELLED])
def test_what_is_left_behind_has_no_buttons(presenter: TextPresenter, state: RequestState) -> None:
    card = presenter.ended(request(state=state))
    assert shown(card)
    assert card.keyboard is None


def test_shorten_never_cuts_a_character_apart() -> None:
    for text in ("👩‍👩‍👧" * 20, "e\u0301" * 40, "👍🏽" * 30, "🦊" * 40):
        for limit in range(40):
            short = shorten(text, limit)
            assert units(short) <= limit
            body = short.removesuffix("…")
            assert text.startswith(body)
            rest = text[len(body) :]
            assert not re.match("[\u200d\u0301\U0001f3fb-\U0001f3ff]", rest) or body == ""
    assert shorten("one two three four", 15) == "one two three…"
    assert shorten("short", 5) == "short"


@pytest.mark.parametrize(("language", "line"), [("en", "Ignored by this model: “dragon”"), ("ru", "«dragon»")])
def test_words_that_the_model_cannot_draw_stand_under_the_picture(
    presenter: TextPresenter, language: str, line: str
) -> None:
    outcome = Outcome((picture(),), untaken=frozenset({"“dragon”"}))
    assert line in shown(presenter.finished(request("a green dragon", language=language), outcome))
