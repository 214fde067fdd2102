"""A press on a day's page that holds a meeting in another form."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.attendance.keys import keys_named
from bookings.chains.meeting_form import Form, FormNotHeld, hold_meeting
from bookings.chains.views import show_chain
from bookings.parties.queries import chains, meetings_by_key


@require_POST
def meeting_form(request: StaffRequest, reference: str) -> HttpResponse:
    """Hold the named meeting as `form` says; then, or with the refusal, the day's page."""
    chain, version = get_object_or_404(chains(), reference=reference), request.POST.get("version")
    named = keys_named(request.POST.get("meeting", ""), meetings_by_key(chain))
    try:
        if len(named) != 1 or request.POST.get("form") not in Form.values:
            raise FormNotHeld(_("This day has no such meeting."))
        hold_meeting(
            chain=chain,
            key=named[0],
            form=Form(request.POST["form"]),
            tool=request.POST.get("tool", ""),
            by=request.user,
            at=timezone.now(),
            seen=[version] if version else None,
        )
    except Refusal as refusal:
        return show_chain(request, reference, refusal)
    return redirect("bookings:chain", reference)
