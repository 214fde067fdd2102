"""A rule of attendance holds from a day on, ends the former one, and shows first what is booked already."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.rules.dated import RulesKeptByOthers
from agencies.secrecy.context import acting_as, viewer_of
from agencies.sites.saving import ValueNotAllowed
from bookings.attendance.ahead import chains_ahead
from bookings.attendance.change_rules import NewRule, add_rule
from bookings.attendance.queries import hard_orders, rules_in_force
from bookings.attendance.rules import required_meetings
from bookings.models import AttendanceRule, LegalBasis, Precedence, Track
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, SiteDayFactory, UserFactory
from tests.factories.bookings import FAMILY_OF_FOUR, ChainFactory, PartyFactory

pytestmark = pytest.mark.django_db
PAGE = "/rules/attendance/"
LOOK, MAKE = {"do": "look"}, {"do": "make"}


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def rule(*tracks: int, **more: Any) -> NewRule:
    values: dict[str, Any] = {
        "agency_code": "FK",
        "tracks": list(Track.objects.filter(number__in=tracks or (1, 2, 3))),
        "concerns": "members",
        "min_age": 18,
        "max_age": 64,
        "is_default": True,
        "may_be_switched": True,
        "who": "concerned",
        "valid_from": ahead(),
    }
    return NewRule(**values | more)


def add(new: NewRule) -> list[AttendanceRule]:
    return add_rule(rule=new, by=SecretariatFactory(), at=timezone.now())


def of(code: str = "FK") -> list[tuple[list[int], int | None, date | None]]:
    """Tracks, greatest age and last day of each rule of the agency, by when it begins."""
    rules = (
        AttendanceRule.objects.filter(agency_code=code)
        .order_by("valid_from", "pk")
        .prefetch_related("tracks")
    )
    return [([track.number for track in one.tracks.all()], one.max_age, one.valid_to) for one in rules]


def is_met(code: str, on: date, *, track: int = 1, births=(date(1950, 1, 1),)) -> bool:
    found = required_meetings(rules_in_force(), tuple(births), track=track, day=on)
    return code in {meeting.agency for meeting in found}


def test_a_new_rule_ends_the_former_one_the_day_before():
    add(rule())
    assert of() == [([1, 2, 3], None, ahead(29)), ([1, 2, 3], 64, None)]
    assert is_met("FK", ahead(29))
    assert not is_met("FK", ahead(30))


def test_for_other_tracks_the_former_rule_goes_on():
    add(rule(1))
    assert of() == [([2, 3], None, None), ([1], None, ahead(29)), ([1], 64, None)]
    assert not is_met("FK", ahead(30), track=1)
    assert is_met("FK", ahead(30), track=2)


def test_a_new_rule_holds_until_the_next_one_that_is_there_already():
    add(rule(valid_from=ahead(60), max_age=70))
    add(rule())
    assert of() == [
        ([1, 2, 3], None, ahead(29)),
        ([1, 2, 3], 64, ahead(59)),
        ([1, 2, 3], 70, None),
    ]


def test_a_later_rule_of_one_track_ends_the_new_one_in_that_track_alone():
    add(rule(1, valid_from=ahead(60), max_age=70))
    add(rule(1, 2))
    assert is_met("FK", ahead(90), track=2, births=[date(1990, 1, 1)])
    found = {(tuple(tracks), oldest, last) for tracks, oldest, last in of()}
    assert {((1,), 64, ahead(59)), ((2,), 64, None), ((1,), 70, None)} <= found


def test_a_rule_that_is_not_in_force_yet_is_replaced_from_the_same_day():
    add(rule())
    add(rule(max_age=50))
    assert of() == [([1, 2, 3], None, ahead(29)), ([1, 2, 3], 50, None)]


@pytest.mark.parametrize("wrong", [{"valid_from": 0}, {"valid_from": -1}, {"min_age": 70}])
def test_nothing_is_changed_backwards_or_the_wrong_way_round(wrong):
    if "valid_from" in wrong:
        wrong = {"valid_from": ahead(wrong["valid_from"])}
    before = of()
    with pytest.raises(ValueNotAllowed):
        add(rule(**wrong))
    assert of() == before


def test_only_the_secretariat_changes_whom_a_party_meets():
    with pytest.raises(RulesKeptByOthers):
        add_rule(rule=rule(), by=ManagerFactory(), at=timezone.now())


@pytest.fixture
def booked(acting) -> None:
    """Seven families of four and a couple of old people, booked in track 1, and one family before."""
    caseworker = UserFactory()
    with acting(caseworker):
        for days, births in [*[(40, FAMILY_OF_FOUR)] * 7, (40, (date(1940, 1, 1),)), (10, FAMILY_OF_FOUR)]:
            party = PartyFactory(registered_by=caseworker, members=births)
            ChainFactory(party=party, site_day=SiteDayFactory(date=ahead(days)), booked_by=caseworker)


def counted(by, **asked: Any) -> list[tuple[str, int]]:
    with acting_as(viewer_of(by)):
        return [(one.where, one.number) for one in chains_ahead(first=ahead(), **asked)]


def test_what_lies_ahead_is_counted_by_site_track_age_and_legal_basis(booked):
    office = SecretariatFactory()
    basis = LegalBasis.objects.get(code="UTL-5-1").pk
    for asked, number in (
        ({}, 8),
        ({"least": 80}, 1),
        ({"least": 5, "most": 17}, 7),
        ({"tracks": [1]}, 8),
        ({"legal_basis": basis}, 8),
    ):
        assert counted(office, **asked) == [("Norrköping", number)], asked
    for none in ({"tracks": [3]}, {"legal_basis": basis + 1}, {"least": 100}, {"last": ahead(35)}):
        assert counted(office, **none) == []


def test_nobody_but_the_secretariat_counts_across_the_walls(booked):
    assert counted(ManagerFactory()) == []


def test_the_page_shows_whom_it_touches_before_it_makes_the_change(booked):
    office = browser_of(SecretariatFactory())
    tracks = [str(track.pk) for track in Track.objects.all()]
    typed = {
        "agency_code": "FK",
        "tracks": tracks,
        "concerns": "members",
        "min_age": "18",
        "max_age": "64",
        "who": "concerned",
        "is_default": "on",
        "valid_from": str(ahead()),
    }
    first = office.post(PAGE, typed | LOOK)
    assert "Norrköping: 8" in words_of(first)
    assert len(of()) == 1
    assert office.post(PAGE, typed | MAKE)["Location"] == PAGE
    assert len(of()) == 2
    assert office.post(PAGE, typed | {"valid_from": str(ahead(0))} | LOOK).status_code == 422


def test_a_rule_is_ended_and_the_agency_is_met_no_more():
    office = browser_of(SecretariatFactory())
    address = f"{PAGE}{AttendanceRule.objects.get(agency_code='KOM').pk}/"
    assert office.post(address, {"last": str(ahead(-1))} | MAKE).status_code == 422
    assert office.post(address, {"last": str(ahead())} | LOOK).status_code == 200
    assert office.post(address, {"last": str(ahead())} | MAKE)["Location"] == PAGE
    assert is_met("KOM", ahead(30))
    assert not is_met("KOM", ahead(31))
    assert office.post(address, {"last": str(ahead(40))} | MAKE).status_code == 422


def order_typed(
    before: str = "AF", after: str = "PM", days: int = 30, *, hard: bool = True
) -> dict[str, str]:
    track = str(Track.objects.get(number=1).pk)
    typed = {"track": track, "before": before, "after": after, "valid_from": str(ahead(days))}
    return typed | ({"is_hard": "on"} if hard else {})


def pairs_on(day: date) -> set[tuple[str, str]]:
    """The orders of track 1 that are never broken on the day, but for those of MIG."""
    hard = hard_orders(Track.objects.get(number=1).pk, on=day)
    return {pair for pair in hard if pair[0] != "MIG"}


def test_an_order_holds_from_a_day_on_until_it_is_ended(booked):
    office, page = browser_of(SecretariatFactory()), "/rules/orders/"
    assert "Norrköping: 8" in words_of(office.post(page, order_typed() | LOOK))
    assert office.post(page, order_typed() | MAKE)["Location"] == page
    assert [pairs_on(ahead(n)) for n in (29, 30)] == [set(), {("AF", "PM")}]
    order = Precedence.objects.get(track__number=1, before="AF", after="PM")
    address = f"{page}{order.pk}/"
    assert office.post(address, {"last": str(ahead(20))} | MAKE).status_code == 422
    assert "Norrköping: 8" in words_of(office.post(address, {"last": str(ahead(39))} | LOOK))
    assert office.post(address, {"last": str(ahead(35))} | MAKE)["Location"] == page
    assert [pairs_on(ahead(n)) for n in (35, 36)] == [{("AF", "PM")}, set()]
    assert office.post(page, order_typed(days=36) | MAKE)["Location"] == page


def test_an_order_never_runs_in_a_circle_on_any_day():
    office, page = browser_of(SecretariatFactory()), "/rules/orders/"
    assert office.post(page, order_typed() | MAKE)["Location"] == page
    for before, after, days in (
        ("PM", "AF", 30),
        ("PM", "AF", 10),  # it would on day 30
        ("PM", "SKV", 40),
        ("AF", "AF", 40),
        ("AF", "PM", 40),
        ("AF", "PM", 10),
        ("KOM", "PM", 0),
    ):
        for step in (LOOK, MAKE):
            assert office.post(page, order_typed(before, after, days) | step).status_code == 422
    Precedence.objects.filter(before="AF", after="PM").update(valid_to=ahead(35))
    assert office.post(page, order_typed("PM", "AF", 36) | MAKE)["Location"] == page
    assert [pairs_on(ahead(n)) for n in (35, 36)] == [{("AF", "PM")}, {("PM", "AF")}]


def test_whether_an_order_may_be_broken_changes_from_a_day_on():
    office, page = browser_of(SecretariatFactory()), "/rules/orders/"
    assert office.post(page, order_typed("SKV", "AF") | MAKE)["Location"] == page
    orders = Precedence.objects.filter(track__number=1, before="SKV", after="AF")
    assert list(orders.values_list("is_hard", "valid_to")) == [(False, ahead(29)), (True, None)]


def test_the_database_refuses_a_second_order_without_an_end():
    one = Precedence.objects.filter(valid_to=None)[0]
    with pytest.raises(IntegrityError, match="precedence_once_per_pair"), transaction.atomic():
        Precedence.objects.create(track=one.track, before=one.before, after=one.after, valid_from=ahead())
    with pytest.raises(IntegrityError, match="precedence_begins_before_it_ends"), transaction.atomic():
        Precedence.objects.filter(pk=one.pk).update(valid_to=date(2015, 1, 1))


def test_one_can_say_whom_a_party_met_on_a_day_and_who_changed_it():
    office = browser_of(SecretariatFactory(first_name="Karin", last_name="Öst"))
    add(rule())
    then = [words_of(office.get(f"{PAGE}?on={ahead(n)}")).partition("What holds now")[0] for n in (29, 30)]
    assert ["18–64" in words for words in then] == [False, True]
    new = AttendanceRule.objects.get(agency_code="FK", max_age=64)
    assert office.post(f"{PAGE}{new.pk}/", {"last": str(ahead(60))} | MAKE)["Location"] == PAGE
    told = words_of(office.get(PAGE)).partition("Who changed what")[2]
    assert "Karin Öst" in told
    assert f"Valid to: – → {ahead(60)}" in told


def test_a_legal_basis_is_added_and_ended(booked):
    office = browser_of(SecretariatFactory())
    page = "/rules/legal-bases/"
    typed = {
        "code": "UTL-5-9",
        "paragraph": "5 kap. 9 §",
        "meaning_sv": "ny grund",
        "meaning_en": "a new ground",
        "default_track": str(Track.objects.get(number=2).pk),
        "valid_from": str(ahead()),
    }
    assert office.post(page, typed | MAKE)["Location"] == page
    assert LegalBasis.objects.get(code="UTL-5-9").valid_from == ahead()
    assert office.post(page, typed | MAKE).status_code == 422
    old = LegalBasis.objects.get(code="UTL-5-1")
    first = office.post(f"{page}{old.pk}/", {"last": str(ahead())} | LOOK)
    assert "Norrköping: 8" in words_of(first)
    assert office.post(f"{page}{old.pk}/", {"last": str(ahead())} | MAKE)["Location"] == page
    old.refresh_from_db()
    assert old.valid_to == ahead()
