"""Fields that are typed the same way on every page of the staff's."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DayField(forms.DateField):
    """A date typed in digits, the same way in every language."""

    widget = forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": _("yyyy-mm-dd")})
    default_error_messages = {"invalid": _("Write the date as yyyy-mm-dd.")}


class TextField(forms.CharField):
    """A line of text that the browser does not remember."""

    def __init__(self, label: "StrOrPromise", *, required: bool = False, **attributes: Any) -> None:
        super().__init__(
            label=label, required=required, widget=forms.TextInput({"autocomplete": "off", **attributes})
        )
