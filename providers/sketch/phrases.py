"""What a prompt names that the painter cannot draw: the head nouns of phrases in which it knows nothing.

This is a guess by a few rules, not grammar: a phrase ends at a preposition, a conjunction or a punctuation mark; it
names a thing when it comes first, begins with a determiner, or follows a conjunction.
"""

import re
from dataclasses import dataclass

LONGEST = 24  # characters of a word that is told
MOST = 3  # words that are told

_DETERMINERS = re.compile(
    r"an?|the|my|your|his|her|its|our|their|this|that|these|those|some|one|two|three|four|five|several|many"
)
_CONJUNCTIONS = re.compile(r"and|or|и|или")
_PREPOSITIONS = re.compile(
    r"in|on|at|by|with|without|under|over|near|beside|through|from|of|against|into|during|inside|outside|behind|before"
    r"|after|across|along|above|below|between|among|around|beneath|beyond|for|to|like|as|who|which|where|while|is|are"
    r"|в|во|на|у|с|со|без|под|над|возле|около|из|от|к|ко|по|за|перед|среди|через|между|для|как|котор\w+|где|когда"
)
# What is said of a picture or a thing, and is no thing itself.
_ASIDE = re.compile(
    r"photo\w*|pictures?|images?|paintings?|painted|drawings?|drawn|sketch\w*|illustration|render\w*|oil|watercolou?r\w*"
    r"|digital|art|artwork|style\w*|realistic|hyperrealistic|cinematic|detailed|portrait|close|closeup|wallpaper|poster"
    r"|logo|icon|pixel|anime|cartoon|minimalist|abstract|vintage|high|quality|hd|uhd|best|masterpiece|view|scene|light\w*"
    r"|small|little|tiny|big|large|huge|giant|great|tall|old|ancient|new|young|baby|cute|beautiful|pretty|lovely|happy"
    r"|sad|angry|funny|lonely|asleep|sleepy|fresh|soft|warm|cold|bright|pale|deep|distant|wild|magic\w*|mystical|fantasy"
    r"|dreamy|cozy|cosy|quiet|calm|peaceful|colou?rful|beauty|very|much|please|draw|show|me|create|make|imagine|hello|hi"
    r"|test|something|anything"
    r"|фото\w*|картин\w*|рисун\w*|нарисуй\w*|портрет\w*|иллюстрац\w*|акварел\w*|масл\w*|стил\w*|арт|аниме|свет\w*"
    r"|очень|красив\w*|мил\w*|пожалуйста|покажи\w*|сделай\w*|привет|тест|что|нибудь"
)
_RUSSIAN_ADJECTIVE = re.compile(r"[а-я]+(ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ым|им)")
_TOKENS = re.compile(r"[^\W\d_]+|[.,;:!?()–—/|]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words between two boundaries, and whether their place says that they name a thing."""

    words: tuple[str, ...]
    names_a_thing: bool


def phrases(prompt: str) -> list[Phrase]:
    """The phrases of a prompt, in lower case and with е for ё."""
    found: list[Phrase] = []
    words: list[str] = []
    names = True  # the first phrase, at least

    def close(following: bool) -> None:
        nonlocal names
        if words:
            found.append(Phrase(tuple(words), names))
            words.clear()
        names = following

    for token in _TOKENS.findall(prompt.lower().replace("ё", "е")):
        if _DETERMINERS.fullmatch(token):
            close(following=True)
        elif _CONJUNCTIONS.fullmatch(token):
            close(following=bool(found and found[-1].names_a_thing) if not words else names)
        elif _PREPOSITIONS.fullmatch(token) or not token[0].isalpha():
            close(following=False)
        else:
            words.append(token)
    close(following=False)
    return found


def head(words: tuple[str, ...]) -> str | None:
    """The noun that a phrase of strange words is about; None when they only say what something is like."""
    nouns: list[str] = []
    for word in words:
        if nouns and word.endswith(("ing", "ет", "ит", "ют", "ят", "ут", "ат")):  # what it does comes behind it
            break
        if not (_ASIDE.fullmatch(word) or _RUSSIAN_ADJECTIVE.fullmatch(word) or word.endswith("ing")):
            nouns.append(word)
    if not nouns:
        return None
    noun = nouns[0] if re.match("[а-я]", nouns[0]) else nouns[-1]  # "дракон из стали", but "steam train"
    return noun[:LONGEST]
