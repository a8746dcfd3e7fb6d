"""UTF-16 code units, in which the Bot API counts."""


def length_of(text: str) -> int:
    return len(text) + sum(1 for char in text if char > "\uffff")


def indices(text: str) -> dict[int, int]:
    """UTF-16 offset -> index into the string, for every offset at which a character begins, and the end."""
    table: dict[int, int] = {}
    offset = 0
    for index, char in enumerate(text):
        table[offset] = index
        offset += 2 if char > "\uffff" else 1
    table[offset] = len(text)
    return table


def cut(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
