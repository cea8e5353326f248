"""Stylesheets and scripts: read once, and served under an address that changes with any of them."""

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
    """

    data: bytes
    content_type: str


class Assets:
    """The files that there are; nothing else of the machine can be asked for."""

    def __init__(self) -> None:
        self._assets: dict[str, Asset] = {}
        digest = hashlib.sha256()
        for file in sorted(files("bot.web").joinpath("static").iterdir(), key=lambda file: file.name):
            _, dot, ending = file.name.rpartition(".")
            content_type = TYPES.get(dot + ending)
            if content_type is not None:
                data = file.read_bytes()
                self._assets[file.name] = Asset(data, content_type)
                digest.update(data)
        # One for all of them, in the path: so modules import each other by their names, and are kept as long.
        self._digest = digest.hexdigest()[:12]

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(len(asset.data) for asset in self._assets.values())

    def address(self, name: str) -> str:
        """Return where a file is found.

        Parameters
        ----------
        name
            Of a file.

        Returns
        -------
        str

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        if name not in self._assets:
            raise KeyError(name)
        return f"/static/{self._digest}/{name}"

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
            If there is none of that name, or it is asked for as it was in another version.
        """
        asset = self._assets.get(request.match_info["name"])
        if asset is None or request.match_info["digest"] != self._digest:
            raise web.HTTPNotFound
        return web.Response(
            body=asset.data,
            content_type=asset.content_type,
            charset="utf-8",
            headers={"Cache-Control": FOR_EVER},
        )
