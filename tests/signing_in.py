"""Signs test clients in with password and second factor."""

from django.test import Client
from django.utils import timezone

from agencies.models import User
from agencies.staff.credentials import set_app
from motesplats.embedded.code import SECONDS, code

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, user: User) -> Client:
    """Sign the client in as the user, with a second factor shown just now."""
    client.force_login(user)
    now = timezone.now().timestamp()
    session = client.session
    session.update(
        {
            "account_authentication_methods": [{"method": "mfa", "at": now}],
            "account_authentication_methods_user": str(user.pk),
            "began_at": now,
            "seen_at": now,
        }
    )
    session.save()
    return client


def connect_app(user: User) -> User:
    """Give the user an authenticator app with SECRET."""
    set_app(user=user, secret=SECRET)
    return user


def code_now() -> str:
    """The code that the app shows now."""
    return code(SECRET, step=int(timezone.now().timestamp()) // SECONDS)
