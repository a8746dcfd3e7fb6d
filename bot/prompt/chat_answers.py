"""What a chat model answered, as a prompt: cleaned of what surrounds it, or found to be none.

It is untrusted text: of any length and form, in any language, and perhaps what somebody's prompt talked it into.
"""

import json
import re

from bot.prompt.shortening import shortened
from providers.bounds import plain

ENHANCED_LENGTH = 1000  # characters; longer ones are cut
ESSAY = 2400  # characters from which an answer is none that was asked for
REFUSED = "REFUSED"  # what the instructions tell it to answer where it will not do it

_FENCE = re.compile(r"\A```[\w-]*\s*\n(.*?)\n?```\s*\Z", re.DOTALL)
_PREFACE = re.compile(
    r"\A(?:(?:sure|certainly|of course|okay|ok)\b[^\n:]{0,80}?[:!.]\s*)?"
    r"(?:here(?:'s|’s| is| are)\b[^\n:]{0,120}:\s*)?"
    r"(?:\**(?:(?:final|translated|enhanced|improved|english|image)\s+)*(?:prompt|translation|answer|output|result)"
    r"\**\s*:\**\s*)?",
    re.IGNORECASE,
)
_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("'", "'"), ("`", "`"))
_REFUSAL = re.compile(
    r"\A\W*(?:REFUSED\b|(?:i['’]?m|i am) (?:very |really )?sorry\b|sorry,|i (?:can['’]?t|cannot|can not|won['’]?t) "
    r"(?:help|assist|comply|fulfil|fulfill|do that|provide|create|generate|translate|process)|as an ai\b|"
    r"i['’]?m (?:unable|not able)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:#{1,6}\s|[-*•]\s|[0-9]{1,2}[.)]\s)", re.MULTILINE)


class UnusableError(Exception):
    """The answer is no prompt; the text says what it is instead, for the log."""


def as_prompt(answer: str, *, paragraphs: int = 1) -> str:
    """The prompt in an answer, on one line. `paragraphs`: how many it may have. Raises UnusableError."""
    if len(answer) > ESSAY:
        raise UnusableError("an essay")
    found = _FENCE.match(answer.strip())
    words = _unwrapped(found[1] if found else answer.strip())
    if _REFUSAL.match(words):
        raise UnusableError("a refusal")
    if _TAG.search(words):
        raise UnusableError("HTML")
    if len(_LIST.findall(words)) > 1:
        raise UnusableError("a list")
    if len(re.split(r"\n\s*\n", words)) > paragraphs:
        raise UnusableError("several paragraphs")
    words = plain(words, ESSAY)
    if not any(char.isalnum() for char in words):
        raise UnusableError("nothing")
    return words


def translation(answer: str, source: str) -> str:
    """As `as_prompt`, and of about the length of what was translated."""
    words = as_prompt(answer, paragraphs=len(re.split(r"\n\s*\n", source.strip())))
    if len(words) > 6 * len(source) + 80:
        raise UnusableError("much more than was to be translated")
    return words


def enhancement(answer: str) -> str:
    """As `as_prompt`, cut at the end of a sentence or word where it is long."""
    return shortened(as_prompt(answer), ENHANCED_LENGTH)


def _unwrapped(words: str) -> str:
    if words.startswith("{"):
        try:
            found = json.loads(words)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            inner = next((value for value in found.values() if isinstance(value, str) and value.strip()), None)
            if inner is not None and len(found) <= 3:
                words = inner.strip()
    words = words[match.end() :].strip() if (match := _PREFACE.match(words)) else words
    for first, last in _QUOTES:
        inner = words[1:-1]
        if len(words) > 1 and words[0] == first and words[-1] == last and first not in inner and last not in inner:
            return inner.strip()
    return words
