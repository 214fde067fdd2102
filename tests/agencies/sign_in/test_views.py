"""Signing in and out, the password, the language, and the error pages."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from tests.factories.agencies import PASSWORD, UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NEW = "nine green bicycles"


@pytest.fixture
def user():
    return UserFactory(username="karin")


@pytest.fixture
def browser(user) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), user)


def test_whoever_has_not_signed_in_is_asked_to_and_comes_back(user):
    client = Client()
    assert client.get("/parties/")["Location"] == "/sign-in/?next=/parties/"
    answer = client.post("/sign-in/?next=/parties/", {"username": "karin", "password": PASSWORD})
    assert answer["Location"] == "/parties/"


@pytest.mark.parametrize(
    "typed", [("karin", "wrong"), ("nobody", PASSWORD), ("karin", ""), ("kar\x00in", "x")]
)
def test_a_refused_sign_in_keeps_the_name_and_not_the_password(user, typed):
    username, password = typed
    answer = Client().post("/sign-in/", {"username": username, "password": password})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text or 'aria-invalid="true"' in answer.text
    assert PASSWORD not in answer.text
    assert "karin" not in username or 'value="kar' in answer.text


def test_signing_in_redirects_to_no_other_site(user):
    answer = Client().post("/sign-in/?next=https://example.org/", {"username": "karin", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_signing_out_takes_a_post(browser):
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").url == "/sign-in/"
    assert browser.get("/").status_code == 302


def test_a_password_is_changed(browser, user):
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = browser.post("/password/", typed, follow=True)
    assert "Your password is changed." in answer.text
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", NEW, NEW, "not your present password"),
        (PASSWORD, NEW, "other", "not the same"),
        (PASSWORD, "short", "short", "12 characters"),
    ],
)
def test_the_error_of_a_refused_password_stands_beside_its_field(browser, old, new, again, says):
    answer = browser.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})
    assert answer.status_code == 422
    assert says in " ".join(re.findall(r'<p class="say"[^>]*>([^<]*)', answer.text))


def test_the_language_is_chosen_and_kept(browser):
    assert "My day" in browser.get("/").text
    assert browser.post("/language/", {"language": "sv", "next": "/parties/"}).url == "/parties/"
    page = browser.get("/").text
    assert "Min dag" in page
    assert '<html lang="sv">' in page


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_are_in_the_reader_s_language(status):
    pages = {}
    for language in ("sv", "en"):
        with override(language):
            pages[language] = render_to_string(f"{status}.html")
        assert f'<html lang="{language}">' in pages[language]
    headings = {heading for page in pages.values() for heading in re.findall("<h1>(.*?)</h1>", page)}
    assert len(headings) == 2


def test_a_failed_csrf_check_says_that_the_page_was_too_old(user):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = client.post("/sign-in/", {"username": "karin", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The page was too old" in answer.text


def test_an_unknown_address_answers_404_without_file_names(browser):
    answer = browser.get("/nowhere/")
    assert answer.status_code == 404
    assert "This page does not exist" in answer.text
    assert str(settings.BASE_DIR) not in answer.text
