"""Whether a session has shown a second factor; until then it opens only the pages that set one up or ask for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from agencies.web.requests import StaffRequest

FRESH = timedelta(minutes=10)
SESSION_KEY = "second_factor"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def has_second_factor(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether this session has shown the user's second factor, here or at the agency's identity provider."""
    return bool(_times_shown(request, user))


def is_fresh(request: StaffRequest, *, at: datetime) -> bool:
    """Whether a second factor was shown in the last ten minutes; True for a user who has none."""
    if not Authenticator.objects.filter(user=request.user).exists():
        return True
    shown = _times_shown(request, request.user)
    return bool(shown) and at.timestamp() - max(shown) < FRESH.total_seconds()


def record_second_factor(request: HttpRequest, user: AbstractBaseUser, *, kind: str) -> None:
    """Record in the session that the user's second factor was shown; `kind` is its type or the provider's key."""
    request.session[SESSION_KEY] = {"user": user.pk, "at": timezone.now().timestamp(), "kind": kind}


def before_second_factor(view: View) -> View:
    """Open the view to users who have signed in with their password only."""
    view.before_second_factor = True  # type: ignore[attr-defined]  # read by SignInMiddleware
    return view


def _times_shown(request: HttpRequest, user: AbstractBaseUser) -> list[float]:
    """When this session has shown the user's second factor, recorded by allauth and by us; UNIX seconds."""
    records = get_authentication_records(request, user)
    times = [record["at"] for record in records if record["method"] == "mfa"]
    own = request.session.get(SESSION_KEY)
    return [*times, own["at"]] if own and own["user"] == user.pk else times
