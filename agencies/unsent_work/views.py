"""The page that gives a kept form back, and the answer to a form that is too old."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.unsent_work.keep import drop, keep, kept_for
from agencies.unsent_work.middleware import leave
from agencies.web.requests import StaffRequest


@require_safe
def unsent_work(request: StaffRequest) -> HttpResponse:
    """What the user typed before the session ended, to be sent or dropped."""
    work = kept_for(request, user=request.user.pk, at=timezone.now())
    return render(request, "agencies/unsent_work/unsent_work.html", {"work": work})


@require_POST
def drop_unsent_work(request: StaffRequest) -> HttpResponse:
    """Forget it."""
    drop(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


def token_too_old(request: StaffRequest, reason: str = "") -> HttpResponse:
    """Keep a form of ours whose token belongs to an earlier sign-in; refuse one that came from elsewhere."""
    view = request.resolver_match and request.resolver_match.func
    is_kept = (
        request.user.is_authenticated
        and getattr(view, "login_required", True)
        and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
        and keep(request, user=request.user.pk, at=timezone.now())
    )
    if is_kept:
        return leave(request, to=redirect("agencies:unsent-work"))
    return render(request, "403_csrf.html", status=403)
