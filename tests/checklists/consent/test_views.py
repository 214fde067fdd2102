"""Staff's page and API of consent: the questions, and recording answers given on paper."""

import re
from html import unescape

import pytest
from django.test import Client

from bookings.models import Newcomer
from checklists.models import ConsentEvent
from tests.browser import browser_of
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(chain) -> str:
    return f"/chains/{chain.reference}/consents/"


def record(browser: Client, address: str, question: str, **changes: str):
    page = browser.get(address, {"question": question})
    (digest,) = re.findall(r'name="digest" value="(\w+)"', page.text)
    said = {"adult": "1", "answer": "given", "witness": "Test Vittne", "interpreter": "Tolk 12"}
    return browser.post(f"{address}?question={question}", said | {"digest": digest} | changes)


def test_the_page_shows_the_text_in_both_languages_with_the_form(owner, address):
    page = unescape(browser_of(owner).get(address, {"question": "FK.names.MIG"}).text)
    assert 'lang="ar" dir="rtl"' in page
    assert "Får Migrationsverket visa ditt namn" in page
    assert page.count('<form class="form narrow"') == 1


def test_a_recorded_answer_is_shown_and_opens_the_name_until_it_is_withdrawn(owner, address, fk, acting):
    browser = browser_of(owner)
    answer = record(browser, address, "FK.names.MIG")
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = browser.get(address).text
    assert "yes, until" in page
    with acting(fk):
        assert Newcomer.objects.count() == 1
    record(browser, address, "FK.names.MIG", answer="withdrawn")
    with acting(fk):
        assert Newcomer.objects.count() == 0
    with acting(owner):
        first, last = ConsentEvent.objects.all()
    assert (first.language, first.witness, first.recorded_by_id) == ("ar", "Test Vittne", owner.pk)
    assert last.kind == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "said", "status"),
    [
        ({"witness": ""}, "Say who witnessed it.", 422),
        ({"interpreter": ""}, "Children and relatives do not interpret.", 422),
        ({"answer": "maybe"}, "maybe", 422),
        ({"adult": "9"}, "9 is not one of the available choices", 422),
        ({"adult": ""}, "Choose one of the adults.", 422),
        ({"digest": "0" * 16}, "This question has changed", 409),
        ({"answer": "withdrawn"}, "There is no yes to take back.", 409),
    ],
)
def test_a_refused_form_shows_the_message_and_what_was_typed(owner, address, changes, said, status, acting):
    answer = record(browser_of(owner), address, "FK.names.MIG", **changes)
    assert answer.status_code == status
    assert said in unescape(answer.text)
    assert changes.get("witness", "Test Vittne") in answer.text
    with acting(owner):
        assert not ConsentEvent.objects.exists()


def test_another_agency_asks_only_about_its_own_steps(fk, address, owner, chain, acting):
    browser = browser_of(fk)
    page = browser.get(address)
    assert set(re.findall(r"question=[\w-]+\.(\w+)\.(\w+)", page.text)) <= {("checklist", "FK")}
    assert "Check the party in" in page.text
    assert browser.post(f"{address}?question=AF.names.MIG", {"answer": "given"}).status_code == 404


def test_an_agency_without_a_meeting_is_answered_404(address):
    stranger = browser_of(UserFactory(agency="PM", sites=[]))
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}?question=FK.names.MIG", {"answer": "given"}).status_code == 404


def test_the_api_lists_the_questions_and_records_an_answer(owner, chain, fk, acting, address):
    api = browser_of(owner)
    found = {each["key"]: each for each in api.get(f"/api/v1{address}").json()}
    asked = found["FK.names.MIG"]
    assert asked["answers"] == [
        {"adult": 1, "state": None, "until": None},
        {"adult": 2, "state": None, "until": None},
    ]
    said = {
        "question": asked["key"],
        "digest": asked["digest"],
        "adult": "1",
        "answer": "given",
        "witness": "Test Vittne",
        "interpreter": "Tolk 12",
    }
    answer = api.post(f"/api/v1{address}", said, content_type="application/json")
    assert answer.status_code == 200
    now = {each["key"]: each for each in answer.json()}["FK.names.MIG"]
    assert now["answers"][0]["state"] == "given"
    with acting(fk):
        assert Newcomer.objects.count() == 1
    wrong = api.post(f"/api/v1{address}", said | {"witness": "x" * 101}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["witness"])
    stale = api.post(f"/api/v1{address}", said | {"digest": "0"}, content_type="application/json")
    assert stale.json()["type"] == "/problems/question-changed"
    stranger = browser_of(UserFactory(agency="PM", sites=[]))
    assert stranger.get(f"/api/v1{address}").status_code == 404
