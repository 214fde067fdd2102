"""Why something is done that has to be accounted for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm


class ReasonForm(RefusableForm):
    """The reason, in the reader's own words."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )
