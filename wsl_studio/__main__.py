"""The front door: no verb opens the window at once, a verb goes to the command line."""

import os
import sys
from pathlib import Path

# A threaded product of two small matrices took 16 ms a call here, 0.5 ms on one thread: the
# window paints with such, and the worker's torch has threads of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Runs the program; the exit code is 0 done, 1 known trouble, 2 wrong usage."""
    arguments = sys.argv[1:]
    # The window must be up within a second: nothing of the command line is imported for it.
    if not arguments or (len(arguments) == 1 and (Path(arguments[0]) / "project.db").exists()):
        from wsl_studio.ui.app import run

        return run(Path(arguments[0]).resolve() if arguments else None)
    from wsl_studio.cli.app import app

    app(prog_name="wsl-studio")
    return 0


if __name__ == "__main__":
    sys.exit(main())
