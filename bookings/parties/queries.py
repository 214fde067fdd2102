"""Queries of parties and chains; row level security leaves out what the viewer may not see."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from bookings.attendance.profile import Profile
from bookings.models import Chain, Meeting, Party


def profile_of(party: Party) -> Profile:
    """What the planner needs to know of a party; at most four queries, none if they are prefetched."""
    prefetch_related_objects([party], "members", "stop_choices", "owner")
    return profile_with(
        party,
        births=[member.birth_date for member in party.members.all()],
        switched={choice.agency_code: choice.is_on for choice in party.stop_choices.all()},
        days=party.chains.count(),
    )


def day_ahead(party: Party, *, at: datetime) -> Chain | None:
    """The party's day that lies ahead or is going on; no query if its chains are prefetched."""
    booked = (chain for chain in party.chains.all() if chain.state_at(at) == Chain.State.BOOKED)
    return next(booked, None)


def profile_with(
    party: Party, *, births: Iterable[date], switched: Mapping[str, bool], days: int = 0
) -> Profile:
    """The profile of a party whose members and choices need not have been saved; `births` in ascending order."""
    return Profile(
        owner_code=party.owner.code,
        language=party.language,
        municipality=party.municipality_id,
        legal_basis=party.legal_basis_id,
        births=tuple(births),
        step_free=party.step_free,
        extra_time=party.extra_time,
        caseworker_sex=party.caseworker_sex,
        interpreter_sex=party.interpreter_sex,
        overridden=bool(party.override_reason),
        switched=dict(switched),
        reference=party.reference,
        days=days,
    )


def parties(*, search: str = "") -> QuerySet[Party]:
    """The viewer's parties, newest first, with members and chains; `search` is words that all must match."""
    found = Party.objects.select_related("municipality", "legal_basis", "owner")
    for word in search.split():
        found = found.filter(
            Q(reference__istartswith=word)
            | Q(case_reference__istartswith=word)
            | Q(chains__reference__istartswith=word)
            | Q(members__given_name__istartswith=word, is_protected=False)
            | Q(members__family_name__istartswith=word, is_protected=False)
        ).distinct()
    return found.prefetch_related(
        "members", "stop_choices", Prefetch("chains", queryset=chains().order_by("-booked_at"))
    )


def chains() -> QuerySet[Chain]:
    """The viewer's chains with all that a chain's page shows."""
    meetings = Meeting.objects.select_related("agency__municipality", "service", "caseworker", "room")
    return Chain.objects.select_related(
        "site_day__location__site", "track", "interpreter", "party__owner", "party__municipality"
    ).prefetch_related(
        Prefetch("meetings", queryset=meetings.order_by("starts_at")),
        "party__members",
        "summonses",
        "links__newcomer",
    )
