"""The demo's booked days: each coming day that nobody has booked gets its share of invented families."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random

from agencies.clock import at_wall_clock
from agencies.models import AgencyCode, Municipality, Site, SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.attendance.profile import Profile
from bookings.chains.book import book_chain, cancel_chain
from bookings.models import Chain, LegalBasis, Track
from bookings.parties.register import register_party
from bookings.proposals.propose import propose
from motesplats.demo.data import DemoSite
from motesplats.demo.families import Household, throw_household
from motesplats.demo.loads import loads

SHARES = (0.64, 0.61, 0.57, 0.63, 0.60)  # of the desks' time that is asked for, Monday to Friday
USUAL_MINUTES = 190  # at the desks, for one family
IN_TRACK = {1: AgencyCode.MIG, 2: AgencyCode.AF, 3: AgencyCode.KOM}
ELSEWHERE = 0.25  # families from a municipality without a site
CALLED_OFF = "Familjen vill ha en annan dag."


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
            on_day = [load for load in known if load.site_day == day.pk]
            if not any(load.booked for load in on_day):
                asked_for = SHARES[day.date.weekday() % len(SHARES)] * sum(load.on_shift for load in on_day)
                yield self._add(day, int(asked_for) // USUAL_MINUTES + 1)

    def _add(self, day: SiteDay, number: int) -> int:
        """Book so many families on the day, those of one agency in one transaction and the largest first."""
        dice = Random(f"{self.demo.code} {day.date}")
        with self._one_calls_off(day, dice):
            thrown = [throw_household(dice, day=day.date, postal=self.demo.postal) for _ in range(number)]
            thrown.sort(key=lambda household: -len(household.members))
            booked = 0
            for track, caseworker in self.caseworkers.items():
                with acting_as(viewer_of(caseworker)):
                    homes = [(one, self._home(one, dice)) for one in thrown if one.track == track]
                    booked += sum(bool(self._book(one, home, day, dice)) for one, home in homes)
        return booked

    @contextmanager
    def _one_calls_off(self, day: SiteDay, dice: Random) -> Iterator[None]:
        """A long chain, booked before all others and cancelled after them: the day keeps room for one like it."""
        caseworker = self.caseworkers[1]
        household = throw_household(
            dice, day=day.date, postal=self.demo.postal, language="ar", track=1, shape=(2, 2)
        )
        with acting_as(viewer_of(caseworker)):
            chain = self._book(household, self.host, day, dice)
        yield
        if chain:
            at = min(chain.booked_at + timedelta(days=1), self.now)
            with acting_as(viewer_of(caseworker)):
                cancel_chain(chain=chain, reason=CALLED_OFF, by=caseworker, at=at)

    def _book(self, household: Household, home: Municipality, day: SiteDay, dice: Random) -> Chain | None:
        """Propose, and if the day has room for this family, register and book it."""
        caseworker, at = self.caseworkers[household.track], self._pretended(day, dice)
        answer = propose(
            profile=self._profile(household, home, caseworker),
            site=self.site,
            track=self.tracks[household.track],
            first=day.date,
            last=day.date,
            at=at,
            limit=1,
        )
        if not answer.options:
            return None
        party = register_party(
            language=household.language,
            municipality=home,
            legal_basis=self.bases[household.legal_basis],
            members=household.members,
            particulars=household.particulars,
            by=caseworker,
            at=at,
        )
        proposal = answer.options[0].proposal.sign()
        return book_chain(party=party, proposal=proposal, by=caseworker, at=at, to_print=False)

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
