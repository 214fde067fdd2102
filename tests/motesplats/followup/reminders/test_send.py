"""One e-mail of all that still waits: never twice, and with no name of anybody."""

import pytest

from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
)
from agencies.models import User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.reminders import send
from motesplats.followup.reminders.remind import remind
from motesplats.models import ReportReminder
from tests.bookings.messages.conftest import Gateway
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SiteDayFactory, main_place, the_site
from tests.factories.followup import typed_report
from tests.factories.reporting import write
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY
from tests.outbox import outbox, send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def gateway(monkeypatch) -> Gateway:
    made = Gateway()
    monkeypatch.setattr(send, "deliver", made.deliver)
    return made


@pytest.fixture
def coordinator(db) -> User:
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    return CoordinatorFactory(email="jonas@example.org")


def unsent(user: User) -> int:
    with acting_as(viewer_of(user)):
        return ReportReminder.objects.filter(user=user, sent_at=None).count()


def test_a_missing_day_is_told_with_the_page_where_it_is_typed(coordinator, gateway, settings):
    remind(user=coordinator, at=NOW)
    send_all(send.KIND)
    [mail] = gateway.seen.values()
    assert (mail.channel, mail.to, mail.subject) == ("email", "jonas@example.org", "Rapporter som väntar: 1")
    assert mail.text == (
        "Norrköping, 17 november 2026: dagsrapporten saknas.\n" + settings.BASE_URL + "/day-reports/"
    )
    assert unsent(coordinator) == 0


def test_all_that_waits_stands_in_one_mail(gateway, acting):
    manager = ManagerFactory(email="karin@example.org")
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    with acting(manager):
        typed_report(the_site(), DAY.replace(day=10), manager, locked=False)
        write(the_site(), manager)
    remind(user=manager, at=NOW)
    send_all(send.KIND)
    [text] = gateway.texts
    assert text.splitlines()[:2] == [
        "Norrköping, 10 november 2026: dagsrapporten är inte låst.",
        "Norrköping, 17 november 2026: dagsrapporten saknas.",
    ]
    assert "Norrköping, tertial 2 2026: rapporten skulle ha lämnats senast 15 september 2026." in text
    assert str(manager) not in text


def test_what_has_been_done_meanwhile_is_not_told(coordinator, gateway, acting):
    remind(user=coordinator, at=NOW)
    with acting(coordinator):
        typed_report(the_site(), DAY, coordinator)
    send_all(send.KIND)
    assert gateway.attempts == 0


@pytest.mark.parametrize("changed", [{"email": ""}, {"is_active": False}])
def test_who_has_no_address_or_has_left_is_not_written_to(coordinator, gateway, changed):
    remind(user=coordinator, at=NOW)
    User.objects.filter(pk=coordinator.pk).update(**changed)
    send_all(send.KIND)
    assert gateway.attempts == 0
    assert [row.state for row in outbox(kind=send.KIND)] == ["done"]


def test_an_unreachable_server_is_tried_again_with_the_same_key(coordinator, gateway, clock):
    gateway.fails = [ChannelUnreachable()]
    remind(user=coordinator, at=NOW)
    send_all(send.KIND)
    assert unsent(coordinator) == 1
    clock.shift(60)
    send_all(send.KIND)
    assert (gateway.attempts, len(gateway.seen), unsent(coordinator)) == (2, 1, 0)


@pytest.mark.parametrize(
    ("error", "left"), [(OutcomeUnknown(), 0), (ChannelMissing(), 1), (ChannelRefused("bounced"), 1)]
)
def test_what_may_have_arrived_or_never_will_is_not_sent_again(coordinator, gateway, clock, error, left):
    gateway.fails = [error]
    remind(user=coordinator, at=NOW)
    send_all(send.KIND)
    clock.shift(600)
    send_all(send.KIND)
    assert (gateway.attempts, unsent(coordinator)) == (1, left)


def test_sending_it_once_more_sends_nothing(coordinator, gateway):
    remind(user=coordinator, at=NOW)
    send_all(send.KIND)
    [dispatch] = outbox(kind=send.KIND)
    send.send_reminders(dispatch, at=NOW)
    assert gateway.attempts == 1
