"""What becomes of messages when an adult's own contact is given, lost, exchanged, closed, or its adult leaves."""

from datetime import date
from typing import Any

import pytest
import time_machine

from agencies.models import Role
from bookings.chains.amend import amend_party
from bookings.extracts.sources import sections_of
from bookings.messages.plan import GATHERED, plan_receipt
from bookings.models import (
    Chain,
    ContactBlock,
    Link,
    Message,
    OwnContact,
    Reply,
    SearchWord,
    SummonsAnswer,
)
from bookings.parties.amend import Correction, MemberAsAmended
from bookings.parties.members import Member
from bookings.parties.protect import protect_party, unprotect_party
from bookings.replies.take import take_reply
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.bookings.messages.test_own_contacts import HERS, HIS, LAYLA, NOOR, SALIM, links_in, own, sent
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def amend(acting, caseworker, gateway):
    """Correct the people of the chain's party, forget what was sent, and let the outbox send what is due."""

    def amended(chain: Chain, *typed: Member, **values: Any) -> None:
        with acting(caseworker):
            keys = {one.given_name: one.key for one in chain.party.members.all()}
            members = [MemberAsAmended(keys[one.given_name], one) for one in (*typed, NOOR)]
            amend_party(party=chain.party, correction=Correction(values, members), by=caseworker, at=NOW)
        gateway.seen.clear()
        sweep(NOW)

    return amended


@pytest.fixture
def remind(acting, caseworker, gateway):
    """Let the first reminder of the chain fall due; gives where it went."""

    def reminded(chain: Chain) -> list[tuple[str, str]]:
        with acting(caseworker):
            due = Message.objects.filter(chain=chain, kind="reminder_week").latest("pk").due_at
        gateway.seen.clear()
        with time_machine.travel(due, tick=False):
            sweep(due)
        return sent(gateway)

    return reminded


def answers(chain: Chain) -> list[tuple[str, str]]:
    return [(str(one.newcomer), one.kind) for one in SummonsAnswer.objects.filter(chain=chain)]


def test_who_loses_it_is_told_by_the_partys_once(couple, amend, remind, gateway):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    amend(chain, SALIM, LAYLA)
    assert sent(gateway) == [("sms", PHONE)]
    assert remind(chain) == [("sms", PHONE)]


def test_exchanged_numbers_carry_the_link_of_whoever_has_them_now(couple, amend, gateway, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    before = links_in(gateway)
    amend(chain, own(SALIM, own_phone=HERS), own(LAYLA, own_phone=HIS))
    now = links_in(gateway)
    assert (now[HIS], now[HERS]) == (before[HERS], before[HIS])
    take_reply(sender=HERS, message="annan tid", number="", at=NOW)
    with acting(caseworker):
        assert answers(chain) == [("Salim Haddad", "another_time")]


def test_exchanged_with_the_partys(couple, amend, gateway, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    before = links_in(gateway)
    amend(chain, SALIM, own(LAYLA, own_phone=PHONE), phone=HERS)
    now = links_in(gateway)
    assert (now[PHONE], now[HERS]) == (before[HERS], before[PHONE])
    take_reply(sender=PHONE, message="JA", number="", at=NOW)
    with acting(caseworker):
        assert answers(chain) == [("Layla Haddad", "yes")]


def test_before_the_exchange_is_sent_nobody_answers_for_the_other(couple, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    with acting(caseworker):
        OwnContact.objects.filter(newcomer__given_name="Salim").update(phone="+46701740690")
        OwnContact.objects.filter(newcomer__given_name="Layla").update(phone=HIS)
    take_reply(sender=HIS, message="JA", number="", at=NOW)
    with acting(caseworker):
        assert answers(chain) == []


def test_the_partys_number_typed_for_one_adult_too_is_one_message(couple, remind, gateway):
    chain = couple(SALIM, own(LAYLA, own_phone="070-174 06 12"))
    assert sent(gateway) == [("sms", PHONE)]
    assert remind(chain) == [("sms", PHONE)]


def test_an_own_mailbox_alone_is_where_that_adult_is_reached(couple, remind, gateway):
    chain = couple(SALIM, own(LAYLA, own_email=EMAIL))
    assert sent(gateway) == [("email", EMAIL), ("sms", PHONE)]
    assert remind(chain) == [("email", EMAIL), ("sms", PHONE)]


def test_an_own_number_is_open_while_the_partys_is_closed(couple, remind, acting, caseworker, gateway):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    take_reply(sender=PHONE, message="STOP", number="", at=NOW)
    assert remind(chain) == [("sms", HERS)]


def test_no_more_to_the_own_number_is_no_more_to_that_alone(couple, remind):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    take_reply(sender=HERS, message="stopp", number="", at=NOW)
    assert remind(chain) == [("sms", HIS)]


def test_of_two_adults_who_are_reached_apart_each_is_called(couple, remind, fates):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    for number in (HIS, HERS):
        take_reply(sender=number, message="STOP", number="", at=NOW)
    assert remind(chain) == []
    assert fates(chain).count(("reminder_week", "sms", "failed", "stopped")) == 2


def test_of_two_languages_at_the_partys_number_one_call_is_enough(couple, remind, fates):
    chain = couple(SALIM, own(LAYLA, letter_language="so"))
    take_reply(sender=PHONE, message="STOP", number="", at=NOW)
    assert remind(chain) == []
    assert fates(chain).count(("reminder_week", "sms", "failed", "stopped")) == 1


def test_who_asks_to_be_called_back_is_called_at_the_own_number(couple, browser):
    couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    take_reply(sender=HERS, message="Ring mig", number="", at=NOW)
    page = browser.get("/todo/").text
    assert f'href="tel:{HERS}"' in page
    assert f'href="tel:{PHONE}"' not in page
    assert f'href="tel:{HIS}"' not in page


def test_the_receipt_of_a_choice_goes_to_whoever_has_chosen(couple, gateway, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    gateway.seen.clear()
    with acting(caseworker):
        link = Link.objects.get(chain=chain, newcomer__given_name="Layla")
        plan_receipt(link=link, by=caseworker, at=NOW)
    sweep(NOW + GATHERED)
    assert sent(gateway) == [("sms", HERS)]


def test_an_extract_has_ones_own_contact_alone(couple, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS, own_email=EMAIL))
    with acting(caseworker):
        salim, layla = chain.party.members.order_by("birth_date")[:2]
        his, hers = (str(list(sections_of(one))) for one in (salim, layla))
    assert HIS in his
    assert HERS not in his
    assert EMAIL not in his
    assert HERS in hers
    assert HIS not in hers


def test_a_closed_number_of_the_party_given_to_one_adult_stays_closed(couple, amend, remind, gateway):
    chain = couple(SALIM, LAYLA)
    take_reply(sender=PHONE, message="STOP", number="", at=NOW)
    amend(chain, own(SALIM, own_phone=PHONE), own(LAYLA, own_phone=HERS), phone="")
    assert sent(gateway) == [("sms", HERS)]


def test_another_time_wished_for_from_the_own_number_is_that_adults_alone(couple, remind, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    take_reply(sender=HERS, message="jag vill ha annan tid", number="", at=NOW)
    with acting(caseworker):
        assert answers(chain) == [("Layla Haddad", "another_time")]
    assert remind(chain) == []  # of a day that the family may not have, nobody is reminded


def test_a_number_that_one_family_has_and_another_s_adult_is_shared(couple, acting, caseworker):
    first = couple(SALIM, LAYLA, phone=HERS)
    second = couple(SALIM, own(LAYLA, own_phone=HERS))
    assert "070" not in take_reply(sender=HERS, message="JA", number="", at=NOW)
    with acting(caseworker):
        assert answers(first) == answers(second) == []
        assert [one.outcome for one in Reply.objects.all()] == ["shared", "shared"]
    take_reply(sender=HERS, message="STOP", number="", at=NOW)
    with acting(caseworker):
        assert ContactBlock.objects.count() == 2


def test_whoever_leaves_is_told_nothing_more_and_the_contact_is_gone(
    couple, amend, remind, gateway, acting, caseworker, fates
):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    amend(chain, SALIM)
    with acting(caseworker):
        assert not OwnContact.objects.exists()
        assert not SearchWord.objects.filter(word=HERS).exists()
    assert remind(chain) == [("sms", PHONE)]
    assert take_reply(sender=HERS, message="JA", number="", at=NOW) == ""


def test_a_child_of_today_who_is_an_adult_on_the_day_has_the_own_message(couple, gateway):
    grown = Member("Sami", "Haddad", date(2008, 12, 1), "M", own_phone=HERS)
    couple(SALIM, grown)
    assert sent(gateway) == [("sms", PHONE), ("sms", HERS)] or sent(gateway) == [
        ("sms", HERS),
        ("sms", PHONE),
    ]


def test_one_who_is_a_child_on_the_day_has_none(couple, gateway):
    couple(SALIM, Member("Sami", "Haddad", date(2008, 12, 20), "M", own_phone=HERS))
    assert sent(gateway) == [("sms", PHONE)]


def test_protection_begun_and_ended_with_messages_waiting(couple, remind, gateway, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    with acting(caseworker):
        protect_party(
            party=chain.party, reason="The Swedish Tax Agency has told us so.", by=caseworker, at=NOW
        )
    assert take_reply(sender=HERS, message="JA", number="", at=NOW) == ""
    manager = UserFactory(agency=caseworker.agency.code, role=Role.MANAGER)
    with acting(manager):
        unprotect_party(party=chain.party, reason="The Tax Agency has ended it.", by=manager, at=NOW)
    assert remind(chain) == sorted([("sms", HERS), ("sms", PHONE)])


def test_protected_nothing_goes_to_the_own_number(couple, remind, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    with acting(caseworker):
        protect_party(
            party=chain.party, reason="The Swedish Tax Agency has told us so.", by=caseworker, at=NOW
        )
    assert remind(chain) == []
