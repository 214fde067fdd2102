"""Forms of the rules of checklists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.codes import met_choices
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from agencies.web.language_fields import language_fields
from bookings.models import Disclosure

AHEAD = _("From tomorrow at the earliest.")
TEXTS = {
    "name": (_("Name"), 80),
    "purpose": (_("What it is for"), 200),
    "precondition": (_("What must hold first"), 300),
    "started_by": (_("Who starts it"), 120),
}


class OutcomeForm(RefusableForm):
    """A way in which a step may end."""

    code = forms.SlugField(label=_("code"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= language_fields("name", _("Name"), longest=60)
        self.fields["valid_from"] = DayField(label=_("valid from"), help_text=AHEAD)


class ReferralKindForm(RefusableForm):
    """A kind of joint effort, with what must hold first."""

    code = forms.SlugField(label=_("code"), max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starters"] = forms.MultipleChoiceField(
            label=_("agencies that may start it"), choices=met_choices, widget=forms.CheckboxSelectMultiple
        )
        for field, (label, longest) in TEXTS.items():
            self.fields |= language_fields(field, label, longest=longest)
        self.fields["valid_from"] = DayField(label=_("valid from"), help_text=AHEAD)


class PeriodForm(RefusableForm):
    """How long a yes holds after the day."""

    category = forms.ChoiceField(label=_("category"), choices=Disclosure.Category.choices)
    days = forms.IntegerField(label=_("days after the day"), min_value=1, max_value=365)
    valid_from = DayField(label=_("for days from"), help_text=AHEAD)
