"""The form of one member of a party, and the members as rows."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.codes import met_choices
from agencies.languages import LANGUAGES
from agencies.models import Sex
from agencies.web.fields import DayField, TextField
from agencies.web.forms import RefusableForm
from bookings.parties.usable import MOST_MEMBERS

OWN = ("letter_language", "own_phone", "own_email", "own_meetings")


class OwnMeetings(forms.CheckboxSelectMultiple):
    """Boxes whose values begin with the number of their row, as a box that is not ticked sends nothing: "2:AF"."""

    number = 1

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return option | {"value": f"{self.number}:{option['value']}"}


class MemberForm(RefusableForm):
    """One person of the party: a row."""

    given_name = TextField(_("Given name"), required=True)
    family_name = TextField(_("Family name"), help_text=_("Leave empty if there is only one name."))
    birth_date = DayField(label=_("Born"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", _("not stated")), (Sex.FEMALE, _("woman")), (Sex.MALE, _("man"))],
    )
    letter_language = forms.ChoiceField(label=_("Own letter"), required=False)
    own_meetings = forms.MultipleChoiceField(
        label=_("Is met alone by"), required=False, choices=met_choices, widget=OwnMeetings
    )

    own_phone = TextField(
        _("Own mobile phone"), inputmode="tel", help_text=_("Messages go there, and not to the party's.")
    )
    own_email = forms.EmailField(
        label=_("Own e-mail"), required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, number: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(OwnMeetings, self.fields["own_meetings"].widget).number = number
        names = [(code, getattr(one, get_language())) for code, one in LANGUAGES.items()]
        cast(forms.ChoiceField, self.fields["letter_language"]).choices = [("", _("as the others")), *names]

    own = OWN

    @property
    def has_own(self) -> bool:
        """Whether something is stated, or wrong, that only few people have of their own."""
        return any(self[name].value() or self[name].errors for name in OWN)


class AmendedMemberForm(MemberForm):
    """The same of somebody who may be a member already: then `key` says who."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)


def rows_of(data: QueryDict, form: type[MemberForm] = MemberForm) -> list[dict[str, Any]]:
    """The members as typed, a dict each; one more than allowed at most, so that the verb can refuse."""
    names = [name for name in form.base_fields if name != "own_meetings"]
    columns = [data.getlist(name) for name in names]
    for column in columns[1:]:
        column.extend([""] * (len(columns[0]) - len(column)))  # of a field that the page has not
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)][: MOST_MEMBERS + 1]
    ticked = [value.partition(":") for value in data.getlist("own_meetings")]
    return [
        row | {"own_meetings": [code for number, _colon, code in ticked if number == str(n)]}
        for n, row in enumerate(rows, start=1)
    ]


def read_day(text: Any) -> date | None:
    """The date, or None if it cannot be read."""
    try:
        day: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day
