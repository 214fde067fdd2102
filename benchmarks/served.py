"""The web processes as script/server starts them, on this database, with a clock that may run ahead."""

import os
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until

SERVING = (
    "import sys; sys.argv[0] = 'gunicorn'; import tests.shifted_clock;"
    " from gunicorn.app.wsgiapp import run; run()"
)


@contextmanager
def served(*, ahead: float = 0) -> Iterator[int]:
    """The port of gunicorn with all its workers, `ahead` seconds of the machine's clock."""
    port = free_port()
    options = ["--config", "python:motesplats.serving.config", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-c", SERVING, "motesplats.wsgi", *options]
    env = os.environ | {"SECONDS_AHEAD": str(ahead), "DEBUG": "0", "LOG_LEVEL": "INFO"}
    with TemporaryDirectory() as folder:
        web: list[Process] = [start("web", command, log=Path(folder) / "web.log", env=env)]
        with stopping(web):
            if not wait_until(lambda: _is_up(port), processes=web):
                raise SystemExit("The web processes do not answer.")
            yield port


def _is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
