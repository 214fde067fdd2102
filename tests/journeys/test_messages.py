"""The pages of messages in a real browser, wide and on a phone: what failed is cleared, the post is printed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.dispatches.channels.outgoing import ChannelRefused, Outgoing
from agencies.models import User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.chains.book import book_chain
from bookings.messages import send
from bookings.messages.plan import KIND
from bookings.models import Chain, Message, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.factories.agencies import the_site
from tests.factories.bookings import PartyFactory
from tests.journeys.test_booking import look, sign_in
from tests.outbox import send_all


@pytest.fixture
def chain(caseworker, monkeypatch) -> Chain:
    """A day that was booked: the summons arrived, the first reminder was refused, others are to come."""
    chain = booked(caseworker)

    def deliver(outgoing: Outgoing) -> str:
        if "تذكير" in outgoing.text:
            raise ChannelRefused("expired")
        return "s1"

    monkeypatch.setattr(send, "deliver", deliver)
    send_all(KIND)
    with acting_as(viewer_of(caseworker)):
        first = Message.objects.filter(chain=chain, kind__in=Message.REMINDERS).earliest("due_at")
        Message.objects.filter(chain=chain, kind="summons", channel="sms").update(
            state="delivered", settled_at=timezone.now()
        )
    send_all(KIND, at=first.due_at)
    return chain


def booked(by: User) -> Chain:
    with acting_as(viewer_of(by)):
        party = PartyFactory(
            registered_by=by, phone="+46701740612", address="Syrengränd 4, 602 00 Norrköping"
        )
        today = timezone.localdate()
        answer = propose(
            profile=profile_of(party),
            site=the_site(),
            track=Track.objects.get(number=1),
            first=today + timedelta(days=8),
            last=today + timedelta(days=30),
            at=timezone.now(),
        )
        signed = answer.options[0].proposal.sign()
        return book_chain(party=party, proposal=signed, by=by, at=timezone.now())


@pytest.mark.parametrize("width", [1280, 360])
def test_a_message_that_did_not_arrive_is_cleared_and_the_letters_are_posted(chain, caseworker, walk, width):
    with walk(width, "sv") as page:
        page.goto(f"/chains/{chain.reference}/dispatches/")
        sign_in(page)
        expect(page.locator("h1")).to_contain_text(chain.reference)
        look(page)
        page.get_by_role("button", name="Klart, jag nådde dem").click()
        expect(page.locator(".todo")).to_have_count(0)
        page.goto("/dispatches/")
        look(page)
        page.get_by_role("link", name="brev att posta").click()
        look(page)
        page.get_by_role("button", name="De är postade").click()
        expect(page.locator("main")).to_contain_text("Inget brev väntar.")
