"""Group information: one meeting with several parties, in one language; opened, joined, left, cancelled."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies.models import SiteDay, User
from agencies.rosters.locks import lock_resources
from bookings.chains.book import NO_OVERLAP, require_booked
from bookings.chains.group_checks import (
    GroupFull,
    GroupHasParties,
    GroupNotOpen,
    GroupPlan,
    require_fitting,
    require_keeper,
    require_on_shift,
    require_sensible,
)
from bookings.chains.outside import MustMoveFirst
from bookings.chains.placement import SlotTaken
from bookings.chains.snapshot import chain_facts, with_forms
from bookings.chains.versions import Seen, require_seen
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.events import record_event
from bookings.models import Chain, Claim, Event, GroupMeeting, Meeting
from bookings.models.references import insert_referenced
from bookings.parties.queries import meetings_by_key
from bookings.proposals.timeline import pauses_of
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay

FULL = "group_has_a_place"


def open_group(*, site_day: SiteDay, plan: GroupPlan, by: User, at: datetime) -> GroupMeeting:
    """Open a group, which claims its desk, its room and its interpreter.

    The site's coordinator does it, and a manager of the agency. Raises GroupNotOpened, SlotTaken, NotForYourRole or
    SiteNotYours; then nothing is written.
    """
    require_keeper(by, site_day, plan.agency)
    require_sensible(site_day, plan, at=at)
    with _refused(), transaction.atomic():
        lock_resources(plan.resources, days=[site_day.pk])
        require_on_shift(site_day, plan)
        group = GroupMeeting(
            site_day=site_day,
            agency=plan.agency,
            caseworker=plan.caseworker,
            room=plan.room,
            interpreter=plan.interpreter,
            language=plan.language,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            capacity=plan.capacity,
            conditions=list(plan.conditions),
            opened_by=by,
            opened_at=at,
        )
        insert_referenced(group)
        _claim(plan.resources, group.starts_at, group.ends_at, group=group)
    return group


def cancel_group(*, group: GroupMeeting, by: User, at: datetime) -> GroupMeeting:
    """Cancel a group to which nobody comes; a second time changes nothing.

    Raises GroupHasParties, NotForYourRole or SiteNotYours.
    """
    require_keeper(by, group.site_day, group.agency)
    with transaction.atomic():
        group = _locked(group)
        if group.state == GroupMeeting.State.CANCELLED:
            return group
        if number := parties_in(group):
            raise GroupHasParties(number)
        Claim.objects.filter(group=group).delete()
        group.state, group.cancelled_at = GroupMeeting.State.CANCELLED, at
        group.save(update_fields=["state", "cancelled_at"])
    return group


def add_party(*, group: GroupMeeting, chain: Chain, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Meet the chain's party in the group instead of alone; the letter gets a new version. Again changes nothing.

    Raises GroupNotOpen, GroupFull, NotForGroup, NotBooked, ChangedMeanwhile, MustMoveFirst, MeetingHasBegun or
    SlotTaken; then nothing is written.
    """
    with _refused(), transaction.atomic():
        lock_resources([chain.party.resource_id], days=[chain.site_day_id])
        group = _locked(group)
        chain = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
        require_booked(chain, at=at)
        meetings = meetings_by_key(chain)
        meeting = meetings.get(group.agency.code)
        if meeting and meeting.group_id == group.pk:
            return chain
        require_seen(chain, seen)
        if chain.must_move:
            raise MustMoveFirst(_("This day no longer fits the party. Choose another time first."))
        if group.state != GroupMeeting.State.OPEN or group.starts_at <= at:
            raise GroupNotOpen(_("This group is cancelled or has begun."))
        meeting = require_fitting(group, chain, meetings)
        if parties_in(group) >= group.capacity:
            raise GroupFull
        _join(group, chain, meeting, by=by, at=at)
    return chain


def remove_party(*, group: GroupMeeting, chain: Chain, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Take the party out of the group; its day must then move, for it has no desk there. Again changes nothing.

    Raises NotBooked, ChangedMeanwhile or MeetingHasBegun.
    """
    with transaction.atomic():
        lock_resources([chain.party.resource_id], days=[chain.site_day_id])
        chain = Chain.objects.select_related("site_day", "party").get(pk=chain.pk)
        require_booked(chain, at=at)
        meeting = chain.meetings.filter(group=group).select_related("agency").first()
        if meeting is None:
            return chain
        require_seen(chain, seen)
        if meeting.checked_in_at:
            raise MeetingHasBegun(_("This meeting has begun."))
        meeting.group = None
        meeting.save(update_fields=["group"])
        chain.must_move, chain.version = True, chain.version + 1
        chain.save(update_fields=["must_move", "version"])
        facts = {"version": chain.version, "meeting": meeting.agency.code, "group": ""}
        record_event(kind=Event.Kind.GROUP, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, **facts)
    return chain


def parties_in(group: GroupMeeting) -> int:
    """How many parties come, whosever they are; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_parties(%s)", [group.pk])
        return int(cursor.fetchone()[0])


@contextmanager
def _refused() -> Iterator[None]:
    """Translate the errors of the constraints that have the last word."""
    try:
        yield
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise SlotTaken from error
        if FULL in str(error):
            raise GroupFull from error
        raise


def _locked(group: GroupMeeting) -> GroupMeeting:
    found = GroupMeeting.objects.select_related(
        "agency", "site_day__location__site", "caseworker", "room", "interpreter"
    )
    return found.select_for_update(of=("self",), no_key=True).get(pk=group.pk)


def _join(group: GroupMeeting, chain: Chain, meeting: Meeting, *, by: User, at: datetime) -> None:
    before, was = chain_facts(chain), meeting.starts_at
    Claim.objects.filter(meeting=meeting).delete()
    meeting.starts_at, meeting.ends_at, meeting.group = group.starts_at, group.ends_at, group
    meeting.caseworker, meeting.room = group.caseworker, group.room
    meeting.form, meeting.tool = Meeting.Form.ON_SITE, ""
    meeting.save()
    _claim([chain.party.resource_id], group.starts_at, group.ends_at, meeting=meeting)
    chain.version += 1
    chain.waiting_minutes = _waiting(chain)
    chain.save(update_fields=["version", "waiting_minutes"])
    latest = SummonedDay.from_json(chain.summonses.latest("version").day)
    summon(chain=chain, day=_retimed(latest, chain, meeting), by=by, at=at, is_moved=True)
    code = group.agency.code
    facts = {
        "version": chain.version,
        "before": before,
        "day": chain_facts(chain) | {"without": ""},
        "was": {code: was.isoformat()},
        "moved": {code: group.starts_at.isoformat()},
    }
    record_event(kind=Event.Kind.MOVED, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, **facts)
    joined = {"version": chain.version, "meeting": code, "group": group.reference}
    record_event(kind=Event.Kind.GROUP, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, **joined)


def _waiting(chain: Chain) -> int:
    """For how many minutes the party waits on its day, besides walks, break and lunch."""
    waits = [part.ends_at - part.starts_at for part in pauses_of(chain) if part.kind == "wait"]
    return int(sum(waits, timedelta()).total_seconds()) // 60


def _retimed(day: SummonedDay, chain: Chain, meeting: Meeting) -> SummonedDay:
    """The day with the meeting at its new time, in time order."""
    days = []
    for one in day.days:
        stops = [
            replace(stop, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
            if (stop.agency, stop.alone) == (meeting.agency_id, meeting.person_id)
            else stop
            for stop in one.stops
        ]
        days.append(replace(one, stops=tuple(sorted(stops, key=lambda stop: stop.starts_at))))
    return with_forms(replace(day, days=tuple(days)), chain)


def _claim(
    resources: Sequence[int],
    starts_at: datetime,
    ends_at: datetime,
    *,
    group: GroupMeeting | None = None,
    meeting: Meeting | None = None,
) -> None:
    Claim.objects.bulk_create(
        Claim(group=group, meeting=meeting, resource_id=resource, period=(starts_at, ends_at))
        for resource in sorted(resources)
    )
