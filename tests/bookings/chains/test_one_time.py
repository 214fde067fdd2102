"""One meeting is moved by hand: somebody types a time and is told whether it works, why not, and what does."""

from datetime import timedelta

import pytest

from agencies.clock import local
from agencies.models import Absence
from tests.browser import browser_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MINUTES = timedelta(minutes=5)


@pytest.fixture
def last(chain, by, acting):
    """The chain's last meeting."""
    with acting(by):
        return chain.meetings.select_related("agency", "caseworker").order_by("starts_at").last()


@pytest.fixture
def browser(by):
    return browser_of(by)


def asked(browser, chain, meeting, typed):
    address = f"/chains/{chain.reference}/move/"
    return browser.get(address, {"meeting": meeting.agency.code, "starts": typed})


def clock_of(moment):
    return f"{local(moment):%H:%M}"


def test_a_time_that_works_is_the_one_proposal_and_is_moved_by_its_press(chain, last, browser, by, acting):
    sought = last.starts_at + 4 * MINUTES
    page = asked(browser, chain, last, clock_of(sought))
    (picture,) = page.context["pictures"]
    browser.post(
        page.request["PATH_INFO"] + f"?meeting={last.agency.code}", {"proposal": picture.signed_proposal}
    )
    with acting(by):
        last.refresh_from_db()
    assert last.starts_at == sought


def test_a_time_that_does_not_work_says_why_and_shows_the_nearest(chain, last, browser):
    Absence.objects.create(
        resource=last.caseworker.resource,
        starts_at=last.starts_at + 2 * MINUTES,
        ends_at=last.ends_at + 12 * MINUTES,
        kind="ill",
        by=last.caseworker,
        at=last.starts_at,
    )
    page = asked(browser, chain, last, clock_of(last.starts_at + 6 * MINUTES))
    assert "does not work: no desk of" in words_of(page)
    nearest = [picture.ends_at for picture in page.context["pictures"]]
    assert nearest
    assert all(ends != last.ends_at + 6 * MINUTES for ends in nearest)


def test_a_time_at_which_the_party_is_elsewhere_says_so(chain, last, browser, by, acting):
    with acting(by):
        first = chain.meetings.order_by("starts_at").first()
    page = asked(browser, chain, last, clock_of(first.starts_at))
    assert "the party is in another meeting then" in words_of(page)


@pytest.mark.parametrize("typed", ["06:00", "23:55"])
def test_outside_the_opening_hours_it_says_so(chain, last, browser, typed):
    assert "the place is not open" in words_of(asked(browser, chain, last, typed))


@pytest.mark.parametrize("typed", ["", "kl 13", "25:00", "13:6", "\x00", "13:10:99"])
def test_what_is_no_time_shows_what_is_possible_as_before(chain, last, browser, typed):
    page = asked(browser, chain, last, typed)
    assert page.status_code == 200
    assert page.context["pictures"]


def test_the_time_that_it_has_shows_others(chain, last, browser):
    page = asked(browser, chain, last, clock_of(last.starts_at))
    assert page.context["pictures"]
    assert "does not work" not in words_of(page)
