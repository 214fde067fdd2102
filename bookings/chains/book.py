"""Book, move and cancel a chain: check, lock, write; the database's constraint has the last word."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from bookings.availability.claims import find_conflicts, spans_of_chain
from bookings.chains.placement import Placement, SlotTaken, load_placement
from bookings.models import Chain, Claim, Event, Party
from bookings.models.references import insert_referenced
from bookings.parties.queries import profile_of
from bookings.proposals.signed import Proposal, read_proposal
from bookings.summons.issue import summon

LAST_WORD = "claim_never_overlaps"
LONGEST_REASON = 300


class ProposalNotValid(Refusal):
    kind = "proposal-not-valid"
    field = "proposal"


class AlreadyBooked(Refusal):
    """The party has its day; `chain` is that day."""

    kind = "already-booked"
    status = 409

    def __init__(self, chain: Chain) -> None:
        super().__init__(_("This party already has a day."))
        self.chain = chain


class NotBooked(Refusal):
    kind = "not-booked"
    status = 409


class ReasonNotUsable(Refusal):
    kind = "reason-not-usable"
    field = "reason"


def book_chain(*, party: Party, proposal: str, by: User, at: datetime, to_print: bool = True) -> Chain:
    """Book the proposed day. Raises ProposalNotValid, AlreadyBooked or SlotTaken; then nothing is written.

    Whoever comes too late leaves after one question; whoever wants the same desk at the same time waits for the
    answer before reading further, instead of reading in vain.
    Without `to_print` no worker prints the letters: whoever opens one has it rendered then.
    """
    wanted = _read(proposal, party)
    if wanted.meeting:
        raise _not_valid()
    _require_free(wanted, party, at=at)
    with _last_word(), transaction.atomic():
        lock_resources([party.resource_id, *wanted.resources], days=[wanted.site_day])
        past_days = _require_free(wanted, party, at=at)
        placement = load_placement(wanted, party)
        placement.require_possible(at=at)
        for past in past_days:
            past.state = Chain.State.DONE
            past.save(update_fields=["state"])
        chain = Chain(party=party, booked_at=at, booked_by=by)
        _write(chain, placement)
        summon(chain=chain, day=placement.day(), by=by, at=at, is_moved=False, to_print=to_print)
        _remember(Event.Kind.BOOKED, chain, by=by, at=at, day=placement.facts())
    return chain


def move_chain(*, chain: Chain, proposal: str, by: User, at: datetime) -> Chain:
    """Give the chain, or one of its meetings, another time; the letter gets a new version.

    The same proposal a second time changes nothing.
    """
    placement = load_placement(_read(proposal, chain.party), chain.party, moving=chain)
    placement.require_possible(at=at)
    with _last_word(), transaction.atomic():
        lock_resources(
            [chain.party.resource_id, *placement.wanted.resources, *placement.lifted],
            days=[chain.site_day_id, placement.site_day.pk],
        )
        chain = _booked(chain)
        if chain.proposal == placement.wanted.digest:
            return chain
        before = _facts(chain)
        _write(chain, placement)
        summon(chain=chain, day=placement.day(), by=by, at=at, is_moved=True)
        _remember(Event.Kind.MOVED, chain, by=by, at=at, before=before, day=placement.facts())
    return chain


def cancel_chain(*, chain: Chain, reason: str, by: User, at: datetime) -> Chain:
    """Cancel the day and free its resources at once; a reason is needed."""
    reason = reason.strip()
    if not reason:
        raise ReasonNotUsable(_("Say why the day is cancelled."))
    if len(reason) > LONGEST_REASON:
        raise ReasonNotUsable(_("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON})
    with transaction.atomic():
        lock_resources([chain.party.resource_id, *spans_of_chain(chain)], days=[chain.site_day_id])
        chain = _booked(chain)
        Claim.objects.filter(meeting__chain=chain).delete()
        chain.state = Chain.State.CANCELLED
        chain.cancelled_at, chain.cancel_reason = at, reason
        chain.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        _remember(Event.Kind.CANCELLED, chain, by=by, at=at, reason=chain.cancel_reason)
    return chain


def _read(note: str, party: Party) -> Proposal:
    """The proposal, if it is ours, fresh and this party's; the answer does not tell which it was not."""
    wanted = read_proposal(note)
    if wanted and (wanted.party == party.reference or wanted.party == profile_of(party).fingerprint):
        return wanted
    note_refusal(ProposalNotValid.kind)
    raise _not_valid()


def _not_valid() -> ProposalNotValid:
    return ProposalNotValid(_("This proposal is no longer valid. Search for new ones."))


@contextmanager
def _last_word() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if LAST_WORD in str(error):
            raise SlotTaken() from error
        raise


def _require_free(wanted: Proposal, party: Party, *, at: datetime) -> list[Chain]:
    """Asked before the lock, it spares the late all further reading; asked after it, all writing.

    Gives the party's day that still counts as booked though it has passed.
    """
    is_booked, is_held = find_conflicts(party, wanted.spans)
    past = _past_days(party, at=at) if is_booked else []
    if is_held:
        raise SlotTaken
    return past


def _past_days(party: Party, *, at: datetime) -> list[Chain]:
    """One booked day at a time, so none of them may lie ahead."""
    booked = list(Chain.objects.filter(party=party, state=Chain.State.BOOKED).select_related("site_day"))
    for chain in booked:
        if chain.site_day.closes_at > at:
            raise AlreadyBooked(chain)
    return booked


def _booked(chain: Chain) -> Chain:
    """The chain as it stands now that it is locked."""
    chain = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
    if chain.state != Chain.State.BOOKED:
        raise NotBooked(_("This day is %(state)s.") % {"state": chain.get_state_display()})
    return chain


def _write(chain: Chain, placement: Placement) -> None:
    for field, value in placement.chain_fields().items():
        setattr(chain, field, value)
    if chain.pk:
        chain.save()
    else:
        insert_referenced(chain)
    placement.write_meetings(chain)


def _remember(kind: Event.Kind, chain: Chain, *, by: User, at: datetime, **facts: Any) -> None:
    Event.objects.create(party=chain.party, chain=chain, kind=kind, at=at, by=by, facts=facts)


def _facts(chain: Chain) -> dict[str, str]:
    """The day in the history's words."""
    meetings = chain.meetings.order_by("starts_at")
    return {
        "starts_at": meetings[0].starts_at.isoformat(),
        "ends_at": meetings.reverse()[0].ends_at.isoformat(),
        "site": chain.site_day.location.site.name,
    }
