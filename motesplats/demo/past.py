"""A few days of the demo that have been: families are booked, most of them come, and the day's report is locked."""

from datetime import date, datetime, timedelta
from random import Random

from agencies.models import Role, SiteDay, User
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from bookings.attendance.keys import address_of
from bookings.chains.check_in import record_attendance
from bookings.models import AttendanceEvent, Chain, Link, Meeting, SurveyAnswer
from bookings.newcomer.survey import answer_survey
from bookings.parties.queries import keys_of
from checklists.consent.questions import scope_of_link
from checklists.consent.record import grant_consent, refuse_consent
from motesplats.demo.data import DemoSite
from motesplats.demo.days import Filler, Pace
from motesplats.demo.orders import EARLIER, order_days
from motesplats.demo.rosters import open_missing, working_days
from motesplats.followup.reports.fill import fill_day
from motesplats.followup.reports.lock import lock_report
from motesplats.models import DayReport

Kind = AttendanceEvent.Kind
WEEKDAY = 3  # Thursday: one day a week is open
PACE = Pace(fullness=0.4, booked=3, decided=(13, 21))
# How many of a hundred.
NO_SHOW, ANSWERS_SURVEY, SAYS_YES = 8, 40, 80
FACES = {"4": 55, "3": 30, "2": 10, "1": 5}


def past_days(today: date) -> list[date]:
    """The open days of last month and of this one so far."""
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    days = working_days(first, (today - first).days)
    return [day for day in days if day < today and day.weekday() == WEEKDAY]


def fill_past(demo: DemoSite, *, today: date, now: datetime) -> int:
    """Hold those of the past days that the site has not had; gives how many families were booked."""
    filler, families = Filler(demo, now=now, pace=PACE), 0
    held = open_missing(demo, past_days(today))
    for day, booked in zip(held, filler.fill(held), strict=True):
        order_days(demo, [day], now=day.opens_at - EARLIER)
        _hold(demo, day, filler)
        families += booked
    return families


def _hold(demo: DemoSite, day: SiteDay, filler: Filler) -> None:
    """Answer for the families, let them come, and report the day when it has closed."""
    dice = Random(f"past {demo.code} {day.date}")
    staff = _staff(demo)
    for by in filler.caseworkers.values():
        with acting_as(viewer_of(by)):
            chains = list(Chain.objects.filter(site_day=day, state=Chain.State.BOOKED).order_by("pk"))
            known = [(chain, _open_links(chain, at=filler.now), _meetings(chain)) for chain in chains]
        for chain, links, meetings in known:
            _answer_consents(links, dice, at=chain.booked_at + timedelta(days=1))
            comes = dice.randrange(100) >= NO_SHOW
            for name, meeting in meetings:
                _record(chain, name, meeting, staff, comes=comes, late=timedelta(minutes=dice.randrange(8)))
            if links and comes and dice.randrange(100) < ANSWERS_SURVEY:
                _answer_survey(links[0], dice)
    _report(demo, day)


def _staff(demo: DemoSite) -> dict[int, User]:
    """A caseworker of each agency at the site, by the agency's key."""
    found = User.objects.filter(role=Role.CASEWORKER, sites__code=demo.code).select_related("agency")
    return {user.agency_id: user for user in found.order_by("-pk") if user.agency_id}


def _open_links(chain: Chain, *, at: datetime) -> list[Link]:
    """Those by which one can still answer: a link ends some weeks after its day."""
    return list(chain.links.filter(valid_until__gt=at).order_by("pk"))


def _meetings(chain: Chain) -> list[tuple[str, Meeting]]:
    """What each is called when it is recorded, in the order of the day."""
    meetings = list(chain.meetings.select_related("agency").order_by("starts_at", "pk"))
    keys = keys_of(chain, meetings)
    return [(address_of(key, keys), meeting) for key, meeting in zip(keys, meetings, strict=True)]


def _record(
    chain: Chain, name: str, meeting: Meeting, staff: dict[int, User], *, comes: bool, late: timedelta
) -> None:
    """The meeting begins a little late and ends in time, or nobody comes."""
    by = staff[meeting.agency_id]
    times = [(Kind.BEGAN, meeting.starts_at + late), (Kind.DONE, meeting.ends_at)]
    if not comes:
        times = [(Kind.NO_SHOW, meeting.ends_at)]
    with acting_as(viewer_of(by)):
        for kind, at in times:
            record_attendance(reference=chain.reference, agency=name, kind=kind, by=by, at=at)


def _answer_consents(links: list[Link], dice: Random, *, at: datetime) -> None:
    """Each adult answers on the own link, most of them yes."""
    for link in links:
        with acting_as(Viewer(link=link.token_hash, code=link.code_hash)):
            scope = scope_of_link(link)
            for question in scope.questions.values():
                answer = grant_consent if dice.randrange(100) < SAYS_YES else refuse_consent
                answer(
                    question=question, newcomer=link.newcomer_id, language=link.chain.party.language, at=at
                )


def _answer_survey(link: Link, dice: Random) -> None:
    faces = {name: dice.choices(list(FACES), list(FACES.values()))[0] for name in SurveyAnswer.QUESTIONS}
    with acting_as(Viewer(link=link.token_hash, code=link.code_hash)):
        answer_survey(link=link, answers=faces, language=link.chain.party.language)


def _report(demo: DemoSite, day: SiteDay) -> None:
    """The coordinator locks what attendance has counted."""
    by = User.objects.get(username=f"samordnare.{demo.code}")
    at = day.closes_at + timedelta(minutes=20)
    fill_day(site=day.location.site, date=day.date, at=at)
    with acting_as(viewer_of(by)):
        report = DayReport.objects.select_related("site").get(site=day.location.site, date=day.date)
        lock_report(report=report, version=report.version, by=by, at=at)
