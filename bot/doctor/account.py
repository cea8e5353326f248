"""Asks Discord whether it accepts the token, and what it allows the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from bot.application import WITHOUT_MESSAGE_CONTENT, Application, read_application, read_servers
from bot.doctor.finding import Finding, advice, ok, problem, skipped
from bot.errors import BadToken, DiscordRefused, DiscordUnreachable
from bot.permissions import Feature, invite_url, missing
from bot.text import printable

LOGIN: Final = "Discord token"
INTENTS: Final = "intents"
PERMISSIONS: Final = "permissions"

ANSWER_SECONDS: Final = 20.0
"""Most time that Discord is given for an answer, in seconds; it usually takes less than one."""

MOST_SERVERS: Final = 20
"""Servers whose permissions are looked at: one question to Discord, and a report that can be read."""

NAME_LIMIT: Final = 40
"""Characters of a name that are shown."""

PORTAL: Final = "https://discord.com/developers/applications"

SEE_LOGIN: Final = "See to the Discord token first, then run this again."

Answer = TypeVar("Answer")


def check_token(token: str | None) -> tuple[Application | None, Finding]:
    """Ask Discord whose token it is.

    Parameters
    ----------
    token
        Of the application's bot; None where none is set. It is not told.

    Returns
    -------
    Application or None
        None where Discord did not say.
    Finding
    """
    if token is None:
        return None, advice(
            LOGIN,
            "none is set: there is the page in the browser, and nothing on Discord",
            f"For Discord, make an application at {PORTAL}, press Reset Token under Bot, and put the token into .env as"
            " DISCORD_TOKEN=...",
        )
    application = _ask(read_application(token), LOGIN)
    if isinstance(application, Finding):
        return None, application
    facts = [
        f"in about {application.servers} servers" if application.servers else "",
        "anybody may add it to a server" if application.is_public else "only its owner may add it to a server",
        "people may install it for themselves" if application.for_users else "",
    ]
    name = printable(application.name, limit=NAME_LIMIT)
    return application, ok(LOGIN, f"accepted: {name} ({', '.join(filter(None, facts))})")


def check_intents(application: Application | None) -> Finding:
    """Tell whether the bot may read messages, and what it cannot do otherwise.

    Parameters
    ----------
    application
        As Discord describes it; None where it did not.

    Returns
    -------
    Finding
    """
    if application is None:
        return skipped(INTENTS, "not looked at: Discord did not tell of the application", SEE_LOGIN)
    if application.may_read_messages:
        return ok(INTENTS, "Message Content is switched on")
    return advice(
        INTENTS,
        f"Message Content is switched off: {WITHOUT_MESSAGE_CONTENT}",
        f"If dropped audio should be answered: {PORTAL}/{application.id}/bot, Privileged Gateway Intents, Message"
        " Content Intent. Then start the bot again.",
    )


def check_permissions(token: str | None, application: Application | None) -> tuple[Finding, ...]:
    """Look what the bot lacks in each of its servers.

    Parameters
    ----------
    token
        Of the application's bot. It is not told.
    application
        As Discord describes it; None where it did not.

    Returns
    -------
    tuple of Finding
        One for each server that something lacks in, and one for all others together.
    """
    if token is None or application is None:
        return (skipped(PERMISSIONS, "not looked at: Discord did not tell of the application", SEE_LOGIN),)
    servers = _ask(read_servers(token, limit=MOST_SERVERS), PERMISSIONS)
    if isinstance(servers, Finding):
        return (servers,)
    invitation = invite_url(application.id)
    if not servers:
        return (advice(PERMISSIONS, "the bot is in no server yet", f"Add it to one: {invitation}"),)
    found = []
    for server in servers:
        lacking = {feature: needs for feature in Feature if (needs := missing(server.permissions, feature))}
        if lacking:
            names = ", ".join(dict.fromkeys(need.name for needs in lacking.values() for need in needs))
            what = f"“{printable(server.name, limit=NAME_LIMIT)}” lacks {names}, for {', '.join(lacking)}"
            what_to_do = (
                "Switch them on in Server Settings > Roles > the bot's role, or let an admin add the bot again:"
                f" {invitation}"
            )
            level = problem if Feature.ANSWERING in lacking else advice
            found.append(level(PERMISSIONS, what, what_to_do))
    if whole := len(servers) - len(found):
        found.append(ok(PERMISSIONS, f"nothing is lacking in {whole} of {len(servers)} servers; channels may differ"))
    return tuple(found)


def _ask(question: Coroutine[Any, Any, Answer], subject: str) -> Answer | Finding:
    """Return Discord's answer, or why there is none."""
    again = "Check the network and https://discordstatus.com, then try again."
    try:
        return asyncio.run(asyncio.wait_for(question, ANSWER_SECONDS))
    except BadToken:
        return problem(
            subject,
            "Discord refuses it",
            f"Copy it anew: {PORTAL}, your application, Bot, Reset Token; then put it into DISCORD_TOKEN.",
        )
    except DiscordUnreachable as error:
        return problem(subject, f"Discord cannot be reached: {error.detail}", again)
    except DiscordRefused as error:
        return problem(subject, f"Discord does not answer the question: {error.detail}", again)
    except TimeoutError:
        return problem(subject, f"Discord did not answer within {ANSWER_SECONDS:g} s", again)
