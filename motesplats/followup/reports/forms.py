"""The forms of day reports: a day's numbers, and which day to report."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.fields import DayField, in_latin_digits
from agencies.web.forms import SeenForm
from motesplats.followup.reports.numbers import (
    LONGEST_NOTE,
    LONGEST_WHY,
    MOST,
    TOTALS,
    DayNumbers,
    Part,
    every_part,
    name_of,
)
from motesplats.followup.reports.write import ReportChanged
from motesplats.models import DayReport


def field_of(part: Part) -> str:
    """The name of a number's field: "sex_age-F-18-64"."""
    return "-".join(filter(None, part)).replace("|", "-").replace("+", "")


class NumberOfPeopleField(forms.IntegerField):
    """A whole number up to what one day can have, typed with whichever digits; left out it is none."""

    def __init__(self, part: Part, counted: int | None) -> None:
        attributes: dict[str, Any] = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 6}
        attributes |= {"aria-label": capfirst(name_of(part)), "data-part": " ".join(part).replace("|", " ")}
        if counted is not None:
            attributes["data-counted"] = counted
        widget = forms.TextInput(attributes)
        label = capfirst(name_of(part))
        super().__init__(label=label, required=False, min_value=0, max_value=MOST, widget=widget)
        wrong = gettext("Write whole numbers from 0 to %(most)s.") % {"most": MOST}
        self.sentence = f"{label}: {wrong}"
        self.error_messages["invalid"] = self.sentence

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except ValidationError:
            raise ValidationError(self.sentence) from None

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


class DayReportForm(SeenForm):
    """A day's numbers beside what attendance counted; `numbers()` is what the valid form says."""

    interpreting = forms.TypedChoiceField(
        label=_("How did the interpreting go today?"),
        choices=lambda: [*DayReport.Interpreting.choices, ("", gettext("do not know"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    trouble = forms.MultipleChoiceField(
        label=_("Trouble"),
        choices=DayReport.Trouble.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("What happened? No names"),
        required=False,
        max_length=LONGEST_NOTE,
        validators=[validate_plain],
    )
    why = forms.CharField(
        label=_("Why corrected"), required=False, max_length=LONGEST_WHY, validators=[validate_plain]
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        numbers: DayNumbers,
        counted: DayNumbers | None,
        version: int,
    ) -> None:
        parts = numbers.parts()
        initial: dict[str, Any] = {field_of(part): number for part, number in parts.items()}
        initial |= {
            "interpreting": numbers.interpreting or "",
            "trouble": list(numbers.trouble),
            "note": numbers.note,
            "why": numbers.why,
            "version": version,
        }
        super().__init__(data, initial=initial)
        seen = counted.parts() if counted else {}
        for part in parts:
            self.fields[field_of(part)] = NumberOfPeopleField(part, seen.get(part))
        for name in ("note", "why"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def of_part(self, part: Part) -> BoundField:
        """The field of a number."""
        return self[field_of(part)]

    def number_errors(self) -> list[str]:
        """The errors of all numbers, each with its number's name."""
        return [
            str(error)
            for part in (*every_part(), *(("", name) for name in TOTALS))
            for error in self.of_part(part).errors
        ]

    def numbers(self) -> DayNumbers:
        """What the form says, as far as it can be used."""
        said = self.cleaned_data
        return DayNumbers(
            people={part: said.get(field_of(part)) or 0 for part in every_part()},
            totals={name: said.get(name) or 0 for name in TOTALS},
            interpreting=said.get("interpreting"),
            trouble=tuple(said.get("trouble", ())),
            note=said.get("note", ""),
            why=said.get("why", ""),
        )

    def refuse(self, refusal: Refusal) -> None:
        """As every form; after a conflict what is sent next has seen the report as it stands."""
        super().refuse(refusal)
        if isinstance(refusal, ReportChanged):
            self.see(refusal.version)


class WhichDayForm(forms.Form):
    """The site and the day that somebody wants to report."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", empty_label=None, required=False
    )
    date = DayField(label=_("Day"))

    def __init__(self, data: Mapping[str, Any] | None, *, sites: list[Site]) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["site"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Site.objects.filter(pk__in=[site.pk for site in sites])
        if len(sites) == 1:
            del self.fields["site"]
