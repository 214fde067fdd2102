"""Errors below the newcomer's addresses speak the phone's language and lead nowhere that is the staff's."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from agencies.languages import LANGUAGES
from bookings.newcomer.errors import NewcomerErrorsMiddleware

pytestmark = pytest.mark.django_db
TOKEN = "A" * 26
PHONES = {
    "sv-SE": "sv",
    "en-US,en;q=0.9": "en",
    "ar-SY": "ar",
    "arz": "ar",
    "fa": "prs",
    "fa-AF": "prs",
    "prs": "prs",
    "pes-IR,en;q=0.5": "prs",
    "so-SO": "so",
    "som": "so",
    "tir": "ti",
    "ti-ER": "ti",
    "de-DE, fa-AF;q=0.8, en;q=0.5": "prs",
    "de": "sv",
    "": "sv",
}


@pytest.mark.parametrize(("asked", "language"), PHONES.items())
def test_the_phones_language_is_understood_whatever_it_is_called(phone, asked, language):
    for address in (f"/d/{TOKEN}", f"/d/{TOKEN}/nowhere"):
        answer = phone.get(address, headers={"accept-language": asked})
        assert answer["Content-Language"] == LANGUAGES[language].html_lang


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
def test_every_error_speaks_six_languages_and_has_no_link_of_the_staffs(status, language):
    def fails(request):
        return HttpResponse(
            "<a href='/'>Till startsidan</a>", status=status, headers={"Retry-After": "9", "X-More": "y"}
        )

    request = RequestFactory().get(f"/d/{TOKEN}", headers={"accept-language": LANGUAGES[language].html_lang})
    answer = NewcomerErrorsMiddleware(fails)(request)
    assert answer.status_code == status
    assert answer["Content-Language"] == LANGUAGES[language].html_lang
    assert (answer["Retry-After"], answer["X-More"], answer["Cache-Control"]) == ("9", "y", "no-store")
    assert "startsidan" not in answer.text
    public = {f"/{name}?language={language}" for name in ("accessibility", "privacy", "help")}
    languages = {f"?language={code}" for code in LANGUAGES}
    assert set(re.findall(r'<a href="([^"]*)"', answer.text)) == languages | public


@pytest.mark.parametrize(
    "path",
    ["/d", "/d/", "/b/W9XC63HD/nowhere", f"/d/{TOKEN}/nowhere", f"/d/{TOKEN}/receipts/x", "/d//", "/d/x/y/z"],
)
def test_an_address_that_is_not_there_answers_in_words_for_newcomers(phone, path):
    answer = phone.get(path, headers={"accept-language": "ti"})
    assert answer.status_code == 404
    assert answer["Content-Language"] == "ti"
    assert 'href="/"' not in answer.text


def test_the_staffs_errors_stay_theirs(phone):
    assert 'href="/"' in phone.get("/nowhere").text
    assert 'href="/"' in phone.get("/dx").text
    assert 'href="/"' in phone.get("/bx").text


@pytest.mark.parametrize("error", [PermissionDenied, ValueError])
def test_what_breaks_in_a_view_is_told_in_words_for_newcomers(monkeypatch, error):
    def breaks(*_args, **_more):
        raise error

    monkeypatch.setattr("bookings.newcomer.day_views.open_session", breaks)
    phone = Client(raise_request_exception=False)
    answer = phone.get(f"/d/{TOKEN}", headers={"accept-language": "so"})
    assert answer.status_code in {403, 500}
    assert answer["Content-Language"] == "so"
    assert "script-src" in answer["Content-Security-Policy"]


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_body_too_large_is_refused_in_words_for_newcomers(phone):
    answer = phone.post(f"/d/{TOKEN}", {"language": "ar", "x": "y" * 200}, headers={"accept-language": "ar"})
    assert answer.status_code in {400, 413}
    assert answer["Content-Language"] == "ar"
