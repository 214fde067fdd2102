"""What a user signs in with beside the password: second factor, sessions, API token, link to choose a password."""

import hashlib
import secrets
from datetime import datetime, timedelta

import structlog
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies.clock import local
from agencies.models import AccountEvent, ApiToken, CalendarAddress, User
from agencies.secrecy.sealing import seal

TOKEN_LASTS = timedelta(days=365)

log = structlog.get_logger(__name__)


def set_app(*, user: User, secret: str) -> None:
    """Give the user an authenticator app with this secret (base32) as second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(secret)})


@transaction.atomic
def make_token(*, user: User, at: datetime) -> str:
    """Make a new API token, valid for a year, and return its key, of which only a hash is kept; the former one ends."""
    ApiToken.objects.filter(user=user).delete()
    log_act("token_made", user, by=user, at=at)
    key = f"mp_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        user=user, key_hash=hash_of_key(key), made_at=at, made_as=made_as(user), ends_at=at + TOKEN_LASTS
    )
    return key


def revoke_token(*, user: User, by: User, at: datetime) -> None:
    """End the user's API token, if there is one."""
    if ApiToken.objects.filter(user=user).delete()[0]:
        log_act("token_revoked", user, by=by, at=at)


def use_token(key: str, *, at: datetime) -> ApiToken | None:
    """The valid token with this key, recorded as used today; None if it is unknown, or has ended.

    It ends with its year, its user's account, and another role or agency.
    """
    tokens = ApiToken.objects.select_related("user")
    token = tokens.filter(key_hash=hash_of_key(key), ends_at__gt=at, user__is_active=True).first()
    if token is None or token.made_as != made_as(token.user):
        return None
    if token.used_on != local(at).date():
        ApiToken.objects.filter(pk=token.pk).update(used_on=local(at).date())
    return token


@transaction.atomic
def make_calendar_address(*, user: User, at: datetime) -> str:
    """Make a new secret address for the user's calendar and return its key; the former one ends."""
    CalendarAddress.objects.filter(user=user).delete()
    log_act("calendar_address_made", user, by=user, at=at)
    key = secrets.token_urlsafe(32)
    CalendarAddress.objects.create(user=user, key_hash=hash_of_key(key), made_at=at)
    return key


def end_calendar_address(*, user: User, by: User, at: datetime) -> None:
    """End the secret address of the user's calendar, if there is one."""
    if CalendarAddress.objects.filter(user=user).delete()[0]:
        log_act("calendar_address_ended", user, by=by, at=at)


def hash_of_key(key: str) -> str:
    """SHA-256 in hexadecimal; a key has 256 random bits, so nobody finds it by trying."""
    return hashlib.sha256(key.encode()).hexdigest()


def made_as(user: User) -> str:
    """What a token's user is while it is valid."""
    return f"{user.role} {user.agency_id or ''}"


def end_sessions(*, user: User, by: User, at: datetime) -> None:
    """Sign the user out everywhere."""
    User.objects.filter(pk=user.pk).update(generation=F("generation") + 1)
    user.refresh_from_db(fields=["generation"])
    log_act("sessions_ended", user, by=by, at=at)


def forget_credentials(*, user: User, by: User, at: datetime) -> None:
    """Delete the user's password, second factors and provider account, and end sessions, token and calendar."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user=user, by=by, at=at)
    revoke_token(user=user, by=by, at=at)
    end_calendar_address(user=user, by=by, at=at)


def password_link(user: User) -> str:
    """The address where the user chooses a password; good once, for three days."""
    parts = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    address: str = settings.BASE_URL + reverse("agencies:choose-password", args=parts)
    return address


def record_account_event(kind: AccountEvent.Kind, user: User, *, by: User, at: datetime) -> None:
    """Record what was done to the user, who is told at the next sign-in, and log it."""
    AccountEvent.objects.create(user=user, kind=kind, by=by, at=at)
    log_act(f"account_{kind.value}", user, by=by, at=at)


def tell(*, user: User, at: datetime) -> list[AccountEvent]:
    """What others have done to the user's account since the last sign-in, the latest first; it counts as told."""
    untold = AccountEvent.objects.filter(user=user, told_at=None)
    events = list(untold.exclude(kind=AccountEvent.Kind.ADDED).select_related("by"))
    untold.update(told_at=at)
    return events


def log_act(event: str, user: User, *, by: User, at: datetime) -> None:
    """Log what was done to which user, by whom."""
    log.info(event, of=user.pk, by=by.pk, at=at.isoformat())
