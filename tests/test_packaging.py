"""The project around the code: the wheel, the Dockerfile, the set-up files."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.settings import Settings, variable_name

PROJECT = Path(__file__).resolve().parents[1]
MAX_MODEL_BYTES = 6_000_000


def dockerfile_instructions() -> list[tuple[str, str]]:
    """Return each instruction of the Dockerfile with its arguments, continued lines joined."""
    text = (PROJECT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines if line and line[0] != "#"]


def copied_from_checkout() -> list[str]:
    sources = []
    for name, arguments in dockerfile_instructions():
        words = [word for word in shlex.split(arguments) if not word.startswith("--")]
        if name == "COPY" and "--from=" not in arguments:
            sources += words[:-1]
    return sources


def test_each_file_that_the_dockerfile_copies_exists_and_is_not_ignored() -> None:
    sources = copied_from_checkout()
    assert {"bot", "classifier", "models"} <= set(sources)
    ignore = (PROJECT / ".dockerignore").read_text().splitlines()
    assert ignore[0] == "*"
    allowed = {line[1:] for line in ignore if line.startswith("!")}
    for source in sources:
        assert (PROJECT / source).exists(), source
        assert source.rstrip("/").split("/")[0] in allowed, source


def test_the_image_runs_as_nobody_in_particular_and_reports_its_health() -> None:
    instructions = dockerfile_instructions()
    names = [name for name, _ in instructions]
    assert names.count("FROM") == 2
    last_stage = dict(instructions[len(names) - names[::-1].index("FROM") :])
    assert last_stage["USER"] not in ("root", "0")
    assert '"genre-bot", "health"' in last_stage["HEALTHCHECK"]
    assert last_stage["ENTRYPOINT"] == '["genre-bot"]'
    settings = set(re.findall(r"\b(GENREBOT_[A-Z_]+|DATABASE_URL)=", last_stage["ENV"]))
    assert settings
    assert settings <= {variable_name(field) for field in Settings.model_fields}
    # The kernels are compiled where they are looked for, and for no particular machine.
    build = next(arguments for name, arguments in instructions if name == "ENV" and "NUMBA" in arguments)
    for variable in ("NUMBA_CACHE_DIR", "NUMBA_CPU_NAME"):
        (value,) = re.findall(rf"{variable}=(\S+)", build)
        assert f"{variable}={value}" in last_stage["ENV"]


def test_what_must_be_writable_stays_so_in_a_read_only_container() -> None:
    compose = (PROJECT / "compose.yaml").read_text()
    assert "read_only: true" in compose
    environment = " ".join(arguments for name, arguments in dockerfile_instructions() if name == "ENV")
    (cache,) = set(re.findall(r"NUMBA_CACHE_DIR=(\S+)", environment))
    # numba refuses a cache folder in which it cannot write, however warm it is.
    assert f":{cache}\n" in compose
    assert ":/data\n" in compose
    assert "- /tmp:" in compose


@pytest.fixture(scope="module")
def installed_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what the Dockerfile copies and install it outside the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "src"
    source.mkdir()
    for name in copied_from_checkout():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(PROJECT / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, source]
    subprocess.run(build, check=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", site, wheel], check=True, timeout=120)
    return site


def run_installed(site: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the entry point of the Dockerfile from an empty folder, as the image would."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GENREBOT_", "DISCORD_"))}
    return subprocess.run(
        [sys.executable, site / "bin" / "genre-bot", *(str(argument) for argument in arguments)],
        cwd=site.parent,
        env=environment | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_wheel_starts_outside_the_checkout_and_brings_its_model(
    installed_wheel: Path,
    encode: Callable[..., Path],
    make_tune: Callable[..., npt.NDArray[np.float32]],
) -> None:
    where = [sys.executable, "-c", "import bot, classifier.location as l; print(bot.__file__, l.default_model_dir())"]
    environment = os.environ | {"PYTHONPATH": str(installed_wheel)}
    found = subprocess.run(
        where, env=environment, cwd=installed_wheel.parent, capture_output=True, text=True, check=True, timeout=60
    )
    assert all(path.startswith(str(installed_wheel)) for path in found.stdout.split())

    version = run_installed(installed_wheel, "--version")
    assert version.stdout.strip() == f"genre-bot {metadata.version('genre-bot')}"
    answer = run_installed(installed_wheel, "classify", "--csv", encode(make_tune(5), "song.wav"))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count("\n") == 2


def test_the_page_travels_in_the_wheel(installed_wheel: Path, tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3"
    environment = os.environ | {"PYTHONPATH": str(installed_wheel), "GENREBOT_WEB_PORT": "0", "DATABASE_URL": database}
    command = [sys.executable, str(installed_wheel / "bin" / "genre-bot"), "web"]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        address = re.findall(r"http://[\d.:]+\d", page.stdout.readline())[0]
        try:
            with urllib.request.urlopen(address, timeout=60) as channel:
                text = channel.read().decode()
            for asset in re.findall(r'="(/static/[^"]+)"', text):
                with urllib.request.urlopen(address + asset, timeout=60) as file:
                    assert file.read()
        finally:
            page.terminate()
    assert 'id="messages"' in text


def test_the_migrations_travel_in_the_wheel(installed_wheel: Path) -> None:
    migrations = {path.name for path in (PROJECT / "bot" / "store" / "migrations" / "versions").glob("*.py")}
    assert migrations
    assert {path.name for path in (installed_wheel / "bot/store/migrations/versions").glob("*.py")} == migrations


def test_requirements_are_pinned_hashed_and_name_no_host() -> None:
    for path in (PROJECT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        entries = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
        assert entries
        for entry in entries:
            assert "==" in entry, entry
        assert text.count("--hash=sha256:") >= len(entries)


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    locked = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / "requirements/runtime.txt").read_text(), re.MULTILINE))
    for requirement in project["project"]["dependencies"]:
        name = re.split(r"[\[<>=;]", requirement)[0].replace(".", "-").lower()
        assert name in locked, name


def test_the_committed_models_are_small() -> None:
    total = sum(path.stat().st_size for path in (PROJECT / "models").rglob("*") if path.is_file())
    assert 0 < total <= MAX_MODEL_BYTES
