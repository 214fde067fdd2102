"""Write down whom a site's municipalities expect; what was said before stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Municipality, Role, Site, User
from agencies.refusals import Refusal
from agencies.rosters.who import require_own_site
from agencies.validators import validate_plain
from agencies.web.roles import require_role
from bookings.models import Forecast
from bookings.models.forecasts import LONGEST_SOURCE, MOST_EXPECTED

SAYERS = (Role.COORDINATOR, Role.SECRETARIAT)


class NotExpected(Refusal):
    """Numbers that no forecast can have."""

    kind = "not-expected"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a municipality expects in a month, which is named by its first day: people at least, likely and at most."""

    municipality: Municipality
    month: date
    lowest: int
    likely: int
    highest: int
    source: str = ""


@transaction.atomic
def expect(*, site: Site, numbers: Sequence[Numbers], by: User, at: datetime) -> int:
    """Save what is expected, as said today; gives how many say something new. Raises NotExpected and who may not.

    What was said earlier on the same day is corrected. Numbers that are as they were last said are not said again.
    """
    require_sayer(by, site)
    for one in numbers:
        if mistake := mistake_in(one, site=site, today=stockholm(at)):
            raise NotExpected(f"{one.municipality}: {mistake}")
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    before = _latest(numbers)
    new = [one for one in numbers if before.get((one.municipality.pk, one.month)) != _said(one)]
    for one in new:
        Forecast.objects.update_or_create(
            municipality=one.municipality,
            month=one.month,
            said_on=stockholm(at),
            defaults={
                "lowest": one.lowest,
                "likely": one.likely,
                "highest": one.highest,
                "source": one.source,
                "said_by": by,
                "said_at": at,
            },
        )
    return len(new)


def require_sayer(by: User, site: Site) -> None:
    """Raises NotForYourRole or SiteNotYours unless the user may say what is expected at the site."""
    require_role(by, *SAYERS, message=_("Only a coordinator of the site does this."))
    if by.role != Role.SECRETARIAT:
        require_own_site(by, site)


def mistake_in(one: Numbers, *, site: Site, today: date) -> str:
    """Why the numbers cannot stand, or nothing."""
    if one.municipality.site_id != site.pk:
        return _("The municipality belongs to another site.")
    if one.month < today.replace(day=1):
        return _("The month has passed.")
    if not 0 <= one.lowest <= one.likely <= one.highest:
        return _("Lowest, likely and highest come in that order.")
    if one.highest > MOST_EXPECTED:
        return _("Write whole numbers up to 9999.")
    return _mistake_in_source(one.source)


def _mistake_in_source(source: str) -> str:
    if len(source) > LONGEST_SOURCE:
        return _("At most 60 characters.")
    try:
        validate_plain(source)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _said(one: Numbers) -> tuple[int, int, int, str]:
    return one.lowest, one.likely, one.highest, one.source


def _latest(numbers: Sequence[Numbers]) -> dict[tuple[int, date], tuple[int, int, int, str]]:
    """What was last said of these municipalities and months."""
    rows = Forecast.objects.filter(
        municipality__in={one.municipality.pk for one in numbers}, month__in={one.month for one in numbers}
    )
    return {
        (row.municipality_id, row.month): (row.lowest, row.likely, row.highest, row.source)
        for row in rows.order_by("said_on", "pk")
    }
