"""Signs test clients in with password and second factor."""

from django.test import Client
from django.utils import timezone

from agencies.clock import local
from agencies.models import ApiToken, User
from agencies.staff.credentials import TOKEN_LASTS, hash_of_key, made_as, set_app
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


def key_of(user: User) -> str:
    """The user's API token, made if there is none; always the same for the same user."""
    key = f"token-of-{user.pk}"
    at = timezone.now()
    ApiToken.objects.get_or_create(
        user=user,
        defaults={
            "key_hash": hash_of_key(key),
            "made_at": at,
            "made_as": made_as(user),
            "ends_at": at + TOKEN_LASTS,
            "used_on": local(at).date(),
        },
    )
    return key
