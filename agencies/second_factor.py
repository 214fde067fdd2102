"""Whether a session has shown its second factor; without one it opens nothing but the way to one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from agencies.models import User

FRESH = timedelta(minutes=10)

View = Callable[..., HttpResponse]


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown the user's second factor, here or at an agency's own provider."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether it was shown so lately that nobody asks again; whoever has none yet has none to show."""
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "mfa"
    ]
    if not Authenticator.objects.filter(user=request.user).exists():
        return True
    return bool(shown) and at.timestamp() - max(shown) < FRESH.total_seconds()


def record_second_factor(request: HttpRequest, user: User, *, kind: str) -> None:
    """Remember that this session has shown the user's second factor."""
    record_authentication(request, user, "mfa", type=kind)


def before_second_factor(view: View) -> View:
    """Let the view be seen by those who have signed in with a password alone."""
    view.before_second_factor = True
    return view
