"""The page on loopback, with real workers or with clips that it knows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.illustrator import TimelineIllustrator
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.end_to_end.conftest import WORKERS, NoWorkers
from tests.web.page import OpenPage, page_opener


@pytest.fixture(scope="session")
def workers() -> Iterator[AnalysisWorkers]:
    config = WorkerConfig(
        default_model_dir(), DecodeOptions(max_bytes=50_000_000), job_timeout=60.0, illustrator=TimelineIllustrator()
    )
    with AnalysisWorkers(config, count=WORKERS) as workers:
        workers.warm_up()
        yield workers


@pytest.fixture
def open_page(workers: AnalysisWorkers, tmp_path: Path, migrated_sqlite: Path) -> OpenPage:
    """Serve the page, with settings of the test's own, for as long as a context lasts."""
    shutil.copy(migrated_sqlite, tmp_path / "bot.sqlite3")
    return page_opener(workers, tmp_path)


@pytest.fixture
def open_knowing_page(tmp_path: Path, migrated_sqlite: Path) -> OpenPage:
    """Serve the page without workers, for tests whose clips it knows; see `Page.know`."""
    shutil.copy(migrated_sqlite, tmp_path / "bot.sqlite3")
    return page_opener(NoWorkers(), tmp_path)
