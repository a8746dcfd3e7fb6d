"""What was offered in an inline query, kept for the button below the message that it may become."""

import json

from storage.records import KeptInput

_KEPT = "inline:"


def source_of(person_id: int, words: str) -> str:
    """The same words of the same person are one offer."""
    return f"{_KEPT}{person_id}:{words}"


def written(words: str) -> str:
    return json.dumps({"words": words}, ensure_ascii=False)


def words_of_offer(kept: KeptInput) -> str | None:
    """What was offered; None where it is something else that was kept."""
    if not kept.source.startswith(_KEPT):
        return None
    words = json.loads(kept.content).get("words")
    return words if isinstance(words, str) else None
