"""Forms of rules."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.codes import validate_code
from agencies.languages import LANGUAGES, letter_name
from agencies.models import Service
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm

MINUTES = ("minutes", "minutes_per_person", "extra_minutes")


class HolidayForm(RefusableForm):
    """A day on which no site opens."""

    date = DayField(label=_("date"))
    name = forms.CharField(label=_("name"), max_length=60, validators=[validate_plain])


class EndForm(RefusableForm):
    """The last day of a rule."""

    last = DayField(label=_("valid to"), help_text=_("The last day on which it holds."))


class SureForm(RefusableForm):
    """Nothing to fill in; one only has to be sure."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


def language_fields(
    field: str, label: Any, *, longest: int, all_required: bool = False
) -> dict[str, forms.Field]:
    """A field of text for each language; the Swedish one is required."""
    reader = get_language() or "sv"
    return {
        f"{field}_{code}": forms.CharField(
            label=_("%(what)s in %(language)s") % {"what": label, "language": letter_name(code, reader)},
            max_length=longest,
            required=all_required or code == "sv",
            validators=[validate_plain],
            widget=forms.TextInput({"lang": language.html_lang, "dir": language.dir}),
        )
        for code, language in LANGUAGES.items()
    }


class NewAgencyForm(RefusableForm):
    """An agency that joins."""

    code = forms.CharField(
        label=_("Code"),
        max_length=5,
        validators=[validate_code],
        help_text=_("Two to five capital letters. It is never changed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= language_fields("name", _("Name"), longest=120)
        self.fields |= language_fields("title", _("Title of the service"), longest=100)
        self.fields |= forms.fields_for_model(Service, fields=(*MINUTES, "is_local", "checks_identity"))
