"""More choices: the finer questions of the newcomer's consent, the answers and what they open."""

import re
from functools import partial
from html import unescape

import pytest
from django.utils.translation import override

from agencies.languages import LANGUAGES
from checklists.consent.questions import GENERAL_TERMS, PURPOSE_TEXTS, QUESTION_TEXTS, scope_of_chain
from checklists.consent.record import record_paper_consent
from checklists.models import ConsentEvent
from tests.browser import browser_of
from tests.checklists.consent.phones import Phone, hidden_fields, look, press, with_code
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def phones(chain, owner, acting) -> list[Phone]:
    """Both adults' phones."""
    with acting(owner):
        links = list(chain.links.order_by("pk"))
    return [with_code(link) for link in links]


look_at = partial(look, page="choices")


def test_a_phone_without_the_code_is_asked_for_it(phones, client):
    answer = client.get(f"/d/{phones[0][1]}/choices")
    assert 'name="code"' in answer.text
    assert "office" not in answer.text


def test_every_office_of_the_day_is_there_to_choose(phones):
    page = look_at(*phones[0])
    keys = set(re.findall(r"to=([\w-]+)\"", page.text))
    assert keys == {"MIG", "SKV", "FK", "AF", "KOM-0581"}
    assert 'name="say"' not in page.text


def test_the_buttons_of_yes_and_no_look_alike(phones):
    page = look_at(*phones[0], to="FK")
    buttons = re.findall(r"<button ([^>]*)value=\"([\w.-]+)\"", page.text)
    kinds = {" ".join(attributes.split()) for attributes, _ in buttons}
    assert kinds == {'type="submit" class="quiet" name="say"'}
    answers = [value.rsplit(".", 1) for _, value in buttons]
    assert [answer for _, answer in answers] == ["yes", "no"] * (len(answers) // 2)
    assert {key.split(".")[1] for key, _ in answers} == {"names", "meetings", "note", "checklist"}


def test_yes_shows_the_name_on_the_next_request_and_taking_it_back_ends_it(phones, fk, chain, acting):
    phone, token = phones[0]
    visit, browser = f"/visits/{chain.reference}/", browser_of(fk)
    assert "Layla" not in browser.get(visit).text
    answer = press(phone, token, say="FK.names.MIG.yes")
    assert answer.status_code == 302
    assert "You said yes on" in phone.get(answer["Location"]).text
    assert "Layla" in browser.get(visit).text
    press(phone, token, say="FK.names.MIG.back")
    assert "Layla" not in browser.get(visit).text


def test_an_adult_sees_nothing_of_what_the_other_has_said(phones):
    """Byte by byte the same page, whether the other adult has said nothing, yes or no, or taken it back."""
    press(*phones[0], say="FK.meetings.MIG.yes")
    seen = [look_at(*phones[0], to=to).content for to in ("", "FK")]
    for answer in ("yes", "back", "yes", "no"):
        press(*phones[1], say=f"FK.meetings.MIG.{answer}")
        assert [look_at(*phones[0], to=to).content for to in ("", "FK")] == seen
    assert "You said yes on" in look_at(*phones[0], to="FK").text
    assert "only when all adults in the family say yes" in look_at(*phones[0], to="FK").text


def test_an_answer_shows_when_and_how_it_came_and_which_agency_recorded_it(phones, chain, owner, acting):
    (phone, token), (other, others) = phones
    press(phone, token, say="FK.names.MIG.yes")
    with acting(owner):
        scope = scope_of_chain(chain.reference)
        paper = {"witness": "Test Vittne", "interpreter": "Tolk 12"}
        assert scope is not None
        question = scope.questions["FK.note.MIG"]
        record_paper_consent(
            question=question,
            newcomer=scope.adults[0].pk,
            answer="given",
            language="ar",
            by=owner,
            at=NOW,
            **paper,
        )
    for to in ("", "FK"):
        told = " ".join(look_at(phone, token, to=to).text.split())
        assert '23 November 2026 <bdi dir="ltr">09:00</bdi>' in told
        assert "(on the own link)" in told
        assert "(on paper, <bdi>Swedish Migration Agency</bdi>)" in told
        assert "Is an answer here not yours?" in told
        assert "(on " not in look_at(other, others, to=to).text


def test_an_answer_that_is_posted_again_after_the_code_was_asked_for_counts_once(
    phones, chain, owner, acting
):
    phone, token = phones[0]
    page = look_at(phone, token, to="FK")
    fields = hidden_fields(page.text)
    for _again in range(2):
        answer = phone.post(f"/d/{token}/choices", fields | {"say": "FK.names.MIG.yes"})
        assert answer.status_code == 302
        assert answer["Location"] == f"/d/{token}/choices?language=en&to=FK#FK.names.MIG"
    with acting(owner):
        assert ConsentEvent.objects.count() == 1


def test_an_answer_to_a_text_that_has_changed_is_refused(phones):
    phone, token = phones[0]
    answer = press(phone, token, say="FK.names.MIG.yes", **{"FK.names.MIG": "0" * 16})
    assert answer.status_code == 409
    assert "Read it again" in answer.text


@pytest.mark.parametrize("say", ["", "FK.names", "FK.names.FK.yes", "XX.names.MIG.yes", "FK.names.MIG.maybe"])
def test_an_answer_to_a_question_that_is_not_asked_is_refused(phones, say):
    answer = press(*phones[0], say=say)
    assert answer.status_code == 409
    phone, token = phones[0]
    assert len(phone.get(f"/d/{token}/choices").content) > 0


def test_a_page_left_open_after_the_code_has_ended_writes_nothing(phones, chain, owner, acting):
    phone, token = phones[0]
    phone.cookies.clear()
    answer = phone.post(f"/d/{token}/choices", {"say": "FK.names.MIG.yes"})
    assert answer.status_code == 422
    with acting(owner):
        assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_in_its_own_words_and_stays_light(phones, language):
    for to in ("", "FK"):
        page = look_at(*phones[0], to=to, language=language)
        assert page["Content-Language"] == LANGUAGES[language].html_lang
        assert len(page.content) < 40_000
    if language != "en":
        told = unescape(page.text)
        for words in ("May ", "Then ", "secrecy between", "You can"):
            assert words not in told


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_of_the_questions_is_translated(language):
    lines = [*QUESTION_TEXTS.values(), *PURPOSE_TEXTS.values(), *GENERAL_TERMS]
    with override("en"):
        english = [line() for line in lines]
    with override(language):
        assert not set(english) & {line() for line in lines}


def test_the_page_costs_the_same_whatever_has_been_answered(phones, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as counted:
        look_at(*phones[0], to="FK")
    before = len(counted)
    for key in ("FK.names.MIG", "FK.note.MIG", "FK.meetings.MIG"):
        press(*phones[0], say=f"{key}.no")
    with django_assert_max_num_queries(30) as counted:
        look_at(*phones[0], to="FK")
    assert len(counted) == before
