"""Books invented families on the demo's coming days that have no meetings yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from agencies.clock import at_wall_clock
from agencies.codes import KOM
from agencies.models import Municipality, Site, SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from agencies.spoken import WITHOUT_INTERPRETER, of_letter
from bookings.attendance.profile import Profile
from bookings.chains.book import book_chain, cancel_chain
from bookings.models import Chain, LegalBasis, Track
from bookings.parties.register import register_party
from bookings.proposals.propose import propose
from motesplats.demo.data import DemoSite
from motesplats.demo.families import DECIDED, Household, random_household
from motesplats.demo.loads import loads

SHARES = (0.64, 0.61, 0.57, 0.63, 0.60)  # of the desks' time that families are made for, Monday to Friday
USUAL_MINUTES = 190  # at the desks, for one family on average
IN_TRACK = {1: "MIG", 2: "AF", 3: KOM}
ELSEWHERE = 0.25  # the share of families from a municipality without a site
CANCEL_REASON = "Familjen vill ha en annan dag."


@dataclass(frozen=True, slots=True)
class Pace:
    """How many families, as a part of the usual number, and when, in days.

    `booked`: before the site's minimum notice at most. `decided`: the permit, between so many before the meeting.
    """

    fullness: float = 1
    booked: int = 20
    decided: tuple[int, int] = DECIDED


class Filler:
    """Books one demo site's days; bookings are dated back, and none later than `now`."""

    def __init__(self, demo: DemoSite, *, now: datetime, pace: Pace = Pace()) -> None:
        self.demo, self.now, self.pace = demo, now, pace
        self.site = Site.objects.get(code=demo.code)
        self.tracks = Track.objects.in_bulk(field_name="number")
        self.bases = LegalBasis.objects.in_bulk(field_name="code")
        self.host = Municipality.objects.get(site=self.site, is_host=True)
        self.others = list(Municipality.objects.filter(site=self.site, is_host=False))
        self.caseworkers = {
            number: User.objects.select_related("agency").get(username=f"{code.lower()}.{demo.code}")
            for number, code in IN_TRACK.items()
        }

    def empty(self, site_days: list[SiteDay]) -> list[SiteDay]:
        """Those of the days that have no meetings yet."""
        booked = {load.site_day for load in loads(site_days) if load.booked}
        return [day for day in site_days if day.pk not in booked]

    def fill(self, empty: list[SiteDay]) -> Iterator[int]:
        """Book the empty days; yield for each how many families were booked."""
        known = loads(empty)
        for day in empty:
            on_shift = sum(load.on_shift for load in known if load.site_day == day.pk)
            asked_for = SHARES[day.date.weekday() % len(SHARES)] * on_shift * self.pace.fullness
            yield self._add(day, int(asked_for) // USUAL_MINUTES + 1)

    def _add(self, day: SiteDay, number: int) -> int:
        """Try to book so many families on the day, the largest first, one transaction for each summoning agency."""
        dice = Random(f"{self.demo.code} {day.date}")
        with self._cancelled_chain(day, dice):
            households = [
                random_household(dice, day=day.date, postal=self.demo.postal, decided=self.pace.decided)
                for _ in range(number)
            ]
            households.sort(key=lambda household: -len(household.members))
            booked = 0
            for track, caseworker in self.caseworkers.items():
                with acting_as(viewer_of(caseworker)):
                    homes = [(one, self._home(one, dice)) for one in households if one.track == track]
                    booked += sum(bool(self._book(one, home, day, dice)) for one, home in homes)
        return booked

    @contextmanager
    def _cancelled_chain(self, day: SiteDay, dice: Random) -> Iterator[None]:
        """Book a long chain before all others and cancel it after them, so that the day has room for such a family."""
        caseworker = self.caseworkers[1]
        household = random_household(
            dice,
            day=day.date,
            postal=self.demo.postal,
            language="ar",
            track=1,
            shape=(2, 2),
            decided=self.pace.decided,
        )
        with acting_as(viewer_of(caseworker)):
            chain = self._book(household, self.host, day, dice)
        yield
        if chain:
            at = min(chain.booked_at + timedelta(days=1), self.now)
            with acting_as(viewer_of(caseworker)):
                cancel_chain(chain=chain, reason=CANCEL_REASON, by=caseworker, at=at)

    def _book(self, household: Household, home: Municipality, day: SiteDay, dice: Random) -> Chain | None:
        """Register and book the family if the day has room for it; else None."""
        caseworker, at = self.caseworkers[household.track], self._booked_at(day, dice)
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
        """What planning needs to know about the family before it is registered."""
        particulars = household.particulars
        assert caseworker.agency is not None
        return Profile(
            owner_code=caseworker.agency.code,
            interpreter_language=(
                "" if household.language in WITHOUT_INTERPRETER else of_letter(household.language)
            ),
            municipality=home.pk,
            legal_basis=self.bases[household.legal_basis].pk,
            births=tuple(sorted(member.birth_date for member in household.members)),
            step_free=particulars.step_free,
            extra_time=particulars.extra_time,
            caseworker_sex=particulars.caseworker_sex,
            interpreter_sex=particulars.interpreter_sex,
            is_quota=particulars.is_quota,
        )

    def _home(self, household: Household, dice: Random) -> Municipality:
        """The family's municipality: the host where a municipality summons (track 3), else sometimes another."""
        is_elsewhere = household.track != 3 and self.others and dice.random() < ELSEWHERE
        return dice.choice(self.others) if is_elsewhere else self.host

    def _booked_at(self, day: SiteDay, dice: Random) -> datetime:
        """An office hour before the day's minimum notice, or now if that lies ahead."""
        earlier = day.date - timedelta(days=self.site.minimum_notice_days + dice.randint(1, self.pace.booked))
        clock = time(dice.randint(8, 15), dice.randrange(60))
        return min(at_wall_clock(earlier, clock), self.now)
