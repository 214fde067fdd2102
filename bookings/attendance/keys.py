"""What one meeting of a chain is called: its agency's code, and of an adult alone the adult's number, too: "AF:2".

Adults are numbered by age, the eldest is 1. Pure.
"""

from collections.abc import Collection

REST = 0  # in an address the number of all who are not met alone


def key_of(agency: str, adult: int | None) -> str:
    """The meeting's key; `adult` is None for all who are not met alone."""
    return agency if adult is None else f"{agency}:{adult}"


def agency_of(key: str) -> str:
    """The code of the agency that is met."""
    return key.partition(":")[0]


def adult_of(key: str) -> int | None:
    """The number of the adult who is met alone."""
    number = key.partition(":")[2]
    return int(number) if number.isdecimal() and len(number) < 3 else None


def keys_named(typed: str, keys: Collection[str]) -> list[str]:
    """Those of a chain's keys that the text may mean; with a number at most one, without one it may be unclear.

    "AF:2" is the meeting to which adult 2 goes, alone or with others, "AF:0" that of all who are not met alone.
    """
    agency, number = agency_of(typed), adult_of(typed)
    if number is None:
        return [key for key in keys if agency_of(key) == typed]
    return [key for key in (key_of(agency, number), agency) if key in keys][:1]


def address_of(key: str, keys: Collection[str]) -> str:
    """What means this key alone among those of the chain."""
    is_shared = sum(agency_of(other) == agency_of(key) for other in keys) > 1
    return key_of(key, REST) if is_shared and ":" not in key else key
