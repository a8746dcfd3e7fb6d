"""API keys of an entry: by what they are told apart without being told."""

import hashlib
from dataclasses import dataclass, field

MOST = 32  # keys of one entry
_LENGTH = 12  # hex digits: enough to tell 32 keys apart, and nothing to find a key by


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`name` is what operators know it by: its environment variable, or its place in the list."""

    value: str = field(repr=False)
    name: str

    @property
    def fingerprint(self) -> str:
        """The same for the same key at every start; stored beside jobs that were begun with it."""
        return hashlib.sha256(b"imagine-bot key\0" + self.value.encode()).hexdigest()[:_LENGTH]
