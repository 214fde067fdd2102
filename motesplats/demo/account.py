"""Writes the demo's sign-ins to a file, for the launcher and for people who try the API."""

import json
from pathlib import Path

from allauth.mfa.models import Authenticator
from rest_framework.authtoken.models import Token

from agencies.models import User
from agencies.secrecy.sealing import unseal
from motesplats.demo.staff import PASSPHRASE, sign_ins


def write_sign_ins(path: Path) -> None:
    """Write each user's password, TOTP secret, API token, role, agency and site as JSON, readable by its owner only."""
    people = User.objects.in_bulk([sign_in.username for sign_in in sign_ins()], field_name="username")
    secrets = {
        app.user_id: unseal(app.data["secret"])
        for app in Authenticator.objects.filter(user__in=people.values(), type=Authenticator.Type.TOTP)
    }
    users = [
        {
            "username": sign_in.username,
            "password": PASSPHRASE,
            "totp_secret": secrets.get(people[sign_in.username].pk),
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
