"""Groups and agencies that meet at once on the interpreters' page, and a letter that no longer agrees."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.clock import at_wall_clock
from agencies.models import Shift
from bookings.chains.group_meetings import open_group
from bookings.chains.meet_together import meet_together
from bookings.interpreting.cover import take_chain
from interpreters.models import Interpreter
from interpreters.pool.on_shift import put_on_shift
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.chains.test_group_meetings import plan
from tests.bookings.interpreting.conftest import ALL
from tests.factories.agencies import CoordinatorFactory, UserFactory, the_agency
from tests.factories.interpreters import AgreementFactory, InterpreterFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW as BOOKED_AT
from tests.signing_in import connect_app

NOW = datetime(2026, 12, 7, 7, tzinfo=UTC)
PAGE = f"/interpreters/norrkoping/{FIRST}/"
LATE = time(15), time(15, 45)


@pytest.fixture
def taken(transactional_db, fresh_cache, acting):
    """A family met by two agencies at once, two groups, and a family whose interpreter a spare replaces."""
    with time_machine.travel(NOW, tick=True):
        (day,) = open_days(FIRST, desks=dict.fromkeys(ALL, 4), interpreters={"ar": 2})
        by = connect_app(UserFactory(username="karin"))
        coordinator = connect_app(CoordinatorFactory(username="sam"))
        AgreementFactory(agencies=ALL, orderer=the_agency("MIG"), supplier="Tolkhuset Öst")
        with acting(by):
            chain = book(register(by), by, at=BOOKED_AT, last=FIRST)
            meet_together(chain=chain, host="AF", joined="KOM", by=by, at=NOW)
            outside = book(register(by, language="ti"), by, at=BOOKED_AT, last=FIRST)
        spare = InterpreterFactory(name="Senait Woldu", language="ti", remote=True)
        with acting(coordinator):
            ours = Interpreter.objects.exclude(pk__in=[chain.interpreter_id, spare.pk]).latest("pk")
            first = plan(day, interpreter=ours, language="ara")
            open_group(site_day=day, plan=first, by=coordinator, at=NOW)
            starts_at, ends_at = (at_wall_clock(FIRST, hour) for hour in LATE)
            second = replace(plan(day, "AF", language="prs"), starts_at=starts_at, ends_at=ends_at)
            open_group(site_day=day, plan=second, by=coordinator, at=NOW)
            shift = put_on_shift(interpreter=spare, site_day=day, spare=True, by=coordinator, at=NOW)
            shift = Shift.objects.select_related("site_day__location__site", "resource").get(pk=shift.pk)
            take_chain(chain=outside.pk, shift=shift, by=coordinator, at=NOW)
        yield outside


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_groups_interpreter_is_ordered_and_the_family_gets_a_letter_that_agrees(
    taken, walk_alone, width, language, tmp_path
):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page, "sam")
        page.goto(PAGE)
        is_whole(page)
        page.screenshot(path=tmp_path / f"pool-{width}.png", full_page=True)
        expect(page.locator(".fix")).to_have_count(1)
        page.locator(".unordered a").click()
        expect(page.locator("input[name=starts]").first).to_have_value("14:30")
        page.locator("#ask button[type=submit]").click()
        expect(page.locator(".unordered")).to_have_count(0)
        is_whole(page)
        page.screenshot(path=tmp_path / f"ordered-{width}.png", full_page=True)
    with walk_alone(width, language) as page:
        page.goto("/")
        sign_in(page, "karin")
        expect(page.locator(".coming .pill.bad")).to_be_visible()
        page.goto(f"/chains/{taken.reference}/")
        is_whole(page)
        page.screenshot(path=tmp_path / f"chain-{width}.png", full_page=True)
        page.locator("#disagreement button").click()
        expect(page.locator("#disagreement")).to_have_count(0)
        expect(page.locator(".vers")).to_have_count(2)
        is_whole(page)
