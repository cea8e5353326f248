"""A row of every table, and rows of it that cannot be."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, Integer, String, type_coerce

from bot.store.models import Base
from tests.bot.stores import MODEL, NEW_YEAR, ONE, OTHER, rows_of

EXAMPLES: dict[str, dict[str, object]] = {
    "command_sync": {"application_id": 7, "digest": ONE, "synced_at": NEW_YEAR},
    "analyses": {
        "digest": ONE,
        "model_key": MODEL,
        "analysis": "{}",
        "picture": b"PNG",
        "made_at": NEW_YEAR,
        "used_at": NEW_YEAR,
    },
    "answers": {
        "digest": ONE,
        "model_key": MODEL,
        "asker": 1,
        "community": 2,
        "channel": 3,
        "message": 4,
        "source": 5,
        "position": 0,
        "posted_at": NEW_YEAR,
    },
    "votes": {"digest": ONE, "community": 2, "member": 1, "genre": "jazz", "voted_at": NEW_YEAR},
    "tallies": {"digest": ONE, "community": 2, "votes": 1, "top_genre": "jazz", "top_votes": 1},
    "channel_settings": {"channel": 3, "guild": 2, "mode": "reply", "links": True},
    "servers": {"id": 2, "votes_needed": 3},
    "statistics_opt_outs": {"guild": 2, "member": 1},
    "playlists": {
        "id": 10,
        "guild": 2,
        "name": "Chill",
        "name_key": "chill",
        "description": "",
        "owner": 1,
        "created_at": NEW_YEAR,
    },
    "collaborators": {"playlist_id": 10, "kind": "member", "subject": 1},
    "playlist_channels": {"channel": 3, "playlist_id": 10},
    "tracks": {
        "id": 20,
        "playlist_id": 10,
        "title": "Song",
        "title_key": "song",
        "digest": ONE,
        "link": "https://example.org/song",
        "link_key": OTHER,
        "source_channel": 3,
        "source_message": 5,
        "source_position": 0,
        "adder": 1,
        "added_at": NEW_YEAR,
        "duration": 12.5,
        "model_key": MODEL,
        "verdict": "clear",
        "genre": "jazz",
        "probability": 0.5,
        "tempo": 120.0,
        "energy": 0.5,
        "embedding": b"\0\0\0\0",
        "told_votes": "[]",
        "removed_at": NEW_YEAR,
        "removed_by": 1,
    },
    "track_tags": {"track_id": 20, "name": "piano", "probability": 0.5},
    "playlist_views": {"playlist_id": 10, "opener": 1, "wanted": "{}", "used_at": NEW_YEAR},
    "publications": {"playlist_id": 10, "token": 32 * "a", "published_at": NEW_YEAR},
    "jobs": {
        "id": 30,
        "playlist_id": 10,
        "kind": "link",
        "state": "done",
        "name": "Album",
        "link": "https://example.org/album",
        "left_out": 0,
        "cut_off": False,
        "asker": 1,
        "channel": 3,
        "language": "en",
        "begun_at": NEW_YEAR,
        "ended_at": NEW_YEAR,
    },
    "job_items": {
        "job_id": 30,
        "position": 0,
        "title": "Song",
        "link": "https://example.org/song",
        "track_id": 20,
        "state": "done",
        "attempts": 1,
    },
    "rounds": {
        "id": 40,
        "guild": 2,
        "playlist_id": 10,
        "track_id": 20,
        "channel": 3,
        "state": "closed",
        "bot_genre": "jazz",
        "probability": 0.5,
        "choices": '["jazz", "rock"]',
        "answer": "jazz",
        "language": "en",
        "begun_at": NEW_YEAR,
        "ends_at": NEW_YEAR + timedelta(minutes=1),
    },
    "guesses": {"round_id": 40, "member": 1, "genre": "jazz", "guessed_at": NEW_YEAR},
}
"""A row for each table, parents first."""

SPARE_PLAYLIST = 13
"""The playlist of the second publication, for a playlist has only one: whoever adds that one adds this one first."""

OTHERS: dict[str, dict[str, object]] = {
    "command_sync": {"application_id": 8},
    "analyses": {"digest": OTHER},
    "answers": {"source": 6},
    "votes": {"member": 2},
    "tallies": {"community": 3},
    "channel_settings": {"channel": 4},
    "servers": {"id": 3},
    "statistics_opt_outs": {"member": 2},
    "playlists": {"id": 11, "name_key": "other"},
    "collaborators": {"subject": 2},
    "playlist_channels": {"channel": 4},
    "tracks": {"id": 21, "removed_at": None, "removed_by": None},
    "track_tags": {"name": "violin"},
    "playlist_views": {"id": 51},
    "publications": {"playlist_id": SPARE_PLAYLIST, "token": 32 * "b"},
    "jobs": {"id": 31},
    "job_items": {"position": 1},
    "rounds": {"id": 41},
    "guesses": {"member": 2},
}
"""What makes a second row for each table that is as right as the first."""

UNHEARD = {"model_key": None, "digest": None}

WRONG: dict[str, list[tuple[str, dict[str, object]]]] = {
    "command_sync": [("digest_is_sha256", {"digest": "0"}), ("unique", {"application_id": 7})],
    "analyses": [
        ("digest_is_sha256", {"digest": "0"}),
        ("model_key_is_named", {"model_key": ""}),
        ("null", {"analysis": None}),
        ("unique", {"digest": ONE}),
    ],
    "answers": [
        ("foreign key", {"digest": OTHER}),
        ("foreign key", {"model_key": "another"}),
        ("position_in_a_source", {"source": None}),
        ("position_in_a_source", {"position": None}),
        ("position_is_one_of_five", {"position": 5}),
        ("position_is_one_of_five", {"position": -1}),
        ("null", {"asker": None}),
        ("unique", {"source": 5}),
    ],
    "votes": [
        ("digest_is_sha256", {"digest": "0"}),
        ("genre_is_named", {"genre": type_coerce("", String)}),
        ("null", {"member": None}),
        ("unique", {"member": 1}),
    ],
    "tallies": [
        ("digest_is_sha256", {"digest": "0"}),
        ("genre_is_named", {"top_genre": ""}),
        ("top_is_part_of_the_votes", {"top_votes": 0}),
        ("top_is_part_of_the_votes", {"top_votes": 2}),
        ("unique", {"community": 2}),
    ],
    "channel_settings": [
        ("mode_is_known", {"mode": "off"}),
        ("null", {"guild": None}),
        ("boolean", {"links": type_coerce(2, Integer)}),
        ("unique", {"channel": 3}),
    ],
    "servers": [
        ("votes_needed_is_sensible", {"votes_needed": 0}),
        ("votes_needed_is_sensible", {"votes_needed": 101}),
        ("unique", {"id": 2}),
    ],
    "statistics_opt_outs": [("foreign key", {"guild": 4}), ("unique", {"member": 1})],
    "playlists": [
        ("playlist_is_named", {"name": type_coerce("", String)}),
        ("name_has_a_key", {"name_key": ""}),
        ("description_is_short|too long", {"description": "x" * 501}),
        ("foreign key", {"guild": 4}),
        ("unique", {"id": 12}),
        ("unique", {"id": 10, "name_key": "third"}),
    ],
    "collaborators": [
        ("kind_is_known", {"kind": "friend"}),
        ("everyone_is_nobody_else", {"kind": "everyone"}),
        ("everyone_is_nobody_else", {"subject": 0}),
        ("foreign key", {"playlist_id": 12}),
        ("unique", {"subject": 1}),
    ],
    "playlist_channels": [("foreign key", {"playlist_id": 12}), ("unique", {"channel": 3})],
    "tracks": [
        ("track_has_a_title", {"title": type_coerce("", String)}),
        ("title_has_a_key", {"title_key": ""}),
        ("digest_is_sha256", {"digest": "0"}),
        ("link_has_a_key", {"link": None}),
        ("link_has_a_key", {"link_key": None}),
        ("link_is_an_address", {"link": "https://"}),
        ("link_is_an_address", {"link": "https://" + 2000 * "x"}),
        ("link_key_is_sha256", {"link_key": "0"}),
        ("source_has_a_channel", {"source_channel": None}),
        ("source_has_a_position", {"source_position": None}),
        ("source_is_one_of_five", {"source_position": 5}),
        ("duration_is_a_length", {"duration": -1.0}),
        ("heard_is_whole", {"digest": None}),
        ("heard_is_whole", {"verdict": None}),
        ("model_key_is_named", {"model_key": ""}),
        ("verdict_is_known", {"verdict": "sure"}),
        ("what_is_no_music_has_no_genre", {"verdict": "not_music"}),
        ("what_is_music_has_a_genre", {"genre": None, "probability": None}),
        ("genre_has_a_probability", {"probability": None}),
        ("genre_has_a_probability", {**UNHEARD, "genre": None}),
        ("genre_is_named", {"genre": ""}),
        ("probability_is_one", {"probability": 1.5}),
        ("tempo_is_a_rate", {"tempo": -1.0}),
        ("energy_is_a_share", {"energy": 1.5}),
        ("only_what_was_removed_has_a_remover", {"removed_by": 1}),
        ("foreign key", {"playlist_id": 12, "digest": None, "model_key": None, "link": None, "link_key": None}),
        ("unique", {"id": 22, "link": None, "link_key": None}),
        ("unique", {"id": 22, "digest": None, "model_key": None}),
    ],
    "track_tags": [
        ("tag_is_named", {"name": ""}),
        ("probability_is_one", {"probability": 1.5}),
        ("foreign key", {"track_id": 22}),
        ("unique", {"name": "piano"}),
    ],
    "playlist_views": [
        ("wanted_is_json", {"wanted": ""}),
        ("wanted_is_json", {"wanted": 4001 * "x"}),
        ("foreign key", {"playlist_id": 12}),
        ("unique", {"id": 51}),
    ],
    "publications": [
        ("token_has_192_bits", {"token": 31 * "a"}),
        ("token_has_192_bits|too long", {"token": 33 * "a"}),
        ("null", {"token": None}),
        ("null", {"published_at": None}),
        ("foreign key", {"playlist_id": 12}),
        ("unique", {"playlist_id": 10}),
        ("unique", {"token": 32 * "a"}),
    ],
    "jobs": [
        ("kind_is_known", {"kind": "song", "link": None}),
        ("state_is_known", {"state": "dreaming", "ended_at": None}),
        ("only_a_link_has_one", {"link": None}),
        ("only_a_link_has_one", {"kind": "file"}),
        ("only_a_link_is_listed", {"kind": "file", "link": None, "state": "listing", "ended_at": None}),
        ("a_failure_has_a_reason", {"state": "failed"}),
        ("a_failure_has_a_reason", {"reason": "too loud"}),
        ("what_ended_has_an_end", {"ended_at": None}),
        ("what_ended_has_an_end", {"state": "running"}),
        ("only_a_pause_has_one", {"pause_reason": "too loud"}),
        ("left_out_is_a_number", {"left_out": -1}),
        ("job_is_named", {"name": type_coerce("", String)}),
        ("foreign key", {"playlist_id": 12}),
        ("unique", {"id": 30}),
    ],
    "job_items": [
        ("state_is_known", {"state": "lost"}),
        ("a_failure_has_a_reason", {"state": "failed"}),
        ("a_failure_has_a_reason", {"reason": "too loud"}),
        ("attempts_is_a_number", {"attempts": -1}),
        ("position_is_a_number", {"position": -1}),
        ("item_has_a_title", {"title": type_coerce("", String)}),
        ("waits_for_something", {"state": "waiting", "link": None, "track_id": None}),
        ("foreign key", {"job_id": 32}),
        ("foreign key", {"track_id": 22}),
        ("unique", {"position": 0}),
    ],
    "rounds": [
        ("state_is_known", {"state": "ajar"}),
        ("what_is_judged_has_an_answer", {"answer": None}),
        ("what_is_judged_has_an_answer", {"state": "open"}),
        ("genre_is_named", {"bot_genre": ""}),
        ("probability_is_one", {"probability": 1.5}),
        ("choices_are_json", {"choices": "["}),
        ("round_takes_a_while", {"ends_at": NEW_YEAR}),
        ("foreign key", {"guild": 5}),
        ("foreign key", {"playlist_id": 12}),
        ("foreign key", {"track_id": 22}),
        ("unique", {"id": 40}),
    ],
    "guesses": [
        ("genre_is_named", {"genre": ""}),
        ("foreign key", {"round_id": 42}),
        ("unique", {"member": 1}),
    ],
}
"""What each table refuses: the name of the constraint or what the database calls its kind, and what is wrong in a row
that is otherwise like the second one."""


def insert(connection: Connection, table: str, **other: object) -> None:
    """Add the example of a table to a database, with other values where the test says so."""
    connection.execute(Base.metadata.tables[table].insert().values(EXAMPLES[table] | other))


def insert_all(connection: Connection) -> None:
    """Add the examples of all tables."""
    for table in EXAMPLES:
        insert(connection, table)


def sizes(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = list(Base.metadata.tables)
    (counts,) = rows_of(url, "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))
    return dict(zip(tables, counts, strict=True))
