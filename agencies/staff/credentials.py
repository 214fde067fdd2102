"""What a user signs in with beside the password: second factor, sessions, API token, link to choose a password."""

from datetime import datetime

import structlog
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import F
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from rest_framework.authtoken.models import Token

from agencies.models import User
from agencies.secrecy.sealing import seal

log = structlog.get_logger(__name__)


def set_app(*, user: User, secret: str) -> None:
    """Give the user an authenticator app with this secret (base32) as second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(secret)})


@transaction.atomic
def make_token(*, user: User, at: datetime) -> str:
    """Make a new API token and return its key; the token before it ends."""
    Token.objects.filter(user=user).delete()
    log_act("token_made", user, by=user, at=at)
    key: str = Token.objects.create(user=user).key
    return key


def revoke_token(*, user: User, by: User, at: datetime) -> None:
    """End the user's API token, if there is one."""
    if Token.objects.filter(user=user).delete()[0]:
        log_act("token_revoked", user, by=by, at=at)


def end_sessions(*, user: User, by: User, at: datetime) -> None:
    """Sign the user out everywhere."""
    User.objects.filter(pk=user.pk).update(generation=F("generation") + 1)
    user.refresh_from_db(fields=["generation"])
    log_act("sessions_ended", user, by=by, at=at)


def forget_credentials(*, user: User, by: User, at: datetime) -> None:
    """Delete the user's password, second factors and provider account, and end sessions and token."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user=user, by=by, at=at)
    revoke_token(user=user, by=by, at=at)


def password_link_parts(user: User) -> tuple[str, str]:
    """`uidb64` and `token` of the address where the user chooses a password; valid once, for three days."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def log_act(event: str, user: User, *, by: User, at: datetime) -> None:
    """Log what was done to which user, by whom."""
    log.info(event, of=user.pk, by=by.pk, at=at.isoformat())
