"""Writes the demo's sign-ins to a file, for the launcher and for people who try the API."""

import json
from datetime import datetime
from pathlib import Path

from allauth.mfa.models import Authenticator

from agencies.models import User
from agencies.secrecy.sealing import unseal
from agencies.staff.credentials import make_token, use_token
from motesplats.demo.staff import PASSPHRASE, sign_ins


def write_sign_ins(path: Path, *, at: datetime) -> None:
    """Write each user's password, TOTP secret, API token, role, agency and site as JSON, readable by its owner only."""
    people = User.objects.in_bulk([sign_in.username for sign_in in sign_ins()], field_name="username")
    secrets = {
        app.user_id: unseal(app.data["secret"])
        for app in Authenticator.objects.filter(user__in=people.values(), type=Authenticator.Type.TOTP)
    }
    written = _written_tokens(path)
    users = [
        {
            "username": sign_in.username,
            "password": PASSPHRASE,
            "totp_secret": secrets.get(people[sign_in.username].pk),
            "token": _token(people[sign_in.username], written.get(sign_in.username, ""), at=at),
            "role": sign_in.role,
            "agency": sign_in.agency,
            "site": sign_in.site,
        }
        for sign_in in sign_ins()
    ]
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps({"users": users}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _written_tokens(path: Path) -> dict[str, str]:
    """The tokens by user name that the file holds already: only their hashes are in the database."""
    users = json.loads(path.read_text(encoding="utf-8"))["users"] if path.exists() else []
    return {user["username"]: user["token"] for user in users}


def _token(user: User, key: str, *, at: datetime) -> str:
    """The key if it is the user's and valid, else a new one."""
    known = use_token(key, at=at)
    return key if known and known.user == user else make_token(user=user, at=at)
