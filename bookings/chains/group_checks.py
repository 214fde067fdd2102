"""What a group information needs to be opened, and a party to be met in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from agencies.models import Absence, Agency, Role, Room, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.queries import offered_shifts
from agencies.rosters.who import require_own_site
from agencies.web.roles import NotForYourRole, require_role
from bookings.attendance.queries import hard_orders
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Chain, GroupMeeting, Meeting, Party
from bookings.models.groups import CONDITIONS, FEWEST, MOST
from interpreters.models import Interpreter


class GroupNotOpened(Refusal):
    """The group cannot be held so: its hours, people, size or conditions."""

    kind = "group-not-opened"


class GroupNotOpen(Refusal):
    """The group is cancelled, or has begun."""

    kind = "group-not-open"
    status = 409


class GroupFull(Refusal):
    kind = "group-full"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The group is full."))


class NotForGroup(Refusal):
    """The party cannot be met in this group."""

    kind = "not-for-group"
    status = 409


class GroupHasParties(Refusal):
    """Parties are to come: `number`."""

    kind = "group-has-parties"
    status = 409

    def __init__(self, number: int) -> None:
        super().__init__(_("Parties that come: %(number)s. Take them out first.") % {"number": number})
        self.number = number


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group to open: who holds it, from when to when, in which language (ISO 639-3), for how many parties at most."""

    agency: Agency
    caseworker: User
    starts_at: datetime
    ends_at: datetime
    language: str
    capacity: int
    conditions: tuple[str, ...]
    room: Room | None = None
    interpreter: Interpreter | None = None

    @property
    def resources(self) -> list[int]:
        holders = (self.caseworker, self.room, self.interpreter)
        return [holder.resource_id for holder in holders if holder and holder.resource_id]


def require_keeper(by: User, site_day: SiteDay, agency: Agency) -> None:
    """Raise NotForYourRole or SiteNotYours unless the user keeps the agency's groups there."""
    message = _("A coordinator of the site or a manager of the agency does this.")
    require_role(by, Role.COORDINATOR, Role.MANAGER, message=message)
    require_own_site(by, site_day.location.site)
    if by.role == Role.MANAGER and by.agency_id != agency.pk:
        raise NotForYourRole(message)


def require_sensible(site_day: SiteDay, plan: GroupPlan, *, at: datetime) -> None:
    """Raise GroupNotOpened for hours, people, a size or conditions with which no group is held."""
    if not max(at, site_day.opens_at) <= plan.starts_at < plan.ends_at <= site_day.closes_at:
        raise GroupNotOpened(_("A group lies ahead, within the hours of the day."))
    if not FEWEST <= plan.capacity <= MOST:
        raise GroupNotOpened(_("A group is of two to twelve parties."))
    if len(plan.conditions) != CONDITIONS:
        raise GroupNotOpened(_("All four conditions are to be met."))
    if plan.caseworker.agency_id != plan.agency.pk:
        raise GroupNotOpened(_("The caseworker is of another agency."))
    if plan.room and (plan.room.location_id != site_day.location_id or plan.room.closed_at):
        raise GroupNotOpened(_("That room is not open there."))
    if plan.interpreter and not plan.interpreter.masteries.filter(language=plan.language).exists():
        raise GroupNotOpened(_("The interpreter does not speak that language."))


def require_on_shift(site_day: SiteDay, plan: GroupPlan) -> None:
    """Raise GroupNotOpened unless the caseworker, and the interpreter, work all the time."""
    holders: list[User | Interpreter] = [plan.caseworker, *([plan.interpreter] if plan.interpreter else [])]
    for holder in holders:
        hours = {"starts_at__lte": plan.starts_at, "ends_at__gte": plan.ends_at}
        shifts = offered_shifts().filter(site_day=site_day, resource=holder.resource_id)
        within = {"starts_at__lt": plan.ends_at, "ends_at__gt": plan.starts_at}
        shift = shifts.filter(**hours).first()
        is_away = Absence.objects.filter(resource=holder.resource_id, **within).exists()
        if shift is None or is_away or shift.breaks.filter(**within).exists():
            raise GroupNotOpened(_("%(who)s is not on shift all that time.") % {"who": holder})


def require_fitting(group: GroupMeeting, chain: Chain, meetings: dict[str, Meeting]) -> Meeting:
    """The party's meeting that the group replaces. Raises NotForGroup or MeetingHasBegun."""
    meeting = meetings.get(group.agency.code)
    if meeting is None or chain.site_day_id != group.site_day_id:
        raise NotForGroup(_("The party does not meet %(agency)s that day.") % {"agency": group.agency})
    if meeting.checked_in_at:
        raise MeetingHasBegun(_("This meeting has begun."))
    if meeting.together_with_id or any(one.together_with_id == meeting.pk for one in meetings.values()):
        raise NotForGroup(_("This meeting is held together with another agency's."))
    if chain.party.is_protected:
        raise NotForGroup(_("A party with protected identity is met alone."))
    if chain.party.interpreter_language != group.language:
        raise NotForGroup(_("The group is held in another language."))
    if not _is_wished_for(group, chain.party):
        raise NotForGroup(_("The party does not wish to be met by this caseworker or interpreter."))
    others = [one for one in meetings.values() if one != meeting]
    walk = timedelta(minutes=group.site_day.location.site.walk_minutes)
    if any(one.starts_at < group.ends_at + walk and group.starts_at < one.ends_at + walk for one in others):
        raise NotForGroup(_("The party has another meeting then. Move that one first."))
    if _breaks_order(group, chain, others):
        raise NotForGroup(_("The party must meet the agencies in another order."))
    return meeting


def _is_wished_for(group: GroupMeeting, party: Party) -> bool:
    """Whether the party may have the group's caseworker and interpreter, as in a meeting of its own."""
    if party.caseworker_sex not in ("", group.caseworker.sex):
        return False
    tolk = group.interpreter
    is_unwanted = tolk is not None and party.unwanted_interpreters.filter(interpreter=tolk).exists()
    return tolk is None or (party.interpreter_sex in ("", tolk.sex) and not is_unwanted)


def _breaks_order(group: GroupMeeting, chain: Chain, others: Sequence[Meeting]) -> bool:
    """Whether an order of the track that is never broken would be."""
    hard = hard_orders(chain.track_id, on=group.site_day.date)
    code = group.agency.code
    return any(
        ((code, one.agency.code) in hard and one.starts_at < group.starts_at)
        or ((one.agency.code, code) in hard and one.starts_at > group.starts_at)
        for one in others
    )
