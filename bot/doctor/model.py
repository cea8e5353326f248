"""Loads the model and the tag network."""

from __future__ import annotations

from pathlib import Path

from bot.doctor.finding import Finding, ok, problem
from classifier.errors import ModelError
from classifier.model import load_model
from classifier.tags import TagNetwork


def check_model(directory: Path) -> Finding:
    """Load the voting classifier.

    Parameters
    ----------
    directory
        Of the model.

    Returns
    -------
    Finding
    """
    try:
        model = load_model(directory)
    except ModelError as error:
        return problem(
            "model",
            str(error),
            "Unset GENREBOT_MODEL_DIR for the model that ships; if it is that one, install the bot anew.",
        )
    info = model.info
    return ok("model", f"{info.name} {info.version}, digest {info.digest[:8]}, {len(model.manifest.genres)} genres")


def check_tag_network(directory: Path) -> Finding:
    """Load the network that hears tags.

    Parameters
    ----------
    directory
        Of the network.

    Returns
    -------
    Finding
    """
    try:
        TagNetwork.load(directory)
    except ModelError as error:
        return problem("tag network", str(error), "Install the bot anew: the network is part of it.")
    return ok("tag network", "loads")
