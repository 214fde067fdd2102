"""Forms of the week's page: a shift, an absence, a day that opens, weeks by pattern, a copy."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.clock import at_wall_clock
from agencies.dates import clock
from agencies.models import Absence, Resource, Shift
from agencies.rosters.shifts import CLOSES, OPENS, Duty, ShiftNotAdded
from agencies.web.fields import DayField, TextField, in_latin_digits
from agencies.web.forms import RefusableForm

MOST_TRAVEL = 600  # minutes
WEEKS_AHEAD = 12


class ClockField(forms.TimeField):
    """A time of day typed as 08:30, with whichever digits."""

    widget = forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": 5})
    input_formats = ("%H:%M", "%H.%M")
    default_error_messages = {"invalid": _("Write a time as 08:30.")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


class DutyForm(RefusableForm):
    """Hours, break and place of a shift."""

    starts = ClockField(label=_("Starts"))
    ends = ClockField(label=_("Ends"))
    break_starts = ClockField(label=_("Break from"), required=False)
    break_ends = ClockField(label=_("Break until"), required=False)
    desk = TextField(_("Desk"), maxlength=20)
    travel_minutes = forms.IntegerField(
        label=_("Travel in minutes"), required=False, min_value=0, max_value=MOST_TRAVEL
    )
    standby_until = DayField(label=_("On stand-by until"), required=False)
    remote = forms.BooleanField(label=_("By screen"), required=False)

    def clean_desk(self) -> str:
        desk: str = self.cleaned_data["desk"]
        if len(desk) > 20:
            raise forms.ValidationError(gettext("At most 20 characters."))
        return desk

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        pause = found.get("break_starts"), found.get("break_ends")
        if (pause[0] is None) != (pause[1] is None) and not {"break_starts", "break_ends"} & set(self.errors):
            missing = "break_ends" if pause[0] else "break_starts"
            self.add_error(missing, gettext("A break has a beginning and an end."))
        return found

    def duty(self, resource: Resource) -> Duty:
        """What the valid form says."""
        said = self.cleaned_data
        if said["starts"] >= said["ends"]:
            raise ShiftNotAdded(gettext("A shift starts before it ends."))
        pause = said["break_starts"], said["break_ends"]
        return Duty(
            resource,
            said["starts"],
            said["ends"],
            pause if all(moment is not None for moment in pause) else None,
            remote=said["remote"],
            desk=said["desk"],
            standby_until=said["standby_until"],
            travel_minutes=said["travel_minutes"] or 0,
        )


def typed_of(shift: Shift) -> dict[str, Any]:
    """What the shift's form shows before somebody types."""
    pause = next(iter(shift.breaks.all()), None)
    return {
        "starts": clock(shift.starts_at),
        "ends": clock(shift.ends_at),
        "break_starts": clock(pause.starts_at) if pause else "",
        "break_ends": clock(pause.ends_at) if pause else "",
        "desk": shift.desk,
        "travel_minutes": shift.travel_minutes or "",
        "standby_until": shift.standby_until or "",
        "remote": shift.remote,
    }


class AbsenceForm(RefusableForm):
    """An absence from a day on."""

    kind = forms.ChoiceField(label=_("Absent"), choices=Absence.Kind.choices)
    since = ClockField(label=_("From"), required=False, help_text=_("Empty: the whole day"))
    until = DayField(label=_("Last day"), required=False)

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when to when."""
        last = self.cleaned_data["until"] or day
        begins = at_wall_clock(day, self.cleaned_data["since"] or time())
        return begins, at_wall_clock(last + timedelta(days=1), time())


class OpenDayForm(RefusableForm):
    """A day that opens."""

    date = DayField(label=_("Date"))
    opens = ClockField(label=_("Opens"), initial=f"{OPENS:%H:%M}")
    closes = ClockField(label=_("Closes"), initial=f"{CLOSES:%H:%M}")
    short_notice = forms.BooleanField(label=_("Also at short notice"), required=False)


class OpenWeeksForm(RefusableForm):
    """The days of the pattern between two dates."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    short_notice = forms.BooleanField(label=_("Also at short notice"), required=False)


class CopyForm(RefusableForm):
    """To which week a week is copied."""

    to = forms.TypedChoiceField(label=_("To week"), coerce=date.fromisoformat)

    def __init__(self, data: Mapping[str, Any] | None = None, *, monday: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        weeks = (monday + timedelta(days=7 * n) for n in range(1, WEEKS_AHEAD + 1))
        choices = [(week.isoformat(), f"{week:%G-W%V} · {week}") for week in weeks]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field
