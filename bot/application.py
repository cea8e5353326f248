"""What Discord knows of the bot's application, asked before the bot connects."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final

import aiohttp
import discord

from bot.errors import BadToken, DiscordRefused, DiscordUnreachable

AUTHENTICATION_FAILED: Final = 4004
"""Code with which the gateway closes a connection whose token is not valid, or no longer."""

WITHOUT_MESSAGE_CONTENT: Final = (
    "audio dropped into a channel is not answered by itself; commands, mentions of the bot and direct messages are"
)
"""What a switched-off Message Content intent costs, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Application:
    """An application as Discord describes it.

    Parameters
    ----------
    id
        Discord's id.
    name
        What its owner calls it.
    may_read_messages
        Whether the Message Content intent is switched on in the developer portal.
    is_public
        Whether anybody may add it to a server; otherwise only its owner may.
    for_users
        Whether people may install it for their own account; None where Discord does not tell.
    servers
        About how many servers it is in; None where Discord does not tell, which looks the same as none.
    """

    id: int
    name: str
    may_read_messages: bool
    is_public: bool
    for_users: bool | None
    servers: int | None


@dataclass(frozen=True, slots=True)
class JoinedServer:
    """A server that the bot is in.

    Parameters
    ----------
    id
        Discord's id.
    name
        What its members call it.
    permissions
        What the bot may do in all of it; channels can still allow more or less.
    """

    id: int
    name: str
    permissions: discord.Permissions


async def read_application(token: str) -> Application:
    """Ask Discord what it knows of the application.

    Parameters
    ----------
    token
        Of the application's bot.

    Returns
    -------
    Application

    Raises
    ------
    BadToken
        If Discord refuses the token.
    DiscordUnreachable, DiscordRefused
        If there is no connection, or Discord does not answer the question.
    """
    async with _logged_in(token) as client:
        info = client.application
        assert info is not None
        flags = info.flags
        installs = (info.guild_integration_config, info.user_integration_config)
        return Application(
            id=info.id,
            name=info.name,
            # Discord calls it limited where it did not have to approve it, in fewer than 100 servers.
            may_read_messages=flags.gateway_message_content or flags.gateway_message_content_limited,
            is_public=info.bot_public,
            for_users=installs[1] is not None if any(install is not None for install in installs) else None,
            servers=info.approximate_guild_count or None,
        )


async def read_servers(token: str, *, limit: int) -> tuple[JoinedServer, ...]:
    """Ask Discord which servers the bot is in, and what it may do in each.

    Parameters
    ----------
    token
        Of the application's bot.
    limit
        Most servers that are returned; 1 to 200.

    Returns
    -------
    tuple of JoinedServer
        Oldest first.

    Raises
    ------
    BadToken
        If Discord refuses the token.
    DiscordUnreachable, DiscordRefused
        If there is no connection, or Discord does not answer the question.
    """
    async with _logged_in(token) as client:
        # The public way to ask, `fetch_guilds`, drops the permissions.
        found = await client.http.get_guilds(limit)
    return tuple(
        JoinedServer(int(server["id"]), server["name"], discord.Permissions(int(server["permissions"])))
        for server in found
    )


@contextmanager
def named_discord_failures() -> Iterator[None]:
    """Turn the ways in which a start can fail at Discord into errors with a sentence.

    Raises
    ------
    BadToken
        If Discord refuses the token.
    DiscordUnreachable
        If there is no connection.
    DiscordRefused
        If Discord answers, but refuses.
    """
    try:
        yield
    except discord.LoginFailure as error:
        raise BadToken from error
    except discord.PrivilegedIntentsRequired as error:
        # It was on when the bot asked a moment ago.
        raise DiscordRefused("the Message Content intent was switched off while the bot started") from error
    except discord.ConnectionClosed as error:
        if error.code != AUTHENTICATION_FAILED:
            raise
        raise BadToken from error
    except (aiohttp.ClientConnectionError, discord.GatewayNotFound, discord.DiscordServerError) as error:
        raise DiscordUnreachable(str(error)) from error
    except discord.HTTPException as error:
        raise DiscordRefused(str(error)) from error


@asynccontextmanager
async def _logged_in(token: str) -> AsyncIterator[discord.Client]:
    # The bot never speaks, so what voice would need is nobody's concern.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    with named_discord_failures():
        # It never connects to the gateway, where intents count; without that one, discord.py warns all the same.
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            await client.login(token)
            yield client
