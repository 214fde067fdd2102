"""An agreement and its terms, as they are typed; sums in kronor."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.codes import KOM
from agencies.models import Agency, Municipality, Role, User
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from interpreters.agreements.costs import CancelStep
from interpreters.models import Agreement, Form, Level

RANKS, STEPS = range(1, 4), range(1, 4)  # rows of the forms
ORE = 100


class KronorField(forms.DecimalField):
    """A sum in kronor, with comma or point; cleans to öre, None if nothing was typed."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            label=label,
            min_value=Decimal(0),
            max_digits=9,
            decimal_places=2,
            required=False,
            widget=widget,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        kronor = super().clean(value)
        return None if kronor is None else int(kronor * ORE)


class AgreementForm(RefusableForm):
    """What stands on the agreement's first page."""

    contract_number = forms.RegexField(
        r"^[\w.:-]+\Z",
        label=_("Contract number"),
        max_length=40,
        help_text=_("Letters, digits, hyphen, dot and colon, such as 23.3-2693-22"),
        error_messages={"invalid": _("Write letters, digits, hyphens, dots and colons alone.")},
    )
    name = forms.CharField(label=_("Name"), max_length=100, validators=[validate_plain])
    supplier = forms.CharField(label=_("Supplier"), max_length=100, validators=[validate_plain])
    kind = forms.ChoiceField(label=_("Kind of agreement"), choices=Agreement.Kind.choices)
    agencies = forms.ModelMultipleChoiceField(
        label=_("Agencies"), queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    orderer = forms.ModelChoiceField(
        label=_("Who orders when nobody says"), queryset=Agency.objects.none(), required=False
    )
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("agencies", "orderer"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = agencies_of(by)
        counties = Municipality.objects.order_by("county").values_list("county", flat=True).distinct()
        for number in RANKS:
            self.fields[f"county{number}"] = forms.ChoiceField(
                label=_("County"), choices=[("", "–"), *((name, name) for name in counties)], required=False
            )
            self.fields[f"rank{number}"] = forms.IntegerField(
                label=_("Rank"), min_value=1, max_value=99, required=False
            )

    def ranks(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each county with the supplier's rank in it."""
        return ((self[f"county{number}"], self[f"rank{number}"]) for number in RANKS)

    def arguments(self) -> dict[str, Any]:
        """What was typed, as arguments of the verb."""
        data = self.cleaned_data
        ranks = {
            data[f"county{number}"]: data.get(f"rank{number}") or 1
            for number in RANKS
            if data.get(f"county{number}")
        }
        names = (
            "contract_number",
            "name",
            "supplier",
            "kind",
            "agencies",
            "orderer",
            "valid_from",
            "valid_until",
        )
        return {name: data[name] for name in names} | {"ranks": ranks}


def agencies_of(by: User) -> Any:
    """Of a manager the own agency; else the national ones and the sites' municipalities."""
    if by.role == Role.MANAGER:
        return Agency.objects.filter(pk__in=[by.agency_id])
    of_sites = {} if by.role == Role.SECRETARIAT else {"municipality__site__in": by.sites.all()}
    here = Agency.objects.filter(code=KOM, municipality__is_host=True, **of_sites)
    return (Agency.objects.exclude(code=KOM) | here).order_by("code", "name")


class TermsForm(RefusableForm):
    """What the agreement costs from a day on."""

    valid_from = DayField(label=_("Valid from"))
    unit_minutes = forms.TypedChoiceField(
        label=_("Charged by"),
        choices=[
            (30, _("started half hour")),
            (60, _("started hour")),
            (15, _("started quarter")),
            (1, _("minute")),
        ],
        coerce=int,
    )
    minimum_minutes = forms.IntegerField(
        label=_("Minimum charge in minutes"), min_value=0, max_value=600, initial=60
    )
    travel_ore = KronorField(_("Travel: kronor for a started half hour"))
    km_ore = KronorField(_("Travel: kronor for a kilometre"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in STEPS:
            self.fields[f"hours{number}"] = forms.IntegerField(
                label=_("Cancelled less than so many hours before"),
                min_value=1,
                max_value=2000,
                required=False,
            )
            self.fields[f"percent{number}"] = forms.IntegerField(
                label=_("Percent of the charge"), min_value=1, max_value=100, required=False
            )
        for form in Form:
            for level in Level:
                label = f"{form.label}, {level.value}"
                self.fields[f"price-{form.value}-{level.name}"] = KronorField(label)

    def steps(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each step of cancelling."""
        return ((self[f"hours{number}"], self[f"percent{number}"]) for number in STEPS)

    def prices(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """For each form of interpreting the fields by level."""
        for form in Form:
            yield str(form.label), [self[f"price-{form.value}-{level.name}"] for level in Level]

    def arguments(self) -> dict[str, Any]:
        """What was typed, as arguments of the verb."""
        data = self.cleaned_data
        steps = [
            CancelStep(data[f"hours{number}"], data.get(f"percent{number}") or 0)
            for number in STEPS
            if data.get(f"hours{number}")
        ]
        prices = {
            (form.value, level.value): ore
            for form in Form
            for level in Level
            if (ore := data.get(f"price-{form.value}-{level.name}")) is not None
        }
        return {
            "valid_from": data["valid_from"],
            "unit_minutes": data["unit_minutes"],
            "minimum_minutes": data["minimum_minutes"],
            "travel": (30, data.get("travel_ore") or 0),
            "km_ore": data.get("km_ore") or 0,
            "steps": steps,
            "prices": prices,
        }
