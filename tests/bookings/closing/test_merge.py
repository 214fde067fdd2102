"""A day is merged with another one by one press; its agencies are asked, and move by their own hand."""

from datetime import timedelta

import pytest

from agencies.models import SiteDay
from agencies.rosters.days import close_day
from agencies.rosters.shifts import open_day
from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from bookings.chains.book import book_chain, move_chain
from bookings.chains.placement import SlotTaken
from bookings.closing.merge import CannotMerge, Merged, keep_apart, merge_day
from bookings.models import Chain
from tests.bookings.booking_steps import (
    FIRST,
    ONE_DESK_EACH,
    SECOND,
    THIRD,
    ask,
    book,
    open_days,
    register,
    signed_proposal,
)
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place, the_site
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/closing/norrkoping/"


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def chain(by, acting) -> Chain:
    open_days()
    with acting(by):
        return book(register(by), by, last=FIRST)


def merge(by, day=FIRST, into=SECOND) -> Merged:
    return merge_day(place=main_place(the_site()), day=day, into=into, by=by, at=NOW)


def merged_into() -> dict:
    return dict(SiteDay.objects.filter(closed_at=None).values_list("date", "merges_into"))


def test_who_is_booked_is_asked_once_and_moves_to_the_day_that_is_named(chain, by, coordinator, acting):
    with acting(coordinator):
        assert merge(coordinator) == Merged(1, is_called_off=False)
        assert merge(coordinator) == Merged(0, is_called_off=False)
    assert merged_into() == {FIRST: SECOND, SECOND: None, THIRD: None}
    browser = browser_of(by)
    page = browser.get(f"/chains/{chain.reference}/")
    assert "asks you to move this day to Wed 9 Dec" in words_of(page)
    leads = f"/chains/{chain.reference}/move/?first={SECOND}&amp;to={SECOND}"
    assert leads in page.text
    assert "Wed 9 Dec" in words_of(browser.get(leads.replace("&amp;", "&")))
    with acting(by):
        chain.refresh_from_db()
        assert (chain.must_move, chain.site_day.date) == (True, FIRST)
        proposal = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
        assert not move_chain(chain=chain, proposal=proposal, by=by, at=NOW).must_move
    with acting(coordinator):
        assert merge(coordinator) == Merged(0, is_called_off=True)
    assert merged_into() == {SECOND: None, THIRD: None}


def test_nobody_new_is_booked_on_a_day_that_is_merged_until_it_is_kept_apart(by, coordinator, acting):
    open_days(FIRST, SECOND, desks=dict.fromkeys(ONE_DESK_EACH, 2), interpreters={"ar": 2})
    with acting(by):
        other = register(by)
        book(register(by), by, last=FIRST)

    def offered(last=SECOND) -> set:
        with acting(by):
            return {option.site_day.date for option in ask(other, last=last).options}

    assert offered() == {FIRST, SECOND}
    with acting(by):
        looked_at = signed_proposal(other, last=FIRST)
    with acting(coordinator):
        merge(coordinator)
    assert offered() == {SECOND}
    assert FIRST not in offered(last=FIRST)
    with acting(by), pytest.raises(SlotTaken):
        book_chain(party=other, proposal=looked_at, by=by, at=NOW)
    with acting(coordinator):
        keep_apart(place=main_place(the_site()), day=FIRST, by=coordinator, at=NOW)
    assert offered() == {FIRST, SECOND}


def test_a_day_that_is_called_off_is_merged_with_no_more_and_opens_unmerged(chain, coordinator, acting):
    with acting(coordinator):
        merge(coordinator)
        close_day(site_day=SiteDay.objects.get(date=SECOND), by=coordinator, at=NOW)
        assert merged_into() == {FIRST: None, THIRD: None}
        SiteDay.objects.filter(date=THIRD).update(merges_into=FIRST, closed_at=NOW)
        open_day(location=main_place(the_site()), day=THIRD, by=coordinator, at=NOW)
    assert merged_into()[THIRD] is None


def test_one_meeting_moves_within_a_day_that_is_merged(chain, by, coordinator, acting):
    with acting(coordinator):
        merge(coordinator)
    with acting(by):
        chain.refresh_from_db()
        asked = (
            ask(chain.party, moving=chain, meeting=key).options for key in ("MIG", "SKV", "FK", "AF", "KOM")
        )
        options = next(filter(None, asked))
        assert {option.site_day.date for option in options} == {FIRST}
        proposal = options[0].proposal.sign()
        assert move_chain(chain=chain, proposal=proposal, by=by, at=NOW).site_day.date == FIRST


@pytest.mark.parametrize(("day", "into"), [(FIRST, FIRST), (FIRST, NOW.date()), (NOW.date(), FIRST)])
def test_two_open_days_of_the_place_are_merged_and_nothing_else(chain, coordinator, acting, day, into):
    with acting(coordinator), pytest.raises(CannotMerge):
        merge(coordinator, day, into)
    assert set(merged_into().values()) == {None}


def test_no_day_is_merged_with_one_that_is_merged_or_has_passed(chain, coordinator, acting):
    with acting(coordinator):
        merge(coordinator)
        with pytest.raises(CannotMerge):
            merge(coordinator, THIRD, FIRST)
    with acting(coordinator), pytest.raises(CannotMerge):
        merge_day(
            place=main_place(the_site()), day=THIRD, into=SECOND, by=coordinator, at=NOW + timedelta(days=17)
        )


@pytest.mark.parametrize("factory", [UserFactory, ManagerFactory])
def test_others_merge_nothing(chain, factory, acting):
    other = factory()
    with acting(other), pytest.raises(NotForYourRole):
        merge(other)
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(elsewhere), pytest.raises(SiteNotYours):
        merge(elsewhere)


def test_a_suggestion_leads_to_the_press_that_merges(chain, coordinator):
    browser = browser_of(coordinator)
    leads = f"{PAGE}?day={FIRST}&into={SECOND}"
    assert f'href="{leads.replace("&", "&amp;")}#merge"' in browser.get("/capacity/norrkoping/").text
    assert (
        f'href="{leads.replace("&", "&amp;")}#merge"'
        in browser.get(f"/roster/norrkoping/2026-W50/?on={FIRST}").text
    )
    assert "Merge Tue 8 Dec with Wed 9 Dec" in words_of(browser.get(leads))
    typed = {"day": FIRST.isoformat(), "into": SECOND.isoformat()}
    answer = browser.post(f"{PAGE}merge/", typed, follow=True)
    assert (
        "The agency of 1 family is asked to move it. Nobody new is booked on Tuesday 8 December 2026."
        in words_of(answer)
    )
    assert "is merged with Wed 9 Dec" in words_of(answer)
    assert "Merge Tue 8 Dec" not in words_of(browser.get("/capacity/norrkoping/"))
    assert "It is merged with Wed 9 Dec" in words_of(browser.get(f"/roster/norrkoping/2026-W50/?on={FIRST}"))
    kept = browser.post(f"{PAGE}merge/", {"day": FIRST.isoformat(), "keep": "1"}, follow=True)
    assert "Families are booked on Tuesday 8 December 2026 again." in words_of(kept)
    empty = browser.post(f"{PAGE}merge/", {"day": THIRD.isoformat(), "into": SECOND.isoformat()}, follow=True)
    assert "Nothing was booked on Thursday 10 December 2026: it is called off." in words_of(empty)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({}, 422),
        ({"day": "x"}, 422),
        ({"day": "2026-12-08"}, 409),
        ({"day": "2026-12-08", "into": "\x00"}, 422),
    ],
)
def test_a_merge_that_is_none_is_told(chain, coordinator, typed, status):
    browser = browser_of(coordinator)
    assert browser.post(f"{PAGE}merge/", typed).status_code == status
    assert browser.get(PAGE, {"day": "2026-12-08", "into": "nothing"}).status_code == 200
