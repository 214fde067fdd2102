"""The manager's page of alarms: who has read about unusually many people."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.read_log.unusual import close_alarm, unusual_readings
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

LATEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.MANAGER, of_an_agency=True)
def alarm_list(request: StaffRequest) -> HttpResponse:
    """The alarms that the manager looks after; POST closes one of them with a word."""
    alarms, status, refused = unusual_readings(), 200, None
    if request.method == "POST":
        key = request.POST.get("alarm", "")
        alarm = get_object_or_404(alarms, pk=int(key) if key.isdecimal() and len(key) < 19 else None)
        word = request.POST.get("word", "").replace("\x00", "")
        try:
            close_alarm(alarm=alarm, word=word, by=request.user, at=timezone.now())
            return redirect("bookings:unusual-readings")
        except Refusal as refusal:
            status, refused = refusal.status, {"alarm": alarm.pk, "word": word, "message": refusal.message}
    context = {"alarms": alarms[:LATEST], "refused": refused}
    return render(request, "bookings/readings/alarms.html", context, status=status)
