"""The attendance rules of the reference data, applied to families of given ages on given days."""

from datetime import date

import pytest

from bookings.attendance.rules import Rule, is_adult, required_meetings
from bookings.models import AttendanceRule, LegalBasis, Precedence, Track
from tests.factories.bookings import FAMILY_OF_FOUR

DAY = date(2027, 5, 4)
COUPLE_OF_70_AND_68 = (date(1957, 1, 1), date(1959, 1, 1))


@pytest.fixture
def rules(db) -> list[Rule]:
    return [
        Rule(
            agency=row.agency_code,
            tracks=frozenset(track.number for track in row.tracks.all()),
            concerns_members=row.concerns == AttendanceRule.Concerns.MEMBERS,
            min_age=row.min_age,
            max_age=row.max_age,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            is_default=row.is_default,
            may_be_switched=row.may_be_switched,
            who=row.who,
        )
        for row in AttendanceRule.objects.prefetch_related("tracks")
    ]


def met(rules, births, *, track=1, day=DAY, **options) -> dict[str, tuple[str, tuple[int, ...]]]:
    found = required_meetings(rules, births, track=track, day=day, **options)
    return {meeting.agency: (meeting.who, meeting.members) for meeting in found}


def test_a_family_of_four_in_track_1(rules):
    assert met(rules, FAMILY_OF_FOUR) == {
        "AF": ("adults", (0, 1)),
        "FK": ("adults", (0, 1)),
        "KOM": ("one_adult", (0, 1)),
        "MIG": ("adults", (0, 1)),
        "SKV": ("everyone", (0, 1, 2, 3)),
    }


def test_a_couple_of_70_and_68_in_track_3(rules):
    assert met(rules, COUPLE_OF_70_AND_68, track=3) == {
        "FK": ("adults", (0, 1)),
        "KOM": ("one_adult", (0, 1)),
        "PM": ("adults", (0, 1)),
        "SKV": ("everyone", (0, 1)),
    }


@pytest.mark.parametrize("track", [2, 3])
def test_the_migration_agency_is_met_in_track_1_only(rules, track):
    assert "MIG" not in met(rules, FAMILY_OF_FOUR, track=track)


@pytest.mark.parametrize(
    ("day", "birth", "expected"),
    [
        (date(2022, 12, 31), date(2004, 12, 31), True),  # 18 on the last day of the older rule
        (date(2023, 1, 1), date(2003, 1, 2), False),  # 19 under the newer
        (DAY, date(2007, 5, 4), True),  # 20 that very day
        (DAY, date(2007, 5, 5), False),  # 20 the day after
        (DAY, date(1960, 5, 5), True),  # still 66
        (DAY, date(1960, 5, 4), False),  # 67 that very day
    ],
)
def test_arbetsformedlingen_is_met_by_age_on_the_day(rules, day, birth, expected):
    assert ("AF" in met(rules, (birth,), day=day)) is expected


@pytest.mark.parametrize(
    ("day", "age", "expected"),
    [
        (date(2022, 12, 31), 65, True),
        (date(2023, 1, 1), 65, False),
        (date(2025, 12, 31), 66, True),
        (date(2026, 1, 1), 66, False),
        (date(2026, 1, 1), 67, True),
        (date(2031, 12, 31), 67, True),
    ],
)
def test_pensionsmyndigheten_is_met_from_the_pension_age_of_the_year(rules, day, age, expected):
    birth = day.replace(year=day.year - age)
    assert ("PM" in met(rules, (birth,), day=day)) is expected


def test_only_members_of_the_right_age_come(rules):
    grandmother = date(1950, 1, 1)
    found = met(rules, (grandmother, *FAMILY_OF_FOUR))
    assert found["PM"] == ("concerned", (0,))
    assert found["AF"] == ("concerned", (1, 2))


def test_a_stop_is_switched_off_and_on(rules):
    assert "FK" not in met(rules, FAMILY_OF_FOUR, switched={"FK": False})
    assert met(rules, FAMILY_OF_FOUR, switched={"PM": True})["PM"] == ("adults", (0, 1))


def test_the_migration_agency_cannot_be_switched_off(rules):
    assert "MIG" in met(rules, FAMILY_OF_FOUR, switched={"MIG": False})


def test_switching_on_reaches_no_agency_outside_the_track(rules):
    assert "MIG" not in met(rules, FAMILY_OF_FOUR, track=2, switched={"MIG": True})


def test_the_order_of_rules_changes_nothing(rules):
    assert met(reversed(rules), FAMILY_OF_FOUR) == met(rules, FAMILY_OF_FOUR)


def test_the_length_is_counted_for_those_who_come(rules):
    persons = {
        meeting.agency: meeting.persons
        for meeting in required_meetings(rules, FAMILY_OF_FOUR, track=1, day=DAY)
    }
    assert persons == {"AF": 2, "FK": 2, "KOM": 1, "MIG": 2, "SKV": 4}


def test_adults_are_eighteen_on_the_day():
    assert is_adult(date(2009, 5, 4), DAY)
    assert not is_adult(date(2009, 5, 5), DAY)


@pytest.mark.django_db
def test_the_migration_agency_comes_first_and_that_is_hard():
    hard = Precedence.objects.filter(is_hard=True).values_list("track__number", "before", "after")
    assert set(hard) == {(1, "MIG", code) for code in ("AF", "FK", "KOM", "PM", "SKV")}


@pytest.mark.django_db
def test_registration_before_the_employment_service_is_preferred_in_every_track():
    soft = Precedence.objects.filter(is_hard=False).values_list("track__number", "before", "after")
    assert set(soft) == {(track, "SKV", "AF") for track in (1, 2, 3)}


@pytest.mark.django_db
def test_tracks_are_summoned_by_the_migration_agency_the_employment_service_and_the_municipality():
    assert dict(Track.objects.values_list("number", "summoned_by")) == {1: "MIG", 2: "AF", 3: "KOM"}


@pytest.mark.django_db
def test_a_legal_basis_knows_its_usual_track():
    assert LegalBasis.objects.count() == 8
    assert LegalBasis.objects.get(code="UTL-5-2").default_track.number == 3


@pytest.mark.parametrize(
    "day", [date(2016, 7, 28), date(2022, 12, 31), date(2023, 1, 1), date(2025, 12, 31), DAY]
)
@pytest.mark.parametrize("track", [1, 2, 3])
def test_at_every_age_from_twenty_one_meets_either_the_employment_service_or_the_pensions_agency(
    rules, day, track
):
    for age in range(20, 100):
        found = met(rules, (date(day.year - age, 1, 1),), day=day, track=track)
        assert len({"AF", "PM"} & set(found)) == 1, age


def parts(
    rules, own, births=FAMILY_OF_FOUR, agency="AF", **options
) -> dict[str, tuple[str, tuple[int, ...]]]:
    found = required_meetings(rules, births, track=1, day=DAY, own=own, **options)
    return {meeting.key: (meeting.who, meeting.members) for meeting in found if meeting.agency == agency}


def test_an_adult_who_asks_is_met_alone_and_the_others_without_that_adult(rules):
    assert parts(rules, [(1, "AF")]) == {"AF": ("concerned", (0,)), "AF:2": ("concerned", (1,))}
    assert parts(rules, [(1, "AF")], agency="FK") == {"FK": ("adults", (0, 1))}
    assert parts(rules, [(0, "SKV")], agency="SKV") == {
        "SKV": ("concerned", (1, 2, 3)),
        "SKV:1": ("concerned", (0,)),
    }


def test_two_who_ask_are_both_met_alone_and_nobody_is_left(rules):
    assert parts(rules, [(0, "AF"), (1, "AF")]) == {"AF:1": ("concerned", (0,)), "AF:2": ("concerned", (1,))}


def test_neither_a_child_nor_who_comes_alone_anyway_is_split_off(rules):
    whole = parts(rules, [], agency="SKV")
    assert parts(rules, [(2, "SKV")], agency="SKV") == whole
    alone = FAMILY_OF_FOUR[:1]
    assert parts(rules, [(0, "AF")], births=alone) == parts(rules, [], births=alone)


def test_each_part_is_as_long_as_its_own_persons_need(rules):
    found = required_meetings(rules, FAMILY_OF_FOUR, track=1, day=DAY, own=[(0, "SKV")])
    assert {one.key: one.persons for one in found if one.agency == "SKV"} == {"SKV": 3, "SKV:1": 1}
