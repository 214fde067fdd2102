"""The form of a week's handling times."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import TextField, in_latin_digits
from agencies.web.forms import RefusableForm
from motesplats.followup.handling_times.quarters import week_name
from motesplats.followup.handling_times.type_week import MOST

BANDS = ("days_1_7", "days_8_30", "days_over_30")


class NotificationsField(forms.IntegerField):
    """A number of notifications, typed with whichever digits."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            min_value=0,
            max_value=MOST,
            widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": 7}),
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


class WeekForm(RefusableForm):
    """How many notifications were decided in which time, in one of the weeks that may still be typed."""

    monday = forms.TypedChoiceField(label=_("week"), coerce=date.fromisoformat)
    days_1_7 = NotificationsField(_("1–7 days"))
    days_8_30 = NotificationsField(_("8–30 days"))
    days_over_30 = NotificationsField(_("more than 30 days"))
    why = TextField(_("why corrected"), maxlength=200, help_text=_("Only if the week has numbers already."))

    def __init__(self, data: Any = None, *, mondays: Sequence[date], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(day.isoformat(), week_name(day)) for day in mondays]
        self.fields["monday"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def counts(self) -> tuple[int, int, int]:
        """What the valid form says."""
        first, middle, last = (self.cleaned_data[name] for name in BANDS)
        return first, middle, last
