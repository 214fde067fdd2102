"""A letter that no worker has printed yet is rendered when it is opened: few at a time, within limits, in words."""

from collections.abc import Iterator

import pytest

from bookings.models import Chain
from bookings.summons import copies, render
from bookings.summons.copies import PRESS
from bookings.summons.limits import LimitExceeded
from tests.bookings.summons.samples import sample_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(book) -> Chain:
    booked: Chain = book()
    return booked


@pytest.fixture
def busy() -> Iterator[None]:
    """As many letters as may are being rendered."""
    held = [PRESS.acquire(blocking=False) for _ in range(2)]
    assert all(held)
    yield
    PRESS.release(2)


@pytest.fixture
def too_large(monkeypatch) -> None:
    def refuse(letters) -> bytes:
        raise LimitExceeded("stopped with status 1")

    monkeypatch.setattr(copies, "render_all", refuse)


def test_a_third_letter_at_once_is_asked_to_wait(chain, browser, api, busy):
    page = browser.get(f"/chains/{chain.reference}/summons.pdf")
    answer = api.get(f"/api/v1/chains/{chain.reference}/summons.pdf")
    assert page.status_code == answer.status_code == 429
    assert page["Retry-After"] == answer["Retry-After"] == "5"
    assert "Try again in a few seconds." in page.text
    assert answer.json()["type"] == "/problems/printer-busy"


def test_a_refused_letter_leaves_the_printer_free(chain, browser, too_large):
    for _ in range(4):
        assert browser.get(f"/chains/{chain.reference}/summons.pdf").status_code == 409


def test_a_letter_beyond_its_limits_is_refused_in_words(chain, browser, api, too_large):
    page = browser.get(f"/chains/{chain.reference}/summons.pdf?adult=1")
    answer = api.get(f"/api/v1/chains/{chain.reference}/summons.pdf")
    assert page.status_code == answer.status_code == 409
    assert "each adult" in page.text
    assert answer.json()["type"] == "/problems/letter-not-printed"


def test_the_joint_letter_of_many_adults_gets_memory_for_each(monkeypatch):
    """Twenty Tigrinya letters with long names take 490 MB, 20 MB for each beyond the first."""
    limits: list[dict[str, int]] = []

    def remember(work, **limit: int) -> list[bytes]:
        limits.append(limit)
        return [b""]

    monkeypatch.setattr(render, "within_limits", remember)
    for letters in (1, 20):
        render.render_all([sample_letter("sv")] * letters)
    alone, joint = limits
    assert joint["megabytes"] - alone["megabytes"] >= 19 * 20
    assert joint["seconds"] == 20 * alone["seconds"]
