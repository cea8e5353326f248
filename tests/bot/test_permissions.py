"""What the bot needs of Discord's permissions, and the invitation that asks for it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.permissions import NEEDS, Feature, Need, invite_permissions, invite_url, missing

ANSWERING = {"view_channel", "send_messages", "embed_links", "attach_files"}


def attributes(needs: tuple[Need, ...]) -> set[str]:
    return {need.permission for need in needs}


@pytest.mark.parametrize(
    ("feature", "permissions"),
    [
        (Feature.ANSWERING, ANSWERING),
        (Feature.ANSWERING_IN_THREADS, {"send_messages_in_threads"}),
        (Feature.REPLYING, ANSWERING | {"read_message_history"}),
        (Feature.OPENING_THREADS, {"create_public_threads", "send_messages_in_threads"}),
        (Feature.REACTING, {"add_reactions", "read_message_history"}),
    ],
)
def test_without_any_permission_a_feature_lacks_all_that_it_needs(feature: Feature, permissions: set[str]) -> None:
    assert attributes(missing(discord.Permissions.none(), feature)) == permissions


def test_each_feature_has_its_needs_and_each_need_says_what_it_is_for() -> None:
    assert set(NEEDS) == set(Feature)
    for needs in NEEDS.values():
        for need in needs:
            assert need.permission in discord.Permissions.VALID_FLAGS
            assert need.purpose.startswith("to ")


def test_a_permission_has_one_name_wherever_it_is_needed() -> None:
    names = {(need.permission, need.name) for needs in NEEDS.values() for need in needs}
    assert len(names) == len({permission for permission, _ in names}) == len({name for _, name in names})


@given(granted=st.sets(st.sampled_from(sorted(discord.Permissions.VALID_FLAGS))), feature=st.sampled_from(Feature))
def test_what_is_missing_is_what_is_needed_and_not_granted(granted: set[str], feature: Feature) -> None:
    permissions = discord.Permissions(**dict.fromkeys(granted, True))
    lacking = attributes(missing(permissions, feature))
    if permissions.administrator:
        assert lacking == set()
    else:
        # Two names of discord.py may be one permission: `view_channel` is `read_messages`.
        assert lacking == {name for name in attributes(NEEDS[feature]) if not getattr(permissions, name)}


def test_the_invitation_asks_for_all_that_is_needed_and_for_nothing_else() -> None:
    permissions = invite_permissions()
    assert all(missing(permissions, feature) == () for feature in Feature)
    needed = {need.permission for needs in NEEDS.values() for need in needs}
    assert permissions.value == sum(discord.Permissions.VALID_FLAGS[name] for name in needed)
    assert not permissions.administrator


def test_the_address_of_the_invitation_names_the_application_its_scopes_and_its_permissions() -> None:
    address = urlsplit(invite_url(1234))
    assert (address.scheme, address.netloc, address.path) == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(address.query) == {
        "client_id": ["1234"],
        "scope": ["bot applications.commands"],
        "permissions": [str(invite_permissions().value)],
    }
