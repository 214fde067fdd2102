"""What somebody may want to know before the day: how to get there, being late or ill, children, who welcomes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.models import TextBlock
from agencies.texts.queries import Texts
from bookings.summons.letter import PracticalText


def practical_texts(texts: Texts) -> Iterator[PracticalText]:
    """The texts that there are, in the order in which one needs them, with titles in the active language."""
    for name, title, pictogram in (
        ("BEFORE", _("Before the day"), "documents"),
        ("GET_THERE", _("How to get there, and what it costs"), "bus"),
        ("LATE_OR_ILL", _("If you are late or ill that morning"), "sick"),
        ("CHILDREN_AND_FOOD", _("Children and food"), "child"),
        ("WELCOMED", _("Who welcomes you"), "adult"),
        ("SUPPORT_PERSON", _("You may bring somebody who supports you"), "adults"),
    ):
        slot = TextBlock.Slot.__members__.get(name)
        words = texts.words(slot.value) if slot else None
        if words and words.text:
            yield PracticalText(title, words.text, words.language, pictogram, words.sounds)
