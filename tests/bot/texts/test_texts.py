"""All languages say the same things, with right plurals, and every code that can reach a person has its sentence."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.handlers.menus.command_menu import GROUP, OPERATOR, PRIVATE
from bot.jobs.contracts import FAILURE_CODES, REFUSAL_CODES
from bot.prompt.flags import FLAGS
from bot.prompt.grammar import GrammarError
from bot.texts.fluent import LANGUAGES, LOCALES, LanguageCode, MissingTextError, Texts, choose, known_language
from bot.texts.lengths import CAPTION_LENGTH, TEXT_LENGTH, TOAST_LENGTH, units
from bot.texts.statuses import parameter_names, status_line
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


OTHERS = [language for language in LANGUAGES if language != "en"]


def files_of(language: str) -> dict[str, str]:
    """The file of each key."""
    found = {}
    for path in sorted((LOCALES / language).iterdir()):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = path.name
    return found


def test_no_language_lacks_a_text() -> None:
    """Lists what is to be translated, by language and file. A key stands in the same file in all languages."""
    english = files_of("en")
    others = {language: files_of(language) for language in OTHERS}
    lacking = {
        language: sorted(f"{name}: {key}" for key, name in english.items() if found.get(key) != name)
        for language, found in others.items()
    }
    assert {language: keys for language, keys in lacking.items() if keys} == {}
    surplus = {language: sorted(found.keys() - english.keys()) for language, found in others.items()}
    assert {language: keys for language, keys in surplus.items() if keys} == {}


def test_there_is_a_folder_for_each_language_and_for_no_other() -> None:
    assert {path.name for path in LOCALES.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_variables(language: str) -> None:
    english, translated = uses("en"), uses(language)
    wrong = {
        key: (use.variables, english[key].variables)
        for key, use in translated.items()
        if key in english and use.variables != english[key].variables
    }
    assert wrong == {}


def texts_of(language: str) -> dict[str, set[str]]:
    """The literal text of each message, once for every variant that its selectors can choose."""
    found: dict[str, set[str]] = {}
    for entry in entries(language):
        if isinstance(entry, ftl.Message) and entry.value is not None:
            found[entry.id.name] = variants(entry.value)
    return found


def variants(pattern: ftl.Pattern) -> set[str]:
    texts = {""}
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            more = {element.value}
        elif isinstance(element.expression, ftl.SelectExpression):
            more = set().union(*(variants(variant.value) for variant in element.expression.variants))
        else:
            more = {"\0"}  # a value
        texts = {before + text for before in texts for text in more}
    return texts


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_markup_and_commands(language: str) -> None:
    """The same tags, commands and flags: a translation must not lose what can be tapped or typed."""

    def marked(text: str) -> list[str]:
        return sorted(re.findall(r"</?\w+|(?<![\w<])/[a-z]+\b|--[a-z]+", text))

    english, translated = texts_of("en"), texts_of(language)
    for key in translated.keys() & english.keys():
        for text in translated[key]:
            assert marked(text) in [marked(original) for original in english[key]], key


# What may read as in English, and why.
ALIKE = {
    r"value-language-.*": "a language's name is in that language",
    r"(setting|group)-spoiler": "Telegram's own word",
    r"setting-seed|caption-seed|setting-guidance": "image tools say it in English",
    r"setting-model|button-model": "the same word in Turkish",
    r"model-(seconds|minutes)|(square|admin)-seconds": "signs of units",
    r"recipe-value": "a name, a colon and a value",
    r"value-minutes": "the same word in French",
    r"button-prompts": "image tools say prompt in many languages",
    r"preset-(anime|pixel-art|sticker|logo|comic|figurine)": "the same word in several languages",
    r"button-style|setting-styles": "the same word in French",
    r"admin-chats|button-broadcast-pause": "the same word in several languages",
    r"setting-(checkpoint|sampler|scheduler|lora|vae|upscaler)": "image tools say it in English",
    r"value-(auto|no)": "the same word in several languages",
}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_still_english(language: str) -> None:
    english, translated = texts_of("en"), texts_of(language)
    left = [
        key
        for key, texts in translated.items()
        if texts == english.get(key)
        and any(re.search(r"[^\W\d_]", re.sub(r"<[^>]*>", "", text)) for text in texts)
        and not any(re.fullmatch(pattern, key) for pattern in ALIKE)
    ]
    assert left == []


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
        ("uk", 1, "чекає 1 картинка"),
        ("uk", 3, "чекають 3 картинки"),
        ("uk", 11, "чекають 11 картинок"),
        ("de", 1, "1 Bild"),
        ("de", 2, "2 Bilder"),
        ("fr", 0, "0 image en"),
        ("fr", 2, "2 images"),
        ("es", 0, "0 imágenes"),
        ("es", 1, "1 imagen"),
        ("pt-BR", 0, "0 imagem"),
        ("pt-BR", 2, "2 imagens"),
        ("tr", 2, "2 görseliniz"),
        ("fa", 2, "\u20682\u2069 تصویر"),
        ("zh-Hans", 2, "2 张图片"),
    ],
)
def test_plural_forms(language: str, count: int, expected: str) -> None:
    assert expected in Texts.load(strict=True)(language).get("refused-queue-full", limit=count)


# By CLDR, for whole numbers below a million; where a language has no more than these, they stand for all.
FORMS = {
    "en": {"one", "other"},
    "ru": {"one", "few", "many"},
    "uk": {"one", "few", "many"},
    "de": {"one", "other"},
    "fr": {"one", "other"},
    "es": {"one", "other"},
    "pt-BR": {"one", "other"},
    "tr": {"one", "other"},
    "fa": {"one", "other"},
    "zh-Hans": {"other"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_of_the_language_is_there(language: str) -> None:
    """A text that counts has a variant for each of the language's forms, or one for all."""
    needed = FORMS[language]
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
                if keys & {"zero", "one", "two", "few", "many", "other"}:
                    # Where other forms read alike, "other" stands for them.
                    assert keys in (needed, {"one", "other"}, {"other"}), entry.id.name


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
        ("uk", None, "uk"),
        ("uk-UA", None, "uk"),
        ("be", None, "ru"),
        ("kk", None, "ru"),
        ("en-GB", None, "en"),
        ("sw", None, "en"),
        ("de-AT", None, "de"),
        ("pt-br", None, "pt-BR"),
        ("pt", None, "pt-BR"),
        ("pt-PT", None, "pt-BR"),
        ("zh-hans", None, "zh-Hans"),
        ("zh-cn", None, "zh-Hans"),
        ("zh_CN", None, "zh-Hans"),
        ("zh", None, "zh-Hans"),
        ("zh-hant-tw", None, "zh-Hans"),
        ("fa-raw", None, "fa"),
        ("FA", None, "fa"),
        ("es-419", None, "es"),
        ("", None, "en"),
        ("-", None, "en"),
        ("pt-" * 500, None, "pt-BR"),
        ("de", "pt-BR", "pt-BR"),
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
    assert known_language("xx") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_lengths(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    assert len(texts.get("bot-description")) <= 512
    assert len(texts.get("bot-short-description")) <= 120
    for key in uses(language):
        if key.startswith("command-"):
            assert 1 <= units(texts.get(key)) <= 64, key  # Telegram takes 256, but shows the beginning only


# Toasts and alerts, with the longest values that they get.
TOASTS = re.compile(
    r"press-.*|cancel-(done|nothing|ended|not-yours)|model-(set|already|reset|gone)|settings-(saved|reset|bad-value)"
    r"|history-picture-gone|forget-kept|group-admins-only|refused-(queue-full|daily-.*|cooldown.*|admins-only|model-.*)"
)
VALUES: dict[str, str | int] = {
    "label": "M" * 40,
    "model": "M" * 32,
    "command": "/settings",
    "limit": 1000,
    "seconds": 59,
    "minutes": 90,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_fit(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    for key, use in uses(language).items():
        if TOASTS.fullmatch(key) and not use.variables - VALUES.keys():
            values: dict[str, Any] = {name: VALUES[name] for name in use.variables}
            assert units(texts.get(key, **values)) <= TOAST_LENGTH, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_and_captions_fit(language: str) -> None:
    """With long values there is room left for what a text stands beside."""
    texts = Texts.load(strict=True)(language)
    for key, use in uses(language).items():
        if not use.messages:
            text = texts.html(key, **{name: VALUES.get(name, "W" * 100) for name in use.variables})
            assert units(text) <= TEXT_LENGTH // 2, key
            if key.startswith(("history-", "caption-", "instead")):
                assert units(text) <= CAPTION_LENGTH // 2, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_fit_on_a_phone(language: str) -> None:
    """Telegram cuts a label that is too long for its button: about 40 characters a row."""
    texts = Texts.load(strict=True)(language)
    most = {"button-setting": 99, "button-redraw": 99, "button-model-instead": 99}  # those end in a model's name
    values = {"size": "2048×2048"}
    for key, use in uses(language).items():
        if key.startswith("button-") and key not in most:
            assert 1 <= units(texts.get(key, **{name: values.get(name, "M") for name in use.variables})) <= 40, key
    for row in (
        ("again", "same"),
        ("model", "copy", "more"),
        ("reset", "close"),
        ("type", "clear"),
        ("forget", "keep"),
    ):
        assert sum(units(texts.get(f"button-{name}")) for name in row) <= 44, row
    for key in uses(language):
        if re.match(r"setting-|group-(who|models|default|cooldown|spoiler|language)$", key):
            assert units(texts.get(key)) <= 24, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_read_alone_are_those_of_their_language(language: LanguageCode) -> None:
    texts = Texts.load(strict=True)
    alone, whole = texts.of_commands(language), texts(language)
    keys = [key for key in texts_of(language) if key.startswith(("command-", "bot-"))]
    assert len(keys) >= len({*PRIVATE, *GROUP, *OPERATOR}) + 2
    assert [alone.get(key) for key in keys] == [whole.get(key) for key in keys]


def test_commands_take_no_locale_into_memory() -> None:
    """babel keeps 1 MB for each, and a start reads the commands of all languages."""
    program = (
        "from babel import localedata\n"
        "from bot.texts.fluent import LANGUAGES, Texts\n"
        "texts = Texts.load(strict=True)\n"
        "[texts.of_commands(language).get('command-imagine') for language in LANGUAGES]\n"
        "assert set(localedata._cache) <= {'root', 'en', 'en_US_POSIX'}, set(localedata._cache)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Ignored by this model: steps, negative prompt, foo"),
        ("de", "Von diesem Modell ignoriert: Schritte, Negativer Prompt, foo"),  # nouns keep their capital
        ("es", "Este modelo ignora: pasos, prompt negativo, foo"),
        ("zh-Hans", "此模型忽略：步数、负面提示词、foo"),
    ],
)
def test_names_of_parameters_within_a_sentence(language: str, expected: str) -> None:
    texts = Texts.load(strict=True)(language)
    names = ["num_inference_steps", "negative_prompt", "foo"]
    assert texts.get("caption-unused", names=parameter_names(texts, names)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "“fox”, “hen”"), ("de", "„fox“, „hen“"), ("ru", "«fox», «hen»"), ("fa", "«fox»، «hen»")],
)
def test_words_are_quoted_and_listed_as_the_language_does(language: str, expected: str) -> None:
    texts = Texts.load(strict=True)(language)
    assert parameter_names(texts, ["“fox”", "“hen”"]) == expected
    assert expected in _without_marks(status_line(texts, "Sketch does not know “fox”, “hen”"))


def _without_marks(text: str) -> str:
    return re.sub("[\u2066-\u2069\u200f]", "", text)
