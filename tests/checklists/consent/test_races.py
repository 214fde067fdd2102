"""Two adults who answer at the same moment: the disclosure follows from both answers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from agencies.secrecy.context import Viewer, acting_as
from bookings.models import Disclosure, Link
from checklists.consent.questions import scope_of_link
from checklists.consent.record import grant_consent, refuse_consent, withdraw_consent
from tests.moment import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds
KEY = "FK.meetings.MIG"


def at_once(*said) -> None:
    """Each adult's answer, on a connection of its own."""
    together = Barrier(len(said))

    def say(link: Link, verb) -> None:
        try:
            with acting_as(Viewer(link=link.token_hash, code=link.code_hash)):
                question = scope_of_link(link).questions[KEY]
                together.wait(PATIENCE)
                verb(question=question, newcomer=link.newcomer_id, language="ar", at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(said)) as threads:
        for done in [threads.submit(say, *each) for each in said]:
            done.result(PATIENCE)


@pytest.mark.parametrize("second", [grant_consent, refuse_consent])
def test_what_is_open_follows_from_both_answers(chain, owner, acting, second):
    with acting(owner):
        first, other = chain.links.order_by("pk")
    for _again in range(5):
        at_once((first, grant_consent), (other, second))
        with acting(owner):
            assert Disclosure.objects.exists() == (second is grant_consent)
        at_once((first, withdraw_consent), (other, refuse_consent))
        with acting(owner):
            assert not Disclosure.objects.exists()
