"""The form of a site's reminders."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import ReminderTime
from agencies.web.fields import in_latin_digits
from agencies.web.forms import RefusableForm
from bookings.messages.schedule import EVERYWHERE, ReminderRule


class ReminderHourField(forms.TimeField):
    """A time of day typed as 10:00, with whichever digits."""

    widget = forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": 5})
    input_formats = ("%H:%M", "%H.%M")
    default_error_messages = {"invalid": _("Write a time as 08:30.")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


class RemindersForm(RefusableForm):
    """For each reminder whether it is sent, how many days before, and at what time."""

    def __init__(self, data: Any = None, *, rules: Mapping[str, ReminderRule]) -> None:
        super().__init__(data)
        for kind, label in ReminderTime.Kind.choices:
            rule = rules[kind]
            self.fields[f"{kind}_is_on"] = forms.BooleanField(label=label, required=False, initial=rule.is_on)
            if EVERYWHERE[kind].days_before:
                days = forms.IntegerField(
                    label=_("days before"), min_value=1, max_value=30, initial=rule.days_before
                )
                self.fields[f"{kind}_days"] = days
            self.fields[kind] = ReminderHourField(label=_("time"), initial=f"{rule.at:%H:%M}")

    def groups(self) -> list[tuple[Any, ...]]:
        """The fields of each reminder."""
        names = [(f"{kind}_is_on", f"{kind}_days", kind) for kind in ReminderTime.Kind.values]
        return [tuple(self[name] for name in group if name in self.fields) for group in names]

    def rules(self) -> dict[str, ReminderRule]:
        """The rules as typed."""
        said = self.cleaned_data
        return {
            kind: ReminderRule(said.get(f"{kind}_days", 0), said[kind], said[f"{kind}_is_on"])
            for kind in ReminderTime.Kind.values
        }
