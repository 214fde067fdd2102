"""The form of a new party: its people, its needs, and the search for its day."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain as joined
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.clock import local
from agencies.languages import LANGUAGES
from agencies.models import AgencyCode, Municipality, Role, Sex, User
from agencies.refusals import Refusal
from agencies.spoken import common_languages, of_letter
from agencies.web.fields import DayField, TextField
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import Rule, required_meetings
from bookings.chains.language_fields import SpokenField
from bookings.chains.member_forms import MemberForm, read_day, rows_of
from bookings.models import LegalBasis, Party
from bookings.parties.register import (
    MOST_MEMBERS,
    CheckedRegistration,
    Member,
    Particulars,
    check_registration,
    register_party,
)
from bookings.proposals.forms import SearchForm

ASSUMED_AGE = timedelta(days=30 * 366)  # as long as no birth date is typed
EITHER = [("", _("either")), (Sex.FEMALE, _("woman")), (Sex.MALE, _("man"))]
SWEDISH_ORDER = str.maketrans("åäö", "{|}")  # the characters after z


class PartyForm(SearchForm):
    """A new party with its members, each a form of its own, and the search for its day."""

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
    housing = TextField(_("Housing"))
    phone = TextField(_("Mobile phone"), inputmode="tel")
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )
    is_protected = forms.BooleanField(
        label=_("Protected identity"),
        required=False,
        help_text=_("An alias stands for each person everywhere; names and addresses are sealed."),
    )
    step_free = forms.BooleanField(label=_("Step-free"), required=False)
    extra_time = forms.BooleanField(label=_("Extra time"), required=False)
    interpreter_sex = forms.ChoiceField(label=_("Interpreter"), required=False, choices=EITHER)
    caseworker_sex = forms.ChoiceField(label=_("Caseworkers"), required=False, choices=EITHER)
    registration = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        typed: QueryDict | None = None,
        rows: Sequence[Mapping[str, str]] = ({},),
        **kwargs: Any,
    ) -> None:
        """`data` is validated; `typed` is only shown again, when a member was added or removed."""
        self.typed = data or typed or QueryDict()
        super().__init__(data, initial=self.typed.dict(), **kwargs)
        self.rows = rows_of(data) if data else rows
        self.members = [
            MemberForm(row if data else None, initial=row, auto_id=f"id_member{n}_%s")
            for n, row in enumerate(self.rows, start=1)
        ]
        self.party_errors: list[str] = []
        self.common_languages = common_languages()
        self._offer_choices()

    def _offer_choices(self) -> None:
        names = [(code, getattr(one, get_language())) for code, one in LANGUAGES.items()]
        self._set_choices("language", [("", _("Choose")), *names])
        found = sorted(
            Municipality.objects.all(), key=lambda one: one.short_name.lower().translate(SWEDISH_ORDER)
        )
        self._set_choices("municipality", [(one.code, one.short_name) for one in found])
        bases = sorted(
            LegalBasis.objects.all(), key=lambda basis: [int(n) for n in re.findall(r"\d+", basis.code)]
        )
        self._set_choices("legal_basis", [(basis.code, basis) for basis in bases])
        self.initial.setdefault("municipality", home_of(self.by))
        tracks = {track.pk for track in self.offered("track")}
        usual = [basis.code for basis in bases if basis.default_track_id in tracks]
        self.initial.setdefault("legal_basis", next(iter(usual), None))
        if self.by.role != Role.COORDINATOR:
            del self.fields["override_reason"]

    def _set_choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def is_valid(self) -> bool:
        members = [member.is_valid() for member in self.members]
        return super().is_valid() and all(members)

    def all_fields(self) -> Iterable[forms.BoundField]:
        return [*joined.from_iterable(self.members), *self]

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

    def check_registration(self) -> CheckedRegistration:
        """Check whether the party could be registered, and write nothing."""
        return check_registration(**self._verb_arguments())

    def register(self) -> Party:
        """Register the party; the same page sent twice gives the same one."""
        return register_party(**self._verb_arguments(), registration=self.cleaned_data["registration"])

    def _verb_arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        particulars = {name: data[name] for name in Particulars.__slots__ if name in data}
        return {
            "language": data["language"],
            "municipality": data["municipality"],
            "legal_basis": data["legal_basis"],
            "members": [Member(**member.cleaned_data) for member in self.members],
            "particulars": Particulars(**particulars, switched=self.switched),
            "by": self.by,
            "at": self.at,
        }

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

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return rules_in_force()

    @cached_property
    def by_rule(self) -> set[str]:
        """The agencies that the rules let members born on the typed dates meet on the first day."""
        births = tuple(self._births()) or (local(self.at).date() - ASSUMED_AGE,)
        track = next((track.number for track in self.offered("track")), 0)
        day = read_day(self.typed.get("first")) or local(self.at).date()
        met = {meeting.agency for meeting in required_meetings(self.rules, births, track=track, day=day)}
        return met - self.left_out

    @cached_property
    def left_out(self) -> set[str]:
        """The municipality, if it has no desk at the site and so meets its people elsewhere."""
        home, typed = self["municipality"].value(), self["site"].value()
        site = next((one for one in self.offered("site") if str(one.pk) == str(typed)), None)
        if site is None or Municipality.objects.filter(code=home, is_host=True, site=site).exists():
            return set()
        desks = User.objects.filter(is_active=True, resource__isnull=False, sites=site)
        return set() if desks.filter(agency__municipality__code=home).exists() else {AgencyCode.KOM}

    @cached_property
    def switched(self) -> dict[str, bool]:
        """The stops that the user ticked or cleared against the rules, compared with the page as it was shown."""
        ticked, shown = set(self.typed.getlist("stops")), set(self.typed.getlist("by_rule"))
        switchable = {rule.agency for rule in self.rules if rule.may_be_switched}
        touched = (ticked ^ shown) & switchable
        return {
            code: code in ticked for code in sorted(touched) if (code in ticked) != (code in self.by_rule)
        }

    @property
    def stops(self) -> Iterator[dict[str, Any]]:
        """The agencies as checkboxes; `fixed` where no rule lets the user switch."""
        switchable = {rule.agency for rule in self.rules if rule.may_be_switched}
        for code, name in AgencyCode.choices:
            ticked = self.switched.get(code, code in self.by_rule) and code not in self.left_out
            is_fixed = code not in switchable or code in self.left_out
            yield {"code": code, "name": name, "ticked": ticked, "fixed": is_fixed}

    def _births(self) -> Iterator[date]:
        found = (read_day(row.get("birth_date")) for row in self.rows)
        return (birth for birth in found if birth)


def home_of(user: User) -> str | None:
    """The code of the agency's own municipality, or of the host municipality of one of the user's sites."""
    own = Municipality.objects.filter(agency=user.agency_id or 0)
    host = Municipality.objects.filter(site__staff=user, is_host=True)
    return (own.first() or host.first() or Municipality(code="")).code or None
