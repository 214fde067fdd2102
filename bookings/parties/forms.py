"""The form of actions that need a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm


class ReasonForm(RefusableForm):
    """The reason in the user's own words; the verb checks it."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )
