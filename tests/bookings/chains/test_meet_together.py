"""A meeting with several agencies at once: one stop, one room, one interpreter, each agency at its own desk."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Shift, Site
from agencies.sites.rooms import add_room
from bookings.chains.amend import amend_party
from bookings.chains.book import NotBooked, cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.group_checks import NotForGroup, require_fitting
from bookings.chains.meet_together import NotTogether, NotTogetherThen, meet_together
from bookings.chains.meeting_form import Form, FormNotHeld, hold_meeting
from bookings.chains.versions import ChangedMeanwhile
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Chain, Claim, Meeting, Precedence
from bookings.parties.amend import Correction
from bookings.parties.queries import chains
from bookings.proposals.timeline import timeline_of
from bookings.remote.allow import allow_forms
from bookings.summons.compose import compose
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register, signed_proposal
from tests.factories.agencies import ManagerFactory, UserFactory, main_place, the_site
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


def join(chain, host="FK", joined="AF", **more) -> Chain:
    chain.refresh_from_db()
    return meet_together(chain=chain, host=host, joined=joined, by=chain.booked_by, at=NOW, **more)


def meeting_of(chain, code="FK") -> Meeting:
    return chain.meetings.select_related("caseworker", "room").get(agency__code=code)


def pages_of(chain):
    return compose(chain.summonses.latest("version"), chain.links.earliest("pk")).pages


def move(chain, key, *, by, **search):
    chain.refresh_from_db()
    more = {"first": FIRST, "last": FIRST, "moving": chain, "meeting": key} | search
    return move_chain(chain=chain, proposal=signed_proposal(chain.party, **more), by=by, at=NOW)


def test_both_begin_together_and_last_as_long_as_the_longer(chain, by, acting):
    with acting(by):
        lengths = {code: meeting_of(chain, code).ends_at - meeting_of(chain, code).starts_at for code in ("FK", "AF")}
        starts = meeting_of(chain).starts_at
        join(chain)
        host, joined = meeting_of(chain), meeting_of(chain, "AF")
        assert joined.together_with == host
        assert host.starts_at == joined.starts_at == starts
        assert host.ends_at == joined.ends_at == starts + max(lengths.values())


def test_the_joined_one_holds_its_desk_alone_and_the_host_the_rest(chain, by, acting):
    with acting(by):
        join(chain)
        host, joined = meeting_of(chain), meeting_of(chain, "AF")
        assert [one.resource_id for one in Claim.objects.filter(meeting=joined)] == [
            joined.caseworker.resource_id
        ]
        held = {one.resource_id: one.period.upper for one in Claim.objects.filter(meeting=host)}
        assert held[chain.party.resource_id] == host.ends_at
        assert held[host.caseworker.resource_id] == host.ends_at
        assert chain.interpreter.resource_id in held


def test_print(chain, by, acting):
    with acting(by):
        for m in chain.meetings.select_related("agency"):
            print(m.agency.code, m.starts_at, m.ends_at)
        for h, j in (("FK", "AF"), ("AF", "FK"), ("AF", "KOM"), ("KOM", "AF"), ("FK", "KOM"), ("KOM", "FK"),("MIG","AF")):
            try:
                with transaction.atomic():
                    join(chain, h, j); print(h, j, "ok", [(m.agency.code, m.starts_at) for m in chain.meetings.select_related("agency")])
                    raise ValueError
            except Exception as e:
                print(h, j, repr(e), e)
    assert 0
