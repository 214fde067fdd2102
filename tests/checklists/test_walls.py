"""Row-level security of checklists: who sees and writes which rows, also with raw SQL."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from agencies.secrecy.context import Viewer, acting_as
from bookings.chains.check_in import record_attendance, undo_attendance
from bookings.models import Disclosure
from bookings.visits.disclose import close_disclosure
from checklists.models import Checklist, ChecklistRule, Note, Part, Referral, ReferralKind, Step, Tick
from checklists.steps.hide import delete_checklist, hide_checklist, show_checklist
from checklists.steps.note import write_note
from checklists.steps.sheet import parts_of, parts_of_chain
from tests.checklists.checklist_steps import met, own_sheet, seen, sheet, start, tick
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db

TABLES = ("checklists_checklist", "checklists_tick", "checklists_referral", "checklists_note")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def begun(chain, owner, fk, acting):
    """MIG and FK have each ticked a step, MIG has written the note, FK has started a joint effort."""
    with acting(owner):
        tick(chain, "mig-papers", owner)
        write_note(party_id=chain.party_id, text="Hiss behövs", by=owner, at=NOW)
    with acting(fk):
        tick(chain, "fk-registered", fk, outcome="done")
        start(chain, "avstamningsmote", fk)
    return chain


def test_an_agency_sees_its_own_steps_only(begun, owner, fk, af, acting):
    for user, code, done in ((owner, "MIG", 1), (fk, "FK", 1), (af, "AF", 0)):
        with acting(user):
            found = sheet(begun)
            assert list(seen(found)) == [code]
            assert found.progress.done == done
            assert count("checklists_tick") == done
            assert {part.agency.code for part in parts_of(begun.reference)} == {code}


def test_a_disclosed_part_is_seen_by_its_recipient_alone_until_it_is_closed(
    begun, owner, fk, af, acting, open_to
):
    open_to(af, by=fk)
    with acting(af):
        assert seen(sheet(begun)) == {"AF": [None] * 3, "FK": [NOW.date(), None, None]}
        assert [referral.kind.code for referral in sheet(begun).referrals] == ["avstamningsmote"]
    with acting(owner):
        assert list(seen(sheet(begun))) == ["MIG"]
    with acting(fk):
        close_disclosure(
            party_id=begun.party_id,
            newcomer_id=None,
            discloser=fk.agency,
            agency=af.agency,
            category=Disclosure.Category.CHECKLIST,
        )
    with acting(af):
        assert list(seen(sheet(begun))) == ["AF"]


def test_the_owner_too_sees_another_agencys_steps_only_when_disclosed(begun, owner, fk, acting, open_to):
    open_to(owner, by=fk)
    with acting(owner):
        assert list(seen(sheet(begun))) == ["MIG", "FK"]


def test_a_disclosed_part_is_not_seen_after_the_disclosure_has_ended(begun, fk, af, acting, open_to, clock):
    open_to(af, by=fk, days=2)
    clock.shift(timedelta(days=3))
    with acting(af):
        assert count("checklists_tick") == 0


def test_disclosed_meetings_and_names_open_neither_steps_nor_note(begun, owner, af, acting, open_to):
    open_to(af, by=owner, category="meetings")
    open_to(af, by=owner, category="names")
    with acting(af):
        assert list(seen(sheet(begun))) == ["AF"]
        assert Note.objects.count() == 0


def test_a_disclosed_note_opens_no_steps(begun, owner, af, acting, open_to):
    open_to(af, by=owner, category="note")
    with acting(af):
        assert Note.objects.get().text == "Hiss behövs"
        assert list(seen(sheet(begun))) == ["AF"]


def test_the_holder_of_link_and_paper_code_sees_every_agencys_steps_after_the_meeting_that_summons(
    begun, holder, owner, acting
):
    with acting_as(holder):
        found = own_sheet(begun)
        assert (found.is_shut, found.sections, found.referrals) == (True, [], [])
        assert count("checklists_tick") == count("checklists_referral") == 0
        assert count("checklists_note") == 1
    with acting(owner):
        met(begun, owner)
    with acting_as(holder):
        assert not own_sheet(begun).is_shut
        found = own_sheet(begun)
        assert found.progress.done == 3
        assert set(seen(found)) == {"MIG", "SKV", "FK", "AF", "KOM"}
        assert found.note == Note.objects.get(text="Hiss behövs")
        assert len(found.referrals) == 1


def test_the_list_is_shut_again_when_the_check_in_was_a_mistake(begun, holder, owner, acting, clock):
    at = begun.site_day.opens_at
    clock.move_to(at)
    for verb, is_shut in ((record_attendance, False), (undo_attendance, True), (record_attendance, False)):
        with acting(owner):
            verb(reference=begun.reference, agency="MIG", kind="began", by=owner, at=at)
        with acting_as(holder):
            assert own_sheet(begun).is_shut == is_shut


def test_a_link_without_the_right_paper_code_shows_nothing(begun, holder):
    with acting_as(Viewer(link=holder.link)):
        assert parts_of_chain(begun.pk) == []
        assert [count(table) for table in TABLES] == [0] * 4
    with acting_as(Viewer(link=holder.link, code="0" * 64)):
        assert [count(table) for table in TABLES] == [0] * 4


@pytest.mark.parametrize("factory", [CoordinatorFactory, HostFactory, SecretariatFactory])
def test_roles_that_meet_no_party_see_nothing(begun, acting, factory):
    with acting(factory()):
        assert parts_of(begun.reference) == []
        assert [count(table) for table in (*TABLES, "checklist_parts")] == [0] * 5


def test_the_agency_at_another_site_and_an_agency_without_a_meeting_see_nothing(begun, acting, fk):
    elsewhere = UserFactory(agency=fk.agency, sites=[the_site("malmo")])
    for user in (elsewhere, UserFactory(agency="PM")):
        with acting(user):
            assert [count(table) for table in (*TABLES, "checklist_parts")] == [0] * 5


def test_another_agencys_check_in_opens_no_list_and_no_agency_is_told_whether_it_is_shut(
    begun, holder, owner, fk, acting
):
    with acting(fk):
        met(begun, fk)
        assert not sheet(begun).is_shut
    with acting_as(holder):
        assert own_sheet(begun).is_shut
    with acting(owner):
        assert not sheet(begun).is_shut


@pytest.mark.parametrize(("rule", "is_shut"), [(True, True), (False, False), (None, True)])
def test_the_rule_of_the_track_says_whether_a_list_is_shut_at_first(begun, holder, rule, is_shut):
    ChecklistRule.objects.filter(track=begun.track).delete()
    if rule is not None:
        ChecklistRule.objects.create(track=begun.track, shut_until_met=rule)
    with acting_as(holder):
        assert own_sheet(begun).is_shut == is_shut


def test_in_tracks_two_and_three_the_list_is_open_from_the_first_day(db):
    rules = dict(ChecklistRule.objects.values_list("track__number", "shut_until_met"))
    assert rules == {1: True, 2: False, 3: False}


def test_a_hidden_checklist_leaves_each_agency_its_own_ticks_until_shown_again(
    begun, holder, owner, fk, af, acting, open_to
):
    open_to(af, by=fk)
    with acting(owner):
        met(begun, owner)
    with acting_as(holder):
        hide_checklist(part=parts_of_chain(begun.pk)[0], at=NOW)
        assert own_sheet(begun).progress.done == 3
    with acting(af):
        assert list(seen(sheet(begun))) == ["AF"]
        assert count("checklists_tick") == count("checklists_referral") == 0
    with acting(fk):
        assert sheet(begun).progress.done == 1
    with acting_as(holder):
        show_checklist(part=parts_of_chain(begun.pk)[0], at=NOW)
    with acting(af):
        assert count("checklists_tick") == 1


def test_a_deleted_checklist_leaves_each_agency_its_own_ticks_and_the_party_nothing(
    begun, holder, fk, af, acting, open_to
):
    open_to(af, by=fk)
    with acting_as(holder):
        delete_checklist(part=parts_of_chain(begun.pk)[0], at=NOW)
        assert count("checklists_tick") == count("checklists_referral") == count("checklists_note") == 0
    with acting(af):
        assert count("checklists_tick") == 0
    with acting(fk):
        assert count("checklists_tick") == 1


def test_only_the_party_hides_its_checklist(begun, owner, fk, acting):
    for user in (owner, fk):
        with acting(user):
            assert Checklist.objects.update(hidden_at=NOW) == 0
            assert Checklist.objects.all().delete()[0] == Tick.objects.all().delete()[0] == 0


def copy_of(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | changes
    del values["id"]
    return type(row)(**values)


def test_the_database_refuses_a_tick_for_another_agency_or_of_another_template(begun, fk, af, acting):
    with acting(fk):
        mine = Tick.objects.get()
    with acting(af):
        theirs = Step.objects.get(template=mine.step.template_id, key="fk-apply")
        own = Step.objects.get(template=mine.step.template_id, key="af-next")
        elsewhere = Step.objects.exclude(template=mine.step.template_id).filter(key="af-next")[0]
        for changes in (
            {"agency_id": fk.agency_id, "step_id": theirs.pk},
            {"agency_id": af.agency_id, "step_id": theirs.pk},
            {"agency_id": fk.agency_id, "step_id": own.pk},
            {"agency_id": af.agency_id, "step_id": elsewhere.pk},
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                copy_of(mine, **changes).save(force_insert=True)
        copy_of(mine, agency_id=af.agency_id, step_id=own.pk).save(force_insert=True)


def test_a_disclosed_part_cannot_be_written(begun, fk, af, acting, open_to):
    open_to(af, by=fk)
    with acting(af):
        assert Tick.objects.update(done_on=NOW.date() - timedelta(days=3)) == 0
        assert Tick.objects.all()._raw_delete("default") == 0


def test_the_party_ticks_nothing(begun, holder, fk, acting):
    with acting(fk):
        mine = Tick.objects.get()
    with acting_as(holder):
        assert Tick.objects.update(done_on=NOW.date()) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            copy_of(mine, step_id=mine.step_id + 1).save(force_insert=True)


def test_the_database_refuses_a_referral_by_an_agency_that_may_not_start_its_kind(begun, fk, af, acting):
    with acting(fk):
        mine = Referral.objects.get()
    with acting(af):
        sip = ReferralKind.objects.get(code="sip")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            copy_of(mine, agency_id=af.agency_id, kind_id=sip.pk).save(force_insert=True)


def test_staff_cannot_write_the_note_as_the_party_nor_the_party_as_staff(begun, owner, holder, acting):
    with acting(owner), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Note.objects.update(written_by=None)
    with acting_as(holder), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Note.objects.update(text="Annat")


def test_another_agency_cannot_write_the_note_even_where_it_reads_it(begun, fk, acting, open_to, owner):
    open_to(fk, by=owner, category="note")
    with acting(fk):
        assert Note.objects.update(text="Annat", written_by=fk) == 0


def test_of_a_cancelled_day_only_the_owner_sees_its_part(begun, owner, fk, acting):
    with acting(owner):
        type(begun).objects.update(state="cancelled", cancelled_at=timezone.now(), cancel_reason="Sjuk")
    with acting(fk):
        assert parts_of(begun.reference) == []
    with acting(owner):
        assert len(parts_of(begun.reference)) == 1


def test_an_owner_without_a_meeting_has_its_own_part(begun, owner, acting):
    with acting(owner):
        begun.meetings.get(agency=owner.agency).delete()
        assert [part.agency.code for part in parts_of(begun.reference)] == ["MIG"]
    assert Part.objects.count() == 0
