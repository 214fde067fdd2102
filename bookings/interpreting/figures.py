"""How well a day's or a week's interpreters are used: pure sums of whom they meet and of what is paid."""

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A time that needs an interpreter; `who`: what tells one interpreter from another, None: there is none.

    Of one chain, or of all that come to a group.
    """

    chains: tuple[int, ...]
    minutes: int
    who: tuple[str, int] | None
    is_on_site: bool = False


@dataclass(frozen=True, slots=True)
class Paid:
    """A confirmed order: minutes that are paid for, and those of them in which somebody is met."""

    minutes: int
    met: int


@dataclass(frozen=True, slots=True)
class InterpreterFigures:
    """Sums that add up over days; what is worked out of them is None while there is nothing to divide by.

    `pairs`: of a chain and one who interprets in it; `minutes`: those of meetings held at once, or of a group, count
    once; `unfilled`: orders without a yes, and chains and groups without an order.
    """

    chains: int = 0
    pairs: int = 0
    minutes: int = 0
    on_site: int = 0
    paid: int = 0
    met: int = 0
    unfilled: int = 0

    def __add__(self, other: "InterpreterFigures") -> "InterpreterFigures":
        return InterpreterFigures(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    @property
    def per_chain(self) -> float | None:
        """Interpreters per chain that has any."""
        return self.pairs / self.chains if self.chains else None

    @property
    def paid_per_met(self) -> float | None:
        """Minutes paid per minute interpreted, of the confirmed orders."""
        return self.paid / self.met if self.met else None

    @property
    def share_on_site(self) -> int | None:
        """Of the interpreted minutes, in whole per cent."""
        return round(100 * self.on_site / self.minutes) if self.minutes else None


def figures_of(
    meetings: Iterable[Interpreted], orders: Iterable[Paid], *, unfilled: int
) -> InterpreterFigures:
    """The sums of a day."""
    met, paid = [one for one in meetings if one.who is not None], list(orders)
    pairs = {(chain, one.who) for one in met for chain in one.chains}
    return InterpreterFigures(
        chains=len({chain for chain, _who in pairs}),
        pairs=len(pairs),
        minutes=sum(one.minutes for one in met),
        on_site=sum(one.minutes for one in met if one.is_on_site),
        paid=sum(one.minutes for one in paid),
        met=sum(one.met for one in paid),
        unfilled=unfilled,
    )
