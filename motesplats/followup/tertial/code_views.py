"""The secretariat's page of the lists of obstacles and of what helps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.web.forms import with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.tertial.codes import add_code, change_code
from motesplats.followup.tertial.forms import NewCodeForm, TertialCodeForm
from motesplats.models import TertialCode


@for_roles(Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def tertial_codes(request: StaffRequest) -> HttpResponse:
    """Both lists, and a form for a further code."""
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    with_capitals(form)
    if request.method == "POST" and form.is_accepted(
        lambda values: add_code(by=request.user, at=timezone.now(), **values)
    ):
        messages.success(request, _("The code is added."))
        return redirect("followup:tertial-codes")
    codes = list(TertialCode.objects.all())
    lists = [(kind.label, [code for code in codes if code.kind == kind]) for kind in TertialCode.Kind]
    context = {"lists": lists, "form": form}
    return render(request, "motesplats/followup/tertial/codes.html", context, status=form.status)


@for_roles(Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def tertial_code(request: StaffRequest, code: str) -> HttpResponse:
    """Word a code anew, or retire it."""
    row = get_object_or_404(TertialCode, pk=code)
    first = {"name": row.name, "is_draft": row.is_draft, "is_retired": row.is_retired}
    form = TertialCodeForm(request.POST if request.method == "POST" else None, initial=first)
    with_capitals(form)
    if request.method == "POST" and form.is_accepted(
        lambda values: change_code(code=row, by=request.user, at=timezone.now(), **values)
    ):
        messages.success(request, _("The change is made."))
        return redirect("followup:tertial-codes")
    context = {"code": row, "form": form}
    return render(request, "motesplats/followup/tertial/code.html", context, status=form.status)
