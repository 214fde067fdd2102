"""Whether a session has shown its second factor; without one it opens nothing but the way to one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.models import User

FRESH = timedelta(minutes=10)
KEY = "second_factor"  # in the session

View = Callable[..., HttpResponse]


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown the user's second factor, here or at an agency's own provider."""
    return bool(_moments(request, user))


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether it was shown in the last ten minutes; a user without a second factor has none to show."""
    if not Authenticator.objects.filter(user=request.user).exists():
        return True
    shown = _moments(request, request.user)
    return bool(shown) and at.timestamp() - max(shown) < FRESH.total_seconds()


def record_second_factor(request: HttpRequest, user: User, *, kind: str) -> None:
    """Remember that this session has shown the user's second factor."""
    request.session[KEY] = {"user": user.pk, "at": timezone.now().timestamp(), "kind": kind}


def _moments(request: HttpRequest, user: User) -> list[float]:
    """When this session has shown the user's second factor, as allauth recorded it and as we did; UNIX seconds."""
    records = get_authentication_records(request, user)
    moments = [record["at"] for record in records if record["method"] == "mfa"]
    own = request.session.get(KEY)
    return [*moments, own["at"]] if own and own["user"] == user.pk else moments


def before_second_factor(view: View) -> View:
    """Let the view be seen by those who have signed in with a password alone."""
    view.before_second_factor = True
    return view
