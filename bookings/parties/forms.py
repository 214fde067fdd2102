"""The forms of actions that need a reason, and of what narrows a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from bookings.parties.narrowing import Narrowing


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


class FilterForm(forms.Form):
    """A site of the user's, one day, one's own; what is wrong narrows nothing and is told beside its field."""

    site = forms.ChoiceField(label=_("Site"), required=False)
    date = DayField(label=_("Day"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, label_suffix="")
        self.user = user
        sites = [(site.code, str(site)) for site in user.sites.all()]
        if len(sites) > 1:
            self.fields["site"].choices = [("", _("all of mine")), *sites]  # type: ignore[attr-defined]
        else:
            del self.fields["site"]

    def chosen(self, name: str) -> Any:
        """The field's value; None for one that is wrong, empty or not there."""
        self.is_valid()
        return self.cleaned_data.get(name) or None


class PartyFilterForm(FilterForm):
    """With a day ahead or without one, too."""

    booked = forms.ChoiceField(
        label=_("Booking"),
        required=False,
        choices=[("", _("booked or not")), ("yes", _("booked")), ("no", _("not booked"))],
    )
    mine = forms.BooleanField(label=_("Registered by me"), required=False)

    def narrowing(self) -> Narrowing:
        """What has been chosen."""
        booked = self.chosen("booked")
        return Narrowing(
            site=self.chosen("site") or "",
            registered_by=self.user.pk if self.chosen("mine") else None,
            booked=booked and booked == "yes",
            day=self.chosen("date"),
        )


class VisitFilterForm(FilterForm):
    """Only those at one's own desk, too."""

    mine = forms.BooleanField(label=_("At my desk"), required=False)
