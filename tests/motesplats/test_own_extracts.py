"""A person asks an office, with the paper code, what it has written; the office settles it."""

import re

import pytest
from django.test import Client

from bookings.extracts.wishes import open_wishes
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, ExtractWish, Link
from motesplats.extracts.ask import ask_extract
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory, the_agency
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def chain(owner, acting) -> Chain:
    open_days(FIRST)
    with acting(owner):
        return book(register(owner), owner)


@pytest.fixture
def link(chain, owner, acting) -> Link:
    with acting(owner):
        first = chain.links.first()
        assert first
        return first


@pytest.fixture
def address(link) -> str:
    return f"/d/{token_of(link)}/extracts"


@pytest.fixture
def phone(link, owner, acting) -> Client:
    """A phone that has scanned the letter's code."""
    with acting(owner):
        token, code = token_of(link), code_of(link)
    opened = Client()
    opened.post(f"/d/{token}", {"language": "en", "k": code})
    return opened


def office(phone: Client, address: str, code: str) -> str:
    """What the page's button sends for the office with that code."""
    return next(
        key for key in re.findall(r'value="(\w+\.\d+)"', phone.get(address).text) if key.startswith(code)
    )


def test_without_the_paper_code_nobody_asks(link, address, acting, owner):
    opened = Client()
    opened.post(address.removesuffix("/extracts"), {"language": "en"})
    assert "Type the code" in opened.get(address).text
    assert opened.post(address, {"office": "MIG.1"}).status_code == 422
    with acting(owner):
        assert not ExtractWish.objects.exists()


def test_what_is_asked_twice_reaches_the_office_once_and_no_other_one(phone, address, link, acting, owner):
    asked = office(phone, address, "AF")
    for _ in range(2):
        assert phone.post(address, {"office": asked, "language": "en"}).status_code == 302
    assert "The office has not answered yet." in phone.get(address).text
    with acting(UserFactory(agency="AF")):
        assert [wish.newcomer_id for wish in open_wishes()] == [link.newcomer_id]
    with acting(owner):
        assert not open_wishes().exists()


def test_an_office_that_the_family_does_not_meet_is_not_asked(phone, address, acting):
    phone.post(address, {"office": f"PM.{the_agency('PM').pk}"})
    phone.post(address, {"office": "nonsense"})
    with acting(UserFactory(agency="PM")):
        assert not open_wishes().exists()


def test_having_the_extract_made_settles_it_and_the_person_sees_that(phone, address, link, acting, owner):
    phone.post(address, {"office": office(phone, address, "MIG")})
    listed = sign_in(Client(), owner).get("/extracts/").text
    assert link.chain.reference in listed
    with acting(owner):
        ask_extract(newcomer=link.newcomer, by=owner, at=NOW)
        assert not open_wishes().exists()
    assert "The office has written down that it answered" in phone.get(address).text


def test_an_office_that_may_not_see_the_name_settles_it_in_another_way(phone, address, acting):
    phone.post(address, {"office": office(phone, address, "AF")})
    caseworker = UserFactory(agency="AF")
    with acting(caseworker):
        wish = open_wishes().get()
    browser = sign_in(Client(), caseworker)
    assert browser.post("/extracts/", {"wish": wish.pk}).status_code == 302
    assert browser.post("/extracts/", {"wish": wish.pk}).status_code == 404
    assert browser.post("/extracts/", {"wish": "x"}).status_code == 404
    assert "Ingen har begärt något." in browser.get("/extracts/", headers={"accept-language": "sv"}).text
