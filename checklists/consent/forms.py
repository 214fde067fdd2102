"""The form that records a consent given on paper."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm
from bookings.models import Newcomer
from bookings.parties.names import full_name
from bookings.summons.adults import adults_by_number
from checklists.models import ConsentEvent


class PaperForm(RefusableForm):
    """One adult's answer at the desk, where the text was read aloud.

    `digest` is that of the text on the page, so that an answer to an outdated text is refused.
    """

    adult = forms.ChoiceField(label=_("Adult"), required=False)
    answer = forms.ChoiceField(
        label=_("The person says"),
        required=False,
        choices=ConsentEvent.Kind,
        widget=forms.RadioSelect,
    )
    witness = forms.CharField(label=_("Witness"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter"),
        required=False,
        help_text=_("Name or number. Children and relatives do not interpret."),
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, adults: Sequence[Newcomer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, full_name(adult, adults)) for number, adult in adults_by_number(adults).items()]
        cast(forms.ChoiceField, self.fields["adult"]).choices = choices
