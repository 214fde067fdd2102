"""The page that takes the paper code: what it keeps, where it goes on to, how it refuses."""

import pytest
from django.test import Client
from django.utils import timezone

from bookings.links.paper_code import MOST_WRONG
from bookings.links.tokens import code_of, paper_address_of, token_of
from bookings.models import Link
from bookings.newcomer.access import COOKIE
from bookings.summons.issue import renew_link

pytestmark = pytest.mark.django_db
WRONG = "34679CDF"


def type_code(phone: Client, link: Link, code: str, *, onward: str = "consents", language: str = "en"):
    typed = {"code": code, "onward": onward, "language": language}
    return phone.post(f"/d/{token_of(link)}/key", typed)


def test_the_right_code_leads_on_in_the_same_language(phone, link):
    answer = type_code(phone, link, code_of(link).lower(), onward="readings", language="ar")
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token_of(link)}/readings?language=ar")
    assert answer["Cache-Control"] == "no-store"


def test_the_cookie_holds_no_code_and_goes_to_this_links_pages_only(phone, link):
    cookie = type_code(phone, link, code_of(link)).cookies[COOKIE]
    assert (cookie["path"], cookie["max-age"]) == (f"/d/{token_of(link)}", 1800)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert code_of(link) not in cookie.value


def test_a_get_is_answered_alike_for_every_token_in_the_phones_language(phone, link):
    bodies = set()
    for token in (token_of(link), "A" * 22):
        answer = phone.get(f"/d/{token}/key", headers={"accept-language": "ti"})
        assert answer["Content-Language"] == "ti"
        bodies.add(answer.text.replace(token, ""))
    assert len(bodies) == 1


def test_a_wrong_code_is_refused_in_the_readers_language_and_stays_in_its_field(phone, link):
    answer = type_code(phone, link, WRONG, language="sv")
    assert answer.status_code == 422
    assert "Det är inte koden i ditt brev" in answer.text
    assert f'value="{WRONG}"' in answer.text
    assert COOKIE not in answer.cookies


def test_a_wrong_code_is_logged_as_a_refused_attempt_and_a_right_one_is_not(phone, link, monkeypatch):
    reasons = []
    monkeypatch.setattr(
        "agencies.read_log_middleware.log_attempt", lambda **attempt: reasons.append(attempt["reason"])
    )
    type_code(phone, link, WRONG)
    type_code(phone, link, code_of(link))
    assert reasons == ["wrong-code"]


def test_the_page_tells_when_few_tries_are_left_and_what_to_do_when_the_code_is_closed(phone, link):
    answers = [type_code(phone, link, WRONG) for _ in range(MOST_WRONG)]
    assert [answer.status_code for answer in answers] == [422] * 9 + [409]
    assert "Tries left" not in answers[0].text
    assert "Tries left: 1" in answers[8].text
    closed = type_code(phone, link, code_of(link))
    assert closed.status_code == 409
    assert "Ask at the desk for a new letter" in closed.text


def test_a_new_letter_has_a_code_that_works_and_ends_the_old_link(phone, link, caseworker, acting):
    old, code = token_of(link), code_of(link)
    for _ in range(MOST_WRONG):
        type_code(phone, link, WRONG)
    with acting(caseworker):
        new = renew_link(link=link, by=caseworker, at=timezone.now())
        assert renew_link(link=link, by=caseworker, at=timezone.now()).generation == new.generation
        assert [event.kind for event in new.chain.events.all()].count("renewed") == 2
    assert phone.post(f"/d/{old}/key", {"code": code, "onward": "consents"}).status_code == 404
    assert type_code(phone, new, code_of(new)).status_code == 302


def test_an_unknown_link_is_answered_like_on_the_days_page(phone, link):
    answer = phone.post("/d/AAAA/key", {"code": code_of(link), "onward": "consents", "language": "en"})
    assert answer.status_code == 404
    assert answer.content == phone.post("/d/AAAA", {"language": "en"}).content


@pytest.mark.parametrize("onward", ["", "//evil.example", "https:evil", "../parties"])
def test_it_leads_to_no_address_outside_the_link(phone, link, onward):
    answer = type_code(phone, link, code_of(link), onward=onward)
    assert answer.status_code == 422
    assert "evil" not in answer.text


def test_the_letters_qr_code_carries_the_code_into_the_form_of_the_first_screen(phone, link):
    address = paper_address_of(link).removeprefix("http://localhost:8111").split("/d/")[1]
    screen = phone.get(f"/d/{address}")
    assert f'name="k" value="{code_of(link)}"' in screen.text
    assert not screen.cookies
    assert 'name="k"' not in phone.get(f"/d/{token_of(link)}?k=<x>").text
