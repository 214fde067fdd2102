"""What a letter says of the interpreter, and whether that is still so."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from agencies.spoken import is_signed
from bookings.models import Chain, Summons
from bookings.summons.summoned_day import SummonedDay
from interpreters.models import Interpreter


class Promise(StrEnum):
    """Which sentence of the letter it is."""

    NOBODY = ""
    ORDERED = "ordered"
    BOOKED = "booked"
    REMOTE = "remote"
    THERE = "there"

    @property
    def sentence(self) -> str:
        """What it says, to staff."""
        return {
            Promise.NOBODY: _("No interpreter is booked."),
            Promise.ORDERED: _("An interpreter is being ordered."),
            Promise.BOOKED: _("An interpreter is booked."),
            Promise.REMOTE: _("An interpreter helps by telephone or on a screen."),
            Promise.THERE: _("An interpreter is there all day."),
        }[self]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The latest letter says something else of the interpreter than is so by now."""

    said: Promise
    now: Promise


def disagreement_of(chain: Chain) -> Disagreement | None:
    """What the chain's latest letter says that is not so any more; one query if the interpreter is another one."""
    latest = max(chain.summonses.all(), key=lambda summons: summons.version, default=None)
    if latest is None or latest.kind == Summons.Kind.CANCELLATION:
        return None
    day = SummonedDay.from_json(latest.day)
    if (day.interpreter, day.outside) == (chain.interpreter_id, chain.outside_interpreter):
        return None
    before = Interpreter.objects.filter(pk=day.interpreter).first() if day.interpreter else None
    language = chain.party.interpreter_language
    said = _said(before, day.outside, language)
    now = _said(chain.interpreter, chain.outside_interpreter, language)
    return Disagreement(said, now) if said != now else None


def _said(interpreter: Interpreter | None, outside: str, language: str) -> Promise:
    """As the letter's foot words it: of sign language it does not say how."""
    if interpreter is None:
        return {"": Promise.NOBODY, "ordered": Promise.ORDERED}.get(outside, Promise.BOOKED)
    if is_signed(language):
        return Promise.BOOKED
    return Promise.REMOTE if interpreter.remote else Promise.THERE
