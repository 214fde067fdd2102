"""The list of the demo's sign-ins, for the launcher and for whoever tries the API."""

import json
from pathlib import Path

from rest_framework.authtoken.models import Token

from agencies.models import User
from motesplats.demo.staff import PASSPHRASE, sign_ins


def write_sign_ins(path: Path) -> None:
    """Write username, password, token, role, agency and site of each; only the owner may read them."""
    people = User.objects.in_bulk([sign_in.username for sign_in in sign_ins()], field_name="username")
    users = [
        {
            "username": sign_in.username,
            "password": PASSPHRASE,
            "token": Token.objects.get_or_create(user=people[sign_in.username])[0].key,
            "role": sign_in.role,
            "agency": sign_in.agency,
            "site": sign_in.site,
        }
        for sign_in in sign_ins()
    ]
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps({"users": users}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
