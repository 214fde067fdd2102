"""Form fields that all pages for staff share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A date typed as yyyy-mm-dd in every language."""

    widget = forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": _("yyyy-mm-dd")})
    default_error_messages = {"invalid": _("Write the date as yyyy-mm-dd.")}


class TextField(forms.CharField):
    """One line of text, without the browser's autocompletion; `attributes` are the input's."""

    def __init__(self, label: str, *, required: bool = False, **attributes: Any) -> None:
        super().__init__(
            label=label, required=required, widget=forms.TextInput({"autocomplete": "off", **attributes})
        )
