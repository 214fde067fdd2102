"""Runs the whole of Motesplats on one machine: services, web, workers and beat, until Ctrl-C.

With the demo, or with `--empty` as a new installation begins: sites, agencies and texts, and nobody.
"""

import json
import socket
import sys
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from motesplats.embedded.given import Unusable, give_up, given_data_dir, given_port
from motesplats.embedded.processes import (
    Interrupted,
    Process,
    ProcessEnded,
    signals_raised,
    start,
    stopping,
    wait_until,
)
from motesplats.embedded.services import Services, running_services
from motesplats.embedded.stand_in.launch import Gateways, gateways_for
from motesplats.embedded.supervise import Supervisor

PYTHON_M = [sys.executable, "-m"]
COLUMNS = ("username", "password", "role", "agency", "site")
NO_GATEWAY = "Without SMS_URL and EMAIL_URL no message leaves; they wait."
FIRST_USER = "Nobody has an account until you run script/manage create_first_user in another terminal."


def serve(data_dir: Path, *, port: int, demo: bool) -> NoReturn:
    """Run everything until a signal comes or a part of it ends again and again."""
    refuse_taken(port)
    say("starting PostgreSQL and Redis")
    with running_services(data_dir, port=port) as services:
        say("migrations, texts and data (the first time this takes a while)")
        prepare = [*PYTHON_M, "motesplats.embedded.prepare", "served", *["demo"] * demo]
        run_to_end("The preparation", prepare, env=services.env)
        say("starting web, workers and beat")
        app: list[Process] = []
        gateways = gateways_for(data_dir, port=port, env=services.env) if demo else None
        with stopping(app):
            start_app(app, services=services, data_dir=data_dir, port=port, gateways=gateways)
            everything = services.processes + app
            if not wait_until(lambda: healthy(port), processes=everything, seconds=120):
                raise Unusable(f"/healthz does not turn green; see {services.logs}")
            print(
                f"\nMotesplats is up: http://localhost:{port}\n"
                f"{f'What families would have got: {gateways.page}' if gateways else NO_GATEWAY}\n\n"
                f"{sign_ins(data_dir) if demo else FIRST_USER} Ctrl-C ends it.",
                flush=True,
            )
            Supervisor(services.processes, app, say=say).watch()


def start_app(
    app: list[Process], *, services: Services, data_dir: Path, port: int, gateways: Gateways | None
) -> None:
    """Start the stand-in if there is one, web, a worker for each queue, and beat, each with a log of its own."""
    celery = [*PYTHON_M, "celery", "-A", "motesplats"]
    worker = [*celery, "worker", "--without-gossip", "--without-mingle", "-c", "2", "-Q"]
    serving = ["--config", "python:motesplats.serving.config", "--bind", f"127.0.0.1:{port}"]
    commands = {
        "web": [*PYTHON_M, "gunicorn", "motesplats.wsgi", *serving, "--graceful-timeout", "5"],
        "worker": [*worker, "quick", "-n", "quick@%h"],
        "letters": [*worker, "letters", "-n", "letters@%h"],
        "messages": [*worker, "messages", "-n", "messages@%h"],
        "beat": [*celery, "beat", "--schedule", str(data_dir / "celerybeat-schedule"), "--pidfile="],
    }
    # What serves never knows the owner's password.
    env = services.env | {"MIGRATOR_DATABASE_URL": services.env["DATABASE_URL"]}
    if gateways:
        env |= gateways.env
        app.append(gateways.start(env=env, log=services.logs / "stand-in.log"))
    for name, command in commands.items():
        app.append(start(name, command, env=env, log=services.logs / f"{name}.log"))


def run_to_end(name: str, command: list[str], *, env: Mapping[str, str]) -> None:
    """Run a command that must succeed, and end it if the launcher has to."""
    process = start(name, command, env=env)
    with stopping([process]):
        code = process.child.wait()
    if code:
        raise ProcessEnded(f"{name} ended with {code}")


def refuse_taken(port: int) -> None:
    """Refuse a port that somebody else listens to, before anything is started."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        another = f"PORT={port + 1} DATA_DIR=.local/second script/server"
        raise Unusable(f"port {port} is taken; run a second copy as: {another}") from None


def healthy(port: int) -> bool:
    """Tell whether database, Redis and workers all report that they are there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def sign_ins(data_dir: Path) -> str:
    """Return the demo's users as a table, and how to get their second factor."""
    users = json.loads((data_dir / "demo.json").read_text())["users"]
    rows = [COLUMNS, *(tuple(str(user[column] or "") for column in COLUMNS) for user in users)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in rows
    )
    return f"{table}\nscript/code USERNAME prints the code of the second factor."


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(f"· {line}", flush=True)


def main() -> None:
    """Read PORT, DATA_DIR and the flag, and serve."""
    parser = ArgumentParser(prog="script/server", description="Run the whole of Motesplats until Ctrl-C.")
    parser.add_argument("--empty", action="store_true", help="without the demo, as a new installation begins")
    empty = parser.parse_args().empty
    try:
        with signals_raised():
            serve(given_data_dir(), port=given_port(), demo=not empty)
    except Interrupted:
        say("ended")
    except Unusable as error:
        give_up(f"Motesplats was not started: {error}", code=2)
    except ProcessEnded as error:
        give_up(f"Motesplats stopped: {error}", code=1)


if __name__ == "__main__":
    main()
