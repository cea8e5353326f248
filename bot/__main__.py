"""Entry point of ``genre-bot`` and ``python -m bot``.

Worker processes import this module when they start, so nothing heavy is imported at its top.
"""

from __future__ import annotations

import gc
from typing import Final

COLLECT_AFTER: Final = 50_000
"""Objects that are made before Python looks for cycles among them to throw away. What modules are made of stays, and to
look through it after every few hundred, as Python does by itself, is a good part of a start."""


def main() -> None:
    """Run the command line and turn expected errors into one sentence and an exit status."""
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    from bot.cli import main as run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
