"""Writing the party's note before the meeting."""

import pytest

from agencies.secrecy.context import acting_as
from checklists.models import Note
from checklists.steps.note import NoteRefused, write_note
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def test_a_note_is_plain_text_that_keeps_its_line_breaks(chain, owner, acting):
    with acting(owner):
        note = write_note(party_id=chain.party_id, text=" Hiss\r\n<b>behövs</b> ", by=owner, at=NOW)
        assert note is not None
        assert note.text == "Hiss\n<b>behövs</b>"


def test_an_empty_text_removes_the_note(chain, owner, acting):
    with acting(owner):
        write_note(party_id=chain.party_id, text="Hiss", by=owner, at=NOW)
        assert write_note(party_id=chain.party_id, text="  ", by=owner, at=NOW) is None
        assert not Note.objects.exists()


@pytest.mark.parametrize("text", ["x" * 501, "hej\u202edej", "\x00", "a\tb"])
def test_a_note_too_long_or_with_hidden_characters_is_refused(chain, owner, acting, text):
    with acting(owner), pytest.raises(NoteRefused) as refused:
        write_note(party_id=chain.party_id, text=text, by=owner, at=NOW)
    assert list(refused.value.errors) == ["text"]


def test_the_party_and_the_agency_that_summons_it_write_the_same_note(chain, owner, holder, acting):
    with acting(owner):
        write_note(party_id=chain.party_id, text="Vi undrar", by=owner, at=NOW)
    with acting_as(holder):
        write_note(party_id=chain.party_id, text="Rullstol", by=None, at=NOW)
        assert Note.objects.get().written_by is None
    with acting(owner):
        assert Note.objects.get().text == "Rullstol"
