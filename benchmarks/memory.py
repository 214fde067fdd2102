"""MEMORY: a web worker's resident memory, and that the tests' constraint solver is not loaded in it."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from socket import create_server
from time import sleep
from urllib.error import HTTPError, URLError

from benchmarks.figures import figure, headline

PROMISE = 200  # MB
ADDRESSES = ("healthz", "sign-in/", "api/v1/schema/", "api/v1/sites/", "d/unknown")
ROUNDS = 10
TRIES = 300  # a tenth of a second apart


def measure() -> None:
    headline("MEMORY: a web worker after its first requests")
    with create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "motesplats.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    web = subprocess.Popen(
        [*command, "--no-control-socket"], stderr=subprocess.DEVNULL, env=os.environ | {"DEBUG": "0"}
    )
    try:
        served = sum(_served(port, address) for _ in range(ROUNDS) for address in ADDRESSES)
        (worker,) = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()
        megabytes = resident(int(worker))
        maps = Path(f"/proc/{worker}/maps").read_text()
    finally:
        web.terminate()
        web.wait(30)
    figure("requests served", str(served))
    figure("web worker", f"{megabytes:.0f} MB", promise=f"< {PROMISE} MB", kept=megabytes < PROMISE)
    figure("OR-Tools in it", "yes" if "ortools" in maps else "no", promise="no", kept="ortools" not in maps)


def resident(process: int) -> float:
    """The process's resident memory in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _served(port: int, address: str) -> int:
    """Wait until the worker answers, with whatever status; return 1 for the sum of requests served."""
    for _ in range(TRIES):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{address}", timeout=30).close()
        except HTTPError:
            return 1
        except URLError:
            sleep(0.1)
            continue
        return 1
    raise SystemExit("The web worker does not answer.")
