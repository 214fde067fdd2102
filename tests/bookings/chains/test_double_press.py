"""Two presses at the same moment give one party and one day."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from bookings.models import Chain, Party
from tests.browser import browser_of, proposals_in


@pytest.mark.django_db(transaction=True)
def test_both_presses_lead_to_the_same_day(caseworker, open_days, family, acting):
    signed_proposal = proposals_in(browser_of(caseworker).post("/parties/new/", family))[0]
    browsers = [browser_of(caseworker) for _ in range(3)]
    start = Barrier(len(browsers))

    def press(browser):
        start.wait()
        try:
            return browser.post("/parties/new/", family | {"proposal": signed_proposal})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(press, browsers))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    with acting(caseworker):
        assert Party.objects.count() == Chain.objects.count() == 1
