"""How long a session lasts: half an hour without use, twelve hours in all."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

MAX_IDLE, MAX_AGE = timedelta(minutes=30), timedelta(hours=12)
RECORD_EVERY = timedelta(minutes=1)  # so that not every request writes the session


def seconds_left(session: SessionBase, *, at: datetime) -> float:
    """The seconds until the session ends if it is not used; below zero once it has ended."""
    now = at.timestamp()
    began: float = session.get("began_at", now)
    seen: float = session.get("seen_at", now)
    return min(seen + MAX_IDLE.total_seconds(), began + MAX_AGE.total_seconds()) - now


def is_expired(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has been idle or has lasted too long; one that has never been used is not."""
    return seconds_left(session, at=at) < 0


def record_use(session: SessionBase, *, at: datetime) -> None:
    """Record in the session when it began and was last used; at most once a minute."""
    now = at.timestamp()
    if now - session.get("seen_at", 0) >= RECORD_EVERY.total_seconds():
        session.update({"began_at": session.get("began_at", now), "seen_at": now})
