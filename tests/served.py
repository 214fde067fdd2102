"""Motesplats as a process of its own, served to clients outside as by script/server, with the test's database."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from subprocess import run

from django.conf import settings
from django.db import connection

from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until

SOMETIMES = "9999999,60"  # beyond what a drill asks for


@contextmanager
def served(folder: Path, *, pages: bool = False) -> Iterator[str]:
    """The address of a running server, whose log is `web.log` in the folder; the test has committed what it shows.

    With `pages` its static files are collected first, which takes long.
    """
    port, database = free_port(), connection.settings_dict
    account = f"{database['USER']}:{database['PASSWORD']}"
    url = f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    serving = ["--config", "python:motesplats.serving.config", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "motesplats.wsgi", *serving, "--graceful-timeout", "1"]
    told = {
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": url,
        "MIGRATOR_DATABASE_URL": url,
        "REDIS_URL": settings.CACHES["default"]["LOCATION"],
        "STATIC_ROOT": str(folder / "static"),
    } | {f"LIMIT_{scope}": SOMETIMES for scope in ("API", "API_ADDRESS", "LETTERS", "LETTERS_ADDRESS")}
    told |= {"LIMIT_WRONG_TOKEN_ADDRESS": SOMETIMES}
    env = os.environ | told
    (folder / "static").mkdir(exist_ok=True)
    if pages:
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        run(collect, check=True, env=env)
    web: list[Process] = [start("web", command, log=folder / "web.log", env=env)]
    with stopping(web):
        assert wait_until(lambda: is_up(port), processes=web), (folder / "web.log").read_text()
        yield f"http://127.0.0.1:{port}"


def is_up(port: int) -> bool:
    """Whether the server answers at all."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
