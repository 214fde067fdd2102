"""Site days with their interpreters, orders and whom they meet: a fixed number of queries for however many days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agencies.models import Absence, Resource, Shift, SiteDay
from bookings.interpreting.figures import Interpreted, InterpreterFigures, Paid, figures_of
from bookings.interpreting.split import SplitOrder, split_orders
from bookings.interpreting.talks import Talk, talks_on
from bookings.models import OccupiedDesk
from interpreters.models import Form, Interpreter, InterpreterOrder, Spare
from interpreters.orders.queries import orders

State = InterpreterOrder.State


@dataclass(frozen=True, slots=True)
class InterpreterDay:
    """A site day as the viewer sees it; `names`: what the board calls each meeting's party."""

    site_day: SiteDay
    shifts: tuple[Shift, ...]
    pool: dict[int, Interpreter]  # by key of the resource
    spares: frozenset[int]  # keys of shifts
    absences: tuple[Absence, ...]
    met: tuple[Talk, ...]
    splits: tuple[SplitOrder, ...]
    names: dict[int, str]

    def split_of(self, reference: str) -> SplitOrder | None:
        """The order with that reference."""
        return next((split for split in self.splits if split.order.reference == reference), None)

    def order_of(self, talk: Talk) -> InterpreterOrder | None:
        """The order whose interpreter the talk has."""
        held = (split.order for split in self.splits if split.order.state in InterpreterOrder.HELD)
        return next((one for one in held if is_met_by(one, talk)), None)

    def numbers_of(self, talks: Iterable[Talk]) -> list[str]:
        """What the board calls those who are met in the talks."""
        return sorted({self.names.get(key, "") for talk in talks for key in talk.meetings} - {""})

    def unserved(self) -> list[list[Talk]]:
        """Those that wait for somebody from outside and have no order: by chain, and each group by itself."""
        found: dict[tuple[str, int], list[Talk]] = {}
        for talk in self.met:
            is_lacking = (
                talk.is_waiting or talk.order_id is not None
            )  # also if who was confirmed has fallen away
            if is_lacking and not self._is_held(talk.order_id):
                key = ("group", talk.group.pk) if talk.group else ("chain", talk.chains[0])
                found.setdefault(key, []).append(talk)
        return list(found.values())

    def _is_held(self, order: int | None) -> bool:
        return any(
            split.order.pk == order and split.order.state in InterpreterOrder.HELD for split in self.splits
        )

    def missed_in(self, shift: Shift) -> list[Talk]:
        """Of the shift's interpreter, what lies in an absence."""
        tolk = self.pool.get(shift.resource_id)
        away = [one for one in self.absences if one.resource_id == shift.resource_id]
        return [
            one
            for one in self.met
            if tolk
            and one.interpreter == tolk
            and any(one.starts_at < gone.ends_at and gone.starts_at < one.ends_at for gone in away)
        ]

    @property
    def figures(self) -> InterpreterFigures:
        """The day's sums."""
        paid = [
            Paid(split.charge.paid_minutes, split.met)
            for split in self.splits
            if split.order.state == State.CONFIRMED
        ]
        unfilled = sum(is_unfilled(split.order) for split in self.splits) + len(self.unserved())
        return figures_of(map(self._interpreted, self.met), paid, unfilled=unfilled)

    def _interpreted(self, talk: Talk) -> Interpreted:
        order = self.order_of(talk)
        who: tuple[str, int] | None = None
        if talk.interpreter:
            who = ("interpreter", talk.interpreter.pk)
        elif order:
            who = ("order", order.pk)
        elif not talk.is_outside:
            who = ("hidden", talk.chains[0])  # whose identity is protected: that there is somebody is known
        remote = bool(talk.interpreter and talk.interpreter.remote)
        is_on_site = order.form == Form.SITE if order else bool(who) and not remote
        return Interpreted(talk.chains, talk.minutes, who, is_on_site)


def load_days(site_days: Sequence[SiteDay]) -> list[InterpreterDay]:
    """The days in the order given; fifteen queries."""
    shifts = list(
        Shift.objects.filter(
            site_day__in=site_days, resource__kind=Resource.Kind.INTERPRETER, state=Shift.State.APPROVED
        ).prefetch_related("breaks")
    )
    resources = {shift.resource_id for shift in shifts}
    found = Interpreter.objects.filter(resource__in=resources)
    pool = {one.resource_id: one for one in found.select_related("resource").prefetch_related("masteries")}
    spares = frozenset(Spare.objects.filter(shift__in=shifts).values_list("pk", flat=True))
    first = min((day.opens_at for day in site_days), default=None)
    absences = list(Absence.objects.filter(resource__in=resources, ends_at__gt=first)) if first else []
    met = talks_on(site_days)
    of_days = orders().filter(site_day__in=site_days).prefetch_related("events__by", "agreement__ranks")
    splits = split_orders(of_days)
    names = {desk.meeting_id: desk.party for desk in OccupiedDesk.objects.filter(site_day__in=site_days)}
    return [
        InterpreterDay(
            day,
            tuple(shift for shift in shifts if shift.site_day_id == day.pk),
            pool,
            spares,
            tuple(_within(day, absences)),
            tuple(one for one in met if one.site_day_id == day.pk),
            tuple(split for split in splits if split.order.site_day_id == day.pk),
            names,
        )
        for day in site_days
    ]


def _within(day: SiteDay, absences: Iterable[Absence]) -> Iterator[Absence]:
    return (one for one in absences if one.starts_at < day.closes_at and one.ends_at > day.opens_at)


def is_met_by(order: InterpreterOrder, talk: Talk) -> bool:
    """Whether the talk has the order's interpreter: one of the pool within its hours, or from outside."""
    if talk.order_id == order.pk and talk.interpreter is None:
        return True
    is_his = order.interpreter_id is not None and order.interpreter == talk.interpreter
    return is_his and order.starts_at <= talk.starts_at < order.ends_at


def is_unfilled(order: InterpreterOrder) -> bool:
    """Whether nobody has said yes, and nobody else has been asked."""
    is_refused = order.state == State.DECLINED and not hasattr(order, "successor")
    return is_refused or order.state in InterpreterOrder.OPEN
