"""What may be asked of the open data's files."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from motesplats.followup.measures import MEASURES

ASKED = ("measure", "year", "site")


class OpenDataForm(forms.Form):
    """A measure, a year and a site; without any, all of it. Another parameter is refused, not passed over."""

    measure = forms.ChoiceField(choices=[("", ""), *((code, code) for code in MEASURES)], required=False)
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    site = forms.SlugField(required=False)

    def clean(self) -> dict[str, Any]:
        unknown = sorted(set(self.data) - set(ASKED))
        if unknown:
            raise forms.ValidationError(
                _("Only measure, year and site can be asked for, not %(names)s.")
                % {"names": ", ".join(unknown)}
            )
        return super().clean() or self.cleaned_data
