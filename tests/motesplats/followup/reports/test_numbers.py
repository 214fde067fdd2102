"""The sums of a day report, and what differs from attendance."""

from motesplats.followup.reports.numbers import DayNumbers, differences, disagreements, name_of
from tests.motesplats.followup.reports.conftest import numbers


def test_sums_that_agree_are_silent():
    assert disagreements(numbers()) == {}
    assert disagreements(DayNumbers()) == {}


def test_each_sum_that_differs_from_the_persons_is_told():
    found = disagreements(numbers(people={("track", "2"): 1, ("mode", "remote"): 2}))
    assert set(found) == {"track", "mode"}
    assert "15" in found["track"][0]
    assert "14" in found["track"][0]
    assert "16" in found["mode"][0]


def test_there_are_no_more_parties_than_persons_and_no_persons_without_a_party():
    assert set(disagreements(numbers(parties=15))) == {"parties"}
    assert set(disagreements(numbers(parties=0))) == {"parties"}


def test_what_is_told_within_tracks_agrees_with_the_rest():
    wrong = disagreements(
        numbers(people={("track_sex_age", "1|F|18-64"): 9, ("track_sex_age", "1|M|18-64"): 5})
    )
    assert wrong["track_sex_age"] == [
        "Women, 18–64 years: within the tracks they are 9 persons, else 8.",
        "Men, 18–64 years: within the tracks they are 5 persons, else 6.",
    ]


def test_what_differs_is_told_with_both_numbers_and_a_name():
    found = differences(numbers(), numbers(women=9, totals={"no_shows": 1}))
    assert found == {
        ("sex_age", "F|18-64"): (8, 9),
        ("track", "1"): (14, 15),
        ("mode", "main"): (14, 15),
        ("", "no_shows"): (0, 1),
    }
    assert name_of(("sex_age", "F|18-64"))
    assert name_of(("", "no_shows"))
