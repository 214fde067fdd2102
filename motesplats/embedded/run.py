"""Runs one command with throwaway services up: `python -m motesplats.embedded.run COMMAND ...`."""

import os
import sys
from collections.abc import Sequence

from motesplats.embedded.given import Unusable
from motesplats.embedded.processes import Interrupted, ProcessEnded, signals_raised, start, stopping
from motesplats.embedded.services import running_services, throwaway_folder


def run(command: Sequence[str]) -> int:
    """Run the command to its end and return its exit code; a signal is passed on to its whole group."""
    with throwaway_folder() as folder, running_services(folder, port=8000, throwaway=True) as services:
        process = start(command[0], command, env=services.env)
        with stopping([process]):
            try:
                code = process.child.wait()
            except Interrupted as interrupted:
                os.killpg(process.child.pid, interrupted.number)
                process.child.wait(30)
                raise
    return code if code >= 0 else 128 - code


def main() -> None:
    """Run the command line's command."""
    try:
        with signals_raised():
            code = run(sys.argv[1:])
    except Interrupted as interrupted:
        code = 128 + interrupted.number
    except (ProcessEnded, Unusable) as error:
        raise SystemExit(f"The services stopped: {error}") from None
    raise SystemExit(code)


if __name__ == "__main__":
    main()
