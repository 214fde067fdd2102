"""An adult's own telephone is typed, corrected and shown in a real browser, wide and on a phone."""

import os
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.secrecy.context import acting_as, viewer_of
from bookings.chains.book import book_chain
from bookings.models import Chain, Track
from bookings.parties.members import Member
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.bookings.booking_steps import register
from tests.factories.agencies import the_site
from tests.journeys.test_booking import look, sign_in, type_family

FAMILY = [
    Member("Salim", "Nasser", date(1989, 11, 2), "M"),
    Member("Rima", "Nasser", date(1992, 5, 17), "F", own_phone="0701740615", own_email="layla@example.org"),
    Member("Hala", "Nasser", date(2020, 8, 9), "F"),
]


@pytest.fixture
def chain(caseworker) -> Chain:
    """A booked family whose mother has a telephone and a mailbox of her own."""
    today = timezone.localdate()
    with acting_as(viewer_of(caseworker)):
        party = register(caseworker, members=FAMILY, phone="0701740612", at=timezone.now())
        answer = propose(
            profile=profile_of(party),
            site=the_site(),
            track=Track.objects.get(number=1),
            first=today + timedelta(days=8),
            last=today + timedelta(days=30),
            at=timezone.now(),
        )
        signed = answer.options[0].proposal.sign()
        return book_chain(party=party, proposal=signed, by=caseworker, at=timezone.now())


@pytest.mark.parametrize("width", [1280, 360])
def test_an_own_telephone_is_typed_in_its_fold_and_shown_wherever_the_adult_is(chain, walk, width):
    with walk(width, "sv") as page:
        page.goto("/parties/new/")
        sign_in(page)
        page.goto("/parties/new/")
        type_family(page)
        fold = page.locator(".members details.own").nth(1)
        fold.locator("summary").click()
        fold.locator("[name=own_phone]").fill("12")
        seen(page, "register", width)
        page.locator("button[value=save]").click()
        expect(page.locator("#id_member2_own_phone")).to_have_attribute("aria-invalid", "true")
        expect(fold).to_have_attribute("open", "")
        seen(page, "refused", width)
        for name, address in shown(chain).items():
            page.goto(address)
            seen(page, name, width)
            if name in {"party", "chain"}:
                expect(page.locator("main")).to_contain_text("070-174 06 15")
        page.goto(shown(chain)["amend"])
        page.locator(".members details.own").first.locator("summary").click()
        page.locator("#id_member1_own_email").fill("salim@example.org")
        page.locator("#id_member2_own_phone").fill("070-174 06 16")
        page.locator("main button.main").last.click()
        page.wait_for_url("**/chains/**")
        page.goto(shown(chain)["party"])
        expect(page.locator("main")).to_contain_text("070-174 06 16")
        page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
        seen(page, "history", width)


def shown(chain: Chain) -> dict[str, str]:
    party, day = f"/parties/{chain.party.reference}/", f"/chains/{chain.reference}/"
    return {
        "amend": f"{party}amend/",
        "party": party,
        "chain": day,
        "dispatches": f"{day}dispatches/",
    }


def seen(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("LOOKS"):
        page.screenshot(path=f"{folder}/own-{name}-{width}.png", full_page=True)
    look(page)
