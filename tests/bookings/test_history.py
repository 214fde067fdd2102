"""The history: what the verbs tell, and what the database's triggers wrote down between."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agencies.history import FieldChange
from agencies.models import ShiftChange, SiteDay, SiteDayChange
from bookings.chains.amend import amend_party
from bookings.chains.book import cancel_chain, move_chain
from bookings.history import history_of_chain, history_of_party
from bookings.models import ChainChange, Disclosure, MeetingChange, Newcomer, Party, PartyChange
from bookings.parties.amend import Correction
from bookings.templatetags.staff import event_sentence
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.factories.agencies import UserFactory
from tests.factories.bookings import DisclosureFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def by(db):
    open_days()
    return UserFactory()


def test_booking_leaves_nothing_but_its_events(by, acting):
    with acting(by):
        chain = book(register(by), by)
        assert not ChainChange.objects.exists()
        assert not MeetingChange.objects.exists()
        events = [entry.event for entry in history_of_chain(chain)]
        assert [event and event.kind for event in events] == ["booked", "registered"]


def test_a_moved_day_is_one_sentence_with_details(by, acting):
    with acting(by):
        party = register(by)
        chain = book(party, by, first=FIRST, last=FIRST)
        chain = move_chain(
            chain=chain,
            proposal=signed_proposal(party, moving=chain, first=SECOND, last=SECOND),
            by=by,
            at=NOW,
        )
        (moved,) = [entry for entry in history_of_chain(chain) if entry.details]
        assert moved.event
        assert moved.event.kind == "moved"
        assert not [entry for entry in history_of_chain(chain) if entry.fields]
        sentence = event_sentence(moved.event)
        assert sentence.startswith("Moved from Tue 8 Dec")
        assert sentence.count("→") == chain.meetings.count()
        told = moved.details
        assert {(entry.by, entry.at) for entry in told} == {(by, NOW)}
        days = [field for entry in told for field in entry.fields if field.name == "site day"]
        assert [(day.before[-10:], day.after[-10:]) for day in days] == [(str(FIRST), str(SECOND))]
        starts = [field for entry in told for field in entry.fields if field.name == "starts"]
        assert len(starts) == chain.meetings.count()
        assert all(field.before < field.after for field in starts)


def test_each_change_stands_between_the_row_before_and_the_row_after(by, acting):
    with acting(by):
        party = register(by, phone="070-174 06 05")
        for phone in ("+46701740606", ""):
            Party.objects.filter(pk=party.pk).update(phone=phone)
        changes = [entry.fields for entry in history_of_party(party) if entry.fields]
        assert sorted(changes, key=str) == [
            (FieldChange("mobile phone", "+46701740605", "+46701740606"),),
            (FieldChange("mobile phone", "+46701740606", "–"),),
        ]


def test_people_and_disclosures_are_told_on_the_party_s_page(by, acting):
    with acting(by):
        party = register(by)
        person = party.members.all()[0]
        Newcomer.objects.filter(pk=person.pk).update(birth_date=date(1990, 1, 1), sex="M")
        disclosure = DisclosureFactory(party=party)
        Disclosure.objects.filter(pk=disclosure.pk).update(until=NOW + timedelta(days=60))
        disclosure.delete()
        told = [entry for entry in history_of_party(party) if not entry.event]
        assert [entry.about for entry in told if "removed" in entry.about] == [f"{disclosure.agency} removed"]
        names = {field.name for entry in told for field in entry.fields}
        assert names == {"birth date", "sex", "until"}


def test_the_history_s_cost_does_not_grow(by, acting):
    costs = []
    with acting(by):
        party = register(by)
        for count in (1, 3):
            for number in range(count):
                Party.objects.filter(pk=party.pk).update(case_reference=f"{count}-{number}")
            with CaptureQueriesContext(connection) as queries:
                history_of_party(party)
            costs.append(len(queries))
    assert costs == [6, 6]


def test_only_the_owner_reads_it(by, acting):
    with acting(by):
        chain = book(register(by), by)
        Party.objects.update(extra_time=True)
        cancel_chain(chain=chain, reason="The family is ill.", by=by, at=NOW)
        assert PartyChange.objects.count() == ChainChange.objects.count() == 1
    with acting(UserFactory(agency="AF")):
        assert not PartyChange.objects.exists()
        assert not ChainChange.objects.exists()


def test_nobody_writes_it_by_hand(by, acting):
    with acting(by):
        party = register(by)
        Party.objects.update(extra_time=True)
        change = PartyChange.objects.get()
        assert PartyChange.objects.update(phone="+46701740606") == 0
        assert PartyChange.objects.all().delete()[0] == 0
        change.pk, change.phone = None, "+46701740606"
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            change.save(force_insert=True)
        assert PartyChange.objects.get().pgh_obj == party


def test_the_history_goes_with_the_party(by, acting):
    with acting(by):
        party = register(by)
        Party.objects.update(extra_time=True)
        party.delete()
        assert not PartyChange.objects.exists()


def test_rosters_tell_who_made_and_changed_them(by, acting):
    with acting(by):
        shift = SiteDay.objects.get(date=FIRST).shifts.all()[0]
        key, desk = shift.pk, shift.desk
        shift.desk = "B 7"
        shift.save()
        shift.delete()
        told = ShiftChange.objects.filter(pgh_obj=key).order_by("pgh_id")
        assert [(change.pgh_label, change.by, change.desk) for change in told] == [
            ("insert", None, desk),
            ("update", by, desk),
            ("delete", by, "B 7"),
        ]
        assert SiteDayChange.objects.filter(date=FIRST, pgh_label="insert").exists()


def test_the_packages_own_table_is_shut(by):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT FROM pghistory_context")


def test_languages_are_told_by_their_names(by, acting):
    with acting(by):
        party = register(by)
        Party.objects.filter(pk=party.pk).update(language="prs", interpreter_language="kmr")
        Newcomer.objects.filter(party=party, birth_date__year=1989).update(letter_language="so")
        told = [field for entry in history_of_party(Party.objects.get()) for field in entry.fields]
        assert {(field.name, field.before, field.after) for field in told} == {
            ("language", "Arabic", "Dari"),
            ("language of the interpreter", "Arabic", "Northern Kurdish"),
            ("own language of the letter", "–", "Somali"),
        }


def test_a_correction_is_one_sentence_with_details_in_words_although_the_clock_goes_on(by, acting):
    with acting(by):
        chain = book(register(by), by)
        party, later = Party.objects.get(), NOW + timedelta(seconds=1)  # a request takes its time
        amend_party(
            party=party,
            correction=Correction({"language": "so", "interpreter_language": "kmr"}),
            by=by,
            at=later,
        )
        corrected, *earlier = history_of_party(party)
        assert [entry.event and entry.event.kind for entry in (corrected, *earlier)] == [
            "amended",
            "booked",
            "registered",
        ]
        told = {
            field.name: (field.before, field.after) for entry in corrected.details for field in entry.fields
        }
        assert told["language"] == ("Arabic", "Somali")
        assert told["language of the interpreter"] == ("Arabic", "Northern Kurdish")
        assert not [entry for entry in history_of_chain(chain) if entry.fields]


def test_two_deeds_of_one_minute_keep_their_own_details(by, acting):
    with acting(by):
        chain = book(register(by), by)
    for seconds, phone in ((20, "+46701740606"), (40, "+46701740607")):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False), acting(by):
            at = NOW + timedelta(seconds=seconds, microseconds=9)
            amend_party(party=Party.objects.get(), correction=Correction({"phone": phone}), by=by, at=at)
    with acting(by):
        told = [entry.details for entry in history_of_party(chain.party) if entry.details]
        assert len(told) == 2
