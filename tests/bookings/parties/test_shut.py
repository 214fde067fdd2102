"""What was open when the protection of an identity begins is shut, whoever holds it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, User
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Disclosure, DisclosureChange, Extract, Link, Newcomer, Party, SealedWord
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from bookings.parties.queries import listed_parties
from tests.bookings.booking_steps import book, open_days, register
from tests.browser import words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import DisclosureFactory, ExtractFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
REASON = "The Swedish Tax Agency has told us so."


@pytest.fixture
def by(db) -> User:
    open_days()
    return UserFactory()


@pytest.fixture
def chain(by, acting) -> Chain:
    with acting(by):
        members = [Member("Layla", "Haddad", date(1992, 5, 17), "F")]
        return book(register(by, members=members, case_reference="M-4711", phone="+46701740605"), by)


@pytest.fixture
def protect(chain, by, acting) -> Any:
    def begin() -> Party:
        with acting(by):
            return protect_party(party=chain.party, reason=REASON, by=by, at=NOW)

    return begin


def test_every_disclosure_is_closed_also_another_agencys(chain, by, protect, acting):
    visited = UserFactory(agency="FK")
    with acting(by):
        for category in ("names", "meetings"):
            DisclosureFactory(party=chain.party, category=category)
    with acting(visited):
        DisclosureFactory(
            party=chain.party,
            discloser=visited.agency,
            agency=Agency.objects.get(code="AF"),
            category=Disclosure.Category.CHECKLIST,
        )
        assert Newcomer.objects.exists()
    protect()
    for user in (by, visited, UserFactory(agency="AF")):
        with acting(user):
            assert not Disclosure.objects.exists()
    with acting(visited):
        assert not Newcomer.objects.exists()
    with acting(by):
        assert DisclosureChange.objects.count() == 3


def test_letters_that_have_gone_out_open_nothing_any_more(chain, by, protect, acting):
    with acting(by):
        link = chain.links.get()
        before = token_of(link), code_of(link)
    protect()
    assert Client().post(f"/d/{before[0]}", {"language": "en"}, follow=True).status_code == 404
    with acting(by):
        link.refresh_from_db()
        assert (token_of(link), code_of(link)) != before
        assert Link.objects.get().generation == 2
    assert Client().post(f"/d/{token_of(link)}", {"language": "en"}, follow=True).status_code == 200


def test_no_calendar_file_is_offered_or_given(chain, by, protect, acting):
    with acting(by):
        link = chain.links.get()
    assert "Save in your calendar" in words_of(
        Client().post(f"/d/{token_of(link)}", {"language": "en"}, follow=True)
    )
    protect()
    with acting(by):
        link.refresh_from_db()
    for asked in ({}, {"calendar": "1"}):
        page = Client().post(f"/d/{token_of(link)}", {"language": "en"} | asked, follow=True)
        assert page["Content-Type"].startswith("text/html")
        assert "Save in your calendar" not in words_of(page)


def test_an_extract_that_waits_is_not_made(chain, by, protect, acting):
    with acting(by):
        ExtractFactory(newcomer=chain.party.members.get())
    protect()
    with acting(by):
        assert not Extract.objects.exists()


@pytest.mark.parametrize(
    "search", ["Layla", "Haddad", "M-4711", "0701740605", "+4670", "1992-05-17", "Person"]
)
def test_nothing_but_the_reference_finds_it(chain, by, protect, acting, search):
    protected = protect()
    with acting(by):
        assert not listed_parties(search=search, at=NOW).exists()
        assert listed_parties(search=protected.reference, at=NOW).exists()
        assert Party.objects.get().case_reference == ""


def test_what_is_sealed_is_gone_when_the_party_is_made_anonymous(chain, by, protect, acting):
    protect()
    with acting(by):
        assert SealedWord.objects.exists()
        Party.objects.update(anonymised_at=NOW + timedelta(days=1))
        assert not SealedWord.objects.exists()


def test_the_words_are_stored_as_keyed_hashes(chain, by, protect, acting):
    protect()
    with acting(by):
        assert all(len(word.digest) == 64 for word in SealedWord.objects.all())
    with acting(UserFactory(agency="PM")):
        assert not SealedWord.objects.exists()
