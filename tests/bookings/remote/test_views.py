"""What an agency's manager allows, and what the pages of the day show of it."""

import pytest

from bookings.models import MeetingForm, RemoteRule
from bookings.remote.allow import allow_forms
from bookings.summons.summoned_day import SummonedDay
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, HostFactory, ManagerFactory, UserFactory, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
PAGE = "/remote-meetings/"
TOOL = "https://video.example/7"


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def manager(db):
    return ManagerFactory(agency="FK")


@pytest.fixture
def allowed(manager) -> None:
    allow_forms(by_telephone=True, by_video=True, tool=TOOL, by=manager, at=NOW)


def press(browser, chain, form, **more):
    typed = {"meeting": "FK", "form": form, "version": chain.version} | more
    return browser.post(f"/chains/{chain.reference}/form/", typed, follow=True)


def test_a_manager_says_which_forms_the_agency_holds(manager):
    browser = browser_of(manager)
    assert browser.get(PAGE).status_code == 200
    answer = browser.post(PAGE, {"by_telephone": "on", "tool": TOOL}, follow=True)
    assert "The change is made." in words_of(answer)
    rule = RemoteRule.objects.get(agency=manager.agency)
    assert (rule.by_telephone, rule.by_video, rule.tool) == (True, False, TOOL)
    assert f'value="{TOOL}"' in browser.get(PAGE).text


def test_a_tool_that_is_not_encrypted_is_refused_and_stays_typed(manager):
    answer = browser_of(manager).post(PAGE, {"by_video": "on", "tool": "http://video.example"})
    assert answer.status_code == 422
    assert "begins with https://" in words_of(answer)
    assert not RemoteRule.objects.exists()


def test_nothing_of_forms_stands_on_the_day_where_nobody_holds_any(chain, browser):
    assert "Form of the meeting" not in words_of(browser.get(f"/chains/{chain.reference}/"))


def test_whoever_may_change_the_day_holds_a_meeting_by_video(chain, allowed, browser):
    page = browser.get(f"/chains/{chain.reference}/")
    assert words_of(page).count("Form of the meeting") == 2  # summary and legend of FK's alone
    answer = press(browser, chain, "video")
    assert f'<a href="{TOOL}" rel="noreferrer">' in answer.text
    assert "by video." in words_of(answer)


def test_a_refused_form_is_said_on_the_page(chain, allowed, browser):
    assert press(browser, chain, "by pigeon").status_code == 422
    assert "no such meeting" in words_of(press(browser, chain, "video", meeting="XX"))
    answer = press(browser, chain, "video", version=chain.version + 7)
    assert answer.status_code == 409


def test_another_agency_does_not_change_the_form(chain, allowed):
    for user in (UserFactory(agency="FK"), CoordinatorFactory()):
        assert press(browser_of(user), chain, "telephone").status_code == 404


def test_the_board_and_the_visits_tell_it_to_who_sees_the_meeting(chain, allowed, browser, acting):
    press(browser, chain, "telephone")
    day = chain.site_day.date
    assert "by telephone" in words_of(browser_of(CoordinatorFactory()).get(f"/boards/norrkoping/{day}/"))
    with acting(chain.booked_by):
        meeting = chain.meetings.get(agency__code="FK")
    for address in (f"/visits/?date={day}", f"/visits/{chain.reference}/"):
        assert "by telephone" in words_of(browser_of(meeting.caseworker).get(address))


def test_a_meeting_at_a_distance_is_told_no_further_than_the_board(chain, allowed, browser, acting):
    press(browser, chain, "telephone")
    elsewhere = HostFactory(sites=[the_site("malmo")])
    seen = {HostFactory(): 1, UserFactory(agency="FK"): 1, UserFactory(agency="AF"): 0, elsewhere: 0}
    for user, number in seen.items():
        with acting(user):
            assert MeetingForm.objects.count() == number


def test_an_older_letter_reads_as_before():
    stop = {"agency": 1, "code": "FK", "starts_at": NOW.isoformat(), "ends_at": NOW.isoformat()}
    stop |= {"who": "adults", "members": []}
    day = SummonedDay.from_json(
        {"version": 2, "days": [{"site_day": 1, "stops": [stop]}], "interpreter": None}
    )
    assert day.stops[0].form == ""
    assert day.to_json()["days"][0]["stops"] == [stop]
