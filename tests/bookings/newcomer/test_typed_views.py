"""The page without a camera: a short address and the paper code, both right, open the day; else nothing is told."""

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from agencies.languages import LANGUAGES
from agencies.references import ALPHABET
from bookings.links.paper_code import MOST_WRONG, count_try
from bookings.links.tokens import code_of, token_of, typed_address_of, typed_hash_of, typed_of
from bookings.models import Link
from bookings.newcomer.session import cookie_of
from bookings.summons.issue import renew_link, summon
from bookings.summons.summoned_day import SummonedDay
from tests.bookings.newcomer.link_steps import issue_second_link

pytestmark = pytest.mark.django_db
WRONG = "34679CDF"


@pytest.fixture(autouse=True)
def _many_tries_from_one_address(settings) -> None:
    """The limit of the address has its own test."""
    settings.LIMITS = settings.LIMITS | {"wrong-link-address": (1000, 600)}


def send(phone: Client, typed: str, code: str, *, language: str = "en", **more: str):
    return phone.post("/b", {"typed": typed, "code": code, "language": language} | more)


def test_both_open_the_links_own_page_with_what_needs_the_code(phone, link):
    answer = send(phone, typed_of(link).lower(), code_of(link).lower(), language="ar")
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token_of(link)}")
    assert answer.cookies[cookie_of(token_of(link))]["httponly"]
    readings = phone.get(f"{answer['Location']}/readings")
    assert (readings.status_code, readings["Content-Language"]) == (200, "ar")
    assert 'name="code"' not in readings.text


def test_the_printed_address_leads_to_the_page_with_its_end_filled_in(phone, link):
    host = configured.BASE_URL.partition("//")[2]
    assert typed_address_of(link) == f"{host}/b/{typed_of(link)}"
    assert set(typed_of(link)) <= set(ALPHABET)
    assert len(typed_of(link)) == 8
    assert resolve(f"/b/{typed_of(link)}").view_name == "bookings:typed-link"
    for end in ("", "/"):
        assert f'value="{typed_of(link)}"' in phone.get(f"/b/{typed_of(link)}{end}").text
        assert 'name="typed"' in phone.get(f"/b{end}").text


def test_only_a_keyed_hash_is_stored_and_a_new_letter_ends_the_old_address(phone, link, caseworker, acting):
    old, code = typed_of(link), code_of(link)
    assert link.typed_hash == typed_hash_of(old, configured.LINK_KEY)
    with acting(caseworker):
        new = renew_link(link=link, by=caseworker, at=timezone.now())
    assert typed_of(new) != old
    for typed, tried in ((old, code), (old, code_of(new)), (typed_of(new), code)):
        assert send(phone, typed, tried).status_code == 422
    assert send(phone, typed_of(new), code_of(new)).status_code == 302


def test_a_get_is_answered_alike_for_every_address_in_the_phones_language(phone, link):
    bodies = set()
    for typed in (typed_of(link), "W9XC63HD"):
        answer = phone.get(f"/b/{typed}", headers={"accept-language": "ti"})
        assert (answer.status_code, answer["Content-Language"]) == (200, "ti")
        assert answer["Cache-Control"] == "no-store"
        bodies.add(answer.text.replace(typed, ""))
    assert len(bodies) == 1


def test_nothing_tells_an_unknown_address_from_a_wrong_code_or_a_closed_one(phone, link, caseworker, acting):
    with acting(caseworker):
        other = issue_second_link(link, caseworker)
    tried = {
        "unknown": (WRONG, code_of(link)),
        "wrong code": (typed_of(link), WRONG),
        "another's code": (typed_of(link), code_of(other)),
        "nothing": ("", ""),
    }
    texts = set()
    for typed, code in tried.values():
        answer = send(phone, typed, code)
        assert answer.status_code == 422
        assert not answer.cookies
        texts.add(answer.text.replace(f'value="{typed}"', "value").replace(f'value="{code}"', "value"))
    for _ in range(MOST_WRONG):
        send(phone, typed_of(link), WRONG)
    closed = send(phone, typed_of(link), code_of(link)).text
    for value in (typed_of(link), code_of(link)):
        closed = closed.replace(f'value="{value}"', "value")
    assert texts == {closed}
    assert "both again" in closed


def test_the_tenth_wrong_one_closes_the_code_wherever_it_is_typed(phone, link):
    for _ in range(MOST_WRONG // 2):
        send(phone, typed_of(link), WRONG)
        phone.post(f"/d/{token_of(link)}/key", {"code": WRONG, "onward": "consents", "language": "en"})
    assert send(phone, typed_of(link), code_of(link)).status_code == 422
    right = {"code": code_of(link), "onward": "consents", "language": "en"}
    asked = phone.post(f"/d/{token_of(link)}/key", right)
    assert "The code is closed" in phone.get(asked["Location"]).text


def test_what_is_unknown_is_counted_as_well_so_that_the_answer_takes_as_long(phone, link, monkeypatch):
    seen = []

    def counting(*args, **more):
        seen.append(args)
        return count_try(*args, **more)

    monkeypatch.setattr("bookings.links.typed_address.count_try", counting)
    send(phone, WRONG, WRONG)
    send(phone, typed_of(link), WRONG)
    assert seen == [(typed_hash_of(WRONG, configured.LINK_KEY),), (link.token_hash,)]


def test_after_too_much_that_was_wrong_from_one_address_it_has_to_wait(phone, link, settings):
    settings.LIMITS = settings.LIMITS | {"wrong-link-address": (3, 600)}
    assert [send(phone, WRONG, WRONG).status_code for _ in range(4)] == [422, 422, 422, 429]
    answer = send(phone, typed_of(link), code_of(link), language="so")
    assert (answer.status_code, answer["Retry-After"], answer["Content-Language"]) == (429, "600", "so")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_keeps_what_was_typed_and_is_read_in_six_languages(phone, link, language):
    answer = send(phone, "w9xc 63hd<", WRONG, language=language)
    assert answer["Content-Language"] == LANGUAGES[language].html_lang
    assert 'value="w9xc 63hd&lt;"' in answer.text
    assert f'value="{WRONG}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    again = send(phone, "w9xc", WRONG, language=language, switch="sv")
    assert (again.status_code, again["Content-Language"]) == (200, "sv")
    assert 'value="w9xc"' in again.text


def test_another_language_counts_no_try(phone, link):
    for _ in range(MOST_WRONG):
        send(phone, typed_of(link), WRONG, switch="so")
    assert send(phone, typed_of(link), code_of(link)).status_code == 302


def test_a_refused_attempt_is_in_the_log_of_the_link_and_a_right_one_is_not(phone, link, monkeypatch):
    attempts = []
    monkeypatch.setattr(
        "agencies.read_log_middleware.log_attempt",
        lambda **attempt: attempts.append((attempt["route"], attempt["reason"])),
    )
    send(phone, typed_of(link), WRONG)
    send(phone, typed_of(link), code_of(link))
    assert attempts == [("type-link", "wrong-code")]


def test_of_a_day_that_has_been_only_both_right_tell(phone, link, acting, caseworker):
    with acting(caseworker):
        Link.objects.filter(pk=link.pk).update(valid_until=timezone.now())
    assert send(phone, typed_of(link), WRONG).status_code == 422
    answer = send(phone, typed_of(link), code_of(link))
    assert phone.get(answer["Location"]).status_code == 410


def test_a_link_made_with_a_former_key_opens_with_what_its_letter_says(phone, link, settings):
    typed, code, token = typed_of(link), code_of(link), token_of(link)
    settings.LINK_KEY_FALLBACKS, settings.LINK_KEY = (
        [settings.LINK_KEY],
        "another-key-of-many-characters-to-be-safe",
    )
    assert send(phone, typed, code)["Location"] == f"/d/{token}"
    assert send(phone, typed, WRONG).status_code == 422


def test_a_link_of_before_has_no_such_address_until_a_new_version(link, acting, caseworker):
    with acting(caseworker):
        Link.objects.filter(pk=link.pk).update(typed_hash="")
        link.refresh_from_db()
        assert typed_address_of(link) == ""
        day = SummonedDay(days=(), interpreter=None)
        summon(chain=link.chain, day=day, by=caseworker, at=timezone.now(), is_moved=True, to_print=False)
        assert typed_address_of(Link.objects.get(pk=link.pk)).endswith(f"/b/{typed_of(link)}")


def test_a_staff_session_on_the_same_phone_is_no_hindrance(link, caseworker):
    phone = Client()
    phone.force_login(caseworker)
    assert send(phone, typed_of(link), code_of(link)).status_code == 302
