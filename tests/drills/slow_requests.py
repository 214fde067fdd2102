"""Forty clients that send half a request, at gunicorn and behind nginx: how long `/healthz` takes then."""

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until
from tests.motesplats.serving.test_worker import HALVES, SLOW

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@pytest.fixture(scope="module")
def web(tmp_path_factory) -> Iterator[int]:
    """The port of Motesplats itself."""
    port = free_port()
    config = ["--config", "python:motesplats.serving.config", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "motesplats.wsgi", *config, "--graceful-timeout", "1"]
    log = tmp_path_factory.mktemp("web") / "web.log"
    yield from served("web", command, port=port, log=log)


@pytest.fixture(scope="module")
def proxy(web, tmp_path_factory) -> Iterator[int]:
    """The port of nginx before it, with the configuration of docker-compose.yml."""
    if NGINX is None:
        pytest.skip("no nginx: apt-get install nginx")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    told = (ROOT / "motesplats" / "proxy" / "nginx.conf").read_text()
    told = told.replace("listen 8080", f"listen 127.0.0.1:{port}").replace(
        "server web:8000", f"server 127.0.0.1:{web}"
    )
    (folder / "nginx.conf").write_text(re.sub(r"/tmp/", f"{folder}/", told))
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    yield from served("nginx", command, port=port, log=folder / "nginx.log")


def served(name: str, command: list[str], *, port: int, log: Path) -> Iterator[int]:
    processes: list[Process] = [start(name, command, log=log, env=os.environ)]
    with stopping(processes):
        assert wait_until(lambda: seconds_of_health(port) is not None, processes=processes)
        yield port


def seconds_of_health(port: int) -> float | None:
    """How long `/healthz` takes; nothing if nobody answers."""
    began = monotonic()
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
    except OSError:
        return None
    return monotonic() - began


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("at", ["web", "proxy"])
def test_forty_halves_keep_nobody_waiting(request, at, kind):
    port = request.getfixturevalue(at)
    with ExitStack() as stack:
        for _ in range(SLOW):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(HALVES[kind])
        seconds = seconds_of_health(port)
    assert seconds is not None
    print(f"\n{at}: {SLOW} half {kind}: /healthz in {seconds:.3f} s")
    assert seconds < 2


@pytest.mark.parametrize(
    ("path", "media_type"), [("/api/v1/parties/", "application/problem+json"), ("/", "text/html")]
)
def test_nginx_refuses_what_is_too_large_in_the_form_of_the_address(proxy, path, media_type):
    with closing(HTTPConnection("127.0.0.1", proxy, timeout=30)) as connection:
        connection.request("POST", path, b"x" * 3_000_000)
        answer = connection.getresponse()
        assert (answer.status, answer.headers.get_content_type()) == (413, media_type)
