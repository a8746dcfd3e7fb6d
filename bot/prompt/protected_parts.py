"""Parts of a prompt that must reach the model as they were typed, kept out of a chat model's hands.

    a (рыжая лиса:1.2) in «Лавка» <lora:ink:0.8>   ->   a ⟦1⟧рыжая лиса⟦2⟧ in ⟦3⟧ ⟦4⟧

Each stands as a numbered placeholder in what is given away, and is put back into what comes back. An answer in which
one is missing, doubled or made up is damaged.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

OPEN, CLOSE = "⟦", "⟧"
_PLACEHOLDER = re.compile(rf"{OPEN}\s*([0-9]{{1,4}})\s*{CLOSE}")
_KEPT = re.compile(
    rf"""(?P<mark> [{OPEN}{CLOSE}] | \\[()\[\]{{}}] )
       | (?P<quoted> “[^”\n]{{0,400}}” | «[^»\n]{{0,400}}» | „[^“”\n]{{0,400}}[“”] | 「[^」\n]{{0,400}}」
           | 『[^』\n]{{0,400}}』
           | (?<![^\s(\[,;:]) (?: "[^"\n]{{0,400}}" | ‘[^’\n]{{0,400}}’ ) (?!\w) )
       | (?P<tag> <[^<>\n]{{1,200}}> )
       | (?P<weight> \( (?P<inner> [^()\n]{{1,400}} ) (?P<number> : \s* [0-9]{{0,4}} [.,]? [0-9]{{1,6}} \s* \) ) )
       | (?P<group> \{{ [^{{}}\n]{{1,400}} \}} | \[ [^\[\]\n]{{1,400}} : [^\[\]\n]{{0,400}} \] )
       | (?P<flag> (?<!\S) --[A-Za-z][\w-]{{0,40}} (?: [\s=]+ [0-9][^\s]{{0,40}} )? )
       | (?P<name> https?://\S+ | (?<![\w@])@\w{{2,64}} | \bembedding:\S+ | \b__[\w/*-]{{1,80}}__\b | \bBREAK\b )
    """,
    re.VERBOSE,
)


class DamagedError(Exception):
    """What came back lacks a protected part, or has one twice or none that was there."""


@dataclass(frozen=True, slots=True)
class Protected:
    """`text` is what may be given away; `parts` are what its placeholders stand for, the first one's first. `pairs` are
    those of brackets around words that were not protected."""

    text: str
    parts: tuple[str, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> str:
        """What is left of it without the protected parts."""
        return _PLACEHOLDER.sub(" ", self.text)

    def restored(self, answer: str) -> str:
        """The answer with the protected parts in their places. Raises DamagedError."""
        places: dict[int, int] = {}
        for found in _PLACEHOLDER.finditer(answer):
            number = int(found[1])
            if number in places or not 1 <= number <= len(self.parts):
                raise DamagedError
            places[number] = found.start()
        whole = _PLACEHOLDER.sub(lambda found: self.parts[int(found[1]) - 1], answer)
        rest = _PLACEHOLDER.sub("", answer)
        if len(places) < len(self.parts) or OPEN in rest or CLOSE in rest:
            raise DamagedError
        if any(places[first] > places[second] for first, second in self.pairs):
            raise DamagedError
        return whole


def protected(text: str, readable: Callable[[str], bool]) -> Protected:
    """`readable` says of the words within a weight's brackets whether the model reads them: then they stay as well."""
    parts: list[str] = []
    pairs: list[tuple[int, int]] = []

    def keep(part: str) -> str:
        parts.append(part)
        return f"{OPEN}{len(parts)}{CLOSE}"

    def replaced(found: re.Match[str]) -> str:
        if found["weight"] is None or readable(found["inner"]) or _KEPT.search(found["inner"]):
            return keep(found[0])
        opening, inner, closing = keep("("), found["inner"], keep(found["number"])
        pairs.append((len(parts) - 1, len(parts)))
        return f"{opening}{inner}{closing}"

    return Protected(_KEPT.sub(replaced, text), tuple(parts), tuple(pairs))
