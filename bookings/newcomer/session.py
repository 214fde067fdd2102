"""What the server keeps of a phone that has opened a link: found by a cookie, ended by closing and by waiting."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest, HttpResponse

from agencies.clock import UTC
from bookings.links.tokens import hash_of

# Long enough to read and decide with an interpreter, short enough for a phone that is lent or left on a table.
MAX_IDLE, MAX_AGE = timedelta(minutes=10), timedelta(hours=1)
RECORD_EVERY = timedelta(seconds=20)  # so that not every page writes


def cookie_of(token: str) -> str:
    """The cookie's name: one for each link, so that a couple can share a phone."""
    return f"{'__Host-' if settings.HTTPS else ''}day-{hash_of(token)[:12]}"


def open_session(request: HttpRequest, token: str, *, at: datetime) -> SessionBase | None:
    """The phone's session with this link, its use recorded; None if there is none or it has ended."""
    key = request.COOKIES.get(cookie_of(token), "")
    if not key:
        return None
    session = _store(key)
    if session.get("link") != hash_of(token) or _is_expired(session, at=at):
        return None
    return session if _record_use(session, at=at) else None


def begin_session(
    request: HttpRequest, token: str, *, code_hash: str, language: str, at: datetime
) -> SessionBase:
    """Begin a session with a new key, in place of the phone's former one; `code_hash` is "" before the code."""
    _delete(request, token)
    session, now = _store(), at.timestamp()
    session.update({"link": hash_of(token), "code": code_hash, "language": language})
    session.update({"began_at": now, "seen_at": now})
    session.set_expiry(at + MAX_AGE)
    session.create()
    request.COOKIES[cookie_of(token)] = session.session_key or ""
    return session


def send_cookie(answer: HttpResponse, token: str, session: SessionBase) -> HttpResponse:
    """Let the answer bring the session's cookie: out of reach of scripts and of other sites' forms."""
    answer.set_cookie(
        cookie_of(token),
        session.session_key or "",
        max_age=MAX_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",  # so that the link in a mail leads back to the open day
    )
    return answer


def keep(session: SessionBase, kept: Mapping[str, Any]) -> None:
    """Keep these values in the session; not if it has been ended meanwhile."""
    session.update(kept)
    _save(session)


def end_session(request: HttpRequest, answer: HttpResponse, token: str) -> None:
    """End the phone's session with this link, on the server and on the phone."""
    _delete(request, token)
    answer.set_cookie(cookie_of(token), "", max_age=0, secure=settings.HTTPS, httponly=True, samesite="Lax")


def _delete(request: HttpRequest, token: str) -> None:
    if key := request.COOKIES.get(cookie_of(token)):
        session = _store(key)
        if session.get("link") == hash_of(token):
            session.delete()


def _is_expired(session: SessionBase, *, at: datetime) -> bool:
    idle, age = (at - datetime.fromtimestamp(session[name], UTC) for name in ("seen_at", "began_at"))
    return idle > MAX_IDLE or age > MAX_AGE


def _record_use(session: SessionBase, *, at: datetime) -> bool:
    """Write down that it is used, at most once in `RECORD_EVERY`; False if it has been ended meanwhile."""
    now = at.timestamp()
    if now - session["seen_at"] < RECORD_EVERY.total_seconds():
        return True
    session["seen_at"] = now
    return _save(session)


def _save(session: SessionBase) -> bool:
    try:
        session.save()
    except UpdateError:
        return False
    return True


def _store(key: str | None = None) -> SessionBase:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store(key)
