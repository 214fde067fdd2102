"""Where a party sits while it waits: always the same place for the same party, spread over the places there are."""

from collections.abc import Sequence


def seat_of(party: str, children: int | None, *, seats: Sequence[str], for_children: Sequence[str]) -> str:
    """The seat's name; empty if the location has named none. `party`: the board's number or a reference."""
    fitting = for_children if children and for_children else seats or for_children
    if not fitting:
        return ""
    number = int(party) if party.isdecimal() else sum(map(ord, party))
    return fitting[number % len(fitting)]
