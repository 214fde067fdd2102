"""Open a party of one's own agency that lies at other sites: by its code, with a reason that its history keeps."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from bookings.events import record_event
from bookings.models import Event, Party
from bookings.parties.queries import party_by_code, reachable_parties
from bookings.parties.reason import clean_reason
from bookings.parties.sealed_words import scrubbed


class NoSuchParty(Refusal):
    kind = "not-found"
    status = 404
    field = "reference"


class NoReasonToOpen(Refusal):
    kind = "no-reason"
    field = "reason"


def open_elsewhere(*, reference: str, reason: str, by: User, at: datetime) -> Party:
    """Let the user open the party until midnight; one that is at hand is opened without an entry.

    `reference` is the party's or a chain's, as somebody types it. Raises NoReasonToOpen or NoSuchParty.
    """
    reason = clean_reason(reason, refusal=NoReasonToOpen, when_missing=_("Say why."))
    party = party_by_code(reference)
    if party is None:
        note_refusal(NoSuchParty.kind)
        raise NoSuchParty(_("Your agency has no party with that code."))
    if not reachable_parties().filter(pk=party.pk).exists():
        with transaction.atomic():
            reason = scrubbed(reason, party_id=party.pk)
            record_event(kind=Event.Kind.CROSSED, party_id=party.pk, by=by, at=at, reason=reason)
    return party
