"""Form fields that all pages for staff share."""

from typing import TYPE_CHECKING, Any
from unicodedata import category, decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.dates import is_usual

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


DASHES = str.maketrans(dict.fromkeys("‐‑‒–−", "-"))


def in_latin_digits(typed: str) -> str:
    """The text with the digits of every script as 0 to 9, and without marks that nobody sees and blanks around it."""
    return "".join(str(decimal(sign, sign)) for sign in typed if category(sign) != "Cf").strip()


class DayField(forms.DateField):
    """A date typed as yyyy-mm-dd in every language, with whichever digits and dashes; of a usual year."""

    widget = forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": _("yyyy-mm-dd")})
    default_error_messages = {"invalid": _("Write the date as yyyy-mm-dd.")}

    def to_python(self, value: Any) -> Any:
        typed = in_latin_digits(value).translate(DASHES) if isinstance(value, str) else value
        day = super().to_python(typed)
        if day and not is_usual(day):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


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
