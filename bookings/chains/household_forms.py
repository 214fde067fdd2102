"""The fields of a household, which a new party and a correction have in common; its members are a form each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain as joined
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.languages import LANGUAGES
from agencies.models import Housing, Municipality, Sex, User
from agencies.refusals import Refusal
from agencies.spoken import common_languages, of_letter
from agencies.web.fields import DayField, TextField
from agencies.web.forms import RefusableForm
from agencies.web.language_fields import SpokenField
from bookings.chains.member_forms import MemberForm, rows_of
from bookings.models import LegalBasis
from bookings.parties.register import MAY_OVERRIDE
from bookings.parties.usable import MOST_MEMBERS

EITHER = [("", _("either")), (Sex.FEMALE, _("woman")), (Sex.MALE, _("man"))]
SWEDISH_ORDER = str.maketrans("åäö", "{|}")  # the characters after z


class HouseholdForm(RefusableForm):
    """Where a household lives, what it needs, and its members."""

    by: User
    at: datetime
    member_form: ClassVar[type[MemberForm]] = MemberForm

    language = forms.ChoiceField(label=_("Language of the letter"))
    needs_interpreter = forms.TypedChoiceField(
        label=_("Needs an interpreter"),
        required=False,
        choices=[("", _("as the language says")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        help_text=_("Unless you say: yes, but not for a letter in Swedish or English alone."),
    )
    interpreter_language = SpokenField(
        label=_("Interpreter's language"),
        required=False,
        help_text=_("If it is not that of the letter: any language, sign languages too, by name or code."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Home municipality"), to_field_name="code", empty_label=None
    )
    legal_basis: "forms.ModelChoiceField[LegalBasis]" = forms.ModelChoiceField(
        LegalBasis.objects.all(), label=_("Legal basis"), to_field_name="code", empty_label=None
    )
    override_reason = TextField(_("Why the legal basis need not hold"))
    decided_on = DayField(label=_("Permit decided"), required=False)
    is_quota = forms.BooleanField(label=_("Quota refugees"), required=False)
    case_reference = TextField(_("Own case reference"))
    address = TextField(_("Postal address"))
    housing_kind = forms.ChoiceField(
        label=_("Housing"), required=False, choices=[("", _("not known")), *Housing.choices]
    )
    housing = TextField(_("More about the housing"))
    phone = TextField(_("Mobile phone"), inputmode="tel")
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )
    step_free = forms.BooleanField(label=_("Step-free"), required=False)
    extra_time = forms.BooleanField(label=_("Extra time"), required=False)
    interpreter_sex = forms.ChoiceField(label=_("Interpreter"), required=False, choices=EITHER)
    caseworker_sex = forms.ChoiceField(label=_("Caseworkers"), required=False, choices=EITHER)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        typed: QueryDict | None = None,
        rows: Sequence[Mapping[str, Any]] = ({},),
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """`data` is validated; `typed` is only shown again, when a member was added or removed."""
        self.typed = data or typed or QueryDict()
        super().__init__(data, initial=self.typed.dict() or dict(initial or {}), **kwargs)
        self.rows = rows_of(data, self.member_form) if data else rows
        self.members = [
            self.member_form(row if data else None, initial=row, auto_id=f"id_member{n}_%s", number=n)
            for n, row in enumerate(self.rows, start=1)
        ]
        self.party_errors: list[str] = []
        self.common_languages = common_languages()
        if typed and self.members:
            self.members[-1].fields["given_name"].widget.attrs["autofocus"] = True
        self._offer_choices()

    def _offer_choices(self) -> None:
        names = [(code, getattr(one, get_language())) for code, one in LANGUAGES.items()]
        self._set_choices("language", [("", _("Choose")), *names])
        found = sorted(
            Municipality.objects.all(), key=lambda one: one.short_name.lower().translate(SWEDISH_ORDER)
        )
        self._set_choices("municipality", [(one.code, one.short_name) for one in found])
        self.bases = sorted(
            LegalBasis.objects.all(), key=lambda basis: [int(n) for n in re.findall(r"\d+", basis.code)]
        )
        self._set_choices("legal_basis", [(basis.code, basis) for basis in self.bases])
        if self.by.role not in MAY_OVERRIDE:
            del self.fields["override_reason"]

    def _set_choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def is_valid(self) -> bool:
        members = [member.is_valid() for member in self.members]
        return super().is_valid() and all(members)

    def all_fields(self) -> Iterable[forms.BoundField]:
        return [*joined.from_iterable(self.members), *self]

    def point_at_error(self) -> None:
        """Give the first field with an error the focus."""
        for field in self.all_fields():
            if field.errors and not field.is_hidden:
                field.field.widget.attrs["autofocus"] = True
                return

    @property
    def spoken(self) -> str:
        """The code of the language that is interpreted."""
        return str(
            self.cleaned_data.get("interpreter_language") or of_letter(self.cleaned_data.get("language", ""))
        )

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_MEMBERS

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or self.party_errors or any(member.errors for member in self.members))

    def refuse(self, refusal: Refusal) -> None:
        """Messages about a member go to its row, those about all members below the rows, others to their fields."""
        members = refusal.errors.get("members", [])
        for n, messages in enumerate(members):
            if isinstance(messages, str):
                self.party_errors.append(messages)
            else:
                self.members[n].refuse(Refusal(refusal.message, errors=messages)) if messages else None
        others = {name: found for name, found in refusal.errors.items() if name != "members"}
        if others or not members:
            super().refuse(Refusal(refusal.message, errors=others))


def changed_rows(data: QueryDict, form: type[MemberForm] = MemberForm) -> list[dict[str, Any]]:
    """The members after one was added or removed; empty when the request asks for something else."""
    do, rows = data.get("do", ""), rows_of(data, form)
    if do == "add":
        return [*rows, {"family_name": rows[-1]["family_name"] if rows else ""}]
    if do.startswith("remove-"):
        return [row for n, row in enumerate(rows, start=1) if do != f"remove-{n}"] or [{}]
    return []
