"""Book, move and cancel a chain: check, lock, write; an exclusion constraint refuses what still overlaps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from bookings.answers.give import ask_again, settle_wishes
from bookings.attendance.eligibility import require_own_site
from bookings.availability.claims import find_conflicts, spans_of_chain
from bookings.chains.placement import CheckedPlacement, SlotTaken, check_placement
from bookings.chains.snapshot import chain_facts, moved_meetings, placement_facts, summoned_day, with_forms
from bookings.chains.versions import Seen, require_as_proposed, require_seen
from bookings.chains.write_meetings import write_meetings
from bookings.events import record_event
from bookings.models import Chain, Claim, Event, Party, StopChoice
from bookings.models.references import insert_referenced
from bookings.parties.queries import profile_of
from bookings.parties.reason import clean_reason
from bookings.parties.sealed_words import scrubbed
from bookings.proposals.signed import Proposal, read_proposal
from bookings.summons.issue import summon, summon_off
from bookings.waiting.call_next import call_waiting
from bookings.waiting.give_back import give_back
from bookings.waiting.join import Why, stop_waiting, wait_for_day

NO_OVERLAP = "claim_never_overlaps"
BOOKED_ONCE = "chain_number_once_per_party"


class ProposalNotValid(Refusal):
    kind = "proposal-not-valid"
    field = "proposal"


class AlreadyBooked(Refusal):
    """The party has a day already: `chain`."""

    kind = "already-booked"
    status = 409

    def __init__(self, chain: Chain) -> None:
        super().__init__(_("This party already has a day."))
        self.chain = chain


class ProposalUsed(Refusal):
    """The proposal is older than the party's latest day, which may have come of it: `chain`."""

    kind = "proposal-used"
    status = 409

    def __init__(self, chain: Chain | None = None) -> None:
        words = {
            "chain": chain.reference if chain else "–",
            "state": chain.get_state_display() if chain else "–",
        }
        super().__init__(
            _("This has been booked before, as %(chain)s, which is %(state)s. Search for new proposals.")
            % words
        )
        self.chain = chain


class NotBooked(Refusal):
    kind = "not-booked"
    status = 409


class ReasonNotUsable(Refusal):
    kind = "reason-not-usable"
    field = "reason"


def book_chain(*, party: Party, proposal: str, by: User, at: datetime, to_print: bool = True) -> Chain:
    """Book the sealed proposal, which can be done once.

    Raises ProposalNotValid, AlreadyBooked, ProposalUsed, SlotTaken or SiteOfOthers; then nothing is written.

    Looks for conflicts before taking locks, so that a request that comes too late costs one query, and again under
    the locks, where the answer is certain.
    Without `to_print` no worker prints the letters; a letter is then rendered when somebody opens it.
    """
    read = _read(proposal, party)
    if read.meeting:
        raise _not_valid()
    _require_free(read, party, at=at)
    with _overlap_refused(), transaction.atomic():
        lock_resources([party.resource_id, *read.resources], days=[read.site_day])
        past_days = _require_free(read, party, at=at)
        party.refresh_from_db()  # somebody may have corrected it since it was read
        placement = check_placement(proposal=read, party=party, at=at)
        require_own_site(placement.site_day.location.site, by=by, field="proposal")
        for past in past_days:
            past.state, past.version = Chain.State.DONE, past.version + 1
            past.save(update_fields=["state", "version"])
        chain = Chain(party=party, number=read.days + 1, booked_at=at, booked_by=by)
        _write(chain, placement, by=by, at=at, is_moved=False)
        day = summoned_day(placement, outside=chain.outside_interpreter)
        summon(chain=chain, day=day, by=by, at=at, is_moved=False, to_print=to_print)
        _record(Event.Kind.BOOKED, chain, by=by, at=at, day=placement_facts(placement))
        stop_waiting(party=party, taken=chain.site_day_id, at=at)
    return chain


def move_chain(
    *, chain: Chain, proposal: str, by: User, at: datetime, seen: Seen = None, by_family: bool = False
) -> Chain:
    """Give the chain, or one of its meetings, another time; the summons gets a new version.

    A move of the whole day settles the wishes for another time, `by_family` as chosen by the family itself; who was
    coming at another time than the new one is asked again.

    An interpreter from outside was confirmed for the old time, and is ordered anew.
    The same proposal a second time changes nothing; one that was made before somebody's move is refused.
    Raises ProposalNotValid, MovedMeanwhile, ChangedMeanwhile, SlotTaken, SiteOfOthers, NotBooked or MeetingHasBegun;
    then nothing is written.
    """
    read = _read(proposal, chain.party)
    require_as_proposed(chain, read)
    held = spans_of_chain(chain)
    with _overlap_refused(), transaction.atomic():
        lock_resources(
            [chain.party.resource_id, *read.resources, *held], days=[chain.site_day_id, read.site_day]
        )
        chain = _require_booked(chain, at=at)
        if chain.proposal == read.digest:
            return chain
        require_seen(chain, seen)
        require_as_proposed(chain, read)
        placement = check_placement(proposal=read, party=chain.party, at=at, moving=chain)
        require_own_site(placement.site_day.location.site, by=by, moving=chain, field="proposal")
        before = chain_facts(chain)
        moved = moved_meetings(chain, placement)
        former, is_given_back = chain.site_day, False
        if former != placement.site_day:
            is_given_back = give_back(chain=chain, at=at)
        chain.version += 1
        _write(chain, placement, by=by, at=at, is_moved=True)
        day = with_forms(summoned_day(placement, outside=chain.outside_interpreter), chain)
        summon(chain=chain, day=day, by=by, at=at, is_moved=True)
        now = placement_facts(placement)
        _record(Event.Kind.MOVED, chain, by=by, at=at, before=before, day=now, **moved)
        if not read.meeting:
            settle_wishes(chain=chain, by=None if by_family else by, at=at)
        if now["starts_at"] != before["starts_at"]:
            ask_again(chain=chain, at=at)
        stop_waiting(party=chain.party, taken=chain.site_day_id, at=at)
        if is_given_back:  # by now, so that who has just left the list is not asked to look for others
            call_waiting(former.location.site_id)
    return chain


def cancel_chain(*, chain: Chain, reason: str, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Cancel the day and free its resources at once; the party waits for another one.

    Raises ReasonNotUsable, NotBooked or ChangedMeanwhile."""
    reason = clean_reason(reason, refusal=ReasonNotUsable, when_missing=_("Say why the day is cancelled."))
    with transaction.atomic():
        lock_resources([chain.party.resource_id, *spans_of_chain(chain)], days=[chain.site_day_id])
        chain = _require_booked(chain, at=at)
        require_seen(chain, seen)
        reason = scrubbed(reason, party_id=chain.party_id)
        if give_back(chain=chain, at=at):
            call_waiting(chain.site_day.location.site_id)
        Claim.objects.filter(meeting__chain=chain).delete()
        chain.state, chain.version = Chain.State.CANCELLED, chain.version + 1
        chain.cancelled_at, chain.cancel_reason = at, reason
        chain.save(update_fields=["state", "version", "cancelled_at", "cancel_reason"])
        summon_off(chain=chain, by=by, at=at)
        site = chain.site_day.location.site
        wait_for_day(party=chain.party, site=site, why=Why.NO_DAY, chain=chain, by=by, at=at)
        _raise_version(chain.party)
        _record(Event.Kind.CANCELLED, chain, by=by, at=at, reason=reason)
    return chain


def _read(signed_proposal: str, party: Party) -> Proposal:
    """The proposal, if it is signed by us, fresh and for this party; one refusal for all, so that it tells nothing."""
    proposal = read_proposal(signed_proposal)
    if proposal and (proposal.party == party.reference or proposal.party == profile_of(party).fingerprint):
        return proposal
    note_refusal(ProposalNotValid.kind)
    raise _not_valid()


def _not_valid() -> ProposalNotValid:
    return ProposalNotValid(_("This proposal is no longer valid. Search for new ones."))


@contextmanager
def _overlap_refused() -> Iterator[None]:
    """Translate the errors of the constraints that have the last word."""
    try:
        yield
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise SlotTaken() from error
        if BOOKED_ONCE in str(error):
            raise ProposalUsed() from error
        raise


def _require_free(proposal: Proposal, party: Party, *, at: datetime) -> list[Chain]:
    """Raises AlreadyBooked, ProposalUsed or SlotTaken; gives the booked chains that have passed."""
    is_booked, is_taken = find_conflicts(party, proposal.spans)
    past = _past_days(party, at=at) if is_booked else []
    if later := Chain.objects.filter(party=party, number__gt=proposal.days).first():
        raise ProposalUsed(later)
    if is_taken:
        raise SlotTaken
    return past


def _past_days(party: Party, *, at: datetime) -> list[Chain]:
    """The party's booked chains, none of which may lie ahead. Raises AlreadyBooked."""
    booked = list(Chain.objects.filter(party=party, state=Chain.State.BOOKED).select_related("site_day"))
    for chain in booked:
        if chain.state_at(at) == Chain.State.BOOKED:
            raise AlreadyBooked(chain)
    return booked


def require_booked(chain: Chain, *, at: datetime) -> None:
    """Raises NotBooked for a day that is cancelled or past."""
    if (state := chain.state_at(at)) != Chain.State.BOOKED:
        raise NotBooked(_("This day is %(state)s.") % {"state": state.label})


def _require_booked(chain: Chain, *, at: datetime) -> Chain:
    """The chain, read again under the lock. Raises NotBooked."""
    chain = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
    require_booked(chain, at=at)
    return chain


def _raise_version(party: Party) -> None:
    """The party is read with its booked day."""
    Party.objects.filter(pk=party.pk).update(version=F("version") + 1)


def _write(chain: Chain, placement: CheckedPlacement, *, by: User, at: datetime, is_moved: bool) -> None:
    """Write the chain and its meetings."""
    chain.site_day, chain.track_id = placement.site_day, placement.rule_book.track
    chain.interpreter_id = placement.interpreter
    chain.outside_interpreter = Chain.Outside.ORDERED if placement.proposal.outside else ""
    chain.waiting_minutes = placement.proposal.waiting_minutes
    chain.proposal = placement.proposal.digest
    chain.left_out, chain.must_move = list(placement.left_out), False
    if is_moved:
        chain.save()
    else:
        insert_referenced(chain)
        _raise_version(chain.party)
    for code in placement.proposal.without:
        StopChoice.objects.update_or_create(party=chain.party, agency_code=code, defaults={"is_on": False})
    write_meetings(chain=chain, placement=placement, by=by, at=at, is_moved=is_moved)


def _record(kind: Event.Kind, chain: Chain, *, by: User, at: datetime, **facts: Any) -> None:
    facts["version"] = chain.version
    record_event(kind=kind, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, **facts)
