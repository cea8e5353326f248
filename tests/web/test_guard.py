"""Attacks on the page: other pages that the browser shows, others on the network, and paths that lead elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from pydantic import SecretStr

from bot.errors import BadSettings
from bot.settings import Settings, load_settings
from bot.web.address import LEAST_PASSWORD, Address, is_loopback, open_socket
from bot.web.errors import WebRefused, WebUnavailable
from bot.web.guard import MOST_SESSIONS, MOST_SOURCES, Guard
from bot.web.headers import HEADERS
from bot.web.sources import LINK_BITS, Sources, network_of
from tests.bot.timelines import analysis_of
from tests.web.page import OpenPage, Page

PASSWORD = "correct horse battery"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1.nip.example:{port}",
        "user@127.0.0.1:{port}",
        "127.0.0.1:{port}/",
        "[::1",
        "",
    ],
)
async def test_a_name_that_a_stranger_pointed_to_this_machine_is_not_answered(
    open_knowing_page: OpenPage, host: str
) -> None:
    async with open_knowing_page() as page:
        for method, path in (("GET", "/"), ("GET", "/events"), ("POST", "/ask"), ("GET", "/static/0/page.css")):
            status, text = await raw(page, method, path, host.format(port=page.address.port))
            assert status in {400, 421}
            assert "Set-Cookie" not in text
            assert "<h1>" not in text


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
async def test_this_machines_own_names_are(open_knowing_page: OpenPage, host: str) -> None:
    async with open_knowing_page() as page:
        status, text = await raw(page, "GET", "/", host.format(port=page.address.port))
        assert status == 200
        assert "<h1>" in text


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}@evil.example",
        "http://127.0.0.1:{port}/path",
        "file://",
        "",
    ],
)
async def test_what_another_page_sends_does_nothing(open_knowing_page: OpenPage, origin: str) -> None:
    async with open_knowing_page() as page:
        origin = origin.format(port=page.address.port)
        for path in ("/ask", "/playlists", "/login", "/logout", "/messages/1/press", "/playlists/1/delete"):
            response, _ = await page.response(
                "POST", path, headers={"Origin": origin}, data={"name": "Stolen"}, allow_redirects=False
            )
            assert response.status == 403
        assert await page.services.store.playlists.of_all() == ()
        assert 'class="message"' not in await page.get()


async def test_every_answer_forbids_what_the_page_does_not_need(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        for path in ("/", "/static/0/page.css", "/nothing", "/about", "/playlists", "/playlists/7"):
            response, text = await page.response("GET", path)
            for name, value in HEADERS.items():
                assert response.headers[name] == value
            assert "Server" not in response.headers
            # Nothing that the policy would have to allow; where links lead, browsers go only when they are clicked.
            loaded = (
                r"<script(?![^>]* src=\"/)|<style| style=| on[a-z]+=|javascript:|(src|action)=\"(?!/)|<link[^>]*\"http"
            )
            assert not re.search(loaded, text)
        refused, _ = await raw(page, "GET", "/", "evil.example")
        assert refused == 421


@pytest.mark.parametrize(
    "path",
    [
        "/static/DIGEST/../../server.py",
        "/static/DIGEST/..%2f..%2fserver.py",
        "/static/DIGEST/%2e%2e/server.py",
        "/static/DIGEST/%2fetc%2fpasswd",
        "/static/DIGEST/page.css%00",
        "/static/DIGEST/",
        "/static/DIGEST",
        "/static/..%2fDIGEST/page.css",
        "/about/../MODEL_CARD.md",
        "/about/%2e%2e%2fMODEL_CARD.md",
        "/about/headline.json",
        "/messages/1/files/..%2f..%2fetc%2fpasswd",
        "/answers/1/analysis.json",
        "/answers/99999999999999999999",
        "/p/" + "a" * 32,
        "/playlists/1/export/..%2f..%2fetc%2fpasswd",
    ],
)
async def test_no_other_file_of_the_machine_is_reached(open_knowing_page: OpenPage, path: str) -> None:
    async with open_knowing_page() as page:
        digest = re.findall(r'"/static/([^"/]+)/page.css"', await page.get())[0]
        status, text = await raw(page, "GET", path.replace("DIGEST", digest), f"127.0.0.1:{page.address.port}")
        assert status == 404
        assert "root:" not in text
        assert "Traceback" not in text


async def test_answers_that_stand_on_discord_are_not_shown(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"song", analysis_of((0.0, [{"jazz": 0.9}])))
        digest = hashlib.sha256(b"song").hexdigest()
        answer = await page.services.store.answers.post(
            digest, page.services.model_key, asker=2**60, community=2**61, channel=2**62
        )
        for path in (f"/answers/{answer}", f"/answers/{answer}/analysis.json"):
            response, _ = await page.response("GET", path)
            assert response.status == 404


async def test_others_need_the_password(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        for path in ("/", "/playlists", "/about", "/answers/1", "/playlists/1/map", "/about/reliability.png"):
            response, _ = await page.response("GET", path, allow_redirects=False)
            assert (response.status, response.headers["Location"]) == (303, "/login")
        response, _ = await page.response("GET", "/events", allow_redirects=False)
        assert response.status == 303
        for path in ("/ask", "/playlists", "/messages/1/press"):
            response, _ = await page.response("POST", path, data={"name": "x"}, allow_redirects=False)
            assert response.status == 401
        assert "What music is this" in await log_in(page, PASSWORD)
        (cookie,) = page.browser.cookie_jar
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert "What music is this" in await page.get()
        assert "Log in" in (await page.response("POST", "/logout"))[1]
        assert "Log in" in await page.get()


async def test_a_password_is_not_guessed_in_a_hurry(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        assert "not the password" in await log_in(page, "wrong")
        # A moment after a wrong one, not even the right one is looked at, and that is said.
        response, text = await page.response("POST", "/login", data={"password": PASSWORD})
        assert (response.status, "Too many attempts" in text) == (429, True)
        assert not list(page.browser.cookie_jar)


def test_whoever_guesses_keeps_nobody_else_from_logging_in() -> None:
    now = 0.0
    guard = Guard(Address("0.0.0.0", 1), PASSWORD, clock=lambda: now)
    for guess in ("", "äöü" * 100, "\ud800"):
        assert guard.log_in(guess, "192.0.2.1") is None
    assert guard.has_to_wait("192.0.2.1")
    assert not guard.has_to_wait("192.0.2.2")
    assert guard.log_in(PASSWORD, "192.0.2.2")
    for number in range(MOST_SOURCES):
        guard.log_in("wrong", f"2001:db8::{number:x}")
    assert not guard.has_to_wait("192.0.2.1")
    now = 2.0
    assert not guard.has_to_wait("2001:db8::1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "source"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        # Whoever has one address of a network has all of them.
        ("2001:db8::1", "", "2001:db8::/64"),
        ("2001:db8::ffff:2", "", "2001:db8::/64"),
        # A proxy on this machine says who it is; what they say of themselves comes before that.
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1,2001:db8::5", "2001:db8::/64"),
        ("127.0.0.1", "unknown", "unknown"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        # Some write the port as well.
        ("127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8::5]:4711", "2001:db8::/64"),
        ("127.0.0.1", "[]", "[]"),
        ("127.0.0.1", "[2001:db8::5]", "2001:db8::/64"),
        # One in another container, which may see everybody as its network's gateway.
        ("172.18.0.5", "203.0.113.9", "203.0.113.9"),
        ("::ffff:172.18.0.5", "203.0.113.9", "203.0.113.9"),
        ("172.18.0.5", "198.51.100.1, 172.18.0.1", "172.18.0.1"),
        ("172.18.0.5", ", ,", "172.18.0.5"),
    ],
)
def test_attempts_are_counted_by_whoever_makes_them(remote: str, forwarded: str, source: str) -> None:
    settings = Settings(
        _env_file=None, web_url="https://music.example.org", web_proxies="127.0.0.0/8, ::1,172.18.0.0/16"
    )
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    asking = make_mocked_request("POST", "/login", headers=headers).clone(remote=remote)
    assert Sources(settings.proxies).of(asking, bits=LINK_BITS) == source
    # Without a proxy, nobody's word counts.
    alone = Sources(Settings(_env_file=None, web_proxies=settings.web_proxies).proxies)
    assert alone.of(asking) == network_of(remote)
    assert network_of("2001:db8::1") == network_of("2001:db8:0:ffff::1")


@pytest.mark.parametrize("proxies", ["proxy", "172.18.0.1/16", "172.18.0.0/99", "*", "0.0.0.0/0", "::/0"])
def test_proxies_that_are_no_addresses_are_told(proxies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENREBOT_WEB_PROXIES", proxies)
    with pytest.raises(
        BadSettings, match=r"GENREBOT_WEB_PROXIES is .* must (be addresses or networks|not be everybody)"
    ):
        load_settings()


async def test_guesses_behind_a_proxy_are_counted_each(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(web_url="https://music.example.org", password=PASSWORD) as page:
        at_proxy = {"Host": "music.example.org", "Origin": "https://music.example.org"}
        statuses = []
        for source in ("203.0.113.1", "203.0.113.2", "203.0.113.1:4711", "198.51.100.7, 203.0.113.1"):
            response, _ = await page.response(
                "POST", "/login", headers=at_proxy | {"X-Forwarded-For": source}, data={"password": "wrong"}
            )
            statuses.append(response.status)
        assert statuses == [403, 403, 429, 429]


async def test_where_nobody_is_asked_for_a_password_there_is_no_login(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        for method in ("GET", "POST"):
            response, _ = await page.response(method, "/login", allow_redirects=False)
            assert (response.status, response.headers["Location"]) == (303, "/")


async def test_one_visitor_takes_no_place_of_another(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(password=PASSWORD, jobs_per_member=1) as page:
        await log_in(page, PASSWORD)
        await page.know(b"one", analysis_of((0.0, [{"jazz": 0.9}])))
        begun = asyncio.Event()
        stalled = asyncio.Event()

        async def stalling() -> Any:
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\nabcd'
            begun.set()
            await stalled.wait()
            yield b"\r\n--x--\r\n"

        kind = {"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"}
        slow = asyncio.create_task(page.response("POST", "/ask", data=stalling(), headers=kind))
        await begun.wait()
        async with page.events() as events:
            await events.until("message", "a.mp3")
        other = {"Cookie": f"genre-bot-session={await log_in_elsewhere(page)}"}
        page.browser.cookie_jar.clear()
        assert "Jazz, clearly" in await page.ask(("one.mp3", b"one"), **other)
        stalled.set()
        with contextlib.suppress(aiohttp.ClientError):
            await slow


async def test_whoever_has_logged_out_is_soon_told_that_this_is_all(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.events.ALIVE_EVERY_SECONDS", 0.05)
    async with open_knowing_page(password=PASSWORD) as page:
        await log_in(page, PASSWORD)
        async with page.events() as events:
            await page.response("POST", "/logout")
            # Nothing has changed meanwhile.
            async with asyncio.timeout(30):
                await events.response.content.read()


async def test_whoever_has_logged_out_is_told_nothing_more(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        await log_in(page, PASSWORD)
        async with page.events() as events:
            await page.response("POST", "/logout")
            asking = {"Cookie": f"genre-bot-session={(await log_in_elsewhere(page))}"}
            form = aiohttp.FormData(default_to_multipart=True)
            form.add_field("link", "https://secret.example/song")
            await page.response("POST", "/ask", data=form, headers=asking)
            async with asyncio.timeout(30):
                rest = await events.response.content.read()
        assert b"secret" not in rest


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=nope", b"password=x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nabc"),
        ("multipart/form-data; boundary=x", b"\x00"),
        ("application/x-www-form-urlencoded", b"%ff%00=%"),
    ],
)
async def test_what_is_no_form_is_refused_without_a_word_in_the_log(
    open_knowing_page: OpenPage, kind: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        response, _ = await page.response("POST", "/login", data=body, headers={"Content-Type": kind})
        assert response.status in {400, 403}
    assert "Traceback" not in caplog.text


async def test_what_is_not_allowed_says_what_is(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        response, _ = await page.response("POST", "/about")
        assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD")
        # It would not end.
        response, _ = await page.response("HEAD", "/events")
        assert (response.status, response.headers["Allow"]) == (405, "GET")
        response, text = await page.response("POST", "/playlists", data={"name": "x" * 70_000})
        assert (response.status, "cannot be done this way" in text) == (413, True)


async def test_files_of_the_page_are_kept_by_browsers_until_they_change(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        files = re.findall(r'"(/static/[^"]+)"', await page.get())
        assert {file.rpartition(".")[2] for file in files} == {"css", "js", "svg"}
        for file in files:
            response, _ = await page.response("GET", file)
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        # Such as one that was kept in an open window while the bot was updated.
        response, _ = await page.response("GET", files[0].replace(files[0].split("/")[2], "0123456789ab"))
        assert response.status == 404


async def test_a_forged_session_is_none_and_old_ones_make_room(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        response, _ = await page.response(
            "GET", "/", headers={"Cookie": "genre-bot-session=guessed"}, allow_redirects=False
        )
        assert response.status == 303
        await log_in(page, PASSWORD)
        first = {cookie.key: cookie.value for cookie in page.browser.cookie_jar}
        for _ in range(MOST_SESSIONS):
            await log_in(page, PASSWORD)
        async with (
            aiohttp.ClientSession(cookies=first) as other,
            other.get(page.origin, allow_redirects=False) as response,
        ):
            assert response.status == 303


@pytest.mark.parametrize("password", [None, "", "x" * (LEAST_PASSWORD - 1)])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "music.example"])
def test_nobody_is_let_in_from_outside_without_a_password(host: str, password: str | None) -> None:
    secret = None if password is None else SecretStr(password)
    with pytest.raises(WebRefused, match="GENREBOT_WEB_PASSWORD"):
        open_socket(Settings(_env_file=None, web_host=host, web_password=secret))


def test_nor_is_anybody_through_a_proxy() -> None:
    with pytest.raises(WebRefused, match="GENREBOT_WEB_URL lets others in: set GENREBOT_WEB_PASSWORD"):
        open_socket(Settings(_env_file=None, web_url="https://music.example.org"))


def test_an_address_that_is_none_of_this_machine_is_told_in_words() -> None:
    settings = Settings(_env_file=None, web_host="192.0.2.1", web_password=SecretStr(PASSWORD))
    with pytest.raises(WebUnavailable, match="GENREBOT_WEB_HOST"):
        open_socket(settings)


def test_a_port_that_is_taken_is_another_one() -> None:
    first, taken = open_socket(Settings(_env_file=None, web_port=0))
    with first:
        # But a proxy would go on to send to whoever listens there.
        behind = {"web_url": "https://music.example.org", "web_password": SecretStr(PASSWORD)}
        with pytest.raises(WebUnavailable, match=f"port {taken.port}"):
            open_socket(Settings(_env_file=None, web_port=taken.port, **behind))
        second, address = open_socket(Settings(_env_file=None, web_port=taken.port))
        with second:
            assert address.port not in {0, taken.port}
            assert address.url == f"http://127.0.0.1:{address.port}"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_only_addresses_of_this_machine_are_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


async def test_behind_a_proxy_its_name_and_origin_are_known(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(web_url="https://music.example.org", password=PASSWORD) as page:
        status, _ = await raw(page, "GET", "/login", "music.example.org")
        assert status == 200
        at_proxy = {"Host": "music.example.org", "Origin": "https://music.example.org"}
        await page.response("POST", "/login", headers=at_proxy, data={"password": PASSWORD}, allow_redirects=False)
        (cookie,) = page.browser.cookie_jar
        assert cookie["secure"]
        session = {"Cookie": f"{cookie.key}={cookie.value}"}
        response, _ = await page.response(
            "POST",
            "/playlists",
            headers=at_proxy | session,
            data={"name": "Ours"},
            allow_redirects=False,
        )
        assert response.status == 303
        response, _ = await page.response(
            "POST",
            "/playlists",
            headers=at_proxy | session | {"Origin": "http://music.example.org.evil.example"},
            data={"name": "Theirs"},
            allow_redirects=False,
        )
        assert response.status == 403
        plain = {"Origin": "http://music.example.org"}
        response, _ = await page.response(
            "POST", "/playlists", headers=at_proxy | session | plain, data={"name": "Theirs"}, allow_redirects=False
        )
        assert response.status == 403
        assert [playlist.name for playlist in await page.services.store.playlists.of_all()] == ["Ours"]


async def log_in_elsewhere(page: Page) -> str:
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other,
        other.post(
            f"{page.origin}/login", data={"password": PASSWORD}, headers={"Origin": page.origin}, allow_redirects=False
        ) as response,
    ):
        return response.cookies["genre-bot-session"].value


async def log_in(page: Page, password: str) -> str:
    return (await page.response("POST", "/login", data={"password": password}))[1]


async def raw(page: Page, method: str, path: str, host: str) -> tuple[int, str]:
    """Send a request as it stands here, which no client would."""
    reader, writer = await asyncio.open_connection("127.0.0.1", page.address.port)
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Connection: close"]
    if method == "POST":
        lines.append("Content-Length: 0")
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()
    async with asyncio.timeout(30):
        answer = (await reader.read(1 << 20)).decode(errors="replace")
    writer.close()
    return int(answer.split(" ", 2)[1]), answer
