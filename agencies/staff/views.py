"""A manager's pages for the agency's staff."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.staff.credentials import password_link_parts
from agencies.staff.forms import NewStaffForm, StaffForm
from agencies.staff.manage import (
    add_colleague,
    change_staff,
    close_staff,
    reset_sign_in,
    staff_of,
)
from agencies.staff.second_person import asked_resets, decides
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

NOT_USABLE = 422


@for_roles(Role.MANAGER, of_an_agency=True)
def staff_list(request: StaffRequest) -> HttpResponse:
    """The manager's staff; closed accounts come last."""
    staff = staff_of(request.user).prefetch_related("sites", "authenticator_set")
    staff = staff.order_by("-is_active", "last_name", "first_name", "pk")
    return render(request, "agencies/staff/list.html", {"staff": staff})


@for_roles(Role.MANAGER, of_an_agency=True)
@never_cache
@require_http_methods(["GET", "POST"])
def new_staff(request: StaffRequest) -> HttpResponse:
    """Add a colleague, then show the link at which the colleague chooses a password."""
    form = NewStaffForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            user = add_colleague(**form.arguments(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _password_link_page(request, user)
    return _form_page(request, "agencies/staff/new.html", form=form)


@for_roles(Role.MANAGER, of_an_agency=True)
@require_http_methods(["GET", "POST"])
def one_of_staff(request: StaffRequest, username: str) -> HttpResponse:
    """Change a colleague's name, sex, e-mail, role and sites."""
    user = get_object_or_404(staff_of(request.user), username=username)
    known = {name: getattr(user, name) for name in ("first_name", "last_name", "sex", "email", "role")}
    form = StaffForm(request.POST or None, by=request.user, initial=known | {"sites": user.sites.all()})
    if form.is_valid():
        try:
            change_staff(user=user, **form.arguments(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
            user.refresh_from_db()
        else:
            messages.success(request, _("The change is made."))
            return redirect("agencies:staff")
    asked = asked_resets(at=timezone.now()).filter(user=user).first()
    return _form_page(request, "agencies/staff/edit.html", form=form, colleague=user, asked=asked)


@for_roles(Role.MANAGER, of_an_agency=True)
@require_POST
def close(request: StaffRequest, username: str) -> HttpResponse:
    """Close a colleague's account."""
    user = get_object_or_404(staff_of(request.user), username=username)
    try:
        close_staff(user=user, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is signed out and cannot sign in any more.") % {"name": user})
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("agencies:staff")


@for_roles(Role.MANAGER, of_an_agency=True)
@require_POST
def reset(request: StaffRequest, username: str) -> HttpResponse:
    """Make a colleague choose password and second factor anew; reopens a closed account."""
    user = get_object_or_404(staff_of(request.user), username=username)
    return _reset(request, user, back="agencies:staff")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def resets(request: StaffRequest) -> HttpResponse:
    """What managers have asked for, for the secretariat and superusers: POST does it as the second person."""
    if not decides(request.user):
        raise PermissionDenied
    asked = asked_resets(at=timezone.now())
    if request.method != "POST":
        return render(request, "agencies/staff/resets.html", {"asked": asked})
    event = get_object_or_404(asked, user__username=request.POST.get("username", ""))
    return _reset(request, event.user, back="agencies:resets")


def _reset(request: StaffRequest, user: User, *, back: str) -> HttpResponse:
    try:
        if reset_sign_in(user=user, by=request.user, at=timezone.now()):
            return _password_link_page(request, user, back=back)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("It is asked for. Another manager or the secretariat decides within a day.")
        )
    return redirect(back)


def _form_page(request: StaffRequest, template: str, *, form: StaffForm, **context: Any) -> HttpResponse:
    return render(request, template, context | {"form": form}, status=NOT_USABLE if form.errors else 200)


def _password_link_page(request: StaffRequest, user: User, *, back: str = "agencies:staff") -> HttpResponse:
    """The only page that shows the link; whoever has the link can sign in as this user."""
    link = settings.BASE_URL + reverse("agencies:choose-password", args=password_link_parts(user))
    return render(request, "agencies/staff/way_in.html", {"colleague": user, "link": link, "back": back})
