"""Where the models that ship lie."""

from __future__ import annotations

from pathlib import Path


def default_model_dir() -> Path:
    """Return the directory of the voting classifier that ships.

    Returns
    -------
    Path
        Inside the installed package, or ``models/`` of the checkout that the package runs from.
    """
    return _models() / "default"


def tag_network_dir() -> Path:
    """Return the directory of the tag network.

    Returns
    -------
    Path
        Beside that of `default_model_dir`.
    """
    return _models() / "musicnn"


def _models() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"
