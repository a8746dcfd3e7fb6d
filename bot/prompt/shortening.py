"""Shortens prompts that are too long, at the end of a sentence, clause or word."""

import re
import unicodedata

SHORTENED_FROM = 40  # characters: what is shorter is not what a back-end means by too long

_SENTENCE_END = re.compile(r"[.!?…。!?]+[\"»”)]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"\s+\S*$")
# Refusals of back-ends come only as text.
_TOO_LONG = re.compile(
    r"\btoo long\b|\b(?:prompt|text|input|tokens?|characters|length)\b.{0,40}\b(?:exceed|at most|maximum|limit|shorter)"
    r"|\b(?:exceed\w*|at most|maximum|longer than)\b.{0,40}\b(?:tokens?|characters|length)\b",
    re.IGNORECASE | re.DOTALL,
)


def shortened(text: str, limit: int) -> str:
    """Cuts to at most `limit` characters: at the end of a sentence or line in the second half, else of a clause or
    word, else at the limit, but never between a character and its combining marks."""
    text = text.strip()
    if len(text) <= limit:
        return text
    kept = text[:limit]
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1]) if match.end() <= limit]
    if ends and ends[-1] > limit // 2:
        return kept[: ends[-1]].rstrip()
    if not text[limit].isspace():
        kept = _LAST_WORD.sub("", kept) if _LAST_WORD.search(kept) else _whole(text, limit)
    return kept.rstrip().rstrip(",;:-–—").rstrip()


def complains_of_length(detail: str | None) -> bool:
    """Whether a back-end's refusal is about the prompt's length."""
    return bool(detail and _TOO_LONG.search(detail))


def _whole(text: str, limit: int) -> str:
    """Cuts before a character whose combining marks or joined parts would be lost."""
    while limit > 1 and (
        unicodedata.category(text[limit]) in {"Mn", "Mc", "Me", "Cf", "Sk"} or text[limit - 1] == "\u200d"
    ):
        limit -= 1
    return text[:limit]
