"""Texts that only this bot can read: encrypted with `OWN_KEYS_SECRET`, and bound to what they are for."""

import base64
import binascii
import json
from collections.abc import Sequence

KEY_BYTES = 32


class SecretBox:
    """Seals with the first of its keys and opens with any, so that a key can be replaced while the old one is still
    listed. Raises ValueError for a key that is not 32 bytes in URL-safe base64."""

    def __init__(self, keys: Sequence[str]) -> None:
        from cryptography.fernet import Fernet, MultiFernet  # 6 MB, for those who use it

        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str, *, purpose: str) -> str:
        """Ciphertext of ASCII letters, digits, `-`, `_` and `=`."""
        content = json.dumps([purpose, text])
        return self._fernet.encrypt(content.encode()).decode()

    def open(self, sealed: str, *, purpose: str) -> str | None:
        """None: it was sealed with another key or for another purpose, or is no ciphertext."""
        from cryptography.fernet import InvalidToken

        try:
            sealed_for, text = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            return None
        return str(text) if sealed_for == purpose else None


def is_box_key(text: str) -> bool:
    """Whether a SecretBox takes it."""
    try:
        return len(base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
