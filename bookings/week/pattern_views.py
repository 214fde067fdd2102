"""A location's weekly pattern: on which weekdays it is open, and who is on shift then."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.models import Location, Resource, Role
from agencies.models.days import Weekday
from agencies.rosters.patterns import PatternHours, add_pattern, remove_pattern
from agencies.rosters.shifts import CLOSES, OPENS
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.board.pages import location_asked
from bookings.week.forms import ClockField
from bookings.week.queries import Worker, workers_of


class PatternForm(RefusableForm):
    """A weekday with its hours and its people."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=Weekday.choices, coerce=int)
    opens = ClockField(label=_("Opens"), initial=f"{OPENS:%H:%M}")
    closes = ClockField(label=_("Closes"), initial=f"{CLOSES:%H:%M}")
    break_starts = ClockField(label=_("Break from"), required=False)
    break_ends = ClockField(label=_("Break until"), required=False)
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"), required=False, help_text=_("Empty: without end"))
    people = forms.MultipleChoiceField(
        label=_("On shift all day"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, workers: list[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(worker.key, f"{worker.code} · {worker.name}") for worker in workers]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.resources = {worker.key: worker.resource for worker in workers}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        pause = found.get("break_starts"), found.get("break_ends")
        if (pause[0] is None) != (pause[1] is None) and not {"break_starts", "break_ends"} & set(self.errors):
            self.add_error(
                "break_ends" if pause[0] else "break_starts", gettext("A break has a beginning and an end.")
            )
        return found

    def save(self, location: Location, request: StaffRequest, at: datetime) -> None:
        """Add the pattern. Raises what the verb raises."""
        said = self.cleaned_data
        pause = said["break_starts"], said["break_ends"]
        add_pattern(
            location=location,
            weekday=said["weekday"],
            hours=PatternHours(
                said["opens"], said["closes"], pause if all(c is not None for c in pause) else None
            ),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            people=list(Resource.objects.filter(pk__in=[self.resources[key] for key in said["people"]])),
            by=request.user,
            at=at,
        )


@for_roles(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_pattern(request: StaffRequest, site: str) -> HttpResponse:
    """The location's patterns, one more, or one less."""
    location = location_asked(request, site)
    workers = list(workers_of(location, request.user))
    form = PatternForm(initial={"valid_from": timezone.localdate()}, workers=workers)
    patterns = location.patterns.prefetch_related("shifts")
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
