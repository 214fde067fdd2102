"""The page on how well people understood each other through interpreters."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Role
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.understanding import first_month, understood_since


@require_safe
@for_roles(Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)
def understanding(request: StaffRequest) -> HttpResponse:
    """The marks of the last months, of the reader's sites; the secretariat's are all."""
    since = first_month(timezone.localdate())
    rows = understood_since(since)
    return render(request, "motesplats/followup/understanding.html", {"rows": rows, "since": since})
