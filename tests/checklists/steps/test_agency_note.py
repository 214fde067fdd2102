"""An agency's own note of a party: who writes and reads it, what stays of it, and what a protection does to it."""

import re
from html import unescape

import pytest
from django.db import ProgrammingError, transaction

from agencies.models import User
from agencies.secrecy.context import acting_as
from bookings.models import Party
from bookings.parties.protect import protect_party
from checklists.models import AgencyNote
from checklists.steps.note import NoteChanged, NoteRefused, write_agency_note
from checklists.steps.sheet import NOTHING, agency_notes_of
from tests.browser import browser_of
from tests.checklists.checklist_steps import own_part
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(chain, acting):
    """Writes as somebody who has just looked at the note."""

    def written(by: User, text: str, *, seen: str | None = None) -> AgencyNote | None:
        with acting(by):
            part = own_part(chain)
            last = agency_notes_of(part).first()
            now = last.version if last else NOTHING
            return write_agency_note(part=part, text=text, seen=now if seen is None else seen, by=by, at=NOW)

    return written


def send(user: User, chain, text: str, **changes: str):
    browser = browser_of(user)
    page = browser.get(f"/checklists/{chain.reference}/").text
    form = page[page.index("/own-note/") :]
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', form)[:1]
    return browser.post(f"/checklists/{chain.reference}/own-note/", {"text": text, "seen": seen} | changes)


def test_a_visited_agency_writes_a_note_that_it_alone_reads(chain, owner, fk, af, acting, holder, write):
    write(fk, " Ringde,\r\ningen svarade ")
    with acting(fk):
        note = AgencyNote.objects.get()
        assert (note.text, note.agency, note.written_by) == ("Ringde,\ningen svarade", fk.agency, fk)
    for other in (owner, af):
        with acting(other):
            assert not AgencyNote.objects.exists()
    with acting_as(holder):
        assert not AgencyNote.objects.exists()


def test_each_agency_has_its_own_note(owner, fk, write, chain, acting):
    write(owner, "Ägarens")
    write(fk, "Den besöktas")
    for user, text in ((owner, "Ägarens"), (fk, "Den besöktas")):
        with acting(user):
            assert AgencyNote.objects.get().text == text


def test_who_has_written_what_stays_also_when_the_note_is_removed(chain, fk, write, acting):
    colleague = UserFactory(agency="FK", last_name="Kollegasson")
    write(fk, "Första")
    write(colleague, "Andra")
    write(fk, "")
    with acting(fk):
        rows = list(AgencyNote.objects.values_list("text", "written_by"))
    assert rows == [("", fk.pk), ("Andra", colleague.pk), ("Första", fk.pk)]


def test_the_same_text_again_writes_nothing(fk, write, acting):
    for _again in range(2):
        write(fk, "Samma")
    with acting(fk):
        assert AgencyNote.objects.count() == 1


def test_a_note_that_somebody_has_changed_meanwhile_is_refused(fk, write):
    write(fk, "Första")
    with pytest.raises(NoteChanged):
        write(fk, "Andra", seen=NOTHING)


@pytest.mark.parametrize("text", ["x" * 501, "hej\u202edej", "\x00"])
def test_a_note_too_long_or_with_hidden_characters_is_refused(fk, write, text, acting):
    with pytest.raises(NoteRefused) as refused:
        write(fk, text)
    assert list(refused.value.errors) == ["text"]
    with acting(fk):
        assert not AgencyNote.objects.exists()


def test_nobody_writes_in_another_name_changes_or_removes_a_note(chain, owner, fk, write, acting):
    write(fk, "Första")
    with acting(fk):
        assert AgencyNote.objects.update(text="Andra") == 0
        assert AgencyNote.objects.all()._raw_delete("default") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            AgencyNote.objects.create(
                party_id=chain.party_id, agency_id=fk.agency_id, text="x", written_by=owner, written_at=NOW
            )


def test_an_agency_that_does_not_meet_the_party_writes_nothing(chain, acting):
    stranger = UserFactory(agency="PM", sites=[])
    agency = stranger.agency_id or 0
    with acting(stranger), pytest.raises(ProgrammingError), transaction.atomic():
        AgencyNote.objects.create(
            party_id=chain.party_id, agency_id=agency, text="x", written_by=stranger, written_at=NOW
        )


def test_the_notes_go_when_the_identity_is_protected_and_later_ones_hold_no_name(
    chain, owner, fk, write, acting
):
    write(fk, "Layla Haddad ringde")
    with acting(owner):
        party = Party.objects.get(pk=chain.party_id)
        protect_party(party=party, reason="The tax agency says so.", by=owner, at=NOW)
    with acting(fk):
        assert not AgencyNote.objects.exists()
    note = write(fk, "Layla ringde igen")
    assert note is not None
    assert note.text == "… ringde igen"


def test_the_checklist_and_the_visit_show_it_with_who_wrote(chain, fk, af, write):
    write(fk, "Gammal text")
    write(fk, "Ringde, ingen svarade")
    checklist = unescape(browser_of(fk).get(f"/checklists/{chain.reference}/").text)
    assert checklist.count("Ringde, ingen svarade") == 2
    assert "Gammal text" in checklist
    visit = unescape(browser_of(fk).get(f"/visits/{chain.reference}/").text)
    assert "Ringde, ingen svarade" in visit
    assert str(fk) in visit
    assert "Gammal text" not in visit
    for page in ("checklists", "visits"):
        assert "ingen svarade" not in browser_of(af).get(f"/{page}/{chain.reference}/").text


def test_the_form_saves_and_a_refused_one_keeps_what_was_typed(chain, fk, acting):
    saved = send(fk, chain, "Ringde")
    assert (saved.status_code, saved["Location"]) == (302, f"/checklists/{chain.reference}/")
    stale = send(fk, chain, "Ringde igen", seen=NOTHING)
    assert stale.status_code == 409
    assert "Somebody has just changed the note." in stale.text
    assert "Ringde igen</textarea>" in stale.text
    too_long = send(fk, chain, "x" * 501)
    assert too_long.status_code == 422
    assert 'id="own_note_text_error"' in too_long.text
