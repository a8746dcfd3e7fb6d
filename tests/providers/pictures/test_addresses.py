"""Which addresses count as the public internet."""

import ipaddress

import pytest

from providers.errors import BadAnswer, Unavailable
from providers.pictures.addresses import is_public, public_addresses


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "192.0.0.1",
        "192.0.2.1", "192.168.1.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
        "ff02::1", "100::1", "4000::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "104.18.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "0", "::1", "::ffff:127.0.0.1"])
async def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises((BadAnswer, Unavailable)):
        await public_addresses(host, 80)


@pytest.mark.parametrize("host", ["name.invalid", "a" * 300, "ex ample", "xn--" + "a" * 80])
async def test_a_name_that_does_not_resolve_is_unavailable(host: str) -> None:
    with pytest.raises(Unavailable):
        await public_addresses(host, 80)
