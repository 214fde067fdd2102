"""Make an extract: write out what row level security shows the user who asked, at the moment it is made."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.models import Dispatch, Reading, User
from agencies.read_log.log import logged
from agencies.secrecy.context import acting_as, viewer_of
from bookings.extracts.sections import Section
from bookings.extracts.sources import sections_of as of_bookings
from bookings.models import Extract, Newcomer
from bookings.parties.identities import is_protected
from bookings.summons.compose import phrases_are_checked
from bookings.summons.render import render_document
from checklists.extracts import sections_of as of_checklists

SOURCES = (of_bookings, of_checklists)


def make_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Make the extract that the dispatch names, unless who asked has left: nobody else may fetch it."""
    if dispatch.by.is_active and dispatch.by.agency_id == dispatch.agency_id:
        make_extract(key=dispatch.subject, by=dispatch.by, at=at)


def make_extract(*, key: int, by: User, at: datetime) -> None:
    """Make the extract with this primary key, unless it is made already or the user may no longer see the person."""
    with acting_as(viewer_of(by)):
        # In a transaction of its own, so that the page that waits can tell.
        if not Extract.objects.filter(pk=key, made_at=None).update(begun_at=at):
            return
    with (
        acting_as(viewer_of(by)),
        logged(what=Reading.What.EXPORT, why=Reading.Why.EXPORT, at=at),
    ):
        found = Extract.objects.select_related("newcomer", "agency__municipality").filter(
            pk=key, made_at=None
        )
        for extract in found:
            if is_protected(extract.newcomer.party_id):
                extract.delete()  # asked for while the protection began
            else:
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
        extract.content = {section.key: section.as_data() for section in sections}
        extract.pdf, extract.made_at = pdf, at
        extract.save(update_fields=["content", "pdf", "made_at"])


def _sections(newcomer: Newcomer) -> Iterator[Section]:
    """The sections of every app that have records."""
    for source in SOURCES:
        yield from (section for section in source(newcomer) if section.records)
