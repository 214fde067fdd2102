"""A coordinator's day of interpreters in a real browser: confirm, cover an absence by a spare, fetch the sheet."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Absence, Role
from bookings.models import ChainOrder
from interpreters.models import Spare
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.interpreting.conftest import ALL
from tests.factories.agencies import UserFactory, the_agency
from tests.factories.interpreters import (
    AgreementFactory,
    InterpreterFactory,
    InterpreterOrderFactory,
    OrderEventFactory,
    interpreters_of,
)
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW as BOOKED_AT
from tests.signing_in import connect_app

NOW = datetime(2026, 12, 7, 7, tzinfo=UTC)
PAGE = f"/interpreters/norrkoping/{FIRST}/"
DESKS = {"MIG": 3, "SKV": 3, "FK": 3, "AF": 3, "KOM": 3, "PM": 3}


@pytest.fixture
def site_day(transactional_db, fresh_cache, acting, norrkoping):
    """Two families of Arabic and one of Tigrinya; one of the two interpreters is ill, a third stands by."""
    with time_machine.travel(NOW, tick=True):
        (day,) = open_days(FIRST, desks=DESKS, interpreters={"ar": 2})
        by = UserFactory()
        with acting(by):
            for _ in range(2):
                book(register(by), by, at=BOOKED_AT, last=FIRST)
            outside = book(register(by, language="ti"), by, at=BOOKED_AT, last=FIRST)
        coordinator = UserFactory(agency=None, role=Role.COORDINATOR, username="karin")
        agreement = AgreementFactory(agencies=ALL, orderer=the_agency("MIG"), supplier="Tolkhuset Öst")
        AgreementFactory(agencies=ALL, rank=2, supplier="Norrtolk")
        ill = interpreters_of(norrkoping, "ar", 2)[1]
        spare = InterpreterFactory(name="Reserv Ett", remote=True)
        shift = day.shifts.create(
            resource=spare.resource, starts_at=day.opens_at, ends_at=day.closes_at, remote=True
        )
        Spare.objects.create(shift=shift)
        hours = {"starts_at": day.opens_at, "ends_at": day.closes_at}
        Absence.objects.create(resource=ill.resource, kind="ill", by=coordinator, at=NOW, **hours)
        with acting(coordinator):
            made = {"agreement": agreement, "site_day": day}
            ours = InterpreterOrderFactory(
                **made, interpreter=interpreters_of(norrkoping, "ar", 1)[0], state="confirmed", **hours
            )
            declined = InterpreterOrderFactory(**made, language="prs", state="declined")
            asked = InterpreterOrderFactory(
                **made, language="tir", starts_at=day.opens_at, ends_at=day.opens_at + timedelta(hours=5)
            )
            ChainOrder.objects.create(chain_id=outside.pk, order=asked)
            for order in (ours, declined, asked):
                OrderEventFactory(order=order, by=coordinator)
            OrderEventFactory(order=ours, kind="received", by=coordinator, at=NOW)
            OrderEventFactory(order=ours, kind="confirmed", by=coordinator, at=NOW)
            OrderEventFactory(order=declined, kind="declined", by=coordinator, at=NOW)
        connect_app(coordinator)
        yield day


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_coordinator_orders_confirms_and_covers(site_day, walk_alone, width, language, tmp_path):
    with walk_alone(width, language) as page:
        page.goto("/")
        sign_in(page)
        expect(page.locator(".note.bad")).to_be_visible()
        is_whole(page)
        page.locator(".note.bad a").first.click()
        is_whole(page)
        page.goto(PAGE)
        is_whole(page)
        page.screenshot(path=tmp_path / "day.png", full_page=True)
        expect(page.locator(".fix")).to_have_count(3)
        page.locator("button[name=other]").first.click()
        expect(page.locator(".note.good")).to_be_visible()
        expect(page.locator("button[name=other]")).to_have_count(0)
        is_whole(page)
        page.locator(".fix a.main").last.click()
        page.locator("#confirm-travel_minutes").fill("60")
        page.locator("#confirm-travel_km").fill("31")
        page.locator("button[value=confirm]").click()
        expect(page.locator("button[value=cancel]")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / "confirmed.png", full_page=True)
        with page.expect_download() as sheet:
            page.locator(".order .acts a.quiet").click()
        assert sheet.value.suggested_filename.endswith(".csv")
