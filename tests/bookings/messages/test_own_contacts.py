"""Each adult with an own telephone or mailbox has the messages and the link alone; the others share the party's."""

from datetime import date

import pytest
import time_machine

from bookings.chains.amend import amend_party
from bookings.models import ContactBlock, Link, Message, OwnContact, SummonsAnswer
from bookings.parties.amend import Correction, MemberAsAmended
from bookings.parties.members import Member
from bookings.replies.take import take_reply
from bookings.summons.compose import compose
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.moment import NOW

pytestmark = pytest.mark.django_db
HIS, HERS = "+46701740614", "+46701740615"
SALIM = Member("Salim", "Haddad", date(1989, 11, 2), "M")
LAYLA = Member("Layla", "Haddad", date(1992, 5, 17), "F")
NOOR = Member("Noor", "Haddad", date(2020, 8, 9), "F")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def own(member: Member, **contact: str) -> Member:
    return Member(member.given_name, member.family_name, member.birth_date, member.sex, **contact)


def sent(gateway) -> list[tuple[str, str]]:
    return sorted((one.channel, one.to) for one in gateway.seen.values())


def links_in(gateway) -> dict[str, str]:
    """The link in the last text to each address."""
    return {
        one.to: next(line for line in one.text.splitlines() if line.startswith("http"))
        for one in gateway.seen.values()
    }


def test_two_adults_with_own_telephones_have_a_message_each_with_their_own_link(couple, gateway):
    couple(own(SALIM, own_phone="070-174 06 14"), own(LAYLA, own_phone="070-174 06 15"))
    assert sent(gateway) == [("sms", HIS), ("sms", HERS)]
    found = links_in(gateway)
    assert found[HIS] != found[HERS]


def test_who_has_no_own_contact_is_told_by_the_partys(couple, gateway, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_email=EMAIL))
    assert sent(gateway) == [("email", EMAIL), ("sms", PHONE)]
    with acting(caseworker):
        told = Message.objects.filter(chain=chain, kind="summons").exclude(channel="letter")
        assert {(one.channel, str(one.newcomer)) for one in told} == {
            ("email", "Layla Haddad"),
            ("sms", "Salim Haddad"),
        }


def test_the_same_number_for_both_is_one_message(couple, gateway):
    couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone="0701740614"))
    assert sent(gateway) == [("sms", HIS)]


def test_one_number_and_two_languages_are_two_messages(couple, gateway):
    couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HIS, letter_language="so"))
    assert sorted(one.language for one in gateway.seen.values()) == ["ar", "so"]


def test_nothing_meant_for_an_own_telephone_goes_to_the_partys(couple, gateway, acting, caseworker, fates):
    """It may be whom the adult lives with who holds that one."""
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    take_reply(sender=HERS, message="STOP", number="", at=NOW)
    with acting(caseworker):
        assert ContactBlock.objects.filter(party=chain.party_id).count() == 1
    gateway.seen.clear()
    with acting(caseworker):
        due = Message.objects.filter(chain=chain, kind="reminder_week").latest("pk").due_at
    with time_machine.travel(due, tick=False):
        sweep(due)
    assert sent(gateway) == [("sms", PHONE)]
    assert ("reminder_week", "sms", "failed", "stopped") in fates(chain)


def test_an_answer_from_the_own_telephone_is_that_adults(couple, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    take_reply(sender=HERS, message="JA", number="", at=NOW)
    with acting(caseworker):
        assert [str(one.newcomer) for one in SummonsAnswer.objects.filter(chain=chain)] == ["Layla Haddad"]


def test_an_answer_from_a_number_that_nobody_has_any_more_is_none(couple, acting, caseworker):
    chain = couple(own(SALIM, own_phone=HIS), LAYLA)
    with acting(caseworker):
        OwnContact.objects.update(phone=HERS)
    assert take_reply(sender=HIS, message="JA", number="", at=NOW) == ""
    with acting(caseworker):
        assert not SummonsAnswer.objects.filter(chain=chain).exists()


def test_a_new_own_number_has_the_summons_and_what_follows(couple, gateway, acting, caseworker):
    chain = couple(SALIM, LAYLA)
    assert sent(gateway) == [("sms", PHONE)]
    gateway.seen.clear()
    with acting(caseworker):
        keys = {one.given_name: one.key for one in chain.party.members.all()}
        typed = (SALIM, own(LAYLA, own_phone=HERS), NOOR)
        members = [MemberAsAmended(keys[one.given_name], one) for one in typed]
        for _twice in range(2):
            told = amend_party(party=chain.party, correction=Correction({}, members), by=caseworker, at=NOW)
    assert not told.changed
    sweep(NOW)
    assert sent(gateway) == [("sms", PHONE), ("sms", HERS)] or sent(gateway) == [
        ("sms", HERS),
        ("sms", PHONE),
    ]


def test_the_letter_says_each_the_number_that_is_used(couple, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    with acting(caseworker):
        summons, links = chain.summonses.get(), Link.objects.filter(chain=chain)
        told = {page.recipient: page.own_phone for link in links for page in compose(summons, link).pages}
    assert told == {"Salim Haddad": "070-174 06 12", "Layla Haddad": "070-174 06 15"}
