"""What waits on the page of tasks and in the menu: day reports, tertial reports, and a survey while it is open."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Extract
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, User
from agencies.web.roles import AGENCY_ROLES
from bookings.worklists.counters import TaskKind, register_tasks
from motesplats.followup.reports.days import DAYS_BACK
from motesplats.followup.reports.queries import unlocked
from motesplats.models import DayReport, Instrument, ReportReminder, SurveyRound, TertialReport

Kind = ReportReminder.Kind


def register() -> None:
    """Let the page of tasks and the menu tell of them."""
    for kind in KINDS:
        register_tasks(kind)


def _unlocked(_viewer: User, day: Any) -> QuerySet[Any]:
    return unlocked(day).values("pk")


def _not_begun(_viewer: User, day: Any) -> QuerySet[Any]:
    """Days of the last fortnight of which somebody was reminded, and which have no report."""
    report = DayReport.objects.filter(site=OuterRef("site"), date=OuterRef("of"))
    reminded = ReportReminder.objects.filter(~Exists(report), kind=Kind.DAY, of__gte=day - DAYS_BACK)
    return reminded.values("site", "of").distinct()


def _tertials(viewer: User, _day: Any) -> QuerySet[Any]:
    """Tertials of which the viewer was reminded, and whose report is not submitted."""
    submitted = TertialReport.objects.filter(
        site=OuterRef("site"),
        year=Extract(OuterRef("of"), "year"),
        tertial=(Extract(OuterRef("of"), "month") + 3) / 4,
        state=TertialReport.State.SUBMITTED,
    )
    reminded = ReportReminder.objects.filter(
        ~Exists(submitted), user=viewer, kind__in=(Kind.COMING, Kind.OVERDUE), site__in=viewer.sites.all()
    )
    return reminded.values("site", "of").distinct()


def _surveys(viewer: User, day: Any) -> QuerySet[Any]:
    """The staff's surveys that are open to the viewer; who has answered is known to nobody."""
    here = Q(site=None) | Q(site__in=viewer.sites.all())
    rounds = SurveyRound.objects.filter(here, opens_on__lte=day, closes_on__gte=day, is_imported=False)
    return rounds.filter(instrument__audience=Instrument.Audience.STAFF).values("pk")


KINDS = (
    TaskKind(
        "reports",
        AGENCY_ROLES,
        _unlocked,
        heading=_("Day reports to lock"),
        about=_("Days that have ended, and whose report nobody has locked"),
        why=_("They do not count in any figures before that."),
        page="followup:day-reports",
        act=_("Look and lock"),
    ),
    TaskKind(
        "not-begun",
        AGENCY_ROLES,
        _not_begun,
        heading=_("Day reports to fill in"),
        about=_("Days on which the site was open, and that nobody has reported"),
        why=_("Type the numbers. A day that nobody types leaves this list after a fortnight."),
        page="followup:day-reports",
        act=_("Fill in"),
    ),
    TaskKind(
        "tertials",
        (Role.MANAGER,),
        _tertials,
        heading=_("Tertial reports to submit"),
        about=_("Reports that are due soon, or overdue"),
        why=_("The day by which each is to be submitted stands on the page."),
        page="followup:tertial-reports",
        act=_("Write and submit"),
    ),
    TaskKind(
        "surveys",
        (*AGENCY_ROLES, Role.HOST),
        _surveys,
        heading=_("Surveys"),
        about=_("A survey is open to you"),
        why=_("It is answered without a name."),
        page="followup:surveys",
        act=_("Survey"),
        is_page=True,
    ),
)
