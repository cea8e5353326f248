"""What ``genre-bot doctor`` says of the page, with real sockets."""

from __future__ import annotations

import socket

import pytest

from bot.doctor.page import check_page
from bot.settings import Settings
from tests.bot.doctors import assert_advice, assert_ok, assert_problem

PASSWORD = "correct horse battery"


def settings(**chosen: object) -> Settings:
    return Settings.model_validate({"web_port": 0, **chosen})


def test_where_it_would_be_found_is_told() -> None:
    assert_ok(check_page(settings()), says="http://127.0.0.1:")
    assert "with a password" in check_page(settings(web_password=PASSWORD)).what


def test_beside_a_bot_it_is_off_until_it_is_wanted() -> None:
    assert_ok(check_page(settings(discord_token="a.b.c")), says="GENREBOT_WEB=1 opens it")
    assert_ok(check_page(settings(discord_token="a.b.c", web=True)), says="http://127.0.0.1:")


def test_a_port_that_is_taken_is_told_and_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert_advice(check_page(settings(web_port=port)), says=f"port {port} is taken", advises="GENREBOT_WEB_PORT")
    assert_ok(check_page(settings(web_port=port)), says=f"http://127.0.0.1:{port}")
    # It does not stay there: the bot is about to.
    with socket.create_server(("127.0.0.1", port)):
        pass


@pytest.mark.parametrize(
    ("chosen", "says", "advises"),
    [
        ({"web_host": "0.0.0.0"}, "other machines can reach", "GENREBOT_WEB_PASSWORD to 12 characters"),
        ({"web_url": "https://music.example.org"}, "lets others in", "GENREBOT_WEB_PASSWORD"),
        ({"web_host": "192.0.2.1", "web_password": PASSWORD}, "cannot be served at 192.0.2.1", "GENREBOT_WEB_HOST"),
    ],
)
def test_what_keeps_it_from_being_served_is_a_problem(chosen: dict[str, str], says: str, advises: str) -> None:
    assert_problem(check_page(settings(**chosen)), says=says, advises=advises)
