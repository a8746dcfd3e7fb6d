"""API keys of an entry, and fingerprints that tell them apart without showing them."""

import hashlib
from dataclasses import dataclass, field

MOST = 32  # keys of one entry
_LENGTH = 12  # hex digits: enough to tell 32 keys apart, and nothing to find a key by


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`name`: how operators know it: its environment variable, or its position in the list."""

    value: str = field(repr=False)
    name: str

    @property
    def fingerprint(self) -> str:
        """The same for the same key at every start; stored with jobs that were begun with this key."""
        return hashlib.sha256(b"imagine-bot key\0" + self.value.encode()).hexdigest()[:_LENGTH]
