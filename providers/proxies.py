"""Which proxy a request goes through, if any.

A proxy is for the world outside: what stands on this machine or in its network is asked directly, and so is whatever
NO_PROXY names (as curl and Python read it: host names with their subdomains, addresses, `*` for everything).
"""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from yarl import URL

DIRECT = "none"  # in place of a proxy's address: none, whatever the bot itself uses
SCHEMES = ("http", "https")
LOCAL_DOMAINS = ("localhost", "local", "internal", "lan", "home.arpa", "intranet")


def proxy_fault(proxy: str) -> str | None:
    """Why an address cannot be a proxy, as the end of a sentence that begins with the setting's name; None: it can.
    Never repeats the address, which may hold a password."""
    try:
        parts = urlsplit(proxy)
        scheme, usable = parts.scheme.lower(), bool(parts.hostname) and parts.port != 0
    except ValueError:
        scheme, usable = "", False
    if scheme.startswith("socks"):
        return f"is a {scheme}:// address, and models are reached through http proxies only: put one before it"
    if scheme not in SCHEMES or not usable:
        return "should be the http:// address of a proxy, such as http://user:password@host:3128"
    return None


def is_local(host: str) -> bool:
    """Whether a host of a URL is this machine, an address of a private network, or a name that no public server has."""
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.endswith(tuple(f".{domain}" for domain in LOCAL_DOMAINS))
    return address.is_private or address.is_loopback or address.is_link_local


def proxy_for(url: URL | str, proxy: str | None) -> str | None:
    """The proxy for a URL where `proxy` is the one that is set; None: ask directly."""
    if proxy is None or proxy == DIRECT:
        return None
    host = (url if isinstance(url, URL) else URL(url)).host or ""
    if is_local(host) or proxy_bypass_environment(host, {"no": getproxies_environment().get("no", "")}):
        return None
    return proxy
