"""The form of a retention decision; its second step is the same form, with the counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import RetentionRule
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm

Action, Since = RetentionRule.Action, RetentionRule.Since
TYPES = {"bookings.party": _("parties"), "bookings.disclosure": _("what was opened to other agencies")}


class DecisionForm(RefusableForm):
    """What, after how long, and by which decision."""

    data_type = forms.ChoiceField(label=_("type of data"), choices=list(TYPES.items()))
    action = forms.ChoiceField(
        label=_("action"), choices=[(one.value, one.label) for one in (Action.ANONYMISE, Action.DELETE)]
    )
    since = forms.ChoiceField(
        label=_("counted from"),
        choices=[(one.value, one.label) for one in (Since.LAST_DAY, Since.REGISTERED, Since.ENDED)],
    )
    months = forms.IntegerField(label=_("months"), min_value=0, max_value=1200, initial=24)
    days = forms.IntegerField(label=_("days"), min_value=0, max_value=3650, initial=0)
    decision = forms.CharField(
        label=_("retention decision"),
        max_length=120,
        validators=[validate_plain],
        help_text=_("What the decision is called."),
    )
    registration_number = forms.CharField(
        label=_("registration number of the decision"), max_length=60, validators=[validate_plain]
    )
    decided_on = DayField(label=_("day of the decision"))
    valid_from = DayField(label=_("valid from"), help_text=_("From tomorrow at the earliest."))
