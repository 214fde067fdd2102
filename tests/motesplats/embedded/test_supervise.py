"""What falls is started again, a few times; logs go on where they ended; nothing is left behind."""

import os
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator

import psycopg2
import pytest

from motesplats.embedded import given, processes, services, supervise
from motesplats.embedded.processes import Process, ProcessEnded, start, stopping
from motesplats.embedded.redis import redis_answers

FOREVER = ["tail", "-f", "/dev/null"]
SERVERS = ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "REDIS_URL")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch) -> None:
    monkeypatch.setattr(supervise, "PAUSE", 0)


@pytest.fixture
def said() -> list[str]:
    return []


def end(process: Process) -> None:
    """Kill it as a machine without memory does."""
    process.child.kill()
    process.child.wait()


def test_what_falls_is_started_again_and_it_is_said(said):
    parts = [start("worker", FOREVER), start("beat", FOREVER)]
    with stopping(parts):
        worker, beat = parts
        end(worker)
        supervise.Supervisor(parts, say=said.append).look()
        assert parts[0].child.pid != worker.child.pid
        assert not parts[0].ended
        assert parts[1] is beat
    assert said == ["worker ended with -9; starting it again (1 of 5)"]
    assert all(part.ended for part in parts)


def test_what_falls_again_and_again_ends_all_with_a_clear_word(said, tmp_path):
    words = [sys.executable, "-c", "raise SystemExit('no more seats')"]
    parts = [start("worker", words, log=tmp_path / "worker.log")]
    supervisor = supervise.Supervisor(parts, say=said.append)

    def fall() -> None:
        parts[0].child.wait()
        supervisor.look()

    for _ in range(supervise.MOST):
        fall()
    with pytest.raises(ProcessEnded, match=r"(?s)worker has ended 6 times in 5 minutes.*no more seats"):
        fall()
    assert len(said) == supervise.MOST


def test_falls_of_long_ago_do_not_count(said, monkeypatch):
    monkeypatch.setattr(supervise, "SECONDS", 0)
    parts = [start("worker", FOREVER)]
    supervisor = supervise.Supervisor(parts, say=said.append)
    with stopping(parts):
        for _ in range(supervise.MOST + 1):
            end(parts[0])
            supervisor.look()
    assert len(said) == supervise.MOST + 1


@pytest.fixture
def running(monkeypatch) -> Iterator[services.Services]:
    for name in SERVERS:
        monkeypatch.delenv(name, raising=False)
    with (
        services.throwaway_folder() as folder,
        services.running_services(folder, port=8000, throwaway=True) as found,
    ):
        yield found


def test_killed_services_come_back_at_their_addresses_with_their_data(running, said):
    kept = "SET synchronous_commit = on; CREATE TABLE kept AS SELECT 7 AS number"
    query(running.env["MIGRATOR_DATABASE_URL"], kept)
    for process in list(running.processes):
        end(process)
    supervise.Supervisor(running.processes, say=said.append).look()
    assert processes.wait_until(lambda: is_back(running), processes=running.processes)
    assert [line.partition(" ")[0] for line in said] == ["PostgreSQL", "Redis"]
    for log in ("postgres.log", "redis.log"):
        assert stat.S_IMODE((running.logs / log).stat().st_mode) == 0o600


def is_back(running: services.Services) -> bool:
    try:
        answered = query(running.env["MIGRATOR_DATABASE_URL"], "SELECT number FROM kept")
    except psycopg2.OperationalError:
        return False
    return answered == (7,) and redis_answers(running.env["REDIS_URL"])


def query(url: str, sql: str) -> tuple[object, ...] | None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_a_log_goes_on_where_it_ended_and_only_its_owner_reads_it(tmp_path):
    log = tmp_path / "web.log"
    for word in ("one", "two"):
        start("web", ["echo", word], log=log).child.wait()
    assert log.read_text() == "one\ntwo\n"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_long_log_is_put_aside_while_it_is_written(tmp_path):
    log = tmp_path / "web.log"
    with processes.open_log(log) as writer:
        writer.write(b"before\n")
        writer.flush()
        processes.rotate(log, most=1)
        writer.write(b"after\n")
    assert (tmp_path / "web.log.1").read_text() == "before\n"
    assert log.read_text() == "after\n"
    assert stat.S_IMODE((tmp_path / "web.log.1").stat().st_mode) == 0o600


def test_an_interrupted_command_leaves_nothing_of_what_it_started(tmp_path):
    note = tmp_path / "pid"
    script = f"sleep 600 & echo $! > {note}.new && mv {note}.new {note}; wait"
    parts = [start("seeding", ["bash", "-c", script])]
    with stopping(parts):
        assert processes.wait_until(note.exists, processes=parts)
        os.kill(parts[0].child.pid, signal.SIGKILL)
    assert has_ended(int(note.read_text()))


def has_ended(pid: int) -> bool:
    """Wait at most ten seconds for a process that need not be our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize("module", ["server", "manage"])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", "PORT=abc is no port; give a number between 1 and 65535"),
        ("PORT", "70000", "PORT=70000 is no port"),
        ("DATA_DIR", "/dev/null/x", "DATA_DIR=/dev/null/x cannot be used: Not a directory"),
        ("DATA_DIR", "/proc/x", "DATA_DIR=/proc/x cannot be used"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(module, name, value, said):
    command = [sys.executable, "-m", f"motesplats.embedded.{module}"]
    ended = subprocess.run(
        command, env=os.environ | {name: value}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_without_a_word_the_usual_is_taken(tmp_path):
    assert given.given_port({}) == 8000
    assert given.given_port({"PORT": "8123"}) == 8123
    assert given.given_data_dir({"DATA_DIR": str(tmp_path / "new")}).is_dir()
