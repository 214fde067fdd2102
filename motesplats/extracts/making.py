"""Make an extract: for the user who asked, with what the walls show that user now."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.models import Reading, User
from agencies.read_log.log import logged
from agencies.secrecy.context import acting_as, viewer_of
from bookings.extracts.sections import Section
from bookings.extracts.sources import begin_extract, finish_extract
from bookings.extracts.sources import sections_of as of_bookings
from bookings.models import Extract, Newcomer
from bookings.summons.compose import phrases_are_checked
from bookings.summons.render import render_document
from checklists.extracts import sections_of as of_checklists

SOURCES = (of_bookings, of_checklists)


def make_extract(*, key: int, by: User, at: datetime) -> None:
    """Make it, unless whom it is about can no longer be seen."""
    with acting_as(viewer_of(by)):
        if not begin_extract(key=key, at=at):
            return
    with (
        acting_as(viewer_of(by)),
        logged(what=Reading.What.EXPORT, why=Reading.Why.EXPORT, at=at),
    ):
        found = Extract.objects.select_related("newcomer", "agency__municipality").filter(
            pk=key, made_at=None
        )
        for extract in found:
            _make(extract, at=at)


def _make(extract: Extract, *, at: datetime) -> None:
    with override(extract.language):
        sections = list(_sections(extract.newcomer))
        context = {
            "extract": extract,
            "sections": sections,
            "language": LANGUAGES[extract.language],
            "is_draft": not phrases_are_checked(extract.language),
            "at": at,
        }
        pdf = render_document("motesplats/extracts/extract.html", context, sheet="extract.css")
        finish_extract(extract=extract, sections=sections, pdf=pdf, at=at)


def _sections(newcomer: Newcomer) -> Iterator[Section]:
    """What there is to tell, source by source."""
    for source in SOURCES:
        yield from (section for section in source(newcomer) if section.records)
