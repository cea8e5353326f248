"""Where the model that ships lies."""

from __future__ import annotations

from pathlib import Path


def default_model_dir() -> Path:
    """Return the directory of the model that ships.

    Returns
    -------
    Path
        Inside the installed package, or ``models/`` of the checkout that the package runs from.
    """
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return (installed if installed.is_dir() else package.parent / "models") / "default"
