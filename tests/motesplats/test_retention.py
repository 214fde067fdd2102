"""Retention: every model has its rule, and the night does what the rules say and nothing else."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from agencies.models import Resource, RetentionRule, User
from agencies.read_log.notes import _present
from agencies.secrecy.context import NOBODY, Viewer, acting_as, viewer_of
from bookings.models import (
    Chain,
    CodeTries,
    Disclosure,
    Event,
    Extract,
    Link,
    Meeting,
    Newcomer,
    OwnContact,
    OwnContactChange,
    Party,
    Summons,
    UnwantedInterpreter,
)
from bookings.retention import anonymise_party, delete_party, due_rows
from checklists.models import AgencyNote, ConsentEvent, Note, Tick
from motesplats.admin import RetentionRuleForm
from motesplats.retention import DATES, VIEWER, WAYS, can_do, is_night, retain
from motesplats.tasks import keep_no_longer
from tests.catalogue.conftest import chain as one_row_in_each  # noqa: F401
from tests.catalogue.tables import person_tables, rows
from tests.database import empty_tables
from tests.factories.agencies import DispatchFactory, UserFactory, the_agency
from tests.factories.bookings import (
    ChainFactory,
    ClaimFactory,
    DisclosureFactory,
    EventFactory,
    ExtractFactory,
    LinkFactory,
    MeetingFactory,
    OwnContactFactory,
    PartyFactory,
    StopChoiceFactory,
    SummonsCopyFactory,
    SummonsFactory,
    UnwantedInterpreterFactory,
)
from tests.factories.checklists import (
    AgencyNoteFactory,
    ChecklistFactory,
    ConsentEventFactory,
    NoteFactory,
    TickFactory,
)
from tests.outbox import outbox

pytestmark = pytest.mark.django_db

ACTS = {RetentionRule.Action.ANONYMISE, RetentionRule.Action.DELETE}


def kept_models() -> dict[str, str]:
    """Each model that has rows of its own, with its table."""
    found = apps.get_models(include_auto_created=True)
    return {m._meta.label_lower: m._meta.db_table for m in found if m._meta.managed and not m._meta.proxy}


def rules() -> dict[str, RetentionRule]:
    return {rule.data_type: rule for rule in RetentionRule.objects.filter(agency=None)}


def test_every_model_has_a_rule_and_every_rule_a_model():
    assert set(kept_models()) ^ set(rules()) == set(), "Give it a line in agencies/data/retention.csv."


def test_what_leads_to_a_person_is_not_called_impersonal():
    leads = person_tables()
    impersonal = {rule.data_type for rule in rules().values() if not rule.holds_persons}
    assert {label for label, table in kept_models().items() if table in leads} & impersonal == set()


def test_what_follows_has_something_to_follow():
    found = rules()
    follows = {rule.follows for rule in found.values() if rule.action == RetentionRule.Action.FOLLOW}
    assert {label for label in follows if found[label].action == RetentionRule.Action.FOLLOW} == set()


def test_what_is_kept_says_why_and_what_is_not_names_a_decision():
    for rule in rules().values():
        assert rule.decision if rule.action in ACTS else rule.follows or rule.why, rule


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"action": "delete", "since": "made", "is_decided": True}, "rests_on_a_decision"),
        ({"action": "delete"}, "counts_from_a_date"),
        ({"action": "follow"}, "says_what_it_follows"),
        ({"action": "keep", "follows": "bookings.party"}, "says_what_it_follows"),
        ({"action": "keep", "valid_to": "2020-01-01"}, "begins_before_it_ends"),
    ],
)
def test_the_database_refuses_a_rule_without_a_ground(fields, constraint):
    with pytest.raises(IntegrityError, match=f"retention_rule_{constraint}"), transaction.atomic():
        RetentionRule.objects.create(data_type="bookings.track", valid_from="2026-01-01", **fields)


SUMMONED, TWO_YEARS_LATER = "2026-12-08T09:00:00+01:00", "2028-12-08T02:00:00+01:00"


@pytest.fixture(autouse=True)
def _no_wrong_codes(django_db_setup, django_db_blocker) -> None:
    """They are counted on a connection of their own, which no test's rollback undoes."""
    with django_db_blocker.unblock():
        empty_tables("bookings_codetries")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(SUMMONED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def make_chain(acting, clock) -> Callable[[User], Chain]:
    """A party that comes on the day, with a row in every table that follows it."""

    def make(by: User) -> Chain:
        with acting(by):
            party = PartyFactory(registered_by=by, phone="070-174 06 05", case_reference="A 1")
            StopChoiceFactory(party=party)
            UnwantedInterpreterFactory(party=party, by=by)
            DisclosureFactory(party=party)
            chain = ChainFactory(party=party)
            ClaimFactory(meeting=MeetingFactory(chain=chain))
            EventFactory(party=party, kind="overridden", facts={"reason": "Layla asked"})
            SummonsCopyFactory(summons=SummonsFactory(chain=chain), link=LinkFactory(chain=chain))
            ExtractFactory(newcomer=party.members.first())
            OwnContactFactory(newcomer=party.members.first())
            OwnContact.objects.update(phone="+46701740615")
            NoteFactory(party=party)
            AgencyNoteFactory(party=party)
            ConsentEventFactory(party=party)
            if by.agency == the_agency("MIG"):
                TickFactory(checklist=ChecklistFactory(chain=chain), ticked_by=by)
        return chain

    return make


def decide(action: str, *, data_type: str = "bookings.party", agency: str = "", **terms: Any) -> None:
    """The rule of an agency, or of all; decided from the first day."""
    RetentionRule.objects.update_or_create(
        data_type=data_type,
        agency=the_agency(agency) if agency else None,
        action=action,
        defaults={
            "since": "" if action == "keep" else "last_day",
            "decision": "Exempelbeslut",
            "is_decided": True,
            "valid_from": date(2026, 1, 1),
        }
        | terms,
    )


def rows_left(*models: type[Model]) -> int:
    return sum(model._default_manager.count() for model in models)


def retain_at(clock: time_machine.Traveller, moment: str) -> dict[str, int]:
    clock.move_to(moment)
    return {done: count for done, count in retain(at=timezone.now()).items() if count}


def test_what_is_not_decided_is_kept(make_chain, caseworker, clock, acting):
    make_chain(caseworker)
    assert retain_at(clock, "2099-12-08T02:00:00+01:00") == {"bookings.extract delete": 1}
    with acting(caseworker):
        assert rows_left(Party, Disclosure) == 2


def test_a_party_is_deleted_with_all_that_leads_to_it(clock, request, acting):
    chain = request.getfixturevalue("one_row_in_each")
    owner, party = chain.booked_by, chain.party
    decide("delete", months=24)
    assert "bookings.party delete" not in retain_at(clock, "2028-12-07T02:00:00+01:00")
    assert retain_at(clock, TWO_YEARS_LATER)["bookings.party delete"] == 1
    assert retain_at(clock, TWO_YEARS_LATER) == {}
    connection.check_constraints()  # whatever still pointed to the party would be named here
    with acting(owner):
        assert {table for table in person_tables() if rows(f"SELECT FROM {table}")} == set()
    assert not Resource.objects.filter(pk=party.resource_id).exists()


def test_an_anonymised_party_is_still_counted(make_chain, caseworker, clock, acting):
    make_chain(caseworker)
    decide("anonymise", months=24)
    assert retain_at(clock, TWO_YEARS_LATER)["bookings.party anonymise"] == 1
    assert retain_at(clock, TWO_YEARS_LATER) == {}
    with acting(caseworker):
        party = Party.objects.get()
        members = Newcomer.objects.order_by("birth_date").values_list(
            "given_name", "family_name", "birth_date"
        )
        assert set(members) == {("–", "–", date(year, 1, 1)) for year in (1988, 1990, 2016, 2021)}
        assert not {party.phone, party.address, party.case_reference} - {""}
        assert party.chains.get().meetings.count() == 1
        assert rows_left(Summons, Link, Disclosure, Note, AgencyNote, ConsentEvent, UnwantedInterpreter) == 0
        assert rows_left(OwnContact, OwnContactChange) == 0
        assert rows_left(Tick) == 1
        assert party.events.get().facts == {"reason": "–"}


@pytest.mark.parametrize("action", ["delete", "anonymise"])
def test_nobody_is_read_at_night(make_chain, caseworker, clock, action):
    make_chain(caseworker)
    decide(action, months=24)
    notes = _present.set(None)  # so that a name that is read raises
    try:
        assert retain_at(clock, TWO_YEARS_LATER)[f"bookings.party {action}"] == 1
    finally:
        _present.reset(notes)


def test_the_night_leaves_a_party_with_its_agency(make_chain, caseworker, clock):
    make_chain(caseworker)
    decide("delete")
    clock.move_to(TWO_YEARS_LATER)
    with acting_as(Viewer(role="retention")):
        assert Party.objects.update(extra_time=True) == 1
        with pytest.raises(ProgrammingError, match="stays with its agency"), transaction.atomic():
            Party.objects.update(owner=the_agency("AF"))


def test_a_party_whose_day_is_to_come_is_kept(acting, caseworker, clock):
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, registered_at=timezone.now() - timedelta(days=900))
        ChainFactory(party=party)
    decide("delete", since="registered", months=24)
    assert retain_at(clock, "2026-12-08T12:00:00+01:00") == {}
    assert retain_at(clock, "2026-12-09T02:00:00+01:00") == {"bookings.party delete": 1}


def test_each_agency_has_its_own_time(make_chain, clock, acting):
    ours, theirs, third = UserFactory(), UserFactory(agency="AF"), UserFactory(agency="KOM")
    for user in (ours, theirs, third):
        make_chain(user)
    decide("delete", months=24)
    decide("delete", agency="AF", months=12)
    decide("keep", agency="KOM")
    left = []
    for year in (2027, 2028, 2099):
        retain_at(clock, f"{year}-12-09T02:00:00+01:00")
        for user in (ours, theirs, third):
            with acting(user):
                left.append(Party.objects.count())
    assert left == [1, 0, 1, 0, 0, 1, 0, 0, 1]


def test_a_door_that_is_shut_is_deleted_when_its_time_has_come(make_chain, caseworker, clock, acting):
    make_chain(caseworker)
    decide("delete", data_type="bookings.disclosure", since="ended", months=1)
    assert "bookings.disclosure delete" not in retain_at(clock, "2027-02-06T02:00:00+01:00")
    assert retain_at(clock, "2027-02-07T02:00:00+01:00")["bookings.disclosure delete"] == 1


def test_an_extract_lives_for_a_week(make_chain, caseworker, clock, acting):
    make_chain(caseworker)
    assert retain_at(clock, "2026-12-14T02:00:00+01:00") == {}
    assert retain_at(clock, "2026-12-15T02:00:00+01:00") == {"bookings.extract delete": 1}


def test_mistyped_codes_are_forgotten_after_half_a_year(clock):
    with acting_as(Viewer(link="0" * 64)):
        CodeTries.objects.create(token_hash="0" * 64, wrong=3, last_at=timezone.now())
    assert retain_at(clock, "2027-06-07T02:00:00+02:00") == {}
    assert retain_at(clock, "2027-06-08T02:00:00+02:00") == {"bookings.codetries delete": 1}


def test_sessions_that_have_ended_are_deleted(clock):
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    assert retain_at(clock, SUMMONED) == {"sessions.session delete": 1}
    assert Session.objects.get().session_key == "new"


def test_what_was_sent_or_given_up_is_deleted_after_a_month(caseworker, clock, acting):
    with acting(caseworker):
        for state in ("due", "sending", "done", "failed"):
            ended_at = timezone.now() if state in {"done", "failed"} else None
            DispatchFactory(by=caseworker, state=state, ended_at=ended_at)
    assert retain_at(clock, "2027-01-07T02:00:00+01:00") == {}
    assert retain_at(clock, "2027-01-08T02:00:00+01:00") == {"agencies.dispatch delete": 2}
    assert [d.state for d in outbox()] == ["due", "sending"]


def test_the_night_sees_what_is_due_and_nothing_else(make_chain, caseworker, clock):
    make_chain(caseworker)
    with acting_as(VIEWER):
        assert rows_left(Party, Newcomer, Chain, Meeting, Event, Summons, Link, Disclosure, Extract) == 0
    decide("delete", months=24)
    clock.move_to(TWO_YEARS_LATER)
    with acting_as(VIEWER):
        assert rows_left(Party) == 1
        assert [row.kind for row in due_rows(limit=9)] == ["bookings.extract", "bookings.party"]
    for viewer in (NOBODY, viewer_of(caseworker)):
        with acting_as(viewer):
            assert due_rows(limit=9) == []


def test_the_night_changes_nothing_that_is_not_due(make_chain, caseworker, acting, clock):
    chain = make_chain(caseworker)
    with acting_as(VIEWER):
        delete_party(key=chain.party_id, at=timezone.now())
        anonymise_party(key=chain.party_id, at=timezone.now())
    with acting(caseworker):
        assert Party.objects.get().phone


def test_a_refusal_stops_no_other_row(make_chain, clock, monkeypatch):
    for agency in ("MIG", "AF"):
        make_chain(UserFactory(agency=agency))
    decide("delete", months=24)
    monkeypatch.setitem(WAYS, ("bookings.extract", "delete"), refuse)
    assert retain_at(clock, TWO_YEARS_LATER) == {"failed": 2, "bookings.party delete": 2}


def refuse(*, key: int, at: datetime) -> None:
    raise IntegrityError("no")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-03-28T00:30:00+00:00", True),  # 01:30, and an hour later it is 03:30
        ("2027-10-31T01:30:00+00:00", True),  # the second 02:30
        ("2027-06-01T03:30:00+00:00", False),
        ("2027-06-01T21:30:00+00:00", False),
    ],
)
def test_the_night_is_stockholms(moment, expected):
    assert is_night(datetime.fromisoformat(moment)) is expected


def test_by_day_the_task_leaves_everything_alone(make_chain, caseworker, clock, acting):
    make_chain(caseworker)
    decide("delete", months=24)
    clock.move_to("2029-12-08T10:00:00+01:00")
    keep_no_longer()
    with acting(caseworker):
        assert Party.objects.count() == 1
    clock.move_to("2029-12-09T03:00:00+01:00")
    keep_no_longer()
    with acting(caseworker):
        assert Party.objects.count() == 0


def test_beat_asks_each_hour():
    schedule = settings.CELERY_BEAT_SCHEDULE["retention"]
    assert schedule == {"task": keep_no_longer.name, "schedule": 3600.0}


def test_every_shipped_rule_that_acts_has_its_way():
    for rule in rules().values():
        if rule.action in ACTS:
            assert can_do(rule.data_type, rule.action)
            assert rule.since in DATES[rule.data_type]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"data_type": "bookings.party", "action": "delete", "since": "last_day"}, None),
        ({"data_type": "bookings.party", "action": "delete", "since": "ended"}, "since"),
        ({"data_type": "bookings.extract", "action": "anonymise", "since": "made"}, "action"),
        ({"data_type": "bookings.link", "action": "delete", "since": "made"}, "action"),
        ({"data_type": "bookings.party", "action": "delete", "since": "last_day", "decision": ""}, "__all__"),
        ({"data_type": "bookings.party", "action": "keep"}, None),
    ],
)
def test_a_rule_that_the_night_cannot_follow_is_refused(asked, field):
    decided = {"decision": "Exempelbeslut", "is_decided": True, "months": 24, "days": 0}
    form = RetentionRuleForm(decided | {"agency": the_agency("AF").pk, "valid_from": "2026-01-01"} | asked)
    assert list(form.errors) == ([field] if field else [])
