"""Confirm that an interpreter from outside is booked, or take that back, and tell in a letter how it is by now."""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from bookings.chains.book import require_booked
from bookings.chains.snapshot import with_forms
from bookings.chains.versions import Seen, require_seen
from bookings.events import record_event
from bookings.models import Chain, Event
from bookings.summons.interpreted import disagreement_of
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay

Outside = Chain.Outside


class NoOutsideInterpreter(Refusal):
    kind = "no-outside-interpreter"
    status = 409


class MustMoveFirst(Refusal):
    """The day no longer fits the party, so that no letter may tell of it."""

    kind = "must-move-first"
    status = 409


def confirm_outside_interpreter(*, chain: Chain, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Say that the interpreter ordered outside is booked; a second time changes nothing.

    Raises NotBooked, NoOutsideInterpreter, MustMoveFirst or ChangedMeanwhile; then nothing is written.
    """
    return _become(Outside.CONFIRMED, Event.Kind.CONFIRMED, chain=chain, by=by, at=at, seen=seen)


def unconfirm_outside_interpreter(*, chain: Chain, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Take the confirmation back, so that the interpreter counts as ordered again; raises as confirming does."""
    return _become(Outside.ORDERED, Event.Kind.UNCONFIRMED, chain=chain, by=by, at=at, seen=seen)


def _become(
    state: Chain.Outside, kind: Event.Kind, *, chain: Chain, by: User, at: datetime, seen: Seen
) -> Chain:
    with transaction.atomic():
        lock_resources([chain.party.resource_id], days=[chain.site_day_id])
        chain = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
        require_booked(chain, at=at)
        if not chain.outside_interpreter:
            raise NoOutsideInterpreter(_("No interpreter is ordered outside for this day."))
        if chain.outside_interpreter == state:
            return chain
        require_seen(chain, seen)
        if chain.must_move:
            raise MustMoveFirst(_("This day no longer fits the party. Choose another time first."))
        chain.outside_interpreter, chain.version = state, chain.version + 1
        chain.save(update_fields=["outside_interpreter", "version"])
        latest = SummonedDay.from_json(chain.summonses.latest("version").day)
        summon(chain=chain, day=replace(latest, outside=str(state)), by=by, at=at, is_moved=True)
        record_event(
            kind=kind, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, version=chain.version
        )
    return chain


def tell_interpreter(*, chain: Chain, by: User, at: datetime, seen: Seen = None) -> Chain:
    """Write the letter's next version, which tells of the interpreter as it is by now; if the latest does, nothing.

    Raises NotBooked, MustMoveFirst or ChangedMeanwhile; then nothing is written.
    """
    with transaction.atomic():
        lock_resources([chain.party.resource_id], days=[chain.site_day_id])
        found = Chain.objects.select_related("site_day__location__site", "party", "interpreter")
        chain = found.get(pk=chain.pk)
        require_booked(chain, at=at)
        if disagreement_of(chain) is None:
            return chain
        require_seen(chain, seen)
        if chain.must_move:
            raise MustMoveFirst(_("This day no longer fits the party. Choose another time first."))
        chain.version += 1
        chain.save(update_fields=["version"])
        latest = SummonedDay.from_json(chain.summonses.latest("version").day)
        summon(chain=chain, day=with_forms(latest, chain), by=by, at=at, is_moved=True)
        facts = {"version": chain.version}
        record_event(kind=Event.Kind.TOLD, party_id=chain.party_id, chain_id=chain.pk, by=by, at=at, **facts)
    return chain


def order_state_of(chain: Chain) -> str:
    """The state of the order that serves the chain from outside, whoever has ordered; empty if none does; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT order_state_of(%s)", [chain.pk])
        return str(cursor.fetchone()[0] or "")
