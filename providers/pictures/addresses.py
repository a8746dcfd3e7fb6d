"""Is an address one that anybody on the internet may reach? Only then may a foreign URL lead us there."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

from providers.errors import BadAnswer, Unavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublic(BadAnswer):
    """A host that only a private network has."""


class Unresolved(Unavailable):
    """A name that no resolver of ours knows."""


GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291; everything else is local, special or unassigned
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: Address) -> bool:
    """Globally routable unicast; an IPv4 address wrapped in IPv6 counts as what it wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if wrapped is not None:
            return is_public(wrapped)
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def public_addresses(host: str, port: int) -> list[Address]:
    """Where a host lives, when all of that is public; the caller connects to these and resolves no more.

    Raises NotPublic if any address is not public, Unresolved if the name has none.
    """
    found = await resolve(host, port)
    if not all(is_public(address) for address in found):
        raise NotPublic(f"{host} is not on the public internet, and not the configured server")
    return found


async def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a host, in the order to try them; raises Unresolved if it has none."""
    try:
        infos = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unresolved(f"{host} does not resolve: {error}") from None
    # The text of an IPv6 address may carry a zone ("fe80::1%eth0"); ipaddress reads that too.
    addresses = dict.fromkeys(ipaddress.ip_address(str(info[4][0])) for info in infos)
    if not addresses:
        raise Unresolved(f"{host} does not resolve")
    return list(addresses)


def is_listed(host: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of `hosts`; "*.example.org" there stands for every name within that domain."""
    name = host.rstrip(".").lower()
    return any(name == each.lower() or (each[:2] == "*." and name.endswith(each[1:].lower())) for each in hosts)
