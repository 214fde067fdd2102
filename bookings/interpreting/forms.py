"""What a coordinator types to order an interpreter, to confirm one, and to put one on shift."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.codes import all_choices
from agencies.models import Sex, SiteDay
from agencies.spoken import interpreted_as
from agencies.web.forms import RefusableForm
from agencies.web.language_fields import SpokenField
from bookings.interpreting.serializers import MOST_KM, MOST_MINUTES
from interpreters.agreements.queries import valid_agreements
from interpreters.models import Form, Interpreter, InterpreterOrder, Level
from interpreters.pool.queries import pool_of

NOBODY = ("", "–")
Choices = Iterable[tuple[str, Any]]


def described(one: Interpreter) -> str:
    """The interpreter as a choice: name, languages with dialect and level, how."""
    spoken = ", ".join(
        f"{mastery.language}{f' ({mastery.dialect})' if mastery.dialect else ''} {mastery.level}"
        for mastery in one.masteries.all()
    )
    form = gettext("on screen") if one.remote else gettext("on site")
    return f"{one} · {spoken} · {form}"


def choices_of(pool: Iterable[Interpreter]) -> Choices:
    """By reference."""
    return [(one.resource.reference or "", described(one)) for one in pool]


class AskForm(RefusableForm):
    """An order for the site day; its names are those of the API."""

    language = SpokenField(label=_("Language"))
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

    def __init__(self, *args: Any, site_day: SiteDay, pool: Iterable[Interpreter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Choices] = {
            "agreement": [
                (one.contract_number, f"{one.contract_number} · {one.supplier}")
                for one in valid_agreements(site_day.date)
            ],
            "agency": [NOBODY, *all_choices()],
            "interpreter": [("", _("Whom the supplier sends")), *choices_of(pool)],
        }
        for name, choices in offered.items():
            set_choices(self, name, choices)


class ConfirmForm(RefusableForm):
    """Whom the supplier sends, if that is somebody of the pool, and how far that one travels."""

    interpreter = forms.ChoiceField(label=_("Who comes"), required=False)
    travel_minutes = forms.IntegerField(
        label=_("Travel in minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    travel_km = forms.IntegerField(
        label=_("Travel in kilometres"), required=False, min_value=0, max_value=MOST_KM
    )

    def __init__(
        self, *args: Any, order: InterpreterOrder, pool: Iterable[Interpreter], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="confirm-%s", **kwargs)
        languages = set(interpreted_as(order.language))
        fit = [
            one
            for one in pool
            if languages & {mastery.language for mastery in one.masteries.all()}
            and order.sex in ("", one.sex)
        ]
        whom = order.interpreter or _("Whom the supplier sends")
        set_choices(self, "interpreter", [("", whom), *choices_of(fit)])


class PoolShiftForm(RefusableForm):
    """Somebody of the pool who works that day, or stands by for others."""

    interpreter = forms.ChoiceField(label=_("Interpreter"))
    starts = forms.TimeField(label=_("Starts"), required=False)
    ends = forms.TimeField(label=_("Ends"), required=False)
    spare = forms.BooleanField(
        label=_("As a spare: the planner offers nothing of it until it is used"), required=False
    )

    def __init__(self, *args: Any, pool: Iterable[Interpreter], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="shift-%s", **kwargs)
        set_choices(self, "interpreter", choices_of(pool))


def pool_at(site_day: SiteDay) -> list[Interpreter]:
    """The site's pool; three queries."""
    return list(pool_of([site_day.location.site]))


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer these in the form's field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
