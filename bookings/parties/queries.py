"""Queries of parties and chains; row level security leaves out other agencies', these those at other sites."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from agencies.clock import local
from bookings.attendance.keys import key_of
from bookings.attendance.profile import Profile
from bookings.models import Chain, Meeting, Newcomer, Party, PartyHere
from bookings.models.expected import at_hand, at_own_sites
from bookings.parties.found import is_among, party_ids
from bookings.parties.narrowing import Narrowing
from bookings.references import as_printed

LONGEST_SEARCH = 100  # characters


def profile_of(party: Party) -> Profile:
    """What the planner needs to know of a party; at most four queries, none if they are prefetched."""
    prefetch_related_objects([party], "members", "stop_choices", "owner")
    return profile_with(
        party,
        births=[member.birth_date for member in party.members.all()],
        own=own_meetings(party.members.all()),
        switched={choice.agency_code: choice.is_on for choice in party.stop_choices.all()},
        days=party.chains.count(),
    )


def meetings_by_key(chain: Chain) -> dict[str, Meeting]:
    """The chain's meetings by their names; one query, or two if anybody is met alone, none if they are prefetched."""
    meetings = list(chain.meetings.select_related("agency", "caseworker", "room"))
    return dict(zip(keys_of(chain, meetings), meetings, strict=True))


def together_of(meetings: Mapping[str, Meeting]) -> dict[str, str]:
    """Which of the meetings, by their names, are held together with another one, and the name of that."""
    names = {meeting.pk: key for key, meeting in meetings.items()}
    return {key: names[one.together_with_id] for key, one in meetings.items() if one.together_with_id}


def keys_of(chain: Chain, meetings: Sequence[Meeting]) -> list[str]:
    """What these meetings of the chain, with their agencies, are called."""
    numbers = {}
    if any(meeting.person_id for meeting in meetings):
        numbers = {member.pk: number for number, member in enumerate(chain.party.members.all(), start=1)}
    return [
        key_of(meeting.agency.code, numbers[meeting.person_id] if meeting.person_id else None)
        for meeting in meetings
    ]


def day_ahead(party: Party, *, at: datetime) -> Chain | None:
    """The party's day that lies ahead or is going on; no query if its chains are prefetched."""
    booked = (chain for chain in party.chains.all() if chain.state_at(at) == Chain.State.BOOKED)
    return next(booked, None)


def profile_with(
    party: Party,
    *,
    births: Iterable[date],
    switched: Mapping[str, bool],
    days: int = 0,
    own: tuple[tuple[int, str], ...] = (),
) -> Profile:
    """The profile of a party whose members and choices need not have been saved; `births` in ascending order."""
    return Profile(
        owner_code=party.owner.code,
        municipality=party.municipality_id,
        legal_basis=party.legal_basis_id,
        births=tuple(births),
        step_free=party.step_free,
        extra_time=party.extra_time,
        caseworker_sex=party.caseworker_sex,
        interpreter_language=party.interpreter_language if party.needs_interpreter else "",
        interpreter_sex=party.interpreter_sex,
        overridden=bool(party.override_reason),
        is_quota=party.is_quota,
        switched=dict(switched),
        reference=party.reference,
        days=days,
        own=own,
    )


def own_meetings(members: Iterable[Newcomer]) -> tuple[tuple[int, str], ...]:
    """The meetings that members, from the eldest, ask to have alone: index and agency code."""
    return tuple((n, code) for n, member in enumerate(members) for code in sorted(member.own_meetings))


def reachable_parties() -> QuerySet[Party]:
    """The agency's parties that the viewer may open: those at the viewer's sites, and elsewhere those with a reason."""
    return Party.objects.filter(at_hand("pk"))


def parties() -> QuerySet[Party]:
    """The same with all that a party's page shows."""
    return _with_members(reachable_parties())


def party_by_code(typed: str) -> Party | None:
    """The agency's party, at whichever site, with this reference or with a chain that has it; however it is typed."""
    code = as_printed(typed)
    reference = f"{code[:3]}-{code[3:]}"
    return Party.objects.filter(Q(reference=reference) | Q(chains__reference=reference)).first()


def listed_parties(*, at: datetime, search: str = "", narrowed: Narrowing | None = None) -> QuerySet[Party]:
    """The agency's parties at the viewer's sites, newest first; `search` as `party_ids` reads it."""
    return _with_days(_listed(at=at, search=search, narrowed=narrowed))


def listed_keys(*, at: datetime, search: str = "", narrowed: Narrowing | None = None) -> list[int]:
    """The keys of the same parties in the same order: count and pages of a list at once."""
    if search and not narrowed:
        found = _found_here(search, at=at).order_by("-registered_at", "-party_id")
        return list(dict.fromkeys(found.values_list("party_id", flat=True)))
    return list(_listed(at=at, search=search, narrowed=narrowed).values_list("pk", flat=True))


def parties_of_page(keys: Sequence[int]) -> QuerySet[Party]:
    """The few parties with these keys, newest first, with what a list shows of them."""
    return _with_days(Party.objects.filter(is_among("pk", keys)) if keys else Party.objects.none())


def _listed(*, at: datetime, search: str, narrowed: Narrowing | None) -> QuerySet[Party]:
    """A search is three queries at once, so that whatever follows looks at nothing but what it has found."""
    if search:
        here = _found_here(search, at=at).values_list("party_id", flat=True)
        found = Party.objects.filter(is_among("pk", set(here)))
    else:
        found = Party.objects.filter(pk__in=_listed_here().values("party_id"))
    return narrowed.of(found, at=at) if narrowed else found


def _found_here(search: str, *, at: datetime) -> QuerySet[PartyHere]:
    return _listed_here().filter(is_among("party_id", party_ids(search, today=local(at).date())))


def _listed_here() -> QuerySet[PartyHere]:
    return PartyHere.objects.filter(is_listed=True).order_by()


def _with_days(found: QuerySet[Party]) -> QuerySet[Party]:
    days = Chain.objects.select_related("site_day").order_by("-booked_at")
    return found.select_related("municipality", "legal_basis", "owner").prefetch_related(
        "members__own_contact", "stop_choices", Prefetch("chains", queryset=days)
    )


def chains() -> QuerySet[Chain]:
    """The chains of the parties that the viewer may open, with all that a chain's page shows."""
    return _with_meetings(Chain.objects.filter(at_hand("party_id"))).prefetch_related(
        "party__members__own_contact"
    )


def listed_chains() -> QuerySet[Chain]:
    """The agency's chains at the viewer's sites."""
    return _with_meetings(Chain.objects.filter(at_own_sites("site_day__location__site_id")))


def chains_to_move(*, at: datetime) -> QuerySet[Chain]:
    """The agency's booked chains that no longer fit their party or place, the next ones first; names nobody."""
    found = Chain.objects.filter(
        at_own_sites("site_day__location__site_id"), state=Chain.State.BOOKED, must_move=True
    )
    return found.filter(site_day__closes_at__gt=at).order_by("site_day__date", "pk")[:20]


def _with_members(found: QuerySet[Party]) -> QuerySet[Party]:
    booked = _with_meetings(Chain.objects.all()).order_by("-booked_at")
    return found.select_related("municipality", "legal_basis", "owner").prefetch_related(
        "members__own_contact", "stop_choices", Prefetch("chains", queryset=booked)
    )


def _with_meetings(found: QuerySet[Chain]) -> QuerySet[Chain]:
    meetings = Meeting.objects.select_related(
        "agency__municipality", "service", "caseworker", "room", "group__interpreter"
    )
    return found.select_related(
        "site_day__location__site", "track", "interpreter__resource", "party__owner", "party__municipality"
    ).prefetch_related(
        Prefetch("meetings", queryset=meetings.order_by("starts_at")),
        "party__members",
        "summonses",
        "links__newcomer",
    )
