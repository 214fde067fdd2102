"""A manager's pages of the agency's staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.staff.forms import NewStaffForm, StaffForm
from agencies.staff.manage import change_staff, close_staff, hire, open_staff, reset_sign_in, staff_of, way_in

NOT_USABLE = 422

View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """Open the view to managers only."""

    @wraps(view)
    def guarded(request: HttpRequest, **asked: Any) -> HttpResponse:
        if request.user.role != Role.MANAGER or request.user.agency_id is None:
            raise PermissionDenied
        return view(request, **asked)

    return guarded


@for_managers
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom the manager looks after; those who have left come last."""
    staff = staff_of(request.user).prefetch_related("sites", "authenticator_set")
    staff = staff.order_by("-is_active", "last_name", "first_name", "pk")
    return render(request, "agencies/staff/list.html", {"staff": staff})


@for_managers
@never_cache
@require_http_methods(["GET", "POST"])
def new_staff(request: HttpRequest) -> HttpResponse:
    """Add a colleague, and show the link that lets the colleague in."""
    form = NewStaffForm(request.POST or None, by=request.user)
    if form.is_valid():
        typed = form.cleaned_data
        user = _try(form, hire, username=typed["username"], sex=typed["sex"], by=request.user)
        if user:
            return _shown_link(request, user)
    return _page(request, "agencies/staff/new.html", form=form)


@for_managers
@require_http_methods(["GET", "POST"])
def one_of_staff(request: HttpRequest, username: str) -> HttpResponse:
    """Change who somebody is and does."""
    user = get_object_or_404(staff_of(request.user), username=username)
    known = {name: getattr(user, name) for name in ("first_name", "last_name", "email", "role")}
    form = StaffForm(request.POST or None, by=request.user, initial=known | {"sites": user.sites.all()})
    if form.is_valid():
        if _try(form, change_staff, user=user, by=request.user):
            messages.success(request, _("The change is made."))
            return redirect("agencies:staff")
        user.refresh_from_db()
    return _page(request, "agencies/staff/edit.html", form=form, colleague=user)


@for_managers
@require_POST
def close(request: HttpRequest, username: str) -> HttpResponse:
    """Let somebody in no more."""
    user = get_object_or_404(staff_of(request.user), username=username)
    return _done(request, user, close_staff, _("%(name)s is signed out and cannot sign in any more."))


@for_managers
@require_POST
def reset(request: HttpRequest, username: str) -> HttpResponse:
    """Let somebody choose password and second factor anew, who may have left before."""
    user = get_object_or_404(staff_of(request.user), username=username)
    verb = reset_sign_in if user.is_active else open_staff
    try:
        verb(user=user, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("agencies:staff")
    return _shown_link(request, user)


def _try(form: StaffForm, verb: Callable[..., Any], **more: Any) -> Any:
    """Call the verb with what was typed; a refusal stands beside its field."""
    typed = form.cleaned_data
    try:
        done = verb(
            name=(typed["first_name"], typed["last_name"]),
            email=typed["email"],
            role=Role(typed["role"]),
            sites=typed["sites"],
            at=timezone.now(),
            **more,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return done or True


def _done(request: HttpRequest, user: User, verb: Callable[..., None], said: str) -> HttpResponse:
    try:
        verb(user=user, by=request.user, at=timezone.now())
        messages.success(request, said % {"name": user})
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("agencies:staff")


def _page(request: HttpRequest, template: str, *, form: StaffForm, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form} | more, status=NOT_USABLE if form.errors else 200)


def _shown_link(request: HttpRequest, user: User) -> HttpResponse:
    """The one page on which the link stands; who has it can become this user."""
    key, token = way_in(user)
    link = settings.BASE_URL + reverse("agencies:choose-password", args=[key, token])
    return render(request, "agencies/staff/way_in.html", {"colleague": user, "link": link})
