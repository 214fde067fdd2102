"""A form that came without the paper code: what of it travels along, and where it may go."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from bookings.newcomer.kept import (
    MOST_CHARACTERS,
    MOST_FIELDS,
    form_of,
    kept_fields,
    onward_of,
    page_behind,
    still_kept,
)

TOKEN = "A" * 26
FORM = QueryDict("do=write&text=a%26b%0Ac&to=1&to=2")


def test_a_form_becomes_what_it_was():
    assert still_kept(QueryDict("code=x&onward=checklist")) == []
    assert form_of(kept_fields(FORM)) == FORM


def test_what_has_been_kept_once_is_kept_again():
    carried = QueryDict("code=K7QT&kept.text=a&kept.do=write")
    assert form_of(still_kept(carried)) == QueryDict("text=a&do=write")


def test_the_token_of_a_session_does_not_travel():
    assert kept_fields(QueryDict("csrfmiddlewaretoken=secret")) == []


@pytest.mark.parametrize(
    "form", ["x=" + "y" * MOST_CHARACTERS, "&".join(f"x={number}" for number in range(MOST_FIELDS + 1))]
)
def test_a_form_larger_than_any_of_ours_is_not_kept(form):
    assert kept_fields(QueryDict(form)) == []


@pytest.mark.parametrize(
    ("path", "onward"),
    [
        ("consents?to=FK&language=ar", "consents?to=FK"),
        ("checklist", "checklist"),
        ("checklist?x=<y>", "checklist"),
        ("receipts/3c1f4a3e-6f0e-4b62-9d30-0a3c3c7e2f11", "receipts/3c1f4a3e-6f0e-4b62-9d30-0a3c3c7e2f11"),
    ],
)
def test_what_was_asked_for_is_known_without_its_language(path, onward):
    assert onward_of(RequestFactory().get(f"/d/{TOKEN}/{path}")) == onward


@pytest.mark.parametrize(
    "onward", ["", "key", "close", "nowhere", "calendar.ics", "//evil.example", "../parties/"]
)
def test_the_code_leads_to_no_page_that_is_not_behind_it(onward):
    address, query, match = page_behind(TOKEN, onward)
    assert (address, query, match.url_name) == (f"/d/{TOKEN}/consents", "", "own-consents")
