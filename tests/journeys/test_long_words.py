"""Long words that nobody can break: at 320 pixels no page of staff scrolls sideways because of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import User
from bookings.chains.amend import amend_party
from bookings.models import Chain, Newcomer
from bookings.parties.amend import Correction
from tests.bookings.booking_steps import book, register
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.journeys.test_booking import look, sign_in
from tests.signing_in import connect_app

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2
TOO_WIDE = """[...document.querySelectorAll("body *")].filter((box) => box.offsetWidth
    && !box.closest(".sideways, .scroll, .vh, .who")
    && box.getBoundingClientRect().right > window.innerWidth + 1).map((box) => `${box.tagName}.${box.className}`)"""
MAIL = f"{LONG[:60].lower()}@{LONG[:50].lower()}.example.se"


@pytest.fixture
def chain(caseworker: User, acting) -> Chain:
    """A party of long words, corrected once, whose day a colleague with a long name has booked."""
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    User.objects.filter(pk=caseworker.pk).update(first_name=LONG, last_name=LONG)
    with acting(caseworker):
        party = register(caseworker, at=now, email=MAIL, case_reference=LONG[:40], housing=LONG)
        Newcomer.objects.filter(party=party).update(given_name=LONG, family_name=LONG)
        chain = book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))
        amend_party(party=party, correction=Correction({"address": LONG + LONG}), by=caseworker, at=now)
        return chain


def test_a_party_of_long_words_fits_on_every_page_of_its_agency(walk, chain):
    with walk(320, "sv") as page:
        page.goto("/")
        sign_in(page)
        day, party = f"/chains/{chain.reference}/", f"/parties/{chain.party.reference}/"
        of_day = [day + name for name in ("", "checklist/", "consents/", "cancel/", "move/")]
        for address in (
            *("/", "/parties/", f"/parties/?q={LONG}{LONG[:20]}", "/visits/?date="),
            *(party, f"{party}amend/"),
            *of_day,
        ):
            page.goto(address)
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = !one.matches('.who'))")
            assert page.evaluate(TOO_WIDE) == [], address
            look(page)


def test_colleagues_with_long_names_fit_on_the_pages_of_a_manager(walk, caseworker):
    connect_app(ManagerFactory(username="chef", first_name=LONG, last_name=LONG, email=MAIL))
    UserFactory(username=LONG.lower(), first_name=LONG, last_name=LONG)
    with walk(320, "sv") as page:
        page.goto("/")
        sign_in(page, "chef")
        for address in ("/", "/staff/", f"/staff/{LONG.lower()}/", "/openers/", "/openings/", "/spot-check/"):
            page.goto(address)
            assert page.evaluate(TOO_WIDE) == [], address
            look(page)
