"""Secrets taken out of texts, in every form in which a server may repeat them.

The beginning of a key counts as well: a text may have been cut before it came here.
"""

import base64
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

MIN_SECRET = 4  # characters; shorter ones are no keys, and would tear words apart
PREFIX = 8  # characters
BLOT = "[hidden]"


def forms(secret: str) -> set[str]:
    """What gives a secret away: itself; of a URL its password and name, of "name:password" the password; each of these
    as it stands, escaped as in JSON and in URLs, and as HTTP's Basic scheme sends it. Of a URL without a password
    nothing does."""
    if "://" in secret:
        try:
            parts = urlsplit(secret)
            name, password = parts.username or "", parts.password or ""
        except ValueError:
            name, password = "", secret
        # a name alone is a token as a rule; beside a password it is none
        plain = {secret, password, unquote(password), _basic(unquote(name), unquote(password))} if password else set()
        if name and not password:
            plain = {secret, name, unquote(name)}
    else:
        name, _, password = secret.partition(":")
        plain = {secret, password, _basic(name, password)} if password else {secret}
    found = {escaped for each in plain for escaped in _escaped(each)}
    return {each for each in found if len(each) >= MIN_SECRET}


class Redaction:
    """Takes some secrets out of texts; calling it gives the redacted text.

    Of a longer secret the first PREFIX characters suffice to take out what follows them as well, up to the next space
    or quotation mark: whoever cut the text before may have left half of it.
    """

    __slots__ = ("_pattern",)

    def __init__(self, secrets: Iterable[str | None]) -> None:
        hidden = sorted({form for secret in secrets if secret for form in forms(secret)}, key=len, reverse=True)
        cut = {form[:PREFIX] for form in hidden if len(form) >= 2 * PREFIX and "://" not in form}
        patterns = [*map(re.escape, hidden), *(re.escape(start) + r"[^\s\"'<>]*" for start in sorted(cut))]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, text: str) -> str:
        return text if self._pattern is None else self._pattern.sub(BLOT, text)


def _basic(name: str, password: str) -> str:
    return base64.b64encode(f"{name}:{password}".encode()).decode()


def _escaped(secret: str) -> set[str]:
    in_json = json.dumps(secret)[1:-1]
    unescaped = json.dumps(secret, ensure_ascii=False)[1:-1]
    return {
        secret,
        in_json,
        unescaped,
        in_json.replace("/", r"\/"),
        repr(secret)[1:-1],
        quote(secret),
        quote(secret, safe=""),
    }
