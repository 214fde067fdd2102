"""`newcomer_page`: which requests reach a view of the newcomer's, and what the others are answered."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from agencies.secrecy.context import NOBODY, Viewer, acting_as, current
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Link
from bookings.newcomer.access import FORM_METHODS, newcomer_page
from bookings.newcomer.session import cookie_of
from tests.bookings.newcomer.link_steps import issue_second_link
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def page_behind_code(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    return HttpResponse(
        f"{link.pk} {language} {current() == Viewer(link=link.token_hash, code=link.code_hash)}"
    )


def ask(phone: Client, link: Link, method: str = "get") -> HttpResponse:
    """The answer of the page behind the code to a request with the phone's cookies."""
    request = getattr(RequestFactory(), method)(f"/d/{token_of(link)}/consents?language=so")
    request.COOKIES = {name: morsel.value for name, morsel in phone.cookies.items()}
    with acting_as(NOBODY):
        return page_behind_code(request, token_of(link))


def type_right_code(phone: Client, link: Link) -> None:
    typed = {"code": code_of(link), "onward": "consents", "language": "en"}
    assert phone.post(f"/d/{token_of(link)}/key", typed).status_code == 302


def asks_for_the_code(answer: HttpResponse) -> bool:
    return 'name="code"' in answer.text


def test_with_the_code_typed_the_view_gets_the_link_and_acts_for_it(phone, link):
    type_right_code(phone, link)
    assert ask(phone, link).text == f"{link.pk} so True"


def test_without_the_code_a_get_is_answered_200_and_a_post_422_with_the_code_page(phone, link):
    for method, status in (("get", 200), ("post", 422)):
        answer = ask(phone, link, method)
        assert answer.status_code == status
        assert asks_for_the_code(answer)
        assert 'name="onward" value="consents"' in answer.text


def test_the_typed_code_is_kept_while_the_phone_is_used_but_not_for_ten_idle_minutes(phone, link):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        type_right_code(phone, link)
        for minutes in (9, 18, 27):
            clock.move_to(start + timedelta(minutes=minutes))
            assert not asks_for_the_code(ask(phone, link))
        clock.move_to(start + timedelta(minutes=38))
        assert asks_for_the_code(ask(phone, link))


def test_the_typed_code_is_kept_for_an_hour_at_most(phone, link):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        type_right_code(phone, link)
        for minutes in range(5, 60, 5):
            clock.move_to(start + timedelta(minutes=minutes))
            assert not asks_for_the_code(ask(phone, link))
        clock.move_to(start + timedelta(minutes=61))
        assert asks_for_the_code(ask(phone, link))


def test_a_forged_cookie_is_ignored(phone, link):
    phone.cookies[cookie_of(token_of(link))] = f"{link.code_hash}:1:forged"
    assert asks_for_the_code(ask(phone, link))


def test_a_session_of_the_staff_is_no_session_of_a_phone(phone, link, caseworker):
    browser = sign_in(Client(), caseworker)
    phone.cookies[cookie_of(token_of(link))] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert asks_for_the_code(ask(phone, link))


def test_over_https_the_cookie_is_bound_to_this_host(phone, link, settings):
    settings.HTTPS, settings.SECURE_SSL_REDIRECT = True, False
    typed = {"code": code_of(link), "onward": "consents", "language": "en"}
    phone.post(f"/d/{token_of(link)}/key", typed)
    (name, cookie), *_ = phone.cookies.items()
    assert name.startswith("__Host-")
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_two_links_are_open_side_by_side_on_one_phone(phone, link, caseworker, acting):
    with acting(caseworker):
        other = issue_second_link(link, caseworker)
    type_right_code(phone, link)
    type_right_code(phone, other)
    assert not asks_for_the_code(ask(phone, link))
    assert not asks_for_the_code(ask(phone, other))


def test_the_cookie_of_one_link_does_not_open_another(phone, link, caseworker, acting):
    type_right_code(phone, link)
    with acting(caseworker):
        other = issue_second_link(link, caseworker)
    assert asks_for_the_code(ask(phone, other))


def test_the_pages_of_a_cancelled_day_say_only_that_it_is_cancelled(phone, link, caseworker, acting):
    type_right_code(phone, link)
    with acting(caseworker):
        Chain.objects.update(state="cancelled", cancelled_at=timezone.now(), cancel_reason="Sjuk")
    answer = ask(phone, link)
    assert answer.status_code == 200
    assert "Maalintii waa la baajiyay" in answer.text
    assert "Sjuk" not in answer.text


def test_a_link_that_has_ended_says_so_and_nothing_else(phone, link, caseworker, acting):
    type_right_code(phone, link)
    with acting(caseworker):
        Link.objects.update(valid_until=timezone.now())
    answer = ask(phone, link)
    assert answer.status_code == 410
    assert "Maalintan way dhaaftay" in answer.text
    assert link.chain.reference not in answer.text


def test_another_method_is_answered_405(phone, link):
    assert ask(phone, link, "put").status_code == 405


PAGES = [
    "",
    "/close",
    "/key",
    "/readings",
    "/consents",
    "/receipts/3c1f4a3e-6f0e-4b62-9d30-0a3c3c7e2f11",
    "/checklist",
]
READ_ONLY = {"/readings", PAGES[5]}


@pytest.mark.parametrize("path", PAGES)
def test_the_middleware_sees_that_a_page_needs_no_sign_in_and_which_take_a_post_without_csrf_token(path):
    view = resolve(f"/d/AAAA{path}").func
    assert getattr(view, "login_required", True) is False
    assert getattr(view, "csrf_exempt", False) == (path not in READ_ONLY)
