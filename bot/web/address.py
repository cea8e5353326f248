"""Where the page listens, and by which names it may be called."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final

from yarl import URL

from bot.settings import Settings
from bot.web.errors import WebRefused, WebUnavailable

LEAST_PASSWORD: Final = 12
"""Characters of a password that others may try."""


HTTP_PORT: Final = 80

HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(:(?P<port>[0-9]{1,5}))?")
"""A name or an address, and a port or none."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is found.

    Parameters
    ----------
    host
        An address of this machine, or a name for one.
    port
        Which port.
    public
        Where it is found from outside, behind a proxy; None where it is not.
    """

    host: str
    port: int
    public: URL | None = None

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return str(URL.build(scheme="http", host=host, port=self.port))

    def is_called(self, host: str) -> bool:
        """Tell whether a request really is for this page.

        A stranger's page can have its own name point to this machine (DNS rebinding), and then its scripts talk to what
        listens here as to their own server. Such a request carries that name; a bare address cannot be forged so.

        Parameters
        ----------
        host
            The request's ``Host``.

        Returns
        -------
        bool
        """
        if self.public is not None and host == self.public.host_port_subcomponent:
            return True
        called = HOST.fullmatch(host)
        if called is None or int(called["port"] or HTTP_PORT) != self.port:
            return False
        name = called["name"].strip("[]")
        return name == "localhost" or _is_ip(name) or name == self.host

    def is_origin(self, origin: str | None, host: str) -> bool:
        """Tell whether a request was sent by this page, and not by another that the browser shows.

        Parameters
        ----------
        origin
            The request's ``Origin``; None where it has none.
        host
            The request's ``Host``.

        Returns
        -------
        bool
        """
        # Letter by letter: a browser writes both in one way.
        if self.public is not None and host == self.public.host_port_subcomponent:
            # By no other scheme: whoever is on the way could answer for that one.
            return origin == str(self.public.origin())
        return origin == f"http://{host}"


def open_socket(settings: Settings) -> tuple[socket.socket, Address]:
    """Listen where the operator chose; at a free port where that one is taken and no proxy counts on it.

    Parameters
    ----------
    settings
        What the operator chose.

    Returns
    -------
    socket.socket
    Address

    Raises
    ------
    WebRefused
        If others could reach it, and there is no password.
    WebUnavailable
        If the address is none of this machine, or its port is taken and a proxy counts on it.
    """
    host = settings.web_host
    if len(settings.password or "") < LEAST_PASSWORD:
        if not is_loopback(host):
            raise WebRefused(f"GENREBOT_WEB_HOST is {host}, which other machines can reach", LEAST_PASSWORD)
        if settings.public_url is not None:
            raise WebRefused("GENREBOT_WEB_URL lets others in", LEAST_PASSWORD)
    try:
        # A proxy goes on to send to the port that it was told, whoever listens there.
        opened = _listen(host, settings.web_port, or_at_another=settings.public_url is None)
    except OSError as error:
        raise WebUnavailable(host, settings.web_port, error.strerror or str(error)) from error
    return opened, Address(host, opened.getsockname()[1], settings.public_url)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address.

    Parameters
    ----------
    host
        The address, or a name for one.

    Returns
    -------
    bool
    """
    return host == "localhost" or (_is_ip(host) and ipaddress.ip_address(host).is_loopback)


def _listen(host: str, port: int, *, or_at_another: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno != errno.EADDRINUSE or not or_at_another:
            raise
        return socket.create_server((host, 0), family=family)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
