"""What the bot tells of itself: which model answers, and how good that was when it was measured."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from bot.settings import Settings
from classifier.errors import ModelError
from classifier.headline import Headline, read_headline
from classifier.location import default_model_dir
from classifier.result import ModelInfo

ANALYSIS_FORMAT: Final = 3
"""Raised when `classifier.result.Analysis` changes: what was remembered in an older form is not looked for any more."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The model that answers.

    Parameters
    ----------
    version
        Of the bot.
    model
        Which model it is.
    genres
        What it knows, in order of the alphabet.
    headline
        How good its recipe was on artists never heard, by the model card; None where the model is not the one that
        the card is about.
    held_out
        How good the model was on what was held out when it was made; None where its manifest does not say.
    """

    version: str
    model: ModelInfo
    genres: tuple[str, ...]
    headline: Headline | None
    held_out: HeldOut | None


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Figures of a model's manifest.

    Parameters
    ----------
    clips
        How many were held out.
    accuracy, top3
        Share of them whose genre came first, or among the first three.
    ece
        Expected calibration error.
    """

    clips: int
    accuracy: float
    top3: float
    ece: float


def read_facts(settings: Settings, version: str) -> Facts:
    """Read what there is to tell of the model that answers.

    Parameters
    ----------
    settings
        Where it lies.
    version
        Of the bot.

    Returns
    -------
    Facts

    Raises
    ------
    ModelError
        If there is no manifest, or it lacks what every manifest has. Whether the model can be used is for the
        workers to find out.
    """
    path = settings.model_dir / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        model = ModelInfo(str(manifest["name"]), str(manifest["version"]), str(manifest["digest"]))
        genres = tuple(sorted(map(str, manifest["genres"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read ({error}). Restore the model, or train one.") from error
    headline = None
    if settings.model_dir.resolve() == default_model_dir().resolve():
        headline = read_headline(default_model_dir().parent / "model_card")
        if headline is not None and headline.recipe != model.name:
            headline = None
    return Facts(version, model, genres, headline, _held_out(manifest))


def _held_out(manifest: dict[str, Any]) -> HeldOut | None:
    try:
        figures = manifest["metrics"]["genres"]
        return HeldOut(
            int(figures["clips_test"]), float(figures["accuracy"]), float(figures["top3"]), float(figures["ece"])
        )
    except (KeyError, TypeError, ValueError):
        # A model of another hand may say nothing of itself.
        return None


def model_key(facts: Facts, settings: Settings) -> str:
    """Return the key under which analyses are remembered: equal where the same bytes would be heard alike.

    Parameters
    ----------
    facts
        The model and the version of what listens with it.
    settings
        How much of a clip is decoded, and by which ffmpeg.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    parts = (str(ANALYSIS_FORMAT), facts.version, facts.model.digest, f"{settings.max_seconds:g}", settings.ffmpeg)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
