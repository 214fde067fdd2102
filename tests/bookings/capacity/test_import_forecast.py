"""A forecast's file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.web.csv_rows import RowError
from agencies.web.whole_file import FileNotUsable
from bookings.capacity.forecast_file import COLUMNS, month_of, read_forecast
from bookings.capacity.import_forecast import import_forecast
from bookings.models import Forecast
from tests.bookings.capacity.conftest import FINSPANG
from tests.factories.agencies import the_site
from tests.moment import NOW

HEAD = ";".join(COLUMNS)


def file_of(*rows, head=HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode("utf-8-sig")


@pytest.fixture
def read_in(coordinator):
    return lambda *rows: import_forecast(site=the_site(), content=file_of(*rows), by=coordinator, at=NOW)


def wrong_in(refusal) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in refusal.value.rows]


def test_municipalities_are_named_by_code_or_name_as_a_spreadsheet_leaves_them(read_in):
    assert (
        read_in("0581;2026-12;30;40;50;Migrationsverket", "562;2026-12-01;1;2;3;", "finspång;2027-01;0;0;4;")
        == 3
    )
    found = Forecast.objects.values_list("municipality__code", "month", "likely", "source")
    assert set(found) == {
        ("0581", date(2026, 12, 1), 40, "Migrationsverket"),
        (FINSPANG, date(2026, 12, 1), 2, ""),
        (FINSPANG, date(2027, 1, 1), 0, ""),
    }


def test_one_wrong_row_saves_nothing_and_is_told_by_row_and_column(read_in):
    with pytest.raises(FileNotUsable) as refusal:
        read_in(
            "0581;2026-12;30;40;50;",
            "0180;2026-12;1;2;3;",
            "0562;2026-13;1;2;3;",
            "0562;2026-12;5;4;x;",
            "0562;2026-12;5;4;9;",
            "0581;2026-12;1;2;3;",
            "0562;2026-01;1;2;3;",
            ";;1;;;",
            "0581;2027-01;1;2;3;a;b",
        )
    assert wrong_in(refusal) == [
        (3, "municipality"),
        (4, "month"),
        (5, "highest"),
        (6, "likely"),
        (7, "month"),
        (8, "month"),
        (9, "highest"),
        (9, "likely"),
        (9, "month"),
        (9, "municipality"),
        (10, ""),
    ]
    assert not Forecast.objects.exists()


def test_a_row_without_numbers_says_nothing_and_a_file_without_rows_is_refused(read_in):
    assert read_in("0581;2026-12;;;;", "0581;2027-01;1;2;3;") == 1
    with pytest.raises(FileNotUsable):
        read_in("0581;2026-12;;;;")


def test_another_header_is_refused_with_the_right_one(coordinator):
    assert read_forecast(file_of(head="kommun;2026"))[1][0].row == 1


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2027-01", date(2027, 1, 1)),
        ("2027-01-01", date(2027, 1, 1)),
        ("2027-01-02", None),
        ("2027-00", None),
    ],
)
def test_a_month_is_written_as_such(cell, month):
    assert month_of(cell) == month


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_row_of_whatever_text_is_more_than_wrong(cells):
    rows, errors = read_forecast(file_of(";".join(cells)))
    assert all(isinstance(error, RowError) for error in errors)
    assert all(0 <= row.lowest <= row.likely <= row.highest for row in rows)
