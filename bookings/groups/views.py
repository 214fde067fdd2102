"""The page of a day's group information, and that of its conditions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Role, SiteDay, User
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.board.pages import location_asked
from bookings.board.queries import day_of
from bookings.chains.group_meetings import add_party, cancel_group, remove_party
from bookings.groups.conditions import conditions, word_conditions
from bookings.groups.forms import ConditionsForm, OpenGroupForm
from bookings.groups.queries import desks_on, groups_of, interpreters_on, rooms_at
from bookings.models import GroupMeeting
from bookings.parties.queries import chains

KEEPERS = (Role.COORDINATOR, Role.MANAGER)


class NoSuchGroup(Refusal):
    """The page names a group or a day that is not there for the viewer."""

    kind = "no-such-group"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This is no longer on the page. Look at it as it is now."))


@for_roles(*AGENCY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def group_day(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day's groups; open one, cancel it, put a party in it or take it out."""
    location = location_asked(request, site)
    site_day = day_of(location, day)
    if site_day is None:
        raise Http404
    is_opened = request.POST.get("act") == "open"
    form = _form(site_day, request.user, request.POST if is_opened else None)
    refusal = None
    if is_opened and form:
        if form.is_accepted(lambda said: form.save(said, by=request.user, at=timezone.now())):
            messages.success(request, _("The group is open."))
            return redirect(request.get_full_path())
    elif request.method == "POST":
        try:
            messages.success(request, _act(request, site_day))
        except Refusal as refused:
            refusal = refused
        else:
            return redirect(request.get_full_path())
    context = {
        "location": location,
        "site": location.site,
        "day": day,
        "groups": list(groups_of(site_day, request.user, at=timezone.now())),
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else form.status if form else 200
    return render(request, "bookings/groups/day.html", context, status=status)


def _form(site_day: SiteDay, viewer: User, typed: Any) -> OpenGroupForm | None:
    if viewer.role not in KEEPERS:
        return None
    return OpenGroupForm(
        typed,
        site_day=site_day,
        desks=desks_on(site_day, viewer),
        interpreters=interpreters_on(site_day),
        rooms=rooms_at(site_day),
        conditions=conditions(),
    )


def _act(request: StaffRequest, site_day: SiteDay) -> str:
    """Do what the pressed button says; gives what to tell."""
    groups = GroupMeeting.objects.filter(site_day=site_day, reference=request.POST.get("group", ""))
    group = groups.select_related("agency", "site_day__location__site").first()
    act, by, at = request.POST.get("act"), request.user, timezone.now()
    if group is None:
        raise NoSuchGroup
    if act == "cancel":
        cancel_group(group=group, by=by, at=at)
        return _("The group is cancelled.")
    chain = chains().filter(reference=request.POST.get("chain", ""), site_day=site_day).first()
    if chain is None or act not in ("add", "remove"):
        raise NoSuchGroup
    if act == "remove":
        remove_party(group=group, chain=chain, by=by, at=at)
        return _("%(chain)s is taken out. Choose another time for its day.") % {"chain": chain}
    add_party(group=group, chain=chain, by=by, at=at)
    return _("%(chain)s is met in the group; its letter has a new version.") % {"chain": chain}


@for_roles(Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def group_conditions(request: StaffRequest) -> HttpResponse:
    """The four conditions, to be worded."""
    form = ConditionsForm(request.POST if request.method == "POST" else None, texts=conditions())
    if form.is_accepted(
        lambda _said: word_conditions(texts=form.texts(), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The change is made."))
        return redirect("bookings:group-conditions")
    return render(request, "bookings/groups/conditions.html", {"form": form}, status=form.status)
