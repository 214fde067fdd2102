"""The page of a day's groups, their bar on the board, and the four conditions."""

import pytest
from django.utils.translation import override

from agencies.spoken import of_letter
from bookings.groups.conditions import conditions
from bookings.models import GroupCondition, GroupMeeting
from tests.bookings.api_steps import FIRST
from tests.bookings.booking_steps import ONE_DESK_EACH, book, open_days, register
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = f"/groups/norrkoping/{FIRST}/"
BOARD = f"/boards/norrkoping/{FIRST}/"


@pytest.fixture
def chains(caseworker, acting):
    """Two families on a day with two desks of each agency."""
    open_days(FIRST, desks=dict.fromkeys(ONE_DESK_EACH, 3), interpreters={"ar": 3})
    with acting(caseworker):
        return [book(register(caseworker), caseworker, last=FIRST) for _ in range(2)]


@pytest.fixture
def desk(chains):
    return browser_of(CoordinatorFactory())


def options(page, name):
    return page.text.partition(f'name="{name}"')[2].partition("</select>")[0]


def typed(desk, **changes):
    """The form as somebody of FK would fill it in."""
    page = desk.get(PAGE)
    of_fk = next(
        one
        for one in options(page, "caseworker").split("<option ")
        if "Social Insurance" in one or "FK" in one
    )
    speaker = options(page, "interpreter").split('value="')[2].partition('"')[0]
    said = {
        "act": "open",
        "caseworker": of_fk.partition('value="')[2].partition('"')[0],
        "interpreter": speaker,
    }
    said |= {"starts": "14:30", "ends": "15:30", "capacity": "3", "room": ""}
    return said | {f"meets_{number}": "on" for number in range(1, 5)} | changes


@pytest.fixture
def group(desk) -> GroupMeeting:
    assert "The group is open." in words_of(desk.post(PAGE, typed(desk), follow=True))
    return GroupMeeting.objects.get()


def press(browser, group, act, chain=None):
    named = {"act": act, "group": group.reference} | ({"chain": chain.reference} if chain else {})
    return browser.post(PAGE, named, follow=True)


def test_a_coordinator_opens_a_group_with_all_four_conditions(group):
    assert (group.agency.code, group.language, group.capacity) == ("FK", of_letter("ar"), 3)
    with override("en"):
        assert tuple(group.conditions) == conditions()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"meets_3": ""}, "All four conditions are to be met."),
        ({"starts": "16:00"}, "A meeting starts before it ends."),
        ({"capacity": "99"}, "less than or equal to 12"),
        ({"starts": "12:00", "ends": "13:00"}, "is not on shift all that time"),
        ({"starts": "x"}, "Write a time as 08:30."),
    ],
)
def test_a_group_that_cannot_be_is_refused_and_stays_typed(desk, changes, message):
    answer = desk.post(PAGE, {key: said for key, said in typed(desk, **changes).items() if said})
    assert answer.status_code == 422
    assert message in words_of(answer)
    assert 'value="15:30"' in answer.text or 'value="13:00"' in answer.text
    assert not GroupMeeting.objects.exists()


def test_a_caseworker_puts_own_parties_in_and_takes_them_out(group, chains, caseworker):
    browser = browser_of(caseworker)
    page = browser.get(PAGE)
    assert "Open the group" not in words_of(page)
    assert all(chain.reference in page.text for chain in chains)
    answer = press(browser, group, "add", chains[0])
    assert "is met in the group" in words_of(answer)
    assert "1 of at most 3 parties" in words_of(answer)
    answer = press(browser, group, "remove", chains[0])
    assert "is taken out. Choose another time for its day." in words_of(answer)
    assert "0 of at most 3 parties" in words_of(answer)
    assert f'<option value="{chains[0].reference}"' not in answer.text


def test_another_agency_sees_how_many_come_and_not_who(group, chains, caseworker):
    press(browser_of(caseworker), group, "add", chains[0])
    page = browser_of(UserFactory(agency="PM")).get(PAGE)
    assert "1 of at most 3 parties" in words_of(page)
    assert chains[0].reference not in page.text
    assert press(browser_of(UserFactory(agency="PM")), group, "add", chains[1]).status_code == 409


def test_the_board_shows_a_group_as_one_bar_with_numbers(group, chains, caseworker, desk):
    browser = browser_of(caseworker)
    for chain in chains:
        press(browser, group, "add", chain)
    page = desk.get(BOARD).text
    assert page.count('<li class="group') == 1
    assert "14:30–15:30, Group, 2 parties" in page
    bar = page.partition('<li class="group')[2].partition("</li>")[0]
    assert bar.count("<a ") == 2
    assert chains[0].reference not in bar
    assert chains[0].reference in browser.get(BOARD).text


def test_a_group_with_parties_is_not_cancelled_and_an_empty_one_is(group, chains, caseworker, desk):
    press(browser_of(caseworker), group, "add", chains[0])
    assert "Take them out first." in words_of(press(desk, group, "cancel"))
    press(browser_of(caseworker), group, "remove", chains[0])
    assert "The group is cancelled." in words_of(press(desk, group, "cancel"))
    assert "No group yet." in words_of(desk.get(PAGE))


def test_who_is_not_of_the_site_or_receives_people_finds_no_such_page(group):
    assert browser_of(HostFactory()).get(PAGE).status_code == 403
    assert browser_of(SecretariatFactory()).get(PAGE).status_code == 403
    assert browser_of(UserFactory()).get("/groups/malmo/2026-12-08/").status_code == 404
    assert browser_of(UserFactory()).get("/groups/norrkoping/2026-12-24/").status_code == 404


def test_a_press_on_what_is_no_group_is_refused(desk, group, chains):
    assert desk.post(PAGE, {"act": "cancel", "group": "XXX-XXX"}).status_code == 409
    assert desk.post(PAGE, {"act": "explode", "group": group.reference}).status_code == 409


def test_a_manager_opens_groups_of_the_own_agency_alone(chains):
    page = browser_of(ManagerFactory(agency="FK")).get(PAGE)
    assert options(page, "caseworker").count("<option") == 3


def test_the_secretariat_words_the_conditions_and_open_groups_keep_theirs(group):
    browser = browser_of(SecretariatFactory())
    before = tuple(group.conditions)
    said = {f"text_{number}": f"Villkor {number}" for number in range(1, 5)}
    assert browser.post("/group-conditions/", said | {"text_2": ""}).status_code == 422
    assert not GroupCondition.objects.exists()
    assert "The change is made." in words_of(browser.post("/group-conditions/", said, follow=True))
    assert conditions() == tuple(said.values())
    group.refresh_from_db()
    assert tuple(group.conditions) == before
