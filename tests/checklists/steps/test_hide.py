"""Hiding, showing and deleting a checklist; who sees what of it then, test_walls.py tells."""

import pytest

from agencies.secrecy.context import acting_as
from checklists.models import Note
from checklists.steps.hide import delete_checklist, hide_checklist, show_checklist
from checklists.steps.note import write_note
from checklists.steps.open import ChecklistDeleted
from checklists.steps.sheet import parts_of_chain
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def test_a_deleted_checklist_loses_its_note_and_cannot_be_hidden_or_shown_again(chain, holder):
    with acting_as(holder):
        part = parts_of_chain(chain.pk)[0]
        write_note(party_id=part.party_id, text="Rullstol", by=None, at=NOW)
        delete_checklist(part=part, at=NOW)
        assert not Note.objects.exists()
        for verb in (hide_checklist, show_checklist):
            with pytest.raises(ChecklistDeleted):
                verb(part=part, at=NOW)
        with pytest.raises(ChecklistDeleted):
            write_note(party_id=part.party_id, text="Rullstol", by=None, at=NOW)
        delete_checklist(part=part, at=NOW)
        assert not Note.objects.exists()
