"""Reads of a day's groups, and of what a group can be made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Role, Room, SiteDay, User
from agencies.rosters.queries import offered_shifts
from bookings.chains.group_meetings import parties_in
from bookings.models import Chain, GroupMeeting, Meeting
from interpreters.models import Interpreter


@dataclass(frozen=True, slots=True)
class GroupOnPage:
    """A group with how many come; of the viewer's own agency the days that are in it, and those that could be."""

    group: GroupMeeting
    parties: int
    inside: tuple[Chain, ...]
    outside: tuple[Chain, ...]
    is_kept: bool  # by the viewer, who may cancel it
    is_ahead: bool

    @property
    def is_full(self) -> bool:
        return self.parties >= self.group.capacity


def groups_of(site_day: SiteDay, viewer: User, *, at: datetime) -> Iterator[GroupOnPage]:
    """The day's open groups; three queries, and one for each group."""
    open_ones = GroupMeeting.objects.filter(site_day=site_day, state=GroupMeeting.State.OPEN)
    groups = list(open_ones.select_related("agency__municipality", "caseworker", "room", "interpreter"))
    own = Meeting.objects.filter(chain__site_day=site_day, chain__state=Chain.State.BOOKED, person=None)
    own = own.filter(chain__party__owner=viewer.agency_id) if viewer.agency_id else own.none()
    meetings = list(own.select_related("chain__party").order_by("chain__reference")) if groups else []
    for group in groups:
        met = [one for one in meetings if one.agency_id == group.agency_id]
        yield GroupOnPage(
            group,
            parties_in(group),
            tuple(one.chain for one in met if one.group_id == group.pk),
            tuple(one.chain for one in met if one.group_id is None and may_join(one, group)),
            keeps(viewer, group.agency_id),
            group.starts_at > at,
        )


def may_join(meeting: Meeting, group: GroupMeeting) -> bool:
    """Whether the party speaks the group's language and is not met alone; the verb looks closer."""
    party = meeting.chain.party
    is_free = not meeting.checked_in_at and not meeting.chain.must_move
    return is_free and party.interpreter_language == group.language and not party.is_protected


def keeps(viewer: User, agency: int) -> bool:
    """Whether the viewer opens and cancels groups of the agency at an own site."""
    return viewer.role == Role.COORDINATOR or (viewer.role == Role.MANAGER and viewer.agency_id == agency)


def desks_on(site_day: SiteDay, viewer: User) -> list[User]:
    """Caseworkers on shift whose groups the viewer may open; one query."""
    shifts = offered_shifts().filter(site_day=site_day)
    found = User.objects.filter(resource__in=shifts.values("resource"), agency__isnull=False)
    if viewer.role != Role.COORDINATOR:
        found = found.filter(agency=viewer.agency_id)
    return list(found.select_related("agency__municipality").order_by("agency__code", "first_name", "pk"))


def interpreters_on(site_day: SiteDay) -> list[Interpreter]:
    """Interpreters on shift, with their languages; two queries."""
    shifts = offered_shifts().filter(site_day=site_day)
    found = Interpreter.objects.filter(resource__in=shifts.values("resource"))
    return list(found.prefetch_related("masteries").order_by("name"))


def rooms_at(site_day: SiteDay) -> list[Room]:
    """The open rooms of the place; one query."""
    return list(Room.objects.filter(location=site_day.location_id, closed_at=None, resource__isnull=False))
