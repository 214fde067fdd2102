"""Sets up what a fresh machine lacks; runs before the virtual environment exists, so standard library only."""

import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".local" / "venv"
BROWSER = "chromium-headless-shell"  # half of the processor time of chromium with a window
LOCKS = {"server": "requirements-embedded.txt", "test": "requirements-dev.txt"}
# With the last one a PDF is ten times faster.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}


def main(purpose: str) -> None:
    """Bring system packages and the virtual environment up to date for `server` or `test`."""
    VENV.parent.mkdir(exist_ok=True)
    with (VENV.parent / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_packages(list(missing_packages(purpose)))
        install_lock(ROOT / LOCKS[purpose])


def missing_packages(purpose: str) -> Iterator[str]:
    """Name the Debian packages that this purpose needs and the machine lacks."""
    if not (VENV / "bin" / "python").exists() and find_spec("ensurepip") is None:
        yield f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    yield from (package for package, library in LIBRARIES.items() if not loads(library))
    if purpose == "test" and not shutil.which(BROWSER):
        yield BROWSER


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds the library, whoever installed it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root; anyone else is told what to ask for."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        advice = f"apt-get update && {' '.join(install)}"
        raise SystemExit(f"Missing on this machine: {', '.join(packages)}\nInstall as root: {advice}")
    say(f"installing {', '.join(packages)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], install):
        subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def install_lock(lock: Path) -> None:
    """Install the hashed lock, unless this very lock was installed before."""
    stamp = VENV / f"{lock.name}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest and (VENV / "bin" / "python").exists():
        return
    say(f"installing {lock.name} in .local/venv (the first time this takes a minute)")
    if not (VENV / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    subprocess.run(
        [*pip, "--require-hashes", "--no-deps", "-r", str(lock)], check=True, stdin=subprocess.DEVNULL
    )
    stamp.write_text(digest)


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(f"· {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except subprocess.CalledProcessError as failure:
        raise SystemExit(
            f"Set-up stopped: {' '.join(map(str, failure.cmd))} gave {failure.returncode}"
        ) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
