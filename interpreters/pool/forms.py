"""What is known of an interpreter, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Sex, Site, User
from agencies.spoken import spoken_label
from agencies.validators import clean_phone, validate_name, validate_plain
from agencies.web.fields import TextField
from agencies.web.forms import RefusableForm
from agencies.web.language_fields import SpokenField
from interpreters.models import Interpreter, Level
from interpreters.models.interpreters import LONGEST_DIALECT

LANGUAGES = range(1, 6)  # rows of the form


class InterpreterForm(RefusableForm):
    """Name, telephone, languages with their levels, and at which of the user's sites."""

    name = forms.CharField(label=_("Name"), max_length=100, validators=[validate_name])
    phone = TextField(_("Telephone"), inputmode="tel")
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *Sex.choices])
    remote = forms.BooleanField(label=_("Works on screen or by telephone"), required=False)
    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"), queryset=Site.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: User, interpreter: Interpreter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = self.fields["sites"]
        assert isinstance(sites, forms.ModelMultipleChoiceField)
        sites.queryset = by.sites.order_by("name")
        for number in LANGUAGES:
            self.fields[f"language{number}"] = SpokenField(label=_("Language"), required=False)
            self.fields[f"level{number}"] = forms.ChoiceField(
                label=_("Level"), choices=Level.choices, initial=Level.OT, required=False
            )
            self.fields[f"dialect{number}"] = forms.CharField(
                label=_("Dialect"), max_length=LONGEST_DIALECT, required=False, validators=[validate_plain]
            )
        if interpreter:
            self.initial = _known(interpreter)

    def rows(self) -> list[list[forms.BoundField]]:
        """Each language with its level and dialect."""
        return [
            [self[f"{name}{number}"] for name in ("language", "level", "dialect")] for number in LANGUAGES
        ]

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def arguments(self) -> dict[str, Any]:
        """What was typed, as arguments of the verbs."""
        data = self.cleaned_data
        levels = {
            data[f"language{number}"]: Level(data[f"level{number}"] or Level.OT)
            for number in LANGUAGES
            if data.get(f"language{number}")
        }
        dialects = {
            data[f"language{number}"]: data.get(f"dialect{number}", "")
            for number in LANGUAGES
            if data.get(f"language{number}")
        }
        known = {name: data[name] for name in ("name", "phone", "sex", "remote", "sites")}
        return known | {"levels": levels, "dialects": dialects}


def _known(interpreter: Interpreter) -> dict[str, Any]:
    languages = {
        key: value
        for number, mastery in enumerate(interpreter.masteries.all(), start=1)
        for key, value in (
            (f"language{number}", spoken_label(mastery.language)),
            (f"level{number}", mastery.level),
            (f"dialect{number}", mastery.dialect),
        )
    }
    return languages | {
        "name": interpreter.name,
        "phone": interpreter.phone,
        "sex": interpreter.sex,
        "remote": interpreter.remote,
        "sites": list(interpreter.sites.all()),
    }
