"""Locked day reports of every site for the months before the demo begins, as if each had typed them, and their figures.

Written in bulk: through the verbs 700 reports would take minutes. They are always the same for the same month.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from agencies.clock import at_wall_clock
from agencies.dates import stockholm
from agencies.models import Holiday, Role, Site, SiteDay, User
from agencies.secrecy.context import acting_as
from motesplats.demo.leaders import leader_of
from motesplats.followup.refresh import make_edition, sum_up
from motesplats.followup.reports.numbers import DIMENSIONS
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCount, DayReport

Key = TypeVar("Key", int, str)

# Persons a month at sites that are larger or smaller than most.
PERSONS = {
    "goteborg": 70,
    "malmo": 65,
    "hallunda": 45,
    "sodertalje": 35,
    "norrkoping": 32,
    "uppsala": 32,
    "orebro": 30,
    "vasteras": 30,
    "helsingborg": 30,
    "jonkoping": 26,
    "eskilstuna": 26,
    "gavle": 22,
    "boras": 22,
    "ljusdal": 4,
}
USUAL = 15
SEASON = (0.95, 1, 1.05, 1, 1, 1.05, 0.9, 0.95, 1.05, 1.1, 1.05, 0.9)  # by month
LARGE, PARTY_SIZE = 30, 2.9
# How many of a hundred.
SEX = {"F": 48, "M": 52}
AGE = {"0-17": 24, "18-64": 75, "65+": 1}
TRACK = {"1": 70, "2": 20, "3": 10}
MODE = {"main": 88, "branch": 5, "mobile": 4, "remote": 3}
GRADES = {4: 35, 3: 45, 2: 15, 1: 5}
TROUBLE = {"": 70, "technology": 12, "room": 8, "interpreter": 7, "other": 3}


def report_months(*, at: datetime) -> int:
    """Report the months from January on that have ended and that no site has reported; gives how many reports it made.

    A site's month with days of its own is left to its attendance.
    """
    months = list(_months_before(stockholm(at).replace(day=1)))
    made = 0
    with acting_as(FIGURES):
        for site in Site.objects.order_by("order"):
            missing = _missing(site, months)
            if missing:
                made += _report(site, missing, by=leader_of(site, Role.COORDINATOR))
                for month in missing:
                    sum_up(site=site.pk, month=month)
        if made:
            make_edition(year=months[0].year, at=at)
    return made


def _months_before(month: date) -> Iterator[date]:
    """The months before this one, from January of the last one's year on."""
    last = month - timedelta(days=1)
    return (date(last.year, number, 1) for number in range(1, last.month + 1))


def _missing(site: Site, months: list[date]) -> list[date]:
    """Those months of which the site has neither days nor reports."""
    years = {"date__gte": months[0]}
    known = {
        (day.year, day.month)
        for rows in (SiteDay.objects.filter(location__site=site), DayReport.objects.filter(site=site))
        for day in rows.filter(**years).values_list("date", flat=True)
    }
    return [month for month in months if (month.year, month.month) not in known]


def _report(site: Site, months: list[date], *, by: User) -> int:
    """Write the months' reports."""
    holidays = set(Holiday.objects.values_list("date", flat=True))
    days = [
        (day, number, Random(f"{site.code} {day}"))
        for month in months
        for day, number in _days_of(site, month, holidays)
    ]
    reports = [_day(site, day, number, dice, by) for day, number, dice in days]
    DayReport.objects.bulk_create(reports)
    DayCount.objects.bulk_create(
        DayCount(report=report, dimension=dimension, key=key, people=people)
        for report, (_day_, number, dice) in zip(reports, days, strict=True)
        for (dimension, key), people in _people(number, dice).items()
    )
    return len(reports)


def _days_of(site: Site, month: date, holidays: set[date]) -> Iterator[tuple[date, int]]:
    """The site's days of the month, with how many come: large ones are open each week, others every other, one once."""
    persons = PERSONS.get(site.code, USUAL)
    weekday = site.order % 4  # Monday to Thursday
    days = [month + timedelta(days=n) for n in range(31)]
    days = [
        day for day in days if day.month == month.month and day.weekday() == weekday and day not in holidays
    ]
    open_days = days if persons >= LARGE else days[1:2] if persons < LARGE // 5 else days[::2]
    dice = Random(f"{site.code} {month}")
    expected = persons * SEASON[month.month - 1] * dice.uniform(0.85, 1.15)
    for day in open_days:
        yield day, max(1, round(expected / len(open_days) * dice.uniform(0.8, 1.2)))


def _day(site: Site, day: date, number: int, dice: Random, by: User) -> DayReport:
    """A locked report without its counts."""
    parties = max(1, round(number / PARTY_SIZE))
    at = at_wall_clock(day, time(15, dice.randrange(60)))
    trouble = _one(TROUBLE, dice)
    return DayReport(
        site=site,
        date=day,
        source=DayReport.Source.REPORTED,
        parties=parties,
        no_shows=sum(dice.random() < 0.09 for _ in range(parties)),
        referrals=sum(dice.random() < 0.2 for _ in range(parties)),
        interpreting=_one(GRADES, dice),
        trouble=[trouble] if trouble else [],
        version=2,
        filled_at=at,
        saved_by=by,
        locked_at=at,
        locked_by=by,
    )


def _people(number: int, dice: Random) -> dict[tuple[str, str], int]:
    """So many persons, by sex and age, by track, by all three, and by mode."""
    drawn: Counter[tuple[str, str]] = Counter()
    for _ in range(number):
        sex_age, track = f"{_one(SEX, dice)}|{_one(AGE, dice)}", _one(TRACK, dice)
        drawn["sex_age", sex_age] += 1
        drawn["track", track] += 1
        drawn["track_sex_age", f"{track}|{sex_age}"] += 1
        drawn["mode", _one(MODE, dice)] += 1
    assert all(key in DIMENSIONS[dimension] for dimension, key in drawn)
    return dict(drawn)


def _one(shares: dict[Key, int], dice: Random) -> Key:
    return dice.choices(list(shares), list(shares.values()))[0]
