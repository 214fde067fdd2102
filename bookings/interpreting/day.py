"""Site days with their interpreters, orders and whom they meet: a fixed number of queries for however many days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agencies.models import Absence, Resource, Shift, SiteDay
from bookings.interpreting.figures import Interpreted, InterpreterFigures, Paid, figures_of
from bookings.interpreting.split import SplitOrder, split_orders
from bookings.models import Chain, InterpretedMeeting, OccupiedDesk
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
    met: tuple[InterpretedMeeting, ...]
    splits: tuple[SplitOrder, ...]
    names: dict[int, str]

    def split_of(self, reference: str) -> SplitOrder | None:
        """The order with that reference."""
        return next((split for split in self.splits if split.order.reference == reference), None)

    def order_of(self, meeting: InterpretedMeeting) -> InterpreterOrder | None:
        """The order whose interpreter the meeting has."""
        held = (split.order for split in self.splits if split.order.state in InterpreterOrder.HELD)
        return next((one for one in held if is_met_by(one, meeting)), None)

    def unserved(self) -> dict[int, list[InterpretedMeeting]]:
        """By key of the chain the meetings of those that wait for somebody from outside and have no order."""
        held = {split.order.pk for split in self.splits if split.order.state in InterpreterOrder.HELD}
        found: dict[int, list[InterpretedMeeting]] = {}
        for meeting in self.met:
            if meeting.outside_interpreter == Chain.Outside.ORDERED and meeting.order_id not in held:
                found.setdefault(meeting.chain_id, []).append(meeting)
        return found

    def missed_in(self, shift: Shift) -> list[InterpretedMeeting]:
        """Of the shift's interpreter, what lies in an absence."""
        tolk = self.pool.get(shift.resource_id)
        away = [one for one in self.absences if one.resource_id == shift.resource_id]
        return [
            one
            for one in self.met
            if tolk
            and one.interpreter_id == tolk.pk
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

    def _interpreted(self, meeting: InterpretedMeeting) -> Interpreted:
        order = self.order_of(meeting)
        who: tuple[str, int] | None = None
        if meeting.interpreter_id:
            who = ("interpreter", meeting.interpreter_id)
        elif order:
            who = ("order", order.pk)
        elif not meeting.outside_interpreter:
            who = ("hidden", meeting.chain_id)  # whose identity is protected: that there is somebody is known
        remote = bool(meeting.interpreter and meeting.interpreter.remote)
        is_on_site = order.form == Form.SITE if order else bool(who) and not remote
        minutes = int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
        return Interpreted(meeting.chain_id, minutes, who, is_on_site)


def load_days(site_days: Sequence[SiteDay]) -> list[InterpreterDay]:
    """The days in the order given; fourteen queries."""
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
    met = list(
        InterpretedMeeting.objects.filter(site_day__in=site_days).select_related("agency", "interpreter")
    )
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


def is_met_by(order: InterpreterOrder, meeting: InterpretedMeeting) -> bool:
    """Whether the meeting has the order's interpreter: one of the pool within its hours, or from outside."""
    if meeting.order_id == order.pk and meeting.interpreter_id is None:
        return True
    is_his = order.interpreter_id is not None and order.interpreter_id == meeting.interpreter_id
    return is_his and order.starts_at <= meeting.starts_at < order.ends_at


def is_unfilled(order: InterpreterOrder) -> bool:
    """Whether nobody has said yes, and nobody else has been asked."""
    is_refused = order.state == State.DECLINED and not hasattr(order, "successor")
    return is_refused or order.state in InterpreterOrder.OPEN
