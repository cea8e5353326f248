"""Stylesheets and scripts: read once, and served under an address that changes with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from aiohttp import web

TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
"""What each ending is served as; other files are not served."""

FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file.

    Parameters
    ----------
    data
        Its content.
    content_type
        What it is.
    digest
        Changes with it.
    """

    data: bytes
    content_type: str
    digest: str


class Assets:
    """The files that there are; nothing else of the machine can be asked for."""

    def __init__(self) -> None:
        self._assets: dict[str, Asset] = {}
        for file in files("bot.web").joinpath("static").iterdir():
            _, dot, ending = file.name.rpartition(".")
            content_type = TYPES.get(dot + ending)
            if content_type is not None:
                data = file.read_bytes()
                self._assets[file.name] = Asset(data, content_type, hashlib.sha256(data).hexdigest()[:12])

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(len(asset.data) for asset in self._assets.values())

    def address(self, name: str) -> str:
        """Return where a file is found.

        Parameters
        ----------
        name
            One that there is.

        Returns
        -------
        str
        """
        return f"/static/{name}?{self._assets[name].digest}"

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with a file.

        Parameters
        ----------
        request
            Names it.

        Returns
        -------
        aiohttp.web.Response

        Raises
        ------
        aiohttp.web.HTTPNotFound
            If there is none of that name.
        """
        asset = self._assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        # Modules import each other without the digest: those have to be asked for again.
        cached = FOR_EVER if request.query_string == asset.digest else "no-cache"
        if request.headers.get("If-None-Match") == f'"{asset.digest}"':
            return web.Response(status=304, headers={"Cache-Control": cached})
        return web.Response(
            body=asset.data,
            content_type=asset.content_type,
            charset="utf-8",
            headers={"Cache-Control": cached, "ETag": f'"{asset.digest}"'},
        )
