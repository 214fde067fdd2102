"""A weekday of a location's pattern as a form, with its people by agency and language."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Location, Resource, WeeklyPattern
from agencies.models.days import Weekday
from agencies.rosters.patterns import PatternHours, add_pattern
from agencies.rosters.shifts import CLOSES, OPENS
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from bookings.week.forms import ClockField
from bookings.week.queries import Crew, Worker, grouped


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
        choices = [(worker.key, worker.name) for worker in workers]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.workers = workers

    def crews(self) -> Iterator[tuple[Crew, list[BoundWidget]]]:
        """The boxes of the people by agency and language."""
        boxes = {str(box.data["value"]): box for box in self["people"]}
        for crew in grouped(self.workers):
            yield crew, [boxes[worker.key] for worker in crew.workers]

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
            people=list(Resource.objects.filter(pk__in=self._chosen())),
            by=request.user,
            at=at,
        )

    def _chosen(self) -> list[int]:
        return [worker.resource for worker in self.workers if worker.key in self.cleaned_data["people"]]


def as_last(patterns: Sequence[WeeklyPattern], workers: list[Worker], *, today: date) -> dict[str, Any]:
    """What the form begins with: from today, with the hours and the people of the pattern made last."""
    first: dict[str, Any] = {"valid_from": today}
    if not patterns:
        return first
    last = max(patterns, key=lambda pattern: pattern.pk)
    shifts = list(last.shifts.all())
    people = {shift.resource_id for shift in shifts}
    hours = {"opens": last.opens, "closes": last.closes}
    for shift in shifts[:1]:
        if shift.break_starts and shift.break_ends:
            hours |= {"break_starts": shift.break_starts, "break_ends": shift.break_ends}
    first |= {name: f"{hour:%H:%M}" for name, hour in hours.items()}
    first |= {"valid_from": max(first["valid_from"], last.valid_from), "valid_to": last.valid_to}
    return first | {"people": [worker.key for worker in workers if worker.resource in people]}
