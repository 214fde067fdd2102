"""The form by which the secretariat chooses figures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motesplats.followup.tables import OldMeasure

QUARTERS = [
    (0, _("Whole year")),
    (1, _("January–March")),
    (2, _("April–June")),
    (3, _("July–September")),
    (4, _("October–December")),
]


class FiguresForm(forms.Form):
    """OldMeasure, year and quarter; by default the parties of this whole year."""

    measure = forms.TypedChoiceField(label=_("Figures"), choices=OldMeasure, coerce=OldMeasure)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    quarter = forms.TypedChoiceField(label=_("Months"), choices=QUARTERS, coerce=int)

    def __init__(self, asked: dict[str, Any], *, years: Iterable[int], this_year: int) -> None:
        usual = {"measure": OldMeasure.PARTIES, "year": this_year, "quarter": 0}
        super().__init__(usual | asked, label_suffix="")
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, year) for year in sorted({*years, this_year}, reverse=True)]
