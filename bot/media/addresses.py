"""Tells the public internet from everything that only this machine or its network should reach."""

from __future__ import annotations

import ipaddress
from typing import Final

GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is handed out to the public. What lies outside of it and is called global all the same
are translations of other addresses, NAT64 (64:ff9b::/96) and IPv4-mapped ones (::ffff:0:0/96) among them."""

NOT_PUBLIC: Final = (
    # Protocol assignments: Python calls 192.0.0.9 and 192.0.0.10 global, and 192.0.0.8 on 3.11.
    ipaddress.IPv4Network("192.0.0.0/24"),
    # Relays of 6to4, whoever runs the nearest one.
    ipaddress.IPv4Network("192.88.99.0/24"),
    # Multicast, which Python calls global.
    ipaddress.IPv4Network("224.0.0.0/4"),
    # The host of an Azure machine, with an address that looks like anybody's.
    ipaddress.IPv4Network("168.63.129.16/32"),
    # Teredo and other assignments to protocols; 6to4, which holds an IPv4 address, any one.
    ipaddress.IPv6Network("2001::/23"),
    ipaddress.IPv6Network("2002::/16"),
    # Documentation, which Python 3.11 does not know of.
    ipaddress.IPv6Network("3fff::/20"),
)
"""Networks that ``ipaddress`` calls global although a stranger has no business there."""


def is_public(address: str) -> bool:
    """Tell whether a stranger may have the bot connect to an address.

    Parameters
    ----------
    address
        An IPv4 or IPv6 address, as a socket takes it.

    Returns
    -------
    bool
        False for private, shared, link-local, loopback, multicast, reserved and translated addresses, and for what is
        no address at all.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not ip.is_global or any(ip in network for network in NOT_PUBLIC):
        return False
    return ip.version == 4 or ip in GLOBAL_UNICAST
