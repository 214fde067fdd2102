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
from motesplats.followup.dimensions import SEX_AGE, TRACK_SEX_AGE, TRACKS
from motesplats.followup.reports.numbers import (
    LONGEST_NOTE,
    LONGEST_WHY,
    MOST,
    TOTALS,
    DayNumbers,
    every_part,
    name_of,
)
from motesplats.followup.reports.write import ReportChanged
from motesplats.followup.within_tracks import Part, added_up
from motesplats.models import DayReport


def field_of(part: Part) -> str:
    """The name of a number's field: "sex_age-F-18-64"."""
    return "-".join(filter(None, part)).replace("|", "-").replace("+", "")


# In which track people came: one, several with a table for each, or several as in older reports.
SEVERAL, APART = "several", "apart"


def part_words(part: Part) -> str:
    """Of what the number is a part, for the sums of the page: "sex_age F 0-17", within a track also "t1 t1F t10-17"."""
    dimension, key = part
    if dimension != TRACK_SEX_AGE:
        return " ".join(part).replace("|", " ")
    track, sex, age = key.split("|")
    return f"{SEX_AGE} {sex} {age} t{track} t{track}{sex} t{track}{age}"


class NumberOfPeopleField(forms.IntegerField):
    """A whole number up to what one day can have, typed with whichever digits; left out it is none."""

    def __init__(self, part: Part, counted: int | None) -> None:
        attributes: dict[str, Any] = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 6}
        attributes |= {"aria-label": capfirst(name_of(part)), "data-part": part_words(part)}
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
    """A day's numbers beside what attendance counted; `numbers()` is what the valid form says.

    Who came in one track is typed by sex and age; who came in several by sex and age within each.
    """

    track = forms.ChoiceField(
        label=_("In which track did they come?"), required=False, widget=forms.RadioSelect
    )
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
            "track": _way_of(numbers),
        }
        super().__init__(data, initial=initial)
        self._offer_tracks(is_apart=initial["track"] == APART)
        seen = counted.parts() if counted else {}
        for part in parts:
            if part[0] == "track" and not self.is_apart:
                continue
            self.fields[field_of(part)] = NumberOfPeopleField(part, seen.get(part))
        for name in ("note", "why"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _offer_tracks(self, *, is_apart: bool) -> None:
        self.is_apart = is_apart
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, capfirst(str(label))) for key, label in TRACKS.items()]
        field.choices += [(SEVERAL, gettext("Several tracks"))]
        if is_apart:
            field.choices += [(APART, gettext("Several, by sex and age only together"))]

    def of_part(self, part: Part) -> BoundField | None:
        """The field of a number, if it has one."""
        return self[field_of(part)] if field_of(part) in self.fields else None

    def number_errors(self) -> list[str]:
        """The errors of all numbers, each with its number's name."""
        fields = map(self.of_part, (*every_part(), *(("", name) for name in TOTALS)))
        return [str(error) for field in fields if field for error in field.errors]

    def numbers(self) -> DayNumbers:
        """What the form says, as far as it can be used."""
        said = self.cleaned_data
        return DayNumbers(
            people=self._people({part: said.get(field_of(part)) or 0 for part in every_part()}),
            totals={name: said.get(name) or 0 for name in TOTALS},
            interpreting=said.get("interpreting"),
            trouble=tuple(said.get("trouble", ())),
            note=said.get("note", ""),
            why=said.get("why", ""),
        )

    def _people(self, typed: Mapping[Part, int]) -> dict[Part, int]:
        """What is typed, as the way is in which they came: of several tracks only what is within each."""
        way = self.cleaned_data.get("track", "")
        within = {part: number for part, number in typed.items() if part[0] == TRACK_SEX_AGE}
        others = {part: number for part, number in typed.items() if part not in within}
        if way == SEVERAL:
            return {part: number for part, number in others.items() if part[0] == "mode"} | added_up(within)
        if way in TRACKS:
            whole = sum(number for (dimension, _key), number in others.items() if dimension == SEX_AGE)
            return others | {("track", key): whole * (key == way) for key in TRACKS}
        return others

    def refuse(self, refusal: Refusal) -> None:
        """As every form; after a conflict what is sent next has seen the report as it stands."""
        super().refuse(refusal)
        if isinstance(refusal, ReportChanged):
            self.see(refusal.version)


def _way_of(numbers: DayNumbers) -> str:
    """In which way the report's people came; not known while nobody is written down by track."""
    if len(numbers.tracks) < 2:
        return "".join(numbers.tracks)
    return SEVERAL if numbers.is_within_tracks else APART


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
