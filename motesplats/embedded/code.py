"""The code that a demo user's app shows now: `script/code USERNAME`."""

import hmac
import json
import os
import sys
import time
from base64 import b32decode
from pathlib import Path

SECONDS, DIGITS = 30, 6


def code(secret: str, *, step: int) -> str:
    """The code of RFC 6238 in that step of half a minute."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def main() -> None:
    """Print the code of the user named on the command line."""
    data_dir = Path(os.environ.get("DATA_DIR") or ".local")
    users = json.loads((data_dir / "demo.json").read_text())["users"]
    secrets = {user["username"]: user["totp_secret"] for user in users}
    if len(sys.argv) != 2 or sys.argv[1] not in secrets:
        raise SystemExit(f"Usage: script/code USERNAME, one of: {' '.join(secrets)}")
    print(code(secrets[sys.argv[1]], step=time.time_ns() // 10**9 // SECONDS))


if __name__ == "__main__":
    main()
