"""The forms of a decision and of a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.web.fields import DayField, TextField
from agencies.web.forms import SeenForm


class DecisionLogForm(SeenForm):
    """What was decided, who does it, and until when."""

    what = TextField(_("decision"), required=True, maxlength=500)
    owner = TextField(
        _("who does it"), required=True, maxlength=120, help_text=_("A role or an agency; no names.")
    )
    decided_on = DayField(label=_("decided"))
    due = DayField(label=_("to be done by"), required=False)


class VisitForm(SeenForm):
    """Who visited which site, when and what for."""

    site = forms.ModelChoiceField(Site.objects.all(), label=_("site"))
    date = DayField(label=_("date"))
    visitors = TextField(
        _("who visited"), required=True, maxlength=200, help_text=_("Roles or agencies; no names.")
    )
    purpose = TextField(_("what for"), required=True, maxlength=200)
    notes = forms.CharField(
        label=_("what was seen"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        help_text=_("No names, of staff or of newcomers."),
    )
