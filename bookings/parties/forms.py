"""The forms of actions that need a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm


class OpenPartyForm(RefusableForm):
    """A party's or a chain's code, and why it is opened; the verb checks both."""

    reference = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput({"autocomplete": "off", "autofocus": True})
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 3}))


class ReasonForm(RefusableForm):
    """The reason in the user's own words; the verb checks it."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )
