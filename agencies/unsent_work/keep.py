"""Keep a posted form, encrypted, in the browser's session for half an hour, for the user who typed it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from agencies.models import User
from agencies.secrecy.sealing import KeyMissing, seal, unseal
from agencies.web.typed_fields import is_longer, typed_fields

KEPT_FOR = timedelta(minutes=30)
LONGEST = 64_000  # characters of all fields, which is more than any form of ours
SESSION_KEY, COOKIE, SALT = "unsent_work", "last_user", "agencies.unsent_work"


@dataclass(frozen=True, slots=True)
class UnsentWork:
    """The fields of a form in their order, where they were to go, who typed them, until when they are kept."""

    user: int
    path: str
    fields: list[tuple[str, str]]
    until: float  # UNIX seconds


def keep(request: HttpRequest, *, user: int | None, at: datetime) -> bool:
    """Keep the request's form for this user; False if nobody is known or it may not be kept."""
    fields = typed_fields(request.POST)
    is_secret = any(word in name for name, _ in fields for word in ("password", "secret"))
    if user is None or request.FILES or is_secret or is_longer(fields, LONGEST):
        return False
    until = (at + KEPT_FOR).timestamp()
    work = UnsentWork(user, request.get_full_path(), fields, until)
    request.session[SESSION_KEY] = seal(json.dumps(asdict(work)))
    return True


def kept_for(request: HttpRequest, *, user: int | None, at: datetime) -> UnsentWork | None:
    """What this browser keeps for the user with this primary key."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    try:
        kept = json.loads(unseal(sealed))
    except KeyMissing:
        return None
    work = UnsentWork(
        kept["user"], kept["path"], [(name, value) for name, value in kept["fields"]], kept["until"]
    )
    return work if work.user == user and at.timestamp() < work.until else None


def drop(request: HttpRequest) -> None:
    """Forget what this browser keeps."""
    request.session.pop(SESSION_KEY, None)


def remember_user(request: HttpRequest, response: HttpResponse, *, user: User) -> None:
    """Note in the browser who works in it, so that a form whose session is gone is kept for nobody else."""
    if last_user(request) != user.pk:
        response.set_signed_cookie(
            COOKIE,
            str(user.pk),
            salt=SALT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def last_user(request: HttpRequest) -> int | None:
    """The primary key of the user who worked last in this browser."""
    try:
        return int(str(request.get_signed_cookie(COOKIE, salt=SALT)))
    except (KeyError, signing.BadSignature):
        return None
