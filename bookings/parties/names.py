"""What the people of a party are called so that no two are called the same."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from agencies.read_log.notes import taking_notes


class Person(Protocol):
    """Somebody with a name, and perhaps no family name."""

    pk: int
    given_name: str
    family_name: str
    birth_date: date


def short_name(person: Person, people: Iterable[Person]) -> str:
    """The given name, if nobody else of the people could be meant; else what is needed more."""
    return _told_apart(person, people, shortest=0)


def full_name(person: Person, people: Iterable[Person]) -> str:
    """Given and family name; where others of the people are called so, with the birth year, or else a number."""
    return _told_apart(person, people, shortest=1)


def _told_apart(person: Person, people: Iterable[Person], *, shortest: int) -> str:
    with taking_notes():  # which are thrown away: whoever is only compared is not shown
        others = [other for other in people if other.pk != person.pk]
        taken = {name.casefold() for other in others for name in _names(other)}
        number = _number(person, others)
    names = _names(person)
    free = (name for name in names[shortest:] if name.casefold() not in taken)
    return next(free, f"{names[-1]} ({number})")


def _names(person: Person) -> tuple[str, str, str]:
    full = f"{person.given_name} {person.family_name}".strip()
    return person.given_name, full, f"{full} {person.birth_date.year}"


def _number(person: Person, others: Iterable[Person]) -> int:
    """The place among those of the same name and year, the oldest first."""
    same = [other for other in others if _names(other)[-1].casefold() == _names(person)[-1].casefold()]
    return 1 + sum((other.birth_date, other.pk) < (person.birth_date, person.pk) for other in same)
