"""The pages of decisions and visits."""

import pytest

from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, UserFactory

pytestmark = pytest.mark.django_db
DECISION = {"what": "En gemensam mall", "owner": "Kansliet", "decided_on": "2026-11-02", "due": "2026-11-20"}
VISIT = {
    "date": "2026-11-20",
    "visitors": "Kansliet",
    "purpose": "Uppföljning",
    "notes": "Lugnt.\nBra lokaler.",
}


@pytest.fixture
def browser(db):
    return browser_of(SecretariatFactory())


def test_a_decision_is_written_down_changed_and_done(browser):
    answer = browser.post("/steering-decisions/new/", DECISION | {"version": "0"}, follow=True)
    assert "Overdue Decision Who does it Decided Due Change En gemensam mall Kansliet" in words_of(answer)
    found = [part.split("/")[0] for part in answer.text.split("/steering-decisions/")[1:]]
    [row] = {part for part in found if part.isdigit()}
    address = f"/steering-decisions/{row}/"
    assert browser.post(address, DECISION | {"version": "1", "due": "2026-12-20"}).status_code == 302
    stale = browser.post(address, DECISION | {"version": "1", "owner": "AF"})
    assert stale.status_code == 409
    assert 'value="AF"' in stale.text
    assert browser.post(f"{address}done/", {"version": "1"}).status_code == 409
    browser.post(f"{address}done/", {"version": "2"})
    assert "Done Decision Who does it Decided Done" in words_of(browser.get("/steering-decisions/"))


def test_managers_read_and_change_nothing(browser):
    browser.post("/steering-decisions/new/", DECISION | {"version": "0"})
    manager = browser_of(ManagerFactory())
    assert "En gemensam mall" in words_of(manager.get("/steering-decisions/"))
    assert "New decision" not in words_of(manager.get("/steering-decisions/"))
    assert manager.post("/steering-decisions/new/", DECISION).status_code == 403
    assert browser_of(UserFactory()).get("/steering-decisions/").status_code == 403


def test_a_visit_is_written_down(browser, norrkoping):
    form = VISIT | {"site": str(norrkoping.pk), "version": "0"}
    answer = browser.post("/site-visits/new/", form, follow=True)
    assert "Norrköping 2026-11-20 Kansliet Uppföljning Lugnt. Bra lokaler." in words_of(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"date": "2026-11-24"}, "That day lies in the future."),
        ({"date": "x"}, "Write the date as yyyy-mm-dd."),
        ({"site": "0"}, "valid choice"),
        ({"purpose": ""}, "required"),
    ],
)
def test_a_wrong_visit_comes_back_as_it_was_typed(browser, norrkoping, wrong, said):
    form = VISIT | {"site": str(norrkoping.pk), "version": "0"} | wrong
    answer = browser.post("/site-visits/new/", form)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "Bra lokaler." in answer.text
