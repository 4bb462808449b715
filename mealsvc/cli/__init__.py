"""The command line: ``mealsvc …``. One module per subject; each only calls the service."""

from __future__ import annotations

import sys

from mealsvc.cli import stopping

__all__ = ["main"]


def main() -> None:
    """Run the command line; errors become one sentence and an exit status.

    Exit status: 0 done, 1 refused or failed with a sentence, 2 wrong usage, 130 stopped by Ctrl-C
    or by a request to end.
    """
    stopping.leave_at_once()
    # Loading takes a second or two, in which somebody may change their mind.
    from mealsvc.cli.app import run

    try:
        stopping.clean_up_first()
        run()
    except (stopping.Stopped, KeyboardInterrupt):
        stopping.leave_at_once()
        sys.stderr.write(stopping.SENTENCE)
        sys.exit(stopping.STATUS)
