"""Forms of goals, and of a series' numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.web.fields import DayField, TextField, in_latin_digits
from agencies.web.forms import RefusableForm
from motesplats.followup.goals.set_goal import Target
from motesplats.followup.goals.values_file import wrong_number
from motesplats.followup.typed_numbers import number_of, without_ca
from motesplats.models import Series

WHOLE_COUNTRY = _("the whole country")


class SiteField(forms.ModelChoiceField):
    """A site, or the whole country."""

    def __init__(self) -> None:
        super().__init__(
            Site.objects.order_by("name"), label=_("where"), required=False, empty_label=WHOLE_COUNTRY
        )


class CaField(TextField):
    """A whole number of persons, as 22 000 or ca 22 000; the value is the number and whether it is approximate."""

    def clean(self, value: Any) -> tuple[int, bool]:
        text, is_ca = without_ca(in_latin_digits(super().clean(value)))
        if wrong := wrong_number(text):
            raise forms.ValidationError(wrong)
        return int(number_of(text) or 0), is_ca


class GoalForm(RefusableForm):
    """A goal that is to hold from a day on: a share of a series, or a number of persons."""

    site = SiteField()
    percent = forms.IntegerField(
        label=_("per cent of a series"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    series = forms.ModelChoiceField(Series.objects.all(), label=_("series"), required=False, empty_label="–")
    persons = forms.IntegerField(
        label=_("or a number of persons"),
        required=False,
        min_value=1,
        max_value=9_999_999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    valid_from = DayField(label=_("valid from"))
    why = TextField(_("why it was set or changed"), required=True, maxlength=300)
    decided_by = TextField(_("decided by"), required=True, maxlength=120)

    @property
    def target(self) -> Target:
        """What the valid form says shall be reached."""
        return Target(*(self.cleaned_data[name] for name in ("percent", "series", "persons")))


class EndGoalForm(RefusableForm):
    last = DayField(label=_("valid to"), help_text=_("The last day on which it holds."))


class ValueForm(RefusableForm):
    """A number of a series."""

    site = SiteField()
    year = forms.IntegerField(
        label=_("year"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    month = forms.TypedChoiceField(
        label=_("month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("the whole year")), *((month, str(month)) for month in range(1, 13))],
    )
    value = CaField(_("value"), required=True, help_text=_("Write ca before a number that was published so."))
    source = TextField(_("source"), required=True, maxlength=120)
    fetched_on = DayField(label=_("fetched on"), required=False)
