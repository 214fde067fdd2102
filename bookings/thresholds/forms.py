"""The form of a threshold."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.models import ThresholdCode
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm


class ThresholdForm(RefusableForm):
    """What a threshold is from a day on."""

    code = forms.TypedChoiceField(
        label=_("threshold"),
        choices=lambda: [(code.value, capfirst(code.label)) for code in ThresholdCode],
        coerce=ThresholdCode,
    )
    value = forms.IntegerField(label=_("value"), min_value=0)
    valid_from = DayField(label=_("valid from"), help_text=_("From tomorrow at the earliest."))
