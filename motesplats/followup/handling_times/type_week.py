"""Type how long Skatteverket took in a week; what was typed before stays, the last counts."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.refusals import Refusal
from agencies.rosters.who import require_own_site
from agencies.sites.saving import check
from agencies.web.roles import require_role
from motesplats.followup.handling_times.quarters import WEEK, quarter_of
from motesplats.models import HandlingWeek

LOCK = "handling times"
MOST = 999_999


class WeekNotTyped(Refusal):
    """A week that cannot be typed, or numbers that it cannot have."""

    kind = "handling-week-not-typed"
    field = "monday"


@transaction.atomic
def type_week(
    *,
    site: Site | None,
    monday: date,
    counts: tuple[int, int, int],
    why: str = "",
    by: User,
    at: datetime,
) -> HandlingWeek:
    """Write how many notifications were decided within 1-7, 8-30 and more than 30 days; None: the whole country.

    A week that has numbers is corrected with a reason. Raises NotForYourRole, SiteNotYours, WeekNotTyped and
    ValueNotAllowed.
    """
    _require_who(by, site)
    wait_for_others()
    _require_open(monday, today=stockholm(at))
    if not all(0 <= count <= MOST for count in counts):
        raise WeekNotTyped(
            _("Write whole numbers, 0 or more."), errors={"": [_("Write whole numbers, 0 or more.")]}
        )
    before = HandlingWeek.objects.filter(site=site, monday=monday).order_by("-pk").first()
    if before and not why and before.counts != counts:
        message = _("The week has numbers. Say why they are corrected.")
        raise WeekNotTyped(message, errors={"why": [message]})
    if before and before.counts == counts:
        return before
    week = HandlingWeek(
        site=site,
        monday=monday,
        **dict(zip(("days_1_7", "days_8_30", "days_over_30"), counts, strict=True)),
        why=why if before else "",
        typed_by=by,
        typed_at=at,
    )
    check(week)
    week.save()
    return week


def _require_who(by: User, site: Site | None) -> None:
    if site is None:
        require_role(by, Role.SECRETARIAT, message=_("The country's numbers are typed by the secretariat."))
        return
    require_role(
        by,
        Role.COORDINATOR,
        Role.MANAGER,
        message=_("Coordinators and managers of the site type its numbers."),
    )
    require_own_site(by, site)


def _require_open(monday: date, *, today: date) -> None:
    if monday.weekday():
        raise WeekNotTyped(_("A week is written by its Monday."))
    if today < monday + WEEK:
        raise WeekNotTyped(_("The week has not ended yet."))
    if today >= quarter_of(monday).told_on:
        raise WeekNotTyped(
            _("The quarter was published on %(day)s and is not changed afterwards.")
            % {"day": quarter_of(monday).told_on}
        )


def wait_for_others() -> None:
    """One at a time: no week is typed while its quarter is being told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
