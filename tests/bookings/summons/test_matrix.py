"""Each letter's first page holds what a family needs, whole, in the largest type that has room."""

from random import Random

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from bookings.summons.letter import Letter
from bookings.summons.pdf import LaidOut, printer
from bookings.summons.render import printable
from bookings.summons.static_files import static_file
from tests.bookings.summons.letter_matrix import Case, cases, letter_of
from tests.bookings.summons.paper import marks_of, missing_from, off_the_paper, overlaps

SAMPLE = Random(9).sample(list(cases()), 6)
HARDEST = [
    Case("so", 6, 4, moved=True, long_names=False, long_address=False),
    Case("ar", 5, 1, moved=False, long_names=False, long_address=True),
    Case("ti", 4, 2, moved=False, long_names=True, long_address=False),
]


def laid_out(letter: Letter) -> LaidOut:
    return printer(static_file("tokens.css").parent).lay_out(printable(letter))


def faults_of(letter: Letter, found: LaidOut) -> list[str]:
    """What is wrong with the pages before the sheet, in words."""
    faults = []
    for number, page in enumerate(letter.pages):
        marks = marks_of(found.document.pages[number])
        with override(page.language):
            words = [
                _("When"),
                _("Where"),
                _("Interpreter"),
                dates.day_month_year(page.arrive_at.date(), page.language),
            ]
        faults += [f"{page.language} misses {word}" for word in missing_from(marks, page, words=words)]
        faults += [f"{page.language} {one!r} over {other!r}" for one, other in overlaps(marks)]
        faults += [f"{page.language} {what!r} off the paper" for what in off_the_paper(marks)]
    if len(found.tried["page-1"][found.sizes["page-1"]].pages) > 1:
        faults.append("the first page is two")
    return faults


@pytest.mark.parametrize("case", [*HARDEST, *SAMPLE], ids=str)
def test_each_letters_first_page_is_whole(case: Case) -> None:
    letter = letter_of(case)
    assert faults_of(letter, laid_out(letter)) == []
