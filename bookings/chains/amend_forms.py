"""The form with which a registered party is corrected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict

from agencies.models import User
from agencies.spoken import of_letter, spoken_label
from agencies.web.language_fields import SpokenField
from bookings.chains.amend import Amended, amend_party
from bookings.chains.household_forms import HouseholdForm
from bookings.chains.member_forms import AmendedMemberForm
from bookings.models import Party
from bookings.parties.amend import AMENDABLE, Correction, MemberAsAmended
from bookings.parties.members import Member
from bookings.parties.protect import CONTACT
from bookings.parties.register import is_interpreted


class AmendForm(HouseholdForm):
    """What is known of a party, to be corrected; what is sealed of a protected one is left out."""

    member_form = AmendedMemberForm
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        party: Party,
        by: User,
        at: datetime,
        rows: Sequence[Mapping[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.party, self.by, self.at = party, by, at
        rows = rows if rows is not None else [] if party.is_protected else _rows(party)
        super().__init__(data, rows=rows, initial=_values(party), **kwargs)
        cast(SpokenField, self.fields["interpreter_language"]).kept = party.interpreter_language
        if party.is_protected:
            for name in CONTACT:
                del self.fields[name]

    def amend(self) -> Amended:
        """Correct the party by what was typed."""
        return amend_party(
            party=self.party,
            correction=self._correction(),
            by=self.by,
            at=self.at,
            seen=[self.cleaned_data["version"]] if self.cleaned_data["version"] else None,
        )

    def _correction(self) -> Correction:
        values = {name: self.cleaned_data[name] for name in AMENDABLE if name in self.cleaned_data}
        if self.party.is_protected:
            return Correction(values)
        return Correction(values, [_amended(dict(member.cleaned_data)) for member in self.members])


def _amended(typed: dict[str, Any]) -> MemberAsAmended:
    return MemberAsAmended(typed.pop("key"), Member(**typed))


def _values(party: Party) -> dict[str, Any]:
    stated = "" if party.interpreter_language == of_letter(party.language) else party.interpreter_language
    is_said = party.needs_interpreter != is_interpreted(party.language, stated)
    return {name: getattr(party, name) for name in AMENDABLE} | {
        "interpreter_language": spoken_label(stated),
        "needs_interpreter": ("yes" if party.needs_interpreter else "no") if is_said else "",
        "municipality": party.municipality.code,
        "legal_basis": party.legal_basis.code,
        "version": party.version,
    }


def _rows(party: Party) -> list[dict[str, Any]]:
    names = AmendedMemberForm.base_fields
    return [{name: getattr(member, name) for name in names} for member in party.members.all()]
