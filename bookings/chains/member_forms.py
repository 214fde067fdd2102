"""The form of one member of a party, and the members as rows."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.models import Sex
from agencies.web.fields import DayField, TextField
from agencies.web.forms import RefusableForm
from bookings.parties.register import MOST_MEMBERS


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


class AmendedMemberForm(MemberForm):
    """The same of somebody who may be a member already: then `key` says who."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)


def rows_of(data: QueryDict, form: type[MemberForm] = MemberForm) -> list[dict[str, str]]:
    """The members as typed, a dict each; one more than allowed at most, so that the verb can refuse."""
    names = list(form.base_fields)
    columns = (data.getlist(name) for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)][: MOST_MEMBERS + 1]


def read_day(text: Any) -> date | None:
    """The date, or None if it cannot be read."""
    try:
        day: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day
