"""What a gateway reports is written down once, and a lie changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from agencies.dispatches.channels.outgoing import ChannelRefused, OutcomeUnknown
from agencies.dispatches.sweep import LEASES, SWEEPER, take
from agencies.secrecy.context import NOBODY, acting_as
from bookings.messages.contacts import digest_of
from bookings.messages.receipt_addresses import key_of, receipt_address
from bookings.messages.receive import AnotherNumber, NotSentYet, record_receipt
from bookings.messages.reread import as_it_is_now
from bookings.messages.settle import mark_handled
from bookings.models import ContactBlock, Message
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.moment import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=30)


@pytest.fixture
def report(settings):
    """Post the gateway's form to the address of the message."""
    settings.BASE_URL = "http://testserver"

    def reported(message: Message, **form: str):
        return Client().post(receipt_address(message.key).removeprefix("http://testserver"), form)

    return reported


@pytest.fixture
def summons(acting, caseworker):
    """The chain's summons as it is now."""

    def found(chain) -> Message:
        with acting(caseworker):
            return Message.objects.exclude(channel="letter").get(chain=chain, kind="summons")

    return found


@pytest.fixture
def sent(chain, gateway, summons) -> Message:
    sweep(NOW)
    return summons(chain)


def fate(message: Message, acting, by) -> tuple[str, str]:
    with acting(by):
        message.refresh_from_db()
    return message.state, message.why


def test_each_text_carries_the_address_of_its_reports(chain, gateway, summons):
    sweep(NOW)
    (outgoing,) = gateway.seen.values()
    assert outgoing.receipt == receipt_address(summons(chain).key)
    assert key_of(outgoing.receipt.rstrip("/").rpartition("/")[2]) == outgoing.key


@pytest.mark.parametrize(
    ("status", "became"),
    [
        ("delivered", ("delivered", "")),
        ("failed", ("failed", "undelivered")),
        ("expired", ("failed", "expired")),
        ("bounced", ("failed", "bounced")),
        ("sent", ("sent", "")),
        ("", ("sent", "")),
        ("\x00<b>", ("sent", "")),
    ],
)
def test_a_report_says_what_became_of_it(sent, report, acting, caseworker, status, became):
    assert report(sent, id=sent.provider_id, status=status).status_code == 204
    assert fate(sent, acting, caseworker) == became


def test_twice_is_once(sent, report, acting, caseworker, clock):
    assert report(sent, id=sent.provider_id, status="delivered").status_code == 204
    clock.move_to(LATER)
    assert report(sent, id=sent.provider_id, status="delivered").status_code == 204
    assert fate(sent, acting, caseworker) == ("delivered", "")
    assert sent.settled_at == NOW


@pytest.mark.parametrize(("first", "then"), [("delivered", "failed"), ("failed", "delivered")])
def test_the_first_report_holds(sent, report, acting, caseworker, first, then):
    report(sent, id=sent.provider_id, status=first)
    before = fate(sent, acting, caseworker)
    assert report(sent, id=sent.provider_id, status=then).status_code == 204
    assert fate(sent, acting, caseworker) == before


def test_what_was_given_up_as_unknown_has_arrived_after_all(
    chain, gateway, summons, report, acting, caseworker
):
    gateway.fails = [OutcomeUnknown()]
    sweep(NOW)
    lost = summons(chain)
    with acting(caseworker):
        mark_handled(message=lost, by=caseworker, at=NOW)
    assert report(lost, id="s1", status="delivered").status_code == 204
    assert fate(lost, acting, caseworker) == ("delivered", "")


def test_the_number_of_another_text_changes_nothing(sent, report, acting, caseworker):
    assert report(sent, id="s999", status="failed").status_code == 409
    assert fate(sent, acting, caseworker) == ("sent", "")


def test_a_report_before_it_was_sent_is_asked_for_again(chain, summons, report, acting, caseworker):
    planned = summons(chain)
    assert report(planned, id="s1", status="delivered").status_code == 409
    assert fate(planned, acting, caseworker) == ("planned", "")


def test_an_address_that_we_have_not_signed_is_none(sent, report, acting, caseworker, fresh_cache):
    client, path = Client(), receipt_address(sent.key).partition("testserver")[2]
    wrong = [f"{path[:-4]}AAA/", "/api/v1/receipts/x/", f"/api/v1/receipts/{sent.key.hex}/"]
    for address in wrong:
        assert client.post(address, {"id": sent.provider_id, "status": "failed"}).status_code == 404
    assert client.get(path).status_code == 404
    unknown = receipt_address(uuid4()).partition("testserver")[2]
    assert client.post(unknown, {"id": "s1", "status": "failed"}).status_code == 404
    assert fate(sent, acting, caseworker) == ("sent", "")


def test_wrong_addresses_are_limited(sent, report, fresh_cache, settings):
    settings.LIMITS = settings.LIMITS | {"wrong-token-address": (2, 60)}
    answers = [Client().post("/api/v1/receipts/x/").status_code for _ in range(3)]
    assert answers == [404, 404, 429]
    assert report(sent, id=sent.provider_id, status="delivered").status_code == 204


def test_only_the_gateways_role_settles(sent):
    with acting_as(NOBODY):
        assert record_receipt(key=sent.key, number="", status="delivered", at=NOW) is None


def test_a_refused_report_leaves_nothing(sent):
    with acting_as(SWEEPER):
        for error, number in ((AnotherNumber, "s999"),):
            with pytest.raises(error):
                record_receipt(key=sent.key, number=number, status="failed", at=NOW)
        Message.objects.filter(pk=sent.pk).update(state="planned", sent_at=None)
        with pytest.raises(NotSentYet):
            record_receipt(key=sent.key, number="", status="failed", at=NOW)
        assert ContactBlock.objects.count() == 0


def test_what_bounces_closes_that_address_until_it_is_corrected(
    sent, report, acting, caseworker, reach, chain
):
    report(sent, id=sent.provider_id, status="bounced")
    report(sent, id=sent.provider_id, status="bounced")
    with acting(caseworker):
        block = ContactBlock.objects.get()
        assert (block.party_id, block.why, block.digest) == (
            sent.party_id,
            "bounced",
            digest_of("sms", PHONE),
        )
    assert _why_not(chain, acting, caseworker) == "bounced"
    reach(chain, phone="+46701740613")
    assert _why_not(chain, acting, caseworker) == ""


@pytest.mark.parametrize("status", ["failed", "expired", "bounced"])
def test_a_text_message_that_did_not_arrive_goes_as_an_e_mail_once(
    sent, chain, report, reach, gateway, fates, status
):
    reach(chain, email=EMAIL)
    for _report in range(2):
        assert report(sent, id=sent.provider_id, status=status).status_code == 204
    sweep(NOW)
    assert [fate for fate in fates(chain) if fate[:2] == ("summons", "email")] == [
        ("summons", "email", "sent", "")
    ]
    assert [outgoing.to for outgoing in gateway.seen.values()] == [PHONE, EMAIL]


@pytest.mark.parametrize(("email", "status"), [("", "failed"), (EMAIL, "delivered"), (EMAIL, "sent")])
def test_no_e_mail_goes_without_an_address_or_a_failure(sent, chain, report, reach, gateway, email, status):
    reach(chain, email=email)
    report(sent, id=sent.provider_id, status=status)
    sweep(NOW)
    assert [outgoing.to for outgoing in gateway.seen.values()] == [PHONE]


def test_no_e_mail_goes_once_somebody_has_called(sent, chain, report, reach, gateway, acting, caseworker):
    report(sent, id=sent.provider_id, status="failed")
    with acting(caseworker):
        mark_handled(message=sent, by=caseworker, at=NOW)
    reach(chain, email=EMAIL)
    report(sent, id=sent.provider_id, status="failed")
    sweep(NOW)
    assert [outgoing.to for outgoing in gateway.seen.values()] == [PHONE]


def _why_not(chain, acting, by) -> str:
    """Why the next reminder would not go out."""
    with acting(by):
        waiting = Message.objects.filter(chain=chain, state="planned", channel="sms").first()
        assert waiting
        return as_it_is_now(waiting, at=NOW).why


def test_an_address_that_is_refused_at_once_is_closed(chain, gateway, reach, acting, caseworker):
    reach(chain, phone="", email=EMAIL)
    gateway.fails = [ChannelRefused("bounced")]
    sweep(NOW)
    with acting(caseworker):
        assert ContactBlock.objects.get().digest == digest_of("email", EMAIL)


@pytest.mark.parametrize(
    ("honours", "became", "texts"), [(True, ("sent", ""), 1), (False, ("failed", "unknown"), 0)]
)
def test_a_killed_attempt_is_repeated_where_the_gateway_knows_the_key(
    chain, gateway, summons, acting, caseworker, settings, honours, became, texts
):
    settings.SMS_HONOURS_KEY = honours
    gateway.fails = [KeyboardInterrupt()]  # as a kill: nothing is written down
    with pytest.raises(KeyboardInterrupt):
        sweep(NOW)
    sweep(NOW + LEASES["messages"] + timedelta(seconds=1))
    assert fate(summons(chain), acting, caseworker) == became
    assert len(gateway.seen) == texts
    assert take(queue="messages", at=NOW + LEASES["messages"]) == []
