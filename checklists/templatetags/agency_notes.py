"""An agency's own note on pages of lower apps, which do not know of notes."""

from django import template

from checklists.models import AgencyNote
from checklists.steps.sheet import own_note_of

register = template.Library()


@register.simple_tag
def own_note(reference: str) -> AgencyNote | None:
    """The note of the viewer's own agency about the party of this chain, None if there is none."""
    return own_note_of(reference)
