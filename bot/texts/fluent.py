"""All sentences that users read: Fluent files in `bot/texts/locales/<language>/`, one file per concern.

`texts(language).get(key, **values)` is plain text (buttons, toasts, command descriptions).
`texts(language).html(key, **values)` is Telegram HTML: the markup is in the Fluent file, and values are escaped.
Integers get plural forms and digit grouping; pass numbers that must not be grouped (seeds, ids) as text.
`Markup` marks text that is escaped already.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Literal, TypeVar, get_args
from weakref import WeakValueDictionary

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

from bot.texts.bidi import isolated, isolated_html, joined
from bot.texts.lean_babel import keep_languages, load_leanly

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent / "locales"

LanguageCode = Literal["en", "ru", "uk", "de", "fr", "es", "pt-BR", "tr", "fa", "zh-Hans"]
LANGUAGES: tuple[LanguageCode, ...] = get_args(LanguageCode)
FALLBACK: LanguageCode = "en"

keep_languages(LANGUAGES)

# Telegram languages that we do not have, whose users get Russian rather than English.
_READ_RUSSIAN = frozenset({"be", "kk"})

# Written from right to left: Latin names, numbers and commands in them are isolated, so that they read in order.
RIGHT_TO_LEFT: frozenset[LanguageCode] = frozenset({"fa"})

_TAG_LENGTH = 64  # of a language code that comes from Telegram

Value = str | int | float
T = TypeVar("T", bound=str)


class Markup(str):
    """Telegram HTML that is escaped already."""

    __slots__ = ()


class MissingTextError(LookupError):
    """A key, or a value that a text needs, is missing: a mistake in the program."""


class Texts:
    """The texts of all languages; each is read when it is first asked for, which takes 0.7 MB and some 30 ms.

    `strict` (for tests): a missing key or value raises MissingTextError. Otherwise it is logged, and English is used.
    """

    def __init__(self, folder: Path = LOCALES, *, strict: bool = False) -> None:
        self._folder = folder
        self._strict = strict
        self._languages: dict[LanguageCode, LanguageTexts] = {}

    @classmethod
    def load(cls, folder: Path = LOCALES, *, strict: bool = False) -> "Texts":
        """The texts with English already read: what else is asked for falls back to it."""
        texts = cls(folder, strict=strict)
        texts(FALLBACK)
        return texts

    def __call__(self, language: str | None) -> "LanguageTexts":
        """The texts of a language; English for an unknown one."""
        code = known_language(language) or FALLBACK
        if code not in self._languages:
            self._languages[code] = LanguageTexts(code, self._folder, strict=self._strict)
        return self._languages[code]

    def of_commands(self, language: LanguageCode) -> "LanguageTexts":
        """What is registered with Telegram in each language, and nothing else: a start reads it in all of them."""
        return LanguageTexts(language, self._folder, strict=self._strict, only="commands.ftl")

    @staticmethod
    def languages() -> tuple[LanguageCode, ...]:
        return LANGUAGES


class LanguageTexts:
    """The texts of one language."""

    def __init__(self, language: LanguageCode, folder: Path, *, strict: bool, only: str | None = None) -> None:
        """`only`: the one file that is read."""
        self.language = language
        # With English plural forms: to read those of each other language takes time, and these texts have none.
        own = _bundle(language, folder) if only is None else _read(FALLBACK, [folder / language / only])
        self._bundles = [own] if language == FALLBACK else [own, _bundle(FALLBACK, folder)]
        self._strict = strict
        self._right_to_left = language in RIGHT_TO_LEFT
        # Those without values, once they were asked for.
        self._plain: dict[str, str] = {}
        self._markup: dict[str, Markup] = {}

    def __contains__(self, key: str) -> bool:
        return self._bundles[0].has_message(key)

    def get(self, key: str, /, **values: Value) -> str:
        """Plain text; nothing is escaped. Raises MissingTextError when strict."""
        if values:
            return self._plain_text(self._format(key, values))
        return self._without_values(key, self._plain, self._plain_text)

    def html(self, key: str, /, **values: Value) -> Markup:
        """Telegram HTML: values are escaped unless they are Markup. Raises MissingTextError when strict."""
        if values:
            return self._html_text(self._format(key, {name: _safe(value) for name, value in values.items()}))
        return self._without_values(key, self._markup, self._html_text)

    def join(self, parts: Iterable[str], between: str) -> Markup:
        """Parts of a line side by side (HTML), in the order of the language's script."""
        return Markup(joined(parts, between) if self._right_to_left else between.join(parts))

    def _plain_text(self, text: str) -> str:
        return isolated(text) if self._right_to_left else text

    def _html_text(self, text: str) -> Markup:
        return Markup(isolated_html(text) if self._right_to_left else text)

    def _without_values(self, key: str, kept: dict[str, T], made: Callable[[str], T]) -> T:
        if key not in kept:
            text = made(self._format(key, {}))
            if key not in self:
                return text  # what is missing is reported each time
            kept[key] = text
        return kept[key]

    def _format(self, key: str, values: Mapping[str, Value]) -> str:
        for language, bundle in zip((self.language, FALLBACK), self._bundles, strict=False):
            if not bundle.has_message(key):
                self._report(f"no text {key!r} in {language}")
                continue
            message = bundle.get_message(key)
            if message.value is None:
                self._report(f"the text {key!r} has no value in {language}")
                continue
            text, errors = bundle.format_pattern(message.value, dict(values))
            if errors:
                self._report(f"the text {key!r} in {language}: {errors[0]}")
            return str(text)
        return key

    def first(self, *keys: str, **values: Value) -> Markup:
        """The HTML of the first key that exists: a specific sentence if there is one, else a general one."""
        key = next((key for key in keys if key in self), keys[-1])
        return self.html(key, **values)

    def _report(self, fault: str) -> None:
        if self._strict:
            raise MissingTextError(fault)
        _log_once(fault)


def known_language(code: str | None) -> LanguageCode | None:
    """The language for an IETF tag such as `ru`, `ru-RU`, `pt-br` or `zh_CN`; None when there are no texts in it.

    A variant that we do not have gets the one that we have: `pt-PT` reads Portuguese of Brazil, `zh-hant` simplified
    Chinese, and a custom language pack such as `fa-raw` Persian.
    """
    return _of_tag(code[:_TAG_LENGTH]) if code else None


@lru_cache(maxsize=256)
def _of_tag(tag: str) -> LanguageCode | None:
    wanted = tag.lower().replace("_", "-")
    for language in LANGUAGES:
        if wanted == language.lower():
            return language
    primary = wanted.partition("-")[0]
    for language in LANGUAGES:
        if primary == language.partition("-")[0]:
            return language
    return None


def choose(telegram_code: str | None, setting: str | None) -> LanguageCode:
    """A user's language: their setting, else Telegram's, else English."""
    if chosen := known_language(setting):
        return chosen
    if known := known_language(telegram_code):
        return known
    return "ru" if (telegram_code or "").lower().partition("-")[0] in _READ_RUSSIAN else FALLBACK


def _safe(value: Value) -> Value:
    return escape(value, quote=False) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=256)
def _log_once(fault: str) -> None:
    """Logs each mistake once, not with every message."""
    log.error("%s", fault)


# Those that somebody uses, by folder and language.
_bundles: WeakValueDictionary[tuple[Path, LanguageCode], FluentBundle] = WeakValueDictionary()


def _bundle(language: LanguageCode, folder: Path) -> FluentBundle:
    if (bundle := _bundles.get((folder, language))) is not None:
        return bundle
    bundle = _bundles[folder, language] = _read(language, sorted((folder / language).glob("*.ftl")))
    return bundle


def _read(language: LanguageCode, files: Iterable[Path]) -> FluentBundle:
    load_leanly(language)
    parser = FluentParser(with_spans=False)  # where something stands in its file is a third of what is kept of it
    # Isolation marks (U+2068, U+2069) would end up in copied prompts and captions; `bidi` keeps them out of <code>.
    bundle = FluentBundle([language], use_isolating=language in RIGHT_TO_LEFT)
    for path in files:
        bundle.add_resource(parser.parse(path.read_text(encoding="utf-8")))
    return bundle
