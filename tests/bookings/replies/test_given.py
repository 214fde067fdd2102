"""With the real verb: the reply stands as the adult's answer, and the walls let it through."""

import pytest

from agencies.secrecy.context import NOBODY, acting_as
from bookings.models import Reply, SummonsAnswer
from bookings.replies.take import take_reply
from tests.bookings.messages.conftest import PHONE, sweep
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway")]


@pytest.mark.parametrize(
    ("message", "kind", "why", "text"),
    [
        ("Ja tack", "yes", "", ""),
        ("Kan vi få en annan tid?", "another_time", "other", "Kan vi få en annan tid?"),
        ("Hjälp \u2066oss\u2069 👩‍👧 ❤️" + " a" * 400, "help", "", None),
    ],
)
def test_the_answer_stands_as_by_text_message(chain, acting, caseworker, message, kind, why, text):
    sweep(NOW)
    for _ in range(2):
        with acting_as(NOBODY):
            assert take_reply(sender=PHONE, message=message, number="", at=NOW)
    with acting(caseworker):
        answer = SummonsAnswer.objects.get(chain=chain)
        assert (answer.kind, answer.why, answer.source, answer.given_by) == (kind, why, "sms", None)
        assert text is None or answer.text == text
        assert Reply.objects.get().outcome == "answered"
