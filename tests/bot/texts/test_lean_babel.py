import inspect
import json
import subprocess
import sys

import pytest
from babel import Locale, localedata
from babel.numbers import format_decimal, format_percent

from bot.texts.fluent import LANGUAGES, Texts
from bot.texts.lean_babel import load_leanly

NUMBERS = (0, 1, 2, 5, 11, 21, 101, 1_000_000, 1.5, 1234567.5)


def asked(language: str) -> list[object]:
    """What Fluent asks of a language."""
    locale = Locale.parse(language.replace("-", "_"))
    digits = [format_decimal(number, locale=locale) for number in NUMBERS]
    percents = [format_percent(number, locale=locale) for number in NUMBERS]
    return [str(locale), [locale.plural_form(number) for number in NUMBERS], digits, percents]


def test_forms_and_digits_are_those_of_a_plain_babel() -> None:
    """One that has forgotten nothing, in a process of its own."""
    program = f"""
import json
from babel import Locale
from babel.numbers import format_decimal, format_percent
NUMBERS = {NUMBERS}
{inspect.getsource(asked)}
print(json.dumps([asked(language) for language in {LANGUAGES}]))
"""
    plain = json.loads(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout)
    for language in LANGUAGES:
        Texts()(language)
    assert [asked(language) for language in LANGUAGES] == plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_else_is_kept(language: str) -> None:
    load_leanly(language)
    for name in ("root", language.partition("-")[0], language.replace("-", "_")):
        assert not localedata.load(name).keys() & {"territories", "currency_names", "unit_patterns", "months"}
