"""Staff take down an answer by telephone, over the API and on the chain's page, and see who has answered what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.chains.book import cancel_chain
from bookings.models import Chain, Party, SummonsAnswer
from bookings.parties.protect import protect_party
from tests.bookings.api_steps import at
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_answer_is_taken_down_once(api, booked):
    first = api.post(
        at(booked, "answers/"), {"adult": "2", "answer": "another_time", "why": "ill", "text": "Feber"}
    )
    assert first.status_code == 201
    told = first.json()
    assert (told["adult"], told["answer"], told["why"], told["source"], told["holds"]) == (
        "2",
        "another_time",
        "ill",
        "telephone",
        True,
    )
    again = api.post(
        at(booked, "answers/"), {"adult": "2", "answer": "another_time", "why": "ill", "text": "Feber"}
    )
    assert (again.status_code, again.json()) == (200, told)
    assert api.post(at(booked, "answers/"), {"adult": "2", "answer": "yes"}).status_code == 201
    listed = api.get(at(booked, "answers/")).json()
    assert [(one["answer"], one["holds"]) for one in listed["results"]] == [
        ("another_time", False),
        ("yes", True),
    ]


def test_help_is_taken_down_without_a_number_and_says_that_none_is_known(api, booked, browser, phoneless):
    told = api.post(at(booked, "answers/"), {"adult": "1", "answer": "help", "text": "Ring mamma"})
    assert (told.status_code, told.json()["call_number"]) == (201, "")
    page = f"/chains/{booked['reference']}/"
    answer = browser.post(f"{page}answers/", {"adult": "2", "answer": "help"}, follow=True)
    assert "no telephone number is known" in words_of(answer)
    assert words_of(answer).count("No telephone number is known.") == 2


def test_the_number_that_was_said_on_the_telephone_is_kept(api, booked, browser, phoneless):
    body = {"adult": "1", "answer": "help", "call_number": "070-174 06 09"}
    told = api.post(at(booked, "answers/"), body)
    assert (told.status_code, told.json()["call_number"]) == (201, "+46701740609")
    assert api.post(at(booked, "answers/"), body).status_code == 200
    page = f"/chains/{booked['reference']}/"
    answer = browser.post(f"{page}answers/", body | {"adult": "2"}, follow=True)
    assert "no telephone number is known" not in words_of(answer)
    assert answer.text.count("070-174 06 09") == 2
    refused = browser.post(f"{page}answers/", body | {"call_number": "ring mig"})
    assert (refused.status_code, "Write it with digits." in refused.text) == (422, True)
    refused = api.post(at(booked, "answers/"), body | {"call_number": "ring mig"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["call_number"])


def test_of_a_protected_identity_the_number_is_sealed(api, booked, browser, caseworker, acting):
    with acting(caseworker):
        party = Chain.objects.get(reference=booked["reference"]).party
        protect_party(party=party, reason="The Tax Agency has told us so.", by=caseworker, at=NOW)
    page = f"/chains/{booked['reference']}/"
    answer = browser.post(f"{page}answers/", {"adult": "1", "answer": "help"}, follow=True)
    assert "whoever calls opens the identity first" in words_of(answer)
    assert "No telephone number is known." not in words_of(answer)


@pytest.fixture
def phoneless(booked, caseworker, acting) -> None:
    with acting(caseworker):
        Party.objects.update(phone="")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"adult": "9", "answer": "yes"}, "adult"),
        ({"adult": "1", "answer": "maybe"}, "answer"),
        ({"adult": "1", "answer": "another_time", "why": "weather"}, "why"),
        ({"adult": "1", "answer": "yes", "text": "x" * 301}, "text"),
        ({"answer": "yes"}, "adult"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_field(api, booked, body, field):
    answer = api.post(at(booked, "answers/"), body)
    assert answer.status_code in (400, 422)
    assert list(answer.json()["errors"]) == [field]
    assert api.get(at(booked, "answers/")).json()["count"] == 0


def test_a_visited_agency_finds_nothing(booked, signed_in):
    met = signed_in(UserFactory(agency="FK"))
    assert met.get(at(booked, "answers/")).status_code == 404
    assert met.post(at(booked, "answers/"), {"adult": "1", "answer": "yes"}).status_code == 404


def test_a_cancelled_day_takes_no_answer(api, booked, caseworker, acting):
    with acting(caseworker):
        chain = Chain.objects.get(reference=booked["reference"])
        cancel_chain(chain=chain, reason="Sjukdom", by=caseworker, at=NOW)
    answer = api.post(at(booked, "answers/"), {"adult": "1", "answer": "yes"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "answer-too-late")


@pytest.mark.parametrize(("meeting", "settled"), [("MIG", False), ("", True)])
def test_only_a_move_of_the_whole_day_settles_a_wish_for_another_time(api, booked, propose, meeting, settled):
    api.post(at(booked, "answers/"), {"adult": "1", "answer": "another_time", "why": "ill"})
    proposal = propose(booked["party"], **({"meeting": meeting} if meeting else {}))[0]["id"]
    assert api.post(at(booked, "move/"), {"proposal": proposal}).status_code == 200
    (answer,) = api.get(at(booked, "answers/")).json()["results"]
    assert (answer["settled_at"] is not None) is settled


def test_the_page_shows_the_answer_and_takes_one_down(booked, caseworker, acting, client):

    page = f"/chains/{booked['reference']}/"
    browser = browser_of(caseworker)
    assert "Nobody has answered yet." in browser.get(page).content.decode()
    told = {"adult": "1", "answer": "another_time", "why": "children", "text": "Skolstart"}
    assert browser.post(f"{page}answers/", told)["Location"] == page
    content = browser.get(page).content.decode()
    assert "needs another time" in content
    assert "Skolstart" in content
    assert browser.post(f"{page}answers/", told | {"answer": "x"}).status_code == 422
    with acting(caseworker):
        assert SummonsAnswer.objects.count() == 1


def test_a_longer_list_takes_no_more_queries(api, booked):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert api.get(at(booked, "answers/")).status_code == 200
        return len(asked)

    api.post(at(booked, "answers/"), {"adult": "1", "answer": "yes"})
    with_one = queries()
    for adult in ("1", "2"):
        api.post(at(booked, "answers/"), {"adult": adult, "answer": "help"})
    assert queries() == with_one
