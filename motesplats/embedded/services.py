"""PostgreSQL and Redis up and ready, and the environment that Django reads."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from motesplats.embedded.account import programs, services_home
from motesplats.embedded.given import Unusable
from motesplats.embedded.keys import keys, write_private
from motesplats.embedded.postgres import Cluster
from motesplats.embedded.processes import Process, free_port, stopping, wait_until
from motesplats.embedded.redis import redis_answers, start_redis

# In DATA_DIR while its services run: the environment that reaches them.
ENVIRONMENT = "services.json"


class InUse(Unusable):
    """Another launcher runs the services of this DATA_DIR."""


MEMORY = Path("/dev/shm")  # noqa: S108  a folder of its own is made in it
ROOM = 2 << 30  # bytes free


@dataclass(frozen=True)
class Services:
    """What is running, and how to reach it."""

    env: dict[str, str]
    processes: list[Process]
    logs: Path


@contextmanager
def running_services(data_dir: Path, *, port: int, throwaway: bool = False) -> Iterator[Services]:
    """Run PostgreSQL and Redis for DATA_DIR, unless the environment already points at servers."""
    if ("DATABASE_URL" in os.environ) != ("MIGRATOR_DATABASE_URL" in os.environ):
        raise Unusable("DATABASE_URL and MIGRATOR_DATABASE_URL are given together or not at all")
    with ExitStack() as stack:
        stack.enter_context(locked(data_dir))
        secrets, logs, processes = keys(data_dir), data_dir / "log", list[Process]()
        logs.mkdir(exist_ok=True)
        (data_dir / "static").mkdir(exist_ok=True)  # WhiteNoise warns when it is not there
        stack.enter_context(stopping(processes))
        env = {
            "SECRET_KEY": secrets["SECRET_KEY"],
            "LINK_KEY": secrets["LINK_KEY"],
            "SEALING_KEY": secrets["SEALING_KEY"],
            "BASE_URL": f"http://localhost:{port}",
        }
        home = services_home(data_dir, secret=secrets["SUPERUSER_PASSWORD"])
        if "DATABASE_URL" not in os.environ:
            env |= add_postgres(processes, home=home, secrets=secrets, logs=logs, throwaway=throwaway)
        if "REDIS_URL" not in os.environ:
            env |= add_redis(processes, home=home, secrets=secrets, logs=logs, throwaway=throwaway)
        stack.enter_context(published(env, data_dir))
        yield Services(env=complete(env, data_dir), processes=processes, logs=logs)


def environment_in_use(data_dir: Path) -> dict[str, str]:
    """Return the environment of the services that another launcher runs for DATA_DIR."""
    try:
        env = json.loads((data_dir / ENVIRONMENT).read_text())
    except FileNotFoundError:
        raise Unusable(
            f"{data_dir} is in use, but its services are not up; try again once script/server says that they are"
        ) from None
    return complete(env, data_dir)


def complete(env: dict[str, str], data_dir: Path) -> dict[str, str]:
    """Add the launcher's own environment, which comes first."""
    return {**env, **os.environ, "DATA_DIR": str(data_dir)}


def add_postgres(
    processes: list[Process], *, home: Path, secrets: dict[str, str], logs: Path, throwaway: bool
) -> dict[str, str]:
    """Start PostgreSQL with its roles and return the addresses of the database."""
    password = secrets["SUPERUSER_PASSWORD"]
    cluster = Cluster(home / "postgres", programs=programs(home), port=free_port(), password=password)
    cluster.create()
    processes.append(cluster.start(log=logs / "postgres.log", throwaway=throwaway))
    if not wait_until(cluster.answers, processes=processes):
        raise Unusable("PostgreSQL does not answer")
    app, migrator = secrets["APP_PASSWORD"], secrets["MIGRATOR_PASSWORD"]
    cluster.make_roles(migrator_password=migrator, app_password=app, tests=throwaway)
    address = f"127.0.0.1:{cluster.port}/motesplats"
    return {
        "DATABASE_URL": f"postgres://motesplats_app:{app}@{address}",
        "MIGRATOR_DATABASE_URL": f"postgres://motesplats_migrator:{migrator}@{address}",
    }


def add_redis(
    processes: list[Process], *, home: Path, secrets: dict[str, str], logs: Path, throwaway: bool
) -> dict[str, str]:
    """Start Redis and return its address."""
    port, password = free_port(), secrets["REDIS_PASSWORD"]
    process = start_redis(
        home / "redis",
        programs=programs(home),
        port=port,
        password=password,
        log=logs / "redis.log",
        throwaway=throwaway,
    )
    processes.append(process)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    if not wait_until(lambda: redis_answers(url), processes=processes):
        raise Unusable("Redis does not answer")
    return {"REDIS_URL": url}


@contextmanager
def published(env: dict[str, str], data_dir: Path) -> Iterator[None]:
    """Keep the environment in a private file of DATA_DIR, for `script/manage`, while the services run."""
    write_private(data_dir / ENVIRONMENT, json.dumps(env))
    try:
        yield
    finally:
        (data_dir / ENVIRONMENT).unlink(missing_ok=True)


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Keep DATA_DIR for this launcher alone; the kernel lets go should it be killed."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"{data_dir} is in use by another launcher; give another DATA_DIR") from None
        (data_dir / ENVIRONMENT).unlink(missing_ok=True)  # of a launcher that was killed
        yield


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """Lend a folder that `nobody` may enter and that is gone afterwards; in memory where there is room.

    Emptying all tables between two tests creates hundreds of files: 0.05 s in memory, 0.4 s on a disk.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    folder = Path(tempfile.mkdtemp(prefix="motesplats-", dir=MEMORY if has_room else None))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
