"""Runs a management command with the services of DATA_DIR: `python -m motesplats.embedded.manage migrate --plan`.

Uses the services of a running `script/server`; without one, starts them for the command alone.
"""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from motesplats.embedded.given import Unusable, give_up, given_data_dir, given_port
from motesplats.embedded.postgres import ROOT
from motesplats.embedded.processes import Interrupted, ProcessEnded, handlers, signals_raised
from motesplats.embedded.services import InUse, environment_in_use, running_services


def manage(arguments: Sequence[str], *, data_dir: Path, port: int) -> int:
    """Run manage.py and return its exit code."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    try:
        with running_services(data_dir, port=port) as services:
            return run_in_foreground(command, env=services.env)
    except InUse:
        return run_in_foreground(command, env=environment_in_use(data_dir))


def run_in_foreground(command: Sequence[str], *, env: Mapping[str, str]) -> int:
    """Run a command that keeps the terminal, as a shell needs it, and return its exit code."""
    child = subprocess.Popen(command, env=env)

    def pass_on(number: int, frame: FrameType | None) -> None:
        if number != signal.SIGINT:  # Ctrl-C reaches the command from the terminal
            child.send_signal(number)

    with handlers(pass_on):
        code = child.wait()
    return code if code >= 0 else 128 - code


def main() -> None:
    """Read PORT and DATA_DIR and run the command line's command."""
    try:
        with signals_raised():
            code = manage(sys.argv[1:], data_dir=given_data_dir(), port=given_port())
    except Interrupted as interrupted:
        code = 128 + interrupted.number
    except Unusable as error:
        give_up(f"script/manage: {error}", code=2)
    except ProcessEnded as error:
        give_up(f"script/manage: {error}", code=1)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
