"""A choice that is kept is told to the adult once, without saying which, whoever wrote it down."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from agencies.dispatches.channels.outgoing import Outgoing
from agencies.secrecy.context import Viewer, acting_as
from bookings.messages import send
from bookings.messages.plan import KIND
from bookings.models import Message, Party
from checklists.consent.questions import scope_of_staff
from checklists.consent.record import record_paper_consent
from tests.checklists.consent.phones import press, with_code
from tests.factories.bookings import MessageFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The texts that reach the telephone."""
    texts: list[str] = []

    def deliver(outgoing: Outgoing) -> str:
        texts.append(outgoing.text)
        return "s1"

    monkeypatch.setattr(send, "deliver", deliver)
    return texts


@pytest.fixture
def phone(chain, owner, acting):
    with acting(owner):
        Party.objects.filter(pk=chain.party_id).update(phone="+46701740612")
        link = chain.links.order_by("pk")[0]
    return with_code(link)


def receipts(owner, acting) -> list[Message]:
    with acting(owner):
        return list(Message.objects.filter(kind="receipt"))


def test_several_choices_behind_the_own_link_have_one_receipt(phone, chain, owner, acting, sent):
    press(*phone, say="FK.names.MIG.yes")
    press(*phone, say="FK.meetings.MIG.no")
    (receipt,) = receipts(owner, acting)
    assert receipt.state == "planned"
    (asked,) = [one for one in outbox(kind=KIND) if one.subject == receipt.pk]
    assert (asked.by, asked.agency) == (owner, owner.agency)
    send_all(KIND, at=NOW)
    before = len(sent)
    send_all(KIND, at=NOW + timedelta(minutes=2))
    (text,) = sent[before:]
    assert text.startswith("حُفظ اختيارك")
    assert receipts(owner, acting)[0].state == "sent"


def test_without_the_code_a_link_writes_no_message_and_asks_for_none(chain, owner, acting):
    with acting(owner):
        link = chain.links.order_by("pk")[0]
        party = chain.party
    with acting_as(Viewer(link=link.token_hash)):
        assert not Message.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            MessageFactory(chain=chain, party=party, link=link, kind="receipt")


def test_with_the_code_a_link_writes_a_receipt_and_nothing_else(chain, owner, acting, holder):
    with acting(owner):
        link, party = chain.links.get(token_hash=holder.link), chain.party
    with acting_as(holder):
        MessageFactory(chain=chain, party=party, link=link, kind="receipt")
        for refused in ({"kind": "change"}, {"kind": "receipt", "state": "sent", "sent_at": NOW}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                MessageFactory(chain=chain, party=party, link=link, version=9, **refused)
        assert {one.kind for one in Message.objects.all()} == {"receipt"}


def test_a_paper_that_the_own_agency_records_has_a_receipt_and_another_s_has_none(
    chain, owner, fk, acting, open_to
):
    def record(key: str, by) -> None:
        with acting(by):
            scope = scope_of_staff(chain.reference)
            assert scope is not None
            record_paper_consent(
                question=scope.questions[key],
                newcomer=scope.adults[0].pk,
                answer="given",
                language="ar",
                witness="Test Vittne",
                interpreter="Tolk 12",
                by=by,
                at=NOW,
            )

    for category in ("names", "checklist"):
        open_to(fk, by=owner, category=category)
    record("AF.checklist.FK", fk)
    assert receipts(owner, acting) == []
    record("FK.note.MIG", owner)
    assert len(receipts(owner, acting)) == 1
