"""The grammar of a prompt: a text with flags anywhere in it, as in Midjourney.

    a fox in the snow --ar 16:9 --no hats, dogs --n 2

A flag begins with `--` at the start of a word and takes the next word, or what stands in double quotes, or what
follows its `=`; `--no` takes all words up to the next flag, `--new`, `--mask` and `--enhance` take none. A long dash,
which keyboards make of two hyphens, counts as `--` directly before the name of a flag that there is; a single hyphen
does before those that take a value. Text in double quotes is never read as a flag. Nothing is dropped silently: what
cannot be read is a GrammarError that names the offender.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.prompt.flags import ALIASES, FLAGS, KNOWN_ELSEWHERE, REPEATED, Flags

PROMPT_LENGTH = 2000  # characters, of the prompt and of the negative prompt


@dataclass(frozen=True, slots=True)
class Parsed:
    prompt: str  # without the flags; may be empty
    flags: Flags = field(default_factory=Flags)


class GrammarError(Exception):
    """A mistake in a prompt. `code` is the key of a text, and `values` are its arguments:

    - prompt-unknown-flag: flag, suggestion ("" for none)
    - prompt-flag-twice: flag
    - prompt-missing-value: flag, expected
    - prompt-bad-value: flag, value, expected
    - prompt-too-long: length, limit
    - prompt-chain-too-long: length, limit
    - prompt-unknown-style: style, known
    - mask-missing, mask-alone, mask-words, extend-mask, extend-alone
    - extend-words: flags
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


# The two things worth stopping at: a quoted text, and a flag.
# Bounded, so that many that are never closed cost no more than their number: what is longer is too long anyway.
_QUOTED = r'(?:"[^"]{0,2000}"|“[^”]{0,2000}”|«[^»]{0,2000}»|„[^“”]{0,2000}[“”])(?!\w)'
_DASHES = "\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"  # what keyboards make of hyphens, and their wide forms
_LONG_DASH = f"[{_DASHES}]{{1,2}}-?"
_NAMES = "|".join([*FLAGS, *ALIASES])
_VALUED = "|".join([*(name for name, flag in FLAGS.items() if not flag.bare), *ALIASES])
_STOP = re.compile(
    rf"""(?P<quoted> (?<![^\s(\[]) {_QUOTED} )
       | (?<!\S) (?: --(?P<flag> [^\W\d_][^\s=]* )
       | (?: {_LONG_DASH} (?P<dashed> {_NAMES} ) | - (?P<hyphened> {_VALUED} ) ) (?=[\s=]|$) ) (?P<equals>=)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers of Hangul and the empty pattern of Braille
_VALUE = re.compile(rf"(?P<quoted>{_QUOTED})|\S+")
_SPACE = re.compile(r"\s*")


def parse(text: str, *, limit: int | None = PROMPT_LENGTH) -> Parsed:
    """Splits a text into its prompt and its flags, each of at most `limit` characters. Raises only GrammarError."""
    pieces: list[str] = []
    given: set[str] = set()
    flags = Flags()
    at = 0
    while (stop := _next_flag(text, at)) is not None:
        pieces.append(text[at : stop.start()])
        name = _known(stop["flag"] or stop["dashed"] or stop["hyphened"])
        if name in given and name not in REPEATED:
            raise GrammarError("prompt-flag-twice", flag=f"--{name}")
        given.add(name)
        value, at = _value(text, stop, name)
        read = FLAGS[name].read(flags, value)
        if read is None:
            expected = FLAGS[name].expected
            raise GrammarError("prompt-bad-value", flag=f"--{name}", value=value[:60], expected=expected)
        flags = read
    pieces.append(text[at:])
    prompt = _join(pieces)
    if not visible(prompt):
        prompt = ""
    length = max(len(prompt), len(flags.negative_prompt or ""))
    if limit is not None and length > limit:
        raise GrammarError("prompt-too-long", length=length, limit=limit)
    return Parsed(prompt, flags)


def visible(text: str) -> bool:
    """Whether a text has a character that people can see: not one of format, a space, or a mark without a base."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def _next_flag(text: str, at: int) -> re.Match[str] | None:
    return next((stop for stop in _STOP.finditer(text, at) if _is_flag(stop)), None)


def _is_flag(stop: re.Match[str]) -> bool:
    return any(stop[kind] is not None for kind in ("flag", "dashed", "hyphened"))


def _known(typed: str) -> str:
    name = ALIASES.get(typed.lower(), typed.lower())
    if name in FLAGS:
        return name
    near = [KNOWN_ELSEWHERE[name]] if name in KNOWN_ELSEWHERE else get_close_matches(name, [*FLAGS, *ALIASES], n=1)
    suggestion = next((f"--{known}" for known in near if known), "")
    raise GrammarError("prompt-unknown-flag", flag=f"--{typed[:40]}", suggestion=suggestion)


def _value(text: str, flag: re.Match[str], name: str) -> tuple[str, int]:
    """The value of a flag, and where the text continues after it."""
    begin = flag.end()
    if FLAGS[name].bare and flag["equals"] is None:
        return "", begin
    if flag["equals"] is None and (space := _SPACE.match(text, begin)) is not None:
        begin = space.end()
    word = _VALUE.match(text, begin)
    value, end = (word[0], word.end()) if word is not None else ("", begin)
    if word is not None and word["quoted"] is not None:
        value = value[1:-1].strip()
    elif (here := _STOP.match(text, begin)) is not None and _is_flag(here):
        value = ""
    elif name == "no":
        following = _next_flag(text, begin)
        end = following.start() if following is not None else len(text)
        value = text[begin:end].strip()
    if not value:
        raise GrammarError("prompt-missing-value", flag=f"--{name}", expected=FLAGS[name].expected)
    return value, end


def _join(pieces: list[str]) -> str:
    """The text without its flags: a space, or a neighbouring line break, in place of each."""
    joined = gap = ""
    for piece in pieces:
        words = piece.strip()
        if not words:
            gap += piece
            continue
        gap += piece[: len(piece) - len(piece.lstrip())]
        if joined:
            joined += "\n" if "\n" in gap else " "
        joined += words
        gap = piece[len(piece.rstrip()) :]
    return joined
