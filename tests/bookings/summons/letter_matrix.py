"""Every letter that a family may get: languages, meetings, pauses, versions, long names and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.languages import LANGUAGES
from bookings.summons.letter import Letter, LetterStop, Page, Pause
from tests.bookings.summons.samples import CARD, sample_letter

LONG_NAME = "Mohammed-Abdirahman Gebremeskel Weldemichael-Abdulkarimov"
PARTY = ("Abdirahman", "Tsegereda", "Mohammed Amin", "Weldemichael", "Hayat", "Zaynab", "Rigbe", "Yohannes")
LONG_ADDRESS = (
    "c/o Stiftelsen Sankta Birgittas Äldreboende",
    "Kungsörnsgatan 127 B, uppgång 4, lägenhet 1104",
    "Hus Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "Box 1234",
    "602 24 NORRKÖPING",
    "SVERIGE",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One letter of the matrix."""

    language: str
    stops: int
    pauses: int
    moved: bool
    long_names: bool
    long_address: bool

    def __str__(self) -> str:
        """Such as `so 6 stops 4 pauses moved`."""
        marks = [mark for mark in ("moved", "long_names", "long_address") if getattr(self, mark)]
        return " ".join([self.language, f"{self.stops} stops {self.pauses} pauses", *marks])


def cases() -> Iterator[Case]:
    """All of them; a day of n meetings has fewer than n pauses."""
    yes_no = (False, True)
    for language, stops, moved, names, address in product(LANGUAGES, range(1, 7), yes_no, yes_no, yes_no):
        for pauses in range(min(4, stops - 1) + 1):
            yield Case(language, stops, pauses, moved, names, address)


def letter_of(case: Case) -> Letter:
    """The letter, in each of its languages."""
    letter = sample_letter(case.language, stops=case.stops, contact=CARD if case.stops % 2 else None)
    return Letter(tuple(_page(page, case) for page in letter.pages))


def _page(page: Page, case: Case) -> Page:
    page = replace(page, line=tuple(_line(page, case)))
    if case.moved:
        page = replace(page, version=2, changes=_changes(page))
    if case.long_names:
        page = replace(page, recipient=LONG_NAME, adults=2, children=6)
    if case.long_address:
        page = replace(page, address=LONG_ADDRESS)
    return page


def _line(page: Page, case: Case) -> Iterator[LetterStop | Pause]:
    ended = None
    for number, stop in enumerate(page.stops):
        if ended and number <= case.pauses:
            yield Pause(ended, stop.starts_at, lunch=number == 3)
        ended = stop.ends_at
        yield replace(stop, names=PARTY) if case.long_names and stop.names else stop


def _changes(page: Page) -> tuple[str, ...]:
    day = date(2026, 12, 9)
    with override(page.language):
        return (
            _("New day: %(new)s. The old day was %(old)s.")
            % {
                "new": dates.full_date(day, page.language),
                "old": dates.full_date(day - timedelta(days=7), page.language),
            },
            _("The first meeting begins at %(new)s. It was %(old)s.") % {"new": "09:15", "old": "10:00"},
            _("New place: %(place)s.") % {"place": f"{page.place.street}, Norrköping"},
        )
