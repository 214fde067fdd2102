"""A caseworker's tasks, in a real browser, wide and narrow: whole, without barriers, and one press clears a row."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import SiteDay
from bookings.models import SummonsAnswer, WaitingParty
from tests.factories.bookings import ChainFactory, PartyFactory, SummonsAnswerFactory, WaitingPartyFactory
from tests.journeys.axe import found_by_axe
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole

Kind = SummonsAnswer.Kind


@pytest.fixture
def tasks(caseworker, acting) -> None:
    """A wish, a call, a free time that is offered, and somebody who did not come."""
    at = timezone.now()
    with acting(caseworker):
        day = SiteDay.objects.order_by("date")[0]
        for kind, more in (
            (Kind.ANOTHER_TIME, {"why": "children", "text": "ابني مريض في هذا الأسبوع"}),
            (Kind.HELP, {"call_language": "ara", "call_period": "morning", "call_number": "+46701740612"}),
        ):
            party = PartyFactory(registered_by=caseworker)
            chain = ChainFactory(party=party, site_day=day, booked_by=caseworker)
            SummonsAnswerFactory(chain=chain, kind=kind, given_at=at, **more)
        WaitingPartyFactory(party=PartyFactory(registered_by=caseworker), offered_day=day, offered_at=at)
        missed = PartyFactory(registered_by=caseworker, phone="+46701740618")
        WaitingPartyFactory(party=missed, why=WaitingParty.Why.MISSED)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "sv")])
def test_the_tasks_are_whole_and_a_press_clears_one(walk, tasks, width, language):
    with walk(width, language) as page:
        page.goto("/todo/")
        sign_in(page)
        page.goto("/todo/")
        rows = page.locator(".todo > li")
        expect(rows).to_have_count(4)
        is_whole(page)
        assert found_by_axe(page) == []
        if folder := os.environ.get("LOOKS"):
            page.screenshot(path=f"{folder}/todo-{width}.png", full_page=True)
        page.locator("button[value=settle]").first.click()
        expect(rows).to_have_count(3)
