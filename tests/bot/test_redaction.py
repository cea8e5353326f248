"""No secret survives, whatever it comes in, and what is none stays as it was."""

from __future__ import annotations

import string
import time
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot import redaction
from bot.redaction import REDACTED, cookies_in, leave_out_members, never_show, redact, redact_fields

URL_SAFE = string.ascii_letters + string.digits + "-_"


def letters(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(URL_SAFE, min_size=least, max_size=most)


bot_tokens = st.builds("{}.{}.{}".format, letters(23, 26), letters(6, 7), letters(27, 38))
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789_-"


@pytest.fixture(autouse=True)
def _forget_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", set())


@given(bot_tokens, st.text(), st.text())
@example(TOKEN, "a" * 27 + ".bcdefg.", ".h")
@example(TOKEN, "Bot ", "")
@example(TOKEN, "https://", "@host/")
@example(TOKEN, "'token': '", "'")
@example(TOKEN, "/webhooks/1/", "/messages/@original")
def test_a_bot_token_survives_nowhere(token: str, before: str, after: str) -> None:
    shown = redact(before + token + after)
    assert token not in shown
    signature = token.rpartition(".")[2]
    assume(signature not in before + after)
    assert signature not in shown


@given(st.text(min_size=redaction.SHORTEST_SECRET), st.text(), st.text())
def test_a_secret_that_is_named_survives_nowhere(secret: str, before: str, after: str) -> None:
    assume(secret not in REDACTED)
    shown = redact(before + secret + after, secrets=[secret])
    # What stands around may spell it again with the mark that took its place.
    assert secret not in shown or secret in before + REDACTED + after


def test_a_secret_that_was_named_once_is_taken_out_in_every_spelling() -> None:
    never_show(['p@ss/"word"'])
    for shown in ('p@ss/"word"', "p%40ss%2F%22word%22", r"p@ss/\"word\"", repr('p@ss/"word"')):
        assert "word" not in redact(f"before {shown} after")


def test_an_ordinary_word_is_no_secret() -> None:
    never_show(["abc", ""])
    assert redact("abcdef") == "abcdef"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bot SECRET",
        "authorization: Digest username=SECRET, response=SECRET\r\nHost: here",
        "{'Authorization': 'Bearer SECRET', 'User-Agent': 'x'}",
        '{"authorization": "SECRET"}',
        "(b'Authorization', b'Bot SECRET')",
        r'"{\"Authorization\": \"Bot SECRET\"}"',
        "Proxy-Authorization: Basic SECRET",
        "Cookie: a=SECRET; b=SECRET",
        "Set-Cookie: a=SECRET; Path=/",
        "https://discord.com/api/v10/webhooks/123/SECRET/messages/@original",
        "POST https://discord.com/api/v10/interactions/123/SECRET/callback",
        "/webhooks/123/SECRET?wait=true",
        "{'t': 'INTERACTION_CREATE', 'd': {'token': 'SECRET', 'type': 2}}",
        '{"access_token":"SECRET","x":1}',
        "https://cdn.example/song.mp3?ex=1&is=2&hm=SECRET&",
        "wss://gateway.example/?token=SECRET",
        "with '123456789012345678+SECRETaaaaaaaaaaaaaaaaaaaa' major parameters",
        "postgresql+asyncpg://user:SECRET@host/database",
        "postgresql://user:pa/ss@SECRET@host/database",
        "postgresql://host/database?user=x&password=SECRET",
        "host=here password='SECRET word' dbname=x",
        "https://SECRET@host/path",
        "http://user:SECRET@host:8080/path?x=1",
        "socks5://user:SECRET@host",
        "skipping cookie: 'host.example\\tTRUE\\t/\\tTRUE\\t1999999999\\tname\\tSECRET'",
        ".host.example\tTRUE\t/\tFALSE\t0\tname\tSECRET\n",
    ],
)
def test_what_is_secret_by_its_place_is_taken_out(text: str) -> None:
    shown = redact(text)
    assert "SECRET" not in shown
    assert REDACTED in shown


@pytest.mark.parametrize(
    "text",
    [
        "Copy it anew: https://discord.com/developers/applications, your application; then put it into DISCORD_TOKEN.",
        "The database sqlite+aiosqlite:////home/me@work/bot.sqlite3 cannot be used.",
        "https://soundcloud.com/@someone/track",
        "the file of GENREBOT_COOKIES_FILE cannot be read",
        "logging in using static token",
        "GENREBOT_WORKERS is 'many', but it should be a valid integer.",
        'File "bot/client.py", line 12, in analyze',
        "model 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "POST https://discord.com/api/v10/channels/123/messages",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_the_rest_of_an_address_stays() -> None:
    assert redact("postgresql://user:secret@host/database") == f"postgresql://{REDACTED}@host/database"
    assert redact("https://discord.com/api/webhooks/1/secret/messages").endswith(f"/webhooks/1/{REDACTED}/messages")


@given(
    st.recursive(
        st.just(TOKEN) | st.integers() | st.none() | st.just(TOKEN.encode()) | st.just(ValueError(TOKEN)),
        lambda inner: st.lists(inner) | st.dictionaries(st.just(TOKEN) | st.text(), inner) | st.tuples(inner, inner),
    )
)
def test_fields_of_any_shape_lose_their_secrets(value: object) -> None:
    assert TOKEN not in str(redact_fields(None, "info", {"event": f"it is {TOKEN}", "field": value, TOKEN: 1}))


@pytest.mark.parametrize(
    "repeated",
    [
        "\\",
        "'",
        "a.",
        "https://",
        "x://",
        "'token': '",
        "token = ",
        "authorization: ",
        "\tTRUE\t",
        "/webhooks/1/",
        "@",
        "-",
    ],
)
def test_text_of_strangers_does_not_make_the_search_long(repeated: str) -> None:
    began = time.process_time()
    redact(repeated * (100_000 // len(repeated)))
    # A tenth of a second or so; what grows with the square of the length takes a minute.
    assert time.process_time() - began < 10


def test_numbers_stay_numbers_and_fields_with_telling_names_are_taken_out() -> None:
    fields = {"event": "job", "total": 1.25, "servers": 3, "ok": True, "none": None, "token": "abc", "cookies": b"a"}
    assert redact_fields(None, "info", dict(fields)) == fields | {"token": REDACTED, "cookies": REDACTED}


def test_links_lose_all_but_their_servers_and_ids_are_left_out() -> None:
    fields = {
        "event": "We are being rate limited. PUT https://discord.com/api/v10/channels/1/x responded with 429.",
        "guild": 123456789012345678,
        "said": "<https://site.example/a-secret-love?x=1> of 123456789012345678",
        "total": 0.25,
    }
    assert leave_out_members(None, "info", fields) == {
        "event": "We are being rate limited. PUT https://discord.com/… responded with 429.",
        "guild": "…",
        "said": "<https://site.example/…> of …",
        "total": 0.25,
    }


def test_the_values_of_a_cookies_file_are_secret_and_so_are_lines_that_are_not_as_they_should_be(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cookies.txt"
    file.write_bytes(
        b"# Netscape HTTP Cookie File\n.host.example\tTRUE\t/\tTRUE\t1999999999\tname\tvalue-one\n"
        b"host.example broken value-two\nhost.example\tTRUE\t/\tTRUE\t0\tname\tvalue \xff three\n"
        b"#HttpOnly_.host.example\tTRUE\t/\tTRUE\t0\tname\tvalue-four\n"
    )
    shown = redact("Netscape name host.example value-one value-two value-four", cookies_in(file))
    assert shown == f"Netscape name host.example {REDACTED} {REDACTED} {REDACTED}"
    assert cookies_in(None) == ()
