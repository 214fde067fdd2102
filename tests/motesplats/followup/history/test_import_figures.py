"""Published figures are imported all or not at all; what is replaced stays with the reason."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.web.roles import NotForYourRole
from agencies.web.whole_file import FileNotUsable
from motesplats.followup.history import sums
from motesplats.followup.history.import_figures import (
    Imported,
    WhyReplacedWrong,
    import_figures,
)
from motesplats.followup.history.published import FILE, import_published
from motesplats.models import ImportedFigure
from tests.factories.agencies import ManagerFactory, SecretariatFactory
from tests.together import Together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HEADER = "figure_name;year;site_scope;value;unit;seed;section;note\n"
GOOD = "sites;2016-07;pilot;5;sites;001;1.3;\n"


def read(rows: str, *, encoding: str = "utf-8", **more) -> Imported:
    return import_figures(content=(HEADER + rows).encode(encoding), by=None, at=timezone.now(), **more)


def mistakes(rows: str) -> list[tuple[int, str]]:
    with pytest.raises(FileNotUsable) as refusal:
        read(rows)
    assert not ImportedFigure.objects.exists(), "Nothing is half imported."
    return [(one.row, one.column) for one in refusal.value.rows]


def test_the_reports_figures_are_imported_as_they_are_printed():
    assert import_published(at=timezone.now()) == 106
    assert ImportedFigure.objects.count() == 106
    found = ImportedFigure.objects.get(name="participants total", period="2016-2018")
    assert (found.printed, found.number, found.source) == ("24831", Decimal(24831), "001")
    words = ImportedFigure.objects.get(name="length of process at mötesplats")
    assert (words.printed, words.number) == ("some hours", None)
    assert ImportedFigure.objects.get(printed="3.9", period="2018-02").number == Decimal("3.9")
    assert import_published(at=timezone.now()) == 0


def test_the_same_file_again_changes_nothing():
    import_published(at=timezone.now())
    done = import_figures(content=FILE.read_bytes(), by=None, at=timezone.now())
    assert done == Imported(added=0, replaced=0, unchanged=106)


def test_windows_1252_and_a_decimal_comma_are_read():
    read(
        "deltagare på mötesplatser;2017;27 platser;12 525;persons;001;3.2;från enkäten\n"
        "medelvärde;2018;Östersund;3,9;7-grade scale;004;;\n",
        encoding="cp1252",
    )
    assert [(one.name, one.number) for one in ImportedFigure.objects.order_by("pk")] == [
        ("deltagare på mötesplatser", Decimal(12525)),
        ("medelvärde", Decimal("3.9")),
    ]


PARTS = (
    "participants at mötesplatser;2016;5 sites;860;persons;001;;\n"
    "participants at mötesplatser;2017;27 sites;12525;persons;001;;\n"
    "participants at mötesplatser;2018;27 sites;11446;persons;001;;\n"
)


def test_three_parts_that_do_not_add_up_to_the_total_are_refused():
    with pytest.raises(FileNotUsable) as refusal:
        read(GOOD + PARTS + "participants total;2016-2018;all sites;24832;persons;001;;\n")
    assert [(one.row, one.column) for one in refusal.value.rows] == [(6, "value")]
    assert "860 + 12525 + 11446" in refusal.value.rows[0].message
    assert "24831" in refusal.value.rows[0].message
    assert not ImportedFigure.objects.exists()


def test_a_total_is_compared_with_parts_that_stand_here_already():
    read(PARTS)
    with pytest.raises(FileNotUsable):
        read("participants total;2016-2018;all sites;24832;persons;001;;\n")
    assert read("participants total;2016-2018;all sites;24 831;persons;001;;\n").added == 1


def test_a_total_of_which_a_part_is_missing_cannot_be_judged():
    parts = PARTS.splitlines(keepends=True)[1:]
    assert read("".join(parts) + "participants total;2016-2018;all sites;24831;persons;001;;\n").added == 3


def test_an_addition_in_the_note_is_checked():
    assert mistakes(GOOD + "total;2016;x;10;persons;001;;= 3+3+3\n") == [(3, "value")]
    assert read("total;2016;x;9;persons;001;;= 3+3+3, checks\n").added == 1


def test_women_and_men_are_at_most_a_hundred_per_cent_but_may_be_less():
    shares = "share women of participants;2017;27 sites;{};percent;001;;\n"
    men = "share men of participants;2017;27 sites;59;percent;001;;\n"
    assert mistakes(shares.format(42) + men) == [(2, "value"), (3, "value")]
    assert read(shares.format(39) + men).added == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";2016;pilot;5;sites;001;;", "figure_name"),
        ("sites;;pilot;5;sites;001;;", "year"),
        ("sites;2016;pilot;5;;001;;", "unit"),
        ("sites;2016;pilot;5;sites;;;", "seed"),
        ("sites;2016;pilot;five;sites;001;;", "value"),
        ("sites;2016;pilot;-5;sites;001;;", "value"),
        ("people;2016;pilot;12,525;persons;001;;", "value"),
        ("share;2016;pilot;101;percent;001;;", "value"),
        ("money;2016;pilot;999999999999;SEK;001;;", "value"),
        ("a\u202eb;2016;pilot;5;sites;001;;", "figure_name"),
        (f"{'a' * 121};2016;pilot;5;sites;001;;", "figure_name"),
        ("sites;2016;pilot;5;sites;001;;\nsites;2016;pilot;6;sites;001;;", "figure_name"),
        ("sites;2016;pilot;5;sites;001;;note;and more", ""),
    ],
)
def test_of_a_file_with_a_mistake_nothing_is_saved(row, column):
    assert {found for _row, found in mistakes(f"{GOOD}{row}\n")} == {column}


@pytest.mark.parametrize(
    "content", [b"", b"figure;year\n", HEADER.encode(), b"\0\0", b"PK\x03\x04no workbook"]
)
def test_unknown_columns_and_no_rows_are_refused(content):
    with pytest.raises(FileNotUsable):
        import_figures(content=content, by=None, at=timezone.now())


def test_an_empty_value_is_no_data():
    read("share women of participants;2016;5 sites;;percent;001;;\n")
    assert ImportedFigure.objects.get().number is None


def test_another_value_needs_a_reason_and_both_are_kept():
    read(GOOD)
    other = GOOD.replace(";5;", ";6;")
    with pytest.raises(FileNotUsable) as refusal:
        read(other)
    assert "It stands here as 5." in refusal.value.rows[0].message
    assert read(other, why="Counted again") == Imported(added=0, replaced=1, unchanged=0)
    former, now = ImportedFigure.objects.order_by("pk")
    assert (former.printed, former.replaced_at) == ("5", timezone.now())
    assert (now.printed, now.why, now.replaced_at) == ("6", "Counted again", None)


def test_a_reason_with_hidden_characters_is_refused():
    with pytest.raises(WhyReplacedWrong):
        read(GOOD, why="a\u200bb")


def test_only_the_secretariat_imports():
    content = (HEADER + GOOD).encode()
    with pytest.raises(NotForYourRole):
        import_figures(content=content, by=ManagerFactory(), at=timezone.now())
    eva = SecretariatFactory()
    import_figures(content=content, by=eva, at=timezone.now())
    assert ImportedFigure.objects.get().imported_by == eva


def test_the_command_imports_and_says_which_rows_are_wrong(tmp_path, capsys):
    call_command("import_figures")
    assert "106 new, 0 replaced, 0 as before." in capsys.readouterr().out
    file = tmp_path / "wrong.csv"
    file.write_text(HEADER + "sites;2016;pilot;five;sites;001;;\n")
    with pytest.raises(CommandError, match="row 2 value: Write a number"):
        call_command("import_figures", file)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_figures", tmp_path / "none.csv")


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_each_figure_stands_once():
    with Together(2) as together:
        together.do(*[lambda: read(GOOD + PARTS)] * 2)
    assert ImportedFigure.objects.count() == 4


def test_too_many_rows_are_refused_before_they_are_compared(monkeypatch):
    def compared(figures):
        raise AssertionError

    monkeypatch.setattr("motesplats.followup.history.import_figures.wrong_sums", compared)
    assert mistakes("share women of x;2017;s;40;percent;1;;\n" * 5001) == [(1, "")]


def test_the_sums_of_many_rows_are_looked_through_once(monkeypatch):
    class Counted:
        """A pattern that counts how often it is tried."""

        def __init__(self, pattern) -> None:
            self.pattern, self.tried = pattern, 0

        def fullmatch(self, text: str):
            self.tried += 1
            return self.pattern.fullmatch(text)

    patterns = {name: Counted(getattr(sums, name)) for name in ("SHARE", "TOTAL", "YEAR")}
    for name, pattern in patterns.items():
        monkeypatch.setattr(sums, name, pattern)
    read(
        "".join(
            f"share {who} of x{n};2017;s;40;percent;1;;\n" for n in range(300) for who in ("men", "women")
        )
    )
    assert {pattern.tried <= 2 * 600 for pattern in patterns.values()} == {True}
