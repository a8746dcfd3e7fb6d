"""Which language a prompt is in, as far as its letters and commonest words tell, and whether a model reads it.

No detection library: what matters is only whether words have to be translated, and where this cannot tell, the chat
model that translates can: it leaves alone what needs no translation.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

# By the first word of a letter's Unicode name. A script that is not named here is of languages that nobody named.
_SCRIPTS = {
    "CYRILLIC": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"},
    "CJK": {"zh", "ja"},
    "HIRAGANA": {"ja"},
    "KATAKANA": {"ja"},
    "HANGUL": {"ko"},
    "GREEK": {"el"},
    "HEBREW": {"he", "yi"},
    "ARABIC": {"ar", "fa", "ur", "ug"},
    "THAI": {"th"},
    "DEVANAGARI": {"hi", "mr", "ne"},
    "BENGALI": {"bn"},
    "TAMIL": {"ta"},
    "GEORGIAN": {"ka"},
    "ARMENIAN": {"hy"},
}
_LATIN = {"LATIN", "FULLWIDTH", "MATHEMATICAL", "FEMININE", "MASCULINE", "MODIFIER"}
NAMES = {
    "en": "English", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian",
    "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "pl": "Polish",
    "nl": "Dutch", "tr": "Turkish", "ar": "Arabic", "fa": "Persian", "he": "Hebrew", "hi": "Hindi",
    "vi": "Vietnamese", "th": "Thai", "id": "Indonesian", "sv": "Swedish", "cs": "Czech", "el": "Greek",
}  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The commonest words of English prompts, and of prompts in other languages that are written with the same letters.
_ENGLISH = _words(
    """the and of with in on at by from to for under over into near his her its their is are that this very
    background light lighting photo photograph picture image painting portrait style quality detailed high best
    masterpiece realistic cinematic shot view night day sunset sunrise morning evening sky sea ocean mountain forest
    river lake city street house castle garden snow rain winter summer autumn spring red blue green yellow white black
    golden dark bright old young small big little beautiful cute man woman girl boy people cat dog fox horse bird
    dragon robot car ship tree flower standing sitting wearing holding looking smiling face eyes hair dress hat
    watercolor watercolour oil digital art drawing sketch illustration anime pixel vector logo poster concept close up
    wide angle soft colors colours colorful solo"""
)
_OTHERS = _words(
    """der das den dem des und mit ein eine einen einem einer im am auf unter vor zum zur von nicht ist sind
    le la les une du au aux et dans sur avec sous pour est sont
    el los las una con sobre para del y es por bajo
    il lo gli uno nel nella sul sulla della delle che di
    os um uma com na nas da das dos sob ao
    de het een op van voor naar bij
    w z pod nad przed jest
    bir ve ile bu icin
    yang dan dengan pada
    och med ett som pa se za"""
)
_WORD = re.compile(r"[^\W\d_]+")


def reads_it(text: str, reads: Collection[str]) -> bool | None:
    """Whether a model that reads these languages (codes such as `en`) reads the text; None: it cannot be told.

    A model that names no language reads all.
    """
    if not reads:
        return True
    latin: list[str] = []
    for word in _WORD.findall(text):
        scripts = {_script(char) for char in word} - {None}
        if any(script is not None and not _languages(script) & set(reads) for script in scripts):
            return False
        if not scripts and len(word) > 1:  # the x of 512x512 says nothing
            latin.append(word)
    if not latin:
        return True
    if "en" not in reads:
        return None
    english = sum(word.lower() in _ENGLISH for word in latin)
    others = sum(word.lower() in _OTHERS or not word.isascii() for word in latin)
    return True if english > others else None


def looks_foreign(text: str, reads: Collection[str]) -> bool:
    """Whether something in the text says that a model which reads these languages does not read it; a few words that
    might be of any language do not."""
    read = reads_it(text, reads)
    if read is not None:
        return not read
    return any(word.lower() in _OTHERS or not word.isascii() for word in _WORD.findall(text))


def in_words(languages: Collection[str]) -> str:
    """Languages as an instruction names them: 'English or Chinese'."""
    return " or ".join(NAMES.get(code, code) for code in languages)


def _languages(script: str) -> set[str]:
    return _SCRIPTS.get(script, set())


@lru_cache(maxsize=4096)
def _script(char: str) -> str | None:
    """None for Latin letters, and for those of no script."""
    first = unicodedata.name(char, "LATIN").partition(" ")[0].partition("-")[0]
    return None if first in _LATIN else first
