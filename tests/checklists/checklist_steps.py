"""The verbs and reads of checklists with the tests' defaults; inside `with acting(user):`."""

from datetime import date, datetime
from typing import Any

from agencies.models import User
from bookings.models import Chain
from checklists.models import Part, Referral, ReferralKind, Step, Tick
from checklists.steps.progress import ChecklistLine
from checklists.steps.refer import refer
from checklists.steps.sheet import Sheet, parts_of, parts_of_chain, sheet_of, steps_of
from checklists.steps.tick import tick_step
from tests.moment import NOW

TODAY = NOW.date()


def own_part(chain: Chain) -> Part:
    return next(part for part in parts_of(chain.reference) if part.is_own)


def step(chain: Chain, key: str) -> Step:
    return steps_of(own_part(chain), on=TODAY).get(key=key)


def tick(
    chain: Chain, key: str, by: User, *, on: date = TODAY, outcome: str = "", at: datetime = NOW
) -> Tick:
    """By somebody who has just looked at the list."""
    part, own = own_part(chain), step(chain, key)
    return tick_step(part=part, step=own, done_on=on, outcome=outcome, seen=version(chain, key), by=by, at=at)


def version(chain: Chain, key: str) -> str:
    """What the own agency's step says now."""
    own = sheet(chain).own
    assert own is not None
    return next(told for each, told in zip(own.steps, own.versions, strict=True) if each.key == key)


def met(chain: Chain, by: User) -> None:
    """The agency that summons has met the party; inside `with acting(user)` of that agency."""
    chain.meetings.filter(agency=by.agency).update(attendance="began", checked_in_at=NOW, checked_in_by=by)


def start(chain: Chain, code: str, by: User, *, holds: bool = True, on: date = TODAY) -> Referral:
    kind = ReferralKind.objects.get(code=code)
    return refer(part=own_part(chain), kind=kind, precondition_holds=holds, started_on=on, by=by, at=NOW)


def sheet(chain: Chain) -> Sheet:
    """The sheet of the agency that the test acts for."""
    return whole(sheet_of(parts_of(chain.reference), on=TODAY))


def own_sheet(chain: Chain) -> Sheet:
    """The sheet of the holder of a link."""
    return whole(sheet_of(parts_of_chain(chain.pk), on=TODAY))


def whole(found: Sheet | None) -> Sheet:
    assert found is not None
    return found


def own_line(chain: Chain, number: int = 0) -> ChecklistLine:
    """A line of the agency that the test acts for."""
    own = sheet(chain).own
    assert own is not None
    return own.lines[number]


def seen(found: Sheet) -> dict[str, list[Any]]:
    """For each agency on the sheet when its steps were done."""
    return {each.part.agency.code: [line.done_on for line in each.lines] for each in found.sections}
