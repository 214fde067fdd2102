"""Filters of an agency's page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry
from agencies.directory.forms import tracks
from agencies.directory.missing import Lacking
from agencies.languages import LANGUAGES
from agencies.models import Condition, Housing, TextState

register = template.Library()


@register.filter
def whom(row: Any) -> str:
    """For whom a text, a length or a document is, in the reader's words."""
    names = dict(tracks())
    parts = [
        str(names.get(str(row.track), row.track)) if row.track else "",
        str(row.municipality) if row.municipality else "",
        str(Condition(row.condition).label) if getattr(row, "condition", "") else "",
        _("families with children") if getattr(row, "only_with_children", False) else "",
        ", ".join(str(Housing(one).label) for one in getattr(row, "housing", [])),
    ]
    return " · ".join(filter(None, parts)) or _("everybody")


@register.filter
def in_each_language(row: Any, field: str) -> list[tuple[str, str, str]]:
    """Each language in itself, the row's text in it, and the text's state."""
    return [
        (
            language.endonym,
            getattr(row, f"{field}_{code}") or "",
            str(TextState(getattr(row, f"state_{code}") or TextState.DRAFT).label),
        )
        for code, language in LANGUAGES.items()
    ]


@register.simple_tag(takes_context=True)
def filled_in_at(context: Any, lack: Lacking) -> str:
    """The address at which what is missing is filled in, or "" where others do it; needs `entry` and `places_of`."""
    entry: AgencyEntry = context["entry"]
    match lack.where:
        case "names":
            return f"{reverse('agencies:agency-names', args=[entry.key])}#id_name_{lack.language}"
        case "service":
            return f"{reverse('agencies:agency-service', args=[entry.key])}#id_title_{lack.language}"
        case "text" if text := context["general_texts"].get(lack.slot):
            return f"{reverse('agencies:text', args=[entry.key, text])}#id_text_{lack.language}"
        case "text":
            return (
                f"{reverse('agencies:new-text', args=[entry.key])}?slot={lack.slot}#id_text_{lack.language}"
            )
    return ""
