"""The form by which one chooses what the page is of: all of it stands in the address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from motesplats.followup.dimensions import MODES, TRACKS
from motesplats.followup.figures.period import Period, month_of, year_to

PARTED = ("track", "agency", "mode")


class DashboardForm(forms.Form):
    """Months, a site, and one of track, agency and mode; by default this year of the whole country."""

    first = forms.TypedChoiceField(label=_("From"), coerce=month_of)
    last = forms.TypedChoiceField(label=_("To"), coerce=month_of)
    site = forms.ModelChoiceField(
        Site.objects.all(), label=_("Site"), to_field_name="code", required=False, empty_label=_("all")
    )
    track = forms.ChoiceField(label=_("Track"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    mode = forms.ChoiceField(label=_("Mode"), required=False)

    def __init__(self, asked: dict[str, Any], *, years: Iterable[int], today: date) -> None:
        usual = year_to(today)
        data = {"first": f"{usual.first:%Y-%m}", "last": f"{usual.last:%Y-%m}"}
        super().__init__(data | {name: word for name, word in asked.items() if word}, label_suffix="")
        self.today = today
        months = [month for year in sorted({*years, today.year}) for month in _months(year, today)]
        every = [(f"{month:%Y-%m}", date_format(month, "M Y")) for month in reversed(months)]
        codes = Agency.objects.values_list("code", flat=True).order_by("code").distinct()
        self._offer("first", every)
        self._offer("last", every)
        self._offer("track", [("", _("all")), *TRACKS.items()])
        self._offer("mode", [("", _("all")), *MODES.items()])
        self._offer("agency", [("", _("all")), *((code, code) for code in codes)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Months in order; one part at a time, because no two are counted together."""
        chosen = super().clean() or {}
        if chosen.get("first") and chosen.get("last") and chosen["first"] > chosen["last"]:
            self.add_error("last", _("The period ends before it begins."))
        parted = [name for name in PARTED if chosen.get(name)]
        if len(parted) > 1:
            self.add_error(
                parted[-1], _("Choose one of track, agency and mode: they are not counted together.")
            )
        return chosen

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    @property
    def part(self) -> tuple[str, str]:
        """The dimension and part chosen, or two empty words."""
        return next(((name, self.cleaned_data[name]) for name in PARTED if self.cleaned_data[name]), ("", ""))

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the usual page, as in its address."""
        usual = year_to(self.today)
        words = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return {
            name: word
            for name, word in words.items()
            if (name, word) not in (("first", f"{usual.first:%Y-%m}"), ("last", f"{usual.last:%Y-%m}"))
        }


def _months(year: int, today: date) -> list[date]:
    months = [date(year, month, 1) for month in range(1, 13)]
    return [month for month in months if month <= today]
