"""Register a party: what is kept, what is refused and where the message stands."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Municipality, Resource
from agencies.refusals import Refusal
from bookings.attendance.eligibility import LegalBasisNotValid, QuotaNotPossible, UnaccompaniedMinor
from bookings.models import LegalBasis, Party, references
from bookings.parties.members import Member
from bookings.parties.queries import profile_of
from bookings.parties.register import (
    NoAgency,
    NotUsable,
    OverrideNotAllowed,
    Particulars,
    check_registration,
    register_party,
)
from bookings.parties.usable import MOST_MEMBERS
from tests.bookings.booking_steps import FAMILY, people, register
from tests.factories.agencies import CoordinatorFactory, HostFactory, ManagerFactory, UserFactory, the_agency
from tests.moment import NOW

pytestmark = pytest.mark.django_db
ADULT = (date(1990, 1, 1),)


def test_a_party_is_kept_as_it_was_typed(acting):
    by = UserFactory()
    with acting(by):
        party = register(by, phone="070-174 06 05", switched={"AF": False}, decided_on=date(2026, 11, 2))
        party = Party.objects.get(pk=party.pk)
        assert party.owner == by.agency
        assert party.phone == "+46701740605"
        assert party.decided_on == date(2026, 11, 2)
        assert party.resource.kind == Resource.Kind.PARTY
        assert [member.birth_date for member in party.members.all()] == sorted(FAMILY)
        assert [(choice.agency_code, choice.is_on) for choice in party.stop_choices.all()] == [("AF", False)]
        assert [event.kind for event in party.events.all()] == ["registered"]


def test_the_same_form_gives_the_same_party(acting):
    by, form = UserFactory(), uuid4()
    with acting(by):
        assert register(by, registration=form) == register(by, registration=form)
        assert Party.objects.count() == 1
        assert register(by) != register(by)


def test_another_agency_with_the_same_form_registers_a_party_of_its_own(acting):
    """It learns nothing of the first one, and no error quotes what was typed."""
    form = uuid4()
    for by in (UserFactory(agency="MIG"), UserFactory(agency="AF")):
        with acting(by):
            assert register(by, registration=form).owner == by.agency
            assert Party.objects.count() == 1


def test_a_reference_that_somebody_has_is_drawn_again(acting, monkeypatch):
    one, other = UserFactory(agency="MIG"), UserFactory(agency="AF")
    drawn = iter(["N4K-7QT", "N4K-7QT", "C3D-9FH"])
    monkeypatch.setattr(references, "new_reference", lambda: next(drawn))
    with acting(one):
        assert register(one).reference == "N4K-7QT"
    with acting(other):  # who cannot even see that it is taken
        assert register(other).reference == "C3D-9FH"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"language": "xx"}, "language"),
        ({"phone": "12"}, "phone"),
        ({"phone": "a letter"}, "phone"),
        ({"phone": "000 123 45 67"}, "phone"),  # long enough, and nobody's
        ({"email": "layla"}, "email"),
        ({"births": []}, "members"),
        ({"births": ADULT * (MOST_MEMBERS + 1)}, "members"),
        ({"births": [NOW.date() + timedelta(days=1)]}, "members"),
        ({"births": [date(1890, 1, 1)]}, "members"),
        ({"switched": {"XXX": True}}, "switched"),
        ({"address": "x" * 301}, "address"),
        ({"address": "Exempelgatan 2\n602 00"}, "address"),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(acting, typed, field):
    by = UserFactory()
    with acting(by):
        with pytest.raises(NotUsable) as refused:
            register(by, **typed)
        assert list(refused.value.errors) == [field]
        assert not Party.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "1", "x" * 500, "Lay\nla", "Lay\u202ela"])
def test_a_name_has_letters_and_nothing_hidden(acting, name):
    by = UserFactory()
    with acting(by), pytest.raises(NotUsable) as refused:
        register(by, members=[Member("Omar", "Haddad", ADULT[0]), Member(name, "Haddad", ADULT[0])])
    first, second = refused.value.errors["members"]
    assert not first
    assert list(second) == ["given_name"]


def test_html_in_a_name_is_only_text(acting):
    by = UserFactory()
    with acting(by):
        party = register(by, members=[Member("<b>Layla</b>", "O'Haddad", ADULT[0])])
        assert party.members.get().given_name == "<b>Layla</b>"


def test_all_that_is_wrong_is_told_at_once(acting):
    by = UserFactory()
    with acting(by), pytest.raises(NotUsable) as refused:
        register(by, language="xx", births=[], switched={"XXX": True})
    assert set(refused.value.errors) == {"language", "members", "switched"}


def test_somebody_is_eighteen_on_a_day_that_may_be_booked(acting):
    by, eighteenth = UserFactory(), date(NOW.year - 18, NOW.month, NOW.day)
    with acting(by):
        assert register(by, births=[eighteenth])
        assert register(by, births=[eighteenth + timedelta(days=150)])
        with pytest.raises(UnaccompaniedMinor, match="överförmyndaren"):
            register(by, births=[eighteenth + timedelta(days=200)])


def test_one_name_is_kept_as_it_is_and_nothing_is_invented(acting):
    with acting(by := UserFactory()):
        (person,) = register(by, members=[Member("Biniam", "", ADULT[0])]).members.all()
        assert (person.given_name, person.family_name, str(person)) == ("Biniam", "", "Biniam")
        with pytest.raises(NotUsable):
            register(by, members=[Member("", "Haddad", ADULT[0])])


def test_quota_refugees_have_one_legal_basis_and_one_agency_summons_them(acting):
    with acting(by := UserFactory(agency="MIG")):
        with pytest.raises(QuotaNotPossible, match="5 kap"):
            register(by, is_quota=True)
        with pytest.raises(QuotaNotPossible, match="3"):
            register(by, basis="UTL-5-2")
    with acting(by := UserFactory(agency="KOM")):
        assert register(by, basis="UTL-5-2").is_quota
        with pytest.raises(QuotaNotPossible):
            register(by, is_quota=True)


@pytest.mark.parametrize("decided", [date(2099, 1, 1), date(1999, 1, 1)])
def test_a_decision_date_that_cannot_be_stands_beside_its_field(acting, decided):
    with acting(by := UserFactory()), pytest.raises(NotUsable) as refused:
        register(by, decided_on=decided)
    assert list(refused.value.errors) == ["decided_on"]


@pytest.mark.parametrize(
    "email", ["layla@exam\u200bple.se", "lay\u00adla@example.se", "layla@example.se\u2060"]
)
def test_an_address_with_hidden_characters_is_refused(acting, email):
    with acting(by := UserFactory()), pytest.raises(NotUsable) as refused:
        register(by, email=email)
    assert list(refused.value.errors) == ["email"]


def test_relatives_who_join_later_are_welcome_at_any_age(acting):
    by = UserFactory(agency="AF")
    with acting(by):
        assert register(by, births=[date(1956, 2, 1)], basis="ANHORIG").legal_basis.code == "ANHORIG"


def test_a_legal_basis_that_has_ended_blocks(acting):
    by = UserFactory()
    LegalBasis.objects.filter(code="UTL-5-6").update(valid_to=NOW.date() - timedelta(days=1))
    with acting(by), pytest.raises(LegalBasisNotValid, match="2026-11-22"):
        register(by, basis="UTL-5-6")


@pytest.mark.parametrize("who", [CoordinatorFactory, ManagerFactory])
@pytest.mark.parametrize("agency", ["MIG", "KOM"])
def test_a_coordinator_or_manager_of_the_agency_overrides_the_basis_and_it_is_logged(acting, who, agency):
    LegalBasis.objects.filter(code="UTL-5-6").update(valid_to=NOW.date() - timedelta(days=1))
    by = who(agency=agency)
    with acting(by):
        party = register(by, basis="UTL-5-6", override_reason="Beslutet kom före ändringen.")
        logged = party.events.get(kind="overridden")
        assert logged.facts == {"reason": "Beslutet kom före ändringen."}
        assert logged.by == by


def test_a_caseworker_does_not_override(acting):
    by = UserFactory()
    with acting(by), pytest.raises(OverrideNotAllowed):
        register(by, override_reason="Jag vill.")


def test_only_an_agency_registers(acting):
    host = HostFactory()
    with acting(host):
        for verb in (check_registration, register_party):
            with pytest.raises(NoAgency):
                verb(**registration(host))


def test_the_party_belongs_to_the_agency_and_nobody_else_sees_it(acting):
    by, colleague, stranger = UserFactory(), UserFactory(), UserFactory(agency="AF")
    with acting(by):
        party = register(by, members=people(FAMILY))
    assert party.owner == the_agency("MIG")
    with acting(colleague):
        assert Party.objects.count() == 1
    with acting(stranger):
        assert not Party.objects.exists()


def registration(by, *, births=FAMILY, basis="UTL-5-1", **particulars) -> dict[str, Any]:
    """Arguments of `check_registration` and `register_party`."""
    return {
        "language": "ar",
        "municipality": Municipality.objects.get(code="0581"),
        "legal_basis": LegalBasis.objects.get(code=basis),
        "members": people(births),
        "particulars": Particulars(**particulars),
        "by": by,
        "at": NOW,
    }


PROFILES: list[dict[str, Any]] = [
    {},
    {"births": tuple(reversed(FAMILY))},
    {"step_free": True, "extra_time": True, "caseworker_sex": "F", "interpreter_sex": "M"},
    {"switched": {"PM": True, "AF": False}},
    {"is_protected": True},
    {"is_protected": True, "births": (date(1990, 9, 1), date(1990, 2, 1), date(2008, 12, 9))},
]


@pytest.mark.parametrize("typed", PROFILES)
def test_the_checked_profile_is_the_registered_party_s(acting, typed):
    """Also of a protected party, whose birth dates are masked: a proposal for the one must fit the other."""
    by = UserFactory()
    with acting(by):
        checked = check_registration(**registration(by, **typed)).profile()
        registered = profile_of(register_party(**registration(by, **typed)))
    assert checked == replace(registered, reference="")
    assert checked.fingerprint == registered.fingerprint


def test_an_overridden_basis_is_overridden_in_the_checked_profile(acting):
    LegalBasis.objects.filter(code="UTL-5-6").update(valid_to=NOW.date() - timedelta(days=1))
    by = CoordinatorFactory(agency="MIG")
    typed = registration(by, basis="UTL-5-6", override_reason="Beslutet kom före ändringen.")
    with acting(by):
        assert check_registration(**typed).profile().overridden
        assert profile_of(register_party(**typed)).overridden


@pytest.mark.parametrize("is_protected", [False, True])
def test_checking_writes_nothing(acting, is_protected):
    by = UserFactory()
    with acting(by):
        typed = registration(by, is_protected=is_protected, switched={"AF": False})
        with CaptureQueriesContext(connection) as queries:
            check_registration(**typed).profile()
        assert all(query["sql"].lstrip().startswith("SELECT") for query in queries)
        assert not Party.objects.exists()


REFUSED: dict[type[Refusal], dict[str, Any]] = {
    NotUsable: {"phone": "12", "switched": {"XXX": True}, "births": [date(1890, 1, 1)]},
    UnaccompaniedMinor: {"births": [NOW.date() - timedelta(days=365)]},
    LegalBasisNotValid: {"basis": "UTL-5-6"},
    OverrideNotAllowed: {"override_reason": "Jag vill."},
}


@pytest.mark.parametrize("refusal", REFUSED)
def test_the_check_refuses_what_registering_refuses(acting, refusal):
    LegalBasis.objects.filter(code="UTL-5-6").update(valid_to=NOW.date() - timedelta(days=1))
    by = UserFactory()
    with acting(by):
        told = []
        for verb in (check_registration, register_party):
            with pytest.raises(refusal) as refused:
                verb(**registration(by, **REFUSED[refusal]))
            told.append((refused.value.message, refused.value.errors))
        assert told[0] == told[1]
