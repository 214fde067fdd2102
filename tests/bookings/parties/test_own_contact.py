"""An adult's own telephone and e-mail: who has one, who sees it, and what becomes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from agencies.models import Role
from agencies.secrecy.context import Viewer, acting_as
from bookings.chains.amend import amend_party
from bookings.history import history_of_party
from bookings.messages.state_contact import state_contact
from bookings.models import OwnContact, OwnContactChange, Party
from bookings.parties.amend import Correction, MemberAsAmended
from bookings.parties.duplicates import TypedParty, possible_duplicates
from bookings.parties.identities import opened_identity
from bookings.parties.members import Member
from bookings.parties.protect import open_identity, protect_party, unprotect_party
from bookings.parties.queries import listed_parties
from bookings.parties.register import NotUsable
from tests.bookings.api_steps import HADDAD
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
LAYLA = Member(
    "Layla", "Haddad", date(1992, 5, 17), "F", own_phone="070-174 06 15", own_email="layla@example.org"
)
SALIM = Member("Salim", "Haddad", date(1989, 11, 2), "M")
HERS = "+46701740615"
OWN: dict[str, Any] = {"own_phone": "070-174 06 15", "own_email": "layla@example.org"}


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def party(by, acting) -> Party:
    with acting(by):
        return register(by, members=[SALIM, LAYLA])


def contacts(party: Party) -> list[tuple[str, str]]:
    return [(one.own_phone, one.own_email) for one in party.members.order_by("birth_date")]


def test_each_adult_may_have_one(party, by, acting):
    with acting(by):
        assert contacts(party) == [("", ""), (HERS, "layla@example.org")]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"own_phone": "12"}, "own_phone", "kort"),
        ({"own_email": "layla"}, "own_email", "giltig"),
        ({"own_email": f"{'l' * 300}@example.org"}, "own_email", "254"),
        ({"birth_date": date(2020, 8, 9), "own_phone": HERS}, "own_phone", "barn"),
    ],
)
def test_what_is_none_is_told_beside_its_field(by, acting, typed, field, said):
    wrong = Member(**{"given_name": "Noor", "family_name": "", "birth_date": date(1990, 1, 1)} | typed)
    with acting(by), pytest.raises(NotUsable) as refused:
        register(by, members=[SALIM, wrong])
    assert said in refused.value.errors["members"][1][field][0]
    with acting(by):
        assert not Party.objects.exists()


def test_the_party_is_found_by_it_as_long_as_it_is_that(party, by, acting):
    with acting(by):
        assert listed_parties(search="070-174 06 15", at=NOW).get() == party
        OwnContact.objects.update(phone="+46701740616")
        assert not listed_parties(search="070-174 06 15", at=NOW).exists()
        assert listed_parties(search="0701740616", at=NOW).get() == party


def test_the_same_own_telephone_is_a_possible_duplicate(party, by, acting):
    with acting(by):
        for typed in (
            TypedParty([], phone=HERS),
            TypedParty([Member("A", "", date(2000, 1, 1), own_phone=HERS)]),
        ):
            assert possible_duplicates(typed) == (party.reference,)


def test_no_other_agency_sees_it(party, acting):
    with acting(UserFactory(agency="AF")):
        assert not OwnContact.objects.exists()


def test_protection_seals_it_and_gives_it_back(party, by, acting):
    with acting(by):
        protect_party(party=party, reason="The Swedish Tax Agency has told us so.", by=by, at=NOW)
        assert not OwnContact.objects.exists()
        assert not listed_parties(search=HERS, at=NOW).exists()
        open_identity(party=party, reason="The family called", by=by, at=NOW)
        sealed = opened_identity(party)
        assert sealed
        assert [person.get("phone", "") for person in sealed.people.values()] == ["", HERS]
        event = party.events.latest("pk")
        assert HERS not in str(event.facts)
    manager = UserFactory(agency=by.agency.code, role=Role.MANAGER)
    with acting(manager):
        unprotect_party(party=party, reason="The Tax Agency has ended it.", by=manager, at=NOW)
    with acting(by):
        assert contacts(party) == [("", ""), (HERS, "layla@example.org")]


def test_what_it_was_before_is_kept_and_forgotten_with_protection(party, by, acting):
    with acting(by):
        OwnContact.objects.get().delete()
        OwnContact.objects.create(party=party, newcomer=party.members.last(), phone=HERS)
        OwnContact.objects.update(phone="+46701740616")
        told = [field for entry in history_of_party(party) for field in entry.fields]
        assert HERS in str(told)
        protect_party(party=party, reason="The Swedish Tax Agency has told us so.", by=by, at=NOW)
        assert not OwnContactChange.objects.exists()


def test_the_history_tells_whose_it_is_and_that_it_is_given_or_taken_away(party, by, acting):
    with acting(by):
        salim, layla = party.members.order_by("birth_date")
    given = Member("Salim", "Haddad", date(1989, 11, 2), "M", own_email="salim@example.org")
    taken = Member("Layla", "Haddad", date(1992, 5, 17), "F", own_email="layla@example.org")
    correction = Correction({}, [MemberAsAmended(salim.key, given), MemberAsAmended(layla.key, taken)])
    later = NOW + timedelta(minutes=1)
    with time_machine.travel(later, tick=False), acting(by):
        amend_party(party=party, correction=correction, by=by, at=later)
    with acting(by):
        details = history_of_party(party)[0].details
        assert {(one.about, field.before, field.after) for one in details for field in one.fields} == {
            ("Egen kontaktväg för Salim Haddad", "–", "salim@example.org"),
            ("Egen kontaktväg för Layla Haddad", HERS, "–"),
        }
        assert contacts(party) == [("", "salim@example.org"), ("", "layla@example.org")]


def test_what_was_given_at_registration_is_said_by_that(party, by, acting):
    with acting(by):
        (registered,) = history_of_party(party)
        assert registered.event
        assert (registered.event.kind, registered.details) == ("registered", ())
        assert [one.phone for one in OwnContactChange.objects.all()] == [HERS]


def test_what_an_adult_has_given_by_the_link_stands_there_as_the_partys_own(party, by, acting):
    open_days()
    with acting(by):
        chain = book(party, by)
        link = chain.links.select_related("newcomer").get(newcomer__given_name="Salim")
    later = NOW + timedelta(minutes=1)
    holder = Viewer(link=link.token_hash, code=link.code_hash)
    with time_machine.travel(later, tick=False), acting_as(holder):
        state_contact(link=link, phone="070-174 06 16", email="", at=later)
    with acting(by):
        latest = history_of_party(party)[0]
        assert (latest.by, latest.about) == (None, "Egen kontaktväg för Salim Haddad")
        assert [(field.before, field.after) for field in latest.fields] == [("–", "+46701740616")]


def test_a_reason_that_names_it_is_kept_free_of_it(party, by, acting):
    with acting(by):
        protect_party(party=party, reason=f"Threats came to {HERS}, she says", by=by, at=NOW)
        assert "740615" not in str([event.facts for event in party.events.all()])


def test_the_api_writes_and_reads_it(api):
    adult, *others = HADDAD["members"]
    made = api.post("/api/v1/parties/", HADDAD | {"members": [adult | OWN, *others]}, format="json")
    assert made.status_code == 201, made.content
    told = {one["given_name"]: (one["own_phone"], one["own_email"]) for one in made.json()["members"]}
    assert told[adult["given_name"]] == (HERS, "layla@example.org")
    assert told[others[0]["given_name"]] == ("", "")


def test_the_page_asks_for_it_and_shows_it_again(browser, family, caseworker, acting):
    typed = family | {
        "own_phone": ["070-174 06 15", "12"],
        "own_email": ["", "omar@example.org"],
        "do": "save",
    }
    page = browser.post("/parties/new/", typed)
    assert page.status_code == 422
    assert 'name="own_phone" value="070-174 06 15"' in page.text
    assert 'value="omar@example.org"' in page.text
    saved = browser.post("/parties/new/", typed | {"own_phone": ["070-174 06 15", ""]})
    assert saved.status_code == 302
    shown = browser.get(saved["Location"]).text
    assert "070-174 06 15" in shown
    assert "omar@example.org" in shown
    with acting(caseworker):
        assert OwnContact.objects.count() == 2
    amended = browser.get(f"{saved['Location']}amend/").text
    assert "omar@example.org" in amended
