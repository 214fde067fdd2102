"""The page of an agency's own sign-in: write where it is, try it, let a second person switch it on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.directory import forms
from agencies.directory.pages import KEEPERS, changed, entry_or_404
from agencies.directory.provider import provider_of, switch_provider, write_provider
from agencies.directory.try_provider import try_provider
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

FIELDS = ("issuer", *forms.PROVIDER)


@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def edit_provider(request: StaffRequest, agency: str) -> HttpResponse:
    """Write where the agency's staff sign in."""
    entry = entry_or_404(request, agency)
    if entry.agency is None:
        raise Http404
    provider = provider_of(entry)
    first = {name: getattr(provider, name) for name in FIELDS} if provider else {"key": entry.key.lower()}
    return changed(
        request,
        entry,
        forms.ProviderForm(request.POST or None, initial=first | {"version": entry.version}),
        _("Own sign-in"),
        lambda values: write_provider(
            entry=entry,
            values={name: values[name] for name in FIELDS},
            secret=values["secret"],
            seen=values["version"],
            by=request.user,
            at=timezone.now(),
        ),
        warning=_(
            "After a change nobody signs in there until a second person has switched it on again."
            " Try it first."
        ),
    )


@for_roles(*KEEPERS)
@require_POST
def try_it(request: StaffRequest, agency: str) -> HttpResponse:
    """Ask the provider what it says of itself; nothing is changed."""
    entry = entry_or_404(request, agency)
    provider = provider_of(entry) if entry.agency else None
    if provider is None:
        raise Http404
    back = resolve_url("agencies:agency", entry.key)
    context = {"entry": entry, "provider": provider, "findings": try_provider(provider), "back": back}
    return render(request, "agencies/directory/tried.html", context)


@for_roles(*KEEPERS)
@require_POST
def switch(request: StaffRequest, agency: str) -> HttpResponse:
    """Let staff sign in there, or no longer."""
    entry = entry_or_404(request, agency)
    if entry.agency is None:
        raise Http404
    form = forms.AgencyForm(request.POST)
    is_on = request.POST.get("on") == "yes"
    if form.is_accepted(
        lambda values: switch_provider(
            entry=entry, on=is_on, seen=values["version"], by=request.user, at=timezone.now()
        )
    ):
        messages.success(request, _("The change is made."))
        return redirect("agencies:agency", entry.key)
    context = {"entry": entry, "form": form, "back": resolve_url("agencies:agency", entry.key)}
    return render(request, "agencies/directory/refused.html", context, status=form.status)
