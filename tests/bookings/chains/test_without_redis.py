"""Redis is away: a day is booked and answered at once, and the letter waits in the outbox."""

from socket import create_server
from time import monotonic

import pytest
from celery import current_app

from bookings.summons import copies
from tests.browser import browser_of, proposals_in
from tests.outbox import outbox, send_all

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["refuses", "is silent"])
def away(request, settings, monkeypatch):
    """Nobody listens where Redis should be; or somebody does, and never answers."""
    with create_server(("127.0.0.1", 0)) as listener:
        address = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        if request.param == "refuses":
            listener.close()
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": address}}
        monkeypatch.setattr(current_app.conf, "broker_url", address)
        monkeypatch.setattr(current_app.conf, "broker_read_url", address)
        monkeypatch.setattr(current_app.conf, "broker_write_url", address)
        current_app.pool.force_close_all()
        yield
    current_app.pool.force_close_all()


def test_a_day_is_booked_over_the_api(
    away, api, open_days, register, propose, monkeypatch, django_capture_on_commit_callbacks
):
    party = register()
    proposal = propose(party)[0]["id"]
    began = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = api.post("/api/v1/chains/", {"party": party, "proposal": proposal})
    assert answer.status_code == 201
    assert monotonic() - began < 5
    assert [d.state for d in outbox(kind=copies.KIND)] == ["due"]
    monkeypatch.setattr(copies, "render_each_and_all", lambda letters: [b"%PDF-"] * (len(letters) + 1))
    assert send_all(copies.KIND) == 1


def test_a_day_is_booked_in_the_browser(
    away, caseworker, open_days, family, django_capture_on_commit_callbacks
):
    browser = browser_of(caseworker)
    signed_proposal = proposals_in(browser.post("/parties/new/", family))[0]
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/parties/new/", family | {"proposal": signed_proposal})
    assert answer.status_code == 302
    assert len(outbox(kind=copies.KIND)) == 1
