"""What somebody typed survives the end of the session, for that user alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from agencies.models import User
from agencies.unsent_work.keep import LONGEST
from tests.browser import browser_of
from tests.factories.agencies import ManagerFactory
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
FORM = {"last_name": "Öberg", "first_name": "Maj", "username": "maj.oberg", "sites": ["1", "2"]}
ADDRESS, UNSENT, SIGN_IN = "/new-staff/", "/unsent/", "/sign-in/?next=/unsent/"


@pytest.fixture
def manager(db) -> User:
    return ManagerFactory()


@pytest.fixture
def browser(manager) -> Client:
    """The manager's browser, which has shown a page before."""
    browser = browser_of(manager)
    browser.get(ADDRESS)
    return browser


@pytest.fixture
def half_an_hour_later(time_machine) -> Callable[[], None]:
    time_machine.move_to(NOW, tick=False)
    return lambda: time_machine.shift(timedelta(minutes=31))


def end_session(browser: Client) -> None:
    del browser.cookies[settings.SESSION_COOKIE_NAME]


def fields_of(page: str) -> str:
    return page.partition(f'action="{ADDRESS}"')[2].partition("</form>")[0]


def test_a_form_posted_after_the_session_comes_back_after_the_sign_in(browser, manager):
    end_session(browser)
    answer = browser.post(ADDRESS, FORM)
    assert answer.headers["Location"] == SIGN_IN
    assert "what you typed is kept" in browser.get(SIGN_IN).text
    page = sign_in(browser, manager).get(UNSENT).text
    for value in ('value="Öberg"', 'value="maj.oberg"', 'name="sites" value="1"', 'name="sites" value="2"'):
        assert value in fields_of(page)
    assert User.objects.filter(username="maj.oberg").count() == 0


def test_a_session_that_was_idle_too_long_keeps_the_form_too(half_an_hour_later, browser, manager):
    half_an_hour_later()
    assert browser.post(ADDRESS, FORM).headers["Location"] == SIGN_IN
    assert 'value="Öberg"' in fields_of(sign_in(browser, manager).get(UNSENT).text)


def test_the_form_is_kept_for_half_an_hour(half_an_hour_later, browser, manager):
    end_session(browser)
    browser.post(ADDRESS, FORM)
    half_an_hour_later()
    page = sign_in(browser, manager).get(UNSENT).text
    assert "Öberg" not in page
    assert "Nothing that you typed is kept" in page


def test_a_colleague_at_the_same_computer_does_not_see_it(browser, manager):
    end_session(browser)
    browser.post(ADDRESS, FORM)
    colleague = ManagerFactory(agency=manager.agency)
    assert "Öberg" not in sign_in(browser, colleague).get(UNSENT).text


def test_what_is_kept_is_encrypted_in_the_session(browser):
    end_session(browser)
    browser.post(ADDRESS, FORM)
    assert "Öberg" not in str(dict(browser.session))


def test_a_browser_in_which_nobody_has_worked_keeps_nothing():
    browser = Client()
    assert browser.post(ADDRESS, FORM).headers["Location"] == SIGN_IN
    assert "unsent_work" not in browser.session


def test_a_form_beyond_all_measure_is_not_kept(browser, manager):
    end_session(browser)
    browser.post(ADDRESS, {"first_name": "x" * (LONGEST + 1)})
    assert "Nothing that you typed is kept" in sign_in(browser, manager).get(UNSENT).text


def test_dropping_it_forgets_it(browser, manager):
    end_session(browser)
    browser.post(ADDRESS, FORM)
    sign_in(browser, manager).post("/unsent/drop/")
    assert "Öberg" not in browser.get(UNSENT).text


def test_htmx_is_sent_to_the_sign_in_as_a_page(browser):
    end_session(browser)
    answer = browser.post(ADDRESS, FORM, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content, answer.headers["HX-Redirect"]) == (200, b"", SIGN_IN)


def test_htmx_that_only_asks_comes_back_to_the_page_it_stood_on(browser):
    end_session(browser)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?page=2"}
    answer = browser.get(ADDRESS, headers=headers)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/staff/%3Fpage%3D2"


@pytest.fixture
def strict(manager) -> Client:
    """A browser whose forms need a token, and whose token is from an earlier sign-in."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, manager).get(ADDRESS)
    return browser


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_form_with_the_token_of_an_earlier_sign_in_is_kept(strict, headers):
    posted = FORM | {"csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(ADDRESS, posted, headers={"Origin": "http://testserver"} | headers)
    assert UNSENT in (answer.headers.get("Location"), answer.headers.get("HX-Redirect"))
    page = fields_of(strict.get(UNSENT).text)
    assert 'value="Öberg"' in page
    assert page.count("csrfmiddlewaretoken") == 1


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}])
def test_a_form_from_elsewhere_is_refused_and_not_kept(strict, origin):
    answer = strict.post(ADDRESS, FORM, headers=origin)
    assert answer.status_code == 403
    assert "Öberg" not in strict.get(UNSENT).text


@pytest.mark.parametrize("name", ["old_password", "secret"])
def test_passwords_and_secrets_are_not_kept(strict, name):
    strict.post("/password/", {name: "secret-of-today"}, headers={"Origin": "http://testserver"})
    assert "secret-of-today" not in strict.get(UNSENT).text
