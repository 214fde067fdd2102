"""The form of consent on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm
from bookings.models import Newcomer
from checklists.models import ConsentEvent


class PaperForm(RefusableForm):
    """What one adult said at the desk when the text was read together."""

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
        self.fields["adult"].choices = [
            (str(number), str(adult)) for number, adult in enumerate(adults, start=1)
        ]
