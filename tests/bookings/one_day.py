"""A site day on which seven people act at once, again and again, by lot; and what must hold after each time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Any

from django.db import connection

from agencies.models import Absence, Shift, SiteDay, User
from agencies.rosters.absences import report_absence, withdraw_absence
from agencies.rosters.change import change_shift, remove_shift
from agencies.rosters.days import close_day
from agencies.rosters.shifts import Duty, add_shifts
from agencies.secrecy.context import acting_as, viewer_of
from bookings.chains.book import book_chain, cancel_chain, move_chain
from bookings.chains.cover import cover_shift
from bookings.chains.meet_together import meet_together
from bookings.chains.share_out import share_out
from bookings.models import Chain, Party
from tests.bookings.booking_steps import PARENTS, ask, open_days, register
from tests.factories.agencies import CoordinatorFactory, UserFactory, the_site
from tests.moment import NOW
from tests.together import Act, Together, acting_for

CASEWORKERS, COORDINATORS = 5, 2
DESKS = {"MIG": 2, "SKV": 2, "FK": 2, "AF": 2, "KOM": 2}
FAMILIES, ROUNDS = 6, 3
HOURS = ((time(8, 30), time(12)), (time(12), time(16)), (time(8, 30), time(16)), (time(9), time(15)))
OVERLAPS = """
    SELECT one.resource_id, one.period, other.period FROM free_busy one JOIN free_busy other
      ON other.resource_id = one.resource_id AND other.starts_at > one.starts_at AND other.period && one.period
"""
UNCOVERED = """
    SELECT held.resource_id, held.period, shifts.hours FROM free_busy held JOIN LATERAL (
      SELECT coalesce(range_agg(tstzrange(starts_at, ends_at)), '{}') AS hours FROM agencies_shift
      WHERE resource_id = held.resource_id AND state = 'approved'
        AND starts_at < upper(held.period) AND ends_at > lower(held.period)
    ) shifts ON NOT held.period <@ shifts.hours
"""


class OneDay:
    """The people of a site, who act together on one day after another."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.caseworkers = [UserFactory() for _ in range(CASEWORKERS)]
        self.coordinators = [CoordinatorFactory() for _ in range(COORDINATORS)]
        self.answers: Counter[str] = Counter()

    def live(self, day: date, together: Together) -> None:
        """Open the day for new families, and let all act at once so many rounds; after each the day must be whole."""
        (site_day,) = open_days(day, desks=DESKS, interpreters={"ar": 2})
        families = self._families()
        for _ in range(ROUNDS):
            acts = [self._caseworker(one, site_day, families) for one in self.caseworkers]
            acts += [self._coordinator(one, site_day) for one in self.coordinators]
            answers = together.do(*acts)
            for answer in answers:
                self.answers[answer if isinstance(answer, str) else type(answer).__name__] += 1
            self.require_whole(site_day, answers)

    def _families(self) -> list[Party]:
        owner = self.caseworkers[0]
        with acting_as(viewer_of(owner)):
            return [register(owner, births=PARENTS) for _ in range(FAMILIES)]

    def _caseworker(self, by: User, day: SiteDay, families: list[Party]) -> Act:
        """Book, move or cancel one of the families, by what the caseworker sees before all begin."""
        party = self.dice.choice(families)
        with acting_as(viewer_of(by)):
            chain = Chain.objects.filter(party=party, state="booked").first()
            if chain and self.dice.random() < 0.4:
                return acting_for(by, lambda: cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW))
            if chain and self.dice.random() < 0.3:
                host, joined = self.dice.sample(sorted(DESKS), 2)
                return acting_for(
                    by, lambda: meet_together(chain=chain, host=host, joined=joined, by=by, at=NOW)
                )
            moving: dict[str, Any] = {"moving": chain} if chain else {}
            options = ask(party, first=day.date, last=day.date, **moving).options
            if not options:
                return lambda: "nothing"
            signed = self.dice.choice(options).proposal.sign()
        if chain:
            return acting_for(by, lambda: move_chain(chain=chain, proposal=signed, by=by, at=NOW))
        return acting_for(by, lambda: book_chain(party=party, proposal=signed, by=by, at=NOW, to_print=False))

    def _coordinator(self, by: User, day: SiteDay) -> Act:
        """Edit the day's roster, or close the day."""
        shifts = list(
            Shift.objects.filter(site_day=day)
            .select_related("resource", "site_day__location__site")
            .order_by("pk")
        )
        if not shifts:
            return lambda: "nothing"
        verb = self.dice.choice(
            (
                self._shorten,
                self._remove,
                self._stand_in,
                self._fall_ill,
                self._share_out,
                self._add,
                self._close,
            )
        )
        return acting_for(by, verb(self.dice.choice(shifts), shifts, by))

    def _shorten(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        starts, ends = self.dice.choice(HOURS)
        return lambda: change_shift(shift=shift, duty=Duty(shift.resource, starts, ends), by=by, at=NOW)

    def _remove(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        return lambda: remove_shift(shift=shift, by=by, at=NOW) or "removed"

    def _add(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        duty = Duty(shift.resource, *self.dice.choice(HOURS))
        return lambda: add_shifts(site_day=shift.site_day, duties=[duty], by=by, at=NOW)

    def _close(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        return lambda: close_day(site_day=shift.site_day, by=by, at=NOW) or "closed"

    def _stand_in(self, shift: Shift, shifts: list[Shift], by: User) -> Act:
        colleague = self.dice.choice(shifts)
        return lambda: f"covered {cover_shift(shift=shift, colleague=colleague, by=by, at=NOW).meetings}"

    def _share_out(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        if not User.objects.filter(resource=shift.resource).exists():
            return lambda: "nothing"
        return lambda: f"covered {len(share_out(shift=shift, by=by, at=NOW)[0])}"

    def _fall_ill(self, shift: Shift, _shifts: list[Shift], by: User) -> Act:
        known = Absence.objects.filter(resource=shift.resource).first()
        site = the_site()
        if known:
            return lambda: withdraw_absence(absence=known, site=site, by=by, at=NOW) or "well"
        until = shift.starts_at + timedelta(hours=self.dice.randint(1, 4))
        return lambda: report_absence(
            resource=shift.resource,
            site=site,
            starts_at=shift.starts_at,
            ends_at=until,
            kind="ill",
            by=by,
            at=NOW,
        )

    def require_whole(self, day: SiteDay, answers: Sequence[object]) -> None:
        """No claims overlap, each lies within its desk's shifts, and every chain is booked whole or not at all."""
        assert self._rows(OVERLAPS) == [], answers
        assert self._rows(UNCOVERED) == [], answers
        with acting_as(viewer_of(self.caseworkers[0])):
            chains = Chain.objects.filter(site_day=day.pk).prefetch_related(
                "meetings__claims", "meetings__caseworker"
            )
            for chain in chains.select_related("party", "interpreter"):
                assert self._is_whole(chain), chain

    @staticmethod
    def _is_whole(chain: Chain) -> bool:
        """Whether each meeting holds party, desk and interpreter from its beginning, or, cancelled, nothing."""
        held = [{claim.resource_id for claim in meeting.claims.all()} for meeting in chain.meetings.all()]
        if chain.state == Chain.State.CANCELLED:
            return not any(held)
        shared = {chain.party.resource_id} | ({chain.interpreter.resource_id} if chain.interpreter else set())
        starts = all(
            claim.starts_at == meeting.starts_at
            for meeting in chain.meetings.all()
            for claim in meeting.claims.all()
        )
        return starts and all(
            claims == {meeting.caseworker.resource_id} | (set() if meeting.together_with_id else shared)
            for claims, meeting in zip(held, chain.meetings.all(), strict=True)
        )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with acting_as(viewer_of(self.caseworkers[0])), connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())


def days(number: int) -> list[date]:
    """So many days, one after the other; the verbs open no day twice."""
    return [NOW.date() + timedelta(days=n + 20) for n in range(number)]
