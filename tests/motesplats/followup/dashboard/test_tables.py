"""A table as it is saved: the unit that all of a column share stands in its title."""

from decimal import Decimal

from motesplats.followup.dashboard.tables import Table, TableCell, TableRow

PERCENT = TableCell(Decimal(25), unit="%")
SHARE_OF_ALL = TableRow("Share", [PERCENT])


def title(*rows: TableCell) -> object:
    named = [TableRow(str(number), [cell]) for number, cell in enumerate(rows)]
    return Table("x", "X", ["Who", "number"], named, feet=[SHARE_OF_ALL]).saved_rows()[0][1]


def test_a_unit_stands_in_the_title_if_all_numbers_have_it():
    assert title(PERCENT, TableCell()) == "number (%)"
    assert title(PERCENT, TableCell(is_hidden=True)) == "number (%)"


def test_where_numbers_differ_or_all_are_hidden_the_title_has_none():
    assert title(TableCell(Decimal(8)), TableCell(is_hidden=True)) == "number"
    assert title(TableCell(is_hidden=True)) == "number"
