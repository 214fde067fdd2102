"""Write the party's note before the meeting."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from bookings.parties.sealed_words import scrubbed
from checklists.models import Note
from checklists.models.notes import LONGEST_NOTE


class NoteRefused(Refusal):
    kind = "note-refused"
    field = "text"


def write_note(*, party_id: int, text: str, by: User | None, at: datetime) -> Note | None:
    """Write the note, or remove it if the text is empty; `by` is None when the party itself writes.

    What would tell who a protected party is becomes `…`.
    Raises NoteRefused for a text that is too long or has hidden characters.
    """
    text = _cleaned(text)
    if not text:
        Note.objects.filter(party=party_id).delete()
        return None
    with transaction.atomic():
        values = {"text": scrubbed(text, party_id=party_id), "written_at": at, "written_by": by}
        return Note.objects.update_or_create(party_id=party_id, defaults=values)[0]


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
