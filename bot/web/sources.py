"""Where requests come from, as far as that can be believed: what limits on strangers are counted by."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.settings import Network

HOUSE_BITS: Final = 48
"""Of an IPv6 address: the largest network that a house is given (RFC 6177)."""

LINK_BITS: Final = 64
"""Of an IPv6 address: the smallest network that anybody is given."""

WITH_PORT: Final = re.compile(r"\[(?P<v6>[^\]]+)\](:[0-9]{1,5})?|(?P<v4>[0-9.]+):[0-9]{1,5}")
"""An address as some proxies write it."""


class Sources:
    """Tells where requests come from.

    Parameters
    ----------
    proxies
        Addresses and networks of those whose word counts; empty where there is no proxy.
    """

    def __init__(self, proxies: Sequence[Network] = ()) -> None:
        self._proxies = proxies

    def is_proxy(self, address: str) -> bool:
        """Tell whether an address is that of a proxy, which brings what others ask.

        Parameters
        ----------
        address
            Of a connection.

        Returns
        -------
        bool
        """
        parsed = _parsed(address)
        return parsed is not None and any(parsed in proxies for proxies in self._proxies)

    def of(self, request: web.BaseRequest, *, bits: int = HOUSE_BITS) -> str:
        """Return where a request comes from.

        Parameters
        ----------
        request
            Any.
        bits
            How many of an IPv6 address count.

        Returns
        -------
        str
            An address, or the network of one of IPv6, of which whoever has one has them all. Behind a proxy, it is
            what the proxy says; nobody else is believed.
        """
        source = request.remote or ""
        if self.is_proxy(source):
            # The last one is what the proxy itself saw. Those before it may be anything, whatever that one is.
            seen = ",".join(request.headers.getall("X-Forwarded-For", [])).rpartition(",")[2].strip()
            source = _without_port(seen) or source
        return network_of(source, bits=bits)


def network_of(address: str, *, bits: int = HOUSE_BITS) -> str:
    """Return what whoever has an address has.

    Parameters
    ----------
    address
        Anything may have been sent.
    bits
        How many of an IPv6 address count.

    Returns
    -------
    str
        The address, or its network where it is one of IPv6; what is no address, as it is.
    """
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, bits), strict=False))
    return address if parsed is None else str(parsed)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return parsed if mapped is None else mapped


def _without_port(address: str) -> str:
    match = WITH_PORT.fullmatch(address)
    return address if match is None else match["v6"] or match["v4"]
