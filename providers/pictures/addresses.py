"""Decides whether an address is reachable by everybody on the internet. Foreign URLs are followed only to such
addresses."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

from providers.errors import BadAnswer, Unavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublic(BadAnswer):
    """The host is in a private network."""


class Unresolved(Unavailable):
    """The host's name does not resolve."""


GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291; everything else is local, special or unassigned
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: Address) -> bool:
    """Whether it is a globally routable unicast address. An IPv4 address wrapped in IPv6 counts as that IPv4
    address."""
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
    """The addresses of a host, if all of them are public. The caller connects to these and does not resolve again.

    Raises NotPublic if any address is not public, Unresolved if the name has none.
    """
    found = await resolve(host, port)
    if not all(is_public(address) for address in found):
        raise NotPublic(f"{host} is not on the public internet, and not the configured server")
    return found


async def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a host, in the order to try them. Raises Unresolved if it has none."""
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
    """Whether a host is one of `hosts`, in which "*.example.org" stands for every name in that domain."""
    name = host.rstrip(".").lower()
    return any(name == each.lower() or (each[:2] == "*." and name.endswith(each[1:].lower())) for each in hosts)
