"""The nightly task deletes checklist, ticks, referrals and note with their party."""

import pytest

from agencies.secrecy.context import acting_as
from checklists.models import Checklist, Note, Referral, Tick
from checklists.steps.note import write_note
from motesplats.retention import VIEWER
from tests.checklists.checklist_steps import met, start, tick
from tests.moment import NOW
from tests.motesplats.test_retention import decide, retain_at, rows_left

pytestmark = pytest.mark.django_db

MODELS = (Checklist, Tick, Referral, Note)


def test_a_checklist_and_a_note_are_deleted_with_their_party(chain, owner, fk, acting, holder, clock):
    with acting(owner):
        write_note(party_id=chain.party_id, text="Hiss", by=owner, at=NOW)
        met(chain, owner)
    with acting(fk):
        tick(chain, "fk-registered", fk)
        start(chain, "avstamningsmote", fk)
    decide("delete", months=24)
    with acting_as(VIEWER):
        assert rows_left(*MODELS) == 0
    with acting_as(holder):
        assert rows_left(*MODELS) == 4
    assert retain_at(clock, "2029-01-15T02:00:00+01:00")["bookings.party delete"] == 1
    with acting(owner):
        assert rows_left(*MODELS) == 0
