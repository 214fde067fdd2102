"""Record that an agency has started a joint effort for a party."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import User
from agencies.refusals import Refusal
from checklists.models import Part, Referral, ReferralKind
from checklists.order import lock_party
from checklists.steps.open import open_checklist


class NotYoursToStart(Refusal):
    kind = "not-yours-to-start"
    field = "kind"


class PreconditionMissing(Refusal):
    kind = "precondition-missing"
    field = "precondition_holds"


class NotStarted(Refusal):
    kind = "not-started"
    field = "started_on"


def refer(
    *,
    part: Part,
    kind: ReferralKind,
    precondition_holds: bool,
    started_on: date,
    by: User,
    at: datetime,
) -> Referral:
    """Record that the agency has started it; a second time changes nothing.

    Raises NotYoursToStart, PreconditionMissing, or NotStarted for a day in the future.
    """
    if part.agency.code not in kind.starters:
        raise NotYoursToStart(
            _("%(kind)s is started by %(who)s. Tell the person to turn there.")
            % {"kind": kind.name, "who": kind.started_by}
        )
    if not precondition_holds:
        raise PreconditionMissing(
            _("First make sure that this holds: %(precondition)s") % {"precondition": kind.precondition}
        )
    if started_on > local(at).date():
        raise NotStarted(_("The date lies in the future."))
    with transaction.atomic():
        lock_party(part.party_id)
        return Referral.objects.get_or_create(
            checklist=open_checklist(part=part, at=at),
            kind=kind,
            agency=part.agency,
            defaults={
                "started_on": started_on,
                "precondition_holds": True,
                "referred_at": at,
                "referred_by": by,
            },
        )[0]
