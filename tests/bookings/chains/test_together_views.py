"""The press that holds two agencies' meetings as one, and where it is then seen: day, board, visits, calendar."""

import pytest

from bookings.models import MeetingForm
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, HostFactory, UserFactory, the_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(book):
    return book()


def press(browser, chain, host="AF", joined="FK", **more):
    typed = {"meeting": host, "with": joined, "version": chain.version} | more
    return browser.post(f"/chains/{chain.reference}/together/", typed, follow=True)


def test_whoever_may_change_the_day_holds_two_meetings_as_one(chain, browser):
    page = browser.get(f"/chains/{chain.reference}/")
    assert "Meet together with …" in words_of(page)
    words = words_of(press(browser, chain))
    assert words.count("Held together with:") == 2
    assert "Meet separately" in words
    assert "Arbetsförmedlingen" in words or "Employment Service" in words


def test_a_refused_press_is_said_on_the_page_with_the_times_that_are_possible(chain, browser):
    answer = press(browser, chain, "FK", "AF", starts="07:00")
    assert answer.status_code == 409
    assert "They cannot be met together then." in words_of(answer) or "no time that day" in words_of(answer)
    assert press(browser, chain, starts="99:99").status_code == 422
    assert press(browser, chain, starts="soon").status_code == 422
    assert "no such meeting" in words_of(press(browser, chain, "XX"))
    assert press(browser, chain, version=chain.version + 7).status_code == 409


def test_another_agency_holds_nothing_together(chain):
    for user in (UserFactory(agency="FK"), CoordinatorFactory()):
        assert press(browser_of(user), chain).status_code == 404


def test_each_page_of_a_move_shows_a_meeting_together_and_how_to_end_it(chain, browser):
    press(browser, chain)
    for key in ("FK", "AF", "KOM"):
        page = browser.get(f"/chains/{chain.reference}/move/?meeting={key}")
        assert page.status_code == 200


def test_the_board_has_a_bar_at_both_desks_and_says_with_whom(chain, browser, acting):
    press(browser, chain)
    day = chain.site_day.date
    page = browser_of(CoordinatorFactory()).get(f"/boards/norrkoping/{day}/")
    words = words_of(page)
    assert "together with FK" in words
    assert "together with AF" in words
    with acting(chain.booked_by):
        meeting = chain.meetings.get(agency__code="FK")
    of_fk = browser_of(meeting.caseworker)
    for address in (f"/visits/?date={day}", f"/visits/{chain.reference}/"):
        assert "together with AF" in words_of(of_fk.get(address))


def test_the_interpreters_row_has_one_bar_for_both(chain, browser):
    press(browser, chain)
    page = browser_of(CoordinatorFactory()).get(f"/boards/norrkoping/{chain.site_day.date}/").text
    assert page.count('-AF-1250-i"') + page.count('-FK-1250-i"') <= 1


def test_with_whom_is_told_no_further_than_the_board(chain, browser, acting):
    press(browser, chain)
    elsewhere = HostFactory(sites=[the_site("malmo")])
    seen = {HostFactory(): 2, UserFactory(agency="FK"): 1, UserFactory(agency="KOM"): 0, elsewhere: 0}
    for user, number in seen.items():
        with acting(user):
            assert MeetingForm.objects.count() == number


def test_the_api_gives_both_one_time(chain, browser, api):
    press(browser, chain)
    meetings = api.get(f"/api/v1/chains/{chain.reference}/").json()["meetings"]
    both = {one["starts_at"] for one in meetings if one["agency"] in ("AF", "FK")}
    assert len(both) == 1
