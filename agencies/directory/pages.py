"""What the pages of an agency share: whose it is, and a form that a verb accepts or refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry, entry_at, may_change
from agencies.directory.queries import PlacedText, texts_of
from agencies.models import Role
from agencies.sites.pages import CONFLICT
from agencies.web.forms import RefusableForm, with_capitals
from agencies.web.requests import StaffRequest

KEEPERS = (Role.SECRETARIAT, Role.MANAGER)


def entry_or_404(request: StaffRequest, key: str) -> AgencyEntry:
    """The entry; another agency's is not there for a manager."""
    found = entry_at(key)
    if found is None or not may_change(request.user, found):
        raise Http404
    return found


def text_or_404(entry: AgencyEntry, key: int, *, today: date) -> PlacedText:
    """The text that has this row and that the page may change."""
    for text in texts_of(entry, today=today):
        if text.is_own and key in {row.pk for row in text.rows.values()}:
            return text
    raise Http404


def page_of(entry: AgencyEntry) -> str:
    return resolve_url("agencies:agency", entry.key)


def changed(
    request: StaffRequest,
    entry: AgencyEntry,
    form: RefusableForm,
    heading: str,
    verb: Callable[[dict[str, Any]], object],
    *,
    back: str = "",
    template: str = "agencies/directory/edit.html",
    **more: Any,
) -> HttpResponse:
    """The form's page, after a conflict with the page's new version; `back` when the verb has accepted it."""
    with_capitals(form)
    if form.is_accepted(verb):
        messages.success(request, _("The change is made."))
        return redirect(back or page_of(entry))
    if form.status == CONFLICT:
        entry.refresh()
        form.see(entry.version)
    context = {"entry": entry, "form": form, "heading": heading, "back": page_of(entry)} | more
    return render(request, template, context, status=form.status)
