"""Pages for the staff whom somebody looks after: a manager, a coordinator, the secretariat."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import User
from agencies.refusals import Refusal
from agencies.rosters.held import FAR, held_of
from agencies.staff.appoint import found_among, left_alone, staff_of
from agencies.staff.credentials import password_link
from agencies.staff.forms import FindStaffForm, NewStaffForm, StaffForm
from agencies.staff.manage import add_colleague, change_staff, close_staff, reset_sign_in
from agencies.staff.roles import for_appointers
from agencies.staff.second_person import asked_resets, decides
from agencies.web.requests import StaffRequest

NOT_USABLE = 422
ON_A_PAGE = 50


@for_appointers
def staff_list(request: StaffRequest) -> HttpResponse:
    """Whom one looks after, narrowed by what the address says, 50 on a page; closed accounts come last."""
    form = FindStaffForm(request.GET, by=request.user)
    staff = _narrowed(form, staff_of(request.user)).select_related("agency__municipality")
    staff = staff.order_by("-is_active", "last_name", "first_name", "pk")
    page = Paginator(staff.prefetch_related("sites", "authenticator_set"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": page, "asked": asked.urlencode()}
    return render(request, "agencies/staff/list.html", context)


@for_appointers
@never_cache
@require_http_methods(["GET", "POST"])
def new_staff(request: StaffRequest) -> HttpResponse:
    """Add somebody, then show the link at which that person chooses a password."""
    form = NewStaffForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            user = add_colleague(**form.arguments(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _password_link_page(request, user)
    return _form_page(request, "agencies/staff/new.html", form=form)


@for_appointers
@require_http_methods(["GET", "POST"])
def one_of_staff(request: StaffRequest, username: str) -> HttpResponse:
    """Change somebody's name, sex, e-mail, role and sites."""
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


@for_appointers
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, username: str) -> HttpResponse:
    """Ask once, then close somebody's account."""
    user = get_object_or_404(staff_of(request.user), username=username)
    if request.method != "POST":
        context = {"colleague": user, "booked": _booked(user), "alone_at": left_alone(user)}
        return render(request, "agencies/staff/close.html", context)
    try:
        close_staff(user=user, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is signed out and cannot sign in any more.") % {"name": user})
        if number := _booked(user):
            messages.warning(request, _left_over(number))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("agencies:staff")


def _booked(user: User) -> int:
    """How many meetings are booked with the user from now on."""
    now = timezone.now()
    return len(held_of([user.resource_id], (now, now + FAR))) if user.resource_id else 0


def _left_over(number: int) -> str:
    return ngettext(
        "%(number)s meeting is still booked there: the roster's week shows who can take it over.",
        "%(number)s meetings are still booked there: the roster's week shows who can take them over.",
        number,
    ) % {"number": number}


@for_appointers
@require_POST
def reset(request: StaffRequest, username: str) -> HttpResponse:
    """Make somebody choose password and second factor anew; reopens a closed account."""
    user = get_object_or_404(staff_of(request.user), username=username)
    return _reset(request, user, back="agencies:staff")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def resets(request: StaffRequest) -> HttpResponse:
    """What has been asked for, for the secretariat and superusers: POST does it as the second person."""
    if not decides(request.user):
        raise PermissionDenied
    asked = asked_resets(at=timezone.now()).exclude(user=request.user)
    if request.method != "POST":
        return render(request, "agencies/staff/resets.html", {"asked": asked})
    event = get_object_or_404(asked, user__username=request.POST.get("username", ""))
    return _reset(request, event.user, back="agencies:resets")


def _narrowed(form: FindStaffForm, staff: QuerySet[User]) -> QuerySet[User]:
    """The staff by the fields that are filled in; a field that cannot be read narrows nothing."""
    form.is_valid()
    found = form.cleaned_data
    for name, lookup in (("role", "role"), ("site", "sites"), ("agency", "agency__code")):
        if found.get(name):
            staff = staff.filter(**{lookup: found[name]})
    return found_among(staff, found.get("words", ""))


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
    context = {"colleague": user, "link": password_link(user), "back": back}
    return render(request, "agencies/staff/way_in.html", context)
