"""The installation's own keys and passwords, made once and kept in a file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path

NAMES = (
    "SECRET_KEY",
    "LINK_KEY",
    "SEALING_KEY",
    "SUPERUSER_PASSWORD",
    "MIGRATOR_PASSWORD",
    "APP_PASSWORD",
    "REDIS_PASSWORD",
)


def keys(data_dir: Path) -> dict[str, str]:
    """Return the keys kept in DATA_DIR, first making those that are missing."""
    path = data_dir / "secrets.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    complete = {name: known.get(name) or secrets.token_urlsafe(48) for name in NAMES}
    if complete != known:
        write_private(path, json.dumps(complete, indent=2))
    return complete


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step, never readable by others."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
