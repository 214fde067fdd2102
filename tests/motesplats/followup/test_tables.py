"""The year's table and its quarters hide the same."""

from datetime import date

import pytest

from agencies.models import Site
from bookings.models import Figures
from motesplats.followup.pictures import HEIGHT, bars_of
from motesplats.followup.tables import OldMeasure, quarter_of, table_of

SITES = [Site(pk=1, name="Norrköping"), Site(pk=2, name="Malmö"), Site(pk=3, name="Örebro")]


def figures(*counts: tuple[int, int, int], people: int = 4) -> list[Figures]:
    """Site, month and parties; each of so many people, who hold twice as many meetings."""
    return [
        Figures(
            site=SITES[site - 1],
            month=date(2026, month, 1),
            parties=parties,
            people=parties * people,
            meetings=parties * 2,
            cancelled=0,
        )
        for site, month, parties in counts
    ]


@pytest.fixture
def table():
    found = figures((1, 1, 3), (1, 2, 20), (1, 7, 9), (2, 1, 10), (2, 2, 30), (2, 7, 8), (3, 2, 70))
    return table_of(found, measure=OldMeasure.PARTIES, year=2026)


def test_the_year_has_its_months_sites_and_totals(table):
    assert [month.month for month in table.months] == list(range(1, 13))
    assert [line.name for line in table.lines] == ["Norrköping", "Malmö", "Örebro"]
    assert [line.total for line in table.lines] == [32, 48, 70]
    assert table.country.counts[:2] == [13, 120]


def test_a_small_one_is_hidden_with_those_that_give_it_away(table):
    assert table.lines[0].counts[:7] == [None, 20, 0, 0, 0, 0, None]
    assert table.lines[1].counts[:7] == [None, 30, 0, 0, 0, 0, None]
    assert table.hides


def test_a_quarter_shows_no_cell_and_no_total_that_the_year_hides(table):
    winter, summer = quarter_of(table, 1), quarter_of(table, 3)
    assert [list(line.cells) for line in winter.lines] == [
        [None, 20, 0, None],
        [None, 30, 0, None],
        [0, 70, 0, 70],
    ]
    assert list(winter.country.cells) == [13, 120, 0, 133]
    assert [line.total for line in summer.lines] == [None, None, 0]
    assert not quarter_of(table, 2).hides


def test_many_meetings_of_few_people_are_hidden():
    found = figures((1, 1, 4), (1, 2, 9), (2, 1, 9), (2, 2, 9), people=1)
    table = table_of(found, measure=OldMeasure.MEETINGS, year=2026)
    assert table.lines[0].counts[0] is None
    assert table.lines[1].counts[1] is None


def test_bars_begin_at_nothing_and_leave_hidden_months_out():
    table = table_of(
        figures((1, 1, 40), (1, 2, 20), (1, 3, 2), (2, 3, 3)), measure=OldMeasure.PARTIES, year=2026
    )
    january, february, march, april, *_rest = bars_of(table)
    assert (january.count, january.height) == (40, HEIGHT)
    assert (february.count, february.height) == (None, 0)
    assert (march.count, march.height) == (None, 0)
    assert (april.count, april.height) == (0, 0)
