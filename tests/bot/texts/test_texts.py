"""Both languages say the same things, with right plurals, and every code that can reach a person has its sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.jobs.contracts import FAILURE_CODES, REFUSAL_CODES
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import GrammarError
from bot.texts.fluent import LANGUAGES, LOCALES, MissingTextError, Texts, choose, known_language
from providers import errors
from storage.records import REQUEST_TRANSITIONS

SOURCE = Path(bot.__file__).parent


class Uses(Visitor):
    """The variables and the messages that a message refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 (the library's name)
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


def entries(language: str) -> Iterator[ftl.EntryType]:
    for path in sorted((LOCALES / language).glob("*.ftl")):
        yield from FluentParser().parse(path.read_text(encoding="utf-8")).body


def uses(language: str) -> dict[str, Uses]:
    found: dict[str, Uses] = {}
    for entry in entries(language):
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice in {language}"
            found[entry.id.name] = Uses()
            found[entry.id.name].visit(entry)
    return found


def sources() -> Iterator[ast.Module]:
    for path in SOURCE.rglob("*.py"):
        if "sandbox" not in path.parts:  # a server's words, not the bot's
            yield ast.parse(path.read_text(encoding="utf-8"))


def source_strings() -> Iterator[tuple[str, bool]]:
    """String literals of the bot's code; f-strings as regular expressions (True)."""
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if re.match(r"[a-z]{4}", parts[0]):
                    yield "".join(parts), True


def test_no_file_has_a_line_that_fluent_cannot_read() -> None:
    for language in LANGUAGES:
        assert [entry for entry in entries(language) if isinstance(entry, ftl.Junk)] == []


def test_both_languages_have_the_same_files_keys_and_variables() -> None:
    names = [{path.name for path in (LOCALES / language).iterdir()} for language in LANGUAGES]
    assert names[0] == names[1]
    english, russian = uses("en"), uses("ru")
    assert english.keys() == russian.keys()
    assert {key: use.variables for key, use in english.items()} == {key: use.variables for key, use in russian.items()}


def test_every_text_is_used() -> None:
    strings = list(source_strings())
    literals = {text for text, pattern in strings if not pattern}
    patterns = [re.compile(text) for text, pattern in strings if pattern]
    texts = uses("en")
    referred = {name for use in texts.values() for name in use.messages}
    unused = [
        key
        for key in texts
        if key not in literals and key not in referred and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


def test_every_key_in_the_code_is_a_text() -> None:
    texts, missing = uses("en"), []
    for tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            owner, first = ast.unparse(node.func.value), node.args[0]
            named = node.func.attr in {"get", "html"} and owner.split(".")[-1].startswith(("texts", "_texts"))
            if named and isinstance(first, ast.Constant) and first.value not in texts:
                missing.append(first.value)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    ours = [
        value.code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.ProviderError)
    ]
    for code in {*FAILURE_CODES, *ours}:
        assert texts.get(f"failure-{code}", model="M")
        assert texts.get(f"reason-{code}")
    for code, names in REFUSAL_CODES.items():
        values = dict.fromkeys([*names, "valid", "example"], "7") | {name: 7 for name in names if name == "limit"}
        assert texts.get(f"refused-{code}", **values)
    for code in re.findall(r"^    - (prompt-[a-z-]+):", GrammarError.__doc__ or "", re.MULTILINE):
        assert code in texts
    for flag in FLAGS:
        assert texts.get(f"expected-{flag}", expected="1")
    for state, following in REQUEST_TRANSITIONS.items():
        assert following or f"ended-{state}" in texts


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 picture waiting"),
        ("en", 5, "5 pictures waiting"),
        ("ru", 1, "ждёт 1 картинка"),
        ("ru", 2, "ждут 2 картинки"),
        ("ru", 5, "ждут 5 картинок"),
        ("ru", 11, "ждут 11 картинок"),
        ("ru", 21, "ждёт 21 картинка"),
        ("ru", 22, "ждут 22 картинки"),
    ],
)
def test_plural_forms(language: str, count: int, expected: str) -> None:
    assert expected in Texts.load(strict=True)(language).get("refused-queue-full", limit=count)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_of_the_language_is_there(language: str) -> None:
    """A text that counts has a variant for each of the language's forms, or one for all."""
    needed = {"en": {"one", "other"}, "ru": {"one", "few", "many"}}[language]
    for entry in entries(language):
        if not isinstance(entry, ftl.Message) or entry.value is None:
            continue
        for element in entry.value.elements:
            if isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.SelectExpression):
                keys = {
                    variant.key.name
                    for variant in element.expression.variants
                    if isinstance(variant.key, ftl.Identifier)
                }
                if keys & {"one", "few", "many"}:
                    # Where few and many read alike, "other" stands for both.
                    assert keys == needed or keys == {"one", "other"}, entry.id.name


def test_no_invisible_marks_and_no_empty_text() -> None:
    for language in LANGUAGES:
        for path in (LOCALES / language).glob("*.ftl"):
            assert not re.search("[\u2066-\u2069\u200b\ufeff]", path.read_text(encoding="utf-8"))
    text = Texts.load()("en").get("failure-quota", model="M")
    assert text.startswith("M has")


def test_html_escapes_values_but_not_its_own_markup() -> None:
    texts = Texts.load(strict=True)("en")
    shown = texts.html("prompt-unknown-flag-suggestion", flag="--<b>&", suggestion="--no")
    assert "<code>--&lt;b&gt;&amp;</code>" in shown
    assert texts.html("settings-line", name=texts.html("status-other", status="<"), value="1") == "&lt;: <b>1</b>"


def test_a_missing_key_or_value_raises_for_the_tests_and_is_logged_for_people(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(MissingTextError):
        Texts.load(strict=True)("en").get("no-such-key")
    with pytest.raises(MissingTextError):
        Texts.load(strict=True)("ru").get("caption-seed")
    assert Texts.load()("ru").get("no-such-key-either") == "no-such-key-either"
    assert "no-such-key-either" in caplog.text


def test_a_key_that_one_language_lacks_is_english(tmp_path: Path) -> None:
    for language, text in (("en", "hello = Hello"), ("ru", "other = Другое")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.ftl").write_text(text, encoding="utf-8")
    assert Texts.load(tmp_path)("ru").get("hello") == "Hello"


@pytest.mark.parametrize(
    ("telegram", "setting", "expected"),
    [
        ("ru", None, "ru"),
        ("uk", None, "ru"),
        ("be", None, "ru"),
        ("kk", None, "ru"),
        ("en-GB", None, "en"),
        ("de", None, "en"),
        (None, None, "en"),
        ("en", "ru", "ru"),
        ("ru", "en", "en"),
        ("ru", "xx", "ru"),
    ],
)
def test_language_of_a_person(telegram: str | None, setting: str | None, expected: str) -> None:
    assert choose(telegram, setting) == expected


def test_known_language() -> None:
    assert known_language("ru_RU") == "ru"
    assert known_language("") is None
    assert known_language("fr") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_lengths(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    assert len(texts.get("bot-description")) <= 512
    assert len(texts.get("bot-short-description")) <= 120
    for key in uses(language):
        if key.startswith("command-"):
            assert 1 <= len(texts.get(key)) <= 256
        if key.startswith(("press-", "cancel-", "model-set", "settings-saved", "model-gone")):
            assert len(texts.get(key, command="/settings", label="M" * 40)) <= 200
