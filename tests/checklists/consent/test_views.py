"""Staff's page and API of consent: the questions, and recording answers given on paper."""

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client

from agencies.models import Reading, User
from bookings.models import Newcomer
from checklists.models import ConsentEvent
from tests.browser import browser_of
from tests.checklists.consent.phones import answer, with_code
from tests.factories.agencies import ManagerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(chain) -> str:
    return f"/chains/{chain.reference}/consents/"


PAPER = {"witness": "Test Vittne", "interpreter": "Tolk 12"}


def fields(browser: Client, address: str) -> dict[str, str]:
    """The hidden fields of the page."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', browser.get(address).text)
    return {name: value for name, value in found if name.endswith(".digest")}


def record(browser: Client, address: str, said: dict[str, str], **changes: object):
    """Send the form of a sitting with both adults present."""
    form = fields(browser, address) | PAPER | {"present": ["1", "2"]} | said | changes
    return browser.post(address, form)


def test_the_page_shows_each_text_in_both_languages_in_one_form(owner, address):
    page = unescape(browser_of(owner).get(address).text)
    assert 'lang="ar" dir="rtl"' in page
    assert "Får ditt namn och födelsedatum visas? Från: Migrationsverket. Till:" in page
    assert page.count('name="witness"') == page.count('name="interpreter"') == 1
    assert len(re.findall(r"<form [^>]*sitting", page)) == 1
    for name in ("FK.names.MIG.1", "FK.names.MIG.2", "AF.note.MIG.1"):
        assert page.count(f'type="radio" name="{name}"') == 3


def test_one_sitting_records_what_both_adults_said_to_many_questions(owner, address, acting):
    said = {
        "FK.names.MIG.1": "yes",
        "FK.names.MIG.2": "no",
        "FK.meetings.MIG.1": "yes",
        "AF.note.MIG.2": "yes",
    }
    answer = record(browser_of(owner), address, said)
    assert (answer.status_code, answer["Location"]) == (302, address)
    with acting(owner):
        events = list(ConsentEvent.objects.all())
    assert len(events) == len(said)
    assert Counter(event.kind for event in events) == {"given": 3, "refused": 1}
    assert {(event.witness, event.interpreter, event.language) for event in events} == {
        ("Test Vittne", "Tolk 12", "ar")
    }


def test_a_recorded_answer_is_shown_and_opens_the_name_until_it_is_withdrawn(owner, address, fk, acting):
    browser = browser_of(owner)
    record(browser, address, {"FK.names.MIG.1": "yes"})
    assert "yes, until" in browser.get(address).text
    with acting(fk):
        assert Newcomer.objects.count() == 1
    record(browser, address, {"FK.names.MIG.1": "no"})
    with acting(fk):
        assert Newcomer.objects.count() == 0
    with acting(owner):
        assert [event.kind for event in ConsentEvent.objects.all()] == ["given", "withdrawn"]


@pytest.mark.parametrize(
    ("changes", "said", "status"),
    [
        ({"witness": ""}, "Say who witnessed it.", 422),
        ({"witness": "x" * 101}, "Say it in at most 100 characters.", 422),
        ({"interpreter": ""}, "Children and relatives do not interpret.", 422),
        ({"present": ["1"]}, "Somebody has an answer but is not chosen here.", 422),
        ({"present": []}, "Choose who is here.", 422),
        ({"present": ["9"]}, "9 is not one of the available choices", 422),
        ({"FK.names.MIG.2": "maybe"}, "maybe is not one of the available choices", 422),
        (
            {"FK.names.MIG.1": "", "FK.names.MIG.2": "", "AF.note.MIG.2": ""},
            "Choose what the person said.",
            422,
        ),
        ({"FK.names.MIG.digest": "0" * 16}, "This question has changed", 409),
        ({"FK.names.MIG.digest": ""}, "This question has changed", 409),
    ],
)
def test_what_is_refused_stands_at_its_place_the_rest_is_kept_and_nothing_is_recorded(
    owner, address, changes, said, status, acting
):
    given = {"FK.names.MIG.1": "yes", "FK.names.MIG.2": "no", "AF.note.MIG.2": "yes"}
    answer = record(browser_of(owner), address, given, **changes)
    page = unescape(answer.text)
    assert answer.status_code == status
    assert said in page
    assert changes.get("witness", "Test Vittne") in page
    kept = given | changes
    for name, value in given.items():
        field = re.search(rf'name="{name}" value="{value}"[^>]*', page)
        assert field
        assert ("checked" in field[0]) == (kept[name] == value)
    with acting(owner):
        assert not ConsentEvent.objects.exists()


def test_of_two_answers_of_which_one_is_refused_only_that_one_is_marked(owner, address):
    answer = record(
        browser_of(owner),
        address,
        {"FK.names.MIG.1": "yes", "AF.names.MIG.1": "yes"},
        **{"FK.names.MIG.digest": "0" * 16},
    )
    page = unescape(answer.text)
    assert 'id="id_FK.names.MIG.1_error"' in page
    assert 'id="id_AF.names.MIG.1_error"' not in page
    assert "Nothing has been recorded." in page


def test_another_agency_asks_only_about_its_own_steps(fk, address, owner, chain, acting):
    browser = browser_of(fk)
    page = browser.get(address)
    assert 'name="witness"' not in page.text
    assert "Check the party in" in page.text
    with acting(owner):
        links = list(chain.links.order_by("pk"))
    for link in links:
        answer(*with_code(link), to="FK", you="yes")
    asked = re.findall(r'name="[\w-]+\.(\w+)\.(\w+)\.1"', browser.get(address).text)
    assert set(asked) == {("checklist", "FK")}
    said = {"AF.names.MIG.1": "yes", "AF.checklist.FK.1": "yes"}
    assert record(browser, address, said).status_code == 302
    with acting(fk):
        (event,) = ConsentEvent.objects.filter(channel="paper")
    assert (event.category, event.recorded_by_id) == ("checklist", fk.pk)


def test_an_agency_without_a_meeting_is_answered_404(address):
    stranger = browser_of(UserFactory(agency="PM", sites=[]))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"FK.names.MIG.1": "yes"}).status_code == 404


def read(api: Client, address: str) -> dict[str, dict]:
    """Each question that the API lists, by its key."""
    page = api.get(f"/api/v1{address}").json()
    assert set(page) == {"count", "next", "previous", "results"}
    return {each["key"]: each for each in page["results"]}


@pytest.fixture
def said(owner, address) -> dict[str, str]:
    """A yes from paper, as the API takes it."""
    asked = read(browser_of(owner), address)["FK.names.MIG"]
    return {
        "question": asked["key"],
        "digest": asked["digest"],
        "adult": asked["answers"][0]["adult"],
        "answer": "given",
        "witness": "Test Vittne",
        "interpreter": "Tolk 12",
    }


def send(user: User, address: str, said: dict[str, str]):
    return browser_of(user).post(f"/api/v1{address}", said, content_type="application/json")


def test_the_api_lists_the_questions_and_records_an_answer(owner, fk, acting, address, said):
    """An adult that was read is written as it was read."""
    nobody = {"language": "ar", "state": None, "until": None}
    assert read(browser_of(owner), address)["FK.names.MIG"]["answers"] == [
        {"adult": "1"} | nobody,
        {"adult": "2"} | nobody,
    ]
    answer = send(owner, address, said)
    assert answer.status_code == 200
    assert (answer.json()["key"], answer.json()["answers"][0]["state"]) == ("FK.names.MIG", "given")
    assert read(browser_of(owner), address)["FK.names.MIG"]["answers"][0]["state"] == "given"
    with acting(fk):
        assert Newcomer.objects.count() == 1
    stranger = browser_of(UserFactory(agency="PM", sites=[]))
    assert stranger.get(f"/api/v1{address}").status_code == 404


def test_the_api_lists_the_questions_page_by_page(owner, address):
    api = browser_of(owner)
    whole = api.get(f"/api/v1{address}").json()
    first = api.get(f"/api/v1{address}", {"limit": 3}).json()
    second = api.get(first["next"]).json()
    assert first["count"] == whole["count"]
    assert [each["key"] for each in first["results"] + second["results"]] == [
        each["key"] for each in whole["results"][:6]
    ]


@pytest.mark.parametrize(
    ("changes", "status", "kind", "field"),
    [
        ({"witness": "x" * 101}, 422, "paper-incomplete", "witness"),
        ({"witness": ""}, 422, "not-usable", "witness"),
        ({"adult": "3"}, 422, "not-an-adult", "adult"),
        ({"adult": "9" * 5000}, 422, "not-an-adult", "adult"),
        ({"adult": "²"}, 422, "not-an-adult", "adult"),
        ({"answer": "perhaps"}, 422, "paper-incomplete", "answer"),
        ({"answer": "withdrawn"}, 409, "consent-missing", "answer"),
        ({"digest": "0"}, 409, "question-changed", "question"),
        ({"question": "FK.names.SKV"}, 422, "no-such-question", "question"),
    ],
)
def test_a_refusal_of_the_api_is_a_problem_that_names_the_field(
    owner, address, said, acting, changes, status, kind, field
):
    answer = send(owner, address, said | changes)
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"/problems/{kind}")
    assert list(problem["errors"]) == [field]
    with acting(owner):
        assert not ConsentEvent.objects.exists()


def test_reading_the_answers_over_the_api_leaves_a_row_for_each_adult(owner, address, chain, acting, said):
    def rows() -> Counter:
        with acting(ManagerFactory(agency=owner.agency)):
            return Counter(Reading.objects.values_list("person", "what"))

    with acting(owner):
        adults = [link.newcomer.key for link in chain.links.select_related("newcomer")]
    for ask in (lambda: read(browser_of(owner), address), lambda: send(owner, address, said)):
        before = rows()
        ask()
        assert rows() - before == Counter({(key, "api"): 1 for key in adults})


@pytest.fixture
def two_languages(chain, owner, acting) -> None:
    """The eldest adult reads Somali, the other one the party's Arabic."""
    with acting(owner):
        eldest = chain.party.members.earliest("birth_date")
        Newcomer.objects.filter(pk=eldest.pk).update(letter_language="so")


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize(("adult", "language"), [("1", "so"), ("2", "ar")])
def test_a_couple_is_read_the_question_in_both_languages_and_each_answer_keeps_its_own(
    owner, address, acting, adult, language
):
    browser = browser_of(owner)
    page = browser.get(address).text
    assert re.findall(r'class="text" lang="(\w+)"', page)[:3] == ["so", "ar", "sv"]
    assert record(browser, address, {f"FK.names.MIG.{adult}": "yes"}).status_code == 302
    with acting(owner):
        event = ConsentEvent.objects.get()
        assert event.language == language
        assert event.text.splitlines()[0] in unescape(page)


@pytest.mark.usefixtures("two_languages")
def test_the_api_tells_in_which_language_each_adult_is_read_the_question(owner, address, acting):
    asked = read(browser_of(owner), address)["FK.names.MIG"]
    assert [text["language"] for text in asked["texts"]] == ["so", "ar"]
    assert asked["texts"][0] == {"language": asked["language"], "text": asked["text"]}
    assert [answer["language"] for answer in asked["answers"]] == ["so", "ar"]
    said = {"question": asked["key"], "digest": asked["digest"], "adult": "2", "answer": "given"}
    assert send(owner, address, said | {"witness": "Vittne", "interpreter": "Tolk 12"}).status_code == 200
    with acting(owner):
        assert ConsentEvent.objects.get().text == asked["texts"][1]["text"]


def test_a_changed_language_of_an_adult_refuses_an_answer_to_what_was_read_before(
    owner, address, chain, acting, said
):
    with acting(owner):
        Newcomer.objects.filter(party=chain.party).update(letter_language="ti")
    assert send(owner, address, said).json()["type"] == "/problems/question-changed"
