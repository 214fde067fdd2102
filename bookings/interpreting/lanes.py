"""A day's interpreters as lanes by language: on shift, ordered from outside, lacking, standing by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agencies.models import Shift
from bookings.interpreting.day import InterpreterDay, is_met_by, is_unfilled
from bookings.interpreting.serve import is_for
from bookings.interpreting.talks import Talk
from bookings.models import GroupMeeting
from bookings.proposals.timeline import Grid, grid_over
from interpreters.models import Form, Interpreter, InterpreterOrder
from interpreters.orders.queries import alarm_before

HELD = InterpreterOrder.HELD


@dataclass(frozen=True, slots=True)
class LaneBar:
    """A talk, or with no `code` a break; `first` and `last` are grid lines, `number` the parties' on the board.

    `codes` are of all agencies that meet somebody at once, `code` is the first. A group's has no chain.
    """

    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    code: str = ""
    agency: str = ""
    number: str = ""
    chain: int = 0
    is_missed: bool = False
    codes: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class InterpreterLane:
    """An interpreter's day, or hours that have none; `look`: "", asked, none, spare or away.

    `ribs`: grid lines of the parties that share the interpreter, from the first meeting to the last.
    """

    key: str
    language: str
    form: str
    look: str
    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    bars: tuple[LaneBar, ...] = ()
    ribs: tuple[tuple[int, int, bool], ...] = ()
    interpreter: Interpreter | None = None
    shift: Shift | None = None
    orders: tuple[InterpreterOrder, ...] = ()
    chain: int = 0
    group: GroupMeeting | None = None  # for which somebody is lacking
    unordered: tuple[GroupMeeting, ...] = ()  # for which the interpreter has no order
    dialects: tuple[str, ...] = ()
    others: tuple[Interpreter, ...] = ()  # who could take over what an absent one has booked
    servers: tuple[InterpreterOrder, ...] = ()  # orders that could serve what has nobody
    spares: tuple["InterpreterLane", ...] = ()  # who stands by or is free all day, for what has nobody
    is_near: bool = False  # begins within the hours of the alarm

    @property
    def order(self) -> InterpreterOrder | None:
        return self.orders[0] if self.orders else None

    @property
    def missed(self) -> int:
        """How many meetings are booked in an absence."""
        return sum(bar.is_missed for bar in self.bars)

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.look == "none" or self.missed > 0 or (self.look == "asked" and self.is_near)

    @property
    def is_idle(self) -> bool:
        """Whether somebody stands by, or is on shift and meets nobody that day."""
        is_free = self.shift is not None and not self.look and not any(bar.code for bar in self.bars)
        return self.look == "spare" or is_free

    @property
    def numbers(self) -> str:
        """Whom it is about, as the board calls them."""
        return ", ".join(sorted({number for bar in self.bars for number in bar.number.split(", ") if number}))


@dataclass(frozen=True, slots=True)
class LanguageLanes:
    """The lanes of a language; a protected party's has no code."""

    language: str
    lanes: tuple[InterpreterLane, ...]

    @property
    def rows(self) -> int:
        """Of the table: what is in trouble has a further one."""
        return len(self.lanes) + sum(lane.is_trouble for lane in self.lanes)


@dataclass(slots=True)
class LanesOfDay:
    """Makes the lanes as they are at the moment; `grid` is the day's."""

    day: InterpreterDay
    at: datetime
    grid: Grid = field(init=False)
    near_until: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.near_until = self.at + alarm_before(at=self.at)
        self.grid = grid_over([self.day.site_day])

    def groups(self) -> list[LanguageLanes]:
        """By language: who is booked or asked, what has nobody, who stands by."""
        found: dict[str, list[InterpreterLane]] = {}
        for lane in (*self._on_shift(), *self._ordered(), *self._lacking()):
            found.setdefault(lane.language, []).append(lane)
        return [
            LanguageLanes(language, tuple(self._with_spares(sorted(found[language], key=_place))))
            for language in sorted(found)
        ]

    def _with_spares(self, lanes: Sequence[InterpreterLane]) -> Iterator[InterpreterLane]:
        spares = tuple(lane for lane in lanes if lane.is_idle)
        for lane in lanes:
            yield replace(lane, spares=spares) if lane.is_trouble and not lane.missed else lane

    def _on_shift(self) -> Iterator[InterpreterLane]:
        for shift in self.day.shifts:
            tolk = self.day.pool.get(shift.resource_id)
            if tolk is None:
                continue
            masteries = list(tolk.masteries.all())
            met = [one for one in self.day.met if one.interpreter == tolk]
            own = [one for one in met if shift.starts_at <= one.starts_at < shift.ends_at]
            orders = [split.order for split in self.day.splits if split.order.interpreter_id == tolk.pk]
            away = any(one.resource_id == shift.resource_id for one in self.day.absences)
            yield self._lane(
                tolk.resource.reference or str(tolk.pk),
                language=_language_of(tolk, own),
                form=Form.SCREEN if shift.remote or tolk.remote else Form.SITE,
                look="spare" if shift.pk in self.day.spares else "away" if away else "",
                hours=(shift.starts_at, shift.ends_at),
                met=own,
                missed=self.day.missed_in(shift),
                breaks=[(one.starts_at, one.ends_at) for one in shift.breaks.all()],
                interpreter=tolk,
                shift=shift,
                orders=tuple(order for order in orders if order.state in HELD),
                unordered=tuple(one.group for one in own if one.group and not self.day.order_of(one)),
                dialects=tuple(one.dialect for one in masteries if one.dialect),
            )

    def _ordered(self) -> Iterator[InterpreterLane]:
        """Orders whose interpreter is nobody on shift."""
        on_shift = {tolk.pk for tolk in self.day.pool.values()}
        for split in self.day.splits:
            order = split.order
            if order.interpreter_id in on_shift or not (order.state in HELD or is_unfilled(order)):
                continue
            look = {"confirmed": "", "declined": "none"}.get(order.state, "asked")
            yield self._lane(
                order.reference,
                language=order.language,
                form=order.form,
                look=look,
                hours=(order.starts_at, order.ends_at),
                met=[one for one in self.day.met if is_met_by(order, one)],
                interpreter=order.interpreter,
                orders=(order,),
            )

    def _lacking(self) -> Iterator[InterpreterLane]:
        held = [split.order for split in self.day.splits if split.order.state in HELD]
        for met in self.day.unserved():
            group, chain = met[0].group, 0 if met[0].group else met[0].chains[0]
            yield self._lane(
                f"group-{group.reference}" if group else f"chain-{chain}",
                language=met[0].language,
                form="",
                look="none",
                hours=(min(one.starts_at for one in met), max(one.ends_at for one in met)),
                met=met,
                chain=chain,
                group=group,
                servers=tuple(one for one in held if group is None or is_for(one, group)),
            )

    def _lane(
        self,
        key: str,
        *,
        language: str,
        form: str,
        look: str,
        hours: tuple[datetime, datetime],
        met: Sequence[Talk],
        missed: Sequence[Talk] = (),
        breaks: Sequence[tuple[datetime, datetime]] = (),
        **more: object,
    ) -> InterpreterLane:
        bars = [self._bar(one, one in missed) for one in met]
        bars += [LaneBar(self._line(starts), self._line(ends), starts, ends) for starts, ends in breaks]
        return InterpreterLane(
            key,
            language,
            form,
            look,
            self._line(hours[0]),
            self._line(hours[1]),
            *hours,
            tuple(sorted(bars, key=lambda bar: bar.starts_at)),
            _ribs(bars),
            is_near=hours[0] <= self.near_until,
            **more,  # type: ignore[arg-type]  # names of InterpreterLane
        )

    def _bar(self, talk: Talk, is_missed: bool) -> LaneBar:
        return LaneBar(
            self._line(talk.starts_at),
            self._line(talk.ends_at),
            talk.starts_at,
            talk.ends_at,
            talk.agencies[0].code,
            " + ".join(map(str, talk.agencies)),
            ", ".join(self.day.numbers_of([talk])),
            0 if talk.group else talk.chains[0],
            is_missed,
            " + ".join(agency.code for agency in talk.agencies),
            talk.group is not None,
        )

    def _line(self, moment: datetime) -> int:
        return max(1, min(self.grid.column(moment), self.grid.columns + 1))


def _language_of(tolk: Interpreter, met: Sequence[Talk]) -> str:
    """What is interpreted that day, else the first of the interpreter's languages."""
    masters = [mastery.language for mastery in tolk.masteries.all()]
    spoken = [one.language for one in met if one.language in masters]
    return next(iter([*spoken, *masters]), "")


def _ribs(bars: Iterable[LaneBar]) -> tuple[tuple[int, int, bool], ...]:
    """From the first to the last meeting of each party, when there are several."""
    chains: dict[int, list[LaneBar]] = {}
    for bar in bars:
        if bar.chain:
            chains.setdefault(bar.chain, []).append(bar)
    spans = sorted((min(one.first for one in own), max(one.last for one in own)) for own in chains.values())
    return tuple((first, last, n % 2 == 1) for n, (first, last) in enumerate(spans)) if len(spans) > 1 else ()


def _place(lane: InterpreterLane) -> tuple[int, datetime, str]:
    return {"none": 1, "spare": 2}.get(lane.look, 0), lane.starts_at, lane.key
