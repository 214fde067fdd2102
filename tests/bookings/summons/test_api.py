"""The joint letter through the API."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.bookings.api_steps import at

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_the_summons_is_printed_for_one_adult_and_for_all(api, booked):
    one, all_ = api.get(at(booked, "summons.pdf"), {"adult": 2}), api.get(at(booked, "summons.pdf"))
    for answer in (one, all_):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'inline; filename="{booked["reference"]}.pdf"'
        assert "no-store" in answer["Cache-Control"]
    assert "Layla Haddad" in text_of(one)
    assert "Omar Haddad" not in text_of(one)
    assert all(name in text_of(all_) for name in ("Layla Haddad", "Omar Haddad"))
    assert len(PdfReader(BytesIO(all_.content)).pages) == 2 * len(PdfReader(BytesIO(one.content)).pages)


def test_a_summons_is_asked_for_as_pdf(api, booked):
    answer = api.get(at(booked, "summons.pdf"), {"adult": 1}, headers={"Accept": "application/pdf"})
    assert answer.status_code == 200
    missing = api.get(at(booked, "summons.pdf"), {"adult": 3}, headers={"Accept": "application/pdf"})
    assert missing.status_code == 404
    assert missing["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("which", "status"),
    [
        ({"adult": 3}, 404),
        ({"version": 2}, 404),
        ({"version": "9" * 20}, 404),
        ({"adult": 0}, 422),
        ({"adult": "x"}, 422),
    ],
)
def test_a_copy_that_is_not_there_is_told(api, booked, which, status):
    answer = api.get(at(booked, "summons.pdf"), which)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
