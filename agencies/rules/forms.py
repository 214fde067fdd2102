"""Forms of rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.codes import validate_code
from agencies.models import Service
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from agencies.web.language_fields import language_fields

MINUTES = ("minutes", "minutes_per_person", "extra_minutes")


class HolidayForm(RefusableForm):
    """A day on which no site opens."""

    date = DayField(label=_("date"))
    name = forms.CharField(label=_("name"), max_length=60, validators=[validate_plain])


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
