"""The form of a new party: its people, its needs, and the search for its day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.clock import local
from agencies.codes import KOM, known_codes, met_choices
from agencies.models import Municipality, User
from agencies.refusals import Refusal
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import Rule, required_meetings
from bookings.chains.household_forms import HouseholdForm
from bookings.chains.member_forms import read_day
from bookings.models import Party
from bookings.parties.duplicates import PossibleDuplicate, TypedParty, possible_duplicates
from bookings.parties.members import Member
from bookings.parties.register import (
    CheckedRegistration,
    Particulars,
    check_registration,
    register_party,
    registration_of,
)
from bookings.proposals.forms import SearchForm

ASSUMED_AGE = timedelta(days=30 * 366)  # as long as no birth date is typed


class PartyForm(HouseholdForm, SearchForm):
    """A new party with its members, each a form of its own, and the search for its day."""

    without = None  # type: ignore[assignment]  # its stops are ticked
    is_protected = forms.BooleanField(
        label=_("Protected identity"),
        required=False,
        help_text=_("An alias stands for each person everywhere; names and addresses are sealed."),
    )
    registration = forms.UUIDField(required=False, widget=forms.HiddenInput)
    known_duplicates = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # which somebody went on from

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.duplicates: Sequence[str] = ()
        if not data:
            self.members[-1].fields["given_name"].widget.attrs["autofocus"] = True

    def _offer_choices(self) -> None:
        super()._offer_choices()
        self.initial.setdefault("municipality", home_of(self.by))
        tracks = {track.pk for track in self.offered("track")}
        usual = [basis.code for basis in self.bases if basis.default_track_id in tracks]
        self.initial.setdefault("legal_basis", next(iter(usual), None))

    def check_registration(self) -> CheckedRegistration:
        """Check whether the party could be registered, and write nothing; raises PossibleDuplicate, too."""
        checked = check_registration(**self._verb_arguments())
        self._require_no_duplicate()
        return checked

    def register(self) -> Party:
        """Register the party; the same page sent twice gives the same one. Raises PossibleDuplicate, too."""
        self._require_no_duplicate()
        return register_party(**self._verb_arguments(), registration=self.cleaned_data["registration"])

    def _require_no_duplicate(self) -> None:
        """Raises PossibleDuplicate for parties from which the user has not gone on deliberately."""
        data, registration = self.cleaned_data, self.cleaned_data["registration"]
        people = [Member(**member.cleaned_data) for member in self.members]
        own = registration and registration_of(registration, self.by)
        found = possible_duplicates(TypedParty(people, data["phone"], data["case_reference"]), apart_from=own)
        if set(found) - set(data["known_duplicates"].split()):
            raise PossibleDuplicate(found)

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

    @property
    def has_errors(self) -> bool:
        return super().has_errors or bool(self.duplicates)

    def refuse(self, refusal: Refusal) -> None:
        """Possible duplicates are shown above the members."""
        if isinstance(refusal, PossibleDuplicate):
            self.duplicates = refusal.references
        else:
            super().refuse(refusal)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return rules_in_force()

    @property
    def by_rule(self) -> set[str]:
        """The agencies that the party meets by the rules, of those at the site."""
        return self.met_by_rule - self.not_here

    @property
    def left_out(self) -> set[str]:
        """The agencies that the party would meet if they had a desk at the site."""
        return self.met_by_rule & self.not_here

    @cached_property
    def met_by_rule(self) -> set[str]:
        """The agencies that the rules let members born on the typed dates meet on the first day."""
        births = tuple(self._births()) or (local(self.at).date() - ASSUMED_AGE,)
        track = next((track.number for track in self.offered("track")), 0)
        met = required_meetings(self.rules, births, track=track, day=self.first_day)
        return {meeting.agency for meeting in met}

    @property
    def first_day(self) -> date:
        """The day from which on one is searched for; today, as long as none is typed."""
        return read_day(self.typed.get("first")) or local(self.at).date()

    @cached_property
    def not_here(self) -> set[str]:
        """The local agencies that have no desk at the site and so meet their people elsewhere."""
        home, typed = self["municipality"].value(), self["site"].value()
        site = next((one for one in self.offered("site") if str(one.pk) == str(typed)), None)
        if site is None:
            return set()
        staff = User.objects.filter(is_active=True, resource__isnull=False, sites=site)
        of_home = staff.filter(Q(agency__municipality=None) | Q(agency__municipality__code=home))
        here = set(of_home.values_list("agency__code", flat=True))
        if Municipality.objects.filter(code=home, is_host=True, site=site).exists():
            here.add(KOM)
        return {code for code, known in known_codes().items() if known.is_local} - here

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
        """The agencies whose rules have not ended, as checkboxes; `fixed` where no rule lets the user switch."""
        switchable = {rule.agency for rule in self.rules if rule.may_be_switched}
        in_use = {
            rule.agency for rule in self.rules if rule.valid_to is None or rule.valid_to >= self.first_day
        }
        for code, name in met_choices():
            if code not in in_use:
                continue
            ticked = self.switched.get(code, code in self.by_rule) and code not in self.not_here
            is_fixed = code not in switchable or code in self.not_here
            yield {"code": code, "name": name, "ticked": ticked, "fixed": is_fixed}

    def _births(self) -> Iterator[date]:
        found = (read_day(row.get("birth_date")) for row in self.rows)
        return (birth for birth in found if birth)


def home_of(user: User) -> str | None:
    """The code of the agency's own municipality, or of the host municipality of one of the user's sites."""
    own = Municipality.objects.filter(agency=user.agency_id or 0)
    host = Municipality.objects.filter(site__staff=user, is_host=True)
    return (own.first() or host.first() or Municipality(code="")).code or None
