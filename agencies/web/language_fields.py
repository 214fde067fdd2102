"""A language of interpreters, typed by name or code or chosen from a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.spoken import Spoken, find_spoken

MOST_NAMED = 8


class SpokenField(forms.CharField):
    """Cleans to a code of ISO 639-3, empty if nothing was typed; what means none or several is refused by name.

    `kept`: a code that stands already, which stays usable when the list has it no more.
    """

    kept = ""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"list": "spoken-languages", "autocomplete": "off"})
        super().__init__(max_length=200, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        if typed in ("", self.kept):
            return typed
        found = find_spoken(typed)
        if len(found) == 1:
            return found[0].code
        raise ValidationError(_several(typed, found) if found else _none(typed))


def _none(typed: str) -> str:
    return _(
        "There is no language “%(typed)s” in ISO 639-3. Write its name in Swedish or English, or its code."
    ) % {"typed": typed}


def _several(typed: str, found: list[Spoken]) -> str:
    named = "; ".join(one.label for one in found[:MOST_NAMED])
    return _("“%(typed)s” may be several languages: %(named)s. Write the code.") % {
        "typed": typed,
        "named": named,
    }
