"""The agencies and their pages: a manager keeps the own agency's, the secretariat all."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.codes import KOM
from agencies.directory import forms
from agencies.directory.change import change_contact, change_names, change_service
from agencies.directory.entries import AgencyEntry, entries_of
from agencies.directory.missing import language_names, missing_of_entry
from agencies.directory.pages import KEEPERS, changed, entry_or_404, page_of
from agencies.directory.provider import provider_of
from agencies.directory.queries import (
    changes_of,
    documents_of,
    drafts_in,
    general_texts,
    lengths_of,
    texts_of,
)
from agencies.directory.texts import general_place
from agencies.sites.municipalities import may_change_card
from agencies.sites.pages import READS_AND_WRITES, split
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

HISTORY = 20


@for_roles(*KEEPERS)
@require_safe
def agency_list(request: StaffRequest) -> HttpResponse:
    """The agencies that one keeps, and how much each lacks for a summons."""
    texts = general_texts(today=timezone.localdate())
    entries = [(entry, missing_of_entry(entry, texts)) for entry in entries_of(request.user)]
    return render(request, "agencies/directory/list.html", {"entries": entries})


@for_roles(*KEEPERS)
@require_safe
def agency_page(request: StaffRequest, agency: str) -> HttpResponse:
    """The agency as it is: what it lacks on top, then names, contact, service, texts, documents, sign-in, history."""
    if agency == KOM and (own := request.user.agency) and own.municipality:
        return redirect("agencies:agency", own.municipality.code)
    entry = entry_or_404(request, agency)
    texts = texts_of(entry, today=timezone.localdate())
    drafts = [(language_names([code]), number) for code, number in drafts_in(texts).items()]
    context = {
        "entry": entry,
        "lacks": missing_of_entry(entry, [row for text in texts for row in text.rows.values()]),
        "drafts": drafts,
        "texts": texts,
        "general_texts": {
            text.place.slot: text.key
            for text in texts
            if text.is_own and text.place == general_place(entry, text.place.slot)
        },
        "lengths": lengths_of(entry),
        "documents": documents_of(entry),
        "provider": provider_of(entry) if entry.agency else None,
        "changes": changes_of(entry, most=HISTORY),
        "may_change_card": entry.municipality and may_change_card(request.user, entry.municipality),
    }
    return render(request, "agencies/directory/agency.html", context)


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def edit_names(request: StaffRequest, agency: str) -> HttpResponse:
    """Change the agency's names."""
    entry = entry_or_404(request, agency)
    first = forms.states_of(entry.agency, "name") if entry.agency else {}
    return changed(
        request,
        entry,
        forms.NamesForm(request.POST or None, initial=first | _seen(entry)),
        _("Names"),
        lambda values: change_names(entry=entry, **split(values), by=request.user, at=timezone.now()),
    )


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def edit_contact(request: StaffRequest, agency: str) -> HttpResponse:
    """Change the contact card; a municipality's is kept on its own page."""
    entry = entry_or_404(request, agency)
    if entry.municipality:
        return redirect("agencies:card", entry.municipality.code)
    first = {name: getattr(entry.agency, name, "") for name in (*forms.CONTACT, "web")}
    return changed(
        request,
        entry,
        forms.ContactForm(request.POST or None, initial=first | _seen(entry)),
        _("Contact card"),
        lambda values: change_contact(entry=entry, **split(values), by=request.user, at=timezone.now()),
    )


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def edit_service(request: StaffRequest, agency: str) -> HttpResponse:
    """Change title and usual length of the service."""
    entry = entry_or_404(request, agency)
    if not entry.keeps_service:
        return redirect(page_of(entry))
    names = (*forms.MINUTES, "is_local", "checks_identity")
    first = forms.states_of(entry.service, "title") | {name: getattr(entry.service, name) for name in names}
    return changed(
        request,
        entry,
        forms.ServiceForm(request.POST or None, initial=first | _seen(entry)),
        _("Service"),
        lambda values: change_service(entry=entry, **split(values), by=request.user, at=timezone.now()),
    )


def _seen(entry: AgencyEntry) -> dict[str, int]:
    return {"version": entry.version}
