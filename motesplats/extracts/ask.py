"""Ask for an extract: one person's data as the user's agency holds it, written out later by a worker."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from agencies.dispatches.outbox import add_dispatch
from agencies.models import Agency, User
from agencies.refusals import Refusal
from bookings.extracts.sources import language_of
from bookings.extracts.wishes import settle_wishes
from bookings.models import Extract, Newcomer
from bookings.parties.identities import is_protected
from bookings.parties.register import NoAgency

KIND = "motesplats.extract"  # of dispatch: an extract that is to be made
STILL_WAITED_FOR = timedelta(minutes=5)


class IdentityProtected(Refusal):
    """The party's identity is protected; nothing is written out."""

    kind = "identity-protected"


def ask_extract(*, newcomer: Newcomer, by: User, at: datetime) -> Extract:
    """Let a worker make an extract; one that the user asked for in the last five minutes is waited for instead.

    Raises NoAgency or IdentityProtected.
    """
    agency = _require_answerable(newcomer, by=by)
    settle_wishes(newcomer=newcomer, agency=agency, by=by, at=at)
    waited_for = Extract.objects.filter(
        newcomer=newcomer, asked_by=by, made_at=None, asked_at__gt=at - STILL_WAITED_FOR
    )
    if extract := waited_for.first():
        return extract
    extract = Extract.objects.create(
        newcomer=newcomer, agency=agency, asked_by=by, asked_at=at, language=language_of(newcomer)
    )
    add_dispatch(kind=KIND, subject=extract.pk, by=by, at=at)
    return extract


def _require_answerable(newcomer: Newcomer, *, by: User) -> Agency:
    """The user's agency."""
    if by.agency is None:
        raise NoAgency(_("Only somebody who works for an agency extracts what it holds."))
    if is_protected(newcomer.party_id):
        raise IdentityProtected(
            _(
                "This person's identity is protected, and nothing is written out. Turn to your manager, who answers."
            )
        )
    return by.agency
