"""Write the party's note before the meeting, and an agency's own note of the party."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from bookings.parties.sealed_words import scrubbed
from checklists.models import AgencyNote, Checklist, Note, Part
from checklists.models.notes import LONGEST_NOTE
from checklists.order import lock_party, moment_after
from checklists.steps.open import require_kept
from checklists.steps.sheet import agency_notes_of, version_of


class NoteRefused(Refusal):
    kind = "note-refused"
    field = "text"


class NoteChanged(Refusal):
    kind = "note-changed"
    status = 409
    field = "text"


def write_note(*, party_id: int, text: str, seen: str = "", by: User | None, at: datetime) -> Note | None:
    """Write the note, or remove it if the text is empty; `by` is None when the party itself writes.

    What would tell who a protected party is becomes `…`.
    Raises NoteRefused for a text that is too long or has hidden characters, NoteChanged if `seen` is not empty and not
    the present version and the texts differ, ChecklistDeleted if the party has deleted its list.
    """
    text = _cleaned(text)
    with transaction.atomic():
        lock_party(party_id)
        text = scrubbed(text, party_id=party_id)
        if by is None:
            require_kept(Checklist.objects.filter(chain__party=party_id, deleted_at__isnull=False).first())
        note = Note.objects.filter(party=party_id).first()
        if text == (note.text if note else ""):
            return note
        if seen not in ("", version_of(note)):
            raise NoteChanged(
                _("Somebody has just changed the note. Compare, and save again what you want to keep.")
            )
        return _replace(note, party_id, text, by=by, at=at)


def write_agency_note(*, part: Part, text: str, seen: str, by: User, at: datetime) -> AgencyNote | None:
    """Write the own agency's note of the part's party, or remove it if the text is empty; what was written stays.

    What would tell who a protected party is becomes `…`.
    Raises NoteRefused as `write_note` does, NoteChanged if `seen` is not the present version and the texts differ.
    """
    text = _cleaned(text)
    with transaction.atomic():
        lock_party(part.party_id)
        text = scrubbed(text, party_id=part.party_id)
        last = next(iter(agency_notes_of(part)), None)
        if text == (last.text if last else ""):
            return last
        if seen != version_of(last):
            raise NoteChanged(
                _("Somebody has just changed the note. Compare, and save again what you want to keep.")
            )
        moment = moment_after([last.written_at if last else None], at=at)
        return AgencyNote.objects.create(
            party_id=part.party_id, agency_id=part.agency_id, text=text, written_by=by, written_at=moment
        )


def _replace(note: Note | None, party_id: int, text: str, *, by: User | None, at: datetime) -> Note | None:
    if note and not text:
        note.delete()
        return None
    note = note or Note(party_id=party_id)
    note.text, note.written_by, note.written_at = text, by, moment_after([note.written_at], at=at)
    note.save()
    return note


def _cleaned(text: str) -> str:
    """The text with line breaks as \\n and without blanks around it; other hidden characters are refused."""
    text = re.sub(r"\r\n?", "\n", text).strip()
    if len(text) > LONGEST_NOTE:
        raise NoteRefused(_("Write at most %(most)s characters.") % {"most": LONGEST_NOTE})
    try:
        validate_plain(text.replace("\n", " "))
    except ValidationError as error:
        raise NoteRefused(str(error.message)) from error
    return text
