"""Forms of the capacity page: what is expected in a month, and a file of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Municipality
from agencies.web.fields import TextField, in_latin_digits
from agencies.web.forms import RefusableForm
from bookings.capacity.expect import Numbers
from bookings.capacity.outcome import SaidForecast
from bookings.models.forecasts import LONGEST_SOURCE, MOST_EXPECTED

PARTS = ("lowest", "likely", "highest")
LABELS = {"lowest": _("lowest"), "likely": _("likely"), "highest": _("highest")}


class CountField(forms.IntegerField):
    """A number of people, typed with whichever digits."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=MOST_EXPECTED,
            widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": 6}),
        )
        self.error_messages["invalid"] = gettext("Write whole numbers up to 9999.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A municipality's fields, and the last that was said of it for the month or else for any other."""

    municipality: Municipality
    fields: tuple[BoundField, ...]
    source: BoundField
    said: SaidForecast | None
    said_otherwise: SaidForecast | None

    @property
    def errors(self) -> list[str]:
        return list(
            dict.fromkeys(str(error) for field in (*self.fields, self.source) for error in field.errors)
        )


class MonthForm(RefusableForm):
    """What each of the site's municipalities expects in a month; a row that is left empty says nothing."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        municipalities: Sequence[Municipality],
        month: date,
        said: Sequence[SaidForecast],
    ) -> None:
        self.municipalities, self.month = municipalities, month
        self.said = {one.municipality: one for one in said if one.month == month}
        self.ever = {one.municipality: one for one in said}
        super().__init__(data, initial=self._typed(), auto_id="m-%s")
        for one in municipalities:
            for part in PARTS:
                self.fields[f"{part}-{one.code}"] = CountField(f"{one}, {LABELS[part]}")
            label = gettext("%(municipality)s, source") % {"municipality": one}
            self.fields[f"source-{one.code}"] = TextField(label, maxlength=LONGEST_SOURCE)

    def _typed(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self.municipalities:
            if said := self.said.get(one.pk):
                found |= {f"{part}-{one.code}": int(getattr(said.expected, part)) for part in PARTS}
                found[f"source-{one.code}"] = said.source
        return found

    def rows(self) -> Iterator[MonthRow]:
        for one in self.municipalities:
            fields = tuple(self[f"{part}-{one.code}"] for part in PARTS)
            source = self[f"source-{one.code}"]
            yield MonthRow(one, fields, source, self.said.get(one.pk), self.ever.get(one.pk))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for one in self.municipalities:
            names = [f"{part}-{one.code}" for part in PARTS]
            given = [number for name in names if (number := found.get(name)) is not None]
            if any(name in self.errors for name in names) or not given:
                continue
            if len(given) < len(PARTS):
                missing = next(name for name in names if found.get(name) is None)
                self.add_error(missing, gettext("Write all three numbers."))
            elif given != sorted(given):
                self.add_error(names[1], gettext("Lowest, likely and highest come in that order."))
        return found

    def numbers(self) -> list[Numbers]:
        """What the valid form says."""
        found = []
        for one in self.municipalities:
            lowest, likely, highest = (self.cleaned_data[f"{part}-{one.code}"] for part in PARTS)
            if lowest is not None:
                source = self.cleaned_data[f"source-{one.code}"]
                found.append(Numbers(one, self.month, lowest, likely, highest, source))
        return found
