"""Reads of what a site's days can take, what is booked on them and who is expected: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.models import Agency, Holiday, Location, Municipality, Site, SiteDay, ThresholdCode
from agencies.rosters.queries import ResourceHours, desk_hours, offered_shifts
from agencies.services.queries import offered_services
from agencies.thresholds import dated
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import Rule, required_meetings
from bookings.capacity.days import WEEK, DayAhead
from bookings.capacity.outcome import SaidForecast, by_month, latest
from bookings.capacity.places import MINUTE, Desk, Need, Span, free_spans, places_of
from bookings.capacity.spread import Expected, in_week, months_from
from bookings.capacity.thin import ThinDay, ThinLimits, thin_days
from bookings.models import Forecast, SiteDayLoad, SiteMonth

USUAL_AGES = (35, 33, 8)  # whom a usual party is made of
USUAL_SIZE = 2.5  # people of a party, until enough have come to count them
ENOUGH = 6  # parties
DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class SiteAhead:
    """A site's days, and what is expected in parties by the Monday of each week; `said` is what that comes from.

    `needs`: the usual minutes by code of agency. `came`: people by month, hidden ones left out.
    """

    site: Site
    days: tuple[DayAhead, ...]
    expected: dict[date, Expected]
    needs: Mapping[str, Need]
    party_size: float
    said: tuple[SaidForecast, ...]
    came: Mapping[date, int]
    holidays: Mapping[date, str]


def load_site(site: Site, mondays: Sequence[date], *, today: date) -> SiteAhead:
    """What is known of the site in these weeks and of its past year; thirteen queries."""
    span = mondays[0], mondays[-1] + timedelta(days=6)
    holidays = _holidays(span)
    months = _months(site, today)
    size = _party_size(months)
    said = tuple(said_of(site))
    people = by_month(latest(said).values())
    weeks = {monday: in_week(monday, people, holidays=holidays) for monday in mondays}
    needs = needs_of(site, today)
    return SiteAhead(
        site,
        tuple(_days(site, span, needs)),
        {monday: found.times(1 / size) for monday, found in weeks.items() if found},
        needs,
        size,
        said,
        {month.month: month.people for month in months},
        holidays,
    )


def thin_around(location: Location, monday: date, *, today: date) -> dict[date, ThinDay]:
    """The location's thin days of the week, judged with the weeks around it; none of a week that has passed."""
    if monday + WEEK <= today:
        return {}
    ahead = load_site(location.site, [monday + n * WEEK for n in (-1, 0, 1)], today=today)
    limits = thin_limits(location.site, today=today)
    thin = thin_days(ahead.days, ahead.expected, limits, today=today, party_size=ahead.party_size)
    return {one.day.on: one for one in thin if one.day.location == location.pk and one.day.monday == monday}


def thin_limits(site: Site, *, today: date) -> ThinLimits:
    """What is thin at the site, by day, and how far ahead it is judged today; one query."""
    found = dated(ThresholdCode.THIN_HOURS, ThresholdCode.THIN_UNSAID)
    unsaid = timedelta(days=found[ThresholdCode.THIN_UNSAID].on(today))
    everywhere = found[ThresholdCode.THIN_HOURS].on
    return ThinLimits(lambda day: site.thin_hours or everywhere(day), unsaid)


def said_of(site: Site) -> Iterable[SaidForecast]:
    """All that was said of the site's municipalities; one query."""
    rows = Forecast.objects.filter(municipality__site=site).order_by("said_on", "pk")
    for row in rows:
        expected = Expected(row.lowest, row.likely, row.highest)
        yield SaidForecast(row.municipality_id, row.month, row.said_on, expected, row.source)


def needs_of(site: Site, today: date) -> dict[str, Need]:
    """What a usual party needs of each agency that it meets in every track; a query for each track and two more.

    Of lengths that differ by track, the longest; of those that differ by municipality, the one that has the site.
    """
    rules = rules_in_force()
    tracks = sorted({track for rule in rules for track in rule.tracks})
    host = Municipality.objects.filter(site=site).order_by("-is_host", "code").first()
    needs: dict[str, Need] = {}
    met_in: dict[str, int] = defaultdict(int)
    for track in tracks if host else ():
        assert host
        for code, need in _needs(rules, host, track=track, day=today).items():
            met_in[code] += 1
            if code not in needs or need.minutes > needs[code].minutes:
                needs[code] = need
    return {code: need for code, need in sorted(needs.items()) if met_in[code] == len(tracks)}


def _needs(rules: Iterable[Rule], host: Municipality, *, track: int, day: date) -> dict[str, Need]:
    births = tuple(day.replace(year=day.year - age, day=1) for age in USUAL_AGES)
    services = {service.agency_code: service for service, _agency in offered_services(host.pk, track=track)}
    return {
        meeting.agency: Need(
            services[meeting.agency].minutes_for(meeting.persons),
            is_local=services[meeting.agency].is_local,
            checks_identity=services[meeting.agency].checks_identity,
        )
        for meeting in required_meetings(rules, births, track=track, day=day)
        if meeting.agency in services
    }


def _days(site: Site, span: tuple[date, date], needs: Mapping[str, Need]) -> Iterable[DayAhead]:
    open_days = SiteDay.objects.filter(location__site=site, date__range=span, closed_at=None)
    days = list(open_days.select_related("location").order_by("date", "location_id"))
    codes = dict(Agency.objects.values_list("pk", "code"))
    hours = desk_hours(days, agencies=list(codes))
    desks = _desks(days, [(codes[one.agency], one) for one in hours if one.agency])
    travel, standby = _shifts(days)
    loads = {load.site_day_id: load for load in SiteDayLoad.objects.filter(site_day__in=days)}
    for day in days:
        load = loads.get(day.pk)
        yield DayAhead(
            day.location_id,
            day.location.own_name,
            day.date,
            places_of(desks[day.pk], _needed_at(day, needs), walk=site.walk_minutes),
            load.parties if load else 0,
            load.people if load else 0,
            sum(ends - starts for desk in desks[day.pk] for starts, ends in free_spans(desk)) // MINUTE,
            travel[day.pk],
            bool(desks[day.pk]) and standby[day.pk],
            is_merging=day.merges_into is not None,
        )


def _desks(days: Sequence[SiteDay], hours: Iterable[tuple[str, ResourceHours]]) -> dict[int, list[Desk]]:
    """The desks of each day, by its key; each with its agency's code."""
    windows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by number of the day in UTC
    for day in days:
        opens, closes = int(day.opens_at.timestamp()), int(day.closes_at.timestamp())
        for number in {opens // DAY, closes // DAY}:
            windows[number].append((day.pk, opens, closes))
    desks: dict[int, list[Desk]] = {day.pk: [] for day in days}
    for code, one in hours:
        own, breaks = _by_day(one.hours, windows), _by_day(one.breaks, windows)
        for key, spans in own.items():
            desks[key].append(Desk(code, tuple(spans), tuple(breaks.get(key, ()))))
    return desks


def _by_day(
    spans: Iterable[Span], windows: Mapping[int, Sequence[tuple[int, int, int]]]
) -> dict[int, list[Span]]:
    """The spans that begin on each day, by its key."""
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        for key, opens, closes in windows.get(span[0] // DAY, ()):
            if opens <= span[0] < closes:
                found[key].append(span)
    return found


def _needed_at(day: SiteDay, needs: Mapping[str, Need]) -> Mapping[str, Need]:
    """Without the agency that checks identity where that cannot be done."""
    if day.location.checks_identity:
        return needs
    return {code: need for code, need in needs.items() if not need.checks_identity}


def _shifts(days: Sequence[SiteDay]) -> tuple[Mapping[int, int], Mapping[int, bool]]:
    """By key of the day, for how many minutes its caseworkers travel, and whether all of them are on stand-by."""
    travel: dict[int, int] = defaultdict(int)
    standby: dict[int, bool] = defaultdict(lambda: True)
    rows = offered_shifts().filter(site_day__in=days, resource__caseworker__isnull=False).order_by()
    for day, minutes, until in rows.values_list("site_day_id", "travel_minutes", "standby_until"):
        travel[day] += minutes
        standby[day] = standby[day] and until is not None
    return travel, standby


def _holidays(span: tuple[date, date]) -> dict[date, str]:
    """Those of the weeks and of the months in which they lie."""
    first, last = span[0].replace(day=1), months_from(span[1], 2)[1]
    return {one.date: one.name for one in Holiday.objects.filter(date__gte=first, date__lt=last)}


def _months(site: Site, today: date) -> list[SiteMonth]:
    """The site's past year, this month included."""
    first = today.replace(year=today.year - 1, day=1)
    return list(SiteMonth.objects.filter(site=site, month__gte=first))


def _party_size(months: Sequence[SiteMonth]) -> float:
    parties, people = sum(month.parties for month in months), sum(month.people for month in months)
    return people / parties if parties >= ENOUGH else USUAL_SIZE
