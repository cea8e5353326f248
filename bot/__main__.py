"""Entry point of ``genre-bot`` and ``python -m bot``.

Worker processes import this module when they start, so nothing heavy is imported at its top.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and turn expected errors into one sentence and an exit status."""
    from bot.cli import main as run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
