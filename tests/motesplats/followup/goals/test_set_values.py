"""Numbers of series: the last that was written counts, and none goes."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from agencies.web.roles import NotForYourRole
from agencies.web.whole_file import FileNotUsable
from motesplats.followup.goals.import_values import import_values
from motesplats.followup.goals.queries import (
    default_series,
    denominator_for,
    series_values,
    values_by_site,
)
from motesplats.followup.goals.set_values import NewValue, SeriesValueWrong, set_values
from motesplats.models import SeriesValue
from tests.factories.agencies import ManagerFactory
from tests.factories.goals import permits, say

pytestmark = pytest.mark.django_db
HEADER = "series;site;year;month;value;source;fetched_on\n"


def test_the_last_counts_and_the_former_stays(eva):
    assert say(1200, eva, month=1) == 1
    assert say(1200, eva, month=1) == 0, "It says nothing new."
    assert say(1180, eva, month=1) == 1
    assert series_values("permits", 2026)[1].value == 1180
    assert SeriesValue.objects.count() == 2


def test_nothing_written_can_be_changed_or_taken_away(eva):
    say(1200, eva)
    with pytest.raises(ProgrammingError), transaction.atomic():
        SeriesValue.objects.update(value=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        SeriesValue.objects.all().delete()


def test_only_the_secretariat_writes(eva):
    with pytest.raises(NotForYourRole):
        say(1200, ManagerFactory())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"year": 2027}, "year"),
        ({"year": 1999}, "year"),
        ({"month": 13}, "month"),
        ({"value": -1}, "value"),
        ({"source": ""}, "source"),
        ({"source": "a\u202eb"}, "source"),
        ({"source": "a" * 121}, "source"),
        ({"fetched_on": date(2026, 12, 1)}, "fetched_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(eva, values, field):
    given = {"year": 2026, "month": None, "value": 5, "source": "Migrationsverket"} | values
    with pytest.raises(SeriesValueWrong) as refusal:
        set_values(values=[NewValue(permits(), **given)], by=eva, at=timezone.now())
    assert list(refusal.value.errors) == [field]
    assert not SeriesValue.objects.exists()


def test_a_denominator_is_the_sum_of_its_months(eva):
    for month in (1, 2, 3):
        say(1000 + month, eva, month=month, ca=month == 2)
    found = denominator_for(permits(), first=date(2026, 1, 1), last=date(2026, 3, 31))
    assert found
    assert (found.value, found.is_approximate) == (3006, True)
    assert found.period.last == date(2026, 3, 31)
    assert found.name == permits().name
    assert denominator_for(permits(), first=date(2026, 1, 1), last=date(2026, 4, 30)) is None


def test_where_months_are_lacking_the_years_number_keeps_its_own_period(eva):
    say(71000, eva, year=2016, ca=True)
    found = denominator_for(permits(), first=date(2016, 7, 28), last=date(2016, 12, 31))
    assert found
    assert (found.value, found.period.first) == (71000, date(2016, 1, 1))


def test_half_a_month_has_no_denominator(eva):
    say(1200, eva, month=1)
    assert denominator_for(permits(), first=date(2026, 1, 10), last=date(2026, 1, 31)) is None


def test_of_more_than_a_year_there_is_no_denominator(eva):
    say(22000, eva, year=2017)
    assert denominator_for(permits(), first=date(2017, 1, 1), last=date(2018, 12, 31)) is None


def test_a_site_has_its_own_numbers(eva, norrkoping):
    say(1200, eva)
    say(60, eva, site=norrkoping)
    assert series_values("permits", 2026, site=norrkoping)[None].value == 60
    assert values_by_site("permits", [2026])[2026][None][None].value == 1200


def test_the_default_is_permits():
    assert default_series() == permits()


def test_a_file_is_read_in(eva):
    content = (
        HEADER
        + "permits;;2016;;ca 71 000;Slutrapporten;\n"
        + "permits;Norrköping;2026;1;60;Migrationsverket;2026-11-01\n"
        + "permits;norrkoping;2026;02;61;Migrationsverket;\n"
    )
    assert import_values(content=content.encode("cp1252"), by=eva, at=timezone.now()) == 3
    assert import_values(content=content.encode(), by=eva, at=timezone.now()) == 0
    row = series_values("permits", 2016)[None]
    assert (row.value, row.is_approximate, row.source) == (71000, True, "Slutrapporten")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("visas;;2026;1;5;MIG;", "series"),
        (";;2026;1;5;MIG;", "series"),
        ("permits;Atlantis;2026;1;5;MIG;", "site"),
        ("permits;;26;1;5;MIG;", "year"),
        ("permits;;2030;1;5;MIG;", "year"),
        ("permits;;2026;13;5;MIG;", "month"),
        ("permits;;2026;1;5,5;MIG;", "value"),
        ("permits;;2026;1;12,525;MIG;", "value"),
        ("permits;;2026;1;many;MIG;", "value"),
        ("permits;;2026;1;-5;MIG;", "value"),
        ("permits;;2026;1;5;;", "source"),
        ("permits;;2026;1;5;MIG;2026-02-30", "fetched_on"),
        ("permits;;2026;3;5;MIG;\npermits;;2026;3;6;MIG;", "month"),
    ],
)
def test_of_a_file_with_a_mistake_nothing_is_saved(eva, row, column):
    content = f"{HEADER}permits;;2026;2;1200;MIG;\n{row}\n".encode()
    with pytest.raises(FileNotUsable) as refusal:
        import_values(content=content, by=eva, at=timezone.now())
    assert [one.column for one in refusal.value.rows] == [column]
    assert not SeriesValue.objects.exists()


@pytest.mark.parametrize(
    "content", ["", "series;year\n", HEADER, "\0\0", "series,site,year\npermits,,2026\n"]
)
def test_a_file_without_rows_or_with_other_columns_is_refused(eva, content):
    with pytest.raises(FileNotUsable):
        import_values(content=content.encode(), by=eva, at=timezone.now())
