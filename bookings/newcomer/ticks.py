"""Which documents somebody has ticked off: kept on the phone alone, in a cookie that says nothing of anybody."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bookings.links.tokens import hash_of

KEPT = timedelta(days=90)
BETWEEN = "."


def ticked(request: HttpRequest, token: str, *, keys: Collection[str]) -> frozenset[str]:
    """Those of the documents' keys that this phone has ticked."""
    return frozenset(request.COOKIES.get(cookie_of(token), "").split(BETWEEN)) & frozenset(keys)


def keep_ticks(answer: HttpResponse, token: str, chosen: Iterable[str]) -> HttpResponse:
    """Let the phone keep these and no others."""
    answer.set_cookie(
        cookie_of(token),
        BETWEEN.join(sorted(set(chosen))),
        max_age=KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer


def cookie_of(token: str) -> str:
    """One for each link, so that a couple can share a phone."""
    return f"{'__Host-' if settings.HTTPS else ''}bring-{hash_of(token)[:12]}"
