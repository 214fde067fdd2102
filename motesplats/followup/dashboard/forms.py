"""The form by which one chooses what the page is of: all of it stands in the address."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.codes import all_choices
from agencies.models import Site
from motesplats.followup.dashboard.look import Asked
from motesplats.followup.dimensions import MODES, TRACKS
from motesplats.followup.figures.period import Period, month_of, year_to
from motesplats.followup.figures.read import WHOLE
from motesplats.followup.goals.queries import default_series
from motesplats.models import Series

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
    against = forms.ModelChoiceField(
        Series.objects.all(), label=_("Compared with"), to_field_name="code", required=False, empty_label=None
    )

    def __init__(self, asked: dict[str, Any], *, years: Iterable[int], today: date) -> None:
        usual = year_to(today)
        self.usual_series = default_series()
        against = self.usual_series.code if self.usual_series else ""
        data = {"first": f"{usual.first:%Y-%m}", "last": f"{usual.last:%Y-%m}", "against": against}
        self.usual = data
        super().__init__(data | {name: word for name, word in asked.items() if word}, label_suffix="")
        self.today = today
        self.offered: dict[str, dict[str, Any]] = {}
        months = [month for year in sorted({*years, today.year}) for month in _months(year, today)]
        every = [(f"{month:%Y-%m}", date_format(month, "M Y")) for month in reversed(months)]
        self._offer("first", every)
        self._offer("last", every)
        self._offer("track", [("", _("all")), *TRACKS.items()])
        self._offer("mode", [("", _("all")), *MODES.items()])
        self._offer("agency", [("", _("all")), *sorted(all_choices(), key=itemgetter(1))])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.offered[name] = dict(choices)

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
    def asked(self) -> Asked:
        """What the valid form asks for."""
        cleaned = self.cleaned_data
        return Asked(
            period=Period(cleaned["first"], cleaned["last"]),
            site=cleaned["site"],
            part=next(((name, cleaned[name]) for name in PARTED if cleaned[name]), WHOLE),
            series=cleaned["against"] or self.usual_series,
            today=self.today,
            chosen=self.chosen,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the usual page, as in its address."""
        words = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return {name: word for name, word in words.items() if word != self.usual.get(name)}

    def word_of(self, name: str) -> str:
        """What is chosen in the field, in words."""
        word = self.cleaned_data[name] if name in ("site", "against") else self.data[name]
        return str(self.offered.get(name, {}).get(word, word))


def _months(year: int, today: date) -> list[date]:
    months = [date(year, month, 1) for month in range(1, 13)]
    return [month for month in months if month <= today]
