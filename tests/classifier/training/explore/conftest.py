"""A report with everything in it, and the smallest table that is read."""

from __future__ import annotations

import pandas as pd
import pytest

from classifier.training.explore import grid_search
from classifier.training.explore.report import Options, explore
from tests.classifier.training.explore.made import GRID, SEED, Made, small_trees
from tests.classifier.training.explore.tables import MFCC_VARIANCES, small_frame, write_lists


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("explore")
    frame = small_frame()
    features, artists, splits = write_lists(frame, folder)
    with small_trees() as patch:
        patch.setattr(grid_search, "LEARNING_RATES", tuple(GRID["learning_rate"]))
        patch.setattr(grid_search, "DEPTHS", tuple(GRID["max_depth"]))
        patch.setattr(grid_search, "TREES", tuple(GRID["n_estimators"]))
        options = Options(columns=("mfcc1_mean",), seed=SEED, jobs=2)
        explore(features, folder / "report", artists=artists, splits=splits, options=options)
    return Made(frame, features, artists, splits, folder / "report")


@pytest.fixture(scope="session")
def tiny_frame() -> pd.DataFrame:
    """Two genres of five clips, the fewest that are read, whose MFCC variances never change."""
    frame = small_frame().assign(**dict.fromkeys(MFCC_VARIANCES, 1.0))
    return frame[(frame["label"] != "noise") & (frame.groupby("label").cumcount() < 5)].reset_index(drop=True)
