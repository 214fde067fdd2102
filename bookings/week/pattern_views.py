"""A location's weekly pattern: on which weekdays it is open, and who is on shift then."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.rosters.patterns import remove_pattern
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.board.pages import location_asked
from bookings.week.pattern_form import PatternForm, as_last
from bookings.week.queries import workers_of


@for_roles(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_pattern(request: StaffRequest, site: str) -> HttpResponse:
    """The location's patterns, one more, or one less."""
    location = location_asked(request, site)
    workers = list(workers_of(location, request.user))
    patterns = location.patterns.prefetch_related("shifts")
    form = PatternForm(initial=as_last(list(patterns), workers, today=timezone.localdate()), workers=workers)
    if gone := patterns.filter(
        pk__in=[key for key in request.POST.getlist("remove") if key.isdecimal() and len(key) < 19][:1]
    ):
        remove_pattern(pattern=gone[0], by=request.user, at=timezone.now())
        messages.success(request, gettext("The pattern is removed. Days that are open stay open."))
        return redirect(request.get_full_path())
    if request.method == "POST":
        form = PatternForm(request.POST, workers=workers)
        if form.is_accepted(lambda _said: form.save(location, request, timezone.now())):
            messages.success(request, gettext("The pattern is saved. Open weeks by it on the roster."))
            return redirect(request.get_full_path())
    context = {"location": location, "site": location.site, "patterns": patterns, "form": form}
    context["monday"] = timezone.localdate()
    return render(request, "bookings/week/pattern.html", context, status=form.status)
