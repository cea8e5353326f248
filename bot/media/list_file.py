"""A list of tracks that a member attaches, read into memory: such files are small."""

from __future__ import annotations

from contextlib import aclosing

from bot.media.attachments import Attachment, Fetch
from bot.playlists.formats.decoding import MOST_BYTES
from bot.playlists.formats.errors import FileTooLarge


async def read_list_file(attachment: Attachment, *, fetch: Fetch) -> bytes:
    """Return what is in an attachment.

    Parameters
    ----------
    attachment
        What was sent; nothing that it says of itself is believed.
    fetch
        Where its bytes come from.

    Returns
    -------
    bytes
        At most `MOST_BYTES` of them.

    Raises
    ------
    FileTooLarge
        If the declared or the real size passes that.
    DownloadFailed
        If it cannot be fetched.
    """
    if attachment.size > MOST_BYTES:
        raise FileTooLarge(MOST_BYTES)
    data = bytearray()
    async with aclosing(fetch(attachment)) as chunks:
        async for chunk in chunks:
            data += chunk
            if len(data) > MOST_BYTES:
                raise FileTooLarge(MOST_BYTES)
    return bytes(data)
