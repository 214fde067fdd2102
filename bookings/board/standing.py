"""How the parties of a day stand at a moment: each meeting's standing with its reason, and each party's next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agencies.clock import local

GRACE = timedelta(minutes=5)  # nobody is late before
SOON = timedelta(minutes=5)  # a party that waits is shown to its desk so long before


class Standing(StrEnum):
    """A meeting at a moment; the first five are what was recorded, the others what follows from the clock."""

    ARRIVED = "arrived"
    MEETING = "meeting"
    DONE = "done"
    NO_SHOW = "no_show"
    LEFT = "left"
    BOOKED = "booked"
    LATE = "late"
    UNRECORDED = "unrecorded"  # the day is over and nobody has said whether the party came


class Why(StrEnum):
    """Why a meeting is late, or takes longer."""

    NOT_HERE = "not_here"
    SAID_SO = "said_so"
    IN_MEETING = "in_meeting"
    WAITS = "waits"
    OVERRUN = "overrun"


RECORDED = {
    "arrived": Standing.ARRIVED,
    "began": Standing.MEETING,
    "done": Standing.DONE,
    "no_show": Standing.NO_SHOW,
    "left": Standing.LEFT,
}
ENDED = {Standing.DONE, Standing.NO_SHOW, Standing.LEFT}


@dataclass(frozen=True, slots=True)
class BoardMeeting:
    """A meeting as a board shows it; `party` is a reference or a day number, `attendance` as of `Meeting`."""

    key: int
    party: str
    is_reference: bool
    agency: str
    agency_name: str
    resource: int  # key of the caseworker's
    caseworker: str
    desk: str
    room: str
    starts_at: datetime
    ends_at: datetime
    attendance: str
    is_here: bool
    is_in_meeting: bool
    lacks_interpreter: bool
    interpreter: int | None
    language: str  # of the letter
    interpreter_language: str  # ISO 639-3; empty where nobody interprets or it is not told
    outside: str
    step_free: bool
    adults: int | None
    children: int | None
    form: str = ""  # telephone or video; empty at the place
    group: int | None = None  # key of the group information
    together: tuple[str, ...] = ()  # codes of the other agencies that meet the party at once

    @property
    def name(self) -> str:
        """What means this meeting alone in the day's addresses: "347-MIG-0830"."""
        return f"{self.party}-{self.agency}-{local(self.starts_at):%H%M}"


@dataclass(frozen=True, slots=True)
class Stood:
    """A meeting with its standing, why so, and by how many minutes it is late or over its time."""

    meeting: BoardMeeting
    standing: Standing
    why: Why | None = None
    minutes: int = 0


def stand(meeting: BoardMeeting, *, at: datetime, closes_at: datetime) -> Stood:
    """How the meeting stands at the moment; `closes_at` is when its day ends."""
    standing = RECORDED.get(meeting.attendance)
    if standing == Standing.MEETING and at > meeting.ends_at + GRACE:
        return Stood(meeting, standing, Why.OVERRUN, _minutes(at - meeting.ends_at))
    if standing in ENDED or standing == Standing.MEETING:
        return Stood(meeting, standing)
    if at >= closes_at:
        return Stood(meeting, Standing.UNRECORDED)
    if at < meeting.starts_at + GRACE:
        return Stood(meeting, standing or Standing.BOOKED)
    return Stood(meeting, Standing.LATE, _why_late(meeting), _minutes(at - meeting.starts_at))


def _why_late(meeting: BoardMeeting) -> Why:
    if meeting.is_in_meeting:
        return Why.IN_MEETING
    if meeting.is_here:
        return Why.WAITS
    return Why.SAID_SO if meeting.attendance == "late" else Why.NOT_HERE


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class PartyToday:
    """A party's meetings that day in time order; `next` is the one it is to come to, if any is left."""

    party: str
    meetings: tuple[Stood, ...]

    @property
    def is_here(self) -> bool:
        """Has come and has not gone: the last thing that was recorded of its meetings is no leaving."""
        began = [stood for stood in self.meetings if stood.meeting.attendance in RECORDED]
        return bool(began) and began[-1].standing not in {Standing.LEFT, Standing.NO_SHOW}

    @property
    def now(self) -> Stood | None:
        """The meeting that it is in."""
        return next((stood for stood in self.meetings if stood.standing == Standing.MEETING), None)

    @property
    def next(self) -> Stood | None:
        ended = {*ENDED, Standing.MEETING, Standing.UNRECORDED}
        return next((stood for stood in self.meetings if stood.standing not in ended), None)

    @property
    def is_waiting(self) -> bool:
        return self.is_here and self.now is None and self.next is not None

    @property
    def is_coming(self) -> bool:
        return not self.is_here and self.next is not None

    @property
    def is_late(self) -> bool:
        """Ought to be here, and is not."""
        return self.is_coming and self.next is not None and self.next.standing == Standing.LATE

    @property
    def is_finished(self) -> bool:
        """Has had its last meeting of the day."""
        return self.is_here and self.now is None and self.next is None

    @property
    def has_not_come(self) -> bool:
        return not self.is_here and self.next is None and self.meetings[-1].standing == Standing.NO_SHOW


def parties_today(meetings: Iterable[Stood]) -> list[PartyToday]:
    """The parties of these meetings, in the order of their first meetings."""
    found: dict[str, list[Stood]] = {}
    for stood in sorted(meetings, key=lambda stood: (stood.meeting.starts_at, stood.meeting.key)):
        found.setdefault(stood.meeting.party, []).append(stood)
    return [PartyToday(party, tuple(of_party)) for party, of_party in found.items()]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many parties a day has, and how many of them stand in each way."""

    parties: int
    arrived: int
    waiting: int
    in_meeting: int
    finished: int
    late: int
    did_not_come: int


def count(parties: Iterable[PartyToday]) -> Counts:
    """The day in figures."""
    of_day = list(parties)
    return Counts(
        parties=len(of_day),
        arrived=sum(party.is_here for party in of_day),
        waiting=sum(party.is_waiting for party in of_day),
        in_meeting=sum(party.now is not None for party in of_day),
        finished=sum(party.is_finished for party in of_day),
        late=sum(party.is_late for party in of_day),
        did_not_come=sum(party.has_not_come for party in of_day),
    )
