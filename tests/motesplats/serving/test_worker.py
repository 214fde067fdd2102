"""A real gunicorn with the settings of ours: slow clients hold no thread, and nothing of a request is in its log."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until

APP = """
def application(environ, start_response):
    body = environ["wsgi.input"].read() if int(environ.get("CONTENT_LENGTH") or 0) < 2_000_000 else b"unread"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""
SLOW = 40
HALVES = {
    "heads": b"GET / HTTP/1.1\r\nHost: a\r\nX-Name: Zebunissa",
    "bodies": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\nZebunissa",
    "chunks": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nZebunissa\r\n",
    "large bodies": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000000\r\n\r\nZebunissa",
    "nothing": b"",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[int, Path]]:
    """The port of a server with two workers of four threads, and its log."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "served.py").write_text(APP)
    port, log = free_port(), folder / "web.log"
    config = ["--config", "python:motesplats.serving.config", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "served:application", *config]
    web = start("web", [*command, "--pythonpath", str(folder), "--graceful-timeout", "1"], log=log)
    processes: list[Process] = [web]
    with stopping(processes):
        assert wait_until(lambda: answers(port), processes=processes)
        yield port, log


def answers(port: int) -> bool:
    try:
        return ask(port) == (200, b"")
    except OSError:
        return False


def ask(port: int, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST" if body else "GET", "/?search=Zebunissa", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


def read_until(client, ending):
    """What the server has said when it ends so; it may come in pieces."""
    said = b""
    while not said.endswith(ending):
        piece = client.recv(9999)
        assert piece, said
        said += piece
    return said


@pytest.mark.parametrize("kind", HALVES)
def test_forty_slow_clients_keep_nobody_waiting(server, kind):
    port, _log = server
    with ExitStack() as stack:
        for _ in range(SLOW):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(HALVES[kind])
        began = monotonic()
        assert ask(port) == (200, b"")
        assert monotonic() - began < 10


def test_what_comes_in_pieces_is_answered(server):
    port, _log = server
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        for piece in (b"POST / HTTP/1.1\r\nHo", b"st: a\r\nContent-Length: 4\r\n\r\nab", b"cd"):
            client.sendall(piece)
        read_until(client, b"abcd")


def test_several_requests_on_one_connection_are_answered_in_turn(server):
    port, _log = server
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        one = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n%b"
        client.sendall(one % b"abc" + one % b"def" + b"POST / HTTP/1.1\r\n")
        assert read_until(client, b"def").count(b"200 OK") == 2
        client.sendall(b"Host: a\r\nContent-Length: 3\r\n\r\nghi")
        read_until(client, b"ghi")


def test_a_client_that_asks_for_leave_gets_it_once(server):
    port, _log = server
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        read_until(client, b"HTTP/1.1 100 Continue\r\n\r\n")
        client.sendall(b"ok")
        assert b"100 Continue" not in read_until(client, b"ok")


def test_who_sends_too_much_gets_the_answer_all_the_same(server):
    port, _log = server
    assert ask(port, b"x" * 3_000_000) == (200, b"unread")


def test_a_head_without_end_is_refused(server):
    port, _log = server
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 65_000)
        assert client.recv(9999).startswith(b"HTTP/1.1 431")


def test_the_log_is_json_and_holds_nothing_of_a_request(server):
    port, log = server
    ask(port)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"Zebunissa Zebunissa\r\n\r\n")
        client.recv(9999)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert any("Listening at" in line["event"] for line in lines)
    assert any(line["level"] == "warning" for line in lines)
    assert "Zebunissa" not in log.read_text()


def test_the_number_of_workers_comes_from_the_environment():
    command = [sys.executable, "-c", "from motesplats.serving import config; print(config.workers)"]
    assert subprocess.check_output(command, text=True, env=os.environ | {"WEB_CONCURRENCY": "7"}) == "7\n"
