"""What a coordinator types to order an interpreter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.codes import all_choices
from agencies.models import Sex, SiteDay
from agencies.web.fields import TextField
from agencies.web.forms import RefusableForm
from interpreters.agreements.queries import valid_agreements
from interpreters.models import Form, Interpreter, Level

NOBODY = ("", "–")


class AskForm(RefusableForm):
    """An order for the site day; its names are those of the API."""

    language = TextField(_("Language"), required=True, help_text=_("ISO 639-3, such as tir"), maxlength=3)
    starts = forms.TimeField(label=_("Starts"), widget=forms.TextInput({"placeholder": "08:30"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TextInput({"placeholder": "12:00"}))
    agreement = forms.ChoiceField(label=_("Agreement"))
    agency = forms.ChoiceField(label=_("Ordering agency"), required=False)
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices)
    level = forms.ChoiceField(label=_("Level"), choices=[NOBODY, *Level.choices], required=False)
    sex = forms.ChoiceField(
        label=_("Interpreter of this sex"), choices=[NOBODY, *Sex.choices], required=False
    )
    interpreter = forms.ChoiceField(label=_("Interpreter"), required=False)

    def __init__(self, *args: Any, site_day: SiteDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pool = Interpreter.objects.filter(sites=site_day.location.site).values_list("name", flat=True)
        offered: dict[str, list[tuple[str, Any]]] = {
            "agreement": [
                (one.contract_number, f"{one.contract_number} · {one.supplier}")
                for one in valid_agreements(site_day.date)
            ],
            "agency": [NOBODY, *all_choices()],
            "interpreter": [("", _("Whom the supplier sends")), *((name, name) for name in pool)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
