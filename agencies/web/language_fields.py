"""A language of interpreters, typed by name or code or chosen from a list; and a text in each of our languages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.languages import LANGUAGES, letter_name
from agencies.spoken import Spoken, find_spoken
from agencies.validators import validate_plain

MOST_NAMED = 8
SEVERAL_LINES = 200  # characters


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


def language_fields(
    field: str, label: Any, *, longest: int, all_required: bool = False
) -> dict[str, forms.Field]:
    """A field of text for each language, of several lines if it is long; the Swedish one is required."""
    reader = get_language() or "sv"
    widget, more = (forms.Textarea, {"rows": "3"}) if longest >= SEVERAL_LINES else (forms.TextInput, {})
    return {
        f"{field}_{code}": forms.CharField(
            label=_("%(what)s in %(language)s") % {"what": label, "language": letter_name(code, reader)},
            max_length=longest,
            required=all_required or code == "sv",
            validators=[validate_plain],
            widget=widget({"lang": language.html_lang, "dir": language.dir} | more),
        )
        for code, language in LANGUAGES.items()
    }
