"""The pages on which texts, lengths and documents of an agency's service are changed."""

from typing import Any

from csp.constants import SELF
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.directory import forms
from agencies.directory.entries import AgencyEntry
from agencies.directory.pages import KEEPERS, changed, entry_or_404, text_or_404
from agencies.directory.queries import PlacedText, documents_of, lengths_of, sounds_of, versions_of
from agencies.directory.services import ask_document, drop_row, set_length
from agencies.directory.texts import TextPlace, write_texts
from agencies.languages import LANGUAGES, Language
from agencies.models import ServiceDocument, ServiceLength, TextAudio, TextBlock
from agencies.sites.pages import READS_AND_WRITES, split
from agencies.texts.readable import Readability, readability, words_in
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

VERSIONS = 20  # shown beside the editor; the rest stays in the database
PLACE = ("slot", "track", "municipality", "condition")


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def edit_text(request: StaffRequest, agency: str, text: int) -> HttpResponse:
    """Change a text in its languages."""
    entry = entry_or_404(request, agency)
    found = text_or_404(entry, text, today=timezone.localdate())
    first: dict[str, Any] = {"version": entry.version}
    for code, row in found.rows.items():
        first |= {f"text_{code}": row.text, f"state_{code}": row.state}
    answer = changed(
        request,
        entry,
        forms.TextForm(request.POST or None, initial=first),
        found.slot_name,
        lambda values: _write(request, entry, found.place, values),
        template="agencies/directory/text.html",
        place=found.place,
        hints=_hints(found),
        sounds=_sounds(found),
        versions=versions_of(found, most=VERSIONS),
        track=found.place.track or 1,
    )
    answer._csp_update = {"frame-src": [SELF], "media-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  as `csp_update` does
    return answer


def _hints(found: PlacedText) -> list[tuple[Language, TextBlock, int, Readability | None]]:
    """Of each language its text, the number of words, and how easily it is read."""
    return [
        (LANGUAGES[code], row, words_in(row.text), readability(row.text)) for code, row in found.rows.items()
    ]


def _sounds(found: PlacedText) -> list[tuple[Language, TextBlock, TextAudio | None]]:
    """Of each language its text, and its sound if it has one."""
    sounds = sounds_of(found.rows.values())
    return [(LANGUAGES[code], row, sounds.get(row.pk)) for code, row in found.rows.items()]


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def new_text(request: StaffRequest, agency: str) -> HttpResponse:
    """Write a text for a place that has none."""
    entry = entry_or_404(request, agency)
    first = {"version": entry.version, "slot": request.GET.get("slot", "")}
    return changed(
        request,
        entry,
        forms.NewTextForm(request.POST or None, entry=entry, initial=first),
        _("New text"),
        lambda values: _write(request, entry, TextPlace(**{name: values[name] for name in PLACE}), values),
    )


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def lengths(request: StaffRequest, agency: str) -> HttpResponse:
    """The lengths that differ, and a form for one more; a track or municipality that has one gets the new one."""
    entry = entry_or_404(request, agency)
    service = entry.service
    first = {name: getattr(service, name, "") for name in forms.MINUTES}
    return changed(
        request,
        entry,
        forms.LengthForm(request.POST or None, entry=entry, initial=first | {"version": entry.version}),
        _("Lengths"),
        lambda values: set_length(entry=entry, **split(values), by=request.user, at=timezone.now()),
        back=resolve_url("agencies:agency-lengths", entry.key),
        template="agencies/directory/lengths.html",
        rows=lengths_of(entry),
    )


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def documents(request: StaffRequest, agency: str) -> HttpResponse:
    """What people bring, and a form for one more."""
    entry = entry_or_404(request, agency)
    return changed(
        request,
        entry,
        forms.DocumentForm(request.POST or None, entry=entry, initial={"version": entry.version}),
        _("Documents to bring"),
        lambda values: ask_document(entry=entry, **split(values), by=request.user, at=timezone.now()),
        back=resolve_url("agencies:agency-documents", entry.key),
        template="agencies/directory/documents.html",
        rows=documents_of(entry),
    )


@for_roles(*KEEPERS)
@require_http_methods(["POST"])
def drop_length(request: StaffRequest, agency: str, row: int) -> HttpResponse:
    """Say that length no longer."""
    return _dropped(request, agency, get_object_or_404(ServiceLength, pk=row), "lengths")


@for_roles(*KEEPERS)
@require_http_methods(["POST"])
def drop_document(request: StaffRequest, agency: str, row: int) -> HttpResponse:
    """Ask for that document no longer."""
    return _dropped(request, agency, get_object_or_404(ServiceDocument, pk=row), "documents")


def _dropped(
    request: StaffRequest, agency: str, row: ServiceLength | ServiceDocument, list_name: str
) -> HttpResponse:
    entry = entry_or_404(request, agency)
    of_it = lengths_of(entry) if list_name == "lengths" else documents_of(entry)
    if row not in [each for each, _is_own in of_it]:
        raise Http404
    return changed(
        request,
        entry,
        forms.AgencyForm(request.POST),
        _("Remove"),
        lambda values: drop_row(
            entry=entry, row=row, seen=values["version"], by=request.user, at=timezone.now()
        ),
        back=resolve_url(f"agencies:agency-{list_name}", entry.key),
    )


def _write(request: StaffRequest, entry: AgencyEntry, place: TextPlace, values: dict[str, Any]) -> None:
    texts = {name: values[name] for code in LANGUAGES for name in (f"text_{code}", f"state_{code}")}
    write_texts(
        entry=entry,
        place=place,
        values=texts,
        since=values["since"],
        seen=values["version"],
        by=request.user,
        at=timezone.now(),
    )
