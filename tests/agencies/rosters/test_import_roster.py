"""Importing a roster: all of the file or nothing, and what is exported again changes nothing."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from agencies.models import Location, Resource, Shift, SiteDay
from agencies.rosters.import_file import COLUMNS
from agencies.rosters.import_roster import import_roster
from agencies.rosters.lists import file_rows, in_order, shifts_seen_by
from agencies.rosters.queries import desk_hours
from agencies.rosters.shifts import Duty, add_shifts, open_day
from agencies.web.csv_file import csv_file
from agencies.web.roles import NotForYourRole
from agencies.web.whole_file import MOST_ERRORS, FileNotUsable
from tests.agencies.rosters.conftest import TUESDAY, desk_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    LocationFactory,
    ManagerFactory,
    ResourceFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db
HEADER = ";".join(COLUMNS)


def row(user: str = "fk.anna", **changes: str) -> str:
    """A row of the file: a whole Tuesday of FK's Anna, changed as told."""
    cells = dict.fromkeys(COLUMNS, "") | {
        "date": TUESDAY.isoformat(),
        "site": "norrkoping",
        "agency": "FK",
        "user": user,
        "starts": "08:30",
        "ends": "16:00",
    }
    return ";".join((cells | changes).values())


def file(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def mistakes(*rows: str, **said) -> list[tuple[int, str]]:
    """Row and column of each mistake, of a file that is refused."""
    shifts = Shift.objects.count()
    with pytest.raises(FileNotUsable) as refused:
        import_roster(content=file(*rows), **said)
    assert Shift.objects.count() == shifts
    return [(error.row, error.column) for error in refused.value.rows]


def test_a_row_is_a_shift_that_offers_time_at_once(day, worker, said):
    created = import_roster(
        content=file(row(break_starts="12:00", break_ends="12:45", remote="true")), **said
    )
    assert created == (1, 0)
    shift = Shift.objects.get()
    assert (shift.resource, shift.remote, shift.state) == (desk_of(worker), True, Shift.State.APPROVED)
    assert shift.breaks.count() == 1


def test_other_hours_are_changed_and_the_same_ones_are_left(day, shift, said):
    same, other = file(row()), file(row(ends="15:00"))
    assert import_roster(content=same, **said) == (0, 0)
    assert import_roster(content=other, **said) == (0, 1)
    assert import_roster(content=other, **said) == (0, 0)
    assert Shift.objects.get().pk == shift.pk


def test_a_dry_run_says_what_would_come_of_it_and_saves_nothing(day, worker, said):
    assert import_roster(content=file(row()), dry_run=True, **said) == (1, 0)
    assert not Shift.objects.exists()


def test_a_user_name_is_found_however_it_is_written_and_an_interpreter_by_the_reference(day, worker, said):
    tolk = ResourceFactory(kind=Resource.Kind.INTERPRETER, reference="T-7K3M")
    content = file(row(user="FK.Anna"), row(user="t-7k3m", agency=""))
    assert import_roster(content=content, **said) == (2, 0)
    assert Shift.objects.filter(resource=tolk).exists()


def test_a_branch_is_named_by_its_own_name(norrkoping, worker, said):
    branch = LocationFactory(kind=Location.Kind.BRANCH, name="Filialen i Finspång")
    open_day(location=branch, day=TUESDAY)
    assert import_roster(content=file(row(location=branch.name)), **said) == (1, 0)
    assert Shift.objects.get().site_day.location == branch


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"date": "2026-12-09"}, "date"),
        ({"site": "ingenstans"}, "site"),
        ({"site": "malmo"}, "site"),
        ({"location": "Torget"}, "location"),
        ({"agency": "AF"}, "agency"),
        ({"agency": ""}, "agency"),
        ({"user": "nobody"}, "user"),
        ({"user": "host"}, "user"),
        ({"user": "gone"}, "user"),
        ({"user": "elsewhere"}, "user"),
        ({"starts": "07:00"}, "starts"),
        ({"ends": "17:00"}, "ends"),
    ],
)
def test_a_row_that_names_nothing_is_told_and_nothing_is_saved(day, worker, said, changes, column):
    HostFactory(username="host")
    UserFactory(agency="FK", username="gone", is_active=False)
    UserFactory(agency="FK", username="elsewhere", sites=[the_site("malmo")])
    UserFactory(agency="FK", username="fk.bo")
    assert mistakes(row(user="fk.bo"), row(**changes), **said) == [(3, column)]


def test_every_mistake_of_the_file_is_told_at_once_up_to_two_hundred(day, worker, said):
    assert mistakes(row(user="x", site="y"), row(starts="99:99"), row(), row(ends="23:00"), **said) == [
        (2, "site"),
        (2, "user"),
        (3, "starts"),
        (5, "ends"),
    ]
    assert len(mistakes(*[row(user="x")] * 300, **said)) == MOST_ERRORS


def test_a_mistake_is_told_in_the_readers_language(day, said):
    with override("sv"), pytest.raises(FileNotUsable) as refused:
        import_roster(content=file(row()), **said)
    assert "användarnamn" in refused.value.rows[0].message


def test_nobody_is_put_in_two_places_at_a_time(day, worker, said):
    branch = open_day(location=LocationFactory(kind=Location.Kind.BRANCH, name="Filial"), day=TUESDAY)
    add_shifts(site_day=branch, duties=[Duty(desk_of(worker), time(12), time(15))])
    assert mistakes(row(ends="13:00"), **said) == [(2, "starts")]
    assert import_roster(content=file(row(ends="12:00")), **said) == (1, 0)
    other = UserFactory(agency="FK", username="fk.bo")
    assert other
    assert mistakes(row("fk.bo", ends="12:00"), row("fk.bo", starts="11:00"), **said) == [(3, "starts")]


def test_the_same_row_twice_is_told(day, worker, said):
    assert mistakes(row(), row(), **said) == [(3, "starts")]


def test_a_manager_imports_drafts_of_own_people_and_no_others(day, worker, manager):
    ResourceFactory(kind=Resource.Kind.INTERPRETER, reference="T-7K3M")
    UserFactory(agency="AF", username="af.bo")
    said = {"by": manager, "at": NOW}
    assert mistakes(row(), row("af.bo", agency="AF"), row("T-7K3M", agency=""), **said) == [
        (3, "user"),
        (4, "user"),
    ]
    assert import_roster(content=file(row()), **said) == (1, 0)
    assert Shift.objects.get().state == Shift.State.DRAFT


@pytest.mark.parametrize("changes", [{}, {"ends": "15:00"}])
def test_a_coordinators_file_approves_the_drafts_that_it_names(day, worker, manager, said, changes):
    import_roster(content=file(row()), by=manager, at=NOW)
    assert import_roster(content=file(row(**changes)), dry_run=True, **said) == (0, 1)
    assert import_roster(content=file(row(**changes)), **said) == (0, 1)
    assert Shift.objects.get().state == Shift.State.APPROVED
    assert len(desk_hours([day], agencies=[worker.agency_id])) == 1
    assert import_roster(content=file(row(**changes)), **said) == (0, 0)


def test_a_managers_file_leaves_what_is_approved_and_what_is_a_draft_as_it_is(day, shift, manager):
    assert import_roster(content=file(row(ends="15:00")), by=manager, at=NOW) == (0, 1)
    assert Shift.objects.get().state == Shift.State.APPROVED
    Shift.objects.update(state=Shift.State.DRAFT)
    assert import_roster(content=file(row(ends="15:00")), by=manager, at=NOW) == (0, 0)
    assert import_roster(content=file(row()), by=manager, at=NOW) == (0, 1)
    assert Shift.objects.get().state == Shift.State.DRAFT


def test_other_hours_call_in_again_who_stood_by_and_was_released(day, shift, manager, said):
    for state, by in ((Shift.State.APPROVED, said["by"]), (Shift.State.DRAFT, manager)):
        Shift.objects.update(state=Shift.State.RELEASED, standby_until=TUESDAY)
        assert import_roster(content=exported(said["by"]), by=by, at=NOW) == (0, 0)
        assert Shift.objects.get().state == Shift.State.RELEASED
        ends = "15:00" if by == manager else "14:00"
        assert import_roster(content=file(row(ends=ends)), by=by, at=NOW) == (0, 1)
        found = Shift.objects.get()
        assert (found.state, found.standby_until) == (state, None)


def test_of_five_thousand_rows_the_one_wrong_date_is_told_and_nothing_saved(norrkoping, said):
    places = [LocationFactory(name=f"Filial {n}") for n in range(50)]
    days = [open_day(location=place, day=TUESDAY) for place in places]
    assert len(days) == 50
    users = [UserFactory(agency="FK", username=f"fk.{n}") for n in range(100)]
    rows = [
        row(
            user.username,
            location=place.name,
            starts=f"{9 + n // 10}:{n % 10 * 5:02}",
            ends=f"{9 + n // 10}:{n % 10 * 5 + 5:02}",
        )
        for user in users
        for n, place in enumerate(places)
    ]
    rows[2_500] = rows[2_500].replace("-12-08", "-02-30")
    assert mistakes(*rows, **said) == [(2_502, "date")]


@pytest.mark.parametrize("factory", [UserFactory, HostFactory])
def test_others_import_nothing(day, factory):
    with pytest.raises(NotForYourRole):
        import_roster(content=file(row()), by=factory(), at=NOW)


def exported(user) -> bytes:
    shifts = in_order(shifts_seen_by(user))
    return csv_file("shifts", [COLUMNS, *file_rows(shifts)]).content


SPANS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(102, 140), st.integers(1, 50), st.integers(0, 3), st.booleans()),
    max_size=12,
)


@hypothesis_settings(max_examples=25)
@given(SPANS)
def test_an_export_imported_again_changes_nothing(spans):
    """Whoever works when: person, start and length in slots of five minutes, a break or none, remote."""
    Shift.objects.all().delete()
    coordinator = CoordinatorFactory()
    site_day, _made = SiteDay.objects.get_or_create(
        location=main_place(the_site()),
        date=TUESDAY,
        defaults={
            "opens_at": NOW + timedelta(days=15, hours=-1),
            "closes_at": NOW + timedelta(days=15, hours=8),
        },
    )
    people = [desk_of(UserFactory(agency="FK")), desk_of(UserFactory(agency="AF"))]
    people.append(ResourceFactory(kind=Resource.Kind.INTERPRETER, reference=f"T-{coordinator.pk % 10000:04}"))
    midnight = site_day.opens_at
    for person, start, length, pause, remote in spans:
        starts_at = midnight + timedelta(minutes=5 * (start - 102))
        ends_at = starts_at + timedelta(minutes=5 * length)
        taken = Shift.objects.filter(resource=people[person], starts_at__lt=ends_at, ends_at__gt=starts_at)
        if not taken.exists():
            shift = Shift.objects.create(
                site_day=site_day,
                resource=people[person],
                starts_at=starts_at,
                ends_at=ends_at,
                remote=remote,
            )
            for n in range(pause if length > 2 * pause else 0):
                shift.breaks.create(
                    starts_at=starts_at + timedelta(minutes=10 * n),
                    ends_at=starts_at + timedelta(minutes=10 * n + 5),
                )
    content = exported(coordinator)
    assert import_roster(content=content, by=coordinator, at=NOW) == (0, 0)
    assert exported(coordinator) == content


def test_a_file_takes_as_many_queries_for_one_row_as_for_three(day, said):
    for n in range(4):
        UserFactory(agency="FK", username=f"fk.{n}")
    counts = []
    for rows in ([row("fk.0")], [row("fk.1"), row("fk.2"), row("fk.3")]):
        with CaptureQueriesContext(connection) as captured:
            import_roster(content=file(*rows), **said)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_manager_exports_own_people_only(day, shift):
    assert b"fk.anna" in exported(ManagerFactory(agency="FK"))
    assert b"fk.anna" not in exported(ManagerFactory(agency="AF"))
