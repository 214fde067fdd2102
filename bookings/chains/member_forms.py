"""The form of one member of a party, and the members as rows."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.languages import LANGUAGES
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
    letter_language = forms.ChoiceField(label=_("Own letter"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, getattr(one, get_language())) for code, one in LANGUAGES.items()]
        cast(forms.ChoiceField, self.fields["letter_language"]).choices = [("", _("as the others")), *names]


class AmendedMemberForm(MemberForm):
    """The same of somebody who may be a member already: then `key` says who."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)


def rows_of(data: QueryDict, form: type[MemberForm] = MemberForm) -> list[dict[str, str]]:
    """The members as typed, a dict each; one more than allowed at most, so that the verb can refuse."""
    names = list(form.base_fields)
    columns = [data.getlist(name) for name in names]
    for column in columns[1:]:
        column.extend([""] * (len(columns[0]) - len(column)))  # of a field that the page has not
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)][: MOST_MEMBERS + 1]


def read_day(text: Any) -> date | None:
    """The date, or None if it cannot be read."""
    try:
        day: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day
