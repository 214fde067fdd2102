"""A mail that bounces hours later is no secret: its message fails, its address is closed, another way is tried."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from agencies.secrecy.context import NOBODY, NestedContext, acting_as
from bookings.mails.take import take_mail
from bookings.messages.contacts import digest_of
from bookings.messages.queries import failed_messages
from bookings.messages.receipt_addresses import key_returned_to, return_address
from bookings.models import ContactBlock, Message, Party
from motesplats.embedded.processes import wait_until
from motesplats.embedded.stand_in.mail_back import bounce_of
from tests.bookings.mails.conftest import SECRET, comes_back
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.gateways import stand_in
from tests.moment import NOW
from tests.motesplats.test_retention import decide, retain_at

pytestmark = pytest.mark.django_db
ANOTHER = "layla.haddad@example.org"


@pytest.fixture
def closed(acting, caseworker):
    """The digests that are closed."""

    def found() -> list[str]:
        with acting(caseworker):
            return list(ContactBlock.objects.filter(why="bounced").values_list("digest", flat=True))

    return found


def test_each_mail_comes_from_an_address_of_its_own_and_is_answered_there(server, summons):
    mailbox, _at, domain = summons.returns_to.partition("@")
    assert mailbox.startswith("svar+")
    assert len(mailbox) <= 64
    assert domain == "example.org"
    assert summons.sender == "Motesplats <no-reply@example.org>"
    assert str(key_returned_to(summons.returns_to)) in summons.key


def test_without_a_return_address_mail_comes_from_the_sender(server, chain, reach, settings):
    settings.RETURN_ADDRESS = ""
    reach(chain, phone="", email=EMAIL)
    sweep(NOW)
    (text,) = server.taken()
    assert text.returns_to == "no-reply@example.org"
    assert key_returned_to(text.returns_to) is None


def test_what_bounces_has_failed_and_closes_the_address(summons, chain, fates, closed):
    assert comes_back(bounce_of(summons)) == 204
    assert fates(chain)[0] == ("summons", "email", "failed", "bounced")
    assert closed() == [digest_of("email", EMAIL)]


def test_what_bounces_goes_as_a_text_message(server, summons, chain, reach):
    reach(chain, phone=PHONE)
    for _report in range(2):
        assert comes_back(bounce_of(summons)) == 204
        sweep(NOW)
    assert [text.to for text in server.taken()] == [EMAIL, PHONE]


def test_with_no_other_way_somebody_is_asked_to_call_once(summons, chain, acting, caseworker):
    for _report in range(2):
        comes_back(bounce_of(summons))
    with acting(caseworker):
        (task,) = failed_messages(caseworker, at=NOW)
        assert (task.kind, task.why) == ("summons", "bounced")


@pytest.mark.parametrize(
    ("action", "status", "became", "closes"),
    [
        ("failed", "5.1.1", ("failed", "bounced"), True),
        ("Failed", "5.0.0", ("failed", "bounced"), True),
        ("failed", "5.2.1 (disabled)", ("failed", "bounced"), True),
        ("failed", "5.4.4", ("failed", "bounced"), True),
        ("failed", "5.7.1", ("failed", "returned"), False),  # they do not like us
        ("failed", "4.4.7", ("failed", "returned"), False),  # given up after days
        ("failed", "what?", ("failed", "returned"), False),
        ("delayed", "4.4.1", ("sent", ""), False),
        ("relayed", "2.0.0", ("sent", ""), False),
        ("expanded", "2.0.0", ("sent", ""), False),
        ("delivered", "2.1.5", ("delivered", ""), False),
        ("", "", ("sent", ""), False),
    ],
)
def test_a_report_says_what_became_of_it(summons, chain, fates, closed, action, status, became, closes):
    assert comes_back(bounce_of(summons, action=action, status=status)) == 204
    assert fates(chain)[0][2:] == became
    assert bool(closed()) is closes


def test_the_bounce_of_an_address_that_has_been_corrected_leaves_the_new_one(
    server, summons, chain, reach, closed
):
    reach(chain, email=ANOTHER)
    comes_back(bounce_of(summons))
    assert closed() == [digest_of("email", EMAIL)]
    sweep(NOW)
    assert [text.to for text in server.taken()] == [EMAIL, ANOTHER]


def test_lower_and_upper_case_are_the_same_to_mail_servers(summons, chain, fates):
    comes_back(bounce_of(replace(summons, returns_to=summons.returns_to.upper())))
    assert fates(chain)[0][2] == "failed"


def forged(summons) -> list[str]:
    """Addresses that we have not made."""
    mailbox, _at, domain = summons.returns_to.partition("@")
    head, code = mailbox.split("+")
    other = "a" if code[-1] != "a" else "b"
    key = key_returned_to(summons.returns_to)
    assert key
    return [
        f"{head}@{domain}",
        f"{head}+{code[:-1]}{other}@{domain}",
        f"{head}+{'a' * 48}@{domain}",
        f"{head}+{key.hex}@{domain}",
        f"{head}+{code}@elsewhere.example",
        f"{head}+{code}@{domain}.elsewhere.example",
        f"x{head}+{code}@{domain}",
        f"{head}+{code}{code}@{domain}",
        return_address(uuid4()),
        "",
    ]


@pytest.mark.parametrize("number", range(10))
def test_a_forged_report_changes_nothing(summons, chain, fates, closed, number):
    mail = bounce_of(replace(summons, returns_to=forged(summons)[number]))
    assert comes_back(mail) == 204
    assert fates(chain)[0][2:] == ("sent", "")
    assert closed() == []


def test_a_former_key_still_reads_what_it_has_signed(summons, chain, fates, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    comes_back(bounce_of(summons))
    assert fates(chain)[0][2] == "failed"


def test_a_report_before_it_was_sent_is_to_come_again(summons, chain, fates, acting, caseworker):
    with acting(caseworker):
        planned = Message.objects.exclude(channel="letter").filter(chain=chain, state="planned").first()
        assert planned
    before = fates(chain)
    assert comes_back(bounce_of(replace(summons, returns_to=return_address(planned.key)))) == 409
    assert fates(chain) == before


def test_only_the_gateways_role_settles(summons, chain, fates, caseworker, acting):
    """Who is signed in has another viewer, under which no report is taken."""
    with acting(caseworker), pytest.raises(NestedContext):
        take_mail(raw=bounce_of(summons), at=NOW)
    assert fates(chain)[0][2:] == ("sent", "")


def test_the_bounce_of_a_party_that_is_anonymous_changes_nothing(summons, chain, acting, caseworker, clock):
    decide("anonymise", months=24)
    retain_at(clock, "2030-01-01T02:00:00+01:00")
    assert comes_back(bounce_of(summons)) == 204
    with acting(caseworker):
        assert Party.objects.get(pk=chain.party_id).anonymised_at
        assert not ContactBlock.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_real_mail_server_takes_it_and_reports_by_itself(
    server, live_server, chain, reach, fates, tmp_path, settings
):
    reach(chain, phone="", email="studsar@example.org")
    with stand_in(tmp_path, mails_to=f"{live_server.url}/api/v1/mails/{SECRET}/") as house:
        settings.EMAIL_PORT = house.smtp_port
        sweep(NOW)
        wait_until(lambda: fates(chain)[0][2] == "failed", processes=[], seconds=10)
    assert fates(chain)[0] == ("summons", "email", "failed", "bounced")


@pytest.mark.django_db(transaction=True)
def test_the_same_bounce_twice_at_once_has_one_effect(server, summons, chain, reach, fates, closed):
    reach(chain, phone=PHONE)
    barrier, mail = Barrier(2), bounce_of(summons)

    def one(_: int) -> None:
        barrier.wait(60)
        try:
            with acting_as(NOBODY):
                take_mail(raw=mail, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    sweep(NOW + timedelta(seconds=1))
    assert [text.to for text in server.taken()] == [EMAIL, PHONE]
    assert len(closed()) == 1
