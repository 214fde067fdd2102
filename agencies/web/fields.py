"""Form fields that all pages for staff share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DayField(forms.DateField):
    """A date typed as yyyy-mm-dd in every language."""

    widget = forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": _("yyyy-mm-dd")})
    default_error_messages = {"invalid": _("Write the date as yyyy-mm-dd.")}


class TextField(forms.CharField):
    """One line of text, without the browser's autocompletion; `attributes` are the input's."""

    def __init__(
        self,
        label: "StrOrPromise",
        *,
        required: bool = False,
        help_text: "StrOrPromise" = "",
        **attributes: Any,
    ) -> None:
        widget = forms.TextInput({"autocomplete": "off", **attributes})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)
