"""Start a round of a survey."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Role, Site, User
from agencies.refusals import Refusal
from motesplats.models import Instrument, SurveyRound

MOST_INVITED = 100_000
MOST_DAYS = 366


class RoundOfOthers(Refusal):
    kind = "not-your-survey"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("The secretariat starts surveys everywhere, a coordinator at the own site."))


class RoundNotStarted(Refusal):
    """Nobody is asked, or the days are in a wrong order; `errors` says of which field."""

    kind = "value-not-allowed"


@transaction.atomic
def start_round(
    *,
    instrument: Instrument,
    site: Site | None,
    phase: str,
    invited: int,
    opens_on: date,
    closes_on: date,
    by: User,
    at: datetime,
) -> SurveyRound:
    """Ask so many, at the site or everywhere, from one day to another; it is not changed afterwards.

    Raises RoundOfOthers and RoundNotStarted.
    """
    if not may_start(by, site):
        raise RoundOfOthers
    errors = {}
    if not 1 <= invited <= MOST_INVITED:
        errors["invited"] = [_("At least one is asked, and at most %(most)s.") % {"most": MOST_INVITED}]
    if closes_on < max(opens_on, local(at).date()):
        errors["closes_on"] = [_("The last day is not before the first, nor before today.")]
    elif (closes_on - opens_on).days > MOST_DAYS:
        errors["closes_on"] = [_("A round is open for a year at most.")]
    if errors:
        raise RoundNotStarted(next(iter(errors.values()))[0], errors=errors)
    return SurveyRound.objects.create(
        instrument=instrument,
        site=site,
        phase=phase,
        invited=invited,
        opens_on=opens_on,
        closes_on=closes_on,
        started_by=by,
    )


def may_start(by: User, site: Site | None) -> bool:
    """Whether somebody starts surveys there."""
    if by.role == Role.SECRETARIAT:
        return True
    return by.role == Role.COORDINATOR and site is not None and by.sites.filter(pk=site.pk).exists()
