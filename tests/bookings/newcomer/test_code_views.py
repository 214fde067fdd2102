"""The page that takes the paper code: what it keeps, where it goes on to, how it refuses."""

import pytest
from django.test import Client
from django.utils import timezone

from agencies.languages import LANGUAGES
from bookings.links.paper_code import MOST_WRONG
from bookings.links.tokens import code_of, paper_address_of, token_of
from bookings.models import Link
from bookings.newcomer.session import cookie_of
from bookings.summons.issue import renew_link
from tests.factories.agencies import the_site

pytestmark = pytest.mark.django_db
WRONG = "34679CDF"


def type_code(phone: Client, link: Link, code: str, *, onward: str = "consents", language: str = "en"):
    typed = {"code": code, "onward": onward, "language": language}
    return phone.post(f"/d/{token_of(link)}/key", typed)


def refused(phone: Client, link: Link, code: str, **more: str):
    """The page that a refused code leads back to."""
    answer = type_code(phone, link, code, **more)
    assert answer.status_code == 302
    return phone.get(answer["Location"])


def test_the_right_code_leads_on_in_the_same_language(phone, link):
    answer = type_code(phone, link, code_of(link).lower(), onward="readings", language="ar")
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token_of(link)}/readings?language=ar")
    assert answer["Cache-Control"] == "no-store"


def test_the_cookie_holds_no_code_and_comes_along_from_a_mail(phone, link):
    cookie = type_code(phone, link, code_of(link)).cookies[cookie_of(token_of(link))]
    assert (cookie["path"], cookie["max-age"]) == ("/", 3600)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert code_of(link) not in cookie.value


def test_a_get_is_answered_alike_for_every_token_in_the_phones_language(phone, link):
    bodies = set()
    for token in (token_of(link), "A" * 22):
        answer = phone.get(f"/d/{token}/key", headers={"accept-language": "ti"})
        assert answer["Content-Language"] == "ti"
        bodies.add(answer.text.replace(token, ""))
    assert len(bodies) == 1


def test_a_wrong_code_is_refused_in_the_readers_language_and_stays_in_its_field(phone, link):
    page = refused(phone, link, WRONG, language="sv")
    assert "Det är inte koden i ditt brev" in page.text
    assert f'value="{WRONG}"' in page.text
    assert 'name="code"' in phone.get(f"/d/{token_of(link)}/readings").text


def test_a_refusal_is_read_again_in_another_language(phone, link):
    refused(phone, link, WRONG, language="sv")
    page = phone.get(f"/d/{token_of(link)}/key?language=en")
    assert "That is not the code in your letter" in page.text
    assert f'value="{WRONG}"' in page.text


def test_another_language_keeps_what_is_typed_and_counts_no_try(phone, link):
    for _ in range(2 * MOST_WRONG):
        typed = {"code": WRONG, "onward": "readings", "language": "sv", "switch": "ti"}
        answer = phone.post(f"/d/{token_of(link)}/key", typed)
    page = phone.get(answer["Location"])
    assert page["Content-Language"] == "ti"
    assert f'value="{WRONG}"' in page.text
    assert 'name="onward" value="readings"' in page.text
    assert type_code(phone, link, code_of(link))["Location"].endswith("/consents?language=en")


def test_a_wrong_code_is_logged_as_a_refused_attempt_and_a_right_one_is_not(phone, link, monkeypatch):
    reasons = []
    monkeypatch.setattr(
        "agencies.read_log_middleware.log_attempt", lambda **attempt: reasons.append(attempt["reason"])
    )
    type_code(phone, link, WRONG)
    type_code(phone, link, code_of(link))
    assert reasons == ["wrong-code"]


def test_the_page_tells_when_few_tries_are_left_and_what_to_do_when_the_code_is_closed(phone, link):
    pages = [refused(phone, link, WRONG) for _ in range(MOST_WRONG)]
    assert "Tries left" not in pages[0].text
    assert "Tries left: 1" in pages[8].text
    for closed in (pages[9], refused(phone, link, code_of(link))):
        assert "The code is closed" in closed.text
        assert "Ask at the desk for a new letter" in closed.text
        assert f'href="tel:{the_site().phone.replace(" ", "").replace("-", "")}"' in closed.text
        assert 'name="code"' not in closed.text


def test_a_form_without_the_code_is_carried_out_when_the_code_is_right(phone, link):
    """The receipt cannot be posted to; so the page that answers is the one that refuses the form."""
    sent = {"code": WRONG, "onward": "readings", "language": "en", "kept.text": 'Hiss, "tack"'}
    wrong = phone.post(f"/d/{token_of(link)}/key", sent)
    assert wrong.status_code == 422
    assert 'name="kept.text" value="Hiss, &quot;tack&quot;"' in wrong.text
    assert "What you wrote is kept" in wrong.text
    switched = phone.post(f"/d/{token_of(link)}/key", sent | {"switch": "sv"})
    assert 'name="kept.text" value="Hiss, &quot;tack&quot;"' in switched.text
    assert switched["Content-Language"] == "sv"
    assert phone.post(f"/d/{token_of(link)}/key", sent | {"code": code_of(link)}).status_code == 405


def test_a_page_with_a_query_is_gone_on_to_with_it(phone, link):
    page = phone.get(f"/d/{token_of(link)}/consents?to=FK&language=en").text
    assert 'name="onward" value="consents?to=FK"' in page
    answer = type_code(phone, link, code_of(link), onward="consents?to=FK")
    assert answer["Location"] == f"/d/{token_of(link)}/consents?to=FK&language=en"


def test_a_receipt_is_gone_on_to(phone, link):
    path = "receipts/3c1f4a3e-6f0e-4b62-9d30-0a3c3c7e2f11"
    assert f'name="onward" value="{path}"' in phone.get(f"/d/{token_of(link)}/{path}").text
    answer = type_code(phone, link, code_of(link), onward=path)
    assert answer["Location"] == f"/d/{token_of(link)}/{path}?language=en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_too_much_that_was_wrong_from_one_address_it_has_to_wait(phone, link, language, settings):
    for _ in range(settings.LIMITS["wrong-link-address"][0]):
        phone.post(f"/d/{'A' * 26}", {"language": language})
    for answer in (
        type_code(phone, link, code_of(link), language=language),
        phone.post(f"/d/{token_of(link)}", {"language": language}),
    ):
        assert answer.status_code == 429
        assert answer["Retry-After"] == "600"
        assert answer["Content-Language"] == LANGUAGES[language].html_lang
    elsewhere = phone.post(f"/d/{token_of(link)}", {"language": language}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_while_redis_is_away_nobody_has_to_wait(phone, link, settings):
    nowhere = {"LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": settings.CACHES["default"] | nowhere}
    assert type_code(phone, link, WRONG).status_code == 302
    assert type_code(phone, link, code_of(link))["Location"].endswith("/consents?language=en")


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
    assert answer["Location"] == f"/d/{token_of(link)}/consents?language=en"


def test_the_letters_qr_code_has_the_code_where_no_browser_sends_it(phone, link):
    assert paper_address_of(link).endswith(f"/d/{token_of(link)}#{code_of(link)}")
    screen = phone.get(f"/d/{token_of(link)}")
    assert code_of(link) not in screen.text
    assert not screen.cookies


@pytest.mark.parametrize(("query", "fragment"), [("k7qt-4mnp", "#K7QT4MNP"), ("<x>", ""), ("", "")])
def test_a_letter_of_before_has_its_code_moved_out_of_the_address(phone, link, query, fragment):
    answer = phone.get(f"/d/{token_of(link)}", {"k": query})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token_of(link)}{fragment}")
