"""What the pages of sites share: whose site it is, and a form that a verb accepts or refuses."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agencies.models import Municipality, Site
from agencies.sites.queries import may_change, sites_of
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest

READS_AND_WRITES = ("GET", "HEAD", "POST")
CONFLICT = 409


def readable(request: StaffRequest, code: str) -> Site:
    """The site, or 404."""
    return get_object_or_404(sites_of(request.user), code=code)


def changeable(request: StaffRequest, code: str) -> Site:
    """The site, or 403 for those who only read it."""
    site = readable(request, code)
    if not may_change(request.user, site):
        raise PermissionDenied
    return site


def split(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, and apart from it the version that was seen."""
    return {
        "values": {name: value for name, value in values.items() if name != "version"},
        "seen": values["version"],
    }


def changed(
    request: StaffRequest,
    row: Site | Municipality,
    form: RefusableForm,
    heading: str,
    verb: Callable[[dict[str, Any]], object],
    *,
    back: str,
) -> HttpResponse:
    """The form's page, after a conflict with the row's new version; `back` when the verb has accepted it."""
    if form.is_accepted(verb):
        messages.success(request, _("The change is made."))
        return redirect(back)
    if form.status == CONFLICT:
        version = type(row).objects.values_list("version", flat=True).get(pk=row.pk)
        form.see(version)
    context = {"row": row, "form": form, "heading": heading, "back": back}
    return render(request, "agencies/sites/edit.html", context, status=form.status)
