"""How offers of inline mode are named among the kept inputs, which hold them for the button below a message.

A query comes for every pause in typing, and which of them becomes a message is not known before. So of what was typed
little is kept, and not for long; what stands below a message stays as long as any other kept input.
"""

from storage.records import TYPED, KeptInput

TYPED_KEPT = 20  # of a person: that many pauses ago a result may have been picked whose button is still to be tapped
_SENT = "inline:"


def source_typed(person_id: int, words: str) -> str:
    """The same words of the same person are one offer."""
    return f"{TYPED}{person_id}:{words}"


def source_sent(name: str) -> str:
    """Of the message with this inline id, or of the answer to a guest's question."""
    return f"{_SENT}{name}"


def is_offer(kept: KeptInput) -> bool:
    """Whether it is that, or something else that was kept."""
    return kept.source.startswith((TYPED, _SENT))
