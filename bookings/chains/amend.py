"""Correct a registered party; of a day that lies ahead the letter follows, or the day is to be moved."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from agencies.models import User
from agencies.rosters.locks import lock_resources
from bookings.chains.placement import CheckedPlacement, SlotTaken, check_placement
from bookings.chains.snapshot import booked_proposal, summoned_day, with_forms
from bookings.chains.versions import Seen, require_party_seen
from bookings.events import record_event
from bookings.models import Chain, Claim, Event, Meeting, Party, Summons
from bookings.parties.amend import MEMBERS, Correction, write_correction
from bookings.parties.queries import day_ahead
from bookings.summons.issue import summon

# What the letter tells, or what decides what it tells.
IN_LETTER = frozenset(
    {
        "language",
        "interpreter_language",
        "needs_interpreter",
        "municipality",
        "address",
        "phone",
        "housing_kind",
        "is_quota",
        MEMBERS,
    }
)
# What decides whom the party meets, for how long, and with whose help.
IN_DAY = frozenset(
    {
        "interpreter_language",
        "needs_interpreter",
        "municipality",
        "legal_basis",
        "step_free",
        "extra_time",
        "interpreter_sex",
        "caseworker_sex",
        MEMBERS,
    }
)
# What an interpreter is asked for by: one who was confirmed for other words is not confirmed for these.
ASKED_BY = frozenset({"interpreter_language", "needs_interpreter", "interpreter_sex"})


@dataclass(frozen=True, slots=True)
class Amended:
    """What a correction led to: the names of what was changed, the letter's new version if there is one."""

    changed: frozenset[str]
    chain: Chain | None = None
    letter: Summons | None = None

    @property
    def must_move(self) -> bool:
        """Whether the day that lies ahead no longer fits the party."""
        return bool(self.chain and self.chain.must_move)


def amend_party(
    *, party: Party, correction: Correction, by: User, at: datetime, seen: Seen = None
) -> Amended:
    """Correct the party; a letter that has gone out gets its next version, unless the day no longer fits.

    Raises ChangedMeanwhile, or what `write_correction` raises; then nothing is written.
    """
    with transaction.atomic():
        lock_resources([party.resource_id])
        party = Party.objects.select_related("owner", "municipality", "legal_basis").get(pk=party.pk)
        require_party_seen(party, seen)
        changed = write_correction(party=party, correction=correction, by=by, at=at)
        if not changed:
            return Amended(changed)
        party = Party.objects.get(pk=party.pk)  # without the members as they were
        chain = day_ahead(party, at=at)
        letter = _carry_over(chain, changed, by=by, at=at) if chain else None
        record_event(
            kind=Event.Kind.AMENDED,
            party_id=party.pk,
            chain_id=chain.pk if chain else None,
            by=by,
            at=at,
            what=sorted(changed),
            **({"version": chain.version} if chain else {}),
        )
    return Amended(changed, chain, letter)


def _carry_over(chain: Chain, changed: frozenset[str], *, by: User, at: datetime) -> Summons | None:
    """Mark the day as one that must move, or write the letter's next version if it tells of what changed."""
    if not changed & (IN_DAY | IN_LETTER):
        return None
    outside = chain.outside_interpreter
    if changed & ASKED_BY:
        _ask_anew(chain)
    placement = _still_fitting(chain, at=at)
    chain.version += 1
    chain.must_move = placement is None
    chain.save(update_fields=["version", "must_move", "interpreter", "outside_interpreter"])
    is_told = changed & IN_LETTER or chain.outside_interpreter != outside
    if placement is None or not is_told:
        return None
    day = with_forms(summoned_day(placement, outside=chain.outside_interpreter), chain)
    return summon(chain=chain, day=day, by=by, at=at, is_moved=True)


def _ask_anew(chain: Chain) -> None:
    """An interpreter from outside counts as ordered again; where none is needed any more, none is kept."""
    if chain.party.needs_interpreter:
        chain.outside_interpreter = Chain.Outside.ORDERED if chain.outside_interpreter else ""
        return
    if chain.interpreter:
        lock_resources([chain.interpreter.resource_id], days=[chain.site_day_id])
        Claim.objects.filter(meeting__chain=chain, resource=chain.interpreter.resource_id).delete()
    chain.interpreter, chain.outside_interpreter = None, ""


def _in_group(chain: Chain) -> QuerySet[Meeting]:
    return chain.meetings.filter(group__isnull=False).select_related("group")


def _still_fitting(chain: Chain, *, at: datetime) -> CheckedPlacement | None:
    """The booked day as a placement, if the party as it is now may have it."""
    if any(one.group and one.group.language != chain.party.interpreter_language for one in _in_group(chain)):
        return None
    try:
        return check_placement(proposal=booked_proposal(chain), party=chain.party, at=at, moving=chain)
    except SlotTaken:
        return None
