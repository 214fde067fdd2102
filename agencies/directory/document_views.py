"""The secretariat's pages of the documents that services may ask for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.directory import forms
from agencies.directory.documents import add_document, change_document
from agencies.models import Document, Role
from agencies.sites.pages import CONFLICT, READS_AND_WRITES, split
from agencies.web.forms import with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def document_list(request: StaffRequest) -> HttpResponse:
    """The documents with their names' states, and a further one."""
    form = forms.NewDocumentForm(request.POST or None, initial={"version": 0})
    with_capitals(form)
    if form.is_accepted(
        lambda values: add_document(
            key=values["key"],
            pictogram=values["pictogram"],
            values={name: value for name, value in values.items() if name.startswith(("name_", "state_"))},
            by=request.user,
            at=timezone.now(),
        )
    ):
        messages.success(request, _("The change is made."))
        return redirect("agencies:documents")
    context = {"form": form, "documents": Document.objects.all()}
    return render(request, "agencies/directory/document_list.html", context, status=form.status)


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def edit_document(request: StaffRequest, document: str) -> HttpResponse:
    """Change a document's names."""
    found = get_object_or_404(Document, key=document)
    first = forms.states_of(found, "name") | {"version": found.version}
    form = forms.NamesForm(request.POST or None, initial=first)
    if form.is_accepted(
        lambda values: change_document(document=found, **split(values), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The change is made."))
        return redirect("agencies:documents")
    if form.status == CONFLICT:
        found.refresh_from_db()
        form.see(found.version)
    context = {"form": form, "heading": _("Names"), "entry": found, "back": resolve_url("agencies:documents")}
    return render(request, "agencies/directory/edit.html", context, status=form.status)
