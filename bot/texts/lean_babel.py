"""Have babel keep of a language only what Fluent asks it for: plural forms and digits.

babel reads whatever Unicode's CLDR knows of a language (names of units, currencies and territories, forms of dates) and
keeps it, 1.5 MB each; and once, for all languages, which of them a territory speaks, 2 MB. Texts look at none of it.

Sources: babel `localedata.py` and `core.py`, where `load` and `get_global` return the dictionaries that babel keeps;
`fluent.runtime/types.py` and babel `numbers.py` for what they look up.
"""

from collections.abc import Collection
from itertools import accumulate
from typing import Any, cast

from babel import localedata
from babel.core import get_global

_OF_A_LANGUAGE = frozenset({
    "plural_form", "ordinal_form", "number_symbols", "numbering_systems", "default_numbering_system",
    "decimal_formats", "percent_formats",
})  # fmt: skip


def keep_languages(languages: Collection[str]) -> None:
    """Forget which scripts and territories languages other than these (`pt-BR`) have."""
    ours = {language.partition("-")[0] for language in languages}
    likely = cast("dict[str, str]", get_global("likely_subtags"))
    kept = {tag: full for tag, full in likely.items() if tag.partition("_")[0] in ours}
    likely.clear()
    likely.update(kept)
    cast("dict[str, Any]", get_global("territory_languages")).clear()


def load_leanly(language: str) -> None:
    """Read a language (`pt-BR`) and those that it inherits from, before a bundle of its texts does."""
    for name in ("root", *accumulate(language.split("-"), "{}_{}".format)):
        kept = localedata.load(name)
        for part in kept.keys() - _OF_A_LANGUAGE:
            del kept[part]
