"""The demo data of one small site for three days: seeded once, again, and again on the next day."""

import json
import stat
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from agencies.clock import STOCKHOLM, age_on, local
from agencies.models import Municipality, NamedOpener, Shift, Site, SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.attendance.profile import Profile
from bookings.interpreting.split import split_orders
from bookings.models import (
    Chain,
    Forecast,
    LegalBasis,
    Meeting,
    Message,
    Party,
    SummonsAnswer,
    Track,
)
from bookings.proposals.propose import propose
from interpreters.models import Agreement
from interpreters.orders.queries import orders
from motesplats.demo import past, rosters, staff
from motesplats.demo.data import DemoSite
from motesplats.demo.families import SHAPES, TRACKS, random_household
from motesplats.demo.loads import loads, percent
from motesplats.demo.rosters import AHEAD, working_days
from motesplats.followup.collect import collected
from motesplats.followup.viewer import FIGURES
from motesplats.management.commands import seed_demo
from motesplats.models import DayReport

MONDAY = datetime(2026, 11, 23, 7, tzinfo=STOCKHOLM)
SMALL = DemoSite(
    code="kalmar",
    postal="392 00 Kalmar",
    desks={"MIG": 2, "SKV": 2, "FK": 1, "AF": 2, "KOM": 2, "PM": 1},
    interpreters={"ar": 3, "prs": 2, "so": 2, "ti": 2},
    rooms=1,
)


@pytest.fixture
def seed(monkeypatch, settings, tmp_path):
    """Run the command for one small site and three days ahead."""
    for module in (seed_demo, staff):
        monkeypatch.setattr(module, "demo_sites", lambda: (SMALL,))
    for module in (seed_demo, rosters):
        monkeypatch.setattr(module, "AHEAD", 3)
    monkeypatch.setattr(past, "past_days", lambda today: [])
    # A year of every site takes its time; it has a test of its own.
    monkeypatch.setattr(seed_demo, "report_months", lambda at: 0)
    settings.DATA_DIR = tmp_path

    def run(at: datetime = MONDAY) -> str:
        said = StringIO()
        with time_machine.travel(at, tick=False):
            call_command("seed_demo", demo=True, stdout=said)
        return said.getvalue()

    return run


def everything() -> tuple:
    """What every agency of the demo has, and the rosters."""
    found: list[tuple[int, str, str]] = []
    for code in ("mig", "af", "kom"):
        with acting_as(viewer_of(User.objects.get(username=f"{code}.kalmar"))):
            found += Chain.objects.order_by("pk").values_list("pk", "state", "party__reference")
    return sorted(found), Shift.objects.count(), User.objects.count()


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_filled_and_a_second_start_changes_nothing(seed, tmp_path):
    seed()
    days = SiteDay.objects.order_by("date")
    assert [day.date for day in days] == [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]
    for day in days:
        assert percent(loads([day])) > 20
    signs = Shift.objects.filter(site_day=days[0], resource__kind="desk")
    assert {shift.desk for shift in signs.filter(resource__caseworker__agency__code="MIG")} == {"1", "2"}

    path = tmp_path / "demo.json"
    written, before = path.read_text(), everything()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    seed()
    assert everything() == before
    assert path.read_text() == written
    check_sign_ins(json.loads(written)["users"])
    with acting_as(viewer_of(User.objects.get(username="chef.kalmar"))):
        named = NamedOpener.objects.values_list("user__username", flat=True)
        assert sorted(named) == ["mig.kalmar", "samordnare.kalmar"]


KEYS = {"username", "password", "totp_secret", "token", "role", "agency", "site"}


def check_sign_ins(users: list[dict[str, str | None]]) -> None:
    assert {user["role"] for user in users} == {"caseworker", "coordinator", "manager", "host", "secretariat"}
    assert all(set(user) == KEYS for user in users)
    assert {user["agency"] for user in users if user["role"] == "caseworker"} == {
        "MIG",
        "AF",
        "FK",
        "PM",
        "SKV",
        "KOM",
    }
    assert {user["agency"] for user in users if user["role"] in {"host", "secretariat"}} == {None}
    for user in users:
        assert len(user["password"] or "") > 12
        assert User.objects.get(username=user["username"]).check_password(user["password"])
    assert len({user["totp_secret"] for user in users}) == len(users)


@pytest.mark.django_db(transaction=True)
def test_a_day_that_has_been_was_held_and_is_reported_and_counted_once(seed, monkeypatch):
    monkeypatch.setattr(past, "past_days", lambda today: [date(2026, 10, 1), date(2026, 11, 19)])
    seed()
    site, mine = Site.objects.get(code="kalmar"), User.objects.get(username="mig.kalmar")
    with acting_as(FIGURES):
        report = DayReport.objects.select_related("locked_by").get(date=date(2026, 11, 19))
        assert report.source == DayReport.Source.COUNTED
        assert report.locked_by
        assert report.locked_by.username == "samordnare.kalmar"
        found = collected(site.pk, date(2026, 11, 1))
        assert (
            found["participants", "", ""].people
            == report.counts.filter(dimension="mode").aggregate(people=Sum("people"))["people"]
        )
        assert {measure for measure, dimension, _key in found if not dimension} >= {
            "waiting_minutes",
            "interpreters_per_chain",
            "persons_per_staff_hour",
            "paid_per_interpreted_minute",
            "days_to_last_meeting",
            "consent_share",
        }
    with acting_as(viewer_of(mine)):
        before = list(Chain.objects.filter(site_day__date=report.date).values_list("pk", "version"))
        assert before
    seed()
    with acting_as(viewer_of(mine)):
        assert list(Chain.objects.filter(site_day__date=report.date).values_list("pk", "version")) == before


def test_the_past_days_are_the_thursdays_of_last_month_and_this_one(db):
    days = past.past_days(date(2026, 11, 27))
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 1), date(2026, 11, 26), 9)
    assert past.past_days(date(2026, 1, 1))[0] == date(2025, 12, 4)


@pytest.mark.django_db(transaction=True)
def test_the_demo_says_whom_its_municipalities_expect_once(seed):
    seed()
    said = list(Forecast.objects.order_by("pk").values_list("pk", "month", "likely"))
    assert len({month for _key, month, _likely in said}) == 4
    seed()
    assert list(Forecast.objects.order_by("pk").values_list("pk", "month", "likely")) == said


@pytest.mark.django_db(transaction=True)
def test_the_next_day_adds_a_day_and_changes_no_booking(seed):
    seed()
    mine = User.objects.get(username="mig.kalmar")
    with acting_as(viewer_of(mine)):
        assert Meeting.objects.filter(caseworker=mine, chain__site_day__date=MONDAY.date()).exists()
        party = Party.objects.order_by("pk")[0]
        Party.objects.filter(pk=party.pk).update(case_reference="MIN-1")
    before = everything()[0]
    seed(MONDAY.replace(day=24))
    after = everything()[0]
    assert set(before) <= set(after)
    assert SiteDay.objects.count() == 4
    with acting_as(viewer_of(mine)):
        assert Party.objects.get(pk=party.pk).case_reference == "MIN-1"


@pytest.mark.django_db(transaction=True)
def test_every_day_has_room_for_a_family_of_four_and_the_load_is_printed(seed):
    said = seed()
    days = SiteDay.objects.order_by("date")
    assert f"kalmar: {percent(loads(list(days)))} % of the desks' time is booked (MIG " in said
    mine = User.objects.select_related("agency").get(username="mig.kalmar")
    family = Profile(
        owner_code="MIG",
        interpreter_language="ara",
        municipality=Municipality.objects.get(site__code="kalmar", is_host=True).pk,
        legal_basis=LegalBasis.objects.get(code="UTL-5-1").pk,
        births=(date(1990, 3, 1), date(1991, 5, 1), date(2015, 7, 1), date(2018, 9, 1)),
    )
    with acting_as(viewer_of(mine)):
        assert Chain.objects.filter(state=Chain.State.CANCELLED).count() == len(days)
        for day in days:
            answer = propose(
                profile=family,
                site=Site.objects.get(code="kalmar"),
                track=Track.objects.get(number=1),
                first=day.date,
                last=day.date,
                at=MONDAY - timedelta(days=14),
            )
            assert len(answer.options[0].proposal.offers) == 5


@pytest.mark.django_db(transaction=True)
def test_the_three_worlds_of_agreements_are_there_and_the_next_days_have_orders(seed):
    """Kammarkollegiet's framework, own contracts, the municipality's; each cost is split to the öre."""
    seed()
    kinds = Agreement.objects.values_list("kind", flat=True)
    assert set(kinds) == {"framework", "own", "municipal"}
    of = {one.contract_number: {a.code for a in one.agencies.all()} for one in Agreement.objects.all()}
    assert of["DEMO-RAM-1"] == of["DEMO-RAM-2"] == {"FK", "SKV", "PM"}
    assert (of["DEMO-MIG"], of["DEMO-AF"], of["DEMO-KOM-KALMAR"]) == ({"MIG"}, {"AF"}, {"KOM"})
    with acting_as(viewer_of(User.objects.get(username="samordnare.kalmar"))):
        splits = split_orders(orders())
        states = {split.order.state for split in splits}
        assert states >= {"confirmed", "received"}
        for split in splits:
            assert sum(share.ore for share in split.shares.values()) == split.ore
            assert split.order.state != "confirmed" or split.met > 0
        before = [split.order.reference for split in splits]
    seed()
    with acting_as(viewer_of(User.objects.get(username="samordnare.kalmar"))):
        assert [order.reference for order in orders()] == before


@pytest.mark.django_db(transaction=True)
def test_families_are_told_of_the_coming_days_and_some_answer_once(seed):
    seed()
    assert not Site.objects.filter(phone_from=None).exists()

    def told() -> tuple:
        found: list[tuple] = []
        answers: list[str] = []
        for code in ("mig", "af", "kom"):
            with acting_as(viewer_of(User.objects.get(username=f"{code}.kalmar"))):
                booked = Chain.objects.filter(state="booked", site_day__opens_at__gt=MONDAY)
                assert booked.exists()
                assert not booked.filter(messages=None).exists()
                messages = Message.objects.filter(chain__state="booked").order_by("pk")
                assert messages.filter(channel="sms").exists()
                assert not messages.filter(due_at__lt=MONDAY).exists()
                assert messages.filter(state="failed").count() <= 1
                found += messages.values_list("pk", "state", "due_at")
                answers += SummonsAnswer.objects.order_by("pk").values_list("kind", flat=True)
        return found, answers

    before = told()
    assert "failed" in {state for _key, state, _due in before[0]}
    assert "yes" in before[1]
    seed()
    assert told() == before


@pytest.mark.django_db(transaction=True)
def test_no_registration_lies_in_the_future_or_before_a_birth(seed):
    seed()
    with acting_as(viewer_of(User.objects.get(username="mig.kalmar"))):
        for party in Party.objects.all():
            assert party.registered_at <= MONDAY
            assert all(
                member.birth_date <= local(party.registered_at).date() for member in party.members.all()
            )


@pytest.mark.django_db
def test_working_days_leave_out_weekends_and_holidays():
    days = working_days(date(2026, 12, 23), 3)
    assert days == [date(2026, 12, 23), date(2026, 12, 28), date(2026, 12, 29)]


@pytest.mark.django_db
def test_households_are_of_all_tracks_and_sizes_and_the_same_for_the_same_seed():
    from random import Random

    day = timezone.localdate()
    thrown = [random_household(Random(n), day=day, postal="392 00 Kalmar") for n in range(400)]
    assert thrown == [random_household(Random(n), day=day, postal="392 00 Kalmar") for n in range(400)]
    assert {household.track for household in thrown} == set(TRACKS)
    sizes = {len(household.members) for household in thrown}
    assert sizes == set(range(1, max(map(sum, SHAPES)) + 1))
    # A family of the last day ahead is registered on the first.
    last = day - (working_days(day, AHEAD)[-1] - day)
    for household in thrown:
        assert household.particulars.decided_on
        assert household.particulars.decided_on <= last
        assert max(member.birth_date for member in household.members) <= last
        ages = [age_on(member.birth_date, day) for member in household.members]
        assert max(ages) >= 18
        assert any(age >= 18 for age in ages)
        assert (household.particulars.is_quota, household.legal_basis == "UTL-5-2") in {
            (True, True),
            (False, False),
        }
