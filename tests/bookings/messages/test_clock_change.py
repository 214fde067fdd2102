"""A family booked from half past seven on as the clocks change: what is sent, when, in which language."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from agencies.clock import STOCKHOLM, local
from bookings.chains.book import book_chain
from bookings.models import Message, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.bookings.api_steps import DESKS
from tests.bookings.messages.conftest import PHONE, sweep
from tests.factories.agencies import the_site
from tests.factories.bookings import PartyFactory
from tests.factories.interpreters import open_day
from tests.gateways import stand_in

pytestmark = pytest.mark.django_db


SUNDAY, MONDAY, TUESDAY = date(2027, 10, 31), date(2027, 11, 1), date(2027, 3, 30)
# When it was booked, for which day, and what is sent; 29 March 2027 is a holiday.
CASES = {
    "booked after the change, for tomorrow": (SUNDAY, MONDAY, ["Sun 15:00", "Mon 07:00"]),
    "winter time begins between": (date(2027, 10, 30), MONDAY, ["Sat 15:00", "Sun 10:00", "Mon 07:00"]),
    "summer time begins between": (date(2027, 3, 27), TUESDAY, ["Sat 15:00", "Mon 10:00", "Tue 07:00"]),
}


@pytest.fixture(params=[*CASES.values()], ids=[*CASES])
def case(request) -> tuple[date, date, list[str]]:
    told: tuple[date, date, list[str]] = request.param
    return told


@pytest.fixture
def booked(case, clock, acting, caseworker, norrkoping):
    """Booked on the afternoon of that day; the place opens at half past seven."""
    booked_on, day, _sent = case
    clock.move_to(datetime.combine(booked_on, time(15), STOCKHOLM))
    norrkoping.minimum_notice_days = 0
    norrkoping.save()
    open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1}, opens=time(7, 30))
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, phone=PHONE)
        answer = propose(
            profile=profile_of(party),
            site=the_site(),
            track=Track.objects.get(number=1),
            first=day,
            last=day,
            at=timezone.now(),
        )
        earliest = min(answer.options, key=lambda one: min(offer.starts_at for offer in one.proposal.offers))
        signed = earliest.proposal.sign()
        return book_chain(party=party, proposal=signed, by=caseworker, at=timezone.now())


def test_the_summons_goes_at_once_and_reminders_by_the_clock_on_the_wall(
    booked, case, gateway, acting, caseworker
):
    _booked_on, day, expected = case
    moment, sent = timezone.now(), []
    while moment < datetime.combine(day, time(9), STOCKHOLM):
        before = len(gateway.seen)
        sweep(moment)
        fresh = list(gateway.seen.values())[before:]
        sent += [(f"{local(moment):%a %H:%M}", outgoing.language, outgoing.to) for outgoing in fresh]
        moment += timedelta(minutes=15)
    assert sent == [(when, "ar", PHONE) for when in expected]
    with acting(caseworker):
        reminder = Message.objects.get(kind="reminder_morning")
    assert reminder.sent_at == datetime.combine(day, time(7), STOCKHOLM)
    assert gateway.texts[-1].splitlines()[1].endswith(" 07:40")


@pytest.mark.parametrize("case", [CASES["booked after the change, for tomorrow"]], ids=["tomorrow"])
def test_the_gateways_stand_in_has_each_text_once(booked, case, settings, tmp_path, acting, caseworker):
    _booked_on, day, expected = case
    with stand_in(tmp_path) as gateway:
        for name, value in gateway.settings.items():
            setattr(settings, name, value)
        moment = timezone.now()
        while moment < datetime.combine(day, time(9), STOCKHOLM):
            sweep(moment)
            moment += timedelta(hours=1)
        taken = gateway.texts()
    with acting(caseworker):
        sent = list(Message.objects.filter(state__in=["sent", "delivered"]).order_by("sent_at"))
    assert [text["key"] for text in taken] == [str(message.key) for message in sent]
    moments = [message.sent_at for message in sent if message.sent_at]
    assert [f"{local(moment):%a %H:%M}" for moment in moments] == expected
    assert {text["to"] for text in taken} == {PHONE}
    assert all("07:40" in text["text"] for text in taken)
