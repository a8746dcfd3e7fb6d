"""Persian sentences run from right to left, and Latin names, numbers and commands in them read in order."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.bidi import FSI, PDI, RLM, isolated, isolated_html, joined
from bot.texts.fluent import RIGHT_TO_LEFT, Markup, Texts
from tests.bot.texts.test_texts import uses

PERSIAN = Texts.load(strict=True)("fa")
MARKS = {FSI, PDI, RLM}
COMMAND = re.compile(r"(?<![\w/@-])(?:[/@]|--)[a-z]\w*")


class Read(HTMLParser):
    """What a person sees of a text: its characters, and which of them stand in <code>."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.code = "", ""
        self.in_code = False
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code = tag == "code" or self.in_code
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.in_code = self.in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.code += data if self.in_code else ""


def outside(text: str) -> str:
    """What stands in no isolate; U+FFFC stands for each of them."""
    shown, depth = "", 0
    for char in text:
        if char == FSI:
            shown += "" if depth else "\ufffc"
            depth += 1
        elif char == PDI:
            depth -= 1
            assert depth >= 0, text
        elif depth == 0:
            shown += char
    assert depth == 0, text
    return shown


def runs_from_the_right(line: str) -> bool:
    """Whether a line is laid out from right to left (UAX 9, P2 and P3: isolates are skipped)."""
    strong = [unicodedata.bidirectional(char) for char in outside(line)]
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def said(language: str) -> dict[str, str]:
    """Every text with Latin values, as HTML."""
    texts = Texts.load(strict=True)(language)
    found: dict[str, str] = {}
    special: dict[str, str | int] = {"link": "https://t.me/#7"}
    special |= dict.fromkeys(("limit", "count", "minutes", "hours", "seconds"), 7)
    for key, use in uses(language).items():
        if not use.messages:  # those that only refer to another are said by it
            found[key] = texts.html(key, **{name: special.get(name, "SD 3.5 / 7") for name in use.variables})
    return found


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_lines_run_from_right_to_left_and_values_and_commands_are_isolated(language: str) -> None:
    wrong = []
    for key, html in said(language).items():
        shown = Read(html)
        persian = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in shown.text)
        for line in shown.text.split("\n"):
            # One that has only a value, such as a status line of a back-end, runs as the value does.
            first = next((kind for kind in map(unicodedata.bidirectional, line) if kind in {"L", "R", "AL"}), "L")
            if FSI in line and persian and not (runs_from_the_right(line) and first != "L"):
                wrong.append(f"{key} runs from the left: {line!r}")
            if found := COMMAND.findall(outside(line)):
                wrong.append(f"{key} has {found} without isolation: {line!r}")
        assert not MARKS & set(shown.code), f"{key} would copy a mark"
        assert not MARKS & set("".join(shown.links)), f"{key} has a mark in a link"
    assert wrong == []


def test_a_value_keeps_its_place_in_a_sentence() -> None:
    assert PERSIAN.get("press-menu-not-yours", command="/settings").count(f"{FSI}/settings{PDI}") == 1
    assert PERSIAN.get("caption-seed", seed="7–10") == f"دانه {FSI}7–10{PDI}"
    assert PERSIAN.html("refused-prompt-empty", example="x").endswith(f"{FSI}<code>/imagine x</code>{PDI}")
    assert PERSIAN.join(["Sketch", "1024×768"], " · ") == f"{RLM}{FSI}Sketch{PDI} · {FSI}1024×768{PDI}"
    assert PERSIAN.join([], " · ") == ""


def test_nothing_is_isolated_from_left_to_right() -> None:
    texts = Texts.load(strict=True)("en")
    for html in said("en").values():
        assert not MARKS & set(html)
    assert texts.join(["a", "b"], " · ") == "a · b"


def test_a_persian_sentence_in_another_is_isolated_once() -> None:
    inner = PERSIAN.html("expected-ar", expected=Markup("<code>1:1</code>"))
    html = PERSIAN.html("prompt-bad-value", flag="--ar", value="9", expected=inner)
    shown = Read(html)
    assert shown.code == "--ar 91:1"
    outside(shown.text)  # what is opened is closed


@given(st.text(st.characters(exclude_characters="\u2066\u2067\u2068\u2069\u200f"), max_size=40))
def test_any_value_reads_as_it_was_given(value: str) -> None:
    marks = re.compile("[\u2068\u2069\u200f]")
    shown = Read(PERSIAN.html("failure-refused-detail", model="M", detail=value).replace("\r", " ")).text
    assert value.replace("\r", " ") in marks.sub("", shown)
    assert value in marks.sub("", PERSIAN.get("failure-refused-detail", model="M", detail=value))


@given(st.text(st.sampled_from(f"a /@-<>b7{FSI}{PDI}{RLM}\nس") | st.characters(), max_size=40))
def test_no_text_is_lost_and_none_breaks_it(text: str) -> None:
    """Whatever a back-end or a person says, marks of their own included."""
    marks = re.compile(f"[{FSI}{PDI}{RLM}]")
    for shown in (isolated(text), isolated_html(text), joined([text, "x"], " · ")):
        assert marks.sub("", shown).replace(" · x", "") == marks.sub("", text).replace(" · x", "")
