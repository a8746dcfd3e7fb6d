"""Choices in a prompt: several pictures from one text.

    {red, blue} fox          one picture for each, as in Midjourney
    {red|blue} fox           the same, as in Dynamic Prompts; commas are then part of the words
    {2$$red|blue|green} fox  two of them, in every order; also {1-2$$...}, and {2$$ and $$...} with a separator
    a __animal__ in snow     a line of the operator's file animal.txt, at random for each picture

Groups may stand in groups. `\\{`, `\\}`, and within a group `\\,` and `\\|` are the characters themselves. Braces that
are no choice stay text: `{masterpiece}`, `{{a, b}}` (emphasis elsewhere) and JSON. How many pictures there are is
computed; they are listed only as far as they are drawn.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import factorial
from typing import TypeAlias

from bot.prompt.grammar import PROMPT_LENGTH, GrammarError
from bot.prompt.wildcards import NAME, Wildcards

MAX_PICTURES = 16  # of one request
MAX_DEPTH = 10  # of groups within groups
MAX_PICKS = 8  # options that one picture takes of a group
MAX_OPTIONS = 100  # of a group of which several are picked
WORDS_LENGTH = 80  # characters that are shown of what varies
SAMPLES = 64  # combinations that are looked at, to find those that differ

_ESCAPED = re.compile(r"\\([{}|,])")
_WEIGHT = re.compile(r"\s*[0-9]{1,4}(?:\.[0-9]{1,4})?::(?!:)")
_PICKS = re.compile(r"\s*([0-9]{0,2})\s*(-?)\s*([0-9]{0,2})\s*\$\$")
_JSON = re.compile(r'\s*["“][^"“”]{0,100}["”]\s*:')


@dataclass(frozen=True, slots=True)
class Wild:
    """The name of a wildcard."""

    name: str


@dataclass(frozen=True)
class Choice:
    """`least` to `most` of the options, in every order, joined by `separator`."""

    options: tuple["Template", ...]
    least: int = 1
    most: int = 1
    separator: str = ", "

    @cached_property
    def count(self) -> int:
        return sum(_arrangements([option.count for option in self.options], size) for size in self._sizes)

    @property
    def _sizes(self) -> range:
        return range(self.least, self.most + 1)

    def at(self, index: int) -> list["Piece"]:
        """What stands in its place in the combination of that number."""
        for size in self._sizes:
            possible = _arrangements([option.count for option in self.options], size)
            if index < possible:
                return self._picked(index, size)
            index -= possible
        raise IndexError(index)

    def _picked(self, index: int, size: int) -> list["Piece"]:
        left, pieces = list(self.options), list["Piece"]()
        for remaining in range(size - 1, -1, -1):
            for place, option in enumerate(left):
                following = 1
                if remaining:
                    others = [other.count for at, other in enumerate(left) if at != place]
                    following = _arrangements(others, remaining)
                if index < option.count * following:
                    own, index = divmod(index, following)
                    pieces += [*([self.separator] if pieces else []), *option.pieces(own)]
                    left.pop(place)
                    break
                index -= option.count * following
        return pieces


Piece: TypeAlias = str | Wild
Part: TypeAlias = str | Wild | Choice


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the pictures: its prompt, and what of it was chosen."""

    prompt: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A text with choices in it."""

    parts: tuple[Part, ...]

    @cached_property
    def count(self) -> int:
        """How many combinations there are, wildcards apart; equal ones count each."""
        product = 1
        for part in self.parts:
            if isinstance(part, Choice):
                product *= part.count
        return product

    def number(self, wildcards: Wildcards) -> int:
        """How many pictures that differ; where there are more than SAMPLES, equal ones count each."""
        if self.count > SAMPLES or self.wild:
            return self.count
        return len(self.pictures(wildcards, random.Random(0), SAMPLES))

    @property
    def varies(self) -> bool:
        """Whether there is anything to choose."""
        return any(not isinstance(part, str) for part in self.parts)

    @property
    def wild(self) -> bool:
        """Whether something is chosen at random."""
        return any(
            isinstance(part, Wild) or (isinstance(part, Choice) and any(option.wild for option in part.options))
            for part in self.parts
        )

    def pieces(self, index: int) -> list[Piece]:
        """The combination of a number below `count`, the last choice varying fastest."""
        return [piece for part in self._chosen(index) for piece in part]

    def picture(self, index: int, wildcards: Wildcards, chance: random.Random) -> Picture:
        """One of the pictures. Raises GrammarError: its prompt is too long."""
        shown, whole = [], ""
        for part, pieces in zip(self.parts, self._chosen(index), strict=True):
            text = "".join(
                piece if isinstance(piece, str) else _line(wildcards, piece.name, chance, MAX_DEPTH) for piece in pieces
            )
            whole += text
            if not isinstance(part, str):
                shown.append(" ".join(text.split())[:WORDS_LENGTH])
        prompt = _tidy(whole)
        if len(prompt) > PROMPT_LENGTH:
            raise GrammarError("prompt-too-long", length=len(prompt), limit=PROMPT_LENGTH)
        return Picture(prompt, tuple(shown))

    def pictures(self, wildcards: Wildcards, chance: random.Random, most: int) -> list[Picture]:
        """Up to `most` that differ, in their order, among the first SAMPLES. Raises GrammarError."""
        found: dict[str, Picture] = {}
        for index in range(min(self.count, SAMPLES)):
            if len(found) >= most:
                break
            picture = self.picture(index, wildcards, chance)
            if picture.prompt:
                found.setdefault(picture.prompt, picture)
        return list(found.values())

    def _chosen(self, index: int) -> Iterator[list[Piece]]:
        """The pieces of each part."""
        numbers: list[int] = []
        for part in reversed(self.parts):
            if isinstance(part, Choice):
                index, number = divmod(index, part.count)
                numbers.append(number)
        for part in self.parts:
            yield part.at(numbers.pop()) if isinstance(part, Choice) else [part]


def parse_choices(text: str, known: Callable[[str], bool] = lambda _: False) -> Template:
    """Reads the choices of a prompt; `known` says which wildcards there are. Raises GrammarError.

    - prompt-choices-too-deep: limit
    - prompt-choices-too-many: limit, of the options of a group of which several are picked
    """
    return _Reader(text, known).template(0, len(text), 0, inside=False)


def random_text(text: str, wildcards: Wildcards, chance: random.Random, depth: int) -> str:
    """A line of a wildcard's file with everything in it chosen at random. What is nested too deeply stays as it is."""
    try:
        template = parse_choices(text, wildcards.known)
    except GrammarError:
        return text
    pieces = template.pieces(chance.randrange(template.count)) if template.count else []
    return "".join(piece if isinstance(piece, str) else _line(wildcards, piece.name, chance, depth) for piece in pieces)


def _line(wildcards: Wildcards, name: str, chance: random.Random, depth: int) -> str:
    line = wildcards.line(name, chance)
    return random_text(line, wildcards, chance, depth - 1)[: 2 * PROMPT_LENGTH] if depth > 0 else line


class _Reader:
    """Finds the groups of a text in one pass; what is in them is read when they are choices."""

    def __init__(self, text: str, known: Callable[[str], bool]) -> None:
        self._text = text
        self._known = known
        self._closing: dict[int, int] = {}  # of each opening brace that is closed
        self._marks: dict[int | None, list[int]] = {}  # `|` and `,` directly within each of them
        open_ones: list[int] = []
        for at in _unescaped(text):
            char = text[at]
            if char == "{":
                open_ones.append(at)
            elif char == "}" and open_ones:
                self._closing[open_ones.pop()] = at
            elif char in "|,":
                self._marks.setdefault(open_ones[-1] if open_ones else None, []).append(at)

    def template(self, begin: int, end: int, depth: int, *, inside: bool) -> Template:
        """The text from `begin` to `end`, within so many groups."""
        parts: list[Part] = []
        plain = at = begin
        while at < end:
            if self._text[at] == "\\":
                at += 2
                continue
            closing = self._closing.get(at) if self._text[at] == "{" else None
            if closing is None or closing >= end:
                at += 1
                continue
            if self._is_emphasis(at, closing):
                at = closing + 1
                continue
            choice = self._choice(at, closing, depth)
            if choice is not None:
                parts += [*self._plain(plain, at, inside=inside), choice]
                plain = at = closing + 1
            else:
                at += 1
        parts += self._plain(plain, end, inside=inside)
        return Template(tuple(parts))

    def _choice(self, begin: int, end: int, depth: int) -> Choice | None:
        """None: the braces are text."""
        marks = self._marks.get(begin, [])
        content = self._text[begin + 1 : end]
        picks = _PICKS.match(content)
        bars = [at for at in marks if self._text[at] == "|"]
        if not bars and not picks and (not marks or _JSON.match(content)):
            return None
        if not self._says_something(content):
            return None
        if depth >= MAX_DEPTH:
            raise GrammarError("prompt-choices-too-deep", limit=MAX_DEPTH)
        first, separator = begin + 1, ", "
        if picks:
            first += picks.end()
            bars_after = [at for at in bars if at >= first]
            upto = bars_after[0] if bars_after else end
            found = self._text.find("$$", first, upto)
            if found >= 0:
                separator, first = self._text[first:found][:20], found + 2
        cuts = [at for at in (bars or ([] if picks else marks)) if at >= first]
        options = []
        for start, stop in zip([first, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True):
            weight = _WEIGHT.match(self._text, start, stop) if bars else None
            if weight is not None and weight.end() <= stop:
                start = weight.end()
            options.append(self._trimmed(start, stop, depth + 1))
        if not picks:
            return Choice(tuple(options))
        if len(options) > MAX_OPTIONS:
            raise GrammarError("prompt-choices-too-many", limit=MAX_OPTIONS)
        return Choice(tuple(options), *_sizes(picks, len(options)), separator)

    def _trimmed(self, begin: int, end: int, depth: int) -> Template:
        while begin < end and self._text[begin].isspace():
            begin += 1
        while begin < end and self._text[end - 1].isspace():
            end -= 1
        return self.template(begin, end, depth, inside=True)

    def _is_emphasis(self, begin: int, end: int) -> bool:
        """`{{a, b}}`: nothing but another group of commas."""
        content = self._text[begin:end]
        inner = self._closing.get(begin + 1)
        return inner == end - 1 and bool(self._marks.get(begin + 1)) and "|" not in content and "$$" not in content

    @staticmethod
    def _says_something(content: str) -> bool:
        return bool(content.strip(" \t\n|,{}"))

    def _plain(self, begin: int, end: int, *, inside: bool) -> list[Part]:
        """Text and wildcards."""
        parts: list[Part] = []
        text = self._text[begin:end]
        at = 0
        for found in NAME.finditer(text):
            if self._known(found[1]):
                parts += [_unescape(text[at : found.start()], inside=inside), Wild(found[1].lower())]
                at = found.end()
        parts.append(_unescape(text[at:], inside=inside))
        return [part for part in parts if part != ""]


def _unescaped(text: str) -> Iterator[int]:
    """Where braces and marks stand that no backslash precedes."""
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in "{}|,":
            yield at
        at += 1


def _unescape(text: str, *, inside: bool) -> str:
    return _ESCAPED.sub(lambda found: found[1] if inside or found[1] in "{}" else found[0], text)


def _sizes(picks: re.Match[str], options: int) -> tuple[int, int]:
    """The least and the most that are picked, of so many options."""
    first, dash, second = picks[1], picks[2], picks[3]
    most = min(options, MAX_PICKS)
    if not dash:
        size = min(int(first or 1), most)
        return size, size
    low = min(int(first or 1), most)
    high = min(int(second), most) if second else most
    return min(low, high), max(low, high)


def _arrangements(counts: Sequence[int], size: int) -> int:
    """In how many ways so many of the options can follow each other, each with its own number of forms."""
    ways = [1] + [0] * size
    for forms in counts:
        for taken in range(size, 0, -1):
            ways[taken] += ways[taken - 1] * forms
    return ways[size] * factorial(size)


def _tidy(text: str) -> str:
    """Without the gaps that empty options leave."""
    return re.sub(r" {2,}", " ", re.sub(r" +(?=[,.;!?](?:\s|$))", "", text)).strip()
