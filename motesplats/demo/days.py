"""The demo's booked days: each coming day that nobody has booked gets its share of invented families."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from django.db import connection

from agencies.hours import at_wall_clock
from agencies.models import AgencyCode, Municipality, Site, SiteDay, User
from agencies.secrecy import acting_as, viewer_of
from bookings.booking import book_chain
from bookings.models import LegalBasis, Track
from bookings.profile import Profile
from bookings.proposing import propose
from bookings.registering import register_party
from motesplats.demo.data import DemoSite
from motesplats.demo.families import Household, throw_household

# Share of the desks' hours that is booked, Monday to Friday. Families taken one by one leave no room for a long chain
# where more than that is booked every day, so each week has lighter days with choices left.
SHARES = (0.62, 0.54, 0.42, 0.58, 0.42)
USUAL_MINUTES = 190  # at the desks, for one family
IN_TRACK = {1: AgencyCode.MIG, 2: AgencyCode.AF, 3: AgencyCode.KOM}
ELSEWHERE = 0.25  # families from a municipality without a site

LOAD = """
    SELECT shift.site_day_id,
           sum(extract(epoch FROM shift.ends_at - shift.starts_at) - coalesce(rested.seconds, 0))::float / 60,
           coalesce(sum(held.seconds), 0)::float / 60
    FROM agencies_shift shift
    JOIN agencies_resource resource ON resource.id = shift.resource_id AND resource.kind = 'desk'
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM ends_at - starts_at)) AS seconds
        FROM agencies_break WHERE shift_id = shift.id
    ) rested ON true
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM upper(period) - lower(period))) AS seconds FROM free_busy
        WHERE resource_id = shift.resource_id AND starts_at >= shift.starts_at AND starts_at < shift.ends_at
    ) held ON true
    WHERE shift.site_day_id = ANY(%s) GROUP BY shift.site_day_id
"""


class Filler:
    """Books one demo site's days; `now` is never passed by what it pretends."""

    def __init__(self, demo: DemoSite, *, now: datetime) -> None:
        self.demo, self.now = demo, now
        self.site = Site.objects.get(code=demo.code)
        self.tracks = Track.objects.in_bulk(field_name="number")
        self.bases = LegalBasis.objects.in_bulk(field_name="code")
        self.host = Municipality.objects.get(site=self.site, is_host=True)
        self.others = list(Municipality.objects.filter(site=self.site, is_host=False))
        self.caseworkers = {
            number: User.objects.select_related("agency").get(username=f"{code.lower()}.{demo.code}")
            for number, code in IN_TRACK.items()
        }

    def fill(self, site_days: list[SiteDay]) -> Iterator[int]:
        """Book the days on which nobody has a meeting yet; yield how many families each got."""
        known = loads(site_days)
        for day in site_days:
            hours, booked = known[day.pk]
            if not booked:
                share = SHARES[day.date.weekday() % len(SHARES)]
                yield self._add(day, int(share * hours) // USUAL_MINUTES + 1)

    def _add(self, day: SiteDay, number: int) -> int:
        """Book so many families on the day, those of one agency in one transaction."""
        dice = Random(f"{self.demo.code} {day.date}")
        thrown = [throw_household(dice, day=day.date, postal=self.demo.postal) for _ in range(number)]
        booked = 0
        for track, caseworker in self.caseworkers.items():
            with acting_as(viewer_of(caseworker)):
                households = [household for household in thrown if household.track == track]
                booked += sum(self._book(household, day, caseworker, dice) for household in households)
        return booked

    def _book(self, household: Household, day: SiteDay, caseworker: User, dice: Random) -> bool:
        """Propose, and if the day has room for this family, register and book it."""
        at, home = self._pretended(day, dice), self._home(household, dice)
        answer = propose(
            profile=self._profile(household, home, caseworker),
            site=self.site,
            track=self.tracks[household.track],
            first=day.date,
            last=day.date,
            at=at,
            limit=1,
        )
        for option in answer.options:
            party = register_party(
                language=household.language,
                municipality=home,
                legal_basis=self.bases[household.legal_basis],
                members=household.members,
                particulars=household.particulars,
                by=caseworker,
                at=at,
            )
            book_chain(party=party, proposal=option.proposal.sign(), by=caseworker, at=at, to_print=False)
        return bool(answer.options)

    def _profile(self, household: Household, home: Municipality, caseworker: User) -> Profile:
        """The family as the planner sees it before it is registered."""
        told = household.particulars
        return Profile(
            owner_code=caseworker.agency.code,
            language=household.language,
            municipality=home.pk,
            legal_basis=self.bases[household.legal_basis].pk,
            births=tuple(sorted(member.birth_date for member in household.members)),
            step_free=told.step_free,
            extra_time=told.extra_time,
            caseworker_sex=told.caseworker_sex,
            interpreter_sex=told.interpreter_sex,
        )

    def _home(self, household: Household, dice: Random) -> Municipality:
        """A municipality summons its own; the others' families come from the whole county."""
        is_elsewhere = household.track != 3 and self.others and dice.random() < ELSEWHERE
        return dice.choice(self.others) if is_elsewhere else self.host

    def _pretended(self, day: SiteDay, dice: Random) -> datetime:
        """Some office hour that leaves the letter its days in the post, and has been."""
        earlier = day.date - timedelta(days=self.site.minimum_notice_days + dice.randint(1, 20))
        clock = time(dice.randint(8, 15), dice.randrange(60))
        return min(at_wall_clock(earlier, clock), self.now)


def loads(site_days: list[SiteDay]) -> dict[int, tuple[float, float]]:
    """The desks' minutes of each day: on shift, and held."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD, [[day.pk for day in site_days]])
        return {day: (hours, booked) for day, hours, booked in cursor.fetchall()}
