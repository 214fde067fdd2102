"""Through the real stand-in: a gateway that is slow, refuses, lies, answers twice, and a worker killed between."""

from datetime import timedelta

import pytest

from agencies.dispatches.channels import sms
from agencies.dispatches.sweep import LEASES, WAITS
from bookings.messages import send
from bookings.messages.take_report import take_report
from bookings.models import Message
from tests.bookings.messages.conftest import sweep
from tests.gateways import StandIn, stand_in
from tests.moment import NOW

pytestmark = pytest.mark.django_db
SENT, DELIVERED = ("summons", "sms", "sent", ""), ("summons", "sms", "delivered", "")


class Killed(BaseException):
    """As kill -9: nothing catches it."""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with stand_in(tmp_path_factory.mktemp("gateway")) as found:
        yield found


@pytest.fixture
def real(running, settings) -> StandIn:
    for name, value in running.settings.items():
        setattr(settings, name, value)
    running.turn("works")
    return running


@pytest.fixture
def arrived(real, acting, caseworker):
    """How often the chain's summons has arrived at the telephone."""

    def number(chain) -> int:
        with acting(caseworker):
            key = str(Message.objects.get(chain=chain, kind="summons", channel="sms").key)
        return len([text for text in real.texts() if text["key"].split("#")[0] == key])

    return number


@pytest.mark.parametrize("mode", ["lies", "breaks off", "slow"])
@pytest.mark.parametrize("honours_key", [True, False])
def test_an_answer_that_is_none_is_one_text_at_the_telephone(
    chain, real, arrived, fates, settings, monkeypatch, mode, honours_key
):
    monkeypatch.setattr(sms, "SECONDS", (1, 0.3))
    settings.SMS_HONOURS_KEY = honours_key
    real.turn(mode)
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "planned" if honours_key else "failed", "unknown")
    real.turn("works")
    sweep(NOW + WAITS[0])
    assert arrived(chain) == 1
    assert fates(chain)[0] == (SENT if honours_key else ("summons", "sms", "failed", "unknown"))


@pytest.mark.parametrize(
    ("mode", "fate"), [("refuses", ("failed", "refused")), ("is busy", ("planned", "unreachable"))]
)
def test_what_it_does_not_take_has_not_arrived(chain, real, arrived, fates, mode, fate):
    real.turn(mode)
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", *fate)
    assert arrived(chain) == 0
    real.turn("works")
    sweep(NOW + WAITS[0])
    assert arrived(chain) == (1 if mode == "is busy" else 0)


@pytest.mark.parametrize("honours_key", [True, False])
def test_a_worker_killed_between_the_answer_and_our_writing_sends_nothing_twice(
    chain, real, arrived, fates, settings, monkeypatch, honours_key, acting, caseworker
):
    settings.SMS_HONOURS_KEY = honours_key

    def kill(*_args: object, **_fate: object) -> int:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(send, "_settle", kill)
        with pytest.raises(Killed):
            sweep(NOW)
    assert arrived(chain) == 1
    sweep(NOW + LEASES["messages"])
    assert arrived(chain) == 1
    assert fates(chain)[0] == (SENT if honours_key else ("summons", "sms", "failed", "unknown"))
    with acting(caseworker):
        message = Message.objects.get(chain=chain, kind="summons", channel="sms")
    take_report(key=message.key, number="", status="delivered", at=NOW + timedelta(hours=1))
    assert fates(chain)[0] == DELIVERED


def test_a_report_that_comes_twice_and_one_that_contradicts_it_change_nothing(
    chain, real, arrived, fates, acting, caseworker
):
    sweep(NOW)
    with acting(caseworker):
        message = Message.objects.get(chain=chain, kind="summons", channel="sms")
    for status in ("delivered", "delivered", "failed", "bounced"):
        assert take_report(key=message.key, number=message.provider_id, status=status, at=NOW)
    assert fates(chain)[0] == DELIVERED
    assert arrived(chain) == 1
