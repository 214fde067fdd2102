"""Hold a meeting by telephone or video, or at the place again; the letter's next version says so."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Room, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.validators import validate_https
from bookings.availability.booked import held_in
from bookings.availability.claims import insert_claims
from bookings.chains.book import NO_OVERLAP, require_booked
from bookings.chains.outside import MustMoveFirst
from bookings.chains.placement import SlotTaken
from bookings.chains.snapshot import with_forms
from bookings.chains.versions import Seen, require_seen
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.events import record_event
from bookings.models import Chain, Claim, Event, Meeting, RemoteRule
from bookings.parties.queries import meetings_by_key
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay

Form = Meeting.Form


class FormNotHeld(Refusal):
    """The agency holds no such meetings, or the chain has none of that name."""

    kind = "form-not-held"
    field = "form"


class ToolNotUsable(Refusal):
    kind = "tool-not-usable"
    field = "tool"


class NobodyComes(Refusal):
    """All meetings would be at a distance, so that nobody is called to the place."""

    kind = "nobody-comes"
    status = 409
    field = "form"


class NoRoomFree(Refusal):
    kind = "no-room-free"
    status = 409
    field = "form"


def hold_meeting(
    *, chain: Chain, key: str, form: Form, tool: str = "", by: User, at: datetime, seen: Seen = None
) -> Chain:
    """Give the chain's meeting that is called so the form; `tool`: where a video meeting is, else the agency's own.

    The same form again changes nothing. Who speaks from home needs no room, and who comes again gets one where rooms
    are scarce. Raises NotBooked, ChangedMeanwhile, MustMoveFirst, MeetingHasBegun, FormNotHeld, ToolNotUsable,
    NobodyComes, NoRoomFree or SlotTaken; then nothing is written.
    """
    tool = _clean_tool(tool) if form == Form.VIDEO else ""
    try:
        with transaction.atomic():
            return _hold(chain, key, form, tool, by=by, at=at, seen=seen)
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise SlotTaken from error
        raise


def _hold(chain: Chain, key: str, form: Form, tool: str, *, by: User, at: datetime, seen: Seen) -> Chain:
    lock_resources([chain.party.resource_id], days=[chain.site_day_id])
    chain = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
    require_booked(chain, at=at)
    require_seen(chain, seen)
    if chain.must_move:
        raise MustMoveFirst(_("This day no longer fits the party. Choose another time first."))
    meetings = meetings_by_key(chain)
    meeting = meetings.get(key)
    if meeting is None:
        raise FormNotHeld(_("This day has no such meeting."))
    tool = tool or _tool_of(meeting, form)
    if (meeting.form, meeting.tool) == (form, tool):
        return chain
    _require_possible(meeting, form, [one for one in meetings.values() if one != meeting])
    _write(chain, meeting, form, tool)
    chain.version += 1
    chain.save(update_fields=["version"])
    latest = SummonedDay.from_json(chain.summonses.latest("version").day)
    summon(chain=chain, day=with_forms(latest, chain), by=by, at=at, is_moved=True)
    record_event(
        kind=Event.Kind.FORM,
        party_id=chain.party_id,
        chain_id=chain.pk,
        by=by,
        at=at,
        version=chain.version,
        meeting=key,
        form=str(form),
    )
    return chain


def _clean_tool(typed: str) -> str:
    typed = typed.strip()
    if not typed:
        return ""
    try:
        validate_https(typed)
        Meeting._meta.get_field("tool").run_validators(typed)
    except ValidationError as error:
        raise ToolNotUsable(" ".join(error.messages)) from None
    return typed


def _tool_of(meeting: Meeting, form: Form) -> str:
    """The agency's own address. Raises FormNotHeld or ToolNotUsable."""
    if form == Form.ON_SITE:
        return ""
    rule = RemoteRule.objects.filter(agency=meeting.agency_id).first()
    if rule is None or form not in rule.forms:
        words = {"agency": meeting.agency, "form": form.label}
        raise FormNotHeld(_("%(agency)s holds no meetings %(form)s.") % words)
    if form == Form.VIDEO and not rule.tool:
        raise ToolNotUsable(_("Write the address of the video meeting."))
    return rule.tool if form == Form.VIDEO else ""


def _require_possible(meeting: Meeting, form: Form, others: list[Meeting]) -> None:
    if form != Form.ON_SITE and meeting.service.checks_identity:
        raise FormNotHeld(_("Identity is checked there, which needs people to come."))
    if meeting.group_id:
        raise FormNotHeld(_("A group meets at the place."))
    if meeting.together_with_id or any(one.together_with_id == meeting.pk for one in others):
        raise FormNotHeld(_("What is held together is at the place."))
    if meeting.checked_in_at:
        raise MeetingHasBegun(_("This meeting has begun."))
    if form != Form.ON_SITE and all(one.form != Form.ON_SITE for one in others):
        raise NobodyComes(_("One meeting of the day is at the place. Cancel the day if nobody is to come."))


def _write(chain: Chain, meeting: Meeting, form: Form, tool: str) -> None:
    """Write the form; a room is let go, or found for whoever comes again."""
    room = None
    if form == Form.ON_SITE and chain.site_day.location.site.rooms_are_scarce:
        room = _free_room(chain, meeting)
    if meeting.room:
        Claim.objects.filter(meeting=meeting, resource=meeting.room.resource_id).delete()
    meeting.form, meeting.tool, meeting.room = form, tool, room
    meeting.save(update_fields=["form", "tool", "room"])
    if room and room.resource_id:
        insert_claims([(meeting.pk, room.resource_id, meeting.starts_at, meeting.ends_at)])


def _free_room(chain: Chain, meeting: Meeting) -> Room:
    """A room of the place that nobody holds then, locked. Raises NoRoomFree."""
    rooms = Room.objects.filter(location=chain.site_day.location, closed_at=None, resource__isnull=False)
    if chain.party.step_free:
        rooms = rooms.filter(step_free=True)
    found = {room.resource_id: room for room in rooms.order_by("resource_id") if room.resource_id}
    lock_resources(found, days=[chain.site_day_id])
    hours = meeting.starts_at, meeting.ends_at
    held = {
        one.resource
        for one in held_in(list(found), hours)
        if one.starts_at < meeting.ends_at and meeting.starts_at < one.ends_at
    }
    room = next((room for key, room in found.items() if key not in held), None)
    if room is None:
        raise NoRoomFree(_("No room is free then. Move the meeting to another time."))
    return room
