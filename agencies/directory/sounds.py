"""Let a text be read aloud: add or replace its sound, or take it away; the verbs that do."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry
from agencies.directory.saving import lock_seen, next_version
from agencies.models import TextAudio, TextBlock, User
from agencies.refusals import Refusal
from agencies.texts.sounds import kind_of_sound


class SoundNotUsable(Refusal):
    """The file is empty, too large or no sound that phones play."""

    kind = "sound-not-usable"
    field = "sound"


@transaction.atomic
def set_sound(
    *, entry: AgencyEntry, block: TextBlock, content: bytes, seen: int, by: User, at: datetime
) -> TextAudio:
    """Let this file be played beside the text, instead of the one before.

    Raises SoundNotUsable, and what every change of the page raises.
    """
    lock_seen(entry, seen, by=by)
    kind = _usable(content)
    values = {"kind": kind, "sound": content, "added_at": at, "added_by": by}
    audio, _is_new = TextAudio.objects.update_or_create(block=block, defaults=values)
    next_version(entry)
    return audio


@transaction.atomic
def remove_sound(*, entry: AgencyEntry, block: TextBlock, seen: int, by: User, at: datetime) -> None:
    """Play nothing beside the text any more. Raises what every change of the page raises."""
    lock_seen(entry, seen, by=by)
    TextAudio.objects.filter(block=block).delete()
    next_version(entry)


def _usable(content: bytes) -> str:
    """The kind of file."""
    if not content:
        raise SoundNotUsable(_("The file is empty."))
    if len(content) > TextAudio.MOST_BYTES:
        raise SoundNotUsable(_("The file is larger than 2 MB. Save it with less quality, or say less."))
    kind = kind_of_sound(content)
    if not kind:
        raise SoundNotUsable(_("This is no sound that phones play. Save it as MP3, M4A or OGG."))
    return kind
