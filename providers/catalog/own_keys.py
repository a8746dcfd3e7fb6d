"""Decides where a person's own key may be sent, and whether it looks like a key of another service."""

import ipaddress
import re
from urllib.parse import urlsplit

# What keys of these services begin with (their own documentation, late in 2026), and the hosts they belong to. The
# more telling beginnings come first. Services whose keys have no mark of their own are named by their hosts alone.
_SERVICES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("OpenRouter", ("sk-or-",), ("openrouter.ai",)),
    ("Anthropic", ("sk-ant-",), ("anthropic.com",)),
    ("OpenAI", ("sk-proj-", "sk-svcacct-", "sk-admin-"), ("openai.com",)),
    ("Hugging Face", ("hf_",), ("huggingface.co", "hf.space")),
    ("Replicate", ("r8_",), ("replicate.com",)),
    ("Google", ("AIza",), ("googleapis.com",)),
    ("fal", (), ("fal.run", "fal.ai")),
    ("Black Forest Labs", (), ("bfl.ai", "bfl.ml")),
    ("Stability AI", (), ("stability.ai",)),
    ("Pollinations", (), ("pollinations.ai",)),
    ("AI Horde", (), ("aihorde.net",)),
)
KEY_FORM = re.compile(r"[!-~]{8,512}")  # what a header can carry


def origin_of(url: str) -> str | None:
    """Scheme, host and port, as in https://api.example.org:443. None: no secret should be sent there, because it would
    travel unencrypted, or beside the operator's own login."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or "@" in parts.netloc:
        return None
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        return None
    port = port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def other_service(key: str, origin: str) -> str | None:
    """The service whose keys begin like this one, if the origin belongs to another known service. None: there is no
    such conflict."""
    host = urlsplit(origin).hostname or ""
    there = next((name for name, _, hosts in _SERVICES if any(_within(host, known) for known in hosts)), None)
    if there is None:
        return None
    named = next((name for name, beginnings, _ in _SERVICES if beginnings and key.startswith(beginnings)), None)
    return named if named != there else None


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
