"""How long the session still lasts, and its prolonging."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.sign_in.session_age import seconds_left
from agencies.web.requests import StaffRequest


@login_not_required
@require_safe
def session_left(request: HttpRequest) -> HttpResponse:
    """The seconds until the session ends; asking does not prolong it."""
    left = seconds_left(request.session, at=timezone.now()) if request.user.is_authenticated else 0
    return JsonResponse({"left": max(0, int(left))}, headers={"Cache-Control": "no-store"})


session_left.is_no_use = True  # type: ignore[attr-defined]  # read by SignInMiddleware


@require_POST
def stay_signed_in(request: StaffRequest) -> HttpResponse:
    """Prolong the session, as any use of it does."""
    return HttpResponse(status=204)
