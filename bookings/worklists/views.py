"""The page of tasks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.worklists.pages import press, worklist


@for_roles(*AGENCY_ROLES, Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def todo(request: StaffRequest) -> HttpResponse:
    """What waits to be done; `show=mine` leaves the viewer's own. POST does what a row's button says."""
    refusal, at = None, timezone.now()
    if request.method == "POST":
        pressed = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
        try:
            said, chain = press(pressed.get("do", ""), pressed, by=request.user, at=at)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, said)
            return redirect("bookings:chain", chain.reference) if chain else redirect(request.get_full_path())
    only_mine = request.GET.get("show") == "mine"
    context = {
        "list": worklist(request.user, only_mine=only_mine, at=at),
        "only_mine": only_mine,
        "refusal": refusal,
    }
    return render(request, "bookings/worklists/todo.html", context, status=refusal.status if refusal else 200)
