"""The tag by which a page that is open asks whether its board has changed, and its rendered picture, kept a while."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from agencies.models import SiteDay
from agencies.web.requests import StaffRequest
from bookings.board.queries import stamp_of

STEP = 300  # seconds; meetings begin and become late at whole steps
KEPT = 120  # seconds


def live(
    request: StaffRequest, day: SiteDay, view: str, *, at: datetime, render: Callable[[], str]
) -> HttpResponse:
    """The part of the page that changes, or 304 if the request's tag says that it is known.

    All who see the same share what was rendered: viewers of one role and agency.
    """
    stamp = stamp_of(day)
    if not stamp:
        return HttpResponse(render())
    tag = _tag(request, day, view, stamp, at)
    if (
        request.headers.get("If-None-Match", "").removeprefix("W/") == f'"{tag}"'
    ):  # a proxy that packs weakens it
        return HttpResponseNotModified(headers={"ETag": f'"{tag}"'})
    body = cache.get(f"board:{tag}")
    if body is None:
        body = render()
        cache.set(f"board:{tag}", body, timeout=KEPT)
    return HttpResponse(body, headers={"ETag": f'"{tag}"'})


def _tag(request: StaffRequest, day: SiteDay, view: str, stamp: str, at: datetime) -> str:
    user, step = request.user, int(at.timestamp()) // STEP
    seen = (day.pk, view, user.role, user.agency_id, get_language(), step, stamp)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
