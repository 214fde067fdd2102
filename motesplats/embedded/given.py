"""What PORT and DATA_DIR say, and how a command ends that cannot use them."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn


class Unusable(Exception):
    """What was given cannot be used here; the message is a sentence for whoever typed it."""


def given_port(environ: Mapping[str, str] = os.environ) -> int:
    """PORT, or 8000. Raises Unusable."""
    port = environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
        raise Unusable(f"PORT={port} is no port; give a number between 1 and 65535")
    return int(port)


def given_data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """DATA_DIR, made if it is missing, or .local. Raises Unusable."""
    folder = Path(environ.get("DATA_DIR") or ".local").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lock").open("a").close()
    except OSError as error:
        raise Unusable(f"DATA_DIR={folder} cannot be used: {error.strerror}") from None
    return folder


def give_up(sentence: str, *, code: int) -> NoReturn:
    """Say it and end with the code: 2 for what was given, 1 for what went wrong later."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(code)
